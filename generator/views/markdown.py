"""
Markdown of records to safe HTML.

cmark leaves raw HTML and unsafe addresses out; nh3 then lets only a closed list of elements and
attributes through. Both must fail before a contributor's script could reach a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options
from markupsafe import Markup

from ..prose import CITATION, cited_ids

_TAGS = {
    *("p", "br", "strong", "em", "del", "code", "pre", "blockquote", "hr"),
    *("ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}}
_SCHEMES = {"http", "https", "mailto", "kb"}
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
"""Made once: to set it up takes five times as long as to clean a paragraph."""
_MARK = re.compile(rf"[ \n]?{CITATION.pattern}")
"""A citation with the space before it: a number must not begin a line of its own."""
_MARK_IN_TAG = re.compile(r"<[^>]*\[s")
_HREF = re.compile(r'<a href="([^"]*)"')
_HEADING = re.compile(r"(</?h)([1-6])")

Link = Callable[[str], str]
"""From what follows ``kb:`` to an address as the page must write it."""


def prose(text: str, link: Link, numbers: dict[str, int]) -> Markup:
    """
    Return a Markdown text as HTML.

    `numbers` maps the ids of the record's sources to their numbers on the page; a citation mark
    becomes a link to the source. Headings are lowered by one: the page's title is the only h1.
    Raises KeyError for a source that the check would have refused.
    """
    html = _sanitized(text)
    if "[s" in html:
        html = _cite(html, numbers)
    if 'href="kb:' in html:
        html = _HREF.sub(lambda m: _resolve_href(m, link), html)
    return Markup(html)


def inline(text: str, link: Link, numbers: dict[str, int]) -> Markup:
    """Return one paragraph of Markdown as HTML without the paragraph around it, for list items."""
    html = prose(text, link, numbers)
    if html.count("<p>") == 1 and html.startswith("<p>") and html.rstrip().endswith("</p>"):
        return Markup(html.strip()[3:-4])
    return html


@cache
def _sanitized(text: str) -> str:
    rendered = cmarkgfm.markdown_to_html_with_extensions(
        text, options=Options.CMARK_OPT_SMART, extensions=["table", "strikethrough"]
    )
    lowered = _HEADING.sub(lambda m: f"{m[1]}{min(int(m[2]) + 1, 6)}", rendered)
    return _CLEANER.clean(lowered)


def _cite(html: str, numbers: dict[str, int]) -> str:
    def cited(text: str) -> str:
        return _MARK.sub(lambda mark: _citation(mark, numbers), text)

    # Only between tags: an attribute may hold the same characters, and seldom does.
    if not _MARK_IN_TAG.search(html):
        return cited(html)
    parts = re.split(r"(<[^>]*>)", html)
    parts[::2] = map(cited, parts[::2])
    return "".join(parts)


def _citation(mark: re.Match[str], numbers: dict[str, int]) -> str:
    links = (
        f'<a href="#source-{source}" aria-label="Source {numbers[source]}">{numbers[source]}</a>'
        for source in cited_ids(mark)
    )
    return f'<sup class="kb-cite">{", ".join(links)}</sup>'


def _resolve_href(found: re.Match[str], link: Link) -> str:
    address = unescape(found[1])
    if not address.startswith("kb:"):
        return found[0]
    return f'<a href="{escape(link(address.removeprefix("kb:")), quote=True)}"'
