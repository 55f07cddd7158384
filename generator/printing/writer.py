"""
Prints every record's page, the lists and the home page into a site that the engine has built.

Views are imported where something is printed: after an edit, by the process that prints the one page.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from ..digests import key_of
from ..library import Library
from ..models.fields import Record
from ..models.kind import Kind
from ..models.permalinks import Key
from ..noted import Made
from ..parallel import spreading
from ..sharing.cache import Cache
from .built import DATA, FORM
from .card import short_path, write_card
from .engines import opensearch, sitemap, structured_data
from .frame import Frame
from .memory import Piece
from .press import Press
from .shares import Shares, cited
from .site import Site

if TYPE_CHECKING:
    from ..exports.files import Files
    from ..views.listing import WrittenPart
    from ..views.page import Page, TocEntry
    from ..views.share import Addresses, Share


_MANY = 100
"""So many records are printed before other processes would have loaded what they need."""


class Work(NamedTuple):
    """What of a record is to be printed."""

    kind: Kind
    record_id: str
    page: bool = True
    share: bool = False
    """What there is to share of it."""


@dataclass(slots=True)
class Printed:
    """What a process printed of some records."""

    made: dict[str, Made] = field(default_factory=dict)
    painted: int = 0
    """Pictures that were not there."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long a processor worked for the parts of it."""

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Note how long the block takes."""
        start = time.process_time()
        yield
        self.seconds[part] = self.seconds.get(part, 0.0) + time.process_time() - start


class Counted(NamedTuple):
    """How much was printed."""

    records: int
    """All that have a page."""
    pages: int
    """Those of them whose page was printed anew."""
    pictures: int
    """Pictures that were painted anew."""

    def __str__(self) -> str:
        pages = f"{self.records:,} pages, {self.pages:,} of them anew"
        return f"{pages}; {self.pictures:,} pictures painted"


class Printer:
    """Prints one library into one site."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self._library = press.library
        self._shares = Shares.of(press)
        self._listed = cache(self._contents)
        self._has_form = bool(press.built.page(FORM))

    @contextmanager
    def records(self) -> Iterator[Callable[[], Counted]]:
        """
        Print the page of every record, and what there is to share of it, while a block runs.

        It is given what waits until that is done.
        """
        names = self._names()
        with self.press.steps.part("pages that stay"):
            # In this process: where nearly all stay, others would take longer to begin.
            work = [Work(*name, *self._changed(*name)) for name in names]
            changed = [one for one in work if one.page or one.share]
        with self._printing(changed) as finish:

            def counted() -> Counted:
                return Counted(len(names), sum(one.page for one in changed), finish())

            yield counted

    def _changed(self, kind: Kind, record_id: str) -> tuple[bool, bool]:
        """Whether the page of a record is to be printed, and whether what there is to share of it is."""
        key = self.press.keys.record(kind, record_id)
        page = self.press.memory.stays(kind.path_of(record_id), key)
        return not page, not self._shares.stays(kind, record_id)

    def some(self, names: Collection[Key]) -> int:
        """Print nothing but the pages of some records, by their kinds and ids; return how many of them have one."""
        work = [Work(kind, name) for kind, name in self._names() if (kind.name, name) in names]
        with self._printing(work) as finish:
            finish()
        return len(work)

    def _names(self) -> list[tuple[Kind, str]]:
        """Every record that has a page, by its kind and id."""
        return [(kind, told.id) for kind, told in self._library.told() if kind.view is not None]

    @contextmanager
    def _printing(self, changed: Sequence[Work]) -> Iterator[Callable[[], int]]:
        """Print some records while a block runs, which is given what waits until that is done, and returns how many pictures were painted."""
        press = self.press
        if len(changed) > 1:  # here once, and not in each process
            for template in dict.fromkeys(work.kind.template for work in changed):
                press.templates.get_template(template)
        first, others = self._first(changed) if len(changed) > _MANY else ([], changed)
        begun = self._print(first)
        # In another process even if it is one page: so long the block takes as well.
        with spreading(self._print, others, press.jobs, press.steps.goes_on, few=1) as results:

            def finish() -> int:
                painted = 0
                seconds: dict[str, float] = defaultdict(float)
                for printed in (begun, *results):
                    press.memory.now.update(printed.made)
                    painted += printed.painted
                    for name, took in printed.seconds.items():
                        seconds[name] += took
                for name, took in seconds.items():
                    press.steps.took(f"{name}, in all processes", took)
                return painted

            yield finish

    @staticmethod
    def _first(changed: Sequence[Work]) -> tuple[Sequence[Work], Sequence[Work]]:
        """
        A page of each kind, and all else that is to be printed.

        To be printed here, so that what pages need (views, templates, the styles of citations) is loaded once and not in each
        process. Not so what there is to share: what paints pictures may have threads of its own.
        """
        first = {work.kind.name: work for work in reversed(changed) if work.page}
        pages = {id(work) for work in first.values()}
        others = [work._replace(page=False) if id(work) in pages else work for work in changed]
        return (
            [work._replace(share=False) for work in first.values()],
            [work for work in others if work.page or work.share],
        )

    def _print(self, changed: Sequence[Work]) -> Printed:
        """Print some records."""
        printed = Printed()
        for work in changed:
            kind, record_id = work.kind, work.record_id
            assert kind.view is not None
            record = self._library.find(kind.name, record_id, kind.model)
            with printed.timed("views"):
                view = kind.view(record, self._library)
                shared = self._share(view, kind, record_id)
            if work.page:
                made = self._print_page(kind, record, view, shared, printed)
                printed.made[kind.path_of(record_id)] = made
            if work.share:
                with printed.timed("what there is to share"):
                    made, painted = self._shares.print(kind, record_id, shared)
                printed.made[self._shares.name(kind, record_id)] = made
                printed.painted += painted
        return printed

    def _print_page(
        self,
        kind: Kind,
        record: Record,
        view: Any,
        shared: Share | None,
        printed: Printed,
    ) -> Made:
        """Print the page of a record, and what slides show of it; return what was made."""
        page: Page = view.page
        site = self.press.memory.part(kind.path_of(record.id))
        cache = self.press.cache.part()
        with printed.timed("templates"):
            html = self._page(kind, record, view, shared, cache)
        with printed.timed("files"):
            site.write(f"{page.path}index.html", html)
            if kind.card is not None:
                short = short_path(self._library, kind, record.id)
                write_card(kind.card(view), short, page.path, site)
            if self._has_form and kind.name == "case-study":
                self._copy(record.id, kind, site)
        return Made.of(self.press.keys.record(kind, record.id), site.files, cache.used)

    def _copy(self, record_id: str, kind: Kind, site: Site) -> None:
        """Put what the form needs to mend a record beside the form: the record as its file has it, but with plain ends of lines."""
        path = f"{FORM}{kind.source}/{record_id}.yaml"
        digest = self._library.extracts[kind.name, record_id].text
        if not (path in site.known and site.keep({path: digest})):
            site.write(path, self._library.text(kind.name, record_id))

    def _page(
        self, kind: Kind, record: Record, view: Any, shared: Share | None, cache: Cache
    ) -> bytes:
        """A record's page as it stands in its frame."""
        from ..views.page import version_of

        page: Page = view.page
        cites = cited(shared, cache) if shared else {}
        context = {
            "view": view,
            "root": page.root,
            "addresses": self._addresses(page, kind, record.id),
            "share": shared,
            "cited": cites,
        }
        url = self.press.site.url
        canonical = url + quote(page.path)
        data = structured_data(page, url) if url else None
        head = self.press.templates.get_template("records/parts/head.html")
        body = self.press.templates.get_template(kind.template)
        return self.press.built.frames[kind.name].fill(
            {
                "title": page.title,
                "description": page.description,
                "canonical": canonical,
                "head": head.generate(context, canonical=canonical if url else "", data=data),
                "path": page.path.strip("/"),
                "version": version_of(record),
                "toc": self._listed(page.toc),
                "body": body.generate(context),
            }
        )

    def _contents(self, toc: tuple[TocEntry, ...]) -> Markup:
        """The list of contents at the side, which nearly all pages of a kind have in common."""
        template = self.press.templates.get_template("records/parts/toc.html")
        return Markup(template.render(toc=toc))

    def _addresses(self, page: Page, kind: Kind, record_id: str) -> Addresses | None:
        """The page's whole addresses, where it is known where the site will stand."""
        if not self.press.site.url:
            return None
        from ..views.share import addresses

        return addresses(page, self._library.codes[kind.name, record_id], self.press.site.url)

    def _share(self, view: Any, kind: Kind, record_id: str) -> Share | None:
        """What there is to share, where it is known where the site will stand."""
        if not self.press.site.url:
            return None
        from ..views.share import share

        code = self._library.codes[kind.name, record_id]
        return share(view, view.page, code, self.press.site.url)

    def lists(
        self,
        listings: Mapping[str, Callable[[Library], WrittenPart]],
        charts: Mapping[str, Callable[[Any, Site], None]],
    ) -> None:
        """
        Fill the list of each written page that asks for one; `listings` maps its name to its view.

        `charts` has those that show of case studies what charts do, with what writes the file that such a page loads, of its view.
        """
        keys = self.press.keys
        for path, name in self.press.built.lists.items():
            make, write = listings[name], charts.get(name)

            def view(site: Site, make: Any = make, write: Any = write) -> WrittenPart:
                made: WrittenPart = make(self._library)
                if write:
                    write(made, site)
                return made

            with self.press.steps.part(f"/{path}"):
                key = keys.charts if write else keys.world
                self.press.memory.once(*self._filled(path, "listing", key, view))

    def home(self) -> None:
        """Fill the home page's slot, if the site has a home page."""
        if self.press.built.page(""):
            from ..views.home import home_view

            with self.press.steps.part("/"):
                key = self.press.keys.world
                home = self._filled("", "home", key, lambda _: home_view(self._library))
                self.press.memory.once(*home)

    def downloads(self, files: Files) -> Piece:
        """What there is to download, and the page /data/ filled with the list of it, if it asks for that."""
        key = key_of(self.press.keys.library, str(files.offline))
        if self.press.built.is_unfinished(DATA):
            return self._filled(DATA, "data", key, files.downloads)
        return Piece("data", key, files.downloads)

    def _filled(self, path: str, name: str, key: str, make: Callable[[Site], WrittenPart]) -> Piece:
        """A slot of the written page at an address, filled with what `make` makes; it may write other files too."""
        html = self.press.built.page(path)

        def work(site: Site) -> None:
            view = make(site)
            template = self.press.templates.get_template(view.template)
            body = template.generate(view=view, root="../" * path.count("/"))
            site.write(f"{path}index.html", Frame(html, (name,)).fill({name: body}))

        return Piece(f"{path}#{name}", key_of(key, html), work)

    def for_engines(self, pages: Iterable[str]) -> None:
        """
        Write the sitemap of the pages at some addresses, and the description of our search.

        Neither where nobody has said where the site will stand: both need whole addresses.
        """
        if not self.press.site.url:
            return
        pages = list(pages)

        def work(site: Site) -> None:
            site.write("sitemap.xml", sitemap(site, pages))
            site.write("opensearch.xml", opensearch(site))

        key = key_of(self.press.keys.world, *pages)
        self.press.memory.once("engines", key, work)
