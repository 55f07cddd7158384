"""A file as read: its data or what is wrong with it. A broken file is a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..diagnostics import Diagnostic
from .front_matter import split
from .positions import Location, Positions
from .sources import read_text, relative
from .yaml_reader import Data, YamlProblem, load


@dataclass(frozen=True)
class Document:
    """
    One file that could be read.

    For Markdown, `data` is the front matter, `body` the text below it; for YAML, `body` is empty.
    """

    path: str
    """From the library's root, with forward slashes."""
    text: str
    """The YAML part of the file, as written."""
    data: Data
    body: str = ""
    first_line: int = 1
    """The line of the file in which the YAML begins."""
    body_line: int = 1
    """The line of the file in which the body begins."""

    @cached_property
    def positions(self) -> Positions:
        return Positions(self.text, self.first_line)

    def finding(
        self, location: Location, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> Diagnostic:
        """A finding about the value (or, with `key`, the key) at a location."""
        where = self.positions.of_key if key else self.positions.of_value
        line, column = where(location)
        return Diagnostic(self.path, line, column, code, message, hint)

    def finding_in(
        self, location: Location, needle: str, code: str, message: str, hint: str = ""
    ) -> Diagnostic:
        """A finding about some words inside a string value, or inside the body for ``("body",)``."""
        if tuple(location) == ("body",):
            return self.finding_in_body(max(self.body.find(needle), 0), code, message, hint)
        line, column = self.positions.in_text(location, needle)
        return Diagnostic(self.path, line, column, code, message, hint)

    def finding_in_body(self, offset: int, code: str, message: str, hint: str = "") -> Diagnostic:
        """A finding about the body at an offset in characters."""
        before = self.body[:offset]
        line = self.body_line + before.count("\n")
        return Diagnostic(self.path, line, offset - before.rfind("\n"), code, message, hint)


def read_document(path: Path, root: Path) -> Document | Diagnostic:
    """Read a YAML file, or a Markdown file with front matter."""
    text = read_text(path, root)
    return text if isinstance(text, Diagnostic) else parse_document(text, relative(path, root))


def parse_document(text: str, shown: str) -> Document | Diagnostic:
    """Read the text of a file; `shown` is its path from the library's root."""
    body, first_line, body_line = "", 1, 1
    if shown.endswith(".md"):
        parts = split(text)
        if parts is None:
            return Diagnostic(
                shown,
                1,
                1,
                "no-front-matter",
                "the file does not begin with front matter",
                "Begin with a line `---`, then the fields, then another line `---`, then the text.",
            )
        text, body, first_line, body_line = parts
    try:
        data = load(text)
    except YamlProblem as problem:
        return Diagnostic(
            shown,
            first_line + problem.line,
            problem.column + 1,
            problem.code,
            problem.message,
            problem.hint,
        )
    except RecursionError:
        return Diagnostic(
            shown, 1, 1, "yaml-depth", "lists are nested too deeply", "Write plain lists."
        )
    return Document(shown, text, data, body, first_line, body_line)
