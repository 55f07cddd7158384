"""Every outcome as /explore/outcomes.json, which the page's table loads when somebody sorts or filters it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from ..library import Library
from ..views.outcome_table import OutcomeLine, cost_band, outcome_table


def write_outcomes(library: Library, site: Path) -> None:
    """
    Write the outcomes of all case studies, surest evidence first.

    Rows are lists in the order of ``columns``. They name their case study by its number in ``cases`` and, in
    the columns that ``worded`` lists, a text by its number in ``texts``: a library of ten thousand records
    repeats no title, no label and no key.
    """
    table = outcome_table(library)
    columns = [field.name for field in fields(OutcomeLine)]
    worded = [field.name for field in fields(OutcomeLine) if field.type == "str"]
    texts: dict[str, int] = {}

    def cell(line: OutcomeLine, name: str) -> Any:
        value = getattr(line, name)
        return texts.setdefault(value, len(texts)) if name in worded else value

    rows = [[cell(line, name) for name in columns] for line in table.lines]
    data = {
        "columns": columns,
        "worded": worded,
        "texts": list(texts),
        "rows": rows,
        "cases": [{**asdict(case), "band": cost_band(case.cost)} for case in table.cases],
    }
    target = site / "explore" / "outcomes.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text, encoding="utf-8")
