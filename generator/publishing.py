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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from .digests import digest_of_file, read_sealed, write_sealed
from .parallel import meanwhile
from .printing.site import Site
from .stamps import UNTOLD, Looked, Noted, Stamp, at, clock, compared, content_of, linked, stamp_of
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


@dataclass
class Making:
    """A site that is being made."""

    built: Path
    """A folder for the theme's engine, which would empty the tree."""
    _tree: Path
    _target: Path
    _noted: Noted
    """Of the site that is there, before anybody looked at the tree."""
    _look: Callable[[], Looked]
    """Waits for how the tree compares with that."""
    changes: Changes | None = None
    """Once it has taken its place."""

    @cached_property
    def site(self) -> Site:
        """The site itself. Who asks for it waits until all files in the tree have been looked at."""
        touched, others, _ = self._looked
        believed = dict(self._noted.digests)
        for path in touched:
            del believed[path]
        there = {*believed, *others}
        before = {
            path: (self.noted.digests[path], stamp)
            for path, stamp in self.noted.stamps_of(touched).items()
        }
        return Site(self._tree, "", self._target, there, believed, before)

    @cached_property
    def noted(self) -> Noted:
        """What is noted of the site that is there. Who asks for it waits as well."""
        return Noted(self._noted.digests, self._looked.stamps)

    @cached_property
    def _looked(self) -> Looked:
        return self._look()


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
        tree, old, note = (folder / f".{name}.{end}" for end in ("next", "old", "noted"))
        _recover(target, tree, old)
        tree.mkdir(exist_ok=True)
        with steps.part("what was noted of the site"):
            noted = _read(note) if target.exists() else Noted()
        links = noted.digests and not any(tree.iterdir())
        look = partial(linked, noted, target, tree) if links else partial(compared, noted, tree)
        # Meanwhile, because it takes as long as to read the library, and most of it in the system.
        with meanwhile(look) as looked:
            making = Making(folder / f".{name}.built", tree, target, noted, looked)
            try:
                yield making
            except Exception:
                if links:  # otherwise the next build would read all files that got a second name
                    write_sealed(note, making.noted.until(at(clock(lock))).packed())
                raise
            with steps.part("comparing with the site before"):
                making.changes, now = _settle(making.site, making.noted, target, at(clock(lock)))
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
            write_sealed(note, now.packed())


def _read(note: Path) -> Noted:
    """What was noted of a site: nothing where the note is missing, damaged or of another version."""
    data = read_sealed(note)
    return Noted.unpacked(data) if data else Noted()


def _recover(target: Path, tree: Path, old: Path) -> None:
    """Put in order what a build left that was killed while two trees changed places."""
    if old.exists():
        if not target.exists():
            old.rename(target)
        elif not tree.exists():
            old.rename(tree)
        else:
            shutil.rmtree(old)


def _settle(site: Site, earlier: Noted, before: Path, now: bytes) -> tuple[Changes, Noted]:
    """
    Compare a finished tree with the site that was there, of which it was noted earlier, and give what did not change its date.

    Return what is to be noted of each file as well, if all have been made before the moment `now`.
    """
    # All but these have not been touched since they came into the site before: in one go, since that is nearly all.
    moved = {
        path: digest for path, digest in site.files.items() if site.believed.get(path) != digest
    }
    gone = earlier.digests.keys() - site.files.keys()
    told = earlier.stamps_of(moved)
    added, changed, same = 0, 0, len(site.files) - len(moved)
    is_first = not before.exists()
    stamps: list[Stamp] = []
    for path, digest in moved.items():
        here = f"{site.root}/{path}"
        state = os.stat(here)  # noqa: PTH116 - pathlib takes as long for many files as to write them
        stamp = told.get(path, UNTOLD)
        is_told = earlier.digests.get(path) == digest
        if is_first:
            added += 1
        elif is_told and content_of(stamp) == content_of(stamp_of(state)):
            same += 1  # the file that stood there before, under a second name
        else:
            match _same(here, state, digest, f"{before}/{path}", stamp, is_told):
                case None:
                    added += 1
                case True:
                    same += 1
                    state = os.stat(here)  # noqa: PTH116 - it may have got its date
                case False:
                    changed += 1
        stamps.append(stamp_of(state))
    noted = earlier.renewed(moved.keys() | gone, moved, stamps)
    count = len(earlier.digests) or sum(len(names) for _, _, names in os.walk(before))
    changes = Changes(added, changed, count - same - changed, noted.size())
    return changes, noted.until(now)


def _same(
    here: str, state: os.stat_result, digest: str, before: str, told: Stamp, is_told: bool
) -> bool | None:
    """
    Whether a file in this state and with this digest is as it was before, and then as old as it was; None where it was not there.

    `told` is the stamp that was noted of the file before, which is read only if its content was touched since; `is_told`
    whether it had the same digest then.
    """
    try:
        old = os.stat(before)  # noqa: PTH116
    except OSError:
        return None
    # Not the date of its state: that is of the moment in which its other name came or went.
    if content_of(stamp_of(old)) == content_of(told):
        same = is_told
    else:
        same = old.st_size == state.st_size and digest_of_file(before) == digest
    if same and old.st_mtime_ns != state.st_mtime_ns:
        os.utime(here, ns=(old.st_atime_ns, old.st_mtime_ns))
    return same


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
