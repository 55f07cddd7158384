"""
Where the words of pages stand, as Pagefind's index holds it: ``[page, places in the text, places in the metadata]``.

A page's number is written as its distance to the one before, so that pages that follow each other can be encoded by
themselves (`places.py`), and joined to others here. The rules are those of Pagefind 1.5.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from .cbor import array_of, number

FIELDS = (
    *("cases", "checked", "direction", "evidence", "kind"),
    *("place", "practices", "status", "title", "years"),
)
"""Names of the metadata that a page may have, by their numbers: by the alphabet."""

_HEAD = array_of(3)
_distance = cache(number)


class UnknownField(Exception):
    """A page has metadata that the index has no number for; its name."""


class Posting(NamedTuple):
    """The pages that have a word, of some that follow each other."""

    first: int
    last: int
    """Numbers of pages, from 0."""
    pages: int
    """How many."""
    size: int
    """How many numbers are in all of them, by which Pagefind measures its files."""
    places: bytes
    """Those of the first page."""
    others: bytes
    """The other pages, whole."""


def joined(parts: Iterable[tuple[int, Posting]]) -> tuple[int, bytes]:
    """Join what follows each other, each with the number of its page 0: the size of all, and an array of pages."""
    last, count, size, pieces = 0, 0, 0, [b""]
    for start, posting in parts:
        first = _distance(start + posting.first - last)
        pieces += [_HEAD, first, posting.places, posting.others]
        last = start + posting.last
        count += posting.pages
        size += posting.size
    pieces[0] = array_of(count)
    return size, b"".join(pieces)
