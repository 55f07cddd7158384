"""
What the index has of a run of pages, in a file: a head, and parts that are read one by one.

The head is believed under a seal, and has the digest of each part. So the heads of all runs are read without all that
follows them, which is a hundred times as long.
"""

from __future__ import annotations

import contextlib
import marshal
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple

from ..digests import digest_of, write_whole
from ..models import store
from .columns import Marked
from .pagefind import fragment
from .stems import Word

LETTERS = ("", *ascii_lowercase, "{")
"""With what words begin, by the alphabet; with ``""`` what stands before ``a``, and with ``"{"`` what stands behind ``z``."""


def letter_of(word: Word) -> str:
    """The one of `LETTERS` with which a word begins."""
    first = word[:1]
    return first if "a" <= first <= "z" else "{" if first > "z" else ""


class IndexedPage(NamedTuple):
    """What there is to know of a page that can be found, beside its words. Those of all pages are in memory: so it is little."""

    path: str
    """Relative to the site's root."""
    id: str
    """Its name in results, such as ``en_d2b361402f18``."""
    length: int
    """In words."""
    checked: str
    """The day on which it was last checked, or empty."""
    digest: str
    """Of the file that `pagefind.fragment` names, which has what a result shows."""


class Source(NamedTuple):
    """What a page was read from."""

    file: str
    """The digest of its file."""
    found: str
    """The digest of what `extracts.extract` takes of it, which alone is read."""


class Place(NamedTuple):
    """Where a part stands."""

    begin: int
    """In bytes, from the first part."""
    size: int
    digest: str


class Head(NamedTuple):
    """What is known of a run without its parts."""

    key: str
    """Of all its pages as they were."""
    sources: Mapping[str, Source]
    """By the addresses of all its pages, in their order."""
    pages: Sequence[IndexedPage]
    """Those that can be found."""
    marked: Marked
    """Their facets."""
    state: str
    """A digest of how many pages can be found, and of where their words stand."""
    before: str
    """The state of the run whose place it took, where that had as many pages; or empty."""
    changed: Collection[Word]
    """The words that stand elsewhere than in the one before."""
    places: Mapping[str, Place]
    """Of its parts, by their names."""

    @property
    def files(self) -> dict[str, str]:
        """The files with what results show: their digests, by their paths from the site's root."""
        return {fragment(page.id): page.digest for page in self.pages}


@dataclass(frozen=True, slots=True)
class Kept:
    """A run in its file."""

    file: Path
    begin: int
    """Where its parts begin."""
    head: Head

    @classmethod
    def read(cls, file: Path) -> Kept | None:
        """The run in a file, of which only the head is read; None where that is missing, damaged or of another version."""
        with contextlib.suppress(OSError):
            found = store.Store.of(file).head()
            if found is not None:
                data, begin = found
                key, sources, pages, marked, state, before, changed, places = marshal.loads(data)
                sources = {path: Source(*source) for path, source in sources.items()}
                pages = [IndexedPage(*page) for page in pages]
                places = {name: Place(*place) for name, place in places.items()}
                head = Head(key, sources, pages, marked, state, before, changed, places)
                return cls(file, begin, head)
        return None

    def part(self, name: str) -> bytes | None:
        """A part; None where something else stands there by now."""
        begin, size, digest = self.head.places[name]
        with contextlib.suppress(OSError):
            stored = store.Stored(store.Store.of(self.file), self.begin + begin, size, digest)
            return store.read(stored)
        return None


def keep(file: Path, head: Head, parts: Collection[bytes]) -> None:
    """Write a run into its file, with all of its parts in their order."""
    told = (
        head.key,
        {path: tuple(source) for path, source in head.sources.items()},
        [tuple(page) for page in head.pages],
        dict(head.marked),
        head.state,
        head.before,
        list(head.changed),
        {name: tuple(place) for name, place in head.places.items()},
    )
    write_whole(file, store.headed(marshal.dumps(told), parts))


def placed(parts: Mapping[str, bytes]) -> dict[str, Place]:
    """Where parts stand that follow each other."""
    places, begin = {}, 0
    for name, data in parts.items():
        places[name] = Place(begin, len(data), digest_of(data))
        begin += len(data)
    return places
