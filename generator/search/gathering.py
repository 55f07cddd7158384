"""What is gathered of a page while it is read: pieces of its text with signs between them, parts one can link to, and metadata."""

from __future__ import annotations

import re
from html import unescape

SIGN = "\x01"
"""Begins what stands between the words of a text and is no word: ``a`` an anchor, ``w`` and ``h`` a weight, ``e`` its end."""

_SENTENCE_GOES_ON = re.compile(r"""[\w'")$*]""")
"""A character after which a sentence needs its full stop."""
_NEWLINES = re.compile(r"(?:\r?\n)+")
_SIGNS = re.compile(r"\x01\S+\s?")
_BLANKS = re.compile(r"\s{2,}")


class Gathered:
    """What was gathered of a page so far. Methods that need no text are given an empty one: all are called alike."""

    def __init__(self) -> None:
        self.anchors: list[tuple[str, str, list[str]]] = []
        """Of each: its element, its id, and the pieces of its text."""
        self.meta: dict[str, str] = {}
        self.heading = ""
        """The first one of the page."""
        self.id = ""
        """What a sign stands for, where an id is told."""
        self._pieces: list[str] = []
        self._begins: list[int] = []
        """At which pieces those elements begin of whose text something is still to be done."""
        self._named: tuple[list[str], ...] = ()
        """The texts of the anchors that what follows belongs to."""
        self._named_around: list[tuple[list[str], ...]] = []

    @property
    def text(self) -> str:
        """The text of the page, as HTML writes it, with signs."""
        return "".join(self._pieces)

    def say(self, text: str) -> None:
        """Add what the page says."""
        self._pieces.append(text)
        for pieces in self._named:
            pieces.append(text)

    def add(self, text: str) -> None:
        """Add blanks or signs that the page itself does not have."""
        self._pieces.append(text)

    def stop(self, _: str) -> None:
        """End a sentence, if there is one."""
        if _SENTENCE_GOES_ON.match(self._pieces[-1][-1]):
            self._pieces.append(".")

    def link(self, told: str) -> None:
        """Begin a part that one can link to, told by its element and its id."""
        element, id_ = told.split()
        if id_ == SIGN:
            id_ = "".join(self.id.split())
        self._pieces.append(f" {SIGN}a{len(self.anchors)} ")
        pieces: list[str] = []
        self.anchors.append((element, id_, pieces))
        self._named_around.append(self._named)
        self._named = (*self._named, pieces)

    def narrow(self, _: str) -> None:
        """Begin what belongs to no anchor around it."""
        self._named_around.append(self._named)
        self._named = ()

    def widen(self, _: str) -> None:
        """End what one can link to, or what belonged to no anchor."""
        self._named = self._named_around.pop()

    def mark(self, _: str) -> None:
        """Begin an element that ends with `forget`, `describe` or `entitle`."""
        self._begins.append(len(self._pieces))

    def forget(self, _: str) -> None:
        """End an element whose words are not to be found."""
        del self._pieces[self._begins.pop() :]

    def entitle(self, _: str) -> None:
        """End a heading of the page."""
        text = self._marked()
        self.heading = self.heading or plain(text)

    def describe(self, told: str) -> None:
        """End an element that has metadata: ``name`` (its text), ``name:value``, or several names with commas between."""
        names, literal, value = told.partition(":")
        *others, last = [name.strip() for name in names.split(",")]
        text = self._marked()
        if text:
            self.meta.update(dict.fromkeys(others, plain(text)))
        if last and (literal or text):
            self.meta[last] = plain(value if literal else text)

    def _marked(self) -> str:
        return "".join(self._pieces[self._begins.pop() :])


def plain(text: str) -> str:
    """Text without the marks of HTML, with single blanks and no signs."""
    text = unescape(text).strip()
    if text.isprintable() and "  " not in text:  # nearly always
        return text
    return _SIGNS.sub("", _BLANKS.sub(" ", _NEWLINES.sub(" ", text)))
