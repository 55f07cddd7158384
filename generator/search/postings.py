"""
Where the words of some pages stand, as Pagefind's index holds it: ``[page, places in the text, places in the metadata]``.

A page's number is written as its distance to the one before, so that pages that follow each other can be encoded by
themselves, and joined to others later. The rules are those of Pagefind 1.5.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from operator import sub
from typing import NamedTuple

from .cbor import array_of, number
from .reading import ReadPage
from .stems import Word, stems

FIELDS = (
    *("cases", "checked", "direction", "evidence", "kind"),
    *("place", "practices", "status", "title", "years"),
)
"""Names of the metadata that a page may have, by their numbers: by the alphabet."""

_COMMON = 25
"""The weight of places that no weight stands before; they come first."""
_POSITION, _PAGE = 22, 31
"""Bits below the mark of a place (its weight, or its field) and below its page."""
_MARKS, _FIELD = (1 << _PAGE - _POSITION) - 1, 256
"""All marks; and the first one of a field: weights are less."""
_POSITIONS, _NEAR = (1 << _POSITION) - 1, 1 << _POSITION - 1
"""All positions; and more than those of one page, which has fewer than two million words: what is less apart has one mark."""
_HEAD, _NONE = array_of(3), array_of(0)


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


class Postings:
    """
    Where the words of pages stand, which are read one after the other and numbered from 0.

    A place is one number, of its page, its weight or field, and its position, so that places sort as the index has
    them. Words are encoded once all pages are read: that takes half the time of page by page.
    """

    def __init__(self) -> None:
        self._pages = 0
        self._found = _Places()

    def add(self, page: ReadPage) -> None:
        """Add the next page. Raises `UnknownField`."""
        if unknown := sorted(page.meta.keys() - FIELDS):
            raise UnknownField(unknown[0])
        start = self._pages << _PAGE
        found = self._found
        for text, place in zip(page.words, _numbered(start, page.weights), strict=True):
            add, parts = found[text]
            add(place)
            if parts:
                weight = (place >> _POSITION & _MARKS) or _COMMON
                lighter = start | _mark(max(weight // len(parts), 1)) | place & _POSITIONS
                for add_part in parts:
                    add_part(lighter)
        for field, name in enumerate(FIELDS, start=_FIELD):
            for position, text in enumerate(page.meta.get(name, "").split()):
                add, parts = found[text]
                for add_word in (add, *parts):
                    add_word(start | field << _POSITION | position)
        self._pages += 1

    def by_word(self) -> dict[Word, Posting]:
        """By each word, where it stands."""
        return {word: _posting(places) for word, places in self._found.of.items()}


_Add = Callable[[int], None]


class _Places(dict[str, tuple[_Add, tuple[_Add, ...]]]):
    """
    For each word as it stands in a text: what adds a place to those of its own stem, and of its parts.

    To look there once takes a third of the time that it takes to look for stems, and then for their places.
    """

    def __init__(self) -> None:
        self.of: dict[Word, array[int]] = defaultdict(partial(array, "Q"))

    def __missing__(self, text: str) -> tuple[_Add, tuple[_Add, ...]]:
        words = stems(text)
        own, *parts = [self.of[word].append for word in words] or [_nowhere]
        self[text] = own, tuple(parts)
        return self[text]


def _nowhere(place: int) -> None:
    """The place of a word without letters, such as a dash: it is not kept."""


def _numbered(start: int, weights: Iterable[tuple[int, int]]) -> Iterator[int]:
    """The places of all words of a page that `start` is the number of."""
    runs = []
    for count, weight in weights:
        first = start | _mark(weight)
        runs.append(range(first, first + count))
        start += count
    return chain.from_iterable(runs)


def _mark(weight: int) -> int:
    return 0 if weight == _COMMON else weight << _POSITION


def _posting(places: Iterable[int]) -> Posting:
    """
    Encode where a word stands, by page: in the text and then in the metadata, a weight or field where it changes (as a
    negative number), and positions as distances to the one before.
    """
    ordered = sorted(places)
    pieces: list[bytes] = []
    add = pieces.append
    begins: list[int] = []
    page, mark, head, size = -1, 0, 0, 0
    for place, step in zip(ordered, chain([_NEAR], map(sub, ordered[1:], ordered)), strict=True):
        if step < _NEAR:
            add(_NUMBERS[step])
            continue
        here, now = place >> _PAGE, place >> _POSITION & _MARKS
        if here != page:
            if begins:
                size += _end(pieces, head, mark)
            begins.append(len(pieces))
            pieces += _HEAD, _NUMBERS[here - page], _NONE
            head, page, mark = len(pieces) - 1, here, 0
        if now >= _FIELD > mark:
            size += _end(pieces, head, now) - 1
            head, mark = len(pieces), _FIELD - 1
            add(_NONE)
        if now != mark:
            add(_NUMBERS[-1 - now % _FIELD])
            mark = now
        add(_NUMBERS[place & _POSITIONS])
    size += _end(pieces, head, mark)
    second = begins[1] if len(begins) > 1 else len(pieces)
    first = ordered[0] >> _PAGE
    others = b"".join(pieces[second:])
    return Posting(first, page, len(begins), size, b"".join(pieces[2:second]), others)


class _Made(dict[int, bytes]):
    """What a function makes of each number: nearly all in an index are small, and the same again and again."""

    def __init__(self, make: Callable[[int], bytes]) -> None:
        self._make = make

    def __missing__(self, number: int) -> bytes:
        self[number] = made = self._make(number)
        return made


_NUMBERS, _LENGTHS = _Made(number), _Made(array_of)


def _end(pieces: list[bytes], head: int, mark: int) -> int:
    """End the places of a page, or those in its text: write how many numbers they take, and return that and one for the page."""
    length = len(pieces) - head - 1
    pieces[head] = _LENGTHS[length]
    if mark < _FIELD:
        pieces.append(_NONE)  # nothing in the metadata
    return length + 1


def joined(parts: Iterable[tuple[int, Posting]]) -> tuple[int, bytes]:
    """Join what follows each other, each with the number of its page 0: the size of all, and an array of pages."""
    last, count, size, pieces = 0, 0, 0, [b""]
    for start, posting in parts:
        first = _NUMBERS[start + posting.first - last]
        pieces += [_HEAD, first, posting.places, posting.others]
        last = start + posting.last
        count += posting.pages
        size += posting.size
    pieces[0] = array_of(count)
    return size, b"".join(pieces)
