"""The picture of a record that a link to it shows elsewhere (Open Graph, Twitter): 1200 by 630 pixels, PNG."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageColor, ImageDraw, ImageFont

from ..digests import key_of
from ..packing import ZLIB
from .png import Band, band, indexed_png

WIDTH, HEIGHT = 1200, 630
_MARGIN = 64
_INSIDE = WIDTH - 2 * _MARGIN

# A picture is put together of bands, with nothing but the ground between them, so that what many have is painted and packed once.
_TITLE, _FIGURE, _MARKS = 110, 432, 548
"""The rows of pixels in which bands begin."""

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
        title = self._title(card.title, 286 if card.figure else 388)
        bands = [_head(card.kind, self._font(_HEADING, 42), self._font(_PLAIN, 28))]
        bands += _packed(title)
        end = _TITLE + title.height
        if card.figure:
            figure = self._figure(card)
            bands += [_ground(_FIGURE - end), *_packed(figure)]
            end = _FIGURE + figure.height
        bands.append(_ground(_MARKS - end))
        bands += _marks(card.marks, card.level, self._font(_PLAIN, 26, 600))
        return indexed_png((WIDTH, HEIGHT), 4, _palette(), bands)

    def _title(self, title: str, room: int) -> Image.Image:
        """The title as large as there is room for, in pixels; a title that does not fit ends in an ellipsis."""
        name, text = self._readable(title)
        for size in (64, 56, 48, 42, 36):
            font = self._font(name, size if name == _HEADING else size - 6)
            height = round(size * 1.18)
            lines = _lines(text, font)
            most = room // height
            if len(lines) <= most:
                break
        if len(lines) > most:
            lines = lines[:most]
            lines[-1] = _fit(lines[-1] + "\N{HORIZONTAL ELLIPSIS}", font, _INSIDE)
        above = 22  # accents stick out of their lines
        image, draw = _blank(WIDTH, above + len(lines) * height)
        backwards = _right_to_left(text)
        for number, line in enumerate(lines):
            x = WIDTH - _MARGIN - _length(line, font) if backwards else _MARGIN
            direction = "rtl" if backwards else "ltr"
            _write(draw, (x, above + number * height), line, _TEXT, font, "la", direction)
        return image

    def _figure(self, card: Card) -> Image.Image:
        """The figure, and in at most two lines what it says."""
        image, draw = _blank(WIDTH, 95)
        draw.rectangle((_MARGIN, 0, WIDTH - _MARGIN, 94), fill=_SURFACE)
        draw.rectangle((_MARGIN, 0, _MARGIN + 6, 94), fill=_ACCENT)
        large = self._font(_HEADING, 50)
        figure = _fit(card.figure, large, 520)
        _write(draw, (_MARGIN + 28, 47), figure, _ACCENT, large, "lm")
        left = _MARGIN + 28 + round(_length(figure, large)) + 28
        small = self._font(_PLAIN, 25)
        room = WIDTH - _MARGIN - 20 - left
        lines = _lines(self._plain(card.figure_words), small, room)
        if len(lines) > 2:
            lines = [lines[0], _fit(" ".join(lines[1:]), small, room)]
        for number, line in enumerate(lines):
            y = 47 if len(lines) == 1 else 31 + 32 * number
            _write(draw, (left, y), line, _TEXT, small, "lm")
        return image

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
        text = " ".join(unicodedata.normalize("NFC", text).split())
        shown = _only(text, self._font(_HEADING, 40))
        if shown == text:  # as of most titles
            return _HEADING, text
        other = _only(text, self._font(_OTHER, 40))
        return max(
            ((_HEADING, shown), (_OTHER, other)), key=lambda it: sum(map(str.isalnum, it[1]))
        )

    def _plain(self, text: str) -> str:
        """A text without what the plain font lacks."""
        return _only(text, self._font(_PLAIN, 26))


@cache
def _palette() -> bytes:
    """The colors by their numbers, three bytes each; those between two known ones are steps from one to the other."""
    colors = [
        _mix(_KNOWN[first], _KNOWN[last], step / (last - first))
        for first, last in pairwise(sorted(_KNOWN))
        for step in range(last - first)
    ]
    return bytes(chain(*colors, ImageColor.getrgb(_KNOWN[_ACCENT])))


def _mix(first: str, second: str, share: float) -> tuple[int, ...]:
    pairs = zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def _mark_room(filled: int | None) -> int:
    """How many pixels of a mark are not its text."""
    return 44 + (0 if filled is None else 44)


def _blank(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A piece of the ground, and what draws on it."""
    image = Image.new("P", (width, height), _GROUND)
    return image, ImageDraw.Draw(image)


