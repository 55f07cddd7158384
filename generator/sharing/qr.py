"""
QR codes of short links: error correction level M (15 %), with a quiet zone of four modules (ISO/IEC 18004).

A library's short links differ in their last part only, the short code, and QR codes are linear: what a letter changes is the
same whatever stands beside it. So segno draws one code and what each letter at each place changes in it, and
the code of a link is the sum of these. All have the mask that suits the first one best: any can be read,
and to weigh all eight for each link would take longer than all else (their penalties differ by some two percent).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .png import band, indexed_png

_QUIET = 4
"""Modules of white around the code."""

_PIXELS = 16
"""Pixels a module of the PNG: a short link then gives a picture of about 600, sharp on a slide."""
_BYTES = _PIXELS // 8

_RUN = re.compile("0+|1+")


def svg(short_link: str) -> bytes:
    """The code of an address that ends in a short code and a slash, as an SVG picture."""
    rows = _rows(short_link)
    size = len(rows) + 2 * _QUIET
    lines = "".join(
        [f"M{_QUIET} {y}.5{''.join(map(_steps, row))}" for y, row in enumerate(rows, _QUIET)]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{8 * size}" height="{8 * size}">'
        f'<g transform="scale(8)"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path stroke="#000" d="{lines}"/></g></svg>\n'
    ).encode()


@cache
def _steps(modules: int) -> str:
    """How a pen passes over eight modules, the bits of a byte, the dark ones (1) drawing."""
    runs = _RUN.findall(f"{modules:08b}")
    return "".join(f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in runs)


def png(short_link: str) -> bytes:
    """The same as a PNG picture, black on white."""
    rows = _rows(short_link)
    size = len(rows) + 2 * _QUIET
    edge, blank = bytes(_QUIET * _BYTES), bytes(size * _BYTES)
    wide = [(edge + b"".join(map(_pixels, row)) + edge)[: len(blank)] for row in rows]
    # A row of modules is one line of pixels, and others with the filter that adds the line above to nothing.
    again = (b"\2" + bytes(len(blank))) * (_PIXELS - 1)
    quiet = (b"\0" + blank + again) * _QUIET
    lines = b"".join([quiet, *(b"\0" + row + again for row in wide), quiet])
    side = size * _PIXELS
    return indexed_png((side, side), 1, b"\xff\xff\xff\0\0\0", [band(lines)])


@cache
def _pixels(modules: int) -> bytes:
    """A line of pixels through eight modules, the bits of a byte."""
    return b"".join((b"\xff" if bit == "1" else b"\0") * _BYTES for bit in f"{modules:08b}")


@lru_cache(maxsize=1)  # two pictures are made of it, one after the other
def _rows(short_link: str) -> list[bytes]:
    """The modules of a link's code by rows, each a bit, dark ones 1; bits of 0 fill the last byte of a row."""
    start, code, _ = short_link.rsplit("/", 2)
    first = f"{start}/{'a' * len(code)}/"
    size, mask, modules = _drawn(first)
    for place, letter in enumerate(code, len(start) + 1):
        modules ^= _changed(first, mask, place, letter)
    width = -(-size // 8)
    data = modules.to_bytes(size * width, "big")
    return [data[at : at + width] for at in range(0, len(data), width)]


@cache
def _changed(first: str, mask: int, place: int, letter: str) -> int:
    """The modules that a letter in the place of the first link's turns over."""
    other = f"{first[:place]}{letter}{first[place + 1 :]}"
    return _drawn(first, mask)[2] ^ _drawn(other, mask)[2]


@cache
def _drawn(address: str, mask: int | None = None) -> tuple[int, int, int]:
    """
    How many modules are in a row, the mask (the best where none is given), and all modules as the bits of a number.

    Each row has whole bytes of it.
    """
    import segno  # here, because after an edit no code is drawn

    code = segno.make(address, error="m", boost_error=False, micro=False, mask=mask)
    size = len(code.matrix)
    width = -(-size // 8) * 8
    bits = "".join("".join(map(str, row)).ljust(width, "0") for row in code.matrix)
    return size, code.mask, int(bits, 2)
