"""A site to print into."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

ASIDE = ("embed", "s")
"""Folders whose pages are for other sites and short links: no search and no sitemap should know of them."""


@dataclass(frozen=True, slots=True)
class Site:
    """
    Where pages are printed, and where they will stand.

    The folder may hold an earlier site. A file that is to be what it is stays untouched.
    """

    root: Path
    url: str
    """Where it will stand, with a slash at the end; empty where nobody has said."""
    since: int = 0
    """When the printing began, in nanoseconds: older files are left from an earlier site, unless `kept`."""
    kept: set[str] = field(default_factory=set)
    """Files that are again as they were, relative to the root."""

    def file(self, path: str) -> Path:
        """The file behind an address relative to the site's root."""
        return self.root / path / "index.html"

    def write(self, path: str, content: bytes | str) -> None:
        """Write a file at a path relative to the root, unless that is what it holds."""
        data = content.encode() if isinstance(content, str) else content
        file = self.root / path
        try:
            same = file.read_bytes() == data
        except OSError:
            same = False
        if same:
            self.kept.add(path)
            return
        try:
            file.write_bytes(data)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def take(self, built: Path) -> None:
        """Take over all that the theme's engine has built in another folder."""
        for file in built.rglob("*"):
            if file.is_file():
                self.write(file.relative_to(built).as_posix(), file.read_bytes())

    def part(self) -> Site:
        """The same site for another process, which is to tell what it `kept`."""
        return replace(self, kept=set())

    def clear(self, but: Collection[str] = ()) -> None:
        """Delete what is left from an earlier site, and folders that are empty then; not in the folders `but`."""
        for where, _, names in os.walk(self.root, topdown=False):
            folder = Path(where).relative_to(self.root)
            if folder.parts and folder.parts[0] in but:
                continue
            left = [
                name
                for name in names
                if self._is_left((folder / name).as_posix(), f"{where}/{name}")
            ]
            for name in left:
                os.unlink(f"{where}/{name}")  # noqa: PTH108
            if len(left) == len(names) and folder.parts and not any(Path(where).iterdir()):
                os.rmdir(where)  # noqa: PTH106

    def _is_left(self, path: str, file: str) -> bool:
        # Not by pathlib, which takes as long for many files as to print them.
        return os.stat(file).st_mtime_ns < self.since and path not in self.kept  # noqa: PTH116

    def pages(self) -> list[str]:
        """The addresses of all pages printed so far, those in `ASIDE` left out; ``""`` is the home page."""
        found = []
        for where, folders, names in os.walk(self.root):
            folder = Path(where).relative_to(self.root).as_posix()
            if folder == ".":
                folders[:] = [name for name in folders if name not in ASIDE]
            if "index.html" in names:
                found.append("" if folder == "." else f"{folder}/")
        return sorted(found)
