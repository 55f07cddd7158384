"""A file in the one form, or the finding that says why it is left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostic
from ..models.fields import Model
from ..reading.documents import Document, data_of, parse_document
from ..reading.invisible import made_visible
from ..reading.sources import read_text, relative
from ..reading.yaml_problems import YamlProblem
from ..reading.yaml_reader import compose
from .pieces import Piece, pieces
from .printer import printed


class Unsafe(Exception):
    """The new text would not hold all that the old one holds. It is a fault of ours; nothing was written."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file, as it is and as it should be."""

    path: str
    """From the library's root, with forward slashes."""
    before: bytes
    after: bytes

    @property
    def changed(self) -> bool:
        return self.before != self.after


def formatted_file(path: Path, root: Path, model: type[Model]) -> Formatted | Diagnostic:
    """
    Return a record's file in the one form; the text below front matter stays as it is.

    Returns the finding where the file cannot be read. Raises `Unsafe`.
    """
    text = read_text(path, root)
    if isinstance(text, Diagnostic):
        return text
    shown = relative(path, root)
    document = parse_document(made_visible(text), shown)
    if isinstance(document, Diagnostic):
        return document
    return Formatted(shown, path.read_bytes(), _whole(document, model).encode())


def _whole(document: Document, model: type[Model]) -> str:
    yaml = formatted(document.text, model)
    if not document.path.endswith(".md"):
        return yaml
    body = f"\n{document.body.rstrip()}\n" if document.body.strip() else ""
    return f"---\n{yaml}---\n{body}"


def formatted(text: str, model: type[Model]) -> str:
    """
    Return the YAML of a record in the one form; a text without a value stays as it is.

    Raises `YamlProblem` for what is not our YAML, and `Unsafe`.
    """
    root = compose(text)
    if root is None:
        return text
    data = data_of(text)
    new = printed(pieces(text, root), model)
    if new == text:  # as most are
        return text
    try:
        same = _data(data) == _data(data_of(new)) and _comments(text) == _comments(new)
    except YamlProblem:  # a fault of ours, and not of whoever wrote the old text
        same = False
    if not same:
        raise Unsafe
    return new


def _data(value: Any) -> Any:
    """The data without what the form may change: blanks around a text and on its empty lines."""
    if isinstance(value, dict):
        return {key: _data(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_data(each) for each in value]
    if isinstance(value, str):
        return "\n".join(line if line.strip() else "" for line in value.strip().split("\n"))
    return value


def _comments(text: str) -> Counter[str]:
    root = compose(text)
    return Counter(_all_comments(pieces(text, root))) if root else Counter()


def _all_comments(piece: Piece) -> Iterator[str]:
    yield from (comment for comment in (*piece.above, piece.beside, *piece.below) if comment)
    for child in piece.children:
        yield from _all_comments(child)
