"""What the comparison loads to let one choose; a column comes with the record's card."""

from __future__ import annotations

import json
from pathlib import Path

from ..library import Library


def write_comparison(library: Library, site: Path) -> None:
    """Write /compare/cases.json with the ids and titles of all case studies."""
    titles = {case.id: case.title for case in sorted(library.case_studies, key=lambda c: c.id)}
    file = site / "compare" / "cases.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(titles, ensure_ascii=False, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")
