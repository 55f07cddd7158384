"""A frame: a page built once by the theme's engine, cut at its slots, and filled for each record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markupsafe import Markup

_SLOT = re.compile(
    "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}([a-z]+)\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
)


def slot(name: str) -> str:
    """The marker of a slot, as it stands in the theme's templates and in a frame's front matter."""
    return f"\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}{name}\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"


class Frame:
    """
    A page cut at its slots.

    Raises ValueError where a slot that must be there is not: the theme and the printer disagree,
    and a page without its body is worse than no page.
    """

    def __init__(self, html: str, required: tuple[str, ...] = ("body",)) -> None:
        parts = _SLOT.split(html)
        self._literals = parts[::2]
        self._names = parts[1::2]
        missing = [name for name in required if name not in self._names]
        if missing:
            raise ValueError(f"the frame has no slot for: {', '.join(missing)}")

    def fill(self, slots: Mapping[str, str]) -> str:
        """Return the page. Text is escaped; `Markup` stands as it is; a slot not named stays empty."""
        filled = {
            name: text if isinstance(text, Markup) else escape(text, quote=True)
            for name, text in slots.items()
        }
        pieces = [self._literals[0]]
        for name, literal in zip(self._names, self._literals[1:], strict=True):
            pieces += (filled.get(name, ""), literal)
        return "".join(pieces)
