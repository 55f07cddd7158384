"""
What the search page knows of every page before any is loaded: its facets, and when it was checked.

Pagefind's own search loads a list of all pages, a program, its whole index to answer a question without
words, and a file for each facet to count it. This is one small file from which the page counts, filters and
sorts by itself, and finds the file of the index that has a word, however many records there are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from .bundle import Bundle
from .extracts import facets
from .pagefind import LANGUAGE
from .postings import FIELDS
from .runs import IndexedPage

TOGETHER = 100
"""Pages whose ids are in one file: a search needs ten of ten thousand."""

_FIRST = 0x23
"""The character for the first set of values; those before it are not written as they are in JSON."""


def catalog(bundle: Bundle, named: Iterable[str]) -> dict[str, Any]:
    """
    Return what there is to know of every page, by columns, in the order of the index.

    ``lengths``: how many words each page has, about. ``days``: the day it was last checked, in days since 1970, or 0.
    ``facets``: for each facet its values, the sets of values that occur (as indexes into them) and, for
    each page, which set it has, as a text of one character a page. Few sets occur, so that this takes less
    than a byte a page. ``chunks`` (the last stem of each file, and its name) and ``fields`` are the index's. ``named``:
    the numbers of the pages with these addresses. ``together`` and ``version`` are for `page_ids`.
    """
    pages = bundle.pages
    places = {page.path: number for number, page in enumerate(pages)}
    return {
        "version": _version(bundle),
        "together": TOGETHER,
        "lengths": [_about(page.length) for page in pages],
        "days": [_day(page.checked) for page in pages],
        "facets": _columns(pages),
        "chunks": [[chunk.last, _short(chunk.name)] for chunk in bundle.chunks],
        "fields": FIELDS,
        "named": {path: places[path] for path in named if path in places},
    }


def page_ids(bundle: Bundle) -> list[str]:
    """
    Return the ids of the pages, a hundred in a text, without the language and separated by spaces.

    Before them stands the version of the catalog that they belong to: with another one, a number would mean
    another page.
    """
    ids = [_short(page.id) for page in bundle.pages]
    version, starts = _version(bundle), range(0, len(ids), TOGETHER)
    return [" ".join([version, *ids[start : start + TOGETHER]]) for start in starts]


def _version(bundle: Bundle) -> str:
    named = [page.id for page in bundle.pages], [chunk.name for chunk in bundle.chunks]
    return hashlib.sha256(repr(named).encode()).hexdigest()[:8]


def _short(name: str) -> str:
    """The name of a file of the index without the language."""
    return name.removeprefix(f"{LANGUAGE}_")


def _about(length: int) -> int:
    """A length to an eighth or less: no ranking depends on more, and it packs into a third of the space."""
    return length >> (shift := max(0, length.bit_length() - 4)) << shift


@cache
def _day(iso: str) -> int:
    return (dt.date.fromisoformat(iso) - dt.date(1970, 1, 1)).days if iso else 0


def _columns(pages: Iterable[IndexedPage]) -> dict[str, Any]:
    columns: dict[str, _Column] = {}
    for number, page in enumerate(pages):
        found = facets(page.marked)
        for facet in found.keys() - columns.keys():
            columns[facet] = _Column(number)
        for facet, column in columns.items():
            column.add(tuple(found.get(facet, ())))
    return {facet: columns[facet].told() for facet in sorted(columns)}


class _Column:
    """What each page has of a facet."""

    def __init__(self, before: int) -> None:
        """So many pages before have nothing of it."""
        self._numbers: dict[str, int] = {}
        self._sets: dict[tuple[int, ...], int] = {}
        self._signs: dict[tuple[str, ...], str] = {}
        """By the values of a page, of which few are new: the character of their set."""
        self._of: list[str] = []
        for _ in range(before):
            self.add(())

    def add(self, values: tuple[str, ...]) -> None:
        """The values of the next page."""
        if values not in self._signs:
            numbers = self._numbers
            key = tuple(sorted(numbers.setdefault(value, len(numbers)) for value in values))
            self._signs[values] = chr(_FIRST + self._sets.setdefault(key, len(self._sets)))
        self._of.append(self._signs[values])

    def told(self) -> dict[str, Any]:
        """All of it."""
        sets = [list(key) for key in self._sets]
        return {"values": list(self._numbers), "sets": sets, "of": "".join(self._of)}
