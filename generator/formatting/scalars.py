"""A single value as text: as it is, in quotes, or wrapped over several lines."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from yaml.nodes import ScalarNode

from ..reading.yaml_problems import YamlProblem
from ..reading.yaml_reader import load, text_of

WIDTH = 100
"""Columns that a line may have; a word that is longer stays whole."""

_BREAK = re.compile(r"(?<=\S) (?=\S)")
_PARAGRAPHS = re.compile(r"\n\n(?!\n)")
_UNSAFE_PLAIN = re.compile(
    r"^[\s,\[\]{}#&*!|>'\"%@`]|^[?-]$|^[?:-]\s|^---|:\s|\s#|[\s:-]$|[\n\t]", re.ASCII
)
_UNSAFE_IN_BRACKETS = re.compile(r"^[:?]|[,\[\]{}]")
"""More of what must be in quotes there: libyaml takes a colon or a question mark in front for a sign."""
UNPRINTABLE = re.compile(
    "[^\t\n\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)


def scalar(node: ScalarNode, room: int, indent: int) -> list[str]:
    """
    Return the value as lines: the first follows the field's name, the rest stand below it.

    `room` is the number of columns left on the first line, `indent` that of the lines below.
    """
    if node.tag != "tag:yaml.org,2002:str":
        return [literal(node)]
    text = written(node)
    if UNPRINTABLE.search(text):
        return [on_one_line(text)]
    paragraphs = _PARAGRAPHS.split(text)
    if any("\n" in paragraph or paragraph.startswith(" ") for paragraph in paragraphs):
        return _as_it_is(text, indent)
    whole = not _BREAK.search(text)
    if len(paragraphs) == 1 and (whole or len(text) <= room):
        line = on_one_line(text)
        if whole or len(line) <= room:
            return [line]
    return _wrapped(paragraphs, indent)


def written(node: ScalarNode) -> str:
    """The text of a value as the reader gives it, without blanks around it."""
    return text_of(node).strip()


def literal(node: ScalarNode) -> str:
    """A number as it is written (97.0 stays 97.0), true, false and null in one form, nothing as nothing."""
    if node.tag.endswith("null"):
        return "null" if node.value else ""
    text: str = node.value
    return text.lower() if node.tag.endswith("bool") else text


@lru_cache(maxsize=10_000)  # names of fields, ids and dates are in all records
def on_one_line(text: str, *, in_brackets: bool = False) -> str:
    """A text on one line: plain where YAML reads it back as this text, else in quotes."""
    if UNPRINTABLE.search(text) or "\n" in text:
        quoted = json.dumps(text, ensure_ascii=False)
        return UNPRINTABLE.sub(lambda found: f"\\U{ord(found[0]):08x}", quoted)
    if not _UNSAFE_PLAIN.search(text) and not (in_brackets and _UNSAFE_IN_BRACKETS.search(text)):
        try:
            if load(f"- {text}") == [text]:
                return text
        except YamlProblem:
            pass
    if "'" in text and '"' not in text:
        return '"' + text.replace("\\", "\\\\") + '"'
    return "'" + text.replace("'", "''") + "'"


def _wrapped(paragraphs: list[str], indent: int) -> list[str]:
    lines = [">-"]
    for number, paragraph in enumerate(paragraphs):
        if number:
            lines.append("")
        line = ""
        for word in _BREAK.split(paragraph.strip(" ")):
            if line and indent + len(line) + 1 + len(word) > WIDTH:
                lines.append(" " * indent + line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(" " * indent + line)
    return lines


def _as_it_is(text: str, indent: int) -> list[str]:
    return ["|-", *(" " * indent + line if line.strip() else "" for line in text.split("\n"))]
