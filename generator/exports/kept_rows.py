"""
The files that hold all case studies, in which what an earlier build wrote of each is taken over where that is as it was.

It depends on nothing of other records. To make it of all anew takes longer than all else after an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import accumulate, groupby
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
_TOGETHER = 100
"""Case studies whose rows are made before any is written: to write each by itself takes half as long again."""

Put = Callable[[bytes], object]
"""Puts a piece behind all that a file has so far."""


@dataclass(frozen=True, slots=True)
class KnownRows:
    """What the files have of each case study, in their order. By columns, in which many are quickly taken over."""

    wholes: list[str] = field(default_factory=list)
    """The digest of all that it says."""
    figures: list[int] = field(default_factory=list)
    """How many outcomes it has."""
    sizes: Sequence[list[int]] = field(default_factory=lambda: [[] for _ in FILES])
    """By file: its bytes, without what stands between two."""

    def add(
        self, wholes: Iterable[str], figures: Iterable[int], sizes: Iterable[Iterable[int]]
    ) -> None:
        """Note some more."""
        self.wholes.extend(wholes)
        self.figures.extend(figures)
        for column, more in zip(self.sizes, sizes, strict=True):
            column.extend(more)


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
) -> KnownRows:
    """Put the files together, and return what stands where in them."""
    rows = KnownRows()
    wholes = [library.extracts["case-study", case_id].whole for case_id in flat.ids]
    for put, file in zip(puts, files, strict=True):
        put(file.head)
    for piece in earlier.pieces(wholes):
        if rows.wholes:
            for put, between in zip(puts, BETWEEN, strict=True):
                put(between)
        if isinstance(piece, slice):
            earlier.copy(piece, puts)
            there = earlier.rows
            sizes = [column[piece] for column in there.sizes]
            rows.add(there.wholes[piece], there.figures[piece], sizes)
        else:
            *texts, figures = zip(*(flat.rows(flat.ids[here]) for here in piece), strict=True)
            for put, between, some in zip(puts, BETWEEN, texts, strict=True):
                put(between.join(some))
            rows.add((wholes[here] for here in piece), figures, (map(len, some) for some in texts))
    for put, file in zip(puts, files, strict=True):
        put(file.tail)
    return rows


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The files of an earlier site, and where in them each case study stands."""

    files: Sequence[BinaryIO] = ()
    rows: KnownRows = field(default_factory=KnownRows)
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
        rows = KnownRows(**note["rows"])
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

    def pieces(self, wholes: Sequence[str]) -> Iterator[slice | range]:
        """
        Where the rows of case studies come from whose digests are in that order.

        Either from some rows that are as they were and follow each other here too, or it is the numbers of some to be made.
        """
        numbers = {whole: number for number, whole in enumerate(self.rows.wholes)}
        places = enumerate(map(numbers.get, wholes))
        for moved_by, run in groupby(places, _moved_by):
            (here, _), *others = run
            end = here + 1 + len(others)
            if moved_by is None:
                for start in range(here, end, _TOGETHER):
                    yield range(start, min(start + _TOGETHER, end))
            else:
                yield slice(here + moved_by, end + moved_by)

    def copy(self, rows: slice, puts: Sequence[Put]) -> None:
        """Copy what the files have of some rows."""
        for file, starts, put, between in zip(self.files, self.starts, puts, BETWEEN, strict=True):
            at, end = starts[rows.start], starts[rows.stop] - len(between)
            file.seek(at)
            for start in range(at, end, _AT_ONCE):
                put(file.read(min(_AT_ONCE, end - start)))


def _moved_by(place: tuple[int, int | None]) -> int | None:
    """How far behind its number here a case study's number there is; None where it has none there."""
    here, there = place
    return None if there is None else there - here
