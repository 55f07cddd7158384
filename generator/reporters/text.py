"""Prints findings for people: place, problem, the line itself, and how to mend it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TextIO

import click

from ..diagnostics import Diagnostic, Findings

_LONGEST_LINE = 110
"""Characters of an offending line that are shown; a terminal is seldom wider."""


def report(findings: Findings, root: Path, out: TextIO | None = None) -> None:
    """Print every finding as ``path:line:column: code message``, then a summary."""
    for finding in findings:
        _echo(
            f"{click.style(finding.place, bold=True)}: "
            f"{click.style(finding.code, fg='red')} {finding.message}",
            out,
        )
        for line in _frame(finding, root):
            _echo(line, out)
        if finding.hint:
            _echo(f"    {click.style('help:', fg='cyan')} {finding.hint}", out)
        _echo("", out)
    _echo(summary(findings), out)


def summary(findings: Findings) -> str:
    """One line: how many findings in how many files, and of which sorts."""
    files = len({finding.path for finding in findings})
    codes = Counter(finding.code for finding in findings)
    sorts = ", ".join(f"{count} {code}" for code, count in codes.most_common(6))
    more = f" and {len(codes) - 6} other sorts" if len(codes) > 6 else ""
    return f"{_many(len(findings), 'finding')} in {_many(files, 'file')}: {sorts}{more}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _echo(line: str, out: TextIO | None) -> None:
    click.echo(line, file=out)


def _frame(finding: Diagnostic, root: Path) -> list[str]:
    """The offending line with a caret below the place; nothing where the file has no such line."""
    line = _line(root / finding.path, finding.line)
    if line is None:
        return []
    # Whatever a file holds, the terminal gets printable characters only.
    line = "".join(c if c.isprintable() else " " for c in line)
    start = max(0, finding.column - _LONGEST_LINE + 20)
    shown = line[start : start + _LONGEST_LINE]
    number = str(finding.line)
    gutter = " " * len(number)
    caret = " " * (finding.column - 1 - start)
    return [f"    {number} | {shown}", f"    {gutter} | {caret}{click.style('^', fg='red')}"]


def _line(path: Path, number: int) -> str | None:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for count, line in enumerate(file, 1):
                if count == number:
                    return line.rstrip("\n")
                if len(line) > 1_000_000:
                    return None
    except OSError:
        return None
    return None
