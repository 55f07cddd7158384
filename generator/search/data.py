"""Writes what the search page loads beside Pagefind's own files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

from ..library import Library
from ..printing.site import Site
from .catalog import catalog, words
from .facets import facets
from .names import WrittenPage, names
from .pagefind import indexed_pages


def write(library: Library, site: Site, written: Iterable[WrittenPage]) -> None:
    """
    Write the facets, names, catalog and words of an indexed site into /search/.

    All but the facets are compressed here, as Pagefind does it: not every server does, and an ending of
    our own keeps those that do from doing it twice.
    """
    pages = list(indexed_pages(site.root))
    named = names(library, written)
    ids = {page.path: page.id for page in pages}
    for entry in named:
        if entry.get("path") in ids:
            entry["id"] = ids[entry["path"]]
    site.write_json("search/facets.json", facets(library))
    site.write("search/names.kb", _compressed(_json(named)))
    site.write("search/catalog.kb", _compressed(_json(catalog(pages))))
    called = (name for entry in named for name in (entry["title"], *entry.get("names", ())))
    site.write("search/words.kb", _compressed(words(pages, called)))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _compressed(text: str) -> bytes:
    # The time stays out of the file: same site, same bytes.
    return gzip.compress(text.encode("utf-8"), mtime=0)
