"""Paints the picture of a record that a link to it shows elsewhere (Open Graph, Twitter)."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain, pairwise
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from .card import HEADING, HEIGHT, OTHER, PLAIN, WIDTH, Card
from .lettering import Pen, right_to_left
from .png import Band, band, indexed_png
from .strip import BITS, Piece, Strip

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

_METERS = {"strong": 4, "moderate": 3, "promising": 2, "rationale": 1}
"""How many of the four bars of the evidence meter are filled, as in the badge on the page."""


@dataclass(frozen=True)
class Painter:
    """Paints cards with the fonts in one folder."""

    fonts: Path
    _pens: dict[tuple[str | int, ...], Pen] = field(default_factory=dict)

    def png(self, card: Card) -> bytes:
        """The picture as PNG, some 20 kB."""
        large, small = self._pen(HEADING, 42, anchor="ls"), self._pen(PLAIN, 28, _MUTED, "ls")
        title = self._title(card.title, 286 if card.figure else 388)
        bands = [_head(card.kind, large, small), title.band()]
        end = _TITLE + title.height
        if card.figure:
            figure = self._figure(card)
            bands += [_ground(_FIGURE - end), figure.band()]
            end = _FIGURE + figure.height
        marks = _marks(card.marks, card.level, self._pen(PLAIN, 26, anchor="lm", weight=600))
        bands += [_ground(_MARKS - end), marks]
        return indexed_png((WIDTH, HEIGHT), BITS, _palette(), bands)

    def _title(self, title: str, room: int) -> Strip:
        """The title as large as there is room for, in pixels; a title that does not fit ends in an ellipsis."""
        name, text = self._readable(title)
        for size in (64, 56, 48, 42, 36):
            pen = self._pen(name, size if name == HEADING else size - 6)
            height = round(size * 1.18)
            lines = pen.lines(text, _INSIDE)
            most = room // height
            if len(lines) <= most:
                break
        if len(lines) > most:
            lines = lines[:most]
            lines[-1] = pen.fit(lines[-1] + "\N{HORIZONTAL ELLIPSIS}", _INSIDE)
        above = 22  # accents stick out of their lines
        strip = Strip.blank(WIDTH, above + len(lines) * height)
        backwards = right_to_left(text)
        for number, line in enumerate(lines):
            x = WIDTH - _MARGIN - pen.length(line) if backwards else _MARGIN
            pen.write(strip, (x, above + number * height), line, backwards)
        return strip

    def _figure(self, card: Card) -> Strip:
        """The figure, and in at most two lines what it says."""
        strip = _surface().copy()
        large = self._pen(HEADING, 50, _ACCENT, "lm", ground=_SURFACE)
        figure = large.fit(large.only(card.figure), 520)
        large.write(strip, (_MARGIN + 28, 47), figure)
        left = _MARGIN + 28 + round(large.length(figure)) + 28
        small = self._pen(PLAIN, 25, anchor="lm", ground=_SURFACE)
        room = WIDTH - _MARGIN - 20 - left
        lines = small.lines(small.only(card.figure_words), room)
        if len(lines) > 2:
            lines = [lines[0], small.fit(" ".join(lines[1:]), room)]
        for number, line in enumerate(lines):
            small.write(strip, (left, 47 if len(lines) == 1 else 31 + 32 * number), line)
        return strip

    def _pen(
        self,
        name: str,
        size: int,
        ink: int = _TEXT,
        anchor: str = "la",
        ground: int = _GROUND,
        weight: int = 400,
    ) -> Pen:
        """What writes in a font at a size in pixels; `weight` is for the variable one."""
        key = (name, size, ink, anchor, ground, weight)
        if key not in self._pens:
            font = ImageFont.truetype(self.fonts / name, size)
            if name == PLAIN:
                font.set_variation_by_axes([weight])
            self._pens[key] = Pen(font, ink, ground, anchor)
        return self._pens[key]

    def _readable(self, text: str) -> tuple[str, str]:
        """The font that has most letters of a text, and the text without what that font lacks."""
        text = " ".join(unicodedata.normalize("NFC", text).split())
        shown = self._pen(HEADING, 64).only(text)
        if shown == text:  # as of most titles
            return HEADING, text
        other = self._pen(OTHER, 58).only(text)
        return max(((HEADING, shown), (OTHER, other)), key=lambda it: sum(map(str.isalnum, it[1])))


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


@cache
def _ground(height: int) -> Band:
    return band(bytes((1 + WIDTH // 2) * height))


def _blank(height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A piece of the ground as wide as the picture, and what draws on it."""
    image = Image.new("P", (WIDTH, height), _GROUND)
    return image, ImageDraw.Draw(image)


@lru_cache(maxsize=100)
def _head(kind: str, heading: Pen, small: Pen) -> Band:
    """What stands above the title, the same in all pictures of a kind."""
    image, draw = _blank(_TITLE)
    draw.rectangle((0, 0, WIDTH, 14), fill=_ACCENT)
    draw.line((_MARGIN, 108, WIDTH - _MARGIN, 108), fill=_LINE, width=2)
    strip = Strip.of(image)
    heading.write(strip, (_MARGIN, 82), "Rewire")
    kind = small.fit(kind, 500)
    small.write(strip, (WIDTH - _MARGIN - small.length(kind), 82), kind)
    return strip.band()


@cache
def _surface() -> Strip:
    """What a figure stands upon."""
    image, draw = _blank(95)
    draw.rectangle((_MARGIN, 0, WIDTH - _MARGIN, 94), fill=_SURFACE)
    draw.rectangle((_MARGIN, 0, _MARGIN + 6, 94), fill=_ACCENT)
    return Strip.of(image)


@lru_cache(maxsize=1_000)
def _marks(marks: tuple[str, ...], level: str, pen: Pen) -> Band:
    """As many facts as stand beside each other, the first with the evidence meter if there is a `level`, and all below them."""
    strip = Strip.blank(WIDTH, HEIGHT - _MARKS)
    x = _MARGIN
    for number, text in enumerate(marks):
        filled = _METERS.get(level, 0) if number == 0 and level else None
        before = 22 if filled is None else 66
        room = WIDTH - _MARGIN - x - before - 22
        text = pen.fit(pen.only(text), room)
        length = pen.length(text)
        if len(text) < 3 or length > room:
            break
        width = before + math.ceil(length) + 22
        column, odd = divmod(x, 2)
        strip.put(_mark(width, filled, odd), column, 0)
        pen.write(strip, (x + before, 24), text)
        x += width + 16
    return strip.band()


@lru_cache(maxsize=500)
def _mark(width: int, filled: int | None, odd: int) -> Piece:
    """What stands around a fact, in an even or `odd` column: a line, and the evidence meter, if so many of its bars are `filled`."""
    image = Image.new("P", (odd + width + (odd + width) % 2, 49), _GROUND)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((odd, 0, odd + width - 1, 48), 24, outline=_BORDER, width=2)
    if filled is not None:
        for bar in range(4):
            color = _TEXT if bar < filled else _BORDER
            x = odd + 22 + bar * 9
            box = (x, 32 - 6 * bar, x + 6, 37)
            draw.rectangle(box, fill=_TEXT if bar < filled else None, outline=color)
    return Piece.of(image.im)
