"""
Reads a page as Pagefind does: its text, its words with their weights, the parts one can link to, and its metadata.

The rules are those of Pagefind 1.5; tests/search/test_index.py compares with what Pagefind itself finds. Two are not needed
here and left out: filters (facets are the catalog's) and images.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape


def _names(of_elements: str) -> frozenset[str]:
    return frozenset(of_elements.split())


_TAG = re.compile(r"""<([^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)>""")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_TELLING = ("id=", "data-pagefind-")
"""What is in each attribute that says anything here."""

_VOID = _names("area base br col embed hr img input link meta source track wbr")
_BLOCKS = _names("h1 h2 h3 h4 h5 h6 p td div ul li article section")
"""A sentence ends with such an element."""
_INLINE = _names(
    "a abbr acronym b bdo big br button cite code dfn em i img input kbd label map object output q samp script"
    " select small span strong sub sup textarea time tt var"
)
"""The words in such an element are also those of the one around it."""
_IGNORED = ("", "index", "true")
"""Values of ``data-pagefind-ignore`` that leave metadata to be found."""
_PASSED_OVER = _names("head style script noscript label form svg footer nav iframe template")
_SENTENCE_GOES_ON = re.compile(r"""[\w'")$*]""")
"""A character after which a sentence needs its full stop."""
_HEADINGS = {"h1": 7, "h2": 6, "h3": 5, "h4": 4, "h5": 3, "h6": 2}
"""What words weigh in a heading, where nothing around it says."""
_UNIT, _HEAVIEST = 24, 10
"""A weight of 1 in the index, and the largest weight."""

_NEWLINES = re.compile(r"(?:\r?\n)+")
_SIGNS = re.compile(r"\x01\S+\s?")
_BLANKS = re.compile(r"\s{2,}")
_SIGN = "\x01"
"""Begins what stands between the words of a text and is no word: ``a`` an anchor, ``w`` and ``h`` a weight, ``e`` its end."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A part of a page that one can link to."""

    element: str
    id: str
    text: str
    location: int
    """The number of the next word."""


@dataclass(slots=True)
class ReadPage:
    """What is to be found of one page."""

    words: list[str] = field(default_factory=list)
    """As they stand in the text."""
    weights: list[tuple[int, int]] = field(default_factory=list)
    """How many words follow each other that weigh so much, in 24ths."""
    anchors: list[Anchor] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All words with blanks between them."""
        return " ".join(self.words)

    def add(self, words: list[str], weight: int) -> None:
        """Words that follow."""
        self.words += words
        self.weights.append((len(words), weight))


@dataclass(frozen=True, slots=True)
class _Tag:
    """What the first or the last tag of an element says."""

    name: str
    ends: bool = False
    void: bool = False
    block: bool = False
    inline: bool = False
    ignored: bool = False
    """The words of the element are not to be found, but its metadata are."""
    excluded: bool = False
    """Nothing of it is to be found."""
    id: str = ""
    meta: str = ""
    weight: str = ""
    """The sign of what its words weigh, or empty."""
    plain: bool = True
    """Its words are only some of the element around it."""


@lru_cache(maxsize=4096)
def _tag(text: str) -> _Tag:
    """Read a tag, without its angle brackets. Most are the same on every page."""
    name = text.split(maxsplit=1)[0].strip("/") if text.strip() else ""
    if text.startswith("/"):
        return _Tag(name, ends=True)
    told = _attributes(text[len(name) :]) if any(mark in text for mark in _TELLING) else {}
    ignore, weight = told.get("data-pagefind-ignore"), told.get("data-pagefind-weight")
    if weight is not None:
        weight = f" {_SIGN}w{weight} "
    elif name in _HEADINGS:
        weight = f" {_SIGN}h{_HEADINGS[name]} "
    void, block = name in _VOID, name in _BLOCKS
    ignored = name in _PASSED_OVER or ignore in _IGNORED
    excluded = ignore is not None and not ignored
    id_ = "" if ignore is not None else "".join(told.get("id", "").split())
    meta = told.get("data-pagefind-meta", "")
    return _Tag(
        name,
        void=void,
        block=block,
        inline=name in _INLINE,
        ignored=ignored,
        excluded=excluded,
        id=id_,
        meta=meta,
        weight=weight or "",
        plain=not (void or block or ignored or id_ or meta or weight),
    )


def read(html: str) -> ReadPage:
    """Read a page, from the element that has all that is to be found of it to the end of that."""
    reader = _Reader()
    reader.read(html.replace(_SIGN, ""))
    return reader.page()


class _Reader:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        """Of the text."""
        self._anchors: list[tuple[str, str, list[str]]] = []
        """Of each: its element, its id, and the pieces of its text."""
        self._meta: dict[str, str] = {}
        self._heading = ""
        """The first one of the page."""

    def read(self, html: str) -> None:
        pieces, texts = self._pieces, _TAG.split(html)
        opened: list[tuple[_Tag, int, tuple[int, ...]]] = []
        # The parts that the words are in which come next, by their numbers.
        anchors: tuple[int, ...] = ()
        parts = zip(map(_tag, texts[1::2]), texts[2::2], strict=True)
        for tag, text in parts:
            if tag.excluded:
                text = _after(tag, parts)
            elif not tag.ends:
                begin, around = len(pieces), anchors
                if not tag.inline:
                    anchors = ()
                if not tag.plain:
                    if tag.id:
                        begin += 1
                        anchors = (*anchors, len(self._anchors))
                    self._begin(tag)
                if tag.void:
                    self._describe(tag, begin)
                    anchors = around
                else:
                    opened.append((tag, begin, around))
            elif opened[-1][0].name == tag.name or any(tag.name == o[0].name for o in opened):
                ended = None
                while ended != tag.name:
                    element, begin, anchors = opened.pop()
                    ended = element.name
                    if not element.plain:
                        self._end(element, begin)
                if not opened:
                    return
            if text:
                pieces.append(text)
                for number in anchors:
                    self._anchors[number][2].append(text)

    def _begin(self, tag: _Tag) -> None:
        if tag.id:
            self._pieces.append(f" {_SIGN}a{len(self._anchors)} ")
            self._anchors.append((tag.name, tag.id, []))
        if tag.weight:
            self._pieces.append(tag.weight)
        if tag.block or tag.name == "br":
            self._pieces.append(" ")

    def _end(self, tag: _Tag, begin: int) -> None:
        pieces, start = self._pieces, begin + bool(tag.weight) + tag.block
        if tag.meta:
            self._describe(tag, start)
        if tag.name == "h1" and not self._heading:
            self._heading = _plain("".join(pieces[start:]))
        if tag.ignored:
            del pieces[begin:]
            return
        if tag.block:
            if len(pieces) > start and _SENTENCE_GOES_ON.match(pieces[-1][-1]):
                pieces.append(".")
            pieces.append(" ")
        if tag.weight:
            pieces.append(f" {_SIGN}e ")

    def _describe(self, tag: _Tag, start: int) -> None:
        """Take metadata from an element: ``name`` (its text), ``name:value``, or several names with commas between."""
        names, literal, value = tag.meta.partition(":")
        *others, last = [name.strip() for name in names.split(",")]
        text = "".join(self._pieces[start:])
        if text:
            self._meta.update(dict.fromkeys(others, _plain(text)))
        if last and (literal or text):
            self._meta[last] = _plain(value if literal else text)

    def page(self) -> ReadPage:
        """What was read."""
        page = ReadPage(meta=self._meta)
        if self._heading:
            page.meta.setdefault("title", self._heading)
        weights = [_UNIT]
        # A space of no width is not left in any word.
        text = unescape("".join(self._pieces)).replace("\u200b", "")
        before, *others = text.split(_SIGN)
        page.add(before.split(), _UNIT)
        for part in others:
            sign, *words = part.split()
            kind, told = sign[0], sign[1:]
            if kind == "a":
                element, id_, pieces = self._anchors[int(told)]
                page.anchors.append(Anchor(element, id_, _plain("".join(pieces)), len(page.words)))
            elif kind == "e":
                weights.pop()
            elif kind == "h" and len(weights) > 1:
                weights.append(weights[-1])  # what says what it weighs counts for its headings, too
            else:
                weights.append(_weight(told))
            page.add(words, weights[-1])
        return page


def _after(excluded: _Tag, parts: Iterator[tuple[_Tag, str]]) -> str:
    """The text that follows an element, nothing of which is to be found."""
    depth = 1
    for tag, text in parts:
        if tag.name == excluded.name:
            depth += -1 if tag.ends else 1
        if not depth:
            return text
    return ""


def _attributes(text: str) -> dict[str, str]:
    return {
        name: double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(text)
    }


def _weight(told: str) -> int:
    """A weight as the index has it, from 1 on."""
    try:
        weight = float(told)
    except ValueError:
        weight = 1
    return max(int(min(weight, _HEAVIEST) * _UNIT), 1)


def _plain(text: str) -> str:
    """Text without the marks of HTML, with single blanks and no signs."""
    text = unescape(text).strip()
    if text.isprintable() and "  " not in text:  # nearly always
        return text
    return _SIGNS.sub("", _BLANKS.sub(" ", _NEWLINES.sub(" ", text)))
