"""A frame: a page built once by the theme's engine, cut at its slots, and filled for each record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
        self._literals = [literal.encode() for literal in parts[::2]]
        self._names = parts[1::2]
        missing = [name for name in required if name not in self._names]
        if missing:
            raise ValueError(f"the frame has no slot for: {', '.join(missing)}")

    def fill(self, slots: Mapping[str, str | Iterable[str]]) -> bytes:
        """
        Return the page as UTF-8. Text is escaped; `Markup` stands as it is, and so do the pieces of HTML that a
        template gives one by one; a slot not named stays empty.

        Each slot becomes bytes by itself: the page around them is bytes already, and mostly ASCII.
        """
        filled = {name: _bytes(given) for name, given in slots.items()}
        pieces = [self._literals[0]]
        for name, literal in zip(self._names, self._literals[1:], strict=True):
            pieces += (filled.get(name, b""), literal)
        return b"".join(pieces)


def _bytes(given: str | Iterable[str]) -> bytes:
    if isinstance(given, str):
        return (given if isinstance(given, Markup) else escape(given, quote=True)).encode()
    return b"".join([piece.encode() for piece in given])
