"""
The files that hold all case studies, in which what an earlier build wrote of each is taken over where that is as it was.

It depends on nothing of other records. To make it of all anew takes longer than all else after an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from pydantic_core import from_json, to_json

from ..digests import key_of, read_sealed, write_sealed
from ..library import Library
from ..printing.site import Site
from ..tables.layout import Layout
from .flat import File, Flat

CASES, OUTCOMES, LIBRARY = FILES = (
    "data/case-studies.csv",
    "data/outcomes.csv",
    "data/library.json",
)
"""The downloads that hold all case studies, from the site's root."""
NOTE = "rows.json"
"""In the folder of the cache: what stands where in them."""

_AT_ONCE = 1 << 20
"""Bytes that are copied at once."""

Put = Callable[[bytes], object]
"""Puts a piece behind all that a file has so far."""
Row = tuple[str, str, Sequence[int], int]
"""The id of a case study, the digest of all that it says, how long it is in each of the files, and its number of outcomes."""


def write_rows(folder: Path, library: Library, layout: Layout, site: Site) -> int:
    """
    Write the files into a site, and return how many outcomes they have.

    `folder` is that of the cache, where it is noted for the next build what stands where.
    """
    # Of all that a case study's rows depend on beside it, and the program, for which the seal answers.
    key = key_of(repr(layout.columns), repr(layout.groups), site.url)
    flat = Flat(library, layout, site.url)
    files = flat.files()
    with ExitStack() as stack:
        earlier = _Earlier.read(folder, key, site, files, stack)
        puts = [stack.enter_context(site.writing(path)) for path in FILES]
        rows = list(_put_together(library, flat, files, earlier, puts))
    note = {
        "key": key,
        "files": [site.files[path] for path in FILES],
        "starts": [len(file.head) for file in files],
        "rows": rows,
    }
    write_sealed(folder / NOTE, to_json(note))
    return sum(figures for *_, figures in rows)


def _put_together(
    library: Library, flat: Flat, files: Sequence[File], earlier: _Earlier, puts: Sequence[Put]
) -> Iterator[Row]:
    """Put the files together, and yield what stands where in them."""
    for put, file in zip(puts, files, strict=True):
        put(file.head)
    for number, piece in enumerate(earlier.pieces(library, flat.ids)):
        if number:
            for put, file in zip(puts, files, strict=True):
                put(file.between)
        if isinstance(piece, range):
            earlier.copy(piece, puts)
            yield from earlier.rows[piece.start : piece.stop]
        else:
            *texts, figures = flat.rows(piece)
            for put, text in zip(puts, texts, strict=True):
                put(text)
            yield piece, library.extracts["case-study", piece].whole, [*map(len, texts)], figures
    for put, file in zip(puts, files, strict=True):
        put(file.tail)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The files of an earlier site, and where in them each case study stands."""

    files: Sequence[BinaryIO] = ()
    rows: Sequence[Row] = ()
    starts: Sequence[Sequence[int]] = ()
    """Of each file: where each of the rows begins."""

    @classmethod
    def read(
        cls, folder: Path, key: str, site: Site, files: Sequence[File], stack: ExitStack
    ) -> _Earlier:
        """Nothing where one of them is not, to the byte, what the build that noted its rows has written."""
        note = from_json(read_sealed(folder / NOTE) or b"{}")
        if note.get("key") != key:
            return cls()
        held = [site.held(path, digest) for path, digest in zip(FILES, note["files"], strict=True)]
        if None in held:
            return cls()
        starts = [
            [
                *accumulate(
                    (sizes[n] + len(file.between) for _, _, sizes, _ in note["rows"]), initial=start
                )
            ]
            for n, (file, start) in enumerate(zip(files, note["starts"], strict=True))
        ]
        return cls(
            [stack.enter_context(path.open("rb")) for path in held if path], note["rows"], starts
        )

    def pieces(self, library: Library, ids: Sequence[str]) -> Iterator[range | str]:
        """In the order of `ids`: rows that are as they were and follow each other here too, and the ids of those to be made."""
        numbers = {case_id: number for number, (case_id, *_) in enumerate(self.rows)}
        first = end = -1
        for case_id in ids:
            number = numbers.get(case_id, -1)
            stays = (
                number >= 0
                and self.rows[number][1] == library.extracts["case-study", case_id].whole
            )
            if not stays or number != end:
                if first < end:
                    yield range(first, end)
                first = end = number if stays else -1
            if stays:
                end += 1
            else:
                yield case_id
        if first < end:
            yield range(first, end)

    def copy(self, rows: range, puts: Sequence[Put]) -> None:
        """Copy what the files have of some rows."""
        last = rows[-1]
        for file, starts, put, size in zip(
            self.files, self.starts, puts, self.rows[last][2], strict=True
        ):
            at, end = starts[rows[0]], starts[last] + size
            file.seek(at)
            for start in range(at, end, _AT_ONCE):
                put(file.read(min(_AT_ONCE, end - start)))
