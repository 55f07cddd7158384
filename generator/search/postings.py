"""
Where the words of pages stand, as Pagefind's index holds it: ``[page, places in the text, places in the metadata]``.

A page's number is written as its distance to the one before, so that pages that follow each other can be encoded by
themselves (`places.py`), and joined to others here. The rules are those of Pagefind 1.5.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from .cbor import array_of, number
from .stems import Word

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
    held: bytes
    """The pages, from behind the number of the first."""


class Joined:
    """The pages that have a word, of all."""

    __slots__ = ("_last", "_pages", "_pieces", "size")

    def __init__(self) -> None:
        self._last = self._pages = self.size = 0
        self._pieces: list[bytes] = []

    def add(self, start: int, posting: Posting) -> None:
        """Add what follows; `start` is the number of its page 0."""
        first, last, pages, size, held = posting
        self._pieces += (_HEAD, _distance(start + first - self._last), held)
        self._last = start + last
        self._pages += pages
        self.size += size

    def encoded(self) -> bytes:
        """An array of pages."""
        return b"".join([array_of(self._pages), *self._pieces])


def pack(postings: Mapping[Word, Posting]) -> bytes:
    """Postings as they are kept: many small objects are slow to read, and scatter in memory."""
    numbers, pieces = array("I"), []
    for first, last, pages, size, held in postings.values():
        numbers.extend((first, last, pages, size, len(held)))
        pieces.append(held)
    return marshal.dumps((list(postings), numbers.tobytes(), b"".join(pieces)))


def unpack(data: bytes) -> Iterator[tuple[Word, Posting]]:
    """Yield what `pack` has packed."""
    words, told, held = marshal.loads(data)
    numbers, end = array("I", told), 0
    columns = (numbers[column::5] for column in range(5))
    for word, first, last, pages, size, length in zip(words, *columns, strict=True):
        begin, end = end, end + length
        yield word, Posting(first, last, pages, size, held[begin:end])
