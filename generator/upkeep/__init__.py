"""What keeps a library true over the years: which records a maintainer should look at, and why."""
