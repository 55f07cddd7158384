"""Prints every record's page, the lists and the home page into a site that the engine has built."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ..digests import key_of
from ..library import Library
from ..models.fields import Record
from ..models.kind import Kind
from ..models.permalinks import Key
from ..parallel import spreading
from ..sharing.cache import Cache
from ..views.home import home_view
from ..views.listing import WrittenPart
from ..views.page import Page, version_of
from ..views.share import Addresses, Share, addresses, share
from .asides import cited
from .built import DATA
from .card import short_path, write_card
from .engines import opensearch, sitemap, structured_data
from .frame import Frame
from .memory import Made
from .press import Press
from .site import Site

Work = tuple[Kind, str]
"""A record that is to be printed, by its id."""


@dataclass(slots=True)
class Printed:
    """What a process printed of some records."""

    files: dict[str, str]
    made: dict[str, Made] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    """What there is to share of the records that had to be printed, by their pages' addresses."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long the parts of the work took."""

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Note how long the block takes."""
        start = time.perf_counter()
        yield
        self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - start


class Printer:
    """Prints one library into one site."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._library = press.library
        self._site = press.site
        self._shares: dict[str, Share] = {}
        """What there is to share of the records that had to be printed, by their pages' addresses."""

    @contextmanager
    def records(self) -> Iterator[Callable[[], tuple[int, int]]]:
        """
        Print the page of every record while a block runs.

        It is given what waits until that is done, and returns how many records there are, and how many had to be printed anew.
        """
        work = self._work()
        with self._press.steps.part("pages that stay"):
            # In this process: where nearly all stay, others would take longer to begin.
            changed = [pair for pair in work if not self._stays(*pair)]
        with self._printing(changed) as finish:

            def counted() -> tuple[int, int]:
                finish()
                return len(work), len(changed)

            yield counted

    def some(self, names: Collection[Key]) -> int:
        """Print the pages of some records, by their kinds and ids; return how many of them have one."""
        work = [(kind, name) for kind, name in self._work() if (kind.name, name) in names]
        with self._printing(work) as finish:
            finish()
        return len(work)

    def _work(self) -> list[Work]:
        """Every record that has a page."""
        return [
            (kind, record_id)
            for kind in self._library.kinds.values()
            if kind.view is not None
            for record_id in self._library.ids(kind.name)
        ]

    @contextmanager
    def _printing(self, changed: Sequence[Work]) -> Iterator[Callable[[], None]]:
        """Print some records while a block runs, which is given what waits until that is done."""
        if len(changed) > 1:  # here once, and not in each process
            for template in dict.fromkeys(kind.template for kind, _ in changed):
                self._press.templates.get_template(template)
        press = self._press
        # In another process even if it is one page: so long the block takes as well.
        with spreading(self._print, changed, press.jobs, press.steps.goes_on, few=1) as results:

            def finish() -> None:
                seconds: dict[str, float] = defaultdict(float)
                for printed in results:
                    self._site.files.update(printed.files)
                    press.memory.now.update(printed.made)
                    self._shares |= printed.shares
                    for name, took in printed.seconds.items():
                        seconds[name] += took
                for name, took in seconds.items():
                    press.steps.took(f"{name}, in all processes", took)

            yield finish

    def _stays(self, kind: Kind, record_id: str) -> bool:
        key = self._press.keys.record(kind, record_id)
        return self._press.memory.stays(kind.path_of(record_id), key, self._site)

    def _print(self, work: Sequence[Work]) -> Printed:
        """Print some records."""
        site = self._site.part()
        printed = Printed(site.files)
        for kind, record_id in work:
            part, cache = site.part(), self._press.cache.part()
            path = kind.path_of(record_id)
            record = self._library.find(kind.name, record_id, kind.model)
            shared = self._print_record(kind, record, part, cache, printed)
            if shared is not None:
                printed.shares[path] = shared
            site.files.update(part.files)
            key = self._press.keys.record(kind, record_id)
            printed.made[path] = Made(key, part.files, tuple(sorted(cache.used)))
        return printed

    def _print_record(
        self, kind: Kind, record: Record, site: Site, cache: Cache, printed: Printed
    ) -> Share | None:
        """Print the page of a record and what stands beside it; return what there is to share."""
        assert kind.view is not None
        with printed.timed("views"):
            view = kind.view(record, self._library)
            page: Page = view.page
            shared = self._share(view, kind, record.id)
        with printed.timed("templates"):
            html = self._page(kind, record, view, shared, cache)
        with printed.timed("files"):
            site.write(f"{page.path}index.html", html)
            if kind.card is not None:
                short = short_path(self._library, kind, record.id)
                write_card(kind.card(view), short, page.path, site)
        return shared

    def share_of(self, kind: Kind, record_id: str) -> Share:
        """What there is to share of a record of a kind that is shared, where the site has an address."""
        assert kind.view is not None
        shared = self._shares.get(kind.path_of(record_id))
        if shared is None:
            record = self._library.find(kind.name, record_id, kind.model)
            shared = self._share(kind.view(record, self._library), kind, record_id)
        assert shared is not None, kind.name
        return shared

    def _page(
        self, kind: Kind, record: Record, view: Any, shared: Share | None, cache: Cache
    ) -> bytes:
        """A record's page as it stands in its frame."""
        page: Page = view.page
        cites = cited(shared, cache) if shared else {}
        context = {
            "view": view,
            "root": page.root,
            "addresses": self._addresses(page, kind, record.id),
            "share": shared,
            "cited": cites,
        }
        url = self._site.url
        canonical = url + quote(page.path)
        data = structured_data(page, url) if url else None
        head = self._press.templates.get_template("records/parts/head.html")
        toc = self._press.templates.get_template("records/parts/toc.html")
        body = self._press.templates.get_template(kind.template)
        return self._press.built.frames[kind.name].fill(
            {
                "title": page.title,
                "description": page.description,
                "canonical": canonical,
                "head": head.generate(context, canonical=canonical if url else "", data=data),
                "path": page.path.strip("/"),
                "version": version_of(record),
                "toc": toc.generate(toc=page.toc, root=page.root),
                "body": body.generate(context),
            }
        )

    def _addresses(self, page: Page, kind: Kind, record_id: str) -> Addresses | None:
        """The page's whole addresses, where it is known where the site will stand."""
        if not self._site.url:
            return None
        return addresses(page, self._library.codes[kind.name, record_id], self._site.url)

    def _share(self, view: Any, kind: Kind, record_id: str) -> Share | None:
        """What there is to share, where it is known where the site will stand."""
        if not self._site.url:
            return None
        code = self._library.codes[kind.name, record_id]
        return share(view, view.page, code, self._site.url)

    def lists(self, listings: Mapping[str, Callable[[Library], WrittenPart]]) -> None:
        """Fill the list of each written page that asks for one; `listings` maps its name to its view."""
        for path, name in self._press.built.lists.items():

            def view(
                _: Site, make: Callable[[Library], WrittenPart] = listings[name]
            ) -> WrittenPart:
                return make(self._library)

            with self._press.steps.part(f"/{path}"):
                self._fill(path, "listing", self._press.keys.world, view)

    def home(self) -> None:
        """Fill the home page's slot, if the site has a home page."""
        if self._press.built.page(""):
            with self._press.steps.part("/"):
                self._fill("", "home", self._press.keys.world, lambda _: home_view(self._library))

    def leave_data(self, offline: bool) -> bool:
        """Leave what there is to download as it is although it has changed; return False where it has not, or is not there."""
        key = self._data_key(offline)
        if self._press.built.is_unfinished(DATA):
            html = self._press.built.page(DATA)
            return self._press.memory.leave(_slot(DATA, "data"), key_of(key, html), self._site)
        return self._press.memory.leave("data", key, self._site)

    def _data_key(self, offline: bool) -> str:
        return key_of(self._press.keys.library, str(offline))

    def data(self, make: Callable[[Site], WrittenPart], offline: bool) -> None:
        """
        Let `make` write what there is to download, and fill the page /data/ with the list of it, if it asks for that.

        `offline`: whether an offline edition will stand in the list.
        """
        key = self._data_key(offline)
        if self._press.built.is_unfinished(DATA):
            self._fill(DATA, "data", key, make)
        else:
            self._press.memory.once("data", key, self._site, make)

    def _fill(self, path: str, name: str, key: str, make: Callable[[Site], WrittenPart]) -> None:
        """Fill a slot of the written page at an address with what `make` makes; it may write other files too."""
        html = self._press.built.page(path)

        def work(site: Site) -> None:
            view = make(site)
            template = self._press.templates.get_template(view.template)
            body = template.generate(view=view, root="../" * path.count("/"))
            site.write(f"{path}index.html", Frame(html, (name,)).fill({name: body}))

        self._press.memory.once(_slot(path, name), key_of(key, html), self._site, work)

    def for_engines(self, pages: Iterable[str]) -> None:
        """
        Write the sitemap of the pages at some addresses, and the description of our search.

        Neither where nobody has said where the site will stand: both need whole addresses.
        """
        if not self._site.url:
            return
        pages = list(pages)

        def work(site: Site) -> None:
            site.write("sitemap.xml", sitemap(site, pages))
            site.write("opensearch.xml", opensearch(site))

        key = key_of(self._press.keys.world, *pages)
        self._press.memory.once("engines", key, self._site, work)


def _slot(path: str, name: str) -> str:
    """What the memory calls a slot of the written page at an address."""
    return f"{path}#{name}"
