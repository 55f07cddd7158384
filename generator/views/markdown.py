"""
Markdown of records to safe HTML.

cmark leaves raw HTML and unsafe addresses out; nh3 then lets only a closed list of elements and
attributes through. Both must fail before a contributor's script could reach a page. Text that is plain throughout needs neither.
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
_TAG = re.compile(r"(<[^>]*>)")
_MARK_IN_TAG = re.compile(r"<[^>]*\[s")
_HREF = re.compile(r'<a href="([^"]*)"')
_HEADING = re.compile(r"(</?h)([1-6])")
_LETTERS = r"A-Za-z0-9 ,;:()$%/?!+=\u00c0-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
_PARAGRAPH = rf"""
    [A-Za-z]
    (?: [{_LETTERS}]++
      | \.(?!\.) | -(?!-)                # more of them become an ellipsis or a dash
      | (?<=[A-Za-z0-9])'               # after a letter no other than a closing one
      | \[s[1-9]\d*+(?:,[ ]?s[1-9]\d*+)*+\](?![(:])
      | (?<!!)\[(?:[{_LETTERS}]|-(?!-))++\]\(kb:[a-z0-9/-]++\)
    )*+
    (?<![ ])
"""
_PLAIN = re.compile(rf"{_PARAGRAPH}(?:\n\n{_PARAGRAPH})*+", re.VERBOSE)
"""
Paragraphs of which Markdown makes no more than links by id and curly apostrophes, and where HTML has nothing to escape.

That is most prose, and to see it takes a tenth of the time that cmark and nh3 need.
"""
_PLAIN_LINK = re.compile(r"\[([^\[\]]+)\]\((kb:[^)]+)\)")

Link = Callable[[str], str]
"""From what follows ``kb:`` to an address as the page must write it."""


def prose(text: str, link: Link, numbers: dict[str, int]) -> Markup:
    """
    Return a Markdown text as HTML.

    `numbers` maps the ids of the record's sources to their numbers on the page; a citation mark
    becomes a link to the source. Headings are lowered by one: the page's title is the only h1.
    Raises KeyError for a source that the check would have refused.
    """
    return Markup(_html(text, link, numbers))


def inline(text: str, link: Link, numbers: dict[str, int]) -> Markup:
    """Return one paragraph of Markdown as HTML without the paragraph around it, for list items."""
    html = _html(text, link, numbers)
    if html.count("<p>") == 1 and html.startswith("<p>") and html.rstrip().endswith("</p>"):
        html = html.strip()[3:-4]
    return Markup(html)


def _html(text: str, link: Link, numbers: dict[str, int]) -> str:
    html = _cite(_cut(text), numbers)
    if 'href="kb:' in html:
        html = _HREF.sub(lambda m: _resolve_href(m, link), html)
    return html


@cache
def _cut(text: str) -> tuple[str, ...]:
    """A Markdown text as safe HTML, cut at its citation marks: HTML, ids of sources, HTML, and so on."""
    html = safe_html(text)
    parts = [""]
    # An attribute may hold the same characters, and seldom does.
    pieces = _TAG.split(html) if _MARK_IN_TAG.search(html) else [html]
    for number, piece in enumerate(pieces):
        text_before, *others = [piece] if number % 2 else CITATION.split(piece)
        parts[-1] += text_before
        parts += others
    for place in range(0, len(parts) - 1, 2):
        # Without the space before it: a number must not begin a line of its own.
        parts[place] = parts[place][:-1] if parts[place].endswith((" ", "\n")) else parts[place]
    return tuple(parts)


def safe_html(text: str) -> str:
    """A Markdown text as HTML that holds nothing but the elements and attributes on the list."""
    if _PLAIN.fullmatch(text):
        html = text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}").replace("\n\n", "</p>\n<p>")
        html = _PLAIN_LINK.sub(r'<a href="\2">\1</a>', html) if "](" in html else html
        return f"<p>{html}</p>\n"
    return safe_html_whole(text)


def safe_html_whole(text: str) -> str:
    """The same by cmark and nh3 alone."""
    rendered = cmarkgfm.markdown_to_html_with_extensions(
        text, options=Options.CMARK_OPT_SMART, extensions=["table", "strikethrough"]
    )
    lowered = _HEADING.sub(lambda m: f"{m[1]}{min(int(m[2]) + 1, 6)}", rendered)
    return _CLEANER.clean(lowered)


def _cite(parts: tuple[str, ...], numbers: dict[str, int]) -> str:
    cited = list(parts)
    for place in range(1, len(parts), 2):
        mark = parts[place]
        cited[place] = _citation(mark, *[numbers[source] for source in cited_ids(mark)])
    return "".join(cited)


@cache  # there are few: most texts cite one of the first sources
def _citation(mark: str, *numbers: int) -> str:
    """What a citation mark becomes where its sources have these numbers."""
    links = [
        f'<a href="#source-{source}" aria-label="Source {number}">{number}</a>'
        for source, number in zip(cited_ids(mark), numbers, strict=True)
    ]
    return f'<sup class="kb-cite">{", ".join(links)}</sup>'


def _resolve_href(found: re.Match[str], link: Link) -> str:
    address = unescape(found[1])
    if not address.startswith("kb:"):
        return found[0]
    return f'<a href="{escape(link(address.removeprefix("kb:")), quote=True)}"'
