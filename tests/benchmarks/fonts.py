"""The fonts of our pictures, for peers that paint some too."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from tests.conftest import PROJECT

HEADING = "newsreader-latin-600.woff2"
PLAIN = "atkinson-hyperlegible-next-latin.woff2"
"""Of all weights."""


def unpack(name: str, to: Path, weight: int | None = None) -> None:
    """Write a font as a file that every program reads; one of all weights in the one that is said, or else in its usual one."""
    font = TTFont(PROJECT / "theme" / "assets" / "vendor" / name)
    font.flavor = None
    if weight is not None:
        font = instantiateVariableFont(font, {"wght": weight})
    to.parent.mkdir(parents=True, exist_ok=True)
    font.save(to)
