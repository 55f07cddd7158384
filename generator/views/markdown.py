"""
Markdown of records to safe HTML.

cmark leaves raw HTML and unsafe addresses out; nh3 then lets only a closed list of elements and
attributes through. Both must fail before a contributor's script could reach a page. Text that is plain throughout needs neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape, unescape

import cmarkgfm
import nh3
from cmarkgfm.cmark import Options

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
_CITATION_IN_TAG = re.compile(r"<[^>]*\[s")
_LINK = re.compile(r'<a href="(kb:[^"]*)"')
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


class Marks(dict[str, str]):
    """
    What stands on pages where a text cites or links by id, each made when a text first asks for it.

    By the sources of a citation mark, such as ``s1, s2``, links to them; by an address, such as ``kb:cuny-asap``, the
    beginning of a link.
    """

    def __init__(self, link: Callable[[str], str], numbers: Mapping[str, int]) -> None:
        """
        `link`: from what follows ``kb:`` to an address as the page must write it.

        `numbers` maps the ids of the record's sources to their numbers on the page.
        """
        self._link, self._numbers = link, numbers

    def __missing__(self, mark: str) -> str:
        """Make it. Raises KeyError for a source that the check would have refused."""
        make = self._begun if mark.startswith("kb:") else self._citation
        made = self[mark] = make(mark)
        return made

    def _citation(self, sources: str) -> str:
        links = [
            f'<a href="#source-{source}" aria-label="Source {self._numbers[source]}">{self._numbers[source]}</a>'
            for source in cited_ids(sources)
        ]
        return f'<sup class="kb-cite">{", ".join(links)}</sup>'

    def _begun(self, address: str) -> str:
        target = unescape(address).removeprefix("kb:")
        return f'<a href="{escape(self._link(target), quote=True)}"'


def prose(text: str, marks: Marks) -> str:
    """Return a Markdown text as HTML. Headings are lowered by one: the page's title is the only h1."""
    return _joined(_cut(safe_html(text)), marks)


def inline(text: str, marks: Marks) -> str:
    """Return one paragraph of Markdown as HTML without the paragraph around it, for list items."""
    return _joined(_item(text), marks)


def _joined(parts: Sequence[str], marks: Marks) -> str:
    """The parts of some HTML with what stands for its marks."""
    shown = list(parts)
    shown[1::2] = [marks[mark] for mark in parts[1::2]]
    return "".join(shown)


@cache
def _item(text: str) -> Sequence[str]:
    """A text that stands in a list, as safe HTML cut at its marks."""
    html = safe_html(text)
    if html.count("<p>") == 1 and html.startswith("<p>") and html.rstrip().endswith("</p>"):
        html = html.strip()[3:-4]
    return tuple(_cut(html))


def _cut(html: str) -> list[str]:
    """Safe HTML, cut at its marks: HTML, mark, HTML, and so on."""
    parts = _cited(html) if _CITATION_IN_TAG.search(html) else CITATION.split(html)
    for place in range(0, len(parts) - 1, 2):
        # Without the space before it: a number must not begin a line of its own.
        if parts[place].endswith((" ", "\n")):
            parts[place] = parts[place][:-1]
    if '<a href="kb:' not in html:
        return parts
    cut: list[str] = []
    for place, part in enumerate(parts):
        cut += [part] if place % 2 else _LINK.split(part)
    return cut


def _cited(html: str) -> list[str]:
    """HTML cut at its citation marks, where an attribute holds what is one elsewhere."""
    parts = [""]
    for number, piece in enumerate(_TAG.split(html)):
        before, *others = [piece] if number % 2 else CITATION.split(piece)
        parts[-1] += before
        parts += others
    return parts


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
