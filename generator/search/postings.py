"""
Where the words of pages stand, as Pagefind's index holds it: ``[page, places in the text, places in the metadata]``.

A page's number is written as its distance to the one before, so that pages that follow each other can be encoded by
themselves (`places.py`), and joined to others here. The rules are those of Pagefind 1.5.
"""

from __future__ import annotations

import marshal
import sys
from array import array
from bisect import bisect_left
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

END = chr(sys.maxunicode)
"""Behind all words."""

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


class Pages:
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

    def encoded(self) -> list[bytes]:
        """An array of pages, in pieces: to join them takes longer than all else, and is done once for a file."""
        return [array_of(self._pages), *self._pieces]


def pack(postings: Mapping[Word, Posting]) -> bytes:
    """Postings as they are kept, by the alphabet: many small objects are slow to read, and scatter in memory."""
    numbers, pieces, end = array("I"), list[bytes](), 0
    words = sorted(postings)
    for word in words:
        first, last, pages, size, held = postings[word]
        end += len(held)
        numbers.extend((first, last, pages, size, end))
        pieces.append(held)
    return marshal.dumps((words, numbers.tobytes(), b"".join(pieces)))


class Postings:
    """What `pack` has packed."""

    def __init__(self, data: bytes) -> None:
        words, told, held = marshal.loads(data)
        numbers = array("I", told)
        self._words: list[Word] = words
        self._held: bytes = held
        self._columns = [numbers[column::5] for column in range(5)]

    def between(self, begin: Word, end: Word) -> Iterator[tuple[Word, Posting]]:
        """Yield the words from one to before another, by the alphabet."""
        start, stop = bisect_left(self._words, begin), bisect_left(self._words, end)
        place = self._columns[-1][start - 1] if start else 0
        some = (column[start:stop] for column in (self._words, *self._columns))
        for word, first, last, pages, size, until in zip(*some, strict=True):
            yield word, Posting(first, last, pages, size, self._held[place:until])
            place = until

    def others(self, than: Postings) -> set[Word]:
        """The words that stand elsewhere, or only in one of both."""
        ours, theirs = (dict(held.between("", END)) for held in (self, than))
        return {word for word, _ in ours.items() ^ theirs.items()}
