"""What the benchmark of builds found, as tables in Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.benchmarks.builders import Build
from tests.benchmarks.measuring import EMPTY, Tree
from tests.benchmarks.relevance import table


@dataclass(slots=True)
class Measured:
    """All builds by one builder of one number of records."""

    name: str
    records: int
    complete: bool = False
    """Whether it makes what stands beside the pages too."""
    builds: list[Build] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    """Seconds after an edit, the search index left out; empty for a builder that keeps nothing."""
    output: Tree = EMPTY
    plain_output: Tree = EMPTY
    """Without the folders that hold no pages of the library."""
    indexed: int = 0
    """Pages that Pagefind took into its index."""

    def median(self, of: Callable[[Build], float]) -> float:
        return statistics.median(map(of, self.builds))

    @property
    def whole(self) -> float:
        return self.median(lambda build: build.whole)

    @property
    def pages(self) -> float:
        return self.median(lambda build: build.pages)

    @property
    def extras(self) -> float:
        return self.median(lambda build: build.extras)

    @property
    def memory(self) -> float:
        return self.median(lambda build: build.own)


@dataclass(slots=True)
class Floor:
    """Seconds of what every build of our pages has to do: one Pagefind for them, and writing all files."""

    pagefind: list[float] = field(default_factory=list)
    writing: list[float] = field(default_factory=list)


PAGES = "Rewire, pages only"
SECONDS = [
    "all but the search index",
    "search index",
    "whole",
    "whole, to Rewire's",
    "all but the index, to Rewire's",
    "all but the index, after one edit",
]
ROOM = [
    "processors, s",
    "memory, MB",
    "Pagefind's memory, MB",
    "pages in the index",
    "HTML files",
    "other files",
    "output, MB",
]


def section(measured: list[Measured], floor: Floor) -> str:
    """
    What was measured with one number of records; `measured` begins with ours.

    Whoever makes what stands beside the pages is set beside our whole build, all others beside its pages.
    """
    ours, *peers = measured
    index = ours.median(lambda build: build.index)
    less = ours.pages - ours.extras
    complete, others = [m for m in peers if m.complete], [m for m in peers if not m.complete]
    whole = [_times(m, ours.whole, ours.pages) for m in (ours, *complete)]
    pages = [
        [PAGES, *_seconds(less, index, less + index), "1.00", "1.00", ""],
        *(_times(m, less + index, less) for m in others),
    ]
    room = [_room(ours), _plain_room(ours), *map(_room, peers)]
    parts = [
        f"## {ours.records:,} records",
        "Seconds for everything: pages, and the files that stand beside them.",
        table(["everything", *SECONDS], whole),
        "Seconds for pages only.",
        table(["pages only", *SECONDS], pages),
        "What it took, and what was made.",
        table(["", *ROOM], room),
        "\n".join(f"- {line}" for line in [*_floor(ours, floor), *_gained(index, peers)]),
    ]
    return "\n\n".join(parts)


def _times(measured: Measured, whole: float, pages: float) -> list[str]:
    """A row of seconds, and how often our seconds for the whole and for all but the index go into them."""
    index = measured.median(lambda build: build.index)
    return [
        measured.name,
        *_seconds(measured.pages, index, measured.whole),
        *_seconds(measured.whole / whole, measured.pages / pages),
        f"{statistics.median(measured.warm):.2f}" if measured.warm else "keeps nothing",
    ]


def _seconds(*values: float) -> list[str]:
    return [f"{value:.2f}" for value in values]


def _room(measured: Measured) -> list[str]:
    indexer = measured.median(lambda build: build.indexer)
    return [
        measured.name,
        f"{measured.median(lambda build: build.worked):.2f}",
        _mb(measured.memory),
        _mb(indexer),
        f"{measured.indexed:,}",
        *_output(measured.output),
    ]


def _plain_room(ours: Measured) -> list[str]:
    return [PAGES, "", "", "", "", *_output(ours.plain_output)]


def _output(output: Tree) -> list[str]:
    return [f"{output.pages:,}", f"{output.files - output.pages:,}", _mb(output.size)]


def _mb(size: float) -> str:
    return f"{size / 1e6:,.0f}"


def _floor(ours: Measured, floor: Floor) -> Iterator[str]:
    pagefind, writing = statistics.median(floor.pagefind), statistics.median(floor.writing)
    yield f"Pagefind alone, for our pages: {pagefind:.2f} s; our whole build took {ours.whole / pagefind:.2f} of that."  # fmt: skip
    yield f"Writing the files of our site alone: {writing:.2f} s; all of our build but the search index took {ours.pages / writing:.2f} of that."  # fmt: skip


def _gained(index: float, peers: list[Measured]) -> Iterator[str]:
    """What peers would gain from an index that is written as ours is, which is of the same text."""
    if peers:
        would = ", ".join(f"{peer.name} {peer.pages + index:.2f} s" for peer in peers)
        yield f"With our search index ({index:.2f} s) instead of Pagefind's, the peers would take about: {would}."  # fmt: skip


def growth_section(measured: Iterable[Measured]) -> str:
    """What one more record costs each builder, from each number of records to the next."""
    by_name: dict[str, list[Measured]] = {}
    for one in measured:
        by_name.setdefault(one.name, []).append(one)
    rows = [
        _slope(fewer, more) for sizes in by_name.values() for fewer, more in pairwise(sizes)
    ]  # fmt: skip
    head = ["one more record costs", "records", "in all, ms", "all but the search index, ms", "memory, kB"]  # fmt: skip
    return f"## Growth\n\n{table(head, rows)}" if rows else ""


def _slope(fewer: Measured, more: Measured) -> list[str]:
    added = more.records - fewer.records
    return [
        more.name,
        f"{fewer.records:,} to {more.records:,}",
        f"{1000 * (more.whole - fewer.whole) / added:.2f}",
        f"{1000 * (more.pages - fewer.pages) / added:.2f}",
        f"{(more.memory - fewer.memory) / 1000 / added:.1f}",
    ]
