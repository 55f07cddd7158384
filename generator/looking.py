"""How a tree in which a site is made compares with what is noted of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeGuard

from .noted import Folders, Note, Noted, having, stamped
from .stamps import UNTOLD, Stamp, content_of, stamp_of, states_below, sure


class Looked(NamedTuple):
    """How all that stands in a tree compares with what is noted."""

    touched: Collection[str] = ()
    """The names of pieces of which a file is not as it was noted, or not there."""
    others: Collection[str] = ()
    """The paths of files that are in none, and of folders in which nothing is, which end with a slash; it may be that some are gone."""
    stamps: bytes = b""
    """Those of all files from now on, in their order, where they are others; empty where they are not."""
    folders: Folders = Folders()
    """Those of the tree, as they stood then."""
    links: tuple[str, ...] = ()
    """Those of the others that lead elsewhere, with a slash at the end: what seems to be in them is not in the tree."""


def compared(note: Note, tree: Path) -> Looked:
    """
    Look at all that stands in the tree in which the next site is made.

    To read all folders takes as long again as to look at all files, so those with the stamp that is noted are not read.
    """
    folders = _Folders(note.there.stamped(), tree)
    files = dict(stamped(note.pieces))
    states = zip(files.items(), states_below(tree, files), strict=True)
    touched = {path for (path, told), state in states if state is None or stamp_of(state) != told}
    others = (*note.gone, *folders.others(files))
    return Looked(having(touched, note.pieces), others, b"", folders.found(), tuple(folders.links))


class _Folders:
    """The folders of a tree, of which something is noted. Others may write to them meanwhile."""

    def __init__(self, noted: Mapping[str, Stamp], tree: Path) -> None:
        self._tree, self._noted = tree, noted
        self.links: list[str] = []
        self._surely = sure()  # before any is read: who changes one later is found the next time
        states = dict(zip(noted, states_below(tree, noted), strict=True)) or {"": tree.lstat()}
        lost = tuple(f"{path}/" for path, state in states.items() if not _is_folder(state))
        self._stand = {
            path: stamp_of(state)
            for path, state in states.items()
            if _is_folder(state) and not path.startswith(lost)
        }

    def others(self, files: Collection[str]) -> Iterator[str]:
        """Read those that have changed, for what is in them but some files and folders that are noted."""
        inside = [path for path, stamp in self._stand.items() if stamp != self._noted.get(path)]
        while inside:
            folder = inside.pop()
            within = f"{folder}/" if folder else ""
            with os.scandir(f"{self._tree}/{folder}") as entries:
                empty = True
                for entry in entries:
                    empty, path = False, within + entry.name
                    if not entry.is_dir(follow_symlinks=False):
                        if path not in files:
                            if entry.is_symlink():
                                self.links.append(f"{path}/")
                            yield path
                    elif path not in self._stand:
                        self._stand[path] = stamp_of(entry.stat(follow_symlinks=False))
                        inside.append(path)
            if empty and folder:
                yield within

    def found(self) -> Folders:
        """All that were found, once others have been asked for."""
        surely = self._surely
        return Folders.of({path: s if s < surely else UNTOLD for path, s in self._stand.items()})


def _is_folder(state: os.stat_result | None) -> TypeGuard[os.stat_result]:
    return state is not None and stat.S_ISDIR(state.st_mode)


def linked(noted: Noted, there: Path, folder: Path) -> Looked:
    """
    Give each file below `there` that is as it was noted a second name below `folder`, in which nothing stands.

    Its stamp is another then. None gets one where the file system has no such names.
    """
    touched: set[str] = set()
    stamps: list[Stamp] = []
    folders = {""}
    for path, stamp in stamped(noted):
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
    return Looked(having(touched, noted), (), b"".join(stamps))
