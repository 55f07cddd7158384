"""What the comparison loads to let one choose; a column comes with the record's card."""

from __future__ import annotations

from ..library import Library
from ..printing.site import Site


def write_comparison(library: Library, site: Site) -> None:
    """Write /compare/cases.json with the ids and titles of all case studies."""
    titles = {i: library.title("case-study", i) for i in sorted(library.case_studies.ids)}
    site.write_json("compare/cases.json", titles)
