"""A site to print into."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

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

    def write_json(self, path: str, data: Any, default: Callable[[Any], Any] | None = None) -> None:
        """Write data for a browser as JSON, without blanks; `default` is that of `json.dumps`."""
        text = json.dumps(data, default=default, ensure_ascii=False, separators=(",", ":"))
        self.write(path, text)

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
        # With plain strings: for many files, paths as objects take longer than the files.
        start = len(str(self.root)) + 1
        for where, _, names in os.walk(self.root, topdown=False):
            folder = where[start:]
            if folder.partition("/")[0] in but:
                continue
            inside = f"{folder}/" if folder else ""
            left = [
                file
                for name in names
                if inside + name not in self.kept
                and os.stat(file := f"{where}/{name}").st_mtime_ns < self.since  # noqa: PTH116
            ]
            for file in left:
                os.unlink(file)  # noqa: PTH108
            if folder and len(left) == len(names) and not any(Path(where).iterdir()):
                os.rmdir(where)  # noqa: PTH106

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
