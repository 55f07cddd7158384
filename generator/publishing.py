"""
A site is made in a tree of its own, which then changes places with the one that is there.

The tree that was there becomes the one in which the next site is made. What stays as it is is then there
already: it is neither written again nor dated anew, so that a build after a small change is quick, and what
compares dates (rsync, a host's upload) sends only what changed. Files that both have are the same file under two names.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .printing.site import Site
from .steps import Steps


class Busy(Exception):
    """Another build is writing to the same folder."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build changed in the site that was there."""

    added: int
    changed: int
    removed: int
    size: int
    """Bytes of all files that the site now has."""

    def __str__(self) -> str:
        parts = [
            f"{count:,} {word}"
            for count, word in (
                (self.added, "new"),
                (self.changed, "changed"),
                (self.removed, "removed"),
            )
            if count
        ]
        return f"files: {', '.join(parts)}" if parts else "no file changed"


@dataclass(slots=True)
class Making:
    """A site that is being made."""

    built: Path
    """A folder for the theme's engine, which would empty the tree."""
    site: Site
    changes: Changes | None = field(default=None, init=False)
    """Once it has taken its place."""


@contextmanager
def beside(target: Path, steps: Steps | None = None) -> Iterator[Making]:
    """
    Give a tree beside `target` to make a site in, and put it in `target`'s place if all went well.

    Whatever goes wrong, the site that was there stays whole. What was begun stays in the tree: no file of it is
    taken for good without being compared. Raises `Busy` while another build of the same site runs.
    """
    folder, name = target.parent, target.name
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / f".{name}.lock"):
        tree, old = folder / f".{name}.next", folder / f".{name}.old"
        _recover(target, tree, old)
        tree.mkdir(exist_ok=True)
        making = Making(folder / f".{name}.built", Site(tree, before=target))
        yield making
        with (steps or Steps()).part("comparing with the site before"):
            making.changes = _settle(making.site, target)
        if target.exists():
            target.rename(old)
        try:
            tree.rename(target)
        except OSError:
            old.rename(target)
            raise
        if old.exists():
            old.rename(tree)


def _recover(target: Path, tree: Path, old: Path) -> None:
    """Put in order what a build left that was killed while two trees changed places."""
    if old.exists():
        if not target.exists():
            old.rename(target)
        elif not tree.exists():
            old.rename(tree)
        else:
            shutil.rmtree(old)


def _settle(site: Site, before: Path) -> Changes:
    """Compare a finished tree with the site that was there, and give what did not change its date."""
    added = changed = same = size = 0
    for where, _, names in os.walk(site.root):
        there = f"{before}{where.removeprefix(str(site.root))}"
        for name in names:
            here = f"{where}/{name}"
            state = os.stat(here)  # noqa: PTH116 - pathlib takes as long for many files as to write them
            size += state.st_size
            match _compared(here, state, f"{there}/{name}"):
                case None:
                    added += 1
                case True:
                    same += 1
                case False:
                    changed += 1
    count = sum(len(names) for _, _, names in os.walk(before))
    return Changes(added, changed, count - same - changed, size)


def _compared(here: str, state: os.stat_result, before: str) -> bool | None:
    """Whether a file is as it was, and then as old as it was; None where it was not there."""
    try:
        old = os.stat(before)  # noqa: PTH116
    except OSError:
        return None
    if old.st_size != state.st_size:
        return False
    if old.st_mtime_ns == state.st_mtime_ns:
        return True
    if Path(here).read_bytes() != Path(before).read_bytes():
        return False
    os.utime(here, ns=(old.st_atime_ns, old.st_mtime_ns))
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock, which is a file, for as long as a block runs. Raises `Busy` where another has it."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Busy(str(path)) from None
    try:
        yield
    finally:
        os.close(handle)  # which gives the lock back; the file stays, so that no two locks exist
