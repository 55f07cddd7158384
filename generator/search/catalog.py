"""
What the search page knows of every page before any is loaded: its facets, and when it was checked.

Pagefind loads its whole index to answer a question without words, and a file for each facet to count
it. This is one small file from which the page counts, filters and sorts by itself, however many
records there are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import snowballstemmer

from .pagefind import IndexedPage

_WORD = re.compile(r"[a-z]{3,}")


def catalog(pages: Sequence[IndexedPage]) -> dict[str, Any]:
    """
    Return the facets of every page, by columns.

    ``ids``: Pagefind's ids of the pages, separated by spaces. ``days``: for each page the day it
    was last checked, in days since 1970, or 0. ``facets``: for each facet its values, the sets of values
    that occur (as indexes into them) and, for each page, which set it has. Few sets occur, so that
    this takes a byte or two a page.
    """
    names = sorted({facet for page in pages for facet in page.facets})
    return {
        "ids": " ".join(page.id for page in pages),
        "days": [_day(page.meta.get("checked", "")) for page in pages],
        "facets": {name: _column(name, pages) for name in names},
    }


def _day(iso: str) -> int:
    return (dt.date.fromisoformat(iso) - dt.date(1970, 1, 1)).days if iso else 0


def _column(facet: str, pages: Iterable[IndexedPage]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    sets: dict[tuple[int, ...], int] = {}
    of = []
    for page in pages:
        key = tuple(sorted(numbers.setdefault(v, len(numbers)) for v in page.facets.get(facet, ())))
        of.append(sets.setdefault(key, len(sets)))
    return {"values": list(numbers), "sets": [list(key) for key in sets], "of": of}


def words(pages: Iterable[IndexedPage], names: Iterable[str]) -> str:
    """
    Return the library's own words for suggesting a spelling, one space between them.

    Words of names and those on several pages come first, in two lines: of two near words the better
    known is the better guess. A third line has those whose family (words of one stem, which Pagefind
    finds by any of them) is on so many pages that the search does better without: they tell pages apart no
    more, and take long to look up.
    """
    counts: Counter[str] = Counter()
    pages_of: Counter[str] = Counter()
    families: dict[str, str] = {}
    stem = snowballstemmer.stemmer("english").stemWord
    for page in pages:
        found = set(_WORD.findall(page.text.lower()))
        families.update((word, stem(word)) for word in found - families.keys())
        counts.update(found)
        pages_of.update({families[word] for word in found})
    named = {word for name in names for word in _WORD.findall(name.lower())}
    known = {word for word, count in counts.items() if count >= _SEVERAL} | named
    rare = set(counts) - known
    everywhere = {word for word in counts if pages_of[families[word]] > _EVERYWHERE}
    return "\n".join(" ".join(sorted(line)) for line in (known, rare, everywhere))


_EVERYWHERE = 1200
"""Pages with a word from which on the search does not ask for it, if anything else was asked.

Pagefind's answer takes about a tenth of a second for so many.
"""

_SEVERAL = 3
"""Pages that must have a word before it is thought to be spelt right."""
