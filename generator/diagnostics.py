"""What the generator has to say about a file: one finding, and a collection of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """
    One finding about one place in one file.

    The message states the problem only; the hint alone says how to mend it.
    """

    path: str
    """The file, relative to the library's root, with forward slashes."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters (not bytes)."""
    code: str
    """Names what is wrong, in lower-case words joined by hyphens, such as ``unknown-id``."""
    message: str
    hint: str = ""
    length: int = 1
    """How many characters of the line it is about."""

    @property
    def place(self) -> str:
        """``path:line:column``, the form that editors and terminals turn into a link."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(slots=True)
class Findings:
    """The findings of a run, each once, read back in the order of files and lines."""

    _seen: set[Diagnostic] = field(default_factory=set)

    def add(self, found: Diagnostic | Iterable[Diagnostic]) -> None:
        self._seen.update([found] if isinstance(found, Diagnostic) else found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._seen))

    def __len__(self) -> int:
        return len(self._seen)


class CheckFailed(Exception):
    """The library has findings, so nothing may be published. ``findings`` holds them all."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings
