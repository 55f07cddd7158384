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
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import Node, ScalarNode, SequenceNode
from yaml.resolver import BaseResolver

Data = dict[str, Any] | list[Any] | str | int | float | bool | None


@dataclass
class YamlProblem(Exception):
    """Why a text is not the YAML we accept. Line and column count from 0, as PyYAML does."""

    code: str
    message: str
    hint: str
    line: int
    column: int


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
        raise _explained(error, text) from None
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


def _scalar(node: ScalarNode) -> str | int | float | bool | None:
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    text: str = node.value
    match kind:
        case "str":
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


# What the parser says, and what a person who has never seen YAML needs to hear instead.
_EXPLANATIONS = (
    (
        r"cannot start any token|tab character",
        "yaml-character",
        "a value may not begin with this character",
        "Put the whole value in double quotes.",
    ),
    (
        r"mapping values are not allowed",
        "yaml-colon",
        "a colon followed by a space stands inside a value that has no quotes",
        'Put the whole value in double quotes: `title: "CUNY ASAP: full support"`.',
    ),
    (
        r"could not find expected ':'|expected <block end>|did not find expected key",
        "yaml-indent",
        "the lines are not indented as YAML needs it, or a quotation mark is missing",
        "Let keys of one group start in the same column; look at this line and the one before it.",
    ),
    (
        r"unexpected end of stream|found unexpected end",
        "yaml-quote",
        "a quotation mark is opened and never closed",
        "Close the quotation mark.",
    ),
    (
        r"expected ',' or '[\]}]'|did not find expected ',' or",
        "yaml-bracket",
        "a bracket is opened and never closed, or a comma is missing",
        "Close the bracket; put commas between the values.",
    ),
    (
        r"undefined alias",
        "yaml-alias",
        "an alias (`*name`) stands for a value written elsewhere",
        "Write the value out; put text that begins with * in quotes.",
    ),
    (
        r"expected a single document|but found another document",
        "yaml-documents",
        "a second document begins here",
        "Take out the line `---`; one file holds one record.",
    ),
    (
        r"not allowed|control characters|unacceptable character",
        "yaml-character",
        "a character that may not stand in a text file",
        "Delete it; it may be invisible.",
    ),
    (
        r"exceeded maximum nesting depth|recursion",
        "yaml-depth",
        "lists are nested too deeply",
        "Write plain lists.",
    ),
)


def _explained(error: yaml.YAMLError, text: str) -> YamlProblem:
    said = str(error).replace("\n", " ")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opening = getattr(error, "context_mark", None)
    if mark is not None:
        line, column = mark.line, mark.column
    else:  # a reader's error knows only how many characters came before it
        before = text[: getattr(error, "position", 0) or 0]
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    lines = text.split("\n")
    if line < len(lines) and lines[line][column : column + 1] == "\t":
        return YamlProblem(
            "yaml-tab",
            "a tab stands where YAML wants spaces",
            "Replace it by spaces, two for each level.",
            line,
            column,
        )
    for pattern, code, message, hint in _EXPLANATIONS:
        if re.search(pattern, said):
            # What is never closed is noticed far behind; the place to look is where it opens.
            if code in ("yaml-quote", "yaml-bracket") and opening is not None:
                line, column = opening.line, opening.column
            return YamlProblem(code, message, hint, line, column)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return YamlProblem(
        "yaml-syntax",
        f"this is not YAML: {problem}",
        "Compare with a record that passes; look at this line and the one before it.",
        line,
        column,
    )
