"""
The library as the peers of the benchmark of builds get it: the same texts, before any HTML is made of them.

Facts, figures and sources are those that our own views show; prose is Markdown whose citations and links
each peer's own Markdown parser has to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.library import Cases, Library
from generator.models.case_study import CaseStudy
from generator.models.fields import Record
from generator.models.glossary import GlossaryTerm
from generator.prose import CITATION, cited_ids
from generator.resolver import Target
from generator.views.case_study import CaseStudyView, case_study_view
from generator.views.page import Link

TERMS = ("practice", "policy", "population", "sector", "program-area", "state")
"""The kinds by which case studies are grouped; the peers have a page for each of their records."""
PROSE = {
    "challenge": ("challenge", "The challenge"),
    "approach": ("approach", "What they did"),
    "employer_engagement": ("employers", "How employers took part"),
    "results": ("results", "Results"),
}
"""By field: the anchor and the heading of its section."""

_KB_LINK = re.compile(r"\]\(\s*<?kb:([^)\s>]+)>?\s*\)")

Address = Callable[[str], str]
"""From an address in the site to how a case study of the peer links to it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A practice, population or the like, and the case studies tagged with it, strongest evidence first."""

    record: Record
    id: str
    """In small letters, as in addresses."""
    title: str
    definition: str
    cases: Cases


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the key facts: links with what is noted behind each, or a text."""

    label: str
    links: tuple[tuple[Link, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case study. Of `view`, only what holds no HTML is used."""

    record: CaseStudy
    view: CaseStudyView
    prose: dict[str, str]
    """Markdown by field."""
    lessons: tuple[str, ...]
    """Markdown, a paragraph each."""

    @property
    def facts(self) -> list[Fact]:
        """Key facts in the order of our page; those that are unknown are left out."""
        view = self.view
        cost = f"{view.cost} a participant ({view.cost_basis})" if view.cost else ""
        found = [
            Fact("When", text=view.years),
            Fact("Status", text=f"{view.status_label}. {view.status_meaning}"),
            Fact("Practices", _plain(view.practices)),
            Fact("Who was served", _plain(view.populations)),
            Fact("Sector", _plain(view.sectors)),
            Fact("Program area", _plain(view.program_areas)),
            Fact("Where it ran", self._states, text=view.places_line),
            Fact("Cost", text=cost),
            Fact("Policies used", _plain(view.policies)),
        ]
        return [fact for fact in found if fact.links or fact.text]

    @property
    def _states(self) -> tuple[tuple[Link, str], ...]:
        return tuple((p.state, p.setting_label) for p in self.view.places if p.state)

    @property
    def tags(self) -> dict[str, list[str]]:
        """Ids in small letters, by the first part of the address of their kind."""
        record, states = self.record, [p.state for p in self.record.places if p.state]
        found = {
            "practices": record.practices,
            "policies": record.policies,
            "populations": record.populations,
            "sectors": record.sectors,
            "program-areas": record.program_areas,
            "states": states,
        }
        return {name: list(dict.fromkeys(i.lower() for i in ids)) for name, ids in found.items()}


def _plain(links: tuple[Link, ...]) -> tuple[tuple[Link, str], ...]:
    return tuple((link, "") for link in links)


def cases(library: Library, address: Address) -> Iterator[Case]:
    """Every case study, strongest evidence first."""
    for record in library.case_studies:
        numbers = {source.id: number for number, source in enumerate(record.sources, 1)}

        def markdown(text: str, numbers: dict[str, int] = numbers) -> str:
            return _linked(_cited(text, numbers), library, address)

        yield Case(
            record,
            case_study_view(record, library),
            {field: markdown(getattr(record, field)) for field in PROSE},
            tuple(markdown(lesson) for lesson in record.lessons),
        )


def terms(library: Library, kind: str) -> list[Term]:
    """Every record of one of the kinds in `TERMS`, as the library orders them."""
    return [
        Term(r, r.id.lower(), r.title, r.gist, library.tagged(kind, r.id))
        for r in library.all(kind, Record)
    ]


def glossary(library: Library) -> list[GlossaryTerm]:
    """The terms of the glossary, which prose links to."""
    return library.all("glossary-term", GlossaryTerm)


def _cited(text: str, numbers: dict[str, int]) -> str:
    """The text with each citation as links to the numbered sources: ``([1](#source-s1), [2](#source-s2))``."""

    def links(mark: re.Match[str]) -> str:
        return f"({', '.join(f'[{numbers[i]}](#source-{i})' for i in cited_ids(mark[1]))})"

    return CITATION.sub(links, text)


def _linked(text: str, library: Library, address: Address) -> str:
    """The text with links by id as links by address."""

    def link(found: re.Match[str]) -> str:
        target = library.resolver.resolve(found[1])
        assert isinstance(target, Target), found[1]  # the check refuses all others
        return f"]({address(target.path)})"

    return _KB_LINK.sub(link, text)
