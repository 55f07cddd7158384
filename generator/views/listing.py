"""The lists that lead to the records: /casestudies/, /practices/, /glossary/ and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Protocol

from ..library import Library
from ..models.fields import Record
from ..models.glossary import GlossaryTerm
from ..models.policy import PolicyStatus
from ..models.vocabulary import Population
from ..resolver import Target
from .page import CaseList, Link, case_list, link
from .plain_data import plain_data


class WrittenPart(Protocol):
    """What the printer puts into the slot of a written page: a view that names its template."""

    template: ClassVar[str]


@plain_data
class Group:
    """A part of a list, under a heading."""

    id: str
    title: str
    gist: str
    links: tuple[Link, ...]


@plain_data
class GlossaryEntry:
    """A term with its meaning and where to read on."""

    anchor: str
    title: str
    acronym: str
    also_called: tuple[str, ...]
    definition: str
    see: tuple[Link, ...]
    sources: tuple[tuple[str, str], ...]
    """(title and publisher, address)"""


@plain_data
class ListingView:
    """All that a list shows; a kind fills the part it needs."""

    template: ClassVar[str] = "records/listing.html"

    total: int
    noun: str
    groups: tuple[Group, ...] = ()
    cases: CaseList | None = None
    glossary: tuple[tuple[str, tuple[GlossaryEntry, ...]], ...] = ()
    """(first letter, entries)"""


def case_study_listing(library: Library) -> ListingView:
    """Case studies, strongest evidence first."""
    cases = library.case_studies
    return ListingView(len(cases), "case studies", cases=case_list(library, cases, most=60))


def practice_listing(library: Library) -> ListingView:
    """Practices in their groups, each with the number of its case studies."""
    groups = [
        Group(
            group.id,
            group.title,
            group.gist,
            tuple(
                link(library, "practice", p, len(library.tagged("practice", p.id)))
                for p in library.practices
                if p.group == group.id
            ),
        )
        for group in library.all("practice-group", Record)
    ]
    return ListingView(library.count("practice"), "practices", tuple(g for g in groups if g.links))


def policy_listing(library: Library) -> ListingView:
    """Policy notes by whether they can be used."""
    groups = [
        Group(
            status.value,
            status.label,
            _STATUS_GIST[status],
            tuple(
                link(library, "policy", p, len(library.tagged("policy", p.id)))
                for p in library.policies
                if p.status is status
            ),
        )
        for status in PolicyStatus
    ]
    return ListingView(library.count("policy"), "policy notes", tuple(g for g in groups if g.links))


_STATUS_GIST = {
    PolicyStatus.ACTIVE: "Can be used now, by the sources each note names.",
    PolicyStatus.UNKNOWN: "We could not confirm whether these can be used now.",
    PolicyStatus.SUPERSEDED: "Something else has taken their place.",
    PolicyStatus.EXPIRED: "Cannot be used any more; kept for what was learned.",
}


def population_listing(library: Library) -> ListingView:
    """Populations: those that WIOA names, then the others."""
    named: list[Link] = []
    others: list[Link] = []
    for term in library.all("population", Population):
        entry = link(library, "population", term, len(library.tagged("population", term.id)))
        (named if term.wioa else others).append(entry)
    groups = (
        Group(
            "wioa",
            "Named by WIOA",
            "Groups that section 3(24) of the law names as facing barriers to employment.",
            tuple(named),
        ),
        Group("others", "Other groups", "Groups that programs say they serve.", tuple(others)),
    )
    return ListingView(
        library.count("population"), "populations", tuple(g for g in groups if g.links)
    )


def term_listing(kind_name: str) -> Callable[[Library], ListingView]:
    """Return the function that lists the terms of a kind: those with case studies, then the rest."""

    def listing(library: Library) -> ListingView:
        kind = library.kinds[kind_name]
        entries = [
            link(library, kind_name, term, len(library.tagged(kind_name, term.id)))
            for term in library.all(kind_name, Record)
        ]
        groups = (
            Group(
                "with-case-studies", "With case studies", "", tuple(e for e in entries if e.count)
            ),
            Group(
                "without-case-studies",
                "No case study yet",
                "If you know a program that belongs here, tell us.",
                tuple(e for e in entries if not e.count),
            ),
        )
        return ListingView(len(entries), kind.plural.lower(), tuple(g for g in groups if g.links))

    return listing


def glossary_listing(library: Library) -> ListingView:
    """The glossary by the alphabet."""
    by_letter: dict[str, list[GlossaryEntry]] = {}
    for term in library.glossary:
        by_letter.setdefault(term.title[0].upper(), []).append(_glossary_entry(library, term))
    letters = tuple((letter, tuple(entries)) for letter, entries in by_letter.items())
    return ListingView(library.count("glossary-term"), "terms", glossary=letters)


def _glossary_entry(library: Library, term: GlossaryTerm) -> GlossaryEntry:
    return GlossaryEntry(
        anchor=term.id,
        title=term.title,
        acronym=term.acronym or "",
        also_called=term.also_called,
        definition=term.definition,
        see=tuple(_see(library, term.see)),
        sources=tuple(
            (f"{source.title}, {source.publisher}", source.url)
            for source in library.glossary_sources(term)
        ),
    )


def _see(library: Library, names: Iterable[str]) -> Iterable[Link]:
    for name in names:
        target = library.resolver.resolve(name)
        if isinstance(target, Target):
            yield Link(target.title, target.path)
