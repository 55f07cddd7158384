"""What the theme's engine has built for the printer: written pages, and a frame for each kind of record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..models.kind import Kind
from ..sharing.card import BUILD_ONLY
from .frame import Frame, slot

FRAME_NAME = "_frame"
"""A frame is built at /ADDRESS/_frame/, as deep as the records' pages, so that its links fit them.

No record can have that id."""

DATA = "data/"
"""Where the page is that lists what there is to download."""
FORM = "contribute/new/"
"""Where the form's page is; what it needs is written beside it."""
_AROUND_LINES = re.compile(r"\s*\n\s*")
_SITEMAPS = ("sitemap.xml", "sitemap.xml.gz")
"""The engine's own, which know no printed page."""


@dataclass(frozen=True, slots=True)
class Built:
    """A folder that the engine has built."""

    root: Path
    fonts: Path
    """Where the theme's fonts are."""
    frames: Mapping[str, Frame]
    """By kind."""
    frame_texts: tuple[str, ...]
    """The frames as they were built."""
    lists: Mapping[str, str]
    """By the address of a written page: the name of the list that it is filled with."""
    unfinished: frozenset[str]
    """Files that are no part of a site: frames, pages that are still to be filled, and what only builds need."""

    @classmethod
    def read(
        cls, root: Path, kinds: Iterable[Kind], lists: Mapping[str, str], assets: str
    ) -> Built:
        """
        Read the frames of all kinds that have pages; `assets` is the folder of sheets, scripts and fonts.

        Raises ValueError where a frame lacks a slot.
        """
        addresses = {
            kind.name: f"{kind.address}/{FRAME_NAME}/" for kind in kinds if kind.view is not None
        }
        texts = {name: _page(root, address) for name, address in addresses.items()}
        frames = {name: Frame(_squeezed(text), ("title", "body")) for name, text in texts.items()}
        filled = [*lists, "", *([DATA] if slot("data") in _page(root, DATA) else [])]
        pages = (f"{address}index.html" for address in (*addresses.values(), *filled))
        fonts = f"{assets}/vendor"
        only = (f"{fonts}/{name}" for name in BUILD_ONLY)
        unfinished = frozenset((*pages, *_SITEMAPS, *only))
        return cls(root, root / fonts, frames, tuple(texts.values()), lists, unfinished)

    def page(self, address: str) -> str:
        """The HTML of the page at an address; empty where the engine built none there."""
        return _page(self.root, address)

    def is_unfinished(self, address: str) -> bool:
        """Whether the page at an address is to be filled."""
        return f"{address}index.html" in self.unfinished


def _squeezed(frame: str) -> str:
    """A frame without indents and empty lines, which are a fifth of it; it has no text that would show them."""
    return _AROUND_LINES.sub("\n", frame)


def _page(root: Path, address: str) -> str:
    file = root / address / "index.html"
    return file.read_text(encoding="utf-8") if file.exists() else ""
