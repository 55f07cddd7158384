"""
YAML to plain data, as contributors mean it: the core schema of YAML 1.2, and stricter.

PyYAML speaks YAML 1.1, which reads ``state: NO`` as false and ``2026-11-24`` as a date, keeps the
last of two equal keys, and lets a short file unfold into a huge one. Here ``NO`` stays a string,
dates stay strings until a model asks for one, equal keys are findings, and anchors, aliases and
tags are refused: no record needs them. A blank line in folded text (after ``>-``) parts two
paragraphs, as its writer means it; plain YAML would make one line break of it, which Markdown
reads as a space.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.nodes import Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver

from .invisible import CONTROL, WIDE_BLANKS
from .yaml_problems import YamlProblem, explained, missing_space, special_blank

Data = dict[str, Any] | list[Any] | str | int | float | bool | None


class _CoreResolver(BaseResolver):
    """Resolves plain scalars by the core schema (YAML 1.2.2, section 10.3.2)."""


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$",
        list("-+.0123456789"),
    ),
):
    _CoreResolver.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]

    class _Composer(CParser, _CoreResolver):
        """Nodes with positions, by libyaml where PyYAML was built with it."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            _CoreResolver.__init__(self)

except ImportError:  # pragma: no cover - wheels of PyYAML for our platforms carry libyaml
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Composer(Reader, Scanner, Parser, Composer, _CoreResolver):  # type: ignore[no-redef]
        """The same without libyaml, some ten times slower."""

        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)
            _CoreResolver.__init__(self)


def compose(text: str) -> Node | None:
    """
    Return the node graph of a text with one document; None for an empty one.

    Raises `YamlProblem`.
    """
    try:
        node: Node | None = _Composer(text).get_single_node()
    except yaml.YAMLError as error:
        raise explained(error, text) from None
    return node


def load(text: str) -> Data:
    """Return the plain data of a YAML text. Raises `YamlProblem` at the first thing we refuse."""
    node = compose(text)
    return None if node is None else _construct(node, set())


def _construct(node: Node, seen: set[int]) -> Data:
    # An alias gives the same node object again, be it to share, to explode or to loop.
    if id(node) in seen:
        raise _at(
            node,
            "yaml-alias",
            "this value is used again elsewhere by an alias (`*name`)",
            "Write the value out wherever it is needed; aliases are not used in records.",
        )
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if isinstance(node, SequenceNode):
        _refuse_tag(node, "tag:yaml.org,2002:seq")
        return [_construct(item, seen) for item in node.value]
    _refuse_tag(node, "tag:yaml.org,2002:map")
    return _mapping(node, seen)


def _mapping(node: Node, seen: set[int]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            raise _at(
                key_node, "yaml-key", "a key must be a word", "Write `key: value`, one pair a line."
            )
        key = key_node.value
        if WIDE_BLANKS.search(key):
            raise special_blank(key_node.start_mark.line, _first_blank(key_node))
        glued = re.match(r"[\w-]+:(?=\S)", key) if not key_node.style else None
        if glued:
            mark = key_node.start_mark
            raise missing_space("colon", glued[0], mark.line, mark.column + glued.end() - 1)
        if key in data:
            first = next(k for k, _ in node.value if k.value == key)
            raise _at(
                key_node,
                "duplicate-key",
                f"`{key}` stands here a second time (first in line {first.start_mark.line + 1})",
                "Keep one of the two; for several values, write a list under one key.",
            )
        data[key] = _construct(value_node, seen)
    return data


def _first_blank(node: ScalarNode) -> int:
    """The column of the first special blank in a key on one line."""
    return int(node.start_mark.column) + len(WIDE_BLANKS.split(node.value)[0])


def _scalar(node: ScalarNode) -> str | int | float | bool | None:
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    text: str = node.value
    match kind:
        case "str":
            control = CONTROL.search(text)
            if control:
                raise _at(
                    node,
                    "yaml-control",
                    f"the text holds a control character (U+{ord(control[0]):04X}), written as an escape",
                    "Delete the backslash and the letters and digits that belong to it.",
                )
            return text_of(node)
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if not node.style:
            try:
                return int(text, 0) if text.startswith(("0x", "0o")) else int(text)
            except ValueError:
                raise _at(
                    node, "yaml-number", "the number is too long", "Check the digits."
                ) from None
        case "float" if not node.style:
            return float(text)
    raise _refused_tag(node)


def text_of(node: ScalarNode) -> str:
    """The text of a value. Folded text (``>-``) holds paragraphs, parted by one blank line or more."""
    text: str = node.value
    return re.sub(r"\n+", "\n\n", text) if node.style == ">" else text


def _refuse_tag(node: Node, expected: str) -> None:
    if node.tag != expected:
        raise _refused_tag(node)


def _refused_tag(node: Node) -> YamlProblem:
    name = node.tag.replace("tag:yaml.org,2002:", "!!")
    return _at(
        node, "yaml-tag", f"the tag `{name}` is not allowed", "Take the tag out; write plain text."
    )


def _at(node: Node, code: str, message: str, hint: str) -> YamlProblem:
    return YamlProblem(code, message, hint, node.start_mark.line, node.start_mark.column)
