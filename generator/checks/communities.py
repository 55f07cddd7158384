"""Rules about content/communities.yaml: rounds and sources are there, and every source is used."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..models.community import Community, Network
from ..models.entry import Entry
from ..near import did_you_mean
from ..prose import citations
from .rules import Context, LibraryRule, Rule


def _network(context: Context) -> Iterator[Diagnostic]:
    """What communities, rounds and facts name is in the file, and every source of it is named."""
    container = context.containers.get("community")
    entries = [entry for entry in context.entries if entry.kind.name == "community"]
    if container is None or not entries:
        return
    network = container.file
    assert isinstance(network, Network)
    known = [source.id for source in network.sources]
    rounds = {r.number for r in network.rounds}
    used: set[str] = set()
    document = entries[0].document

    def unknown(source: str) -> tuple[str, str, str]:
        hint = did_you_mean(source, known) or "Add it under `sources`."
        return "unknown-source", f"the file has no source `{source}`", hint

    for location, source in _named(network):
        used.add(source)
        if source not in known:
            yield document.finding(location, *unknown(source))
    for entry in entries:
        assert isinstance(entry.record, Community)
        for location, source in _cited(entry.record):
            used.add(source)
            if source not in known:
                yield entry.finding(location, *unknown(source))
        if entry.record.round not in rounds:
            yield entry.finding(
                ("round",),
                "unknown-round",
                f"the file has no round {entry.record.round}",
                f"One of: {', '.join(str(number) for number in sorted(rounds))}.",
            )
    yield from _counts(network, entries)
    for number, source in enumerate(known):
        if source not in used:
            yield document.finding(
                ("sources", number, "id"),
                "unused-source",
                f"nothing cites the source `{source}`",
                "Name it where it is used, or take it out.",
            )


def _counts(network: Network, entries: list[Entry]) -> Iterator[Diagnostic]:
    """No round names more communities than were announced."""
    for number, announced in enumerate(network.rounds):
        named = sum(community.round == announced.number for community in network.communities)
        if announced.announced is not None and named > announced.announced:
            yield entries[0].document.finding(
                ("rounds", number, "announced"),
                "round-too-large",
                f"{announced.announced} were announced, and the file names {named}",
                "Check which round each community belongs to.",
            )


def _named(network: Network) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(place, source) for the file beside its communities."""
    for number, announced in enumerate(network.rounds):
        for index, source in enumerate(announced.sources):
            yield ("rounds", number, "sources", index), source
    for number, fact in enumerate(network.facts):
        yield ("facts", number, "source"), fact.source
    for number, text in enumerate(network.sources_disagree):
        for source in citations(text):
            yield ("sources_disagree", number), source


def _cited(community: Community) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(place, source) for one community."""
    for number, source in enumerate(community.sources):
        yield ("sources", number), source
    for number, organization in enumerate(community.organizations):
        yield ("organizations", number, "source"), organization.source
    if community.goal:
        yield ("goal", "source"), community.goal.source


RULES: tuple[Rule, ...] = (LibraryRule("communities", _network, of_list="community"),)
