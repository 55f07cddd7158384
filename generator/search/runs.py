"""
The pages of a site in runs, each read by itself: what the index has of them is kept, and joined anew for each index.

After an edit, only the run that has the page is read again. Where a run ends, its pages say themselves, by their
addresses: so a new page changes one run, and not all that follow.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple, TypeVar

from pydantic_core import to_json

from ..digests import digest_of, key_of, read_sealed, write_sealed
from ..models import store
from ..parallel import spread
from ..printing.site import Site
from .extracts import extract, marked_facets
from .pagefind import IndexFailed, fragment, name_of, packed
from .postings import Posting, UnknownField, pack, unpack
from .reading import ReadPage, read
from .stems import Word
from .words import Spellings

T = TypeVar("T")

FOLDER = "index"
"""In the folder of the cache."""
_PAGES, _MOST = 128, 256
"""In a run, about, and at most: few to read again after an edit, and runs of a length for several processes."""


class IndexedPage(NamedTuple):
    """What there is to know of a page that can be found, beside its words. Those of all pages are in memory: so it is little."""

    path: str
    """Relative to the site's root."""
    id: str
    """Its name in results, such as ``en_d2b361402f18``."""
    length: int
    """In words."""
    marked: str
    """With which facets, as `extracts.facets` reads them."""
    checked: str
    """The day on which it was last checked, or empty."""
    digest: str
    """Of the file that `pagefind.fragment` names, which has what a result shows."""


LETTERS = ("", *ascii_lowercase, "{")
"""With what words begin, by the alphabet; with ``""`` what stands before ``a``, and with ``"{"`` what stands behind ``z``."""


@dataclass(frozen=True, slots=True)
class Run:
    """
    What the index has of pages that follow each other. They are numbered from 0, each run anew.

    Words are in parts by their letters: an index is joined letter by letter, and never in memory as a whole.
    """

    pages: Sequence[IndexedPage]
    _part: Callable[[str], bytes]
    """A part as it is kept, by its name."""

    @property
    def files(self) -> dict[str, str]:
        """The files with what results show: their digests, by their paths from the site's root."""
        return {fragment(page.id): page.digest for page in self.pages}

    def postings(self, letter: str) -> Iterator[tuple[Word, Posting]]:
        """Where the words with a letter stand, of `LETTERS`."""
        return unpack(self._part(f"postings {letter}"))

    def spellings(self, letter: str) -> Spellings:
        """Which pages have which words with a letter, of `ascii_lowercase`."""
        held: Spellings = marshal.loads(self._part(f"spellings {letter}"))
        return held


