"""
The files of a search index as Pagefind 1.5 writes and reads them.

What a page puts into the index is marked in its HTML (``data-pagefind-*``) by the template, from the
view's `Search`. Pages without ``data-pagefind-body`` are left out of the index.

The index is written here, not by Pagefind's program: that reads every page anew for each edit, twice as slowly, and takes half a
megabyte of memory for each of them. The form of the files is no documented interface, so Pagefind's version is
pinned, and tests/search/test_index.py compares all that is in them with what the program writes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from ..packing import gzipped
from ..printing.site import Site
from .extracts import facets, marked_facets

FOLDER = "pagefind"
"""Where the index stands in the site."""
BESIDE = "search"
"""Where the site has what the search page loads beside the index."""
VERSION = "1.5.2"
"""Of Pagefind, whose files these are."""
LANGUAGE = "en"

_SIGNATURE = b"pagefind_dcd"
FRAGMENTS = f"{FOLDER}/fragment/"
"""A file for each page that can be found, with what results show of it."""
_DIGITS = 12
"""Of a name. Pagefind takes seven, and more where two are the same: but then a name depends on all pages."""
_LEVEL = 5
"""Of compression: the highest gains three hundredths and takes four times as long."""
_PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.en.pagefind", "wasm.unknown.pagefind")
"""What searches in a browser for those who use Pagefind as it is."""
_PAGE = '<!doctype html><html lang="en"><body>A page.</body></html>'


class IndexFailed(Exception):
    """The search index can't be made; why."""


def name_of(data: bytes) -> str:
    """The name of a file, by what is in it: such files may be kept forever by browsers."""
    return f"{LANGUAGE}_{hashlib.sha1(data, usedforsecurity=False).hexdigest()[:_DIGITS]}"


def fragment(page: str) -> str:
    """Where in the site the file stands that has what results show of a page, by its id."""
    return f"{FRAGMENTS}{page}.pf_fragment"


def packed(data: bytes) -> bytes:
    """The content of a file of the index. Same data, same bytes."""
    return gzipped(_SIGNATURE + data, _LEVEL)


def unpacked(file: Path) -> bytes:
    """What was packed into a file. Raises `OSError`."""
    return gzip.decompress(file.read_bytes())[len(_SIGNATURE) :]


def write_program(site: Site) -> None:
    """
    Write what Pagefind's program puts beside every index.

    Raises `IndexFailed` where Pagefind is not there, or is of another version.
    """
    from pagefind.service import get_executable  # here, because it loads asyncio

    program = get_executable()
    if program is None:
        raise IndexFailed("Pagefind's program is not installed.")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "index.html").write_text(_PAGE)
        made = subprocess.run(
            [str(program), "--site", ".", "--output-path", FOLDER],
            # Without PAGEFIND_* settings, so that nothing around changes what is written.
            env={k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise IndexFailed(f"{made.stdout}{made.stderr}".strip())
        version = json.loads(Path(folder, FOLDER, "pagefind-entry.json").read_bytes())["version"]
        if version != VERSION:
            raise IndexFailed(
                f"The index is written for Pagefind {VERSION}, and {version} is installed. "
                f"Run: python -m pip install 'pagefind=={VERSION}' 'pagefind_bin=={VERSION}'"
            )
        for name in _PROGRAM:
            site.write(f"{FOLDER}/{name}", Path(folder, FOLDER, name).read_bytes())


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What results show of one page."""

    path: str
    """Relative to the site's root."""
    facets: dict[str, list[str]]
    meta: dict[str, str]
    text: str


def found_pages(site: Path) -> list[FoundPage]:
    """Return all pages that can be found in a site, by their addresses."""
    found = []
    for file in (site / FRAGMENTS).glob("*.pf_fragment"):
        held: dict[str, Any] = from_json(unpacked(file))
        path = held["url"].lstrip("/")
        marked = marked_facets((site / path / "index.html").read_bytes())
        found.append(FoundPage(path, facets(marked), held["meta"], held["content"]))
    return sorted(found, key=lambda page: page.path)
