"""Every outcome as /explore/outcomes.json, which the page's table loads when somebody sorts, filters or goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import Field, fields
from itertools import count
from operator import attrgetter
from typing import Any

from ..library import Library
from ..printing.site import Site
from ..views.outcome_table import OutcomeCase, OutcomeLine, outcome_table


def write_outcomes(library: Library, site: Site) -> None:
    """
    Write the outcomes of all case studies, surest evidence first.

    ``outcomes`` and ``cases`` are lists of values by column. In the columns that ``worded`` lists, a text is its
    number in ``texts``; an outcome names its case study by number. So a library of ten thousand records
    repeats no title, no label and no key, and what is alike stands together, where it packs well.
    """
    table = outcome_table(library)
    texts: Texts = defaultdict(count().__next__)
    data = {
        "worded": {"cases": _worded(OutcomeCase), "outcomes": _worded(OutcomeLine)},
        "cases": _columns(OutcomeCase, table.cases, texts),
        "outcomes": _columns(OutcomeLine, table.lines, texts),
        "texts": list(texts),
    }
    site.write_json("explore/outcomes.json", data)


Texts = defaultdict[str, int]
"""The number of each text; a new one gets the next."""


def _worded(row: type) -> list[str]:
    """The columns that hold a text or several, by the annotations of the row's class."""
    return [field.name for field in fields(row) if "str" in str(field.type)]


def _columns(row: type, rows: Sequence[Any], texts: Texts) -> dict[str, list[Any]]:
    """Each field's values in all rows; new texts are added to `texts`."""
    number = texts.__getitem__

    def column(field: Field[Any]) -> list[Any]:
        values = map(attrgetter(field.name), rows)
        if "str" not in str(field.type):
            return list(values)
        if "tuple" in str(field.type):
            return [list(map(number, several)) for several in values]
        return list(map(number, values))

    return {field.name: column(field) for field in fields(row)}
