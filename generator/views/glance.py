"""Three things at a glance on a practice: how sure one can be, what was found, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from ..library import Library
from ..models.case_study import Brief, Direction
from .figures import dollars
from .plain_data import plain_data


@plain_data
class Glance:
    """What the case studies of a practice come to. All of it is that of whole programs."""

    level: str
    """The id of the surest level of evidence."""
    level_label: str
    sure: str
    """How many have that level."""
    found: tuple[tuple[str, int], ...]
    """(what was found, how many), in the order of `Direction`."""
    cost: str


def glance(library: Library, cases: Sequence[Brief]) -> Glance | None:
    """Sum up case studies that stand surest first; None where there are none."""
    if not cases:
        return None
    level = library.level(cases[0].level)
    directions = [case.direction for case in cases]
    return Glance(
        level=level.id,
        level_label=level.title,
        sure=_sure(sum(case.level == level.id for case in cases), len(cases)),
        found=tuple((d.label, directions.count(d)) for d in Direction if d in directions),
        cost=_cost([case.cost for case in cases if case.cost is not None]),
    )


def _sure(having: int, total: int) -> str:
    if total == 1:
        return "The one case study has it."
    if having == total:
        return f"All {total:,} case studies have it."
    verb = "has" if having == 1 else "have"
    return f"{having:,} of {total:,} case studies {verb} it; the others are less sure."


def _cost(costs: Sequence[float]) -> str:
    """From the least to the most; no average, for programs and dollar years differ."""
    if not costs:
        return "No source read gives it."
    low, high = dollars(min(costs)), dollars(max(costs))
    span = low if low == high else f"{low} to {high}"
    where = "the one case study" if len(costs) == 1 else f"the {len(costs):,} case studies"
    return f"{span} a participant, in {where} whose sources give it."
