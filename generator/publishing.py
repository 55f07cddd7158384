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
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from .digests import digest_of_file, read_sealed, write_sealed
from .looking import Looked, compared, second_names
from .noted import Folders, Known, Note, Noted, packed, size, unpacked, until
from .parallel import meanwhile
from .printing.site import Site
from .stamps import UNTOLD, Stamp, at, clock, content_of, stamp_of
from .steps import Steps

if TYPE_CHECKING:
    from .printing.memory import Memory


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

    site: Site
    built: Path
    """A folder for the theme's engine, which would empty the tree."""
    _note: Note
    """Of the site that is there."""
    _look: Callable[[], Looked]
    """Waits for how the tree compares with that."""
    changes: Changes | None = None
    """Once it has taken its place."""

    @cached_property
    def memory(self) -> Memory:
        """What was made of the site that is there. It looks at the tree when it is to say whether that `holds`."""
        # Here: it comes with the library, which is loaded while another process looks.
        from .printing.memory import Memory

        return Memory(self._note.pieces, self._look)


@contextmanager
def beside(target: Path, steps: Steps | None = None, jobs: int = 1) -> Iterator[Making]:
    """
    Give a tree beside `target` to make a site in, and put it in `target`'s place if all went well.

    Whatever goes wrong, the site that was there stays whole. What was begun stays in the tree: no file of it is
    taken for good that was touched and not compared. Raises `Busy` while another build of the same site runs. `jobs`
    is how many processes may work on the tree in which the second site will be made.
    """
    folder, name = target.parent, target.name
    steps = steps or Steps()
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f".{name}.lock"
    with locked(lock):
        tree, old, file = (folder / f".{name}.{end}" for end in ("next", "old", "noted"))
        _recover(target, tree, old)
        tree.mkdir(exist_ok=True)
        with steps.part("what was noted of the site"):
            note = read_note(file) if target.exists() else Note()
        # Meanwhile, because it takes as long as to read the library, and most of it in the system.
        with meanwhile(partial(compared, note, tree)) as look:
            site = Site(tree, before=target)
            making = Making(site, folder / f".{name}.built", note, look)
            yield making
            folders = making.memory.folders
            if target.exists():
                with steps.part("comparing with the site before"):
                    now = at(clock(lock))
                    making.changes, pieces, gone = _settle(making.memory, site, target)
                note = Note(pieces, folders, note.here, gone)
        if target.exists():
            target.rename(old)
        try:
            tree.rename(target)
        except OSError:
            old.rename(target)
            raise
        if old.exists():
            old.rename(tree)
        else:
            # At once, since a first build takes much longer anyway than the one after an edit, which would have to do it.
            with steps.part("second names for all files"):
                pieces, stand = second_names(making.memory.now, target, tree, jobs)
                now = at(clock(lock))
                note = Note(pieces, folders, Folders.of(stand, now))
                count = sum(len(made.files()) for made in pieces.values())
                making.changes = Changes(count, 0, 0, size(pieces))
        with steps.part("noting what stands there now"):
            write_note(file, note, now)


def read_note(file: Path) -> Note:
    """The note of a site: empty where the file is missing, damaged or of another version."""
    data = read_sealed(file)
    return unpacked(data) if data else Note()


def write_note(file: Path, note: Note, now: bytes) -> None:
    """Note in a file what stands in a site, at a moment after which its files were looked at."""
    write_sealed(file, packed(note._replace(pieces=until(note.pieces, now))))


def _recover(target: Path, tree: Path, old: Path) -> None:
    """Put in order what a build left that was killed while two trees changed places."""
    if old.exists():
        if not target.exists():
            old.rename(target)
        elif not tree.exists():
            old.rename(tree)
        else:
            shutil.rmtree(old)


def _settle(memory: Memory, site: Site, before: Path) -> tuple[Changes, Noted, Collection[str]]:
    """
    Compare a finished tree with the site that was there, and give what did not change its date.

    Return what is to be noted of it as well, and the files that only the site before has.
    """
    # All that stays has not been touched since it came into the site before: that is nearly all.
    superseded = memory.superseded()
    known = dict(chain.from_iterable(known.items() for known in superseded.values()))
    settling = _Settling(site, before, known)
    noted = memory.settled(superseded, settling.stamp)
    were = set(settling.known) if memory.earlier else _files(before)
    gone = were.difference(memory.made())
    return Changes(settling.added, settling.changed, len(gone), size(noted)), noted, gone


@dataclass(slots=True)
class _Settling:
    """Compares files with those of the site before."""

    site: Site
    before: Path
    known: dict[str, Known]
    """What was noted of files of the site before."""
    added: int = 0
    changed: int = 0

    def stamp(self, path: str, digest: str) -> Stamp:
        """The stamp of a file with a digest, which gets the date that it had where it has not changed."""
        here = f"{self.site.root}/{path}"
        state = os.stat(here)  # noqa: PTH116 - pathlib takes as long for many files as to write them
        known = self.known.get(path, _UNKNOWN)
        if known.digest != digest or content_of(known.stamp) != content_of(stamp_of(state)):
            # otherwise it is the file that stood there before, under a second name
            match _same(here, state, digest, f"{self.before}/{path}", known):
                case None:
                    self.added += 1
                case True:
                    state = os.stat(here)  # noqa: PTH116 - it may have got its date
                case False:
                    self.changed += 1
        return stamp_of(state)


_UNKNOWN = Known("", UNTOLD)


def _files(folder: Path) -> set[str]:
    """The paths of all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _same(here: str, state: os.stat_result, digest: str, before: str, known: Known) -> bool | None:
    """
    Whether a file in this state and with this digest is as it was before, and then as old as it was; None where it was not there.

    The file before is read only if its content was touched since this was known of it.
    """
    try:
        old = os.stat(before)  # noqa: PTH116
    except OSError:
        return None
    # Not the date of its state: that is of the moment in which its other name came or went.
    if content_of(stamp_of(old)) == content_of(known.stamp):
        same = known.digest == digest
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
