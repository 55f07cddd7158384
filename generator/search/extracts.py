"""
The pages as Pagefind gets them to read: in a folder of their own, without what it would pass over.

Most of a page is nothing to be found: the frame, what one can share, related records, drawings. To cut that out
takes a fraction of the time in which Pagefind would pass over it. And Pagefind numbers pages in the order in which the
file system lists them: in a folder that is made anew, always in one order, the same site has the same index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ..parallel import spread

_BODY = " data-pagefind-body"
_PASSED_OVER = re.compile(
    r"<(svg|section|details|table|form|p|dl|ul|a|sup|kb-[a-z-]+)\b"
    r'(?:(?<=<svg)|[^>]* data-pagefind-ignore|[^>]* class="(?:headerlink|kb-cite)")'
    r"[^>]*>.*?</\1>",
    re.S,
)
"""
Elements that are passed over, as a whole: drawings, marks of sources, links to sections, and what says so itself.

None of them has another of its name inside. Others, such as `div`, are left to Pagefind.
"""


def write(site: Path, pages: Sequence[str], into: Path, jobs: int = 1) -> None:
    """Write what is to be found of the pages at some addresses of a site into a new folder, in up to `jobs` processes."""
    into.mkdir()
    for page in pages:
        (into / page).mkdir(parents=True, exist_ok=True)
    spread(partial(_write, site, into), pages, jobs)


def _write(site: Path, into: Path, pages: Sequence[str]) -> None:
    for page in pages:
        html = extract((site / page / "index.html").read_text(encoding="utf-8"))
        if html:
            (into / page / "index.html").write_text(html, encoding="utf-8")


def extract(html: str) -> str:
    """A page with nothing but what is to be found of it; empty where that is nothing."""
    body = html.find(_BODY)
    if body < 0:
        return ""
    found = _PASSED_OVER.sub("", html[html.rindex("<", 0, body) : html.rindex("</main>")])
    # Pagefind takes the words on both sides for one where nothing but the style sheet parts them, such as two cells of a table.
    apart = found.replace("><", "> <")
    return f'<!doctype html><html lang="en"><body>{apart}</body></html>'
