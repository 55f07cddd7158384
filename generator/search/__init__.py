"""Index: what the search page knows of the site, from Pagefind and from the library."""
