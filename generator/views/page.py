"""
What all pages have, and the small parts that several kinds of page show.

Views are plain: text, numbers, lists and finished HTML of prose. Templates show them and decide
nothing. Addresses in views are relative to the site's root; templates put `Page.root` before them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from ..library import Cases, Library
from ..models.case_study import CaseStudy, Introduced, Status
from ..models.dates import Dated, latest
from ..models.fields import Record, Source
from ..models.kind import Kind
from ..models.policy import Policy, PolicyStatus
from ..resolver import Target
from . import markdown
from .explained import Explainer
from .once import once
from .plain_data import plain_data

SHORT_LIST = 30
"""How many entries a list on a page has before the rest is left to the search."""


@plain_data
class Link:
    """A link to a page of the site, with what a reader needs to choose it."""

    title: str
    path: str
    gist: str = ""
    count: int | None = None
    """How many case studies are behind it, where that helps."""
    note: str = ""
    """What one must know before following it, such as that a policy has expired."""


class TocEntry(NamedTuple):
    """One heading of the page."""

    id: str
    title: str


@plain_data
class Search:
    """What the search index holds of a page beside its text."""

    filters: tuple[tuple[str, str], ...] = ()
    """(facet, id), an entry for each value; ids are those of the vocabulary."""
    meta: tuple[tuple[str, str], ...] = ()
    """(name, text) shown on a result card."""
    other_words: tuple[str, ...] = ()
    """Words people use for what the page is about; found, but not shown."""

    @property
    def facets(self) -> str:
        """The filters as a page has them: ``practice:mentoring state:KY``."""
        return " ".join([f"{facet}:{value}" for facet, value in self.filters])


@plain_data
class Page:
    """The outside of a page: what its frame needs."""

    title: str
    description: str
    path: str
    """Relative to the site's root, with a slash at the end."""
    kind: str
    """Name of the kind, such as ``case-study``."""
    kind_label: str
    toc: tuple[TocEntry, ...] = ()
    search: Search | None = field(default_factory=Search)
    """None where the page has nothing to find."""

    @property
    def root(self) -> str:
        """The way from the page to the site's root: ``../../``."""
        return "../" * self.path.count("/")

    @property
    def list_path(self) -> str:
        """Where the records of its kind are listed."""
        return self.path.split("/")[0] + "/"


@plain_data
class Badge:
    """How sure (level) and what was found (direction), in words."""

    level: str
    level_label: str
    level_meaning: str
    direction: str
    direction_label: str
    direction_meaning: str


@plain_data
class Card:
    """A case study in a list."""

    id: str
    title: str
    path: str
    summary: str
    badge: Badge
    places: str
    years: str
    status_label: str
    """Empty where the sources do not say whether it still runs."""


@plain_data
class CaseList:
    """Case studies, strongest evidence first; shortened, with a link to the search for the rest."""

    cards: tuple[Card, ...]
    total: int
    search_path: str
    """The search that shows them all."""


@plain_data
class SourceItem:
    """A numbered source."""

    number: int
    anchor: str
    title: str
    url: str
    archived: str
    """A copy kept by an archive; empty where nobody has named one."""
    publisher: str
    year: str
    kind_label: str
    note: str


@plain_data
class Checked:
    """When a record was last held against its sources."""

    iso: str
    words: str
    day: dt.date


@plain_data
class Writer:
    """Turns a record's prose into HTML with its own source numbers and links."""

    marks: markdown.Marks
    explainer: Explainer

    def prose(self, text: str) -> Markup:
        return self.explainer.mark(markdown.prose(text, self.marks), text)

    def inline(self, text: str) -> Markup:
        return self.explainer.mark(markdown.inline(text, self.marks), text)

    def bare(self, text: str) -> Markup:
        """As `inline`, with no term explained: for a part of a written page, which explains its own."""
        return Markup(markdown.inline(text, self.marks))

    def items(self, texts: Iterable[str]) -> tuple[Markup, ...]:
        return tuple(self.inline(text) for text in texts)


def writer(library: Library, root: str, sources: Sequence[Source] = ()) -> Writer:
    return Writer(_marks(library, root, *[s.id for s in sources]), Explainer(library))


@once  # most records number the same few sources
def _marks(library: Library, root: str, *sources: str) -> markdown.Marks:
    """What stands on pages at the way `root` from the site's root whose sources have these ids, in this order."""

    def link(target: str) -> str:
        found = library.resolver.resolve(target)
        if not isinstance(found, Target):
            raise KeyError(target)
        return root + found.path

    return markdown.Marks(link, {source: number for number, source in enumerate(sources, 1)})


