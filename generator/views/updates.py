"""What is new: records by the day on which they were added, updated or checked, as a page and as feeds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import ClassVar

from ..library import Library
from ..models.dates import Dated, latest
from ..models.extract import Extract
from ..models.fields import Record
from ..models.kind import Kind
from ..models.permalinks import Key
from ..models.policy import Policy
from .once import once
from .page import Checked, checked, record_path
from .plain_data import plain_data

ON_PAGE = 200
"""How many records the page names; the rest is found by the search."""

IN_FEED = 50
"""How many entries a feed has."""

FEEDS = "updates"
"""The address below which the page and its feeds stand."""


@plain_data
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


@plain_data
class Feed:
    """The latest records about one thing."""

    title: str
    path: str
    """The address of the feed without its ending, relative to the site's root."""
    about: str
    """The address of the page that it is about."""
    updates: tuple[Update, ...]


@plain_data
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
    found = _latest_first(library)
    shown = _updates(library, found[:ON_PAGE])
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
        _updates(library, _latest_first(library)[:IN_FEED]),
    )
    yield from _feeds(library, "practice")
    yield from _feeds(library, "population")


@once  # the page and its feeds are of the same records
def _latest_first(library: Library) -> list[Key]:
    """The records that readers look things up in, by kind and id: the latest first, then by title."""
    found = [
        (-day, told.title.casefold(), kind.path_of(told.id), (kind.name, told.id))
        for kind, told in library.told()
        if issubclass(kind.model, Dated) and (day := _last_day(library, kind, told))
    ]
    return [key for *_, key in sorted(found)]


def _last_day(library: Library, kind: Kind, told: Extract) -> int:
    """The day on which anything happened to a record last, as an ordinal."""
    if told.brief:
        return told.brief.latest
    return latest(_record(library, kind.name, told.id))[1].toordinal()


def _record(library: Library, kind_name: str, record_id: str) -> Dated:
    record = library.find(kind_name, record_id, Record)
    assert isinstance(record, Dated)  # as all of its kind are
    return record


def _updates(library: Library, keys: Iterable[Key]) -> tuple[Update, ...]:
    return tuple(_update(library, *key) for key in keys)


@once
def _update(library: Library, kind_name: str, record_id: str) -> Update:
    kind, record = library.kinds[kind_name], _record(library, kind_name, record_id)
    event, day = latest(record)
    path = kind.path_of(record_id)
    return Update(record.title, path, kind.label, record.gist, event.label, day, record.added)


def _feeds(library: Library, kind: str) -> Iterator[Feed]:
    about = _by_term(library, kind)
    for record in library.all(kind, Record):
        yield Feed(
            record.title,
            f"{FEEDS}/{library.kinds[kind].address}/{record.id}",
            record_path(library, kind, record.id),
            _updates(library, about.get(record.id, ())[:IN_FEED]),
        )


def _by_term(library: Library, kind: str) -> Mapping[str, list[Key]]:
    """By practice or population: what is new about it, the latest first. One walk, whatever their number."""
    found: dict[str, list[Key]] = defaultdict(list)
    for name, record_id in _latest_first(library):
        for term in _terms(library, name, record_id, kind):
            found[term].append((name, record_id))
    return found


def _terms(library: Library, name: str, record_id: str, kind: str) -> Iterable[str]:
    if name == "practice":
        return (record_id,) if kind == "practice" else ()
    if name == "policy":
        policy = library.find(name, record_id, Policy)
        return policy.populations if kind == "population" else policy.practices
    return (i for of, i in library.tags(record_id) if of == kind) if name == "case-study" else ()
