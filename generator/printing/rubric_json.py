"""Writes what the rubric's page reads in a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..library import Library
from ..views.rubric_data import case_data, rubric_data


def write_rubric(library: Library, site: Path) -> None:
    """
    Write /assess/rubric.json, if the library has a rubric, and /assess/cases/STATE.json.

    What a browser loads is bounded, however many case studies there are: a few for each combination of question,
    population and setting, and those of one state when somebody chooses it.
    """
    if library.rubric is None:
        return
    cases, of_states = case_data(library, library.rubric)
    data = rubric_data(library, library.rubric)
    folder = site / "assess"
    _write(folder / "rubric.json", {**data, "cases": cases, "states": list(of_states)})
    for state, more in of_states.items():
        _write(folder / "cases" / f"{state}.json", more)


def _write(file: Path, data: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")
