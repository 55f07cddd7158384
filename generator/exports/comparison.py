"""What the comparison loads: a file for each case study, and the list of all to choose from."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..library import Library
from ..views.comparison import comparison
from ..views.page import record_path


def write_comparison(library: Library, site: Path) -> None:
    """Write ``compare.json`` beside each case study's page, and /compare/cases.json with all ids and titles."""
    for case in library.case_studies:
        folder = site / record_path(library, "case-study", case.id)
        _write(folder / "compare.json", comparison(library, case))
    titles = {case.id: case.title for case in sorted(library.case_studies, key=lambda c: c.id)}
    _write(site / "compare" / "cases.json", titles)


def _write(file: Path, data: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, default=_fields, ensure_ascii=False, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")


def _fields(row: Any) -> dict[str, Any]:
    """A dataclass as JSON has it. Unlike `asdict` it copies nothing, which would take most of the time."""
    return {field.name: getattr(row, field.name) for field in fields(row)}
