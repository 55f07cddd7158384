"""The home page: ways in, with real numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import ClassVar

from ..library import Library
from ..models.case_study import Direction
from ..models.fields import Record
from .page import Card, Link, card, counted_links, link, search_path
from .plain_data import plain_data

FEATURED = 3


@plain_data
class HomeView:
    """All that the home page shows of the library."""

    template: ClassVar[str] = "records/home.html"

    case_studies: int
    practices: int
    policies: int
    with_comparison: int
    """Case studies whose effect somebody measured against a comparison group."""
    null_or_mixed: int
    """Case studies in which the study found no effect, a mixed or a negative one."""
    null_path: str
    """The search that shows where no effect was found."""
    strongest: tuple[Card, ...]
    """Well-run trials that found a positive effect, latest checked first."""
    no_effect: tuple[Card, ...]
    """The surest studies that found no effect: as useful to know."""
    practice_groups: tuple[tuple[str, str, tuple[Link, ...]], ...]
    """(title, gist, practices)"""
    populations: tuple[Link, ...]
    """Those with most case studies first."""
    states: tuple[Link, ...]
    """States with case studies, by name."""
    policy_links: tuple[Link, ...]
    """Policies that most case studies used."""


def home_view(library: Library) -> HomeView:
    """Make the home page."""
    cases = library.case_studies
    found: dict[Direction, list[str]] = defaultdict(list)
    for case_id in cases.ids:
        found[library.brief(case_id).direction].append(case_id)
    measured = len(cases) - len(found[Direction.NOT_MEASURED])
    return HomeView(
        case_studies=len(cases),
        practices=library.count("practice"),
        policies=library.count("policy"),
        with_comparison=measured,
        null_or_mixed=measured - len(found[Direction.POSITIVE]),
        null_path=search_path(("kind", "case-study"), ("direction", Direction.NO_EFFECT.value)),
        strongest=_cards(library, found[Direction.POSITIVE]),
        no_effect=_cards(library, found[Direction.NO_EFFECT]),
        practice_groups=tuple(
            (
                group.title,
                group.gist,
                tuple(
                    link(library, "practice", p, len(library.tagged("practice", p.id)))
                    for p in library.practices
                    if p.group == group.id
                ),
            )
            for group in library.all("practice-group", Record)
        ),
        populations=counted_links(library, "population", library.most_common("population", cases)),
        states=tuple(
            link(library, "state", state, len(found)) for state, found in library.states() if found
        ),
        policy_links=counted_links(library, "policy", library.most_common("policy", cases)[:8]),
    )


def _cards(library: Library, ids: Sequence[str]) -> tuple[Card, ...]:
    return tuple(card(library, case_id) for case_id in ids[:FEATURED])
