"""What the comparison loads to let one choose; a column comes with the record's card."""

from __future__ import annotations

from ..library import Library
from ..printing.site import Site


def write_comparison(library: Library, site: Site) -> None:
    """Write /compare/cases.json with the ids and titles of all case studies."""
    titles = {case.id: case.title for case in sorted(library.case_studies, key=lambda c: c.id)}
    site.write_json("compare/cases.json", titles)
