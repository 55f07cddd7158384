"""
A YAML text as a tree of pieces, each a field or an entry of a list with its comments.

Comments are found here, not by a library: those that keep comments hang each one on the token before it,
so that it stays behind when the field below it moves. Here a comment above a field belongs to that
field. What is a comment is sure, because the parser says where every value begins and ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Place = tuple[int, int]
"""Line and column from 0, in characters."""

MODELINE = re.compile(r"#\s*yaml-language-server\s*:")
"""A comment that tells editors where the schema is; it stays at the top."""


@dataclass(slots=True)
class Piece:
    """A field (with a key) or an entry of a list (without), or the whole text."""

    node: Node
    key: ScalarNode | None = None
    parent: Piece | None = None
    children: list[Piece] = field(default_factory=list)
    column: int = 0
    """Where the field or the dash of the entry begins."""
    above: list[str] = field(default_factory=list)
    """Comments above it, and an empty string for a blank line."""
    beside: str = ""
    """The comment at the end of its line."""
    below: list[str] = field(default_factory=list)
    """Comments that follow it at its own indent and belong to nothing further down."""

    @property
    def start(self) -> Place:
        mark = (self.key or self.node).start_mark
        return mark.line, mark.column

    @property
    def end(self) -> Place:
        return self.node.end_mark.line, self.node.end_mark.column

    @property
    def has_comments(self) -> bool:
        """Whether a comment stands anywhere inside it."""
        return any(c.beside or c.below or any(c.above) or c.has_comments for c in self.children)


def pieces(text: str, root: Node) -> Piece:
    """Return the tree of a YAML text and its node graph, every comment in its place."""
    whole = Piece(root)
    _grow(whole)
    _Comments(text, whole).attach()
    return whole


def _grow(piece: Piece) -> None:
    node = piece.node
    if isinstance(node, MappingNode):
        for key, value in node.value:
            piece.children.append(Piece(value, key, piece, column=key.start_mark.column))
    elif isinstance(node, SequenceNode):
        for entry in node.value:
            piece.children.append(Piece(entry, None, piece, column=node.start_mark.column))
    for child in piece.children:
        _grow(child)


def _below(piece: Piece) -> Iterator[Piece]:
    for child in piece.children:
        yield child
        yield from _below(child)


class _Comments:
    """Finds the comments and blank lines of a text and hangs them on its pieces."""

    def __init__(self, text: str, whole: Piece) -> None:
        self._lines = text.split("\n")
        self._whole = whole
        self._pieces = list(_below(whole))  # in the order in which they begin
        self._starts = [piece.start for piece in self._pieces]

    def attach(self) -> None:
        inside = self._inside()
        blank = False
        for number, line in enumerate(self._lines):
            covered = inside.get(number, [])
            if (0, None) in covered:  # a line of text after `>-` or `|`
                blank = False
                continue
            at = _comment_in(line, covered)
            before = line if at is None else line[:at]
            if at is not None and not before.strip():
                self._above((number, at), line[at:].rstrip(), blank)
                blank = False
            elif at is not None:
                self._beside((number, at), line[at:].rstrip())
            elif not line.strip() and not covered:
                blank = True
                continue
            if before.strip() and blank:
                self._blank_above(number)
                blank = False

    def _inside(self) -> dict[int, list[tuple[int, int | None]]]:
        """By line: the columns from and to which it belongs to a value; None is the line's end."""
        covered: dict[int, list[tuple[int, int | None]]] = {}
        for piece in self._pieces or [self._whole]:
            for node in (piece.key, piece.node):
                if isinstance(node, ScalarNode):
                    self._cover(node, covered)
        return covered

    def _cover(self, node: ScalarNode, covered: dict[int, list[tuple[int, int | None]]]) -> None:
        start, end = node.start_mark, node.end_mark
        if node.style in ("|", ">"):
            last = end.line if end.column else end.line - 1
            while last > start.line and not self._lines[last].strip():
                last -= 1
            for line in range(start.line + 1, last + 1):
                covered.setdefault(line, []).append((0, None))
            return
        for line in range(start.line, end.line + 1):
            first = start.column if line == start.line else 0
            covered.setdefault(line, []).append((first, end.column if line == end.line else None))

    def _above(self, place: Place, comment: str, blank: bool) -> None:
        told = ["", comment] if blank else [comment]
        following = self._first_after(place)
        if following is not None and (
            place[1] <= following.column or _in_flow(following) or following is self._pieces[0]
        ):
            following.above += told
            return
        if following is None and place[1] == 0:
            self._whole.below += told
            return
        owner = self._last_before(place)
        while owner.parent and owner.parent is not self._whole and owner.column > place[1]:
            owner = owner.parent
        owner.below += told

    def _beside(self, place: Place, comment: str) -> None:
        owner = self._last_before(place)
        while owner.parent and _in_flow(owner) and owner.parent.end <= place:
            owner = owner.parent
        if owner.beside:
            owner.below.append(comment)
        else:
            owner.beside = comment

    def _blank_above(self, number: int) -> None:
        first = self._first_after((number, -1))
        if first is not None:
            first.above.append("")

    def _first_after(self, place: Place) -> Piece | None:
        at = bisect_right(self._starts, place)
        return self._pieces[at] if at < len(self._pieces) else None

    def _last_before(self, place: Place) -> Piece:
        at = bisect_left(self._starts, place)
        return self._pieces[at - 1] if at else self._whole


def _in_flow(piece: Piece) -> bool:
    return bool(piece.parent and getattr(piece.parent.node, "flow_style", False))


def _comment_in(line: str, covered: list[tuple[int, int | None]]) -> int | None:
    """The column at which a line's comment begins: a `#` after a blank, outside of every value."""
    for found in re.finditer(r"(?:^|(?<=\s))#", line):
        at = found.start()
        if not any(first <= at and (last is None or at < last) for first, last in covered):
            return at
    return None
