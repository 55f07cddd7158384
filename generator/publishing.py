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

from pydantic_core import from_json, to_json

from .digests import read_sealed, write_sealed
from .printing.site import Site
from .stamps import Noted, clock, stamp_of, stamps_below, tells
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
    taken for good that was touched and not compared. Raises `Busy` while another build of the same site runs.
    """
    folder, name = target.parent, target.name
    steps = steps or Steps()
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f".{name}.lock"
    with locked(lock):
        tree, old, note = (folder / f".{name}.{end}" for end in ("next", "old", "json"))
        _recover(target, tree, old)
        tree.mkdir(exist_ok=True)
        with steps.part("what stands in the folder"):
            earlier = _read(note) if target.exists() else {}
            there = stamps_below(tree)
            believed = {
                path: digest
                for path, (digest, stamp) in earlier.items()
                if stamp is not None and there.get(path) == tuple(stamp)
            }
        making = Making(folder / f".{name}.built", Site(tree, "", target, there, believed, earlier))
        yield making
        with steps.part("comparing with the site before"):
            making.changes, now = _settle(making.site, target, earlier, clock(lock))
        if target.exists():
            target.rename(old)
        try:
            tree.rename(target)
        except OSError:
            old.rename(target)
            raise
        if old.exists():
            old.rename(tree)
        with steps.part("noting what stands there now"):
            write_sealed(note, to_json(now))


def _read(note: Path) -> Noted:
    """What was noted of a site: nothing where the note is missing, damaged or of another version."""
    noted: Noted = from_json(
        read_sealed(note) or b"{}", cache_strings="none"
    )  # as lists, which JSON has for tuples
    return noted


def _recover(target: Path, tree: Path, old: Path) -> None:
    """Put in order what a build left that was killed while two trees changed places."""
    if old.exists():
        if not target.exists():
            old.rename(target)
        elif not tree.exists():
            old.rename(tree)
        else:
            shutil.rmtree(old)


def _settle(site: Site, before: Path, earlier: Noted, now: int) -> tuple[Changes, Noted]:
    """
    Compare a finished tree with the site that was there, and give what did not change its date.

    Return what is to be noted of each file as well, if all have been made before `now`.
    """
    added = changed = same = size = 0
    noted: Noted = {}
    there = site.there or {}
    for path, digest in site.files.items():
        stamp = there[path] if site.believed.get(path) == digest else None
        if stamp is not None:  # it has not been touched since it came into the site before
            same += 1
        else:
            here = f"{site.root}/{path}"
            state = os.stat(here)  # noqa: PTH116 - pathlib takes as long for many files as to write them
            match _compared(here, state, f"{before}/{path}"):
                case None:
                    added += 1
                case True:
                    same += 1
                    state = os.stat(here)  # noqa: PTH116 - it may have got its date
                case False:
                    changed += 1
            stamp = stamp_of(state)
        size += stamp[0]
        noted[path] = digest, stamp if tells(stamp, now) else None
    count = len(earlier) or sum(len(names) for _, _, names in os.walk(before))
    return Changes(added, changed, count - same - changed, size), noted


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
