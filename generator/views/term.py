"""The page of a population, sector, program area or state: what the library has about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..library import Cases, Library
from ..models.policy import Policy
from ..models.vocabulary import Population, Term
from .page import (
    CaseList,
    Link,
    Page,
    Search,
    TocEntry,
    case_list,
    counted_links,
    link,
    page,
    search_path,
)
from .plain_data import plain_data


@plain_data
class TermView:
    """All that the template of a term shows."""

    page: Page
    definition: str
    wioa: str
    """Where WIOA names the group; empty for terms that it does not name."""
    also_called: tuple[str, ...]
    cases: CaseList
    practices: tuple[Link, ...]
    """What its case studies do, most often first."""
    populations: tuple[Link, ...]
    """Whom its case studies serve, most often first; not on a population's own page."""
    policies: tuple[Link, ...]
    """Policies its case studies used, and those that name the group."""
    elsewhere: tuple[Link, ...]
    """Where to look when there is nothing here: the terms of the kind with most case studies."""
    national_path: str
    """For a state, the search for programs that ran in the whole country; else empty."""


def term_view(kind_name: str) -> Callable[[Term, Library], TermView]:
    """Return the function that makes the pages of one kind of term."""

    def view(term: Term, library: Library) -> TermView:
        kind = library.kinds[kind_name]
        cases = library.tagged(kind_name, term.id)
        practices = counted_links(library, "practice", library.most_common("practice", cases))
        served = library.most_common("population", cases) if kind_name != "population" else []
        populations = counted_links(library, "population", served)
        policies = _policies(library, kind_name, term, cases)
        toc = _toc(
            (
                ("case-studies", "Case studies", True),
                ("practices", "What they did", practices),
                ("populations", "Who was served", populations),
                ("policies", "Policies", policies),
            )
        )
        return TermView(
            page=page(kind, term, toc, _search(library, term, kind_name)),
            definition=term.definition,
            wioa=(term.wioa or "") if isinstance(term, Population) else "",
            also_called=term.also_called,
            cases=case_list(library, cases, (kind_name, term.id)),
            practices=practices,
            populations=populations,
            policies=policies,
            elsewhere=() if cases else _elsewhere(library, kind_name),
            national_path=search_path(("setting", "national")) if kind_name == "state" else "",
        )

    return view


def _toc(sections: Iterable[tuple[str, str, object]]) -> list[TocEntry]:
    """The contents list: (anchor, title, what the section shows), without sections that show nothing."""
    return [TocEntry(anchor, title) for anchor, title, shown in sections if shown]


def _search(library: Library, term: Term, kind_name: str) -> Search | None:
    """None for a term with no case study: finding it would lead to an empty page."""
    count = len(library.tagged(kind_name, term.id))
    if not count:
        return None
    label = library.kinds[kind_name].label
    noun = "case study" if count == 1 else "case studies"
    return Search(
        filters=(("kind", "page"), (kind_name, term.id)),
        meta=(("kind", label), ("cases", f"{count} {noun}")),
        other_words=term.other_names,
    )


def _policies(library: Library, kind_name: str, term: Term, cases: Cases) -> tuple[Link, ...]:
    used = dict(library.most_common("policy", cases))
    naming = [p for p in library.policies if kind_name == "population" and term.id in p.populations]
    found = {i: library.find("policy", i, Policy) for i in used} | {p.id: p for p in naming}
    ranked = sorted(found.values(), key=lambda p: (-used.get(p.id, 0), p.title.casefold()))
    return tuple(link(library, "policy", p, used.get(p.id)) for p in ranked)


def _elsewhere(library: Library, kind_name: str) -> tuple[Link, ...]:
    terms = library.all(kind_name, Term)
    counted = [(term, len(library.tagged(kind_name, term.id))) for term in terms]
    best = sorted(counted, key=lambda item: (-item[1], item[0].title))[:6]
    return tuple(link(library, kind_name, term, count) for term, count in best if count)