def _packed(image: Image.Image) -> list[Band]:
    """Something as wide as the picture: the lines in which anything is painted, and the ground above and below."""
    _, start, _, end = image.getbbox() or (0, 0, 0, 0)
    return [_ground(start), _band(image, start, end), _ground(image.height - end)]


def _band(image: Image.Image, start: int, end: int) -> Band:
    """Some lines of something as wide as the picture."""
    # A byte before each line says that it is not filtered: two more pixels of four bits, both zero.
    return band(image.crop((-2, start, WIDTH, end)).tobytes("raw", "P;4"))


@cache
def _ground(height: int) -> Band:
    return _band(Image.new("P", (WIDTH, height), _GROUND), 0, height)


@lru_cache(maxsize=100)
def _head(kind: str, heading: ImageFont.FreeTypeFont, small: ImageFont.FreeTypeFont) -> Band:
    """What stands above the title, the same in all pictures of a kind."""
    image, draw = _blank(WIDTH, _TITLE)
    draw.rectangle((0, 0, WIDTH, 14), fill=_ACCENT)
    _write(draw, (_MARGIN, 82), "Rewire", _TEXT, heading, "ls")
    draw.line((_MARGIN, 108, WIDTH - _MARGIN, 108), fill=_LINE, width=2)
    kind = _fit(kind, small, 500)
    _write(draw, (WIDTH - _MARGIN - _length(kind, small), 82), kind, _MUTED, small, "ls")
    return _band(image, 0, _TITLE)


@lru_cache(maxsize=1_000)
def _marks(marks: tuple[str, ...], level: str, font: ImageFont.FreeTypeFont) -> list[Band]:
    """As many facts as stand beside each other, the first with the evidence meter if there is a `level`, and all below them."""
    image, _ = _blank(WIDTH, HEIGHT - _MARKS)
    x = _MARGIN
    for number, text in enumerate(marks):
        filled = _METERS.get(level, 0) if number == 0 and level else None
        room = WIDTH - _MARGIN - x - _mark_room(filled)
        text = _fit(_only(text, font), font, room)
        if len(text) < 3 or _length(text, font) > room:
            break
        mark = _mark(text, font, filled)
        image.paste(mark, (x, 0))
        x += mark.width + 16
    return _packed(image)


@lru_cache(maxsize=500)
def _mark(text: str, font: ImageFont.FreeTypeFont, filled: int | None) -> Image.Image:
    """A fact with a line around it; before the first one the evidence meter, if so many of its bars are `filled`."""
    width = math.ceil(_length(text, font)) + _mark_room(filled)
    image, draw = _blank(width, 49)
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
    drawing = draw.draw  # what Pillow draws text with
    number = drawing.draw_ink(ink)
    for piece in _pieces(text):
        mask, (left, top) = _drawn(piece, font, anchor, direction)
        drawing.draw_bitmap((round(x) + left, y + top), mask, number)
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
    return [text] if not text.isascii() and any(map(_runs_backwards, text)) else text.split(" ")


# Titles share most of their words, so how words look and how long they are is kept for the words of late.


@lru_cache(maxsize=2_000)
def _drawn(
    piece: str, font: ImageFont.FreeTypeFont, anchor: str, direction: str
) -> tuple[Any, tuple[int, int]]:
    """How dark a piece of text is where, and where that is, seen from its place."""
    return font.getmask2(piece, "L", anchor=anchor, direction=direction)


@lru_cache(maxsize=20_000)
def _width(piece: str, font: ImageFont.FreeTypeFont) -> float:
    return font.getlength(piece)


@cache
def _shows(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether a font has a character: what it lacks looks like what is no character at all."""
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010ffff"))


def _only(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The characters of a text that a font has, with single spaces."""
    lacking = [c for c in set(text) if not (c.isspace() or _shows(font, c))]
    for character in lacking:
        text = text.replace(character, " ")
    return " ".join(text.split())


@cache
def _runs_backwards(character: str) -> bool:
    """Whether it is a letter that runs from right to left."""
    return unicodedata.bidirectional(character) in ("R", "AL")


def _right_to_left(text: str) -> bool:
    """Whether the first letter of a text that runs in one direction runs so."""
    strong = (c for c in text if _runs_backwards(c) or unicodedata.bidirectional(c) == "L")
    return _runs_backwards(next(strong, " "))


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
