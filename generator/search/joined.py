"""What the runs of a site were joined to for the last index: a file of it stays where no word in it stands elsewhere now."""

from __future__ import annotations

import marshal
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..digests import read_sealed, write_sealed
from .runs import JOINED, Series
from .stems import Word


class Chunk(NamedTuple):
    """A file of the index, with all that there is of the stems from one to another."""

    first: str
    last: str
    name: str
    digest: str
    """Of what is in it, packed."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The files of an index, and what has changed since."""

    parts: Sequence[Sequence[Chunk]]
    """By the alphabet, in as many parts as were joined by themselves."""
    changed: Sequence[Word] = field(default=())
    """The words that stand elsewhere now, by the alphabet."""

    def stays(self, begin: Word, end: Word) -> bool:
        """Whether all words from one to before another stand where they stood."""
        place = bisect_left(self.changed, begin)
        return place == len(self.changed) or self.changed[place] >= end

    @classmethod
    def last(cls, runs: Series, parts: int) -> Joined:
        """
        What was kept in so many parts. They are empty where other runs were joined, of which nothing is known.

        Of a run that was read again since, its head says what has changed.
        """
        data = read_sealed(runs.folder / JOINED)
        states, chunks = marshal.loads(data) if data else ((), ())
        changed = set[Word]()
        if len(states) == len(runs) and len(chunks) == parts:
            for state, run in zip(states, runs, strict=True):
                if run.head.state != state:
                    if run.head.before != state:
                        break
                    changed.update(run.head.changed)
            else:
                return cls([[Chunk(*chunk) for chunk in part] for part in chunks], sorted(changed))
        return cls([()] * parts)


def keep(runs: Series, parts: Sequence[Sequence[Chunk]]) -> None:
    """Keep for the next index what runs were joined to."""
    told = [run.head.state for run in runs], [[tuple(chunk) for chunk in part] for part in parts]
    write_sealed(runs.folder / JOINED, marshal.dumps(told))
