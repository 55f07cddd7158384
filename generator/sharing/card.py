"""The picture of a record that a link to it shows elsewhere (Open Graph, Twitter): 1200 by 630 pixels, PNG."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from ..digests import key_of
from .png import ZLIB, indexed_png

WIDTH, HEIGHT = 1200, 630
_MARGIN = 64
_INSIDE = WIDTH - 2 * _MARGIN

# The colors of theme/assets/css/tokens.css, light, as numbers. What is painted over something else is mixed with it by
# these numbers where its edges are soft, so that the colors stand in an order in which each lies between its neighbors
# where edges need that: the ground, gray, the text, gray, the surface, green, the accent. Sixteen fit into four bits.
_GROUND, _LINE, _BORDER, _MUTED, _TEXT, _SURFACE, _ACCENT = 0, 1, 3, 4, 6, 11, 15
_KNOWN = {
    _GROUND: "#fdfcf9",
    _LINE: "#dcd7ca",
    _BORDER: "#868980",
    _MUTED: "#565e5f",
    _TEXT: "#22282a",
    _SURFACE: "#f4f1e9",
    _ACCENT: "#0f5c4f",
}

_HEADING = "newsreader-latin-600.woff2"
_PLAIN = "atkinson-hyperlegible-next-latin.woff2"
_OTHER = "dejavu-sans-700.woff2"
"""For titles in letters that the site's own fonts don't have (Greek, Cyrillic, Arabic and others)."""

BUILD_ONLY = (_OTHER, "dejavu-sans.LICENSE.txt")
"""Vendored files that only these pictures need; no page loads them, so the site goes without."""

_METERS = {"strong": 4, "moderate": 3, "promising": 2, "rationale": 1}
"""How many of the four bars of the evidence meter are filled, as in the badge on the page."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says."""

    title: str
    kind: str
    level: str
    """The id of the level of evidence; empty where there is none."""
    marks: tuple[str, ...]
    """Short facts in words, such as ``Strong evidence``, ``Result: Positive``, ``New York, NY``."""
    figure: str
    """One figure, such as ``40.1% vs. 21.8%``; empty where there is none."""
    figure_words: str
    """What the figure says."""


