"""
The search index, by Pagefind.

What a page puts into the index is marked in its HTML (``data-pagefind-*``) by the template, from the
view's `Search`. Pages without ``data-pagefind-body`` are left out of the index.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import threading
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from pagefind.service import get_executable
from pydantic_core import from_json

from ..steps import Stopped
from . import cbor

FOLDER = "pagefind"
"""Where the index stands in the site."""
_LOOK = 0.1
"""Seconds between two looks at whether to stop."""
FRAGMENTS = f"{FOLDER}/fragment/"
"""A file for each page that can be found."""


class IndexFailed(Exception):
    """Pagefind could not index the site; what it said."""


class Indexing:
    """Pagefind's program at work on some pages, for as long as a block runs."""

    def __init__(self, site: Path, into: Path) -> None:
        """
        Begin to index every page of a site into a folder.

        Runs Pagefind's program, not its Python interface: the interface ends the program as soon as it says
        that it has written, and files then stay empty or cut (Pagefind issue 1271). The program by itself
        ends when all is on the disk. Raises `IndexFailed`.
        """
        program = get_executable()
        if program is None:
            raise IndexFailed("Pagefind's program is not installed.")
        self._into = into
        self._process = subprocess.Popen(
            [
                str(program),
                "--site",
                ".",
                "--force-language",
                "en",
                "--output-path",
                into.resolve(),
            ],
            # In the site's own folder and without PAGEFIND_* settings, so that nothing around changes the index.
            cwd=site,
            env={k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> Indexing:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:  # which closes its pipe and waits for it
            self._process.kill()  # nothing happens to one that has ended

    def finish(self, stop: threading.Event | None = None) -> None:
        """Wait for the index. Raises `IndexFailed`, and `Stopped` once `stop` is set."""
        said = self._said(stop)
        if self._process.returncode or "Indexed " not in said:
            raise IndexFailed(said.strip())
        for unused in self._into.glob("pagefind-*ui.*"):
            unused.unlink()  # Pagefind's own pages; we have one of ours
        (self._into / "pagefind-highlight.js").unlink(missing_ok=True)

    def _said(self, stop: threading.Event | None) -> str:
        while True:
            try:
                said, _ = self._process.communicate(timeout=_LOOK if stop else None)
                return said
            except subprocess.TimeoutExpired:
                if stop and stop.is_set():
                    raise Stopped from None


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """What Pagefind keeps of one page."""

    id: str
    """Pagefind's name for the page in results, such as ``en_d2b3614``."""
    path: str
    """Relative to the site's root."""
    facets: dict[str, list[str]]
    meta: dict[str, str]
    text: str


_SIGNATURE = b"pagefind_dcd"
_FACETS = re.compile(rb' data-kb-facets="([^"]*)"')


def indexed_pages(site: Path) -> list[IndexedPage]:
    """Return the pages of the index by their addresses, as `indexed_page` reads them."""
    pages = (indexed_page(site, name) for name in fragments(site))
    return sorted(pages, key=lambda page: page.path)


def fragments(site: Path) -> list[str]:
    """The names of the files in which Pagefind keeps what a result shows, one a page."""
    return sorted(file.name for file in (site / FRAGMENTS).glob("*.pf_fragment"))


def indexed_page(site: Path, fragment: str) -> IndexedPage:
    """
    Return the page of one of those files: gzip, a signature, JSON.

    The facets are taken from the page: Pagefind would write filters for them, which the search does not use
    and whose names differ from one run to the next.

    The file's form is no documented interface; Pagefind's version is pinned, and a change raises `IndexFailed`.
    """
    # With plain strings here: for many files, paths as objects take longer than the files.
    raw = gzip.decompress(_read(f"{site}/{FRAGMENTS}{fragment}"))
    if not raw.startswith(_SIGNATURE):
        raise IndexFailed(f"{fragment} is not as Pagefind 1.5 writes it.")
    held: dict[str, Any] = from_json(raw[len(_SIGNATURE) :])
    path = held["url"].lstrip("/")
    facets = _facets(_read(f"{site}/{path}/index.html"))
    name = fragment.removesuffix(".pf_fragment")
    return IndexedPage(name, path, facets, held["meta"], held["content"])


def _read(file: str) -> bytes:
    with open(file, "rb") as opened:  # noqa: PTH123
        return opened.read()


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the index numbers its pages, and in which file it has which words."""

    pages: tuple[tuple[str, int], ...]
    """Of each page, by its number: its id and how many words it has."""
    chunks: tuple[tuple[str, str, str], ...]
    """Of each file of the index, by the alphabet: its first and last stem, and its name."""
    fields: tuple[str, ...]
    """Names of the metadata, by their numbers."""


def read_numbers(site: Path) -> Numbers:
    """
    Read the file in which Pagefind keeps how its index hangs together: gzip, a signature, CBOR.

    As with `indexed_page`, a change of its form raises `IndexFailed`.
    """
    [file] = (site / FOLDER).glob("*.pf_meta")
    try:
        raw = gzip.decompress(file.read_bytes())
        _version, pages, chunks, _filters, _sorts, fields = cbor.decode(
            raw.removeprefix(_SIGNATURE)
        )
        return Numbers(
            tuple((str(name), int(length)) for name, length in pages),
            tuple((str(first), str(last), str(name)) for first, last, name in chunks),
            tuple(map(str, fields)),
        )
    except (ValueError, TypeError) as error:
        raise IndexFailed(f"{file.name} is not as Pagefind 1.5 writes it: {error}") from None


def _facets(html: bytes) -> dict[str, list[str]]:
    """The facets that a page is marked with, as ``facet:value`` with spaces between them."""
    marked = _FACETS.search(html)
    facets: dict[str, list[str]] = {}
    for pair in unescape(marked[1].decode()).split() if marked else ():
        facet, _, value = pair.partition(":")
        facets.setdefault(facet, []).append(value)
    return facets
