"""
Reads a page as Pagefind does: its text, its words with their weights, the parts one can link to, and its metadata.

The rules are those of Pagefind 1.5; tests/search/test_index.py compares with what Pagefind itself finds. Two are not needed
here and left out: filters (facets are the catalog's) and images.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import TypedDict

from .gathering import SIGN, plain
from .markup import gather

_UNIT, _HEAVIEST = 24, 10
"""A weight of 1 in the index, and the largest weight."""


Weights = list[tuple[int, int]]
"""How many words follow each other that weigh so much, in 24ths."""


class Anchor(TypedDict):
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
    weights: Weights = field(default_factory=list)
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


def read(html: str) -> ReadPage:
    """Read a page, from the element that has all that is to be found of it to the end of that."""
    gathered = gather(html.replace(SIGN, ""))
    page = ReadPage(meta=gathered.meta)
    if gathered.heading:
        page.meta.setdefault("title", gathered.heading)
    weights = [_UNIT]
    # A space of no width is not left in any word.
    text = unescape(gathered.text).replace("\u200b", "")
    before, *others = text.split(SIGN)
    page.add(before.split(), _UNIT)
    for part in others:
        words = part.split()
        sign = words.pop(0)
        kind = sign[0]
        if kind == "a":
            element, id_, pieces = gathered.anchors[int(sign[1:])]
            page.anchors.append(
                {
                    "element": element,
                    "id": id_,
                    "text": plain("".join(pieces)),
                    "location": len(page.words),
                }
            )
        elif kind == "e":
            weights.pop()
        elif kind == "h" and len(weights) > 1:
            weights.append(weights[-1])  # what says what it weighs counts for its headings, too
        else:
            weights.append(_weight(sign[1:]))
        page.add(words, weights[-1])
    return page


@cache
def _weight(told: str) -> int:
    """A weight as the index has it, from 1 on."""
    try:
        weight = float(told)
    except ValueError:
        weight = 1
    return max(int(min(weight, _HEAVIEST) * _UNIT), 1)
