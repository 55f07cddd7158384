"""Prints every record's page, the lists and the home page into a site that the engine has built."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from ..library import Library
from ..models.fields import Record
from ..models.kind import Kind
from ..parallel import spread
from ..sharing.cache import Cache
from ..views.home import home_view
from ..views.listing import WrittenPart
from ..views.page import Page, version_of
from ..views.share import Addresses, Share, addresses, share
from .asides import cited
from .card import short_path, write_card
from .engines import opensearch, sitemap, structured_data
from .frame import Frame, slot
from .site import Site

FRAME_NAME = "_frame"
"""A frame is built at /ADDRESS/_frame/, as deep as the records' pages, so that its links fit them.

No record can have that id."""


class Printer:
    """Prints one library into one site."""

    def __init__(
        self,
        library: Library,
        site: Site,
        env: jinja2.Environment,
        cache: Cache,
        jobs: int = 1,
    ) -> None:
        self._library = library
        self._site = site
        self._env = env
        self._cache = cache
        self._jobs = jobs
        self.frames: dict[str, Frame] = {}
        """By kind, once its records are printed."""
        self.shares: list[Share] = []
        """What there is to share of the records that were printed."""

    def records(self) -> int:
        """Print the page of every record and return how many there are."""
        work: list[tuple[Kind, Record]] = []
        for kind in self._library.kinds.values():
            if kind.view is not None:
                self.frames[kind.name] = self._frame(kind)
                work += ((kind, record) for record in self._library.all(kind.name, kind.model))
        for shares, used, kept in spread(self._print, work, self._jobs):
            self.shares += shares
            self._cache.used |= used
            self._site.kept.update(kept)
        return len(work)

    def _frame(self, kind: Kind) -> Frame:
        """Take the frame that the engine has built for a kind; it is no page of the site."""
        file = self._site.file(f"{kind.address}/{FRAME_NAME}")
        frame = Frame(file.read_text(encoding="utf-8"), ("title", "body"))
        shutil.rmtree(file.parent)
        return frame

    def _print(self, work: Sequence[tuple[Kind, Record]]) -> tuple[list[Share], set[str], set[str]]:
        """Print some records; return what there is to share, what was used of the cache and kept of the site."""
        shares = []
        site = self._site.part()
        for kind, record in work:
            assert kind.view is not None
            view = kind.view(record, self._library)
            page: Page = view.page
            shared = self._share(view, kind, record.id)
            site.write(f"{page.path}index.html", self._page(kind, record, view, shared))
            if kind.card is not None:
                short = short_path(self._library, kind, record.id)
                write_card(kind.card(view), short, page.path, site)
            if shared is not None:
                shares.append(shared)
        return shares, self._cache.used, site.kept

    def _page(self, kind: Kind, record: Record, view: Any, shared: Share | None) -> str:
        """A record's page as it stands in its frame."""
        page: Page = view.page
        cites = cited(shared, self._cache).styles if shared else {}
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
        head = self._env.get_template("records/parts/head.html")
        toc = self._env.get_template("records/parts/toc.html")
        body = self._env.get_template(kind.template)
        return self.frames[kind.name].fill(
            {
                "title": page.title,
                "description": page.description,
                "canonical": canonical,
                "head": Markup(head.render(context, canonical=canonical if url else "", data=data)),
                "path": page.path.strip("/"),
                "version": version_of(record),
                "toc": Markup(toc.render(toc=page.toc, root=page.root)),
                "body": Markup(body.render(context)),
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

    def lists(
        self, written: Mapping[str, str], listings: Mapping[str, Callable[[Library], WrittenPart]]
    ) -> None:
        """
        Fill the list of each written page that asks for one.

        `written` maps the address of the page to the kind it lists, `listings` the kind to its view.
        """
        for path, kind in written.items():
            view = listings[kind](self._library)
            self._fill(path, "listing", self._env.get_template(view.template), view)

    def home(self) -> None:
        """Fill the home page's slot, if the site has a home page that asks for it."""
        if self._site.file("").exists():
            self._fill(
                "", "home", self._env.get_template("records/home.html"), home_view(self._library)
            )

    def data(self, view: Any) -> None:
        """Fill the list of downloads of the page /data/, if the site has one that asks for it."""
        file = self._site.file("data")
        if file.exists() and slot("data") in file.read_text(encoding="utf-8"):
            self._fill("data/", "data", self._env.get_template("records/data.html"), view)

    def _fill(self, path: str, name: str, template: jinja2.Template, view: Any) -> None:
        file = self._site.file(path)
        html = file.read_text(encoding="utf-8")
        body = Markup(template.render(view=view, root="../" * path.count("/")))
        file.write_text(Frame(html, (name,)).fill({name: body}), encoding="utf-8")

    def for_engines(self) -> None:
        """
        Write the sitemap and the description of our search.

        Neither where nobody has said where the site will stand: both need whole addresses.
        """
        root = self._site.root
        for name in ("sitemap.xml", "sitemap.xml.gz"):  # MkDocs' own, which knows no printed page
            (root / name).unlink(missing_ok=True)
        if self._site.url:
            (root / "sitemap.xml").write_text(sitemap(self._site), encoding="utf-8")
            (root / "opensearch.xml").write_text(opensearch(self._site), encoding="utf-8")
