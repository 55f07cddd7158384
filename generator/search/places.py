"""
Where the words of some pages stand, worked out for all words at once: numpy does that in a third of the time.

The rules are those of Pagefind 1.5. This module is loaded where pages are read, which most builds do not do: to load numpy
takes a tenth of a second.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .cbor import Kind
from .heads import Flags, Numbers, heads
from .postings import FIELDS, Posting, UnknownField
from .reading import ReadPage
from .stems import Word, stems
from .words import words_in

_POSITION, _MARK, _PAGE = 21, 9, 12
"""Bits of a place, from the last: its position, its mark (a weight or a field), and its page. Before them may stand a word."""
_IN_PAGE, _IN_WORD = _MARK + _POSITION, _PAGE + _MARK + _POSITION
_FIELD = 1 << _MARK - 1
"""The first mark of a field: weights are less."""
_FIELDS = {name: mark << _POSITION for mark, name in enumerate(FIELDS, start=_FIELD)}
_COMMON = 25
"""The weight of places that no weight stands before. They come first, with 0 for a mark."""
_TOGETHER = 1 << 15
"""Places that are encoded at once, about. The system gives longer arrays new memory each time, which takes as long as all the rest."""


class Places:
    """Where the words of pages stand, which are read one after the other and numbered from 0. They may be 4,096."""

    def __init__(self) -> None:
        self._pages = 0
        self._words: list[int] = []
        """As numbers of `_known`: the processor has a word at hand while its page is read, and later no more."""
        self._runs = array("q")
        """How many of them follow each other with one mark, and the place of the first: by twos."""

    def add(self, page: ReadPage) -> None:
        """Add the next page. Raises `UnknownField`."""
        self._words += map(_known.__getitem__, page.words)
        start = self._pages << _IN_PAGE
        for count, weight in page.weights:
            mark = 0 if weight == _COMMON else weight << _POSITION
            self._runs.extend((count, start | mark))
            start += count
        start = self._pages << _IN_PAGE
        for name, text in page.meta.items():
            if name not in _FIELDS:
                raise UnknownField(name)
            told = text.split()
            self._words += map(_known.__getitem__, told)
            self._runs.extend((len(told), start | _FIELDS[name]))
        self._pages += 1

    def postings(self) -> dict[Word, Posting]:
        """By each stem, where it stands."""
        words, places = self._all
        own = np.array(_known.own)[words]
        # The parts of a word stand where it does, and in a text they share its weight.
        counts, parts = _known.parts.of(words)
        lighter = _lighter(np.repeat(places, counts), np.repeat(counts, counts))
        keys = np.sort(np.concatenate([own << _IN_WORD | places, parts << _IN_WORD | lighter]))
        named = list(_known.stems)
        postings = {
            named[word]: posting for some in _apart(keys) for word, posting in _encoded(some)
        }
        postings.pop("", None)  # of what has no letters, such as a dash
        return postings

    def spellings(self) -> dict[str, bytes]:
        """The pages that have a word in their text, by the word: their numbers as an array of type ``I`` holds them."""
        words, places = self._all
        in_text = places & _FIELD << _POSITION == 0
        having = _once((words << _PAGE | places >> _IN_PAGE)[in_text])
        counts, spelt = _known.spelt.of(having >> _PAGE)
        having = _once(spelt << _PAGE | np.repeat(having & (1 << _PAGE) - 1, counts))
        spelt, pages = having >> _PAGE, (having & (1 << _PAGE) - 1).astype(np.uintc)
        begins = np.flatnonzero(_changes(spelt))
        ends, named = np.append(begins, len(spelt))[1:], list(_known.spellings)
        return {
            named[number]: pages[begin:end].tobytes()
            for number, begin, end in zip(*_listed(spelt[begins], begins, ends), strict=True)
        }

    @cached_property
    def _all(self) -> tuple[Numbers, Numbers]:
        """All words and the place of each, once all pages are added."""
        counts, firsts = np.array(self._runs).reshape(-1, 2).T
        words = np.fromiter(self._words, np.int64, len(self._words))
        return words, np.repeat(firsts, counts) + _from_0(counts)


class _Numbering(dict[str, int]):
    """Numbers words in the order in which they are asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class _Lists:
    """Lists of numbers, which are numbered themselves."""

    def __init__(self) -> None:
        self._begins, self._numbers = array("q", [0]), array("q")

    def append(self, numbers: Iterable[int]) -> None:
        self._numbers.extend(numbers)
        self._begins.append(len(self._numbers))

    def of(self, which: Numbers) -> tuple[Numbers, Numbers]:
        """How many numbers are in each of some lists; and all of them, one after the other."""
        begins = np.array(self._begins)
        counts = np.diff(begins)[which]
        return counts, np.array(self._numbers)[np.repeat(begins[which], counts) + _from_0(counts)]


