"""
A library shown in a browser while it is being written: after each edit only what that concerns is made again.

The pages come first. The search index takes longest and follows in the background; until then, the search finds
what it found before. Where an edit changes more pages than somebody would wait for, so do all pages but the one that was
edited.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from .build import (
    Before,
    Index,
    Ready,
    keys_of,
    publish,
    publish_first,
    read_to_build,
)
from .engines.kept import Late, built, surroundings
from .engines.mkdocs import MkDocs
from .failures import BadSettings, BuildFailed
from .library import Library
from .looking import Looked, compared
from .noted import Note
from .parallel import no_collector, processors
from .printing.memory import Keys, Memory
from .printing.site import Site
from .publishing import locked, read_note, write_note
from .stamps import at, clock
from .steps import Steps, Stopped, Teller

TREE = ".site.preview"
"""Where the preview stands, in the library's folder."""
_WATCHED = ("casestudies", "content", "theme", "mkdocs.yml")
_MANY = 1000
"""Pages that nobody wants to wait for: more of them are printed in the background, but for the one that was edited."""


@dataclass(slots=True)
class Following:
    """Does in the background what may follow, one work at a time."""

    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self, work: Callable[[], None], steps: Steps) -> None:
        """Begin a work, which goes by these steps."""
        self._stop = steps.stop
        self._thread = threading.Thread(target=self._do, args=(work,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Do no more of the one that is being done."""
        self._stop.set()
        self.wait()

    def wait(self) -> None:
        """Wait until it is done."""
        if self._thread is not None:
            self._thread.join()

    @staticmethod
    def _do(work: Callable[[], None]) -> None:
        try:
            work()
        except Stopped:
            pass
        except BuildFailed as failed:
            print(failed, file=sys.stderr)


class Preview:
    """
    The preview of one library, for as long as a block runs.

    Raises `publishing.Busy` where the library has another, and `BadSettings`.
    """

    def __init__(self, root: Path, address: str, teller: Teller) -> None:
        self.root = root
        self.tree = root / TREE
        self._address = address
        self._teller = teller
        self._following = Following()
        self._held = ExitStack()
        self._before: Before | None = None
        self._memory = Memory()
        """Of the tree, to which nobody else writes: its pages have other addresses in them than those of the site."""
        self._ready: Ready | None = None
        """What the last round printed it of."""
        self._behind = False
        """Whether pages show what was so before the last edits: they follow, or were stopped."""
        self._around = ""
        """The last round's surroundings of the library."""
        self.more_shown: Callable[[], None] = lambda: None
        """Is called when pages have followed that a round left as they were."""
        self.url = MkDocs(root, served_at=address).url

    def __enter__(self) -> Preview:
        self._held.enter_context(locked(self._lock))
        self._held.callback(self._following.stop)
        self.tree.mkdir(exist_ok=True)
        note = read_note(self._note)
        self._memory = Memory(note.pieces, partial(compared, note, self.tree))
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    @property
    def _lock(self) -> Path:
        return self.tree.with_name(f"{TREE}.lock")

    @property
    def _note(self) -> Path:
        return self.tree.with_name(f"{TREE}.noted")

    def _look(self) -> Looked:
        return compared(Note(self._memory.earlier), self.tree)

    def _engine(self) -> Late:
        load = partial(MkDocs, self.root, served_at=self._address)
        return Late(f"MkDocs for {self._address}", load)

    @no_collector()
    def renew(self) -> None:
        """
        Bring the preview up to date. Raises `BuildFailed` and `BadSettings`; what was there then stays.

        Downloads and search index follow; and where an edit of a record changes very many pages, all but its own.
        """
        self._following.stop()
        before = self._before = self._before or Before.read(self.root)
        steps = Steps(self._teller)
        library = read_to_build(self.root, steps, processors(), before)
        keys = keys_of(library, self.root, before, steps, processors())
        last, engine = self._ready, self._engine()
        around, self._around = self._around, surroundings(engine, self.root)
        changes_all = self._behind or (last and keys.world != last.keys.world)
        if last and changes_all and around == self._around and len(library.extracts) > _MANY:
            self._behind = True
            self._ready = ready = replace(last, library=library, keys=keys)
            with self._round() as site:
                publish_first(ready, site, self._memory, steps, keys.changed(last.keys))
            self._following.begin(partial(self._follow, engine, library, keys, steps), steps)
        else:
            index = self._publish(engine, library, keys, steps)
            if index is not None:
                self._following.begin(partial(self._index, index), steps)

    def _follow(self, engine: Late, library: Library, keys: Keys, steps: Steps) -> None:
        """Bring up to date what an edit changed beside the pages of the records that were edited."""
        index = self._publish(engine, library, keys, steps)
        self.more_shown()
        if index is not None:
            self._index(index)

    def _publish(self, engine: Late, library: Library, keys: Keys, steps: Steps) -> Index | None:
        """Print all that has changed; return the search index, if it is to be made."""
        self._ready = None  # until the engine has built: it builds in the folder of the last
        into = self.tree.with_name(f"{TREE}.built")
        self._ready = built(engine, library, keys, self.root, self._around, into, steps)
        follows: list[Index] = []
        with self._round() as site:
            # In several processes the first time only: beside a server, which has threads, one does it all.
            publish(
                self._ready,
                site,
                self._memory,
                steps,
                processors(),
                later=follows.append,
            )
        self._behind = False
        return follows[0] if follows else None

    def _index(self, index: Index) -> None:
        memory = self._memory
        try:
            with index.press.steps.step("Index") as step:
                index.make()
                step.made(f"{index.count:,} pages for the search")
            memory.clear()
        except Stopped:
            memory.go_on()  # what is made stays, and of what is not the memory knows
            raise
        except BaseException:
            self._look_again()
            raise
        memory.go_on()
        note = Note(memory.earlier, there=memory.folders)
        write_note(self._note, note, at(clock(self._lock)))

    @contextmanager
    def _round(self) -> Iterator[Site]:
        """A site to print into, of which the next round knows what this one has made, even if it is stopped."""
        try:
            yield Site(self.tree, before=self.root / "site")
        except BaseException:
            self._look_again()
            raise
        self._memory.go_on()

    def _look_again(self) -> None:
        """Have the next round look at the whole tree: not all that was written there is known."""
        self._memory.now, self._memory.look = dict(self._memory.earlier), self._look

    def wait_for_search(self) -> None:
        """Wait until the search finds what the pages say."""
        self._following.wait()


class _Server(LiveReloadServer):
    """MkDocs' server, which can also be told that pages have changed."""

    def reload(self) -> None:
        """Have the pages that are open load again."""
        with self._epoch_cond:
            self._wanted_epoch += 1
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()


def served(preview: Preview) -> LiveReloadServer:
    """A server of a preview, which renews it whenever a file of the library is saved, and the pages that are open."""
    place = urlsplit(preview.url)

    def renew() -> None:
        try:
            preview.renew()
        except (BadSettings, BuildFailed) as failed:
            # Of this exception the server shows the words only, and it leaves open pages as they are.
            raise Abort(f"{failed} The preview is as it was.") from None

    server = _Server(
        builder=renew,
        host=place.hostname or "",
        port=place.port or 80,
        root=str(preview.tree),
        mount_path=place.path,
    )
    preview.more_shown = server.reload
    server.error_handler = lambda code: _page(preview.tree / f"{code}.html")
    for name in _WATCHED:
        server.watch(str(preview.root / name))
    return server


def _page(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None
