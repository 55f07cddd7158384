"""
What the search page knows of every page before any is loaded: its facets, and when it was checked.

Pagefind's own search loads a list of all pages, a program, its whole index to answer a question without
words, and a file for each facet to count it. This is one small file from which the page counts, filters and
sorts by itself, and finds the file of the index that has a word, however many records there are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from .pagefind import IndexedPage, IndexFailed, Numbers

LANGUAGE = "en_"
"""What the names of Pagefind's files begin with."""

TOGETHER = 100
"""Pages whose ids are in one file: a search needs ten of ten thousand."""

_FIRST = 0x23
"""The character for the first set of values; those before it are not written as they are in JSON."""


def catalog(pages: Iterable[IndexedPage], numbers: Numbers, named: Iterable[str]) -> dict[str, Any]:
    """
    Return what there is to know of every page, by columns, in the order of the index.

    ``lengths``: how many words each page has, about. ``days``: the day it was last checked, in days since 1970, or 0.
    ``facets``: for each facet its values, the sets of values that occur (as indexes into them) and, for
    each page, which set it has, as a text of one character a page. Few sets occur, so that this takes less
    than a byte a page. ``chunks`` (the last stem of each file, and its name) and ``fields`` are the index's. ``named``:
    the numbers of the pages with these addresses. ``together`` and ``version`` are for `page_ids`.

    Raises `IndexFailed` where pages and index do not fit together.
    """
    by_id = {page.id: page for page in pages}
    if by_id.keys() != {name for name, _ in numbers.pages}:
        raise IndexFailed("Pagefind's list of pages is not the list of its files.")
    ordered = [by_id[name] for name, _ in numbers.pages]
    places = {page.path: number for number, page in enumerate(ordered)}
    facets = sorted({facet for page in ordered for facet in page.facets})
    return {
        "version": _version(numbers),
        "together": TOGETHER,
        "lengths": [_about(length) for _, length in numbers.pages],
        "days": [_day(page.meta.get("checked", "")) for page in ordered],
        "facets": {name: _column(name, ordered) for name in facets},
        "chunks": [[last, name.removeprefix(LANGUAGE)] for _, last, name in numbers.chunks],
        "fields": list(numbers.fields),
        "named": {path: places[path] for path in named if path in places},
    }


def page_ids(numbers: Numbers) -> list[str]:
    """
    Return Pagefind's ids of the pages, a hundred in a text, without the language and separated by spaces.

    Before them stands the version of the catalog that they belong to: with another one, a number would mean
    another page.
    """
    ids = [name.removeprefix(LANGUAGE) for name, _ in numbers.pages]
    version, starts = _version(numbers), range(0, len(ids), TOGETHER)
    return [" ".join([version, *ids[start : start + TOGETHER]]) for start in starts]


def _version(numbers: Numbers) -> str:
    return hashlib.sha256(repr(numbers).encode()).hexdigest()[:8]


def _about(length: int) -> int:
    """A length to an eighth or less: no ranking depends on more, and it packs into a third of the space."""
    return length >> (shift := max(0, length.bit_length() - 4)) << shift


def _day(iso: str) -> int:
    return (dt.date.fromisoformat(iso) - dt.date(1970, 1, 1)).days if iso else 0


def _column(facet: str, pages: Sequence[IndexedPage]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    sets: dict[tuple[int, ...], int] = {}
    of = []
    for page in pages:
        key = tuple(sorted(numbers.setdefault(v, len(numbers)) for v in page.facets.get(facet, ())))
        of.append(sets.setdefault(key, len(sets)))
    return {
        "values": list(numbers),
        "sets": [list(key) for key in sets],
        "of": "".join(chr(_FIRST + number) for number in of),
    }
