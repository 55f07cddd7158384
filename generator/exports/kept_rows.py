"""
The files that hold all case studies, in which what an earlier build wrote of each is taken over where that is as it was.

It depends on nothing of other records. To make it of all anew takes longer than all else after an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from pydantic_core import from_json, to_json

from ..digests import key_of, read_sealed, write_sealed
from ..library import Library
from ..printing.site import Site
from ..tables.layout import Layout
from .flat import BETWEEN, File, Flat

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


@dataclass(frozen=True, slots=True)
class Noted:
    """What the files have of each case study, in their order. By columns, in which many are quickly taken over."""

    wholes: list[str] = field(default_factory=list)
    """The digest of all that it says."""
    figures: list[int] = field(default_factory=list)
    """How many outcomes it has."""
    sizes: Sequence[list[int]] = field(default_factory=lambda: [[] for _ in FILES])
    """By file: its bytes, without what stands between two."""

    def add(self, whole: str, texts: Sequence[bytes], figures: int) -> None:
        """Note one more."""
        self.wholes.append(whole)
        self.figures.append(figures)
        for sizes, text in zip(self.sizes, texts, strict=True):
            sizes.append(len(text))

    def take(self, other: Noted, rows: slice) -> None:
        """Note what is noted elsewhere of some more."""
        self.wholes.extend(other.wholes[rows])
        self.figures.extend(other.figures[rows])
        for sizes, others in zip(self.sizes, other.sizes, strict=True):
            sizes.extend(others[rows])


def write_rows(folder: Path, library: Library, layout: Layout, site: Site) -> int:
    """
    Write the files into a site, and return how many outcomes they have.

    `folder` is that of the cache, where it is noted for the next build what stands where. `layout` is that of case studies.
    """
    # Of all that a case study's rows depend on beside it, and the program, for which the seal answers.
    key = key_of(repr(layout.columns), repr(layout.groups), site.url)
    others = _others(library)
    flat = Flat(library, layout, site.url)
    with ExitStack() as stack:
        earlier = _Earlier.read(folder, key, site, stack)
        files = earlier.around() if earlier.others == others else flat.files()
        puts = [stack.enter_context(site.writing(path)) for path in FILES]
        rows = _put_together(library, flat, files, earlier, puts)
    note = {
        "key": key,
        "others": others,
        "files": [site.files[path] for path in FILES],
        "starts": [len(file.head) for file in files],
        "rows": rows,
    }
    write_sealed(folder / NOTE, to_json(note))
    return sum(rows.figures)


def _others(library: Library) -> str:
    """A digest of what stands around case studies: of all that other records say, and whether there are case studies."""
    wholes = (
        library.extracts[name, record_id].whole
        for name in library.kinds
        if name != "case-study"
        for record_id in library.ids(name)
    )
    return key_of(str(library.count("case-study") > 0), *wholes)


def _put_together(
    library: Library, flat: Flat, files: Sequence[File], earlier: _Earlier, puts: Sequence[Put]
) -> Noted:
    """Put the files together, and return what stands where in them."""
    rows = Noted()
    wholes = [library.extracts["case-study", case_id].whole for case_id in flat.ids]
    for put, file in zip(puts, files, strict=True):
        put(file.head)
    for piece in earlier.pieces(wholes):
        if rows.wholes:
            for put, between in zip(puts, BETWEEN, strict=True):
                put(between)
        if isinstance(piece, slice):
            earlier.copy(piece, puts)
            rows.take(earlier.rows, piece)
        else:
            *texts, figures = flat.rows(flat.ids[piece])
            for put, text in zip(puts, texts, strict=True):
                put(text)
            rows.add(wholes[piece], texts, figures)
    for put, file in zip(puts, files, strict=True):
        put(file.tail)
    return rows


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The files of an earlier site, and where in them each case study stands."""

    files: Sequence[BinaryIO] = ()
    rows: Noted = field(default_factory=Noted)
    starts: Sequence[Sequence[int]] = ()
    """Of each file: where each of the rows begins, and where one behind them would."""
    others: str = ""
    """The digest of what they hold beside case studies."""

    @classmethod
    def read(cls, folder: Path, key: str, site: Site, stack: ExitStack) -> _Earlier:
        """Nothing where one of them is not, to the byte, what the build that noted its rows has written."""
        note = from_json(read_sealed(folder / NOTE) or b"{}")
        if note.get("key") != key:
            return cls()
        held = [site.held(path, digest) for path, digest in zip(FILES, note["files"], strict=True)]
        if None in held:
            return cls()
        rows = Noted(**note["rows"])
        starts = [
            [*accumulate((size + len(between) for size in sizes), initial=start)]
            for sizes, between, start in zip(rows.sizes, BETWEEN, note["starts"], strict=True)
        ]
        opened = [stack.enter_context(path.open("rb")) for path in held if path]
        return cls(opened, rows, starts, note["others"])

    def around(self) -> Sequence[File]:
        """What they have before all case studies, and behind them."""
        around = []
        for file, starts, between in zip(self.files, self.starts, BETWEEN, strict=True):
            head = file.read(starts[0])
            file.seek(starts[-1] - len(between))
            around.append(File(head, file.read()))
        return around

    def pieces(self, wholes: Sequence[str]) -> Iterator[slice | int]:
        """
        Where the rows of case studies come from whose digests are in that order.

        Either from some rows that are as they were and follow each other here too, or it is the number of one to be made.
        """
        numbers = {whole: number for number, whole in enumerate(self.rows.wholes)}
        first = end = 0
        for here, whole in enumerate(wholes):
            number = numbers.get(whole)
            if number != end:
                if first < end:
                    yield slice(first, end)
                first = end = number or 0
            if number is None:
                yield here
            else:
                end += 1
        if first < end:
            yield slice(first, end)

    def copy(self, rows: slice, puts: Sequence[Put]) -> None:
        """Copy what the files have of some rows."""
        for file, starts, put, between in zip(self.files, self.starts, puts, BETWEEN, strict=True):
            at, end = starts[rows.start], starts[rows.stop] - len(between)
            file.seek(at)
            for start in range(at, end, _AT_ONCE):
                put(file.read(min(_AT_ONCE, end - start)))
