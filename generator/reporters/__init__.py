"""One finding, many printers: for people, for GitHub, for programs."""
