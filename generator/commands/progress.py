"""Tells on a terminal how a build goes: a line for each step, and a bar while it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ..steps import Part

_BAR = 30
"""Characters."""
_CLEAR = "\r\x1b[K"


class Teller:
    """
    Prints a line for each step when it is done.

    While a step runs, a terminal shows its name, and a bar where it is known how much there is to do. Where
    the output is kept (a pipe, a log), there are only the lines.
    """

    def __init__(self, on_terminal: bool | None = None) -> None:
        self._on_terminal = sys.stdout.isatty() if on_terminal is None else on_terminal

    def begins(self, step: str) -> None:
        self._show(f"{step:<8} …")

    def goes_on(self, step: str, done: int, of: int) -> None:
        filled = _BAR * done // of
        self._show(f"{step:<8} {'█' * filled}{'░' * (_BAR - filled)} {done:,} of {of:,}")

    def rests(self) -> None:
        """Take away what is shown, so that something else can be."""
        self._show("")

    def ends(self, step: str, made: str, seconds: float) -> None:
        self.rests()
        click.echo(f"{step:<8} {made:<58} {seconds:6.2f} s")

    def _show(self, text: str) -> None:
        """Show a text in the place of what was last shown."""
        if self._on_terminal:
            click.echo(_CLEAR + text, nl=False, color=True)


def slowest(parts: Sequence[Part], whole: float, most: int = 15) -> str:
    """The parts that took longest, as lines, beside the `whole` time of a build in seconds."""
    lines = [f"{'The slowest parts':<67} of all"]
    for part in sorted(parts, key=lambda part: -part.seconds)[:most]:
        share = part.seconds / whole
        lines.append(f"{part.step:<8} {part.name:<48} {part.seconds:6.2f} s {share:6.0%}")
    return "\n".join(lines)
