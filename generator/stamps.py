"""
Whether a file was touched, without reading it: as Git's index tells it.

No program can change a file and leave size, number, and the dates of its content and of its state as they were, unless it does so
in the same tick of the clock. So a stamp says nothing of a file that was changed in the tick in which it is looked at.
"""

from __future__ import annotations

import os
from pathlib import Path

Stamp = tuple[int, int, int, int]
"""Size in bytes, number, and in nanoseconds the dates of content and of state."""

Noted = dict[str, tuple[str, Stamp | None]]
"""The digest of each file of a folder and its stamp, by path; None where that may not tell that the file was touched."""


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
