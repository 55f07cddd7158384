"""
QR codes of short links: error correction level M (15 %), with a quiet zone of four modules (ISO/IEC 18004).

A library's short links differ in their last part only, the short code, and QR codes are linear: what a bit of a letter changes is the
same whatever stands beside it. So segno draws one code and what each bit at each place changes in it, and
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
    size, modules = _modules(short_link)
    return (_svg(size) % tuple(map(_steps().__getitem__, modules))).encode()


@cache
def _svg(size: int) -> str:
    """An SVG picture of a code of `size` by `size` modules, with a ``%s`` for each eight of them."""
    side = size + 2 * _QUIET
    row = "%s" * _width(size)
    lines = "".join([f"M{_QUIET} {y}.5{row}" for y in range(_QUIET, _QUIET + size)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{8 * side}" height="{8 * side}">'
        f'<g transform="scale(8)"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="{lines}"/></g></svg>\n'
    )


@cache
def _steps() -> list[str]:
    """How a pen passes over eight modules, the dark ones (1) drawing, by the byte whose bits they are."""
    return [
        "".join(
            f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0"
            for run in _RUN.findall(f"{modules:08b}")
        )
        for modules in range(256)
    ]


def png(short_link: str) -> bytes:
    """The same as a PNG picture, black on white."""
    size, modules = _modules(short_link)
    side = (size + 2 * _QUIET) * _PIXELS
    lines = _lines(size) % tuple(map(_pixels().__getitem__, modules))
    return indexed_png((side, side), 1, b"\xff\xff\xff\0\0\0", [band(lines)])


@cache
def _lines(size: int) -> bytes:
    """The lines of a PNG picture of a code, with a ``%b`` for each eight modules."""
    side = size + 2 * _QUIET
    edge, blank = bytes(_QUIET * _BYTES), bytes(side * _BYTES)
    # A row of modules is one line of pixels, and others with the filter that adds the line above to nothing.
    again = (b"\2" + blank) * (_PIXELS - 1)
    quiet = (b"\0" + blank + again) * _QUIET
    whole, rest = divmod(size, 8)
    last = b"%%.%db" % (rest * _BYTES) if rest else b""  # no more of it than the code has
    row = b"\0" + edge + b"%b" * whole + last + edge + again
    return quiet + row * size + quiet


@cache
def _pixels() -> list[bytes]:
    """A line of pixels through eight modules, by the byte whose bits they are."""
    return [
        b"".join((b"\xff" if bit == "1" else b"\0") * _BYTES for bit in f"{modules:08b}")
        for modules in range(256)
    ]


@lru_cache(maxsize=1)  # two pictures are made of it, one after the other
def _modules(short_link: str) -> tuple[int, bytes]:
    """How many modules are in a row of a link's code, and all of them by rows, each a bit, dark ones 1; bits of 0 fill the last byte of a row."""
    start, code, _ = short_link.rsplit("/", 2)
    first = f"{start}/{'a' * len(code)}/"
    size, mask, modules = _drawn(first)
    for place, letter in enumerate(code, len(start) + 1):
        modules ^= _changed(first, mask, place, letter)
    return size, modules.to_bytes(size * _width(size), "big")


def _width(size: int) -> int:
    """The bytes of a row of modules."""
    return -(-size // 8)


@cache
def _changed(first: str, mask: int, place: int, letter: str) -> int:
    """The modules that a letter in the place of the first link's turns over: what each bit does by which they differ."""
    changed = 0
    for bit in range(7):
        if (ord(letter) ^ ord(first[place])) >> bit & 1:
            changed ^= _turned(first, mask, place, bit)
    return changed


@cache
def _turned(first: str, mask: int, place: int, bit: int) -> int:
    """The modules that are turned over with a bit of a letter of the first link."""
    other = f"{first[:place]}{chr(ord(first[place]) ^ 1 << bit)}{first[place + 1 :]}"
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
    bits = "".join("".join(map(str, row)).ljust(8 * _width(size), "0") for row in code.matrix)
    return size, code.mask, int(bits, 2)
