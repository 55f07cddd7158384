"""
Whether a file was touched, without reading it: as Git's index tells it.

No program can change a file and leave size, number, and the dates of its content and of its state as they were, unless it does so
in the same tick of the clock. So a stamp says nothing of a file that was changed in the tick in which it is looked at.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Collection
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Size in bytes, number, and in nanoseconds the dates of content and of state."""

UNTOLD: Stamp = (0, 0, 0, 0)
"""In the place of a stamp that may not tell that its file was touched. No file has it."""

Noted = dict[str, tuple[str, Stamp]]
"""The digest of each file of a folder and its stamp, by path."""

_STAMP = struct.Struct("<QQqq")
_DIGEST = 32
"""Characters of a digest."""


def stamp_of(state: os.stat_result) -> Stamp:
    """The stamp of a file in that state."""
    return state.st_size, state.st_ino, state.st_mtime_ns, state.st_ctime_ns


def tells(stamp: Stamp, now: int) -> bool:
    """Whether a change at or after `now` would give a file another stamp."""
    return stamp[3] < now


def clock(file: Path) -> int:
    """
    The time by which the file system dates changes, in nanoseconds, read by touching a file there.

    It ticks some hundred times a second.
    """
    os.utime(file)
    return file.stat().st_ctime_ns


def packed(noted: Noted) -> bytes:
    """What is noted as bytes, for a file: column after column, since JSON takes three times as long to read."""
    digests, stamps = zip(*noted.values(), strict=True) if noted else ((), ())
    columns = (
        b"%d\n" % len(noted),
        *(_STAMP.pack(*stamp) for stamp in stamps),
        "".join(digests).encode(),
        "\0".join(noted).encode(errors="surrogateescape"),
    )
    return b"".join(columns)


def unpacked(data: bytes) -> Noted:
    """What `packed` made these bytes of."""
    line, _, columns = data.partition(b"\n")
    length = int(line)
    if not length:
        return {}
    digests_at = length * _STAMP.size
    paths_at = digests_at + length * _DIGEST
    stamps = _STAMP.iter_unpack(columns[:digests_at])
    digests = columns[digests_at:paths_at].decode()
    each = (digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST))
    paths = columns[paths_at:].decode(errors="surrogateescape").split("\0")
    return dict(zip(paths, zip(each, stamps, strict=True), strict=True))


def compared(noted: Noted, folder: Path) -> tuple[Collection[str], Collection[str]]:
    """
    Look at the files below a folder, of which something is noted.

    Return the paths of those that are not as they were noted, or not there; and of those that were not noted so.
    """
    there = stamps_below(folder)
    untouched = {path for path, (_, stamp) in noted.items() if there.get(path) == stamp}
    return noted.keys() - untouched, there.keys() - untouched


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
