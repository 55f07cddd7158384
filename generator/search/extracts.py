"""
What is to be found of a page, without what the index passes over.

Most of a page is nothing to be found: the frame, what one can share, related records, drawings. To cut that out as
a whole takes a fraction of the time in which it would be read.
"""

from __future__ import annotations

import re
from html import unescape

_FACETS = re.compile(rb' data-kb-facets="([^"]*)"')
_BODY = b" data-pagefind-body"
_PASSED_OVER = b" data-pagefind-ignore"
_WHOLE = re.compile(rb"<(section|details|table|form|p|dl|ul|a|sup|kb-[a-z-]+)[ >]")
"""An element that is passed over as a whole: none has another of its name inside. Others, such as `div`, are left to `markup`."""
_SMALL = (
    (b"<svg", b"</svg>", b""),
    (b'<a class="headerlink"', b"</a>", b""),
    (b'<sup class="kb-cite"', b"</sup>", b""),
    (b'<a href="', b'"', b"<a"),
)
"""How others begin and end, and what stays: drawings, links to sections, marks of sources; and where links lead, which few others do."""


def extract(html: bytes) -> bytes:
    """A page with nothing but what is to be found of it; empty where that is nothing."""
    body = html.find(_BODY)
    if body < 0:
        return b""
    found = _without_marked(html[html.rindex(b"<", 0, body) : html.rindex(b"</main>")])
    for begin, end, stays in _SMALL:
        first, *others = found.split(begin)
        found = stays.join([first, *[other.partition(end)[2] for other in others]])
    return found


def _without_marked(html: bytes) -> bytes:
    """HTML without the elements that say themselves that they are passed over."""
    kept, end = [], 0
    place = html.find(_PASSED_OVER)
    while place >= 0:
        start = html.rindex(b"<", 0, place)
        found = _WHOLE.match(html, start)
        if found and b">" not in html[start:place]:  # or else the mark stands in a text
            kept.append(html[end:start])
            closing = b"</%s>" % found[1]
            end = html.index(closing, place) + len(closing)
        place = html.find(_PASSED_OVER, max(end, place + 1))
    return b"".join([*kept, html[end:]])


def marked_facets(html: bytes) -> str:
    """The facets that a page is marked with, as ``facet:value`` with spaces between them."""
    marked = _FACETS.search(html)
    return unescape(marked[1].decode()) if marked else ""


def facets(marked: str) -> dict[str, list[str]]:
    """The values of each facet that a page is marked with."""
    found: dict[str, list[str]] = {}
    for pair in marked.split():
        facet, _, value = pair.partition(":")
        found.setdefault(facet, []).append(value)
    return found
