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

from ..digests import key_of
from ..parallel import spread
from ..printing.site import Site
from .kept import Head, IndexedPage, Kept, keep
from .postings import Postings
from .run_reader import RunReader
from .words import Spellings

FOLDER = "index"
"""In the folder of the cache."""
JOINED, WORDS = "joined", "words"
"""In that folder beside the runs: what they were joined to, and which words of the library they gave."""
_PAGES, _MOST = 128, 256
"""In a run, about, and at most: few to read again after an edit, and runs of a length for several processes."""


@dataclass(frozen=True, slots=True)
class Run:
    """
    What the index has of pages that follow each other. They are numbered from 0, each run anew.

    Words are in parts by their letters: an index is joined letter by letter, and never in memory as a whole.
    """

    head: Head
    _part: Callable[[str], bytes]
    """A part as it is kept, by its name."""

    @property
    def pages(self) -> Sequence[IndexedPage]:
        """Those that can be found."""
        return self.head.pages

    @property
    def files(self) -> dict[str, str]:
        """The files with what results show: their digests, by their paths from the site's root."""
        return self.head.files

    def postings(self, letter: str) -> Postings:
        """Where the words with a letter stand, of `LETTERS`."""
        return Postings(self._part(f"postings {letter}"))

    def spellings(self, letter: str) -> Spellings:
        """Which pages have which words with a letter, of `ascii_lowercase`."""
        held: Spellings = marshal.loads(self._part(f"spellings {letter}"))
        return held

    def spelt(self, letter: str) -> str:
        """A digest of those."""
        return self.head.places[f"spellings {letter}"].digest


class Series(list[Run]):
    """All runs of a site, in their order."""

    def __init__(self, runs: Iterable[Run], folder: Path) -> None:
        """`folder` is where they are kept, and what is made of them."""
        super().__init__(runs)
        self.folder = folder


@dataclass(slots=True)
class _Parts:
    """The parts of a run that is kept."""

    kept: Kept
    read: Callable[[], Run]
    """Reads the pages of the run again."""
    again: Run | None = None

    def part(self, name: str) -> bytes:
        if self.again is None:
            data = self.kept.part(name)
            if data is not None:
                return data
            self.again = self.read()  # another build has put its own there since
        return self.again._part(name)


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a site, and what earlier indexes have left of them."""

    site: Site
    """Its pages are there; what results show of them is written into it."""
    pages: Mapping[str, str]
    """Their digests by their addresses, in the order in which they are numbered."""
    folder: Path
    """Where runs are kept. It may be deleted at any time."""

    def of(self, jobs: int, goes_on: Callable[[int, int], None]) -> Series:
        """
        Return the runs of all pages, and write for each page what results show.

        What is not kept is read, by up to `jobs` processes. Raises `IndexFailed`.
        """
        addresses = list(_apart(self.pages))
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
        self._forget(but={JOINED, WORDS, *(self._file(run).name for run in addresses)})
        return Series(runs, self.folder)

    def _read_some(self, runs: Sequence[Sequence[str]]) -> None:
        for run in runs:
            # Which keeps it: to read it again takes less than to send it.
            self._read(run, Kept.read(self._file(run)))

    def _kept(self, addresses: Sequence[str], *, read_now: bool = False) -> Run | None:
        """
        A run as it was kept; None where a page of it is another, or a file that it has written.

        Where it was `read_now`, by whichever process, its files were written too.
        """
        kept = Kept.read(self._file(addresses))
        if kept is None or kept.head.key != self._key(addresses):
            return None
        run = self._run(kept, addresses)
        if read_now:
            self.site.files.update(run.files)
            return run
        return run if self.site.keep(run.files) else None

    def _run(self, kept: Kept, addresses: Sequence[str]) -> Run:
        return Run(kept.head, _Parts(kept, partial(self._read, addresses)).part)

    def _file(self, addresses: Sequence[str]) -> Path:
        return self.folder / key_of(addresses[-1])

    def _key(self, addresses: Sequence[str]) -> str:
        """Of all pages of a run, as they are now."""
        return key_of(*(f"{path} {digest}" for path, digest in self._digests(addresses).items()))

    def _digests(self, addresses: Iterable[str]) -> dict[str, str]:
        """Those of pages as they are now, by their addresses."""
        return {path: self.pages[path] for path in addresses}

    def _forget(self, but: Collection[str]) -> None:
        with contextlib.suppress(OSError):
            for name in set(os.listdir(self.folder)).difference(but):  # noqa: PTH208
                (self.folder / name).unlink()

    def _read(self, addresses: Sequence[str], before: Kept | None = None) -> Run:
        """Read a run of pages, or what is new since the one `before`, and keep it."""
        key, digests = self._key(addresses), self._digests(addresses)
        head, parts = RunReader(self.site, before).read(key, digests)
        keep(self._file(addresses), head, parts.values())
        return Run(head, parts.__getitem__)


def numbered(runs: Iterable[Run]) -> Iterator[tuple[int, Run]]:
    """Runs that follow each other, each with the number that its page 0 has among all pages."""
    start = 0
    for run in runs:
        yield start, run
        start += len(run.pages)


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
