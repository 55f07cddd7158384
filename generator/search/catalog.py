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
from .columns import columns
from .pagefind import LANGUAGE
from .postings import FIELDS

TOGETHER = 100
"""Pages whose ids are in one file: a search needs ten of ten thousand."""


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
        "facets": columns(bundle.marked),
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
