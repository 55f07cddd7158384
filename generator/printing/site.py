"""A site to print into."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from ..digests import begun, digest_of, digest_of_file, ended
from ..noted import Known
from ..stamps import stamp_of
from .assets import FOLDER


def compact_json(data: Any) -> str:
    """Data for a browser as JSON, without blanks."""
    return to_json(data).decode()  # in a sixth of the time that Python's own writer takes


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
    known: Mapping[str, Known] = field(default_factory=dict)
    """What is known of files that may stand in the tree or in the site before."""
    files: dict[str, str] = field(default_factory=dict)
    """What was printed so far: the digest of each file, by its path from the root."""
    untouched: set[str] = field(default_factory=set)
    """The known files that one has looked at in the tree, and found as they were."""
    assets: str = FOLDER
    """The folder of style sheets, scripts and fonts, from the root; its name changes with what is in it."""

    def write(self, path: str, content: bytes | str) -> None:
        """Write a file at a path relative to the root, unless that is what it holds."""
        data = content.encode() if isinstance(content, str) else content
        digest = self.files[path] = digest_of(data)
        # With plain strings here: for many files, paths as objects take longer than the files.
        file = f"{self.root}/{path}"
        if self._has(self.root, path, digest):
            return
        if self._has(self.before, path, digest):
            self._share(path)
        else:
            self._put(path, lambda: _write(file, data), stays=lambda: _read(file) == data)

    @contextlib.contextmanager
    def writing(self, path: str) -> Iterator[Callable[[bytes], object]]:
        """Write a file while a block runs, which is given what puts the next piece of it: for files too long to be held."""
        from concurrent.futures import ThreadPoolExecutor  # here: most processes write no such file

        file = f"{self.root}/{path}"
        new = f"{file}.new"
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        pieces = begun()
        with ThreadPoolExecutor(1) as other, open(new, "wb") as opened:  # noqa: PTH123
            last = other.submit(pieces.update, b"")

            def put(piece: bytes) -> None:
                nonlocal last
                last.result()  # one at a time, so that no more is held
                last = other.submit(pieces.update, piece)  # which takes as long as to write it
                opened.write(piece)

            yield put
        digest = ended(pieces)
        # What stands there is read only where it is as long: most often that alone tells that it is another.
        there = (_size(f"{root}/{path}") for root in (self.root, self.before))
        if _size(new) in there and self.keep({path: digest}):
            os.unlink(new)  # noqa: PTH108
        else:
            self.files[path] = digest
            os.replace(new, file)  # noqa: PTH105

    def write_json(self, path: str, data: Any) -> None:
        """Write data for a browser as JSON, without blanks."""
        self.write(path, compact_json(data))

    def size(self, path: str) -> int:
        """The bytes of one of its files."""
        return os.stat(f"{self.root}/{path}").st_size  # noqa: PTH116

    def keep(self, files: Mapping[str, str]) -> bool:
        """
        Take files over that have these digests by their paths, from this tree or the site before.

        Return False where one of them is in neither: it must be printed.
        """
        for path, digest in files.items():
            if self._has(self.root, path, digest):
                self.untouched.add(path)
            elif self._has(self.before, path, digest):
                self._share(path)
            elif not _holds(f"{self.root}/{path}", digest):
                if self.before is None or not _holds(f"{self.before}/{path}", digest):
                    return False
                self._share(path)
            self.files[path] = digest
        return True

    def held(self, path: str, digest: str) -> Path | None:
        """Where a file stands that had this digest, in this tree or the site before; None where neither has it any more."""
        trees = [tree for tree in (self.root, self.before) if tree]
        for tree in trees:
            if self._has(tree, path, digest):
                return tree / path
        return next(
            (tree / path for tree in reversed(trees) if _holds(f"{tree}/{path}", digest)), None
        )

    def _has(self, tree: Path | None, path: str, digest: str) -> bool:
        """Whether a file of a tree has not been touched since this was its digest."""
        known = self.known.get(path)
        if tree is None or known is None or known.digest != digest:
            return False
        try:
            state = os.lstat(f"{tree}/{path}")
        except OSError:
            return False
        return stamp_of(state) == known.stamp

    def _share(self, path: str) -> None:
        """Have the same file in both sites: a second name takes neither time nor room."""
        file, there = f"{self.root}/{path}", f"{self.before}/{path}"
        try:
            self._put(path, lambda: os.link(there, file))
        except OSError:  # not every file system can do that
            self._put(path, lambda: _write(file, Path(there).read_bytes()))

    def _put(
        self, path: str, make: Callable[[], object], stays: Callable[[], bool] = lambda: False
    ) -> None:
        """
        Have a file made, and its folder if need be.

        `make` raises `FileExistsError` where one is, as most are not: that one `stays`, or gives way.
        """
        file = f"{self.root}/{path}"
        try:
            make()
        except FileNotFoundError:
            folder = file.rpartition("/")[0]
            try:
                os.mkdir(folder)  # noqa: PTH102 - most often only the record's own is missing
            except OSError:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            make()
        except FileExistsError:
            if not stays():
                os.unlink(file)  # noqa: PTH108
                make()

    def take(self, built: Path, but: Collection[str]) -> None:
        """Take over what the theme's engine has built in a folder, all files `but` those."""
        for where, _, names in os.walk(built):
            folder = Path(where).relative_to(built)
            for name in names:
                path = (folder / name).as_posix()
                if path not in but:
                    self.write(path, (built / path).read_bytes())

    def part(self) -> Site:
        """The same site with nothing in it yet, to see what one piece of work makes."""
        return replace(self, files={})

    def clear(self, stale: Iterable[str]) -> None:
        """Delete files, if they are there, and folders that are empty then; a path that ends with a slash is that of an empty folder."""
        for path in stale:
            with contextlib.suppress(FileNotFoundError):
                self._remove(path)

    def _remove(self, path: str) -> None:
        if not path.endswith("/"):
            os.unlink(f"{self.root}/{path}")  # noqa: PTH108
        folder = path.rpartition("/")[0]
        while folder:
            try:
                os.rmdir(f"{self.root}/{folder}")  # noqa: PTH106
            except OSError:  # something is in it
                break
            folder = folder.rpartition("/")[0]


def _holds(file: str, digest: str) -> bool:
    try:
        return digest_of_file(file) == digest
    except OSError:
        return False


def _size(file: str) -> int | None:
    try:
        return os.stat(file).st_size  # noqa: PTH116
    except OSError:
        return None


def _read(file: str) -> bytes | None:
    try:
        with open(file, "rb") as opened:  # noqa: PTH123
            return opened.read()
    except OSError:
        return None


def _write(file: str, data: bytes) -> None:
    """
    Write a file where none is; raises `FileExistsError`.

    By the system's own calls: a file object asks for more of them, and takes half as long again.
    """
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)
