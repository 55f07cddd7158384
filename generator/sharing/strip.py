"""
Lines of a picture of sixteen colors, painted as they stand in its file, so that nothing is left to do before they are packed.

They are painted with images of Pillow's core: those that Pillow puts around them take longer to make than what is painted.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from PIL import Image

from .png import Band, band

BITS = 4
"""Of a pixel, which is the number of a color."""

core = Image.core  # type: ignore[attr-defined]


class Piece(NamedTuple):
    """What is put upon a strip, two pixels in a byte, and where, seen from a place on it: in bytes and lines."""

    image: Any
    """An image of the core, mode L."""
    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of(cls, pixels: Any, left: int = 0, top: int = 0) -> Piece:
        """An image of numbers (of the core, mode P), of an even width."""
        width, height = pixels.size[0] // 2, pixels.size[1]
        packed = b""
        if width and height:  # some characters have no looks
            packer = core.raw_encoder("P", "P;4")
            packer.setimage(pixels, (0, 0, *pixels.size))
            _, _, packed = packer.encode(width * height)
        return cls(_over(packed, (width, height)), left, top, left + width, top + height)


class Strip:
    """Some lines of a picture: for each the byte of its filter, which is none, and then its pixels, two in a byte."""

    __slots__ = ("_image", "_lines", "height")

    def __init__(self, lines: bytearray, height: int) -> None:
        self._lines, self.height = lines, height
        self._image = _over(lines, (len(lines) // height, height))

    @classmethod
    def blank(cls, width: int, height: int) -> Strip:
        """Lines of the color 0; `width` in pixels, even."""
        return cls(bytearray((1 + width // 2) * height), height)

    @classmethod
    def of(cls, pixels: Image.Image) -> Strip:
        """The lines of an image of numbers."""
        strip = cls.blank(*pixels.size)
        strip.put(Piece.of(pixels.im), 0, 0)
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

    def band(self) -> Band:
        """The lines, packed."""
        return band(self._lines)


def _over(data: bytes | bytearray, size: tuple[int, int]) -> Any:
    """An image of the core, mode L, whose bytes are these very ones."""
    return core.map_buffer(data, size, "raw", 0, ("L", 0, 1))
