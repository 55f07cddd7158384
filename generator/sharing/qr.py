"""QR codes of short links."""

from __future__ import annotations

import io

import segno

MAKER = f" segno {segno.__version__}"
"""Names what made a code, for the cache."""

_PIXELS = 16
"""Pixels a module of the PNG: a short link then gives a picture of about 600, sharp on a slide."""


def svg(address: str) -> bytes:
    """A QR code as an SVG picture, error correction level M (15 %), with its quiet zone of 4 modules."""
    return _save(address, "svg", scale=8, svgns=True, xmldecl=False, light="#fff", nl=True)


def png(address: str) -> bytes:
    """The same as a PNG picture, black on white."""
    return _save(address, "png", scale=_PIXELS)


def _save(address: str, kind: str, **options: object) -> bytes:
    code = segno.make(address, error="m", boost_error=False, micro=False)
    out = io.BytesIO()
    code.save(out, kind=kind, border=4, **options)
    return out.getvalue()