@dataclass(frozen=True)
class Painter:
    """Paints cards with the fonts in one folder."""

    fonts: Path
    _sized: dict[tuple[str, int, int], ImageFont.FreeTypeFont] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """What a picture depends on beside its card and the program, for which the memory answers: fonts, and what packs it."""
        fonts = ((self.fonts / name).read_bytes() for name in (_HEADING, _PLAIN, _OTHER))
        return key_of(ZLIB, *fonts)

    def png(self, card: Card) -> bytes:
        """The picture as PNG, some 20 kB."""
        image = self._ground.copy()
        draw = ImageDraw.Draw(image)
        small = self._font(_PLAIN, 28)
        kind = _fit(card.kind, small, 500)
        _write(draw, (WIDTH - _MARGIN - _length(kind, small), 82), kind, _MUTED, small, "ls")
        self._title(draw, card.title, 132, 418 if card.figure else 520)
        if card.figure:
            self._figure(draw, card)
        self._marks(image, card)
        # A byte before each row says that it is not filtered: two more pixels of four bits, both zero.
        lines = image.crop((-2, 0, WIDTH, HEIGHT)).tobytes("raw", "P;4")
        return indexed_png((WIDTH, HEIGHT), 4, _palette(), lines)

    @cached_property
    def _ground(self) -> Image.Image:
        """What all pictures have."""
        image = Image.new("P", (WIDTH, HEIGHT), _GROUND)
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, WIDTH, 14), fill=_ACCENT)
        _write(draw, (_MARGIN, 82), "Rewire", _TEXT, self._font(_HEADING, 42), "ls")
        draw.line((_MARGIN, 108, WIDTH - _MARGIN, 108), fill=_LINE, width=2)
        return image

    def _title(self, draw: ImageDraw.ImageDraw, title: str, top: int, bottom: int) -> None:
        """The title as large as it fits; a title that does not fit ends in an ellipsis."""
        name, text = self._readable(title)
        for size in (64, 56, 48, 42, 36):
            font = self._font(name, size if name == _HEADING else size - 6)
            height = round(size * 1.18)
            lines = _lines(text, font)
            most = (bottom - top) // height
            if len(lines) <= most:
                break
        if len(lines) > most:
            lines = lines[:most]
            lines[-1] = _fit(lines[-1] + "\N{HORIZONTAL ELLIPSIS}", font, _INSIDE)
        backwards = _right_to_left(text)
        for number, line in enumerate(lines):
            x = WIDTH - _MARGIN - _length(line, font) if backwards else _MARGIN
            direction = "rtl" if backwards else "ltr"
            _write(draw, (x, top + number * height), line, _TEXT, font, "la", direction)

    def _figure(self, draw: ImageDraw.ImageDraw, card: Card) -> None:
        draw.rectangle((_MARGIN, 432, WIDTH - _MARGIN, 526), fill=_SURFACE)
        draw.rectangle((_MARGIN, 432, _MARGIN + 6, 526), fill=_ACCENT)
        large = self._font(_HEADING, 50)
        figure = _fit(card.figure, large, 520)
        _write(draw, (_MARGIN + 28, 479), figure, _ACCENT, large, "lm")
        left = _MARGIN + 28 + round(_length(figure, large)) + 28
        small = self._font(_PLAIN, 25)
        room = WIDTH - _MARGIN - 20 - left
        lines = _lines(self._plain(card.figure_words), small, room)
        if len(lines) > 2:
            lines = [lines[0], _fit(" ".join(lines[1:]), small, room)]
        for number, line in enumerate(lines):
            y = 479 if len(lines) == 1 else 463 + 32 * number
            _write(draw, (left, y), line, _TEXT, small, "lm")

    def _marks(self, image: Image.Image, card: Card) -> None:
        font, x = self._font(_PLAIN, 26, 600), _MARGIN
        for number, text in enumerate(card.marks):
            filled = _METERS.get(card.level, 0) if number == 0 and card.level else None
            room = WIDTH - _MARGIN - x - _mark_room(filled)
            text = _fit(self._plain(text), font, room)
            if len(text) < 3 or _length(text, font) > room:
                return
            mark = _mark(text, font, filled)
            image.paste(mark, (x, 548))
            x += mark.width + 16

    def _font(self, name: str, size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
        """A font at a size in pixels; `weight` is for the variable one."""
        key = (name, size, weight)
        if key not in self._sized:
            font = ImageFont.truetype(self.fonts / name, size)
            if name == _PLAIN:
                font.set_variation_by_axes([weight])
            self._sized[key] = font
        return self._sized[key]

    def _readable(self, text: str) -> tuple[str, str]:
        """The font that has most letters of a text, and the text without what that font lacks."""
        text = unicodedata.normalize("NFC", text)
        shown = {name: _only(text, self._font(name, 40)) for name in (_HEADING, _OTHER)}
        return max(shown.items(), key=lambda item: sum(c.isalnum() for c in item[1]))

    def _plain(self, text: str) -> str:
        """A text without what the plain font lacks."""
        return _only(text, self._font(_PLAIN, 26))


@cache
def _palette() -> list[tuple[int, ...]]:
    """The colors by their numbers; those between two known ones are steps from one to the other."""
    colors = [
        _mix(_KNOWN[first], _KNOWN[last], step / (last - first))
        for first, last in pairwise(sorted(_KNOWN))
        for step in range(last - first)
    ]
    return [*colors, ImageColor.getrgb(_KNOWN[_ACCENT])]


def _mix(first: str, second: str, share: float) -> tuple[int, ...]:
    pairs = zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def _mark_room(filled: int | None) -> int:
    """How many pixels of a mark are not its text."""
    return 44 + (0 if filled is None else 44)


@lru_cache(maxsize=500)
def _mark(text: str, font: ImageFont.FreeTypeFont, filled: int | None) -> Image.Image:
    """A fact with a line around it; before the first one the evidence meter, if so many of its bars are `filled`."""
    width = math.ceil(_length(text, font)) + _mark_room(filled)
    image = Image.new("P", (width, 49), _GROUND)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, width - 1, 48), 24, outline=_BORDER, width=2)
    x = 22
    if filled is not None:
        for bar in range(4):
            color = _TEXT if bar < filled else _BORDER
            box = (x + bar * 9, 32 - 6 * bar, x + bar * 9 + 6, 37)
            draw.rectangle(box, fill=_TEXT if bar < filled else None, outline=color)
        x += 44
    _write(draw, (x, 24), text, _TEXT, font, "lm")
    return image


