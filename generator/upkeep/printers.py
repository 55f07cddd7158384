"""
A report for people, for an issue on GitHub, and for programs.

``json`` is an object with ``version`` (1) and ``sections``, each with id, title, advice and items (path, title,
reason).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict

from ..reporters import printable
from .questions import Section

_MARKS = re.compile(r"([\\`*_\[\]<>|~#])")


def text(sections: Sequence[Section]) -> str:
    """Each question with its records, two lines a record."""
    lines: list[str] = []
    for section in sections:
        lines.append(f"{section.title} ({len(section.items):,})")
        for item in section.items:
            lines += [f"  {item.title}", f"      {item.path}: {item.reason}"]
        lines += [f"  -> {section.advice}", ""] if section.items else [""]
    return "".join(f"{printable(line)}\n" for line in [*lines, _sum(sections)])


def markdown(sections: Sequence[Section]) -> str:
    """A list of tasks, ready for an issue."""
    lines: list[str] = []
    for section in sections:
        if section.items:
            lines += [f"## {section.title} ({len(section.items):,})", "", section.advice, ""]
            lines += [
                f"- [ ] `{item.path}` {_escaped(item.title)}: {_escaped(item.reason)}"
                for item in section.items
            ]
            lines.append("")
    return "".join(f"{printable(line)}\n" for line in [*lines, _sum(sections)])


def as_json(sections: Sequence[Section]) -> str:
    """The report as one JSON object."""
    whole = {"version": 1, "sections": [asdict(section) for section in sections]}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _sum(sections: Sequence[Section]) -> str:
    counts = [f"{len(s.items):,} {s.title.lower()}" for s in sections if s.items]
    return f"To look at: {', '.join(counts)}." if counts else "Nothing to look at."


def _escaped(words: str) -> str:
    """Words without Markdown: a record's title stays a title."""
    return _MARKS.sub(r"\\\1", words)


FORMATS: dict[str, Callable[[Sequence[Section]], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
