"""What a Hugo project needs beyond its pages to make what stands beside ours: front matter, fonts, an empty picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from generator.library import Library
from generator.models.fields import Record
from generator.models.kind import Kind
from generator.sharing.card import HEIGHT, WIDTH
from generator.views.share import Headline, headline
from tests.benchmarks import fonts

FONTS = {"heading": fonts.HEADING, "plain": fonts.PLAIN}
"""By the names that the templates know."""
_BESIDE = ["html", "bibtex", "ris", "csl", "oembed", "card", "embed"]
"""The output formats of a page that is shared; see hugo/files.toml."""
_FEEDS = ("practice", "population")
"""The kinds whose records have a feed."""

_GROUND, _ACCENT, _LINE = "#fdfcf9", "#0f5c4f", "#dcd7ca"
_MARGIN = 64


def fields(library: Library, kind: Kind, record: Record, told: Headline | None) -> dict[str, Any]:
    """The front matter for a record's short link and files; `told` is what its picture says, if it has one."""
    outputs = _BESIDE if told else ["html"]
    outputs = outputs + (["source"] if kind.name == "case-study" else [])
    outputs = outputs + (["rss", "feed"] if kind.name in _FEEDS else [])
    found: dict[str, Any] = {
        "kind": kind.label,
        "code": library.codes[kind.name, record.id],
        "aliases": [f"/{address}" for address in library.aliases(kind.name, record.id)],
        "outputs": outputs,
    }
    if told:
        found |= {"date": told.day, "marks": [mark for mark in told.marks if mark]}
        if told.figure:
            found["figure"] = {"text": told.figure, "words": told.figure_words}
    return found


def term_fields(library: Library, kind: Kind, record: Record) -> dict[str, Any]:
    """The same for a record by which case studies are grouped."""
    told = headline(kind.view(record, library)) if kind.shared and kind.view else None
    return fields(library, kind, record, told)


def write(root: Path) -> None:
    """
    Write the fonts, and the picture on which Hugo paints.

    Hugo reads no WOFF2, and knows no weight of a font but its usual one.
    """
    for name, file in FONTS.items():
        fonts.unpack(file, root / "assets" / "fonts" / f"{name}.ttf")
    picture = root / "assets" / "pictures" / "empty.png"
    picture.parent.mkdir()
    _empty().save(picture)


def _empty() -> Image.Image:
    """What all pictures have in common (see generator/sharing/painter.py), with a palette: Hugo paints faster on that."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 14), fill=_ACCENT)
    draw.line((_MARGIN, 108, WIDTH - _MARGIN, 108), fill=_LINE, width=2)
    return image.quantize()