def source_items(sources: Sequence[Source]) -> tuple[SourceItem, ...]:
    return tuple(
        SourceItem(
            number=number,
            anchor=f"source-{source.id}",
            title=source.title,
            url=source.url,
            archived=source.archived or "",
            publisher=source.publisher,
            year=str(source.year) if source.year else "no date given",
            kind_label=source.kind.label,
            note=source.note or "",
        )
        for number, source in enumerate(sources, 1)
    )


def badge(library: Library, case_id: str) -> Badge:
    """How sure one can be of a case study, and what was found."""
    brief = library.brief(case_id)
    level, direction = library.level(brief.level), brief.direction
    return Badge(
        level.id,
        level.title,
        level.definition,
        direction.value,
        direction.label,
        direction.meaning,
    )


@once
def card(library: Library, case_id: str) -> Card:
    """A case study as other pages show it."""
    case = library.introduced(case_id)
    return Card(
        id=case_id,
        title=library.title("case-study", case_id),
        path=record_path(library, "case-study", case_id),
        summary=case.summary,
        badge=badge(library, case_id),
        places=places_line(case),
        years=years(case),
        status_label="" if case.status is Status.UNKNOWN else case.status.label,
    )


def case_list(
    library: Library, cases: Cases, *facets: tuple[str, str], most: int = SHORT_LIST
) -> CaseList:
    """The first `most` of some case studies, and the search by `facets` that shows them all."""
    return CaseList(
        cards=tuple(card(library, case_id) for case_id in cases.ids[:most]),
        total=len(cases),
        search_path=search_path(("kind", "case-study"), *facets),
    )


def search_path(*facets: tuple[str, str]) -> str:
    """The address of a search by (facet, id) pairs, relative to the site's root."""
    return f"search/?{urlencode(facets)}"


def link(library: Library, kind: str, record: Record, count: int | None = None) -> Link:
    note = ""
    if isinstance(record, Policy) and record.status is not PolicyStatus.ACTIVE:
        note = record.status.label
    return Link(record.title, record_path(library, kind, record.id), record.gist, count, note)


def links(library: Library, kind: str, ids: Iterable[str]) -> tuple[Link, ...]:
    return tuple([_link(library, kind, i) for i in ids])


@once
def _link(library: Library, kind: str, record_id: str) -> Link:
    return link(library, kind, library.find(kind, record_id, Record))


def counted_links(
    library: Library, kind: str, counts: Iterable[tuple[str, int]]
) -> tuple[Link, ...]:
    return tuple(link(library, kind, library.find(kind, i, Record), n) for i, n in counts)


def record_path(library: Library, kind: str, record_id: str) -> str:
    return library.kinds[kind].path_of(record_id)


def page(kind: Kind, record: Record, toc: Iterable[TocEntry], search: Search | None) -> Page:
    return Page(
        title=record.title,
        description=record.gist,
        path=kind.path_of(record.id),
        kind=kind.name,
        kind_label=kind.label,
        toc=tuple(toc),
        search=search,
    )


def places_line(case: CaseStudy | Introduced) -> str:
    """Where it ran, in one line: ``New York, NY; Rochester, NY``, at most three places named."""
    named = [
        ", ".join(part for part in (place.city, place.state) if part) or place.setting.label
        for place in case.places
    ]
    named = list(dict.fromkeys(named))
    if len(named) > 3:
        return "; ".join(named[:3]) + f" and {len(named) - 3} more"
    return "; ".join(named)


def years(case: CaseStudy | Introduced) -> str:
    """When it ran: ``2007 to 2012``, ``since 2007``, ``from 2007`` where it is not known to run still."""
    start, end = case.years.start, case.years.end
    if start is None:
        return f"until {end}" if end else "years not known"
    if end is None:
        return f"{'since' if case.status.value in ('active', 'expanded') else 'from'} {start}"
    return f"{start}" if start == end else f"{start} to {end}"


@cache  # of few days
def checked(day: dt.date) -> Checked:
    return Checked(day.isoformat(), date_words(day.isoformat()), day)


def date_words(written: str) -> str:
    """A year, month or day as readers write it: ``2024``, ``May 2024``, ``May 1, 2024``."""
    year, *rest = (int(part) for part in written.split("-"))
    if not rest:
        return str(year)
    month = dt.date(year, rest[0], 1).strftime("%B")
    return f"{month} {rest[1]}, {year}" if len(rest) > 1 else f"{month} {year}"


def version_of(record: Record) -> str:
    """What tells this state of a record from others: what happened to it last, and on which day."""
    if not isinstance(record, Dated):
        return "no date of its own"
    event, day = latest(record)
    return f"{event.value} {day.isoformat()}"
