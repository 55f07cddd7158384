"""Writes the offline edition: a copy of the built site in one file, to unpack and read without a network."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from markupsafe import Markup

from ..exports.downloads import DataView, Download
from ..library import Library
from ..printing.site import Site
from ..search.pagefind import FoundPage, found_pages
from ..views.page import date_words
from .index import script
from .names import FILE, START
from .pages import Folder, between, leads_on

_NAME, _LIBRARY = "rewire-offline", "library"
_SEARCH_DATA = "assets/js/offline-index.js"
_LICENCES = "vendor/*.LICENSE.txt"
_GIST = re.compile(r'<meta name="description" content="([^"]*)">')
_BROWSE = re.compile(r'<div class="kb-search__browse"[^>]*>(.*?)</div>\s*</kb-search-page>', re.S)


def listed(view: DataView) -> DataView:
    """The list of downloads with the edition in it, which is made after the page that lists it."""
    what = f"Every page and a search, from a folder or a memory stick. Unpack the file, then open {START}."
    return DataView(
        (
            *view.downloads,
            Download(FILE, "The whole site, to use without a network (ZIP)", what, ""),
        )
    )


def write_edition(library: Library, site: Site, env: jinja2.Environment) -> Path:
    """
    Write the edition of a finished site into it, and return the file. Same site, same bytes.

    All pages are in it but those that only lead on, and the files that they load or link to.
    """
    gists = {path: _gist(text) for path, text in _pages(site.root)}
    pages = list(found_pages(site.root))
    folder = Folder(site, gists.keys(), {_SEARCH_DATA}, _told(pages, site.url))
    folder.files.add(f"{site.assets}/css/tokens.css")  # which the page to start with loads
    target = site.root / FILE
    target.parent.mkdir(exist_ok=True)
    target.unlink(missing_ok=True)  # the site before may share it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        start = env.get_template("records/offline/start.html")
        archive.writestr(_entry(START), start.render(edition=folder.edition, library=_LIBRARY))
        for path, text in _pages(site.root):
            page = _search_page(text, env) if path == "search" else text
            name = posixpath.normpath(f"{_LIBRARY}/{path}/index.html")
            archive.writestr(_entry(name), folder.page(path, page))
        data = script(library, pages, {f"{path}/": gist for path, gist in gists.items()})
        archive.writestr(_entry(f"{_LIBRARY}/{_SEARCH_DATA}"), data)
        for path in _with_styles(folder) + _licences(site):
            archive.writestr(_entry(f"{_LIBRARY}/{path}"), (site.root / path).read_bytes())
    return target


def _with_styles(folder: Folder) -> list[str]:
    """What the pages load, and what their stylesheets load."""
    for path in sorted(folder.files):
        if path.endswith(".css"):
            folder.stylesheet(path, (folder.site.root / path).read_text("utf-8"))
    return sorted(folder.files)


def _licences(site: Site) -> list[str]:
    """What must be handed on with fonts and libraries."""
    found = (site.root / site.assets).glob(_LICENCES)
    return sorted(file.relative_to(site.root).as_posix() for file in found)


def _pages(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the folder and the text of each page that a reader is shown, in order. Read anew each time: they are many."""
    for file in sorted(root.rglob("index.html")):
        path = file.parent.relative_to(root).as_posix()
        text = file.read_text("utf-8")
        if not path.startswith("embed/") and not leads_on(text):
            yield path, text


def _told(pages: Iterable[FoundPage], site_url: str) -> str:
    """What the edition says of itself: the day of its newest record, and where newer ones are."""
    newest = max((page.meta["checked"] for page in pages if "checked" in page.meta), default="")
    until = f", as checked up to {date_words(newest)}" if newest else ""
    return f"Offline copy of Rewire{until}." + (f" Newer records: {site_url}" if site_url else "")


def _gist(text: str) -> str:
    found = _GIST.search(text)
    return html.unescape(found[1]) if found else ""


def _search_page(text: str, env: jinja2.Environment) -> str:
    """The search page with the offline search in the place of the other; its lists to browse stay."""

    def made(old: str) -> str:
        browse = _BROWSE.search(old)
        template = env.get_template("records/offline/search.html")
        return template.render(browse=Markup(browse[1]) if browse else "", data=_SEARCH_DATA)

    return between(text, "<kb-search-page", "</kb-search-page>", made)


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive, without the time of day."""
    info = zipfile.ZipInfo(f"{_NAME}/{name}", (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
