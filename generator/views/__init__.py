"""Views: for each kind of page, a plain dataclass with everything its template shows."""
