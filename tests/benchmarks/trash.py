"""Gets old trees out of the way of a build without making that build pay for it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.benchmarks.measuring import file_system

IN_MEMORY = "tmpfs"


@dataclass(frozen=True, slots=True)
class Trash:
    """
    A folder to which old trees are renamed, to be deleted when nothing is timed any more.

    ext4 leaves the inode of a deleted file alone for some minutes and looks at each of them again whenever a file
    is made (`recently_deleted` in fs/ext4/ialloc.c). After a large tree was deleted, each new file costs five to twenty
    times as much for minutes: whoever builds next would look slow. A file system in memory knows nothing of that,
    and room is short there, so trees in it are deleted at once.
    """

    folder: Path
    """In the file system of all that it takes, so that taking it is one rename."""
    _numbers: count[int] = field(default_factory=count)

    def take(self, path: Path) -> None:
        """Take a file or a folder away, if it is there."""
        if not path.exists():
            return
        if path.is_dir() and file_system(path) == IN_MEMORY:
            shutil.rmtree(path)
            return
        self.folder.mkdir(exist_ok=True)
        path.rename(self.folder / str(next(self._numbers)))

    def empty(self) -> None:
        """Delete all of it, once nothing is timed any more."""
        shutil.rmtree(self.folder, ignore_errors=True)
