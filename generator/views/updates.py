"""What is new: records by the day on which they were added, updated or checked, as a page and as feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import ClassVar

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.dates import Dated, latest
from ..models.fields import Record
from ..models.kind import Kind
from ..models.policy import Policy
from ..models.practice import Practice
from .page import Checked, checked, record_path

ON_PAGE = 200
"""How many records the page names; the rest is found by the search."""

IN_FEED = 50
"""How many entries a feed has."""

FEEDS = "updates"
"""The address below which the page and its feeds stand."""


@dataclass(frozen=True, slots=True)
class Update:
    """One record, and what happened to it last."""

    title: str
    path: str
    kind_label: str
    gist: str
    what: str
    """Such as ``Added``."""
    day: dt.date
    added: dt.date | None


@dataclass(frozen=True, slots=True)
class Feed:
    """The latest records about one thing."""

    title: str
    path: str
    """The address of the feed without its ending, relative to the site's root."""
    about: str
    """The address of the page that it is about."""
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class UpdatesView:
    """All that the page shows."""

    template: ClassVar[str] = "records/updates.html"

    days: tuple[tuple[Checked, tuple[Update, ...]], ...]
    total: int
    shown: int
    groups: tuple[tuple[str, tuple[Feed, ...]], ...]
    """(heading, feeds) for practices and for populations."""


def updates_view(library: Library) -> UpdatesView:
    """Make the page: the newest records first, then where each feed is."""
    found = updates(library)
    shown = found[:ON_PAGE]
    return UpdatesView(
        days=tuple((checked(day), tuple(some)) for day, some in groupby(shown, lambda u: u.day)),
        total=len(found),
        shown=len(shown),
        groups=(
            ("By practice", tuple(_feeds(library, "practice"))),
            ("By group of people", tuple(_feeds(library, "population"))),
        ),
    )


def feeds(library: Library) -> Iterator[Feed]:
    """Every feed: of all records, of each practice and of each population."""
    yield Feed(
        "What is new",
        f"{FEEDS}/all",
        f"{FEEDS}/",
        tuple(updates(library)[:IN_FEED]),
    )
    yield from _feeds(library, "practice")
    yield from _feeds(library, "population")


def updates(library: Library) -> list[Update]:
    """The records that readers look things up in, the latest first, then by title."""
    return [update for update, _ in _dated(library)]


@lru_cache(maxsize=1)  # the page and its feeds are of the same records
def _dated(library: Library) -> list[tuple[Update, Dated]]:
    """What happened to each record last, and the record, the latest first, then by title."""
    found = [
        (_update(library, kind, record), record)
        for kind, record in library.entries()
        if isinstance(record, Dated)
    ]
    return sorted(found, key=lambda pair: _newest(pair[0]))


def _newest(update: Update) -> tuple[int, str, str]:
    return -update.day.toordinal(), update.title.casefold(), update.path


def _update(library: Library, kind: Kind, record: Dated) -> Update:
    path = record_path(library, kind.name, record.id)
    event, day = latest(record)
    return Update(record.title, path, kind.label, record.gist, event.label, day, record.added)


def _feeds(library: Library, kind: str) -> Iterator[Feed]:
    about = _by_term(library, kind)
    for record in library.all(kind, Record):
        yield Feed(
            record.title,
            f"{FEEDS}/{library.kinds[kind].address}/{record.id}",
            record_path(library, kind, record.id),
            tuple(about.get(record.id, [])[:IN_FEED]),
        )


def _by_term(library: Library, kind: str) -> dict[str, list[Update]]:
    """By practice or population: what is new about it, the latest first. One walk, whatever their number."""
    found: dict[str, list[Update]] = {}
    for update, record in _dated(library):
        if isinstance(record, CaseStudy | Policy | Practice):
            for term in _terms(record, kind):
                found.setdefault(term, []).append(update)
    return found


def _terms(record: CaseStudy | Policy | Practice, kind: str) -> Iterable[str]:
    if kind == "population":
        return () if isinstance(record, Practice) else record.populations
    return (record.id,) if isinstance(record, Practice) else record.practices
