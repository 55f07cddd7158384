"""The picture of a record that a link to it shows elsewhere (Open Graph, Twitter): 1200 by 630 pixels, PNG."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_MARGIN = 64
_INSIDE = WIDTH - 2 * _MARGIN

# The colors of theme/assets/css/tokens.css, light.
_GROUND, _SURFACE, _TEXT, _MUTED = "#fdfcf9", "#f4f1e9", "#22282a", "#565e5f"
_ACCENT, _BORDER, _LINE = "#0f5c4f", "#868980", "#dcd7ca"

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
    _sized: dict[tuple[str, int], ImageFont.FreeTypeFont] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """Changes whenever a picture of the same card might: this module, the fonts, the library."""
        parts = [Path(__file__).read_bytes()]
        parts += [(self.fonts / name).read_bytes() for name in (_HEADING, _PLAIN, _OTHER)]
        return f"card {hashlib.sha256(b''.join(parts)).hexdigest()} pillow {version('pillow')}"

    def png(self, card: Card) -> bytes:
        """The picture as PNG, some 25 kB."""
        image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, WIDTH, 14), fill=_ACCENT)
        draw.text((_MARGIN, 82), "Rewire", _TEXT, self._font(_HEADING, 42), anchor="ls")
        kind = self._fit(card.kind, self._font(_PLAIN, 28), 500)
        draw.text((WIDTH - _MARGIN, 82), kind, _MUTED, self._font(_PLAIN, 28), anchor="rs")
        draw.line((_MARGIN, 108, WIDTH - _MARGIN, 108), fill=_LINE, width=2)
        self._title(draw, card.title, 132, 418 if card.figure else 520)
        if card.figure:
            self._figure(draw, card)
        self._marks(draw, card)
        out = io.BytesIO()
        flat = image.quantize(palette=_palette(), dither=Image.Dither.NONE)
        flat.save(out, "png", compress_level=3)  # the default takes twice as long for a sixth less
        return out.getvalue()

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
            lines[-1] = self._fit(lines[-1] + "\N{HORIZONTAL ELLIPSIS}", font, _INSIDE)
        backwards = _right_to_left(text)
        x, anchor = (WIDTH - _MARGIN, "ra") if backwards else (_MARGIN, "la")
        direction = "rtl" if backwards else "ltr"
        for number, line in enumerate(lines):
            place = (x, top + number * height)
            draw.text(place, line, _TEXT, font, anchor=anchor, direction=direction)

    def _figure(self, draw: ImageDraw.ImageDraw, card: Card) -> None:
        draw.rectangle((_MARGIN, 432, WIDTH - _MARGIN, 526), fill=_SURFACE)
        draw.rectangle((_MARGIN, 432, _MARGIN + 6, 526), fill=_ACCENT)
        large = self._font(_HEADING, 50)
        figure = self._fit(card.figure, large, 520)
        draw.text((_MARGIN + 28, 479), figure, _ACCENT, large, anchor="lm")
        left = _MARGIN + 28 + round(large.getlength(figure)) + 28
        small = self._font(_PLAIN, 25)
        room = WIDTH - _MARGIN - 20 - left
        lines = _lines(self._plain(card.figure_words), small, room)
        if len(lines) > 2:
            lines = [lines[0], self._fit(" ".join(lines[1:]), small, room)]
        for number, line in enumerate(lines):
            y = 479 if len(lines) == 1 else 463 + 32 * number
            draw.text((left, y), line, _TEXT, small, anchor="lm")

    def _marks(self, draw: ImageDraw.ImageDraw, card: Card) -> None:
        font, x = self._font(_PLAIN, 26, 600), float(_MARGIN)
        for number, mark in enumerate(card.marks):
            meter = 44 if number == 0 and card.level else 0
            text = self._fit(self._plain(mark), font, WIDTH - _MARGIN - x - meter - 44)
            width = font.getlength(text) + meter + 44
            if len(text) < 3 or x + width > WIDTH - _MARGIN + 1:
                return
            draw.rounded_rectangle((x, 548, x + width, 596), 24, outline=_BORDER, width=2)
            if meter:
                self._meter(draw, x + 22, _METERS.get(card.level, 0))
            draw.text((x + 22 + meter, 572), text, _TEXT, font, anchor="lm")
            x += width + 16

    def _meter(self, draw: ImageDraw.ImageDraw, x: float, filled: int) -> None:
        for bar in range(4):
            box = (x + bar * 9, 580 - 6 * bar, x + bar * 9 + 6, 585)
            draw.rectangle(
                box,
                fill=_TEXT if bar < filled else None,
                outline=_TEXT if bar < filled else _BORDER,
            )

    def _font(self, name: str, size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
        """A font at a size in pixels; `weight` is for the variable one."""
        key = (f"{name} {weight}", size)
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

    def _fit(self, text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
        """As much of a text as there is room for, in pixels, with an ellipsis where it is cut."""
        if font.getlength(text) <= room:
            return text
        while text and font.getlength(text + "\N{HORIZONTAL ELLIPSIS}") > room:
            text = text[:-1]
        return text.rstrip(" ,;:\N{HORIZONTAL ELLIPSIS}") + "\N{HORIZONTAL ELLIPSIS}"


@cache
def _palette() -> Image.Image:
    """The colors above and the steps between them that soft edges of letters need: small files, quickly."""
    shades = [
        _mix(ground, ink, step / 6)
        for ground, ink in (
            (_GROUND, _TEXT),
            (_SURFACE, _TEXT),
            (_SURFACE, _ACCENT),
            (_GROUND, _MUTED),
        )
        for step in range(7)
    ]
    shades += [_mix(color, color, 0) for color in (_ACCENT, _BORDER, _LINE)]
    image = Image.new("P", (1, 1))
    image.putpalette([value for shade in dict.fromkeys(shades) for value in shade])
    return image


def _mix(first: str, second: str, share: float) -> tuple[int, ...]:
    pairs = zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


@cache
def _shows(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Whether a font has a character: what it lacks looks like what is no character at all."""
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010ffff"))


def _only(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The characters of a text that a font has, with single spaces."""
    return " ".join("".join(c if c.isspace() or _shows(font, c) else " " for c in text).split())


def _right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def _lines(text: str, font: ImageFont.FreeTypeFont, room: float = _INSIDE) -> list[str]:
    """A text in lines of at most `room` pixels; a word that is longer is broken."""
    lines: list[str] = []
    for word in _words(text, font, room):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _words(text: str, font: ImageFont.FreeTypeFont, room: float) -> Iterator[str]:
    for word in text.split(" "):
        while font.getlength(word) > room and len(word) > 1:
            most = next(
                n for n in range(len(word) - 1, 0, -1) if font.getlength(word[:n]) <= room or n == 1
            )
            yield word[:most]
            word = word[most:]
        yield word
