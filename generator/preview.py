"""
A library shown in a browser while it is being written: after each edit only what that concerns is made again.

The pages come first. The search index takes longest and follows in the background; until then, the search finds
what it found before.
"""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from .build import Before, BuildFailed, Index
from .engines.engine import BadSettings
from .engines.kept import made
from .engines.mkdocs import MkDocs
from .printing.site import Site
from .publishing import locked
from .search.pagefind import Stopped
from .stamps import stamps_below
from .steps import Steps, Teller

TREE = ".site.preview"
"""Where the preview stands, in the library's folder."""
_WATCHED = ("casestudies", "content", "theme", "mkdocs.yml")


@dataclass(slots=True)
class Indexing:
    """Makes search indexes in the background, one at a time."""

    teller: Teller
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self, index: Index) -> None:
        """Begin to make an index."""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._make, args=(index, self._stop), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Make no more of the one that is being made."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def wait(self) -> None:
        """Wait until it is made."""
        if self._thread is not None:
            self._thread.join()

    def _make(self, index: Index, stop: threading.Event) -> None:
        try:
            with Steps(self.teller).step("Index") as step:
                index.make(stop)
                step.made(f"{index.count:,} pages for the search")
            index.press.site.clear()
            index.press.memory.write()
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
        self._indexing = Indexing(teller)
        self._held = ExitStack()
        self._before: Before | None = None
        self._site: Site | None = None
        """As the last round left it: nobody else writes to the tree."""
        self.url = self._engine().url

    def __enter__(self) -> Preview:
        self._held.enter_context(locked(self.tree.with_name(f"{TREE}.lock")))
        self._held.callback(self._indexing.stop)
        self.tree.mkdir(exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def _engine(self) -> MkDocs:
        return MkDocs(self.root, served_at=self._address)

    def renew(self) -> None:
        """Bring the preview up to date. Raises `BuildFailed` and `BadSettings`; what was there then stays."""
        self._indexing.stop()
        self._before = self._before or Before.read(self.root)
        site, self._site = self._next(), None
        made(
            self._engine(),
            self.root,
            site,
            self.tree.with_name(f"{TREE}.built"),
            Steps(self._teller),
            jobs=1,
            later=self._indexing.begin,
            before=self._before,
        )
        self._site = site

    def _next(self) -> Site:
        """The site that a round makes of what the last one has left, or of all that stands in the tree."""
        site, last = Site(self.tree, before=self.root / "site"), self._site
        if last is None:
            return replace(site, there=dict(stamps_below(self.tree)))
        left = (last.there or {}).keys() - last.files.keys()
        there = dict.fromkeys(last.files) | dict.fromkeys(left)
        return replace(site, there=there, believed=dict(last.files))

    def wait_for_search(self) -> None:
        """Wait until the search finds what the pages say."""
        self._indexing.wait()


def served(preview: Preview) -> LiveReloadServer:
    """A server of a preview, which renews it whenever a file of the library is saved, and the pages that are open."""
    place = urlsplit(preview.url)

    def renew() -> None:
        try:
            preview.renew()
        except (BadSettings, BuildFailed) as failed:
            # Of this exception the server shows the words only, and it leaves open pages as they are.
            raise Abort(f"{failed} The preview is as it was.") from None

    server = LiveReloadServer(
        builder=renew,
        host=place.hostname or "",
        port=place.port or 80,
        root=str(preview.tree),
        mount_path=place.path,
    )
    server.error_handler = lambda code: _page(preview.tree / f"{code}.html")
    for name in _WATCHED:
        server.watch(str(preview.root / name))
    return server


def _page(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None
