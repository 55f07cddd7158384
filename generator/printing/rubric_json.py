"""Writes what the rubric's page reads in a browser."""

from __future__ import annotations

import json
from pathlib import Path

from ..library import Library
from ..views.rubric_data import rubric_data


def write_rubric(library: Library, site: Path) -> None:
    """Write /assess/rubric.json, if the library has a rubric."""
    if library.rubric is None:
        return
    target = site / "assess" / "rubric.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    data = rubric_data(library, library.rubric)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text, encoding="utf-8")