@dataclass(slots=True)
class _Kept:
    """The parts of a run in its file."""

    file: Path
    places: dict[str, tuple[int, int, str]]
    """Of each part: where it begins, from the end of the file; its length; and its digest."""
    read: Callable[[], Run]
    """Reads the pages of the run again."""
    again: Run | None = None

    def part(self, name: str) -> bytes:
        if self.again is None:
            with contextlib.suppress(OSError):
                file = store.Store.of(self.file)
                begin, length, digest = self.places[name]
                data = store.read(store.Stored(file, file.size - begin, length, digest))
                if data is not None:
                    return data
            self.again = self.read()  # another build has put its own there since
        return self.again._part(name)


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a site, and what earlier indexes have left of them."""

    site: Site
    """Its pages are there; what results show of them is written into it."""
    digests: Mapping[str, str]
    """Those of the pages, by their files."""
    folder: Path
    """Where runs are kept. It may be deleted at any time."""

    def of(self, pages: Sequence[str], jobs: int, goes_on: Callable[[int, int], None]) -> list[Run]:
        """
        Return the runs of pages at some addresses, and write for each page what results show.

        What is not kept is read, by up to `jobs` processes. Raises `IndexFailed`.
        """
        addresses = list(_apart(pages))
        kept = [self._kept(run) for run in addresses]
        to_read = [run for run, found in zip(addresses, kept, strict=True) if found is None]
        length = sum(map(len, to_read))

        def told(done: int, of: int) -> None:
            goes_on(length * done // of, length)

        spread(self._read_some, to_read, jobs, told, few=2)
        runs = [
            found or self._kept(run, read_now=True) or self._read(run)
            for run, found in zip(addresses, kept, strict=True)
        ]
        self._forget(but={self._file(run).name for run in addresses})
        return runs

    def _read_some(self, runs: Sequence[Sequence[str]]) -> None:
        for run in runs:
            self._read(run)  # which keeps it: to read it again takes less than to send it

    def _kept(self, addresses: Sequence[str], *, read_now: bool = False) -> Run | None:
        """
        A run as it was kept; None where a page of it is another, or a file that it has written.

        Where it was `read_now`, by whichever process, its files were written too.
        """
        file, key = self._file(addresses), self._key(addresses)
        data = read_sealed(file)
        if data is None or not data.startswith(key):
            return None
        pages, places = marshal.loads(data[len(key) :])  # what follows is left for later
        parts = _Kept(file, places, partial(self._read, addresses))
        run = Run([IndexedPage(*page) for page in pages], parts.part)
        if read_now:
            self.site.files.update(run.files)
            return run
        return run if self.site.keep(run.files) else None

    def _keep(
        self, addresses: Sequence[str], pages: Sequence[IndexedPage], parts: dict[str, bytes]
    ) -> None:
        places, left = {}, sum(map(len, parts.values()))
        for name, data in parts.items():
            places[name] = left, len(data), digest_of(data)
            left -= len(data)
        head = marshal.dumps(([tuple(page) for page in pages], places))
        data = b"".join([self._key(addresses), head, *parts.values()])
        write_sealed(self._file(addresses), data)

    def _file(self, addresses: Sequence[str]) -> Path:
        return self.folder / key_of(addresses[-1])

    def _key(self, addresses: Sequence[str]) -> bytes:
        """Of all pages of a run, as they are now."""
        digests = self.digests
        return key_of(*(f"{path} {digests[f'{path}index.html']}" for path in addresses)).encode()

    def _forget(self, but: Collection[str]) -> None:
        with contextlib.suppress(OSError):
            for name in set(os.listdir(self.folder)).difference(but):  # noqa: PTH208
                (self.folder / name).unlink()

    def _read(self, addresses: Sequence[str]) -> Run:
        """Read a run of pages, and keep it."""
        from .places import Places  # here only: it loads numpy

        pages, places = list[IndexedPage](), Places()
        for path in addresses:
            # Not by an object for the path, which takes as long as to read the file.
            with open(f"{self.site.root}/{path}index.html", "rb") as file:  # noqa: PTH123
                found = extract(file.read())
            page = read(found.decode())
            if page.words:
                try:
                    places.add(page)
                except UnknownField as unknown:
                    raise IndexFailed(f"`{unknown}` is not a field of the index.") from None
                pages.append(self._shown(path, page, marked_facets(found)))
        parts = {
            **_parted("postings", places.postings(), pack),
            **_parted("spellings", places.spellings(), marshal.dumps),
        }
        self._keep(addresses, pages, parts)
        return Run(pages, parts.__getitem__)

    def _shown(self, path: str, page: ReadPage, marked: str) -> IndexedPage:
        """Write what a result shows of a page."""
        length = max(len(page.words), 1)
        told = {
            "url": f"/{path}",
            "content": page.text,
            "word_count": length,
            "filters": {},
            "meta": dict(sorted(page.meta.items())),
            "anchors": page.anchors,
        }
        data = to_json(told)
        id_ = name_of(data)
        file = fragment(id_)
        self.site.write(file, packed(data))
        checked = page.meta.get("checked", "")
        return IndexedPage(path, id_, length, marked, checked, self.site.files[file])


def numbered(runs: Iterable[Run]) -> Iterator[tuple[int, Run]]:
    """Runs that follow each other, each with the number that its page 0 has among all pages."""
    start = 0
    for run in runs:
        yield start, run
        start += len(run.pages)


def _parted(
    name: str, of_words: Mapping[str, T], pack: Callable[[dict[str, T]], bytes]
) -> dict[str, bytes]:
    """The parts of a run, as they are kept."""
    parts: dict[str, dict[str, T]] = {letter: {} for letter in LETTERS}
    for word, held in of_words.items():
        first = word[:1]
        parts[first if "a" <= first <= "z" else "{" if first > "z" else ""][word] = held
    return {f"{name} {letter}": pack(held) for letter, held in parts.items()}


def _apart(pages: Iterable[str]) -> Iterator[list[str]]:
    """The addresses of pages, in runs."""
    run: list[str] = []
    for page in pages:
        run.append(page)
        if zlib.crc32(page.encode()) % _PAGES == 0 or len(run) == _MOST:
            yield run
            run = []
    if run:
        yield run
