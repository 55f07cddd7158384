"""For a weak question: what the library holds on it, from places like theirs first."""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.rubric import Criterion

MOST = 4
"""Case studies named for one question."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a group says of itself, as ids; empty where it does not say."""

    population: str = ""
    setting: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A case study and what its place shares with theirs."""

    case_study: CaseStudy
    shared: tuple[str, ...]
    """Of ``population``, ``setting`` and ``state``."""


def cases_for(library: Library, criterion: Criterion, place: Place) -> list[Match]:
    """
    Case studies of a question's practices: first those like their place, then others.

    In each of the two the strongest evidence comes first, among equals those that share more. What
    was found does not matter for the order: that nothing changed is worth knowing as well.
    """
    matches = [
        Match(case, _shared(case, place))
        for case in library.case_studies
        if set(case.practices) & set(criterion.practices)
    ]
    rank = {level.id: n for n, level in enumerate(library.evidence_levels)}
    matches.sort(
        key=lambda m: (not m.shared, rank[m.case_study.evidence.level], -len(m.shared))
    )  # the sort is stable: equals stay in the library's order
    return matches[:MOST]


def _shared(case: CaseStudy, place: Place) -> tuple[str, ...]:
    there = {
        "population": place.population in case.populations,
        "setting": place.setting in {p.setting.value for p in case.places},
        "state": place.state in {p.state for p in case.places if p.state},
    }
    return tuple(name for name, same in there.items() if same)
