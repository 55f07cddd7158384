"""
What is to be found of a page, without what the index passes over.

Most of a page is nothing to be found: the frame, what one can share, related records, drawings. To cut that out as
a whole takes a fraction of the time in which it would be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_FACETS = re.compile(rb' data-kb-facets="([^"]*)"')
_BODY = b" data-pagefind-body"
_MARKS = (b"<svg", b" data-pagefind-ignore", b' class="headerlink"', b' class="kb-cite"')
"""What elements that are passed over have in their first tag: drawings, links to sections, marks of sources, and what says so itself."""
_WHOLE = re.compile(rb"<(svg|section|details|table|form|p|dl|ul|a|sup|kb-[a-z-]+)[ >]")
"""Such an element: none has another of its name inside. Others, such as `div`, are left to `reading`."""


def extract(html: bytes) -> bytes:
    """A page with nothing but what is to be found of it; empty where that is nothing."""
    body = html.find(_BODY)
    if body < 0:
        return b""
    found = _without_passed_over(html[html.rindex(b"<", 0, body) : html.rindex(b"</main>")])
    # The words on both sides would be one where nothing but the style sheet parts them, such as two cells of a table.
    return found.replace(b"><", b"> <")


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


def facets(html: bytes) -> dict[str, list[str]]:
    """The facets that a page is marked with, as ``facet:value`` with spaces between them."""
    marked = _FACETS.search(html)
    found: dict[str, list[str]] = {}
    for pair in unescape(marked[1].decode()).split() if marked else ():
        facet, _, value = pair.partition(":")
        found.setdefault(facet, []).append(value)
    return found
