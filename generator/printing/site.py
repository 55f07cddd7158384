"""A site to print into."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..digests import digest_of
from .assets import FOLDER

ASIDE = ("embed", "s")
"""Folders whose pages are for other sites and short links: no search and no sitemap should know of them."""


def compact_json(data: Any, default: Callable[[Any], Any] | None = None) -> str:
    """Data for a browser as JSON, without blanks; `default` is that of `json.dumps`."""
    return json.dumps(data, default=default, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Site:
    """
    Where pages are printed, and where they will stand.

    The folder may hold an earlier site. A file that is to be what it is stays untouched, and none is changed in
    place: the site before may share it.
    """

    root: Path
    url: str = ""
    """Where it will stand, with a slash at the end; empty where nobody has said."""
    before: Path | None = None
    """The site whose place it will take."""
    files: dict[str, str] = field(default_factory=dict)
    """What the site is made of so far: the digest of each file, by its path from the root."""
    assets: str = FOLDER
    """The folder of style sheets, scripts and fonts, from the root; its name changes with what is in it."""

    def write(self, path: str, content: bytes | str) -> None:
        """Write a file at a path relative to the root, unless that is what it holds."""
        data = content.encode() if isinstance(content, str) else content
        self.files[path] = digest_of(data)
        # With plain strings here: for many files, paths as objects take longer than the files.
        file = f"{self.root}/{path}"
        if _read(file) != data:
            _put(file, lambda: _write(file, data))

    def write_json(self, path: str, data: Any, default: Callable[[Any], Any] | None = None) -> None:
        """Write data for a browser as JSON, without blanks; `default` is that of `json.dumps`."""
        self.write(path, compact_json(data, default))

    def keep(self, files: Mapping[str, str]) -> bool:
        """
        Take files over that have these digests by their paths, from this tree or the site before.

        Return False where one of them is in neither: it must be printed.
        """
        for path, digest in files.items():
            data = _read(f"{self.root}/{path}")
            if data is not None and digest_of(data) == digest:
                self.files[path] = digest
                continue
            data = _read(f"{self.before}/{path}") if self.before else None
            if data is None or digest_of(data) != digest:
                return False
            self._share(path, data)
            self.files[path] = digest
        return True

    def _share(self, path: str, data: bytes) -> None:
        """Have the same file in both sites: a second name takes neither time nor room."""
        file, there = f"{self.root}/{path}", f"{self.before}/{path}"
        try:
            _put(file, lambda: os.link(there, file))
        except OSError:  # not every file system can do that
            self.write(path, data)

    def take(self, built: Path, but: Collection[str] = ()) -> None:
        """Take over what the theme's engine has built in a folder, all files `but` those."""
        for where, _, names in os.walk(built):
            folder = Path(where).relative_to(built)
            for name in names:
                path = (folder / name).as_posix()
                if path not in but:
                    self.write(path, (built / path).read_bytes())

    def adopt(self, folder: str) -> None:
        """Take the files over that a program has just made in a folder of the site."""
        start = len(str(self.root)) + 1
        for where, _, names in os.walk(self.root / folder):
            for name in names:
                file = f"{where}/{name}"
                self.files[file[start:]] = digest_of(Path(file).read_bytes())

    def part(self) -> Site:
        """The same site with nothing in it yet, to see what one piece of work makes."""
        return replace(self, files={})

    def clear(self, but: Collection[str] = ()) -> None:
        """
        Delete all that is not one of its files: what an earlier site left, and folders that are empty then.

        Folders of the root that are named in `but` stay as they are.
        """
        start = len(str(self.root)) + 1
        for where, _, names in os.walk(self.root, topdown=False):
            inside = f"{where[start:]}/" if len(where) >= start else ""
            if inside.partition("/")[0] in but:
                continue
            left = [name for name in names if inside + name not in self.files]
            for name in left:
                os.unlink(f"{where}/{name}")  # noqa: PTH108
            if inside and len(left) == len(names) and not any(Path(where).iterdir()):
                os.rmdir(where)  # noqa: PTH106

    def pages(self, but: Collection[str] = ()) -> list[str]:
        """The addresses of all pages so far, those in `ASIDE` and files `but` those; ``""`` is the home page."""
        return sorted(
            path.removesuffix("index.html")
            for path in self.files
            if (path == "index.html" or path.endswith("/index.html"))
            and path.partition("/")[0] not in ASIDE
            and path not in but
        )


def _read(file: str) -> bytes | None:
    try:
        with open(file, "rb") as opened:  # noqa: PTH123
            return opened.read()
    except OSError:
        return None


def _put(file: str, make: Callable[[], None]) -> None:
    """Have a file made anew in the place of the one that may be there, and its folder if need be."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(file)  # noqa: PTH108
    try:
        make()
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        make()


def _write(file: str, data: bytes) -> None:
    with open(file, "wb") as opened:  # noqa: PTH123
        opened.write(data)
