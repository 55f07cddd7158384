"""The outcomes of every case study in one table, with what one can filter them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from sys import intern
from typing import NamedTuple

from ..library import Library
from ..models.case_study import Design, Measured, Outcome
from ..models.fields import Record
from .anchors import outcome_anchors
from .figures import difference, dollars, figure, gap, is_itself_a_difference, significance
from .page import record_path
from .plain_data import plain_data

MOST_ROWS = 50
"""Rows printed into the page, and added at a time; script fetches the rest when it is asked for."""


class OutcomeLine(NamedTuple):
    """One outcome, ready to be read, sorted and exported."""

    case: int
    """The number of the case study in the list of case studies."""
    anchor: str
    """Its place on the case study's page."""
    metric: str
    metric_title: str
    name: str
    when: str
    value: str
    comparison: str
    comparison_label: str
    difference: str
    raw_value: float
    raw_comparison: float | None
    raw_difference: float | None
    unit: str
    per: str
    n: int | None
    design: str
    design_label: str
    significance: str


class OutcomeCase(NamedTuple):
    """What the table needs of a case study."""

    id: str
    title: str
    path: str
    level_label: str
    cost: float | None
    """US dollars a participant, as the source states them."""
    cost_text: str
    band: str
    """The id of its cost's band; empty where no cost is known."""
    practices: tuple[str, ...]
    populations: tuple[str, ...]


@plain_data
class Filter:
    """A list to choose from: its name in the address, and (id, title, number of outcomes)."""

    name: str
    label: str
    choices: tuple[tuple[str, str, int], ...]


@plain_data
class OutcomeTable:
    """Every outcome, surest evidence first."""

    lines: tuple[OutcomeLine, ...]
    cases: tuple[OutcomeCase, ...]
    filters: tuple[Filter, ...]

    @property
    def shown(self) -> tuple[OutcomeLine, ...]:
        """The rows that are printed into the page."""
        return self.lines[:MOST_ROWS]


COSTS = (
    ("under-5000", "Under $5,000 a participant", 0, 5_000),
    ("5000-10000", "$5,000 to $10,000", 5_000, 10_000),
    ("10000-20000", "$10,000 to $20,000", 10_000, 20_000),
    ("over-20000", "$20,000 or more", 20_000, 10**12),
)
"""(id, words, from, up to but not including), in US dollars as sources state them."""


def outcome_table(library: Library) -> OutcomeTable:
    """Make the table of all outcomes."""
    cases: list[OutcomeCase] = []
    lines: list[OutcomeLine] = []
    for case_id in library.case_studies.ids:
        case = library.measured(case_id)
        anchors = outcome_anchors(case.outcomes)
        for anchor, outcome in zip(anchors, case.outcomes, strict=True):
            lines.append(_line(library, len(cases), anchor, outcome))
        if case.outcomes:
            cases.append(_case(library, case_id, case))
    return OutcomeTable(tuple(lines), tuple(cases), tuple(_filters(library, lines, cases)))


def _case(library: Library, case_id: str, case: Measured) -> OutcomeCase:
    cost = case.cost.per_participant_usd if case.cost else None
    return OutcomeCase(
        id=case_id,
        title=library.title("case-study", case_id),
        path=record_path(library, "case-study", case_id),
        level_label=library.level(library.brief(case_id).level).title,
        cost=cost,
        cost_text="" if cost is None else dollars(cost),
        band=cost_band(cost),
        practices=tuple(map(intern, case.practices)),
        populations=tuple(map(intern, case.populations)),
    )


def cost_band(cost: float | None) -> str:
    """The id of the band of a cost in `COSTS`; empty where no cost is known."""
    if cost is None:
        return ""
    return next(band for band, _, low, high in COSTS if low <= cost < high)


def _line(library: Library, at: int, anchor: str, outcome: Outcome) -> OutcomeLine:
    """A line of the table. Its texts are those of others, where these say the same: one copy of each is enough."""
    metric = library.metric(outcome.metric)
    is_difference = is_itself_a_difference(outcome, metric)
    value = figure(outcome.value, outcome, signed=is_difference)
    return OutcomeLine(
        case=at,
        anchor=intern(anchor),
        metric=metric.id,
        metric_title=metric.title,
        name=intern(outcome.name or ""),
        when=intern(outcome.when),
        value="" if is_difference else intern(value),
        comparison=""
        if outcome.comparison is None
        else intern(figure(outcome.comparison, outcome, signed=is_difference)),
        comparison_label=intern(outcome.comparison_label or ""),
        difference=intern(value if is_difference else difference(outcome)),
        raw_value=outcome.value,
        raw_comparison=outcome.comparison,
        raw_difference=gap(outcome, is_difference=is_difference),
        unit=outcome.unit.label,
        per=intern(outcome.per or ""),
        n=outcome.n,
        design=outcome.design.value,
        design_label=outcome.design.label,
        significance=intern(significance(outcome)),
    )


def _filters(
    library: Library, lines: Sequence[OutcomeLine], cases: Sequence[OutcomeCase]
) -> Iterable[Filter]:
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("metric", "design", "practice", "population", "cost")
    }
    counts["metric"].update(line.metric for line in lines)
    counts["design"].update(line.design for line in lines)
    for at, size in Counter(line.case for line in lines).items():
        case = cases[at]
        counts["practice"].update(dict.fromkeys(case.practices, size))
        counts["population"].update(dict.fromkeys(case.populations, size))
        counts["cost"][case.band] += size
    designs = [(design.value, design.label) for design in Design]
    costs = [(band, words) for band, words, _, _ in COSTS]
    yield _filter("metric", "What was measured", _titles(library, "metric"), counts)
    yield _filter("design", "How it was measured", designs, counts)
    yield _filter("population", "Who was served", _titles(library, "population"), counts)
    yield _filter("practice", "Practice", _titles(library, "practice"), counts)
    yield _filter("cost", "Cost of the program", costs, counts)


def _titles(library: Library, kind: str) -> list[tuple[str, str]]:
    return [(record.id, record.title) for record in library.all(kind, Record)]


def _filter(
    name: str, label: str, titles: list[tuple[str, str]], counts: dict[str, Counter[str]]
) -> Filter:
    count = counts[name]
    return Filter(name, label, tuple((i, title, count[i]) for i, title in titles if count[i]))
