"""Joins the runs of a site to one index, in the files that Pagefind reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby

from ..parallel import spread
from ..printing.site import Site
from . import joined
from .cbor import array_of, encode, text
from .columns import Marked
from .joined import Chunk, Joined
from .kept import LETTERS, IndexedPage, letter_of
from .pagefind import FOLDER, LANGUAGE, VERSION, name_of, packed
from .postings import END, FIELDS, Pages, Postings
from .runs import Run, Series, numbered
from .stems import BEHIND, JOINING, MARK, Word

_LARGE = 20_000
"""The size from which on the next stem goes into another file."""
_QUARTERS = (LETTERS[:4], LETTERS[4:13], LETTERS[13:19], LETTERS[19:])
"""What several processes join: about a quarter of all that pages say begins with each. No file has stems of two of them."""
_MANY = 1_000
"""Of fewer pages, all is joined before other processes would have begun, into the files that Pagefind would make."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """An index: its pages by their numbers, which facets they are marked with, run by run, and its files by the alphabet."""

    pages: Sequence[IndexedPage]
    marked: Sequence[tuple[int, Marked]]
    """With how many pages each run has."""
    chunks: Sequence[Chunk]


def write(site: Site, runs: Series, jobs: int, look: Callable[[], None]) -> Bundle:
    """
    Write an index into a site, all but what each run has written of its pages, by up to `jobs` processes.

    `look` is called from time to time, and may stop it.
    """
    pages = [page for run in runs for page in run.pages]
    parts = _QUARTERS if len(pages) >= _MANY else (LETTERS,)
    last = Joined.last(runs, len(parts))
    work = partial(_write_some, site, runs, look, last)
    found: list[list[Chunk]] = []
    joining = list(zip(parts, last.parts, strict=True))
    for some, files in spread(work, joining, min(jobs, len(parts)), few=1):
        found += some
        site.files.update(files)
    joined.keep(runs, found)
    chunks = [chunk for some in found for chunk in some]
    meta = encode(
        [
            VERSION,
            [[page.id, page.length] for page in pages],
            [[*ends, chunk.name] for ends, chunk in zip(_ends(chunks), chunks, strict=True)],
            *([], []),  # filters and orders, which the catalog has
            FIELDS,
        ]
    )
    name = name_of(meta)
    site.write(f"{FOLDER}/pagefind.{name}.pf_meta", packed(meta))
    language = {"hash": name, "wasm": LANGUAGE, "page_count": len(pages)}
    entry = {
        "version": VERSION,
        "languages": {LANGUAGE: language},
        "include_characters": list(JOINING),
    }
    site.write_json(f"{FOLDER}/pagefind-entry.json", entry)
    marked = [(len(run.pages), run.head.marked) for run in runs]
    return Bundle(pages, marked, chunks)


def _write_some(
    site: Site,
    runs: Sequence[Run],
    look: Callable[[], None],
    last: Joined,
    parts: Sequence[tuple[Sequence[str], Sequence[Chunk]]],
) -> tuple[list[list[Chunk]], dict[str, str]]:
    """Write the files for the letters of each part, which had some; return what is in them, and the digest of each by its path."""
    part = site.part()
    chunks = [
        list(_chunks(part, _Words(letters, runs, look), last, before)) for letters, before in parts
    ]
    return chunks, part.files


def _chunks(site: Site, words: _Words, last: Joined, before: Sequence[Chunk]) -> Iterator[Chunk]:
    """
    Yield the files for some letters, and write them, unless they are what they were before.

    A file begins where the one before it ends, and ends where its own words fill it: so what one edit changes is few.
    """
    filling, begin = _Filling(site), ""
    ends = [*(chunk.last + BEHIND for chunk in before[:-1]), END]
    for chunk, end in zip(before or (None,), ends, strict=True):
        file = chunk and {_file_of(chunk.name): chunk.digest}
        if chunk and file and filling.is_empty and last.stays(begin, end) and site.keep(file):
            yield chunk
        else:
            for stem, size, pieces in words.between(begin, end):
                filling.add(stem, size, pieces)
                if filling.is_full:
                    yield filling.write()
        begin = end
    if not filling.is_empty:
        yield filling.write()


class _Words:
    """The words with some letters, of all runs; of one letter after the other."""

    def __init__(
        self, letters: Sequence[str], runs: Sequence[Run], look: Callable[[], None]
    ) -> None:
        self._letters, self._runs, self._look = letters, runs, look
        self._letter: str | None = None
        self._postings: list[tuple[int, Postings]] = []

    def between(self, begin: Word, end: Word) -> Iterator[tuple[str, int, list[bytes]]]:
        """Yield each stem from one word to before another, by the alphabet: its size, and all that the index has of it."""
        for letter in self._letters:
            if letter_of(begin) <= letter <= letter_of(end):
                yield from self._joined(letter, begin, end)

    def _joined(
        self, letter: str, begin: Word, end: Word
    ) -> Iterator[tuple[str, int, list[bytes]]]:
        found: dict[Word, Pages] = defaultdict(Pages)
        for start, postings in self._with(letter):
            for word, posting in postings.between(begin, end):
                found[word].add(start, posting)
        # A word with marks stands behind its stem, in the alphabet too.
        for stem, words in groupby(sorted(found), lambda word: word.partition(MARK)[0]):
            own, size, variants = Pages(), 0, list[list[bytes]]()
            for word in words:
                pages = found.pop(word)
                size += pages.size
                if word == stem:
                    own = pages
                else:
                    marked = text(word.partition(MARK)[2])
                    variants.append([array_of(2), marked, *pages.encoded()])
            head = array_of(3), text(stem), *own.encoded(), array_of(len(variants))
            yield stem, size, [*head, *chain.from_iterable(variants)]

    def _with(self, letter: str) -> Iterable[tuple[int, Postings]]:
        """The words with a letter, by the numbers with which runs begin: they stay in memory until another letter is asked for."""
        if letter != self._letter:
            self._look()
            self._letter, self._postings = letter, []
            self._postings = [(start, run.postings(letter)) for start, run in numbered(self._runs)]
        return self._postings


class _Filling:
    """The next file of the index."""

    def __init__(self, site: Site) -> None:
        """It is written into a site."""
        self._site = site
        self._stems: list[str] = []
        self._pieces: list[bytes] = []
        self._filled = 0

    @property
    def is_empty(self) -> bool:
        """Whether it has no stems."""
        return not self._stems

    @property
    def is_full(self) -> bool:
        """Whether the next stem goes into another file."""
        return self._filled >= _LARGE

    def add(self, stem: str, size: int, pieces: Iterable[bytes]) -> None:
        """Add a stem."""
        self._stems.append(stem)
        self._pieces += pieces
        self._filled += size

    def write(self) -> Chunk:
        """Write it, and begin the next one."""
        data = b"".join([array_of(1), array_of(len(self._stems)), *self._pieces])
        name = name_of(data)
        file = _file_of(name)
        self._site.write(file, packed(data))
        chunk = Chunk(self._stems[0], self._stems[-1], name, self._site.files[file])
        self._stems, self._pieces, self._filled = [], [], 0
        return chunk


def _file_of(name: str) -> str:
    """Where in the site a file of the index stands."""
    return f"{FOLDER}/index/{name}.pf_index"


def _ends(chunks: Sequence[Chunk]) -> Iterator[tuple[str, str]]:
    """
    Yield for each file from where to where in the alphabet Pagefind looks into it.

    Of the last stem and the first one of the next file, that is as much as tells them apart.
    """
    first = chunks[0].first if chunks else ""
    for chunk, following in zip(chunks, [*(chunk.first for chunk in chunks[1:]), ""], strict=True):
        same = _same(chunk.last, following) + 1
        shorter = chunk.last[:same]
        yield first, shorter if following and shorter >= first else chunk.last
        first = following[:same]


def _same(one: str, other: str) -> int:
    """How many letters are the same at the beginning."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
