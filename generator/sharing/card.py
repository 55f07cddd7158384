"""The picture of a record that a link to it shows elsewhere (Open Graph, Twitter): 1200 by 630 pixels, PNG."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..digests import key_of

WIDTH, HEIGHT = 1200, 630

HEADING = "newsreader-latin-600.woff2"
PLAIN = "atkinson-hyperlegible-next-latin.woff2"
OTHER = "dejavu-sans-700.woff2"
"""For titles in letters that the site's own fonts don't have (Greek, Cyrillic, Arabic and others)."""

BUILD_ONLY = (OTHER, "dejavu-sans.LICENSE.txt")
"""Vendored files that only these pictures need; no page loads them, so the site goes without."""


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


def fonts_key(folder: Path) -> str:
    """What a picture depends on beside its card and the program, for which the memory answers: the fonts in a folder."""
    return key_of(*((folder / name).read_bytes() for name in (HEADING, PLAIN, OTHER)))
