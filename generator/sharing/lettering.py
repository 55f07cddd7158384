"""Writes text upon the strips of a picture."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from PIL import ImageFont

from .strip import Piece, Strip, core

Mask = tuple[Any, tuple[int, int]]
"""How dark something is where (an image of Pillow's core, mode L), and where that is, seen from its place: (left, top) in pixels."""

_BY_LETTERS = re.compile(
    r"(?!.*f[fil]|.+[][(){}<>].)[!-~À-ÿ\u2018\u2019\u201c\u201d\u2013\u2014\u2026]+"
)
"""
Words whose letters look as they do alone, and stand as far apart as each two of them do: all but those with ligatures, and
with brackets inside, beside which it depends on letters further on.
"""


class Pen:
    """
    Writes in one color upon one ground, both numbers, with a font at one size; `anchor` is Pillow's, at the left.

    Pictures share most of their words, so how words look is kept for those of late; and a new one is put together of letters.
    """

    def __init__(
        self, font: ImageFont.FreeTypeFont, ink: int, ground: int = 0, anchor: str = "la"
    ) -> None:
        self._font, self._ink, self._ground, self._anchor = font, ink, ground, anchor
        self._space = font.getlength(" ")
        self._width = lru_cache(20_000)(self._measured)
        self._word = lru_cache(1_000)(self._drawn)
        self._letter = lru_cache(1_000)(self._mask)
        self._step = lru_cache(10_000)(self._apart)
        self._shown: set[str] = set()

    def write(
        self, strip: Strip, place: tuple[float, int], text: str, backwards: bool = False
    ) -> None:
        """Write a line of text, whose letters may run from right to left, at a place in pixels."""
        x, y = place
        for piece in _pieces(text):
            column, odd = divmod(round(x), 2)
            strip.put(self._word(piece, odd, backwards), column, y)
            x += self._width(piece) + self._space

    def length(self, text: str) -> float:
        """How long a line of text is, in pixels."""
        pieces = _pieces(text)
        return sum(map(self._width, pieces)) + self._space * (len(pieces) - 1)

    def lines(self, text: str, room: float) -> list[str]:
        """A text in lines of at most `room` pixels; a word that is longer is broken."""
        words = text.split(" ")
        widths = [*map(self._width, words)]
        if max(widths) > room:
            words = [*self._broken(words, room)]
            widths = [*map(self._width, words)]
        lines: list[list[str]] = []
        length = room  # no word goes on behind it
        for word, width in zip(words, widths, strict=True):
            length += self._space + width
            if length <= room:
                lines[-1].append(word)
            else:
                lines.append([word])
                length = width
        return [*map(" ".join, lines)]

    def _broken(self, words: Iterable[str], room: float) -> Iterator[str]:
        for word in words:
            while self._width(word) > room and len(word) > 1:
                lengths = range(len(word) - 1, 0, -1)
                most = next(n for n in lengths if self._width(word[:n]) <= room or n == 1)
                yield word[:most]
                word = word[most:]
            yield word

    def fit(self, text: str, room: float) -> str:
        """As much of a text as there is room for, in pixels, with an ellipsis where it is cut."""
        if self.length(text) <= room:
            return text
        most = bisect_right(
            range(1, len(text) + 1),
            room,
            key=lambda n: self.length(text[:n] + "\N{HORIZONTAL ELLIPSIS}"),
        )
        return text[:most].rstrip(" ,;:\N{HORIZONTAL ELLIPSIS}") + "\N{HORIZONTAL ELLIPSIS}"

    def only(self, text: str) -> str:
        """The characters of a text that the font has, with single spaces."""
        if not self._shown.issuperset(text):  # as nearly no text is
            for character in set(text) - self._shown:
                if character.isspace() or self._has(character):
                    self._shown.add(character)
                else:
                    text = text.replace(character, " ")
        return " ".join(text.split())

    def _has(self, character: str) -> bool:
        """Whether the font has a character: what it lacks looks like what is no character at all."""
        return bytes(self._font.getmask(character)) != bytes(self._font.getmask("\U0010ffff"))

    def _drawn(self, piece: str, odd: int, backwards: bool) -> Piece:
        """How a piece of text looks that begins in an even or `odd` column."""
        mask, (left, top) = self._mask(piece, backwards)
        width, height = mask.size
        column, odd = divmod(left + odd, 2)
        pixels = core.fill("P", (width + odd + (width + odd) % 2, height), self._ground)
        pixels.paste(self._ink, (odd, 0, odd + width, height), mask)
        return Piece.of(pixels, column, top)

    def _mask(self, piece: str, backwards: bool = False) -> Mask:
        """How dark a piece of text is where: the font's word takes four times as long as one put together of letters."""
        if len(piece) > 1 and not backwards and _BY_LETTERS.fullmatch(piece):
            return self._put_together(piece)
        direction = "rtl" if backwards else "ltr"
        return self._font.getmask2(piece, "L", anchor=self._anchor, direction=direction)

    def _put_together(self, word: str) -> Mask:
        """A word of its letters, pixel for pixel as the font has it."""
        boxes: list[tuple[int, int, int, int]] = []
        letters = [self._letter(letter) for letter in word]
        places = accumulate(self._steps(word), initial=0.0)
        for (mask, (left, top)), x in zip(letters, places, strict=True):
            left += int(x + 0.5)
            boxes.append((left, top, left + mask.size[0], top + mask.size[1]))
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        left, top = min(lefts), min(tops)
        whole = core.new("L", (max(rights) - left, max(bottoms) - top))
        for (mask, _), box in zip(letters, boxes, strict=True):
            whole.paste(255, (box[0] - left, box[1] - top, box[2] - left, box[3] - top), mask)
        return whole, (left, top)

    def _measured(self, piece: str) -> float:
        if len(piece) > 1 and _BY_LETTERS.fullmatch(piece):
            return sum(self._steps(piece), self._width(piece[-1]))
        return self._font.getlength(piece)

    def _steps(self, word: str) -> Iterable[float]:
        """How far it is from each letter to the next."""
        return map(self._step, word, word[1:])

    def _apart(self, letter: str, behind: str) -> float:
        return self._font.getlength(letter + behind) - self._width(behind)


def right_to_left(text: str) -> bool:
    """Whether the first letter of a text that runs in one direction runs so."""
    strong = (c for c in text if _runs_backwards(c) or unicodedata.bidirectional(c) == "L")
    return _runs_backwards(next(strong, " "))


def _pieces(text: str) -> list[str]:
    """
    What of a line is drawn by itself.

    That is its words, since most of them were drawn before. Where letters run from right to left, the order of
    words depends on their neighbors.
    """
    return [text] if not text.isascii() and any(map(_runs_backwards, text)) else text.split(" ")


@cache
def _runs_backwards(character: str) -> bool:
    """Whether it is a letter that runs from right to left."""
    return unicodedata.bidirectional(character) in ("R", "AL")
