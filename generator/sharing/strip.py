"""Lines of a picture of sixteen colors, painted as they stand in its file, so that nothing is left to do before they are packed."""

from __future__ import annotations

from typing import Any, NamedTuple

from PIL import Image

from .png import Band, band

BITS = 4
"""Of a pixel, which is the number of a color."""


class Piece(NamedTuple):
    """What is put upon a strip, two pixels in a byte, and where, seen from a place on it: in bytes and lines."""

    image: Any
    """An image of Pillow's core, mode L."""
    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of(cls, pixels: Image.Image, left: int = 0, top: int = 0) -> Piece:
        """An image of numbers (mode P), of an even width."""
        width, height = pixels.width // 2, pixels.height
        image = Image.frombytes("L", (width, height), pixels.tobytes("raw", "P;4"))
        return cls(image.im, left, top, left + width, top + height)


class Strip:
    """Some lines of a picture: for each the byte of its filter, which is none, and then its pixels, two in a byte."""

    __slots__ = ("_image", "_lines", "height")

    def __init__(self, lines: bytearray, height: int) -> None:
        self._lines, self.height = lines, height
        # Pillow's core paints into these very bytes.
        size = len(lines) // height, height
        self._image = Image.frombuffer("L", size, lines, "raw", "L", 0, 1).im

    @classmethod
    def blank(cls, width: int, height: int) -> Strip:
        """Lines of the color 0; `width` in pixels, even."""
        return cls(bytearray((1 + width // 2) * height), height)

    @classmethod
    def of(cls, pixels: Image.Image) -> Strip:
        """The lines of an image of numbers."""
        strip = cls.blank(*pixels.size)
        strip.put(Piece.of(pixels), 0, 0)
        return strip

    def copy(self) -> Strip:
        """The same lines, to paint something else upon."""
        return Strip(bytearray(self._lines), self.height)

    def put(self, piece: Piece, column: int, line: int) -> None:
        """Put something in the place of what is there; `column` counts bytes, so two pixels."""
        image, left, top, right, bottom = piece
        column += 1  # behind the filter
        # What `Image.paste` does after it has looked at what it was given, which takes three times as long.
        self._image.paste(image, (column + left, line + top, column + right, line + bottom))

    def painted(self) -> tuple[int, int]:
        """The first line in which anything is painted, and the first of those below in which nothing is."""
        _, start, _, end = self._image.getbbox() or (0, 0, 0, 0)
        return start, end

    def band(self, start: int, end: int) -> Band:
        """Some of the lines, packed."""
        width = len(self._lines) // self.height
        return band(memoryview(self._lines)[start * width : end * width])
