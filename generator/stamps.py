"""
Whether a file was touched, without reading it: as Git's index tells it.

No program can change a file and leave size, number, and the dates of its content and of its state as they were, unless it does so
in the same tick of the clock. So a stamp says nothing of a file that was changed in the tick in which it is looked at.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Stamp = bytes
"""
The date of a file's state, its size in bytes, its number, and the date of its content; dates in nanoseconds.

As bytes, since a site has very many: they are read and written as they are, and the date at their head orders them.
"""

_STAMP = struct.Struct(">qQQq")
_DATE = struct.Struct(">q")

UNTOLD: Stamp = bytes(_STAMP.size)
"""In the place of a stamp that may not tell that its file was touched. No file has it."""


def stamp_of(state: os.stat_result) -> Stamp:
    """The stamp of a file in that state."""
    return _STAMP.pack(state.st_ctime_ns, state.st_size, state.st_ino, state.st_mtime_ns)


def content_of(stamp: Stamp) -> bytes:
    """What of a stamp stays as long as the content does: all but the date of the state, which other names change."""
    return stamp[_DATE.size :]


def sizes(stamps: Iterable[Stamp]) -> int:
    """The bytes of all files with these stamps."""
    numbers = array("Q", b"".join(stamps))
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers[1::4])


def at(nanoseconds: int) -> bytes:
    """A moment. The stamps below it, and no others, tell of every change that comes then or later."""
    return _DATE.pack(nanoseconds)


def clock(file: Path) -> int:
    """
    The time by which the file system dates changes, in nanoseconds, read by touching a file there.

    It ticks some hundred times a second.
    """
    os.utime(file)
    return file.stat().st_ctime_ns


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted of the files of a folder, by their paths."""

    digests: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    def packed(self) -> bytes:
        """The same as bytes, for a file: column after column, which are quickly cut."""
        texts = "\0".join((*self.digests.values(), *self.digests))
        columns = (
            b"%d\n" % len(self.digests),
            *map(self.stamps.__getitem__, self.digests),
            texts.encode(errors="surrogateescape"),
        )
        return b"".join(columns)

    @classmethod
    def unpacked(cls, data: bytes) -> Noted:
        """What `packed` made these bytes of."""
        line, _, columns = data.partition(b"\n")
        length = int(line)
        if not length:
            return cls()
        texts_at = length * _STAMP.size
        stamps = struct.iter_unpack(f"{_STAMP.size}s", columns[:texts_at])
        texts = columns[texts_at:].decode(errors="surrogateescape").split("\0")
        paths = texts[length:]
        return cls(
            dict(zip(paths, texts[:length], strict=True)),
            {path: stamp for path, (stamp,) in zip(paths, stamps, strict=True)},
        )


def compared(noted: Noted, folder: Path) -> tuple[Collection[str], Collection[str]]:
    """
    Look at the files below a folder, of which something is noted.

    Return the paths of those that are not as they were noted, or not there; and of those that were not noted so.
    """
    there = stamps_below(folder)
    touched = {path for path, stamp in noted.stamps.items() if there.get(path) != stamp}
    return touched, there.keys() - (noted.stamps.keys() - touched)


def stamps_below(folder: Path) -> dict[str, Stamp]:
    """The stamp of every file below a folder, by its path from there. Of an empty folder, whose path ends with a slash, too."""
    found: dict[str, Stamp] = {}
    inside = [""]
    while inside:
        path = inside.pop()
        with os.scandir(f"{folder}/{path}") as entries:
            empty = True
            for entry in entries:
                empty = False
                if entry.is_dir(follow_symlinks=False):
                    inside.append(f"{path}{entry.name}/")
                else:
                    found[path + entry.name] = stamp_of(entry.stat(follow_symlinks=False))
        if empty and path:
            found[path] = stamp_of(os.stat(f"{folder}/{path}"))  # noqa: PTH116
    return found
