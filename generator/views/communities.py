"""The page of the TechHire network: its communities as sources record them, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from markupsafe import Markup

from ..library import Library
from ..models.community import Community
from ..models.vocabulary import State
from .page import Checked, Link, SourceItem, checked, links, source_items, writer
from .plain_data import plain_data
from .state_map import StateMap, state_map

PATH = "communities/"


@plain_data
class RoundRow:
    """Communities that were announced together."""

    number: int
    date: str
    date_iso: str
    label: str
    announced: str
    """How many, or that no source says."""
    named: int
    sources: tuple[SourceItem, ...]


@plain_data
class OrganizationItem:
    name: str
    role_label: str
    source: SourceItem


@plain_data
class CommunityRow:
    """One community."""

    anchor: str
    title: str
    state: Link
    first_of_state: str
    """The anchor of its state, on the first row of the state; empty on the others."""
    kind_label: str
    round: int
    joined: str
    organizations: tuple[OrganizationItem, ...]
    goal: str
    goal_source: SourceItem | None
    note: str
    case_studies: tuple[Link, ...]
    sources: tuple[SourceItem, ...]


@plain_data
class FactRow:
    text: str
    when: str
    source: SourceItem
    as_printed: str


@plain_data
class CommunitiesView:
    """All that the page of the network shows."""

    template: ClassVar[str] = "records/communities.html"

    total: int
    about: str
    states: int
    with_goal: int
    """Communities whose promise a source names."""
    rounds: tuple[RoundRow, ...]
    map: StateMap | None
    communities: tuple[CommunityRow, ...]
    """By state, then by name."""
    facts: tuple[FactRow, ...]
    disagree: tuple[Markup, ...]
    not_verified: tuple[str, ...]
    sources: tuple[SourceItem, ...]
    checked: Checked | None


def communities_view(library: Library) -> CommunitiesView:
    """Make the page; an empty one where the library holds no communities."""
    network = library.network
    if network is None:
        return CommunitiesView(0, "", 0, 0, (), None, (), (), (), (), (), None)
    sources = source_items(network.sources)
    by_id = {source.id: item for source, item in zip(network.sources, sources, strict=True)}
    text = writer(library, "../" * PATH.count("/"), network.sources)
    named = Counter(community.round for community in library.communities)
    return CommunitiesView(
        total=len(library.communities),
        about=network.about,
        states=len({community.state for community in library.communities}),
        with_goal=sum(community.goal is not None for community in library.communities),
        rounds=tuple(
            RoundRow(
                r.number,
                f"{r.date:%B} {r.date.day}, {r.date.year}",
                r.date.isoformat(),
                r.label,
                str(r.announced) if r.announced else "no source says",
                named[r.number],
                tuple(by_id[source] for source in r.sources),
            )
            for r in network.rounds
        ),
        map=community_map(library),
        communities=_rows(library, by_id),
        facts=tuple(
            FactRow(fact.text, fact.when, by_id[fact.source], fact.as_printed)
            for fact in network.facts
        ),
        disagree=tuple(text.bare(entry) for entry in network.sources_disagree),
        not_verified=network.not_verified,
        sources=sources,
        checked=checked(network.checked),
    )


def community_map(library: Library) -> StateMap:
    """The communities by state; its tiles lead to the states' rows of the page."""
    counts = Counter(community.state for community in library.communities)
    return state_map(
        library,
        counts,
        lambda state: f"{PATH}#{_anchor(state)}",
        id="techhire-map",
        title="TechHire communities by state",
        about="Places that sources name as members of the TechHire network, 2015 and 2016.",
        noun=("TechHire community", "TechHire communities"),
    )


def _anchor(state: State) -> str:
    return f"state-{state.id.lower()}"


def _rows(library: Library, by_id: dict[str, SourceItem]) -> tuple[CommunityRow, ...]:
    states = {state.id: state for state in library.all("state", State)}
    ordered = sorted(library.communities, key=lambda c: (states[c.state].title, c.title))
    rows = []
    seen: set[str] = set()
    for community in ordered:
        anchor = "" if community.state in seen else _anchor(states[community.state])
        seen.add(community.state)
        rows.append(_row(library, community, anchor, by_id))
    return tuple(rows)


def _row(
    library: Library, community: Community, anchor: str, by_id: dict[str, SourceItem]
) -> CommunityRow:
    return CommunityRow(
        anchor=community.id,
        title=community.title,
        state=links(library, "state", [community.state])[0],
        first_of_state=anchor,
        kind_label=community.kind.label,
        round=community.round,
        joined=f"{community.joined:%B %Y}",
        organizations=tuple(
            OrganizationItem(o.name, o.role.label, by_id[o.source]) for o in community.organizations
        ),
        goal=community.goal.text if community.goal else "",
        goal_source=by_id[community.goal.source] if community.goal else None,
        note=community.note or "",
        case_studies=links(library, "case-study", community.case_studies),
        sources=tuple(by_id[source] for source in community.sources),
    )
