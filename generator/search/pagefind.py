"""
The search index, by Pagefind.

What a page puts into the index is marked in its HTML (``data-pagefind-*``) by the template, from the
view's `Search`. Pages without ``data-pagefind-body`` are left out of the index.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pagefind.service import get_executable


class IndexFailed(Exception):
    """Pagefind could not index the site; what it said."""


def index(site: Path) -> int:
    """
    Index every page of a built site into /pagefind/ and return the number of pages.

    Runs Pagefind's program, not its Python interface: the interface ends the program as soon as it says
    that it has written, and files then stay empty or cut (Pagefind issue 1271). The program by itself
    ends when all is on the disk.

    Raises `IndexFailed`.
    """
    program = get_executable()
    if program is None:
        raise IndexFailed("Pagefind's program is not installed.")
    arguments = [
        "--site",
        ".",
        "--force-language",
        "en",
        "--exclude-selectors",
        ".headerlink, .kb-cite",
    ]
    # In the site's own folder and without PAGEFIND_* settings, so that nothing around changes the index.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    done = subprocess.run(
        [program, *arguments],
        cwd=site,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    pages = re.search(r"Indexed (\d+) pages?", done.stdout)
    if done.returncode or pages is None:
        raise IndexFailed((done.stderr or done.stdout).strip())
    for unused in (site / "pagefind").glob("pagefind-*ui.*"):
        unused.unlink()  # Pagefind's own pages; we have one of ours
    (site / "pagefind" / "pagefind-highlight.js").unlink(missing_ok=True)
    return int(pages[1])


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


def indexed_pages(site: Path) -> Iterator[IndexedPage]:
    """
    Yield the pages of the index by their addresses.

    Reads the files in which Pagefind keeps what a result shows: gzip, a signature, JSON. That is no
    documented interface; Pagefind's version is pinned, and a change raises `IndexFailed`.
    """
    pages = []
    for file in (site / "pagefind" / "fragment").glob("*.pf_fragment"):
        raw = gzip.decompress(file.read_bytes())
        if not raw.startswith(_SIGNATURE):
            raise IndexFailed(f"{file.name} is not as Pagefind 1.5 writes it.")
        held: dict[str, Any] = json.loads(raw[len(_SIGNATURE) :])
        pages.append(
            IndexedPage(
                file.stem, held["url"].lstrip("/"), held["filters"], held["meta"], held["content"]
            )
        )
    yield from sorted(pages, key=lambda page: page.path)
