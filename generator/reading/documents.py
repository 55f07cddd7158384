"""A file as read: its data or what is wrong with it. A broken file is a value, not an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..diagnostics import Diagnostic
from ..digests import digest_of
from . import quick_yaml, yaml_reader
from .front_matter import split
from .invisible import CONTROL, INVISIBLE, name_of
from .positions import Location, Positions
from .sources import read_text
from .yaml_problems import YamlProblem
from .yaml_reader import Data


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
    """None too where a record has been made of it."""
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
        length = self.positions.length(location, key=key)
        return Diagnostic(self.path, line, column, code, message, hint, length)

    def finding_in(
        self, location: Location, needle: str, code: str, message: str, hint: str = "", nth: int = 0
    ) -> Diagnostic:
        """
        A finding about some words inside a string value, or inside the body for ``("body",)``.

        `nth` is how many times the words stand there before the place that is meant.
        """
        if tuple(location) == ("body",):
            offset = _offset(self.body, needle, nth)
            line = self.body_line + self.body[:offset].count("\n")
            column = offset - self.body[:offset].rfind("\n")
            shown = self.body[offset:]
        else:
            line, column = self.positions.in_text(location, needle, nth)
            shown = self.text.split("\n")[line - self.first_line][column - 1 :]
        length = len(needle.split("\n")[0]) if shown.startswith(needle) else 1
        return Diagnostic(self.path, line, column, code, message, hint, max(length, 1))

    def written(self) -> str:
        """Its fields as the file has them: for YAML, the whole file."""
        return self.text


class Changed(Exception):
    """A file, by its path from the library's root, is not what it was when it was read."""


@dataclass(frozen=True)
class LeftDocument(Document):
    """
    A document whose text is not in memory: the texts of all records would need as much as the records.

    A finding reads the file once more, to say where something stands. If it has changed meanwhile or is gone, that is
    the nearest place there is.
    """

    root: Path = Path()
    """The library's folder."""

    @cached_property
    def _again(self) -> Document:
        return self._read()

    def _read(self) -> Document:
        text = read_text(f"{self.root}/{self.path}", self.root)
        found = outline(text, self.path) if isinstance(text, str) else text
        return found if isinstance(found, Document) else Document(self.path, "", None)

    def written(self) -> str:
        return self._read().text  # and lets go of it

    def data_again(self, digest: str) -> Data:
        """The plain data of the file, whose text had that digest and no findings. Raises `Changed` where it has another."""
        text = read_text(self.root / self.path, self.root)
        if not isinstance(text, str) or digest_of(text.encode()) != digest:
            raise Changed(self.path)
        document = parse_document(text, self.path)
        assert isinstance(document, Document)
        return document.data

    def finding(
        self, location: Location, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> Diagnostic:
        return self._again.finding(location, code, message, hint, key=key)

    def finding_in(
        self, location: Location, needle: str, code: str, message: str, hint: str = "", nth: int = 0
    ) -> Diagnostic:
        return self._again.finding_in(location, needle, code, message, hint, nth)


def data_of(text: str) -> Data:
    """The plain data of a YAML text. Raises `YamlProblem`."""
    try:
        return quick_yaml.load(text)
    except quick_yaml.Unsure:
        return yaml_reader.load(text)


def _hidden(text: str, found: re.Match[str], shown: str) -> Diagnostic:
    before = text[: found.start()]
    count = len(INVISIBLE.findall(text))
    return Diagnostic(
        shown,
        before.count("\n") + 1,
        found.start() - before.rfind("\n"),
        "invisible-character",
        f"a character that nobody can see stands here: {name_of(found[0])}"
        + (f"; the file has {count:,} such" if count > 1 else ""),
        "`kb fmt` takes it out. By hand: delete the letters on both sides of it, and type them again.",
    )


def _offset(text: str, needle: str, nth: int) -> int:
    """Where `needle` stands in a text after `nth` others; 0 where it does not."""
    at = text.find(needle)
    for _ in range(nth):
        at = text.find(needle, at + len(needle))
    return max(at, 0)


def parse_document(text: str, shown: str) -> Document | Diagnostic:
    """Read the text of a file; `shown` is its path from the library's root."""
    hidden = None if text.isascii() else INVISIBLE.search(text)
    if hidden is not None:
        return _hidden(text, hidden, shown)
    document = outline(text, shown)
    if isinstance(document, Diagnostic):
        return document
    control = CONTROL.search(document.body)  # of the YAML, its reader tells
    if control is not None:
        return document.finding_in(
            ("body",),
            control[0],
            "yaml-control",
            f"a control character stands here (U+{ord(control[0]):04X})",
            "Delete the letters on both sides of it, and type them again.",
        )
    try:
        return replace(document, data=data_of(document.text))
    except YamlProblem as problem:
        return Diagnostic(
            shown,
            document.first_line + problem.line,
            problem.column + 1,
            problem.code,
            problem.message,
            problem.hint,
        )
    except RecursionError:
        return Diagnostic(
            shown, 1, 1, "yaml-depth", "lists are nested too deeply", "Write plain lists."
        )


def outline(text: str, shown: str) -> Document | Diagnostic:
    """The text of a file as `parse_document` reads it, but for the data: enough to say where something stands."""
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
    return Document(shown, text, None, body, first_line, body_line)
