"""
Whether a file was touched, without reading it: as Git's index tells it.

No program can change a file and leave size, number, and the dates of its content and of its state as they were, unless it does so
in the same tick of the clock. So a stamp says nothing of a file that was changed in the tick in which it is looked at.
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

Stamp = bytes
"""
The date of a file's state, its size in bytes, its number, and the date of its content; dates in nanoseconds.

As bytes, since a site has very many: they are read and written as they are, and the date at their head orders them.
"""

_STAMP = struct.Struct(">qQQq")
_DATE = struct.Struct(">q")

_UNSURE = 2_000_000_000
"""Nanoseconds in which a clock surely ticks, be it that of another computer that has the files."""

UNTOLD: Stamp = bytes(_STAMP.size)
"""In the place of a stamp that may not tell that its file was touched. No file has it."""
_MISSING: Stamp = b"\xff" * _STAMP.size
"""In the place of the stamp of a file that is not there."""


def stamp_of(state: os.stat_result) -> Stamp:
    """The stamp of a file in that state."""
    return _STAMP.pack(state.st_ctime_ns, state.st_size, state.st_ino, state.st_mtime_ns)


def content_of(stamp: Stamp) -> bytes:
    """What of a stamp stays as long as the content does: all but the date of the state, which other names change."""
    return stamp[_DATE.size :]


def stamps_in(stamps: bytes) -> Iterator[Stamp]:
    """Stamps that stand one after the other."""
    return chain.from_iterable(struct.iter_unpack(f"{_STAMP.size}s", stamps))


def at(nanoseconds: int) -> bytes:
    """A moment. The stamps below it, and no others, tell of every change that comes then or later."""
    return _DATE.pack(nanoseconds)


def sure() -> bytes:
    """The stamps below this tell of every change that comes from now on, wherever the files are."""
    return at(time.time_ns() - _UNSURE)


def clock(file: Path) -> int:
    """
    The time by which the file system dates changes, in nanoseconds, read by touching a file there.

    It ticks some hundred times a second.
    """
    os.utime(file)
    return file.stat().st_ctime_ns


def states_below(folder: Path, paths: Iterable[str]) -> Iterator[os.stat_result | None]:
    """The states of files and folders, by their paths from a folder; None of those that are not there."""
    # From that folder on, so that the system need not find the way to it each time.
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for path in paths:
            try:
                state = os.stat(path or ".", dir_fd=handle, follow_symlinks=False)
            except OSError:
                yield None
            else:
                yield state
    finally:
        os.close(handle)


def stamps_below(folder: Path, paths: Iterable[str]) -> bytes:
    """The stamps of files, one after the other, by their paths from a folder; of one that is not there, what no file has."""
    states = states_below(folder, paths)
    return b"".join([stamp_of(state) if state else _MISSING for state in states])
