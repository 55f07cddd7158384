"""Writes what the search page loads beside Pagefind's own files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..library import Library
from .catalog import catalog, words
from .facets import facets
from .names import WrittenPage, names
from .pagefind import indexed_pages


def write(library: Library, site: Path, written: Iterable[WrittenPage]) -> None:
    """
    Write the facets, names, catalog and words of an indexed site into /search/.

    All but the facets are compressed here, as Pagefind does it: not every server does, and an ending of
    our own keeps those that do from doing it twice.
    """
    folder = site / "search"
    folder.mkdir(parents=True, exist_ok=True)
    pages = list(indexed_pages(site))
    named = names(library, written)
    ids = {page.path: page.id for page in pages}
    for entry in named:
        if entry.get("path") in ids:
            entry["id"] = ids[entry["path"]]
    (folder / "facets.json").write_text(_json(facets(library)), encoding="utf-8")
    _compressed(folder / "names.kb", _json(named))
    _compressed(folder / "catalog.kb", _json(catalog(pages)))
    called = (name for entry in named for name in (entry["title"], *entry.get("names", ())))
    _compressed(folder / "words.kb", words(pages, called))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _compressed(file: Path, text: str) -> None:
    # The time stays out of the file: same site, same bytes.
    file.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
