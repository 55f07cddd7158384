"""Rules about prose: citations, links by id, and Markdown that a page could not show safely."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..models.entry import Entry
from ..models.walk import Location
from ..prose import CITATION, kb_links, without_code
from ..resolver import Unresolved
from .rules import Context, NamesRule, RecordRule, Rule, cited_by, prose_of


def _leads_nowhere(entry: Entry, context: Context) -> bool:
    """Whether any link does not lead to a record."""
    resolve = context.resolver.resolve
    return any(isinstance(resolve(link), Unresolved) for link in entry.extract.links)


def _links(entry: Entry, context: Context) -> Iterator[Diagnostic]:
    """Every link by id leads to a record."""
    for location, text in prose_of(entry):
        for link in kb_links(text):
            found = context.resolver.resolve(link.target)
            name = link.target.partition("#")[0].rpartition("/")[2]
            if isinstance(found, Unresolved) and name not in context.excused:
                nth = text[: link.offset - 3].count(f"kb:{link.target}")
                yield entry.finding_in(
                    location, f"kb:{link.target}", found.code, found.message, found.hint, nth
                )


_HTML = re.compile(r"<(?:[A-Za-z/!?][^<>]*>?)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]*>")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)?")
_ADDRESS = re.compile(r"\]\(\s*<?([^)\s>]*)")
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|kb:|#)")
_REFERENCE_LINK = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*\S+", re.M)


def _markdown(entry: Entry) -> Iterator[Diagnostic]:
    """No raw HTML, no pictures, and links only to where a reader may safely go."""
    for location, text in prose_of(entry):
        plain = without_code(text)
        html = _HTML.search(_AUTOLINK.sub("", plain)) if "<" in plain else None
        if html:
            yield entry.finding_in(
                location,
                html[0],
                "html-in-prose",
                f"HTML is not allowed in prose: `{html[0][:40]}`",
                "Use Markdown: *emphasis*, **strong**, lists, [words](https://address). "
                "Write a less-than sign as `&lt;`.",
            )
        for image in _IMAGE.finditer(plain) if "![" in plain else ():
            yield entry.finding_in(
                location,
                image[0],
                "picture-in-prose",
                "pictures are not shown in records",
                "Describe in words what the picture shows, and cite the page it stands on.",
                text[: image.start()].count(image[0]),
            )
        for sign, pattern in (("](", _ADDRESS), ("]:", _REFERENCE_LINK)):
            if sign in plain:
                yield from _addresses(entry, location, plain, pattern)


def _addresses(
    entry: Entry, location: Location, plain: str, pattern: re.Pattern[str]
) -> Iterator[Diagnostic]:
    for link in pattern.finditer(plain):
        if pattern is _REFERENCE_LINK:
            yield entry.finding_in(
                location,
                link[0].strip(),
                "link-form",
                "links are written with their address beside the words",
                "Write `[words](https://address)` or `[words](kb:id)`.",
            )
        elif not _SAFE_ADDRESS.match(link[1]):
            yield entry.finding_in(
                location,
                link[0],
                "link-address",
                f"`{link[1][:60]}` is not an address that a page may link to",
                "Link to a record by its id, `kb:cuny-asap`, or to a page by its whole address, https://….",
            )


_LAW = re.compile(
    r"\b\d+ (?:CFR|U\.?S\.?C\.?|FR|Fed\. Reg\.)(?: part)? ?[\d.()a-z-]*"
    r"|\b(?:secs?\.|sections?|titles?|TEGL|tiers?|H-1B|s\.|P-TECH|grades?) ?(?:\d[\w.()-]*(?:(?:,| and| or| to) \d[\w.()-]*)*)",
    re.I,
)
_YEAR_OR_DAY = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{1,2},?)?(?: \d{4})?|(?:19|20)\d\d(?:[-\N{EN DASH}/](?:19|20)?\d\d)?s?)\b"
)
_FIGURE = re.compile(r"(?<![\w.])\$?\d[\d,.]*")
_PARAGRAPH_END = re.compile(r"(\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.) ))")
_LINK_END = re.compile(r"\]\([^)]*\)")
_LIST_NUMBER = re.compile(r"^\s*\d+\. ", re.M)


def _figures(entry: Entry) -> Iterator[Diagnostic]:
    """A paragraph with a figure says where the figure is from: a citation, or the case it belongs to."""
    for location, text in prose_of(entry):
        offset = 0
        for paragraph in _PARAGRAPH_END.split(text):
            found = _unsourced_figure(paragraph)
            if found:
                figure = found[0].rstrip(".,")
                yield entry.finding_in(
                    location,
                    figure,
                    "figure-without-source",
                    f"the figure `{figure}` stands in a paragraph that cites no source",
                    "Cite the source after the sentence, `[s1]`; or take the figure out.",
                    text[: offset + found.start()].count(figure),
                )
            offset += len(paragraph)


_NOT_FIGURES = (_LINK_END, _LIST_NUMBER, _LAW, _YEAR_OR_DAY)


def _unsourced_figure(paragraph: str) -> re.Match[str] | None:
    if CITATION.search(paragraph) or "(kb:" in paragraph:
        return None
    bare = without_code(paragraph)
    for pattern in _NOT_FIGURES:  # blanked out, so that the rest keeps its place
        bare = pattern.sub(lambda found: " " * len(found[0]), bare)
    return _FIGURE.search(bare)


def _citations(entry: Entry) -> Iterator[Diagnostic]:
    """Every citation in prose names a source of the record."""
    sources = getattr(entry.record, "sources", None)
    if sources is None:
        return
    known = {source.id for source in sources if hasattr(source, "id")}
    for location, cited in cited_by(entry):
        for source in cited:
            if source not in known:
                yield entry.finding_in(
                    location,
                    source,
                    "unknown-source",
                    f"`[{source}]` is cited, but the record has no source `{source}`",
                    f"Add it under `sources`, or cite one of: {', '.join(sorted(known, key=_number))}.",
                )


def _number(source: str) -> int:
    return int(source[1:])


RULES: tuple[Rule, ...] = (
    NamesRule("links", _links, _leads_nowhere),
    RecordRule("markdown", _markdown),
    RecordRule("figures", _figures),
    RecordRule("citations", _citations),
)

PATTERNS = {
    "html": _HTML,
    "autolink": _AUTOLINK,
    "image": _IMAGE,
    "address": _ADDRESS,
    "safeAddress": _SAFE_ADDRESS,
    "referenceLink": _REFERENCE_LINK,
    "law": _LAW,
    "yearOrDay": _YEAR_OR_DAY,
    "figure": _FIGURE,
    "paragraphEnd": _PARAGRAPH_END,
    "linkEnd": _LINK_END,
    "listNumber": _LIST_NUMBER,
}
"""What the form in the browser looks for with the same rules; names as `theme/assets/js/form/prose-rules.js` has them."""
