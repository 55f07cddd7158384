"""Keeps what is slow to make, by the content it was made from. The folder may be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = ".cache"
"""In the library's folder, beside the site: it is no part of it."""


@dataclass(slots=True)
class Cache:
    """A folder of files, each named by the hash of all that its content depends on."""

    folder: Path
    used: set[str] = field(default_factory=set)
    """Names of the files that were asked for. Other processes tell of theirs, so that they stay."""
    _read: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    """What was asked for before, with the names of the files: most records ask for the same."""

    def get(self, name: str, depends_on: str, make: Callable[[], bytes]) -> bytes:
        """
        Return what `make` makes, from the folder if it is there.

        `name` says what it is and how it is made (a version); `depends_on` holds every input. A folder
        that can't be written costs time, not the build.
        """
        asked = name, depends_on
        if asked not in self._read:
            key = hashlib.sha256(f"{name}\0{depends_on}".encode()).hexdigest()
            self._read[asked] = key, self._file(self.folder / key[:2] / key[2:], make)
        key, content = self._read[asked]
        self.used.add(key)
        return content

    @staticmethod
    def _file(path: Path, make: Callable[[], bytes]) -> bytes:
        with contextlib.suppress(OSError):
            return path.read_bytes()
        made = make()
        with contextlib.suppress(OSError):
            _write(path, made)
        return made

    def part(self) -> Cache:
        """The same cache with nothing used yet, to see what one piece of work uses."""
        return Cache(self.folder, _read=self._read)

    def sweep(self) -> None:
        """Delete what was not asked for since the cache was opened: its content is gone."""
        for path in self.folder.glob("??/*"):
            if path.parent.name + path.name not in self.used:
                with contextlib.suppress(OSError):
                    path.unlink()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, so that a killed build leaves no half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