class _Known(_Numbering):
    """The words that this process has met, as they stand in texts. Most stand on many pages, and are looked into once."""

    def __init__(self) -> None:
        self.stems, self.spellings = _Numbering(), _Numbering()
        self.own = array("q")
        """Of each word its own stem."""
        self.parts, self.spelt = _Lists(), _Lists()
        """The stems of its parts, and how it is spelt."""

    def __missing__(self, word: str) -> int:
        own, *parts = map(self.stems.__getitem__, stems(word))
        self.own.append(own)
        self.parts.append(parts)
        self.spelt.append(map(self.spellings.__getitem__, words_in(word)))
        return super().__missing__(word)


_known = _Known()


def _from_0(counts: Numbers) -> Numbers:
    """For each count the numbers below it, one after the other."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def _apart(keys: Numbers) -> Iterator[Numbers]:
    """The places of all words in order, in parts; all places of a word are in one."""
    begins = np.flatnonzero(_changes(keys >> _IN_WORD))
    cuts = np.searchsorted(begins, np.arange(_TOGETHER, len(keys), _TOGETHER))
    return (some for some in np.split(keys, np.append(begins, len(keys))[cuts]) if len(some))


def _lighter(places: Numbers, parts: Numbers) -> Numbers:
    """The places of each of some parts of words."""
    marks = places >> _POSITION & (1 << _MARK) - 1
    weights = np.maximum(np.where(marks, marks, _COMMON) // parts, 1)
    lighter = places + ((np.where(weights == _COMMON, 0, weights) - marks) << _POSITION)
    return np.where(marks < _FIELD, lighter, places)


def _encoded(places: Numbers) -> Iterator[tuple[int, Posting]]:
    """Yield some words, each with where it stands, from their places in order. There must be some."""
    pages = places >> _IN_PAGE & (1 << _PAGE) - 1
    marks = places >> _POSITION & (1 << _MARK) - 1
    positions = places & (1 << _POSITION) - 1
    # The highest bit of a mark tells metadata from the text.
    word, page, part, mark = (
        _changes(places >> n) for n in (_IN_WORD, _IN_PAGE, _IN_PAGE - 1, _POSITION)
    )
    ends, in_meta, told = np.append(page, True)[1:], marks >= _FIELD, mark & (marks > 0)
    sizes = 1 + told
    lengths = np.zeros_like(places)
    lengths[part] = np.add.reduceat(sizes, np.flatnonzero(part))
    distances = np.where(mark, positions, np.diff(positions, prepend=0))
    # What the index may hold of a place, in this order. Of most, that is the distance and nothing else. Where a word's first
    # page stands is said when it is joined to others (`postings.joined`): what is written here is not used.
    items = (
        (page, Kind.ARRAY, 3),
        (page, Kind.NUMBER, np.diff(pages, prepend=0)),
        (page & in_meta, Kind.ARRAY, 0),  # nothing in the text
        (part, Kind.ARRAY, lengths),
        (told, Kind.NEGATIVE, marks % _FIELD),
        (np.ones_like(word), Kind.NUMBER, distances),
        (ends & ~in_meta, Kind.ARRAY, 0),  # nothing in the metadata
    )
    held = np.flatnonzero(np.stack([whether for whether, _, _ in items], axis=1))
    item = (held % len(items)).astype(np.uint8)
    kinds = np.array([kind for _, kind, _ in items], np.uint8).take(item)
    numbers = np.stack(np.broadcast_arrays(*(number for _, _, number in items)), 1, dtype=np.int32)
    data, begins = heads(kinds, numbers.ravel()[held])
    # Where pages begin: among the places, and among the items; and which of them are the first of a word.
    first = np.flatnonzero(page)
    at = np.flatnonzero(item == 0)
    of_word = np.flatnonzero(word[first])
    following = np.append(of_word, len(first))[1:]
    page_begins = np.append(begins[at], len(data))
    of_words = _listed(
        places[first][of_word] >> _IN_WORD,
        pages[first][of_word],
        pages[first][following - 1],
        following - of_word,
        np.add.reduceat(sizes + page, first[of_word]),
        begins[at[of_word] + 2],
        page_begins[following],
    )
    for number, one, last, count, size, begin, end in zip(*of_words, strict=True):
        yield number, Posting(one, last, count, size, data[begin:end])


def _listed(*arrays: NDArray[np.integer]) -> Iterator[list[int]]:
    return (numbers.tolist() for numbers in arrays)


def _once(numbers: Numbers) -> Numbers:
    """All numbers in order, each once."""
    ordered = np.sort(numbers)
    return ordered[_changes(ordered)]


def _changes(numbers: Numbers) -> Flags:
    """Where a number is another than the one before, or the first."""
    changes = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:])
    return changes
