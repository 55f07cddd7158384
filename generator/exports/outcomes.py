"""Every outcome as /explore/outcomes.json, which the page's table loads when somebody sorts, filters or goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count, repeat
from typing import Any

from ..printing.site import Site
from ..views.explore import ExploreView
from ..views.outcome_table import OutcomeCase, OutcomeLine


def write_outcomes(view: ExploreView, site: Site) -> None:
    """
    Write the outcomes of all case studies, surest evidence first.

    ``outcomes`` and ``cases`` are lists of values by column. In the columns that ``worded`` lists, a text is its
    number in ``texts``; an outcome names its case study by number. So a library of ten thousand records
    repeats no title, no label and no key, and what is alike stands together, where it packs well.
    """
    table = view.outcomes
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


def _worded(row: type[tuple[Any, ...]]) -> list[str]:
    """The columns that hold a text or several."""
    return [name for name, held in row.__annotations__.items() if "str" in str(held)]


def _columns(
    row: type[tuple[Any, ...]], rows: Sequence[tuple[Any, ...]], texts: Texts
) -> dict[str, Sequence[Any]]:
    """Each field's values in all rows; new texts are added to `texts`."""
    columns = zip(*rows, strict=True) if rows else repeat(())
    return {
        name: _numbered(str(held), values, texts.__getitem__)
        for (name, held), values in zip(row.__annotations__.items(), columns, strict=False)
    }


def _numbered(held: str, values: Sequence[Any], number: Callable[[str], int]) -> Sequence[Any]:
    """The values of a column that holds that: numbers as they are, of a text its number."""
    if "str" not in held:
        return values
    if "tuple" in held:
        return [list(map(number, several)) for several in values]
    return list(map(number, values))
