"""A case study as a column of the comparison: the same rows for each, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..library import Library
from ..models.case_study import CaseStudy, Outcome, Status, Unit
from ..models.fields import Record
from .figures import difference, dollars, figure, significance
from .once import once
from .page import places_line, record_path, years


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a row."""

    text: str
    path: str = ""
    """Where it leads, relative to the site's root; empty where nowhere."""


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One fact about the case study."""

    label: str
    items: tuple[Item, ...]
    """None where the sources do not say."""
    own: bool
    """True where every case study has something of its own, so that a mark for it would say nothing."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the comparison shows of a case study."""

    id: str
    title: str
    path: str
    summary: str
    rows: tuple[ComparisonRow, ...]


_OWN = {"Rated by others", "Outcomes", "Cost", "Where"}


def comparison(library: Library, case: CaseStudy, anchors: Sequence[str]) -> Comparison:
    """
    Make the column; every case study has the same rows in the same order.

    `anchors` are those of its outcomes on its page, in their order.
    """
    evidence = case.evidence
    settings = dict.fromkeys(place.setting.label for place in case.places)
    roles = (library.term("employer-role", role).title for role in case.employer_roles)
    rows = (
        ("How sure we can be", _texts([library.level(evidence.level).title])),
        ("What was found", _texts([evidence.direction.label])),
        ("Design of the best study", _texts([evidence.design.label])),
        (
            "Rated by others",
            tuple(
                Item(f"{rating.clearinghouse.label}: {rating.rating}", rating.url)
                for rating in case.external_ratings
            ),
        ),
        ("Outcomes", _outcomes(library, case, anchors)),
        ("Cost", _cost(case)),
        ("Where", _texts([places_line(library, case)])),
        ("Kind of place", _texts(settings)),
        ("When", _texts([years(case)])),
        ("Status", _texts([] if case.status is Status.UNKNOWN else [case.status.label])),
        ("Who was served", _links(library, "population", case.populations)),
        ("Practices", _links(library, "practice", case.practices)),
        ("Policies used", _links(library, "policy", case.policies)),
        ("What employers did", _texts(roles)),
        ("Sectors", _links(library, "sector", case.sectors)),
        ("Program areas", _links(library, "program-area", case.program_areas)),
    )
    return Comparison(
        case.id,
        case.title,
        record_path(library, "case-study", case.id),
        case.summary,
        tuple(ComparisonRow(label, items, label in _OWN) for label, items in rows),
    )


def _texts(texts: Iterable[str]) -> tuple[Item, ...]:
    return tuple(Item(text) for text in texts)


def _links(library: Library, kind: str, ids: Iterable[str]) -> tuple[Item, ...]:
    return tuple(_item(library, kind, i) for i in ids)


@once
def _item(library: Library, kind: str, record_id: str) -> Item:
    title = library.find(kind, record_id, Record).title
    return Item(title, record_path(library, kind, record_id))


def _cost(case: CaseStudy) -> tuple[Item, ...]:
    if case.cost is None:
        return ()
    return (Item(f"{dollars(case.cost.per_participant_usd)} a participant ({case.cost.basis})"),)


def _outcomes(library: Library, case: CaseStudy, anchors: Sequence[str]) -> tuple[Item, ...]:
    return tuple(
        _outcome(library, case, anchor, outcome)
        for anchor, outcome in zip(anchors, case.outcomes, strict=True)
    )


def _outcome(library: Library, case: CaseStudy, anchor: str, outcome: Outcome) -> Item:
    metric = library.metric(outcome.metric)
    is_difference = outcome.unit is Unit.PERCENTAGE_POINTS or metric.difference
    parts = [figure(outcome.value, outcome, signed=is_difference)]
    if outcome.comparison is not None:
        who = outcome.comparison_label or "comparison"
        parts.append(f"against {figure(outcome.comparison, outcome)} ({who})")
        parts.append(f"difference {difference(outcome)}")
    elif is_difference and outcome.comparison_label:
        parts.append(f"difference from the {outcome.comparison_label}")
    parts.append(outcome.design.label.lower())
    if outcome.significant is not None:
        parts.append(significance(outcome).lower())
    return Item(
        f"{outcome.name or metric.title}, {outcome.when}: {', '.join(parts)}",
        f"{record_path(library, 'case-study', case.id)}#{anchor}",
    )
