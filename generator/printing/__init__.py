"""Print: a page is a pure function of its view, its template and its frame."""
