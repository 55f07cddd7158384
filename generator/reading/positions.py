"""Where in a file a value stands. Computed only when a finding needs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .yaml_problems import YamlProblem
from .yaml_reader import compose

Location = Sequence[str | int]
"""The way to a value: keys and list indexes, such as ``("outcomes", 0, "value")``."""


class Positions:
    """Answers where in a YAML text the values and keys stand, as (line, column) from 1."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first_line = first_line

    @cached_property
    def _root(self) -> Node | None:
        try:
            return compose(self._text)
        except YamlProblem:
            return None

    def of_value(self, location: Location) -> tuple[int, int]:
        """Where the value begins; where it is missing, the nearest value around it."""
        node = self._nearest(location)[0]
        return self._place(node)

    def of_key(self, location: Location) -> tuple[int, int]:
        """Where the key begins under which the value stands; else as `of_value`."""
        parent, rest = self._nearest(location[:-1])
        if not rest and isinstance(parent, MappingNode):
            for key, _ in parent.value:
                if key.value == location[-1]:
                    return self._place(key)
        return self.of_value(location)

    def length(self, location: Location, *, key: bool = False) -> int:
        """How many characters the value (or the key) takes on its first line; 1 where it is missing or a group."""
        parent, rest = self._nearest(location[:-1] if key else location)
        node = parent
        if key and not rest and isinstance(parent, MappingNode):
            node = next((k for k, _ in parent.value if k.value == location[-1]), None)
        if rest or not isinstance(node, ScalarNode):
            return 1
        start, end = node.start_mark, node.end_mark
        line = self._text.split("\n")[start.line]
        stop = end.column if end.line == start.line else len(line.rstrip())
        return max(stop - start.column, 1)

    def in_text(self, location: Location, needle: str, nth: int = 0) -> tuple[int, int]:
        """
        Where `needle` stands inside a (perhaps folded) string value; else where that begins.

        `nth` is how many times it stands there before that.
        """
        node = self._nearest(location)[0]
        if node is None or not needle:
            return self._place(node)
        start, end = node.start_mark, node.end_mark
        lines = self._text.split("\n")[start.line : end.line + 1]
        for number, line in enumerate(lines):
            at = line.find(needle, start.column if number == 0 else 0)
            while at >= 0 and nth:
                nth -= 1
                at = line.find(needle, at + len(needle))
            if at >= 0:
                return self._first_line + start.line + number, at + 1
        return self._place(node)

    def _nearest(self, location: Location) -> tuple[Node | None, Location]:
        """The deepest node on the way to a location, and the part of the way that is not there."""
        node = self._root
        for depth, step in enumerate(location):
            following = None
            if isinstance(node, MappingNode):
                following = next((v for k, v in node.value if k.value == step), None)
            elif (
                isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value)
            ):
                following = node.value[step]
            if following is None:
                return node, location[depth:]
            node = following
        return node, ()

    def _place(self, node: Node | None) -> tuple[int, int]:
        if node is None:
            return self._first_line, 1
        return self._first_line + node.start_mark.line, node.start_mark.column + 1
