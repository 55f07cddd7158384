"""Pieces to lines, in the one form that the package describes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from ..models.case_study import Place, Years
from ..models.fields import Model
from ..models.shape import shape_of, shapes
from .pieces import MODELINE, Piece
from .scalars import WIDTH, literal, on_one_line, scalar, written

ONE_LINE: frozenset[type[Model]] = frozenset({Years, Place})
"""Groups so short that they are easier to read on one line, in braces."""

_WORD = re.compile(r"[\w.+-]+")


def printed(whole: Piece, model: type[Model]) -> str:
    """Return the text of a record."""
    lines: list[str] = []
    children = whole.children
    if children:
        head, children[0].above = _head(children[0].above)
        lines += head
    if isinstance(whole.node, MappingNode):
        children = _ordered(children, model)
    for child in children:
        lines += _piece(child, 0, model)
    if not children:
        lines += _text(whole, 0, 0, model)
    lines += _at(whole.below, "")
    return "\n".join(lines).strip("\n") + "\n"


def _head(above: list[str]) -> tuple[list[str], list[str]]:
    """Part the comments at the top into those about the file and those about its first field."""
    last = max(
        (number for number, line in enumerate(above) if not line or MODELINE.match(line)),
        default=-1,
    )
    return above[: last + 1], above[last + 1 :]


def _ordered(children: Sequence[Piece], model: type[Model] | None) -> list[Piece]:
    if model is None:
        return list(children)
    rank = {shape.name: number for number, shape in enumerate(shapes(model))}
    return sorted(
        children, key=lambda child: rank.get(child.key.value if child.key else "", len(rank))
    )


def _piece(piece: Piece, indent: int, model: type[Model] | None) -> list[str]:
    """
    A field or an entry with its comments.

    `model` is that of the group that a field stands in, or of the entry itself.
    """
    margin = " " * indent
    if piece.key is not None:
        begin = f"{on_one_line(piece.key.value)}:"
        shape = shape_of(model, piece.key.value)
        model = shape.model if shape else None
        prose = shape.is_prose if shape else None
    else:
        begin, prose = "-", None
        if isinstance(piece.node, MappingNode) and piece.children:
            # A comment on the first field has its place above the dash, before which nothing else stands.
            first_field = _ordered(piece.children, model)[0]
            piece.above, first_field.above = [*piece.above, *first_field.above], []
            if not _braces(piece, model, indent + 2):
                return _group_entry(piece, indent, model)
    column = indent + len(begin) + 1
    value = _text(piece, indent, column, model, brackets=_brackets(piece, column, prose))
    first, *rest = value if value else [""]
    line = f"{margin}{begin} {first}" if first else f"{margin}{begin}"
    if piece.beside:
        line += f"  {piece.beside}"
    return [*_at(piece.above, margin), line, *rest, *_at(piece.below, margin)]


def _group_entry(piece: Piece, indent: int, model: type[Model] | None) -> list[str]:
    """An entry that is a group: its first field stands behind the dash."""
    margin = " " * indent
    above = [*piece.above, piece.beside] if piece.beside else piece.above
    lines: list[str] = []
    for child in _ordered(piece.children, model):
        lines += _piece(child, indent + 2, model)
    lines[0] = f"{margin}- {lines[0].lstrip()}"
    return [*_at(above, margin), *lines, *_at(piece.below, margin)]


def _text(
    piece: Piece, indent: int, column: int, model: type[Model] | None, *, brackets: str = ""
) -> list[str]:
    """The value as lines; the first is empty where all of it stands below."""
    node = piece.node
    if isinstance(node, ScalarNode):
        return scalar(node, WIDTH - column, indent + 2)
    short = brackets or _braces(piece, model, column)
    if short:
        return [short]
    lines: list[str] = []
    for child in _ordered(piece.children, model if isinstance(node, MappingNode) else None):
        lines += _piece(child, indent + 2, model)
    while lines[:1] == [""]:  # no blank line between a field and what stands in it
        del lines[0]
    return ["", *lines]


def _brackets(piece: Piece, column: int, prose: bool | None) -> str:
    """A list in brackets, if it has room and is not prose (None: nobody knows); else nothing."""
    if not isinstance(piece.node, SequenceNode):
        return ""
    words = [_short(child) for child in piece.children]
    line = f"[{', '.join(words)}]"
    if not words:
        return line
    if prose is None:
        prose = not all(_WORD.fullmatch(word) for word in words)
    fits = column + len(line) <= WIDTH and not piece.has_comments
    return line if fits and all(words) and not prose else ""


def _braces(piece: Piece, model: type[Model] | None, column: int) -> str:
    """A short group in braces, if it has room; else nothing."""
    if not isinstance(piece.node, MappingNode):
        return ""
    if not piece.children:
        return "{}"
    if model not in ONE_LINE or piece.has_comments:
        return ""
    children = _ordered(piece.children, model)
    words = [_short(child) for child in children]
    if not all(words):
        return ""
    line = ", ".join(
        f"{on_one_line(child.key.value)}: {word}"
        for child, word in zip(children, words, strict=True)
        if child.key
    )
    return f"{{{line}}}" if column + len(line) + 2 <= WIDTH else ""


def _short(piece: Piece) -> str:
    """A value as it stands inside brackets or braces; nothing where it can't stand there."""
    node = piece.node
    if not isinstance(node, ScalarNode):
        return ""
    if node.tag != "tag:yaml.org,2002:str":
        return literal(node) or "null"
    text = written(node)
    return on_one_line(text, in_brackets=True)


def _at(comments: Sequence[str], margin: str) -> list[str]:
    """Comments at an indent, with one blank line where there were several."""
    return [
        f"{margin}{comment}" if comment else ""
        for comment, before in zip(comments, [None, *comments], strict=False)
        if comment or before != ""
    ]
