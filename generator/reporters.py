"""Prints findings for people: place, problem, the line itself, and how to mend it; then what to do first."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TextIO

import click

from .checks.explanations import EXPLANATIONS
from .diagnostics import Diagnostic, Findings

_LONGEST_LINE = 110
"""Characters of an offending line that are shown; a terminal is seldom wider."""

FEW = 5
"""So many findings are read at once; more get a table at the end."""

_MOST_ROWS = 15


def report(findings: Findings, root: Path, out: TextIO | None = None) -> None:
    """Print every finding as ``path:line:column: code message``, then a summary."""
    paper = _Paper(out or sys.stdout)
    lines = _Lines(root)
    for finding in findings:
        place, code = paper.style(finding.place, bold=True), paper.style(finding.code, fg="red")
        paper.write(f"{place}: {code} {printable(finding.message)}")
        for line in _frame(finding, lines.of(finding), paper):
            paper.write(line)
        if finding.hint:
            paper.write(f"    {paper.style('help:', fg='cyan')} {printable(finding.hint)}")
        paper.write("")
    for line in summary(findings):
        paper.write(line)


def summary(findings: Findings) -> list[str]:
    """How many findings in how many files and of which sorts; for many, a table and where to begin."""
    found = list(findings)
    codes = Counter(finding.code for finding in found)
    files = Counter(finding.path for finding in found)
    total = f"{_many(len(found), 'finding')} in {_many(len(files), 'file')}"
    if len(found) <= FEW:
        sorts = ", ".join(f"{count} {code}" for code, count in codes.most_common())
        return [f"{total}: {sorts}", f"More about it: kb explain {codes.most_common()[0][0]}"]
    return [
        f"{total}.",
        "",
        "What is wrong",
        *_table(codes, "kb explain "),
        "",
        "Where",
        *_table(files),
        "",
        _begin_with(found),
    ]


def _table(counts: Counter[str], command: str = "") -> list[str]:
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    width = max(len(name) for name, _ in rows[:_MOST_ROWS])
    lines = [
        f"  {count:>6,}  {name:<{width}}  {command}{name}".rstrip()
        if command
        else f"  {count:>6,}  {name}"
        for name, count in rows[:_MOST_ROWS]
    ]
    rest = rows[_MOST_ROWS:]
    if rest:
        lines.append(f"  {sum(count for _, count in rest):>6,}  in {len(rest):,} more")
    return lines


def _begin_with(found: list[Diagnostic]) -> str:
    """The finding to mend first: one that hides others, or one cause that many have."""
    unread = [f for f in found if f.code in EXPLANATIONS and EXPLANATIONS[f.code].hides]
    if unread:
        return (
            f"Begin with {unread[0].place} ({unread[0].code}): "
            "nothing else in that file can be checked before."
        )
    message, count = Counter((f.code, f.message) for f in found).most_common(1)[0]
    first = next(f for f in found if (f.code, f.message) == message)
    if count > 2:
        return f"Begin with {first.place} ({first.code}): {count:,} findings say the same."
    return f"Begin with {first.place} ({first.code}), and run `kb check` again."


def printable(text: str) -> str:
    """Whatever a file holds, a terminal gets printable characters only."""
    return "".join(c if c.isprintable() else " " for c in text)


class _Paper:
    """Where the report goes: in color on a terminal, unless NO_COLOR is set (no-color.org)."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._color = out.isatty() and not os.environ.get("NO_COLOR")

    def style(self, text: str, *, fg: str | None = None, bold: bool | None = None) -> str:
        text = printable(text)
        return click.style(text, fg=fg, bold=bold) if self._color else text

    def write(self, line: str) -> None:
        click.echo(line, file=self._out, color=self._color)


class _Lines:
    """The lines of the files that findings are about, each file read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._lines: list[str] = []

    def of(self, finding: Diagnostic) -> str | None:
        """The line that a finding is about; None where the file has no such line."""
        if finding.path != self._path:
            self._path, self._lines = finding.path, _read(self._root / finding.path)
        number = finding.line - 1
        return printable(self._lines[number]) if number < len(self._lines) else None


_MOST_BYTES = 1_000_000


def _read(path: Path) -> list[str]:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return []
        return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    except OSError:
        return []


def _frame(finding: Diagnostic, line: str | None, paper: _Paper) -> list[str]:
    """The offending line with the place underlined."""
    if line is None:
        return []
    start = max(0, finding.column - _LONGEST_LINE + 20)
    shown = ("..." if start else "") + line[start : start + _LONGEST_LINE]
    number = str(finding.line)
    gutter = " " * len(number)
    at = finding.column - 1 - start + (3 if start else 0)
    carets = "^" * max(1, min(finding.length, len(shown) - at))
    return [
        f"    {number} | {shown}",
        f"    {gutter} | {' ' * at}{paper.style(carets, fg='red')}",
    ]


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
