"""Joins the runs of a site to one index, in the files that Pagefind reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ..parallel import spread
from ..printing.site import Site
from .cbor import array_of, encode, text
from .pagefind import FOLDER, LANGUAGE, VERSION, name_of, packed
from .postings import FIELDS, Joined
from .runs import LETTERS, IndexedPage, Run, numbered
from .stems import JOINING, MARK, Word

_LARGE = 20_000
"""The size from which on the next stem goes into another file."""
_QUARTERS = (LETTERS[:4], LETTERS[4:13], LETTERS[13:19], LETTERS[19:])
"""What several processes join: about a quarter of all that pages say begins with each. No file has stems of two of them."""
_MANY = 1_000
"""Of fewer pages, all is joined before other processes would have begun, into the files that Pagefind would make."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A file of the index, with all that there is of the stems from one to another."""

    first: str
    last: str
    name: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """An index: its pages by their numbers, and its files by the alphabet."""

    pages: Sequence[IndexedPage]
    chunks: Sequence[Chunk]


def write(site: Site, runs: Sequence[Run], jobs: int, look: Callable[[], None]) -> Bundle:
    """
    Write an index into a site, all but what each run has written of its pages, by up to `jobs` processes.

    `look` is called from time to time, and may stop it.
    """
    pages = [page for run in runs for page in run.pages]
    parts = _QUARTERS if len(pages) >= _MANY else (LETTERS,)
    chunks: list[Chunk] = []
    work = partial(_write_some, site, runs, look)
    for some, files in spread(work, parts, min(jobs, len(parts)), few=1):
        chunks += some
        site.files.update(files)
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
    return Bundle(pages, chunks)


def _write_some(
    site: Site, runs: Sequence[Run], look: Callable[[], None], parts: Sequence[Sequence[str]]
) -> tuple[list[Chunk], dict[str, str]]:
    """Write the files for the letters of each part; return what is in them, and the digest of each by its path."""
    chunks, part = [], site.part()
    for letters in parts:
        for stems, data in _files(_words(letters, runs, look)):
            chunks.append(Chunk(stems[0], stems[-1], name_of(data)))
            part.write(f"{FOLDER}/index/{chunks[-1].name}.pf_index", packed(data))
    return chunks, part.files


def _words(
    letters: Iterable[str], runs: Iterable[Run], look: Callable[[], None]
) -> Iterator[tuple[str, int, bytes]]:
    """Yield for each stem with some letters, by the alphabet: its size, and all that the index has of it."""
    for letter in letters:
        look()
        found: dict[Word, Joined] = defaultdict(Joined)
        for start, run in numbered(runs):
            for word, posting in run.postings(letter):
                found[word].add(start, posting)
        # A word with marks stands behind its stem, in the alphabet too.
        for stem, words in groupby(sorted(found), lambda word: word.partition(MARK)[0]):
            own, size, variants = Joined(), 0, list[bytes]()
            for word in words:
                pages = found.pop(word)
                size += pages.size
                if word == stem:
                    own = pages
                else:
                    marked = text(word.partition(MARK)[2])
                    variants.append(array_of(2) + marked + pages.encoded())
            head = array_of(3), text(stem), own.encoded(), array_of(len(variants))
            yield stem, size, b"".join([*head, *variants])


def _files(words: Iterable[tuple[str, int, bytes]]) -> Iterator[tuple[list[str], bytes]]:
    """Yield the stems and the content of each file."""
    stems: list[str] = []
    pieces: list[bytes] = []
    filled = 0
    for stem, size, data in words:
        stems.append(stem)
        pieces.append(data)
        filled += size
        if filled >= _LARGE:
            yield stems, _file(pieces)
            stems, pieces, filled = [], [], 0
    if stems:
        yield stems, _file(pieces)


def _file(words: Sequence[bytes]) -> bytes:
    return b"".join([array_of(1), array_of(len(words)), *words])


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
