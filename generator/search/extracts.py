"""
The pages as Pagefind gets them to read: in a folder of their own, without what it would pass over.

Most of a page is nothing to be found: the frame, what one can share, related records, drawings. To cut that out
takes a fraction of the time in which Pagefind would pass over it. And Pagefind numbers pages in the order in which the
file system lists them: in a folder that is made anew, always in one order, the same site has the same index.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from ..parallel import spread

_BODY = b" data-pagefind-body"
_MARKS = (b"<svg", b" data-pagefind-ignore", b' class="headerlink"', b' class="kb-cite"')
"""What elements that are passed over have in their first tag: drawings, links to sections, marks of sources, and what says so itself."""
_WHOLE = re.compile(rb"<(svg|section|details|table|form|p|dl|ul|a|sup|kb-[a-z-]+)[ >]")
"""Such an element: none has another of its name inside. Others, such as `div`, are left to Pagefind."""


def write(site: Path, pages: Sequence[str], into: Path, jobs: int = 1) -> None:
    """Write what is to be found of the pages at some addresses of a site into a new folder, in up to `jobs` processes."""
    into.mkdir()
    for page in pages:
        # With plain strings: for many pages, paths as objects take longer than the folders.
        os.makedirs(f"{into}/{page}", exist_ok=True)  # noqa: PTH103
    spread(partial(_write, site, into), pages, jobs)


def _write(site: Path, into: Path, pages: Sequence[str]) -> None:
    for page in pages:
        html = extract((site / page / "index.html").read_bytes())
        if html:
            (into / page / "index.html").write_bytes(html)


def extract(html: bytes) -> bytes:
    """A page with nothing but what is to be found of it; empty where that is nothing."""
    body = html.find(_BODY)
    if body < 0:
        return b""
    found = _without_passed_over(html[html.rindex(b"<", 0, body) : html.rindex(b"</main>")])
    # Pagefind takes the words on both sides for one where nothing but the style sheet parts them, such as two cells of a table.
    apart = found.replace(b"><", b"> <")
    return b'<!doctype html><html lang="en"><body>%s</body></html>' % apart


def _without_passed_over(html: bytes) -> bytes:
    """HTML without the elements that are passed over, as a whole. To look for their marks is quicker than to look at each tag."""
    kept, end = [], 0
    for place in sorted(place for mark in _MARKS for place in _places(mark, html)):
        if place < end:
            continue
        start = html.rindex(b"<", 0, place + 1)
        found = _WHOLE.match(html, start)
        if found is None or b">" in html[start:place]:
            continue  # another element, or the mark stands in a text
        kept.append(html[end:start])
        closing = b"</%s>" % found[1]
        end = html.index(closing, place) + len(closing)
    return b"".join([*kept, html[end:]])


def _places(mark: bytes, html: bytes) -> Iterator[int]:
    place = html.find(mark)
    while place >= 0:
        yield place
        place = html.find(mark, place + 1)
