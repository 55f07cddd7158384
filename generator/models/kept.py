"""
What was read before, so that a file that is as it was need not be parsed and checked again.

A record is always made from its plain data as JSON, whether a moment ago that was parsed or an earlier build kept it:
so what is kept gives the record that the file would.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import from_json, to_json

from ..digests import read_sealed, write_sealed
from ..stamps import Stamp, stamp_of, tells
from .extract import Extract
from .kind import Kind

if TYPE_CHECKING:
    from .loading import Entry

FILE = "read.jsonl"
"""In the folder of the cache."""
_ENOUGH = 100
"""The file is written anew when one in so many records had to be parsed: it is as long as all of them."""
_UNSURE = 2_000_000_000
"""Nanoseconds in which a clock surely ticks, be it that of another computer that has the files."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text holds that nothing is wrong with."""

    data: bytes
    """Its plain data as JSON."""
    body: str
    """The text below the front matter."""
    extract: Extract

    def as_line(self) -> bytes:
        """One line, which `of_line` reads."""
        told = self.extract
        rest = (self.body, told.whole, told.facts, told.refers_to, told.links, told.text)
        return to_json(rest) + b"\t" + self.data

    @classmethod
    def of_line(cls, line: bytes) -> Parsed:
        """What `as_line` wrote."""
        rest, _, data = line.partition(b"\t")
        body, whole, facts, refers_to, links, text = from_json(rest)
        extract = Extract(whole, facts, tuple(starmap(_pair, refers_to)), tuple(links), text)
        return cls(data, body, extract)


@cache
def _pair(kind: str, record_id: str) -> tuple[str, str]:
    """The same pair each time: many records refer to the same few."""
    return kind, record_id


@dataclass(frozen=True, slots=True)
class Standing:
    """A record, and its file as it was when it was read."""

    stamp: Stamp | None
    """None where it does not tell enough."""
    entry: Entry
    extract: Extract


@dataclass(slots=True)
class Kept:
    """
    The records of the last library that had no findings.

    From one build to the next their data are in a file; from one round of a preview to the next, they are in memory.
    """

    file: Path | None = None
    """None where nothing stays for the next build."""
    names: str = ""
    """A digest of the names of all records in that library, to which its rules compared each of them."""
    lines: dict[str, bytes] = field(default_factory=dict)
    """By the key of a text: what it holds."""
    keys: dict[str, str] = field(default_factory=dict)
    """By the mark of a file that was not touched since: the key of its text."""
    standing: Mapping[str, Standing] = field(default_factory=dict)
    """By the path of the file, from the library's root."""

    @classmethod
    def read(cls, file: Path) -> Kept:
        """What an earlier build has left in a file: nothing where that is missing, damaged or of another version."""
        names, *lines = (read_sealed(file) or b"").split(b"\n")
        kept = cls(file, names.decode(), {}, {})
        for line in lines:
            key, mark, held = line.split(b" ", 2)
            kept.lines[key.decode()] = held
            kept.keys[mark.decode()] = key.decode()
        return kept

    def keep(
        self, names: str, lines: Mapping[tuple[str, str], bytes], standing: Mapping[str, Standing]
    ) -> None:
        """
        Keep a library that has no findings. Its file is left alone if it has nearly all of that.

        `lines` are by the key of a text and the mark of its file.
        """
        if self.file and not self.standing:
            missing = sum(mark not in self.keys or key not in self.lines for key, mark in lines)
            if names != self.names or missing * _ENOUGH > len(lines):
                held = (
                    b"%s %s %s" % (k.encode(), m.encode(), line) for (k, m), line in lines.items()
                )
                write_sealed(self.file, b"\n".join([names.encode(), *held]))
        self.names, self.lines, self.keys, self.standing = names, {}, {}, standing


def file_mark(kind: Kind, stamp: Stamp | None) -> str:
    """What a file of a kind has as long as it is not touched; empty where that can't be told."""
    return "/".join((kind.name, *map(str, stamp))) if stamp else ""


def stamp_before_reading(path: Path) -> Stamp | None:
    """The stamp of a file; None where it was saved a moment ago, and might be once more without another stamp."""
    try:
        state = path.lstat()
    except OSError:
        return None
    stamp = stamp_of(state)
    return stamp if stat.S_ISREG(state.st_mode) and tells(stamp, time.time_ns() - _UNSURE) else None
