"""Prints every record's page, the lists and the home page into a site that the engine has built."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import jinja2
from markupsafe import Markup

from ..library import Library
from ..models.kind import Kind
from ..views.home import home_view
from ..views.page import Page, version_of
from .frame import Frame

FRAME_NAME = "_frame"
"""A frame is built at /ADDRESS/_frame/, as deep as the records' pages, so that its links fit them.

No record can have that id."""


@dataclass(frozen=True, slots=True)
class Site:
    """A built site to print into."""

    root: Path
    url: str
    """Where it will stand, with a slash at the end; empty where nobody has said."""

    def file(self, path: str) -> Path:
        """The file behind an address relative to the site's root."""
        return self.root / path / "index.html"


class Printer:
    """Prints one library into one site."""

    def __init__(self, library: Library, site: Site, env: jinja2.Environment) -> None:
        self._library = library
        self._site = site
        self._env = env

    def records(self) -> int:
        """Print the page of every record and return how many there are."""
        count = 0
        for kind in self._library.kinds.values():
            if kind.view is not None:
                for page, html in self._pages(kind):
                    target = self._site.file(page.path)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(html, encoding="utf-8")
                    count += 1
        return count

    def _pages(self, kind: Kind) -> Iterator[tuple[Page, str]]:
        frame_file = self._site.file(f"{kind.address}/{FRAME_NAME}")
        frame = Frame(frame_file.read_text(encoding="utf-8"), ("title", "body"))
        shutil.rmtree(frame_file.parent)
        template = self._env.get_template(kind.template)
        toc = self._env.get_template("records/parts/toc.html")
        assert kind.view is not None
        for record in self._library.all(kind.name, kind.model):
            view = kind.view(record, self._library)
            page: Page = view.page
            context = {"view": view, "root": page.root}
            yield (
                page,
                frame.fill(
                    {
                        "title": page.title,
                        "description": page.description,
                        "canonical": self._site.url + quote(page.path),
                        "path": page.path.strip("/"),
                        "version": version_of(record),
                        "toc": Markup(toc.render(toc=page.toc, root=page.root)),
                        "body": Markup(template.render(context)),
                    }
                ),
            )

    def lists(
        self, written: Mapping[str, str], listings: Mapping[str, Callable[[Library], Any]]
    ) -> None:
        """
        Fill the list of each written page that asks for one.

        `written` maps the address of the page to the kind it lists, `listings` the kind to its view.
        A kind whose list is like no other has a template of its own in records/lists/.
        """
        for path, kind in written.items():
            own = f"records/lists/{kind}.html"
            template = self._env.select_template([own, "records/listing.html"])
            self._fill(path, "listing", template, listings[kind](self._library))

    def home(self) -> None:
        """Fill the home page's slot, if the site has a home page that asks for it."""
        if self._site.file("").exists():
            self._fill(
                "", "home", self._env.get_template("records/home.html"), home_view(self._library)
            )

    def _fill(self, path: str, name: str, template: jinja2.Template, view: Any) -> None:
        file = self._site.file(path)
        html = file.read_text(encoding="utf-8")
        body = Markup(template.render(view=view, root="../" * path.count("/")))
        file.write_text(Frame(html, (name,)).fill({name: body}), encoding="utf-8")

    def sitemap(self) -> None:
        """Write the sitemap of every page, or none where nobody has said where the site will stand."""
        file = self._site.root / "sitemap.xml"
        file.with_suffix(".xml.gz").unlink(missing_ok=True)
        file.unlink(missing_ok=True)
        if not self._site.url:
            return
        pages = sorted(
            page.parent.relative_to(self._site.root).as_posix()
            for page in self._site.root.rglob("index.html")
        )
        urls = "".join(
            f"<url><loc>{escape(self._site.url + (quote(path) + '/' if path != '.' else ''))}</loc></url>\n"
            for path in pages
        )
        file.write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
            encoding="utf-8",
        )
