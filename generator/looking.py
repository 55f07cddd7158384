"""How a tree in which a site is made compares with what is noted of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeGuard

from .noted import Folders, Made, Note, Noted, having, restamped, stamped
from .parallel import spread
from .stamps import (
    UNTOLD,
    Stamp,
    content_of,
    stamp_of,
    stamps_below,
    stamps_in,
    states_below,
    sure,
)


class Looked(NamedTuple):
    """How all that stands in a tree compares with what is noted."""

    touched: Collection[str] = ()
    """The names of pieces of which a file is not as it was noted, or not there."""
    others: Collection[str] = ()
    """The paths of files that are in none, and of folders in which nothing is, which end with a slash; it may be that some are gone."""
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
    paths, told = stamped(note.pieces)
    touched = _touched(paths, told, stamps_below(tree, paths))
    others = (*note.gone, *folders.others(set(paths)))
    return Looked(having(touched, note.pieces), others, folders.found(), tuple(folders.links))


def _touched(paths: Sequence[str], told: bytes, now: bytes) -> Collection[str]:
    """The paths of files that do not have the stamps that were told of them; all stamps are in the same order."""
    if told == now:  # as mostly
        return ()
    each = zip(paths, stamps_in(told), stamps_in(now), strict=True)
    return {path for path, then, stamp in each if then != stamp}


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
        return Folders.of(self._stand, self._surely)


def _is_folder(state: os.stat_result | None) -> TypeGuard[os.stat_result]:
    return state is not None and stat.S_ISDIR(state.st_mode)


def second_names(
    pieces: Noted, site: Path, tree: Path, jobs: int
) -> tuple[dict[str, Made], dict[str, Stamp]]:
    """
    Give each file of a site a second name in a tree that is not there yet, so that the next one can be made there.

    Up to `jobs` processes do so. Return the pieces with the stamps of their files, and the tree's folders with theirs. No
    file gets a second name where the file system has no such names.
    """
    tree.mkdir()
    stamps = b"".join(spread(partial(_link, site, tree), list(pieces.values()), jobs))
    folders = {""}
    for made in pieces.values():
        for path in made.files():
            while path not in folders and (path := path.rpartition("/")[0]) not in folders:
                folders.add(path)
    states = zip(folders, states_below(tree, folders), strict=True)
    stand = {path: stamp_of(state) for path, state in states if state}
    return restamped(pieces, stamps), stand


def _link(site: Path, tree: Path, pieces: Sequence[Made]) -> bytes:
    """Give the files of some pieces their second names, and return their stamps."""
    paths = [path for made in pieces for path in made.files()]
    before = [_told(state) for state in states_below(site, paths)]
    for path in paths:
        file, name = f"{site}/{path}", f"{tree}/{path}"
        with suppress(OSError):
            try:
                os.link(file, name)
            except FileNotFoundError:  # most often the folder
                os.makedirs(name.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
                os.link(file, name)
    now = map(_told, states_below(site, paths))
    # Where the content has another date, somebody wrote to the file meanwhile.
    return b"".join(
        stamp if content_of(stamp) == content_of(old) else UNTOLD
        for stamp, old in zip(now, before, strict=True)
    )


def _told(state: os.stat_result | None) -> Stamp:
    return stamp_of(state) if state else UNTOLD
