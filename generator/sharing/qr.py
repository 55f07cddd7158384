"""
QR codes of short links: error correction level M (15 %), with a quiet zone of four modules (ISO/IEC 18004).

A library's short links differ in their last part only, the short code, and QR codes are linear: what a letter changes is the
same whatever stands beside it. So segno draws one code and what each letter at each place changes in it, and
the code of a link is the sum of these. All have the mask that suits the first one best: any can be read,
and to weigh all eight for each link would take longer than all else (their penalties differ by some two percent).
"""

from __future__ import annotations

import re
from functools import cache

import segno

from .png import band, indexed_png

_QUIET = 4
"""Modules of white around the code."""

_PIXELS = 16
"""Pixels a module of the PNG, whole bytes: a short link then gives a picture of about 600, sharp on a slide."""

_RUN = re.compile("0+|1+")
_STEP = {"0" * n: f"m{n} 0" for n in range(178)} | {"1" * n: f"h{n}" for n in range(1, 178)}
"""How a pen passes over so many modules, the dark ones (1) drawing; the largest code has 177 in a row."""


def svg(short_link: str) -> bytes:
    """The code of an address that ends in a short code and a slash, as an SVG picture."""
    rows = _rows(short_link)
    size = len(rows) + 2 * _QUIET
    lines = "".join(
        f"M{_QUIET} {y}.5{''.join(map(_STEP.__getitem__, _RUN.findall(row)))}"
        for y, row in enumerate((row.rstrip("0") for row in rows), _QUIET)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{8 * size}" height="{8 * size}">'
        f'<g transform="scale(8)"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path stroke="#000" d="{lines}"/></g></svg>\n'
    ).encode()


def png(short_link: str) -> bytes:
    """The same as a PNG picture, black on white."""
    rows = _rows(short_link)
    size = len(rows) + 2 * _QUIET
    edge, blank = "0" * _QUIET, "0" * size
    wide = [*[blank] * _QUIET, *(edge + row + edge for row in rows), *[blank] * _QUIET]
    module = _PIXELS // 8
    # A row of modules is one line of pixels, and others with the filter that adds the line above to nothing.
    again = (b"\2" + bytes(size * module)) * (_PIXELS - 1)
    lines = b"".join(
        b"\0" + row.encode().replace(b"0", b"\0" * module).replace(b"1", b"\xff" * module) + again
        for row in wide
    )
    side = size * _PIXELS
    return indexed_png((side, side), 1, ((255, 255, 255), (0, 0, 0)), [band(lines)])


def _rows(short_link: str) -> list[str]:
    """The modules of a link's code by rows, dark ones as 1."""
    start, code, _ = short_link.rsplit("/", 2)
    first = f"{start}/{'a' * len(code)}/"
    size, mask, modules = _drawn(first)
    for place, letter in enumerate(code, len(start) + 1):
        modules ^= _changed(first, mask, place, letter)
    bits = f"{modules:0{size * size}b}"
    return [bits[at : at + size] for at in range(0, size * size, size)]


@cache
def _changed(first: str, mask: int, place: int, letter: str) -> int:
    """The modules that a letter in the place of the first link's turns over."""
    other = f"{first[:place]}{letter}{first[place + 1 :]}"
    return _drawn(first, mask)[2] ^ _drawn(other, mask)[2]


@cache
def _drawn(address: str, mask: int | None = None) -> tuple[int, int, int]:
    """How many modules are in a row, the mask (the best where none is given), and all modules as the bits of a number."""
    code = segno.make(address, error="m", boost_error=False, micro=False, mask=mask)
    bits = "".join(str(module) for row in code.matrix for module in row)
    return len(code.matrix), code.mask, int(bits, 2)
