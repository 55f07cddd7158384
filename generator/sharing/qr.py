"""QR codes of short links."""

from __future__ import annotations

import io
from functools import lru_cache

import segno
from PIL import Image

MAKER = f" segno {segno.__version__}"
"""Names what made a code, for the cache."""

_QUIET = 4
"""Modules of white around the code: ISO/IEC 18004 asks for four."""

_PIXELS = 16
"""Pixels a module of the PNG: a short link then gives a picture of about 600, sharp on a slide."""


def svg(address: str) -> bytes:
    """A QR code as an SVG picture, error correction level M (15 %), with its quiet zone of 4 modules."""
    out = io.BytesIO()
    options = {"scale": 8, "svgns": True, "xmldecl": False, "light": "#fff", "nl": True}
    _code(address).save(out, kind="svg", border=_QUIET, **options)
    return out.getvalue()


def png(address: str) -> bytes:
    """The same as a PNG picture, black on white."""
    rows = list(_code(address).matrix_iter(border=_QUIET))
    pixels = b"".join(bytes(0 if module else 255 for module in row) for row in rows)
    picture = Image.frombytes("L", (len(rows), len(rows)), pixels).convert("1")
    size = len(rows) * _PIXELS
    out = io.BytesIO()
    picture.resize((size, size), Image.Resampling.NEAREST).save(out, "PNG", compress_level=3)
    return out.getvalue()


@lru_cache(maxsize=1)
def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", boost_error=False, micro=False)
