"""What charts of rows share: a scale from left to right, and rows from top to bottom, in units of the drawing."""

from __future__ import annotations

from .plain_data import plain_data

WIDTH = 400
LEFT, TOP = 14, 8
"""Where the plot begins."""


@plain_data
class Scale:
    """From a value to its place on the drawing."""

    low: float
    high: float
    right: int
    """The right edge of the plot."""

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(LEFT + share * (self.right - LEFT), 1)


@plain_data
class Frame:
    """The measures of one chart."""

    right: int
    """The right edge of the plot; what lies beyond has room for figures."""
    row: int
    foot: int
    """Room below the rows, for the axis."""

    def scale(self, low: float, high: float) -> Scale:
        """The scale from `low` at the left edge to `high` at the right one, which must differ."""
        return Scale(low, high, self.right)

    def y(self, row: int) -> int:
        """Where a row begins, the first being 0."""
        return TOP + self.row * row

    def height(self, rows: int) -> int:
        """The height of the drawing."""
        return self.y(rows) + self.foot


def shortened(text: str, most: int) -> str:
    """The text, cut to `most` characters where it is longer: drawings don't wrap."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,;:") + "…"
