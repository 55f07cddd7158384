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
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

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
    """What is noted of the files of a folder: of so many that their stamps stay one text, and are cut only where they are asked for."""

    digests: Mapping[str, str] = field(default_factory=dict)
    """By their paths."""
    stamps: bytes = b""
    """One after the other, in the same order."""

    def stamped(self) -> Iterator[tuple[str, Stamp]]:
        """Each path with its stamp."""
        stamps = struct.iter_unpack(f"{_STAMP.size}s", self.stamps)
        return zip(self.digests, chain.from_iterable(stamps), strict=True)

    def stamps_of(self, paths: Collection[str]) -> dict[str, Stamp]:
        """The stamps of those of some paths that are noted."""
        return {path: self.stamps[start:end] for path, start, end in self._places(paths)}

    def _places(self, paths: Collection[str]) -> Iterator[tuple[str, int, int]]:
        """Where the stamps of some paths begin and end."""
        for number, path in enumerate(self.digests):
            if path in paths:
                yield path, number * _STAMP.size, (number + 1) * _STAMP.size

    def renewed(
        self, without: Collection[str], digests: Mapping[str, str], stamps: Iterable[Stamp]
    ) -> Noted:
        """The same without some paths, followed by those of `digests` with their stamps."""
        noted, parts, last = dict(self.digests), [], 0
        for path, start, end in self._places(without):
            del noted[path]
            parts.append(self.stamps[last:start])
            last = end
        noted.update(digests)
        return Noted(noted, b"".join((*parts, self.stamps[last:], *stamps)))

    def until(self, now: bytes) -> Noted:
        """The same, where nothing is told of files that were not made before a moment."""
        if at(max(self._numbers()[0::4], default=0)) < now:
            return self
        stamps = (stamp if stamp < now else UNTOLD for _, stamp in self.stamped())
        return Noted(self.digests, b"".join(stamps))

    def size(self) -> int:
        """The bytes of all files together."""
        return sum(self._numbers()[1::4])

    def _numbers(self) -> array[int]:
        """The four numbers of each stamp."""
        numbers = array("Q", self.stamps)
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers

    def packed(self) -> bytes:
        """The same as bytes, for a file: column after column, which are quickly cut."""
        texts = "\0".join((*self.digests.values(), *self.digests))
        return b"%d\n%b%b" % (
            len(self.digests),
            self.stamps,
            texts.encode(errors="surrogateescape"),
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Noted:
        """What `packed` made these bytes of."""
        begin = data.index(b"\n") + 1
        length = int(data[:begin])
        if not length:
            return cls()
        end = begin + length * _STAMP.size
        texts = str(memoryview(data)[end:], errors="surrogateescape").split("\0")
        return cls(dict(zip(texts[length:], texts[:length], strict=True)), data[begin:end])


class Looked(NamedTuple):
    """How the files below a folder compare with those that are noted."""

    touched: Collection[str]
    """The paths of those that are not as they were noted, or not there."""
    others: Collection[str]
    """The paths of all files that may be there and were not noted so."""
    stamps: bytes
    """What is now to be noted of all files, in their order."""


def compared(noted: Noted, folder: Path) -> Looked:
    """Look at the files below a folder, of which something is noted."""
    left = dict(noted.stamped())
    others = {path for path, stamp in below(folder) if left.pop(path, None) != stamp}
    return Looked(left.keys() | (others & noted.digests.keys()), others, noted.stamps)


def linked(noted: Noted, there: Path, folder: Path) -> Looked:
    """
    Give each file below `there` that is as it was noted a second name below `folder`, in which nothing stands.

    Its stamp is another then. None gets one where the file system has no such names.
    """
    touched: set[str] = set()
    stamps: list[Stamp] = []
    folders = {""}
    for path, stamp in noted.stamped():
        file, new, now = f"{there}/{path}", f"{folder}/{path}", stamp
        with suppress(OSError):
            if stamp_of(os.lstat(file)) == stamp:
                parent = path.rpartition("/")[0]
                if parent not in folders:
                    os.makedirs(f"{folder}/{parent}", exist_ok=True)  # noqa: PTH103
                    folders.add(parent)
                os.link(file, new)
                now = stamp_of(os.lstat(new))
                if content_of(now) != content_of(stamp):  # somebody wrote to it meanwhile
                    now = UNTOLD
        if now in (stamp, UNTOLD):
            touched.add(path)
        stamps.append(now)
    return Looked(touched, touched, b"".join(stamps))


def below(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Every file below a folder, by its path from there, and its stamp. Every empty folder, whose path ends with a slash, too."""
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
                    yield path + entry.name, stamp_of(entry.stat(follow_symlinks=False))
        if empty and path:
            yield path, stamp_of(os.stat(f"{folder}/{path}"))  # noqa: PTH116
