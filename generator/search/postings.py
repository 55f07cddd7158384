"""
Where the words of some pages stand, as Pagefind's index holds it: ``[page, places in the text, places in the metadata]``.

A page's number is written as its distance to the one before, so that pages that follow each other can be encoded by
themselves, and joined to others later. The rules are those of Pagefind 1.5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
_POSITION = 22
"""Bits of a position: a page has fewer than four million words. A place is a number, of its weight and its position, that Python keeps in one piece."""
_POSITIONS = (1 << _POSITION) - 1
_PAGE, _NONE = array_of(3), array_of(0)


class UnknownField(Exception):
    """A page has metadata that the index has no number for; its name."""


class Posting(NamedTuple):
    """The pages that have a word, of some that follow each other."""

    first: int
    last: int
    """Numbers of pages, from 0."""
    pages: int
    """How many pages."""
    size: int
    """How many numbers are in all of them, by which Pagefind measures its files."""
    places: bytes
    """Those of the first page."""
    others: bytes
    """The other pages, whole."""


@dataclass(slots=True)
class _Begun:
    first: int
    last: int
    size: int
    pieces: list[bytes]

    def done(self) -> Posting:
        places, *others = self.pieces
        count = 1 + len(others) // 3
        return Posting(self.first, self.last, count, self.size, places, b"".join(others))


def postings(pages: Iterable[ReadPage]) -> dict[Word, Posting]:
    """Return where the words of pages stand. Raises `UnknownField`."""
    words: dict[Word, _Begun] = {}
    for page, read in enumerate(pages):
        for word, (size, places) in _places(read).items():
            begun = words.get(word)
            if begun is None:
                words[word] = _Begun(page, page, size, [places])
            else:
                begun.pieces += _PAGE, number(page - begun.last), places
                begun.last = page
                begun.size += size
    return {word: begun.done() for word, begun in words.items()}


def joined(parts: Iterable[tuple[int, Posting]]) -> tuple[int, bytes]:
    """Join what follows each other, each with the number of its page 0: the size of all, and an array of pages."""
    last, count, size, pieces = 0, 0, 0, [b""]
    for start, posting in parts:
        pieces += [_PAGE, number(start + posting.first - last), posting.places, posting.others]
        last = start + posting.last
        count += posting.pages
        size += posting.size
    pieces[0] = array_of(count)
    return size, b"".join(pieces)


def _places(page: ReadPage) -> Mapping[Word, tuple[int, bytes]]:
    """For each word of a page: the size, and the places in the text and in the metadata."""
    found = {}
    for word, places in _in_text(page).items():
        found[word] = _only(places[0]) if len(places) == 1 else _encoded(places)
    for word, in_fields in _in_meta(page.meta).items():
        size, encoded = found.get(word, (1, _NONE + _NONE))
        more, meta = _encoded_meta(in_fields)
        found[word] = size + more, encoded[: -len(_NONE)] + meta
    return found


class _Own(dict[str, Word]):
    """By each word of a text its own stem, or nothing. To look into a dict takes half of the time of a call."""

    def __missing__(self, text: str) -> Word:
        own, *parts = stems(text) or ("",)
        if parts:
            _PARTS[text] = parts
        self[text] = own
        return own


_OWN = _Own()
_PARTS: dict[str, list[Word]] = {}
"""By each word that is made of several: the stems of its parts."""


def _in_text(page: ReadPage) -> dict[Word, list[int]]:
    found: dict[Word, list[int]] = defaultdict(list)
    for text, place in zip(page.words, _numbered(page.weights), strict=True):
        found[_OWN[text]].append(place)
    found.pop("", None)
    if not _PARTS.keys().isdisjoint(page.words):
        for text, place in zip(page.words, _numbered(page.weights), strict=True):
            if text in _PARTS:
                parts = _PARTS[text]
                lighter = _base(max(_weight(place) // len(parts), 1))
                for word in parts:
                    found[word].append(lighter | place & _POSITIONS)
    return found


def _numbered(weights: Iterable[tuple[int, int]]) -> Iterator[int]:
    """The places of all words."""
    runs, start = [], 0
    for count, weight in weights:
        base, end = _base(weight), start + count
        runs.append(range(base + start, base + end))
        start = end
    return chain.from_iterable(runs)


def _base(weight: int) -> int:
    """The place 0 of a weight. Places sort as the index has them."""
    return 0 if weight == _COMMON else weight << _POSITION


def _weight(place: int) -> int:
    return place >> _POSITION or _COMMON


@lru_cache(maxsize=1 << 16)
def _only(place: int) -> tuple[int, bytes]:
    """As `_encoded`, of one place. Most words are on a page once."""
    return _encoded([place])


def _encoded(places: list[int]) -> tuple[int, bytes]:
    """The size of places in a text and none in the metadata, and the places: a weight where it changes, then distances."""
    places.sort()
    weight = places[0] >> _POSITION
    if weight and weight == places[-1] >> _POSITION:  # nearly always: all of one weight
        size = len(places) + 1
        distances = map(number, map(sub, places[1:], places))
        head = array_of(size), number(-1 - weight), number(places[0] & _POSITIONS)
        return size + 1, b"".join([*head, *distances, _NONE])
    numbers, last_weight, last = [], _COMMON, 0
    for place in places:
        if _weight(place) != last_weight:
            last_weight, last = _weight(place), 0
            numbers.append(-1 - last_weight)
        numbers.append((place & _POSITIONS) - last)
        last = place & _POSITIONS
    size, encoded = _array(numbers)
    return size + 1, encoded + _NONE


def _in_meta(meta: Mapping[str, str]) -> dict[Word, list[tuple[int, int]]]:
    """For each word: numbers of fields, and positions in them."""
    if unknown := sorted(meta.keys() - FIELDS):
        raise UnknownField(unknown[0])
    found: dict[Word, list[tuple[int, int]]] = {}
    for field, name in enumerate(FIELDS):
        for position, text in enumerate(meta.get(name, "").split()):
            for word in stems(text):
                found.setdefault(word, []).append((field, position))
    return found


def _encoded_meta(places: Iterable[tuple[int, int]]) -> tuple[int, bytes]:
    """The size of places in the metadata, and the places: a field where it changes, then distances."""
    numbers, last_field, last = [], -1, 0
    for field, position in places:
        if field != last_field:
            numbers.append(-1 - field)
            last_field, last = field, 0
        numbers.append(position - last)
        last = position
    return _array(numbers)


def _array(numbers: Sequence[int]) -> tuple[int, bytes]:
    return len(numbers), array_of(len(numbers)) + b"".join(map(number, numbers))