def _write(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, int],
    text: str,
    ink: int,
    font: ImageFont.FreeTypeFont,
    anchor: str,
    direction: str = "ltr",
) -> None:
    """A line of text; `anchor` is Pillow's, at the left."""
    x, y = place
    for piece in _pieces(text):
        drawn, left, top = _drawn(piece, font, anchor, direction)
        draw.bitmap((round(x) + left, y + top), drawn, ink)
        x += _width(piece, font) + _width(" ", font)


def _length(text: str, font: ImageFont.FreeTypeFont) -> float:
    """How long a line of text is, in pixels."""
    pieces = _pieces(text)
    return sum(_width(piece, font) for piece in pieces) + _width(" ", font) * (len(pieces) - 1)


def _pieces(text: str) -> list[str]:
    """
    What of a line is drawn by itself.

    That is its words, since most of them were drawn before. Where letters run from right to left, the order of
    words depends on their neighbors.
    """
    if text.isascii() or not any(unicodedata.bidirectional(c) in _BACKWARDS for c in text):
        return text.split(" ")
    return [text]


# Titles share most of their words, so how words look and how long they are is kept for the words of late.


@lru_cache(maxsize=2_000)
def _drawn(
    piece: str, font: ImageFont.FreeTypeFont, anchor: str, direction: str
) -> tuple[Image.Image, int, int]:
    """How dark a piece of text is where, and where that is, seen from its place."""
    left, top, right, bottom = map(round, font.getbbox(piece, anchor=anchor, direction=direction))
    image = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    draw = ImageDraw.Draw(image)
    draw.text((-left, -top), piece, 255, font, anchor=anchor, direction=direction)
    return image, left, top


@lru_cache(maxsize=20_000)
def _width(piece: str, font: ImageFont.FreeTypeFont) -> float:
    return font.getlength(piece)


@cache
def _shows(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether a font has a character: what it lacks looks like what is no character at all."""
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010ffff"))


def _only(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The characters of a text that a font has, with single spaces."""
    lacking = {c for c in set(text) if not (c.isspace() or _shows(font, c))}
    return " ".join("".join(" " if c in lacking else c for c in text).split())


_BACKWARDS = ("R", "AL")
"""The classes of letters that run from right to left, in Unicode."""


def _right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind for kind in strong if kind in ("L", *_BACKWARDS)), "L") != "L"


def _fit(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """As much of a text as there is room for, in pixels, with an ellipsis where it is cut."""
    if _length(text, font) <= room:
        return text
    most = bisect_right(
        range(1, len(text) + 1),
        room,
        key=lambda n: _length(text[:n] + "\N{HORIZONTAL ELLIPSIS}", font),
    )
    return text[:most].rstrip(" ,;:\N{HORIZONTAL ELLIPSIS}") + "\N{HORIZONTAL ELLIPSIS}"


def _lines(text: str, font: ImageFont.FreeTypeFont, room: float = _INSIDE) -> list[str]:
    """A text in lines of at most `room` pixels; a word that is longer is broken."""
    lines: list[str] = []
    length, space = 0.0, _width(" ", font)
    for word in _words(text, font, room):
        width = _width(word, font)
        if lines and length + space + width <= room:
            lines[-1] += f" {word}"
            length += space + width
        else:
            lines.append(word)
            length = width
    return lines


def _words(text: str, font: ImageFont.FreeTypeFont, room: float) -> Iterator[str]:
    for word in text.split(" "):
        while _width(word, font) > room and len(word) > 1:
            most = next(
                n for n in range(len(word) - 1, 0, -1) if _width(word[:n], font) <= room or n == 1
            )
            yield word[:most]
            word = word[most:]
        yield word
