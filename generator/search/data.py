"""Writes what the search page loads beside the index."""

from __future__ import annotations

import gzip
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ..library import Library
from ..parallel import spread
from ..printing.site import Site, compact_json
from .catalog import catalog, page_ids
from .facets import facets
from .names import WrittenPage, names
from .pagefind import IndexedPage, fragments, indexed_page, read_numbers
from .words import WordPages, word_pages, words

FOLDER = "search"
"""Where these files are in the site, beside the search page."""


def write(library: Library, site: Site, written: Iterable[WrittenPage], jobs: int = 1) -> None:
    """
    Write the facets, names, catalog and words of an indexed site into /search/.

    Names and catalog are compressed here, as Pagefind does it: not every server does, and an ending of
    our own keeps those that do from doing it twice. Of the others, a search needs many that are small: a browser
    takes longer to unpack them itself than to load them.

    `jobs` is how many processes may read the index. Raises `pagefind.IndexFailed`.
    """
    pages, pages_of = _read(site.root, jobs)
    named = names(library, written)
    paths = {page.path for page in pages}
    for entry in named:
        if entry.get("path") in paths:
            entry.pop("gist", None)  # its own page is in the results, and says it there
    site.write_json("search/facets.json", facets(library))
    site.write("search/names.kb", _compressed(compact_json(named)))
    addresses = [entry["path"] for entry in named if "path" in entry]
    numbers = read_numbers(site.root)
    site.write("search/catalog.kb", _compressed(compact_json(catalog(pages, numbers, addresses))))
    for part, ids in enumerate(page_ids(numbers)):
        site.write(f"search/pages/{part}.txt", ids)
    called = (name for entry in named for name in (entry["title"], *entry.get("names", ())))
    for letter, families in words(pages_of, called).items():
        site.write(f"search/words/{letter}.txt", families)


def _read(site: Path, jobs: int) -> tuple[list[IndexedPage], WordPages]:
    """The pages of the index without their texts, and which of them have which words."""

    def some(numbered: Sequence[tuple[int, str]]) -> tuple[list[IndexedPage], WordPages]:
        read = {number: indexed_page(site, fragment) for number, fragment in numbered}
        found = word_pages((number, page.text) for number, page in read.items())
        return [replace(page, text="") for page in read.values()], found

    pages: list[IndexedPage] = []
    pages_of: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for more, found in spread(some, list(enumerate(fragments(site))), jobs):
        pages += more
        for word, numbers in found.items():
            pages_of[word].extend(numbers)
    return pages, pages_of


def _compressed(text: str) -> bytes:
    # The time stays out of the file: same site, same bytes.
    return gzip.compress(text.encode("utf-8"), mtime=0)
