"""
The good path of reading YAML: a parser in Rust, where it surely reads what the strict reader would.

It is some eight times quicker than PyYAML's, but keeps the last of two equal keys, follows aliases and
does not tell folded text from other text. So a text is given to it only where nothing in it could be
read in two ways, and its answer is taken only where every key that is written is there. Everything
else, and everything that is wrong, goes to the strict reader, which also says what is wrong.
"""

from __future__ import annotations

import re
from typing import Any

import fast_yaml

from .yaml_reader import Data

_CONTROLS = bytes({*range(32), 127} - {ord("\n")}) + b"\\"
"""Tabs, other line ends, what nobody can see; and the backslash, with which escapes begin."""
_OTHER_CONTROLS = re.compile("[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

# Possessive, so that a line of prose is left at its first word: half of the time of looking at a text.
_KEY = re.compile(r"\n[ ]*+(?:-[ ]++)*+([\w-]++)[ ]*+:(?=[ \n])")
"""At least every key that begins a line; now and then prose that looks like one."""
_WORD = re.compile(r"[\w-]+")
_SPECIAL = re.compile(
    r"\n[ ]*+((?:-[ ]++)*+(?:(?!--)[\w-]++[ ]*+:[ ]++)?+)([\[{&!|?>%@`\"'.<+-][^\n]*+)"
)
"""A line, or a value after keys and dashes (group 1), that begins with a sign (group 2)."""

_VALUE = r"""(?:'[^'\n]*'|"[^"\n]*"|(?:[\w$(]|[-+]\d)(?:(?!:[ ,\]}]|[ ]\#)[^\[\]{},\n])*)"""
_LIST = rf"\[[ ]*(?:{_VALUE}(?:,[ ]*{_VALUE})*)?[ ]*\]"
_PAIR = rf"[\w-]+:[ ]+(?:{_VALUE}|{_LIST})"
_GROUP = rf"\{{[ ]*{_PAIR}(?:,[ ]*{_PAIR})*[ ]*\}}"
_IN_BRACKETS = re.compile(
    rf"(?:{_LIST}|{_GROUP}|\[[ ]*{_GROUP}(?:,[ ]*{_GROUP})*[ ]*\])[ ]*(?:#.*)?"
)
"""Lists and groups in brackets as records have them: on one line, of words, numbers and quoted text."""
_KEY_IN_BRACKETS = re.compile(r"[{,][ ]*([\w-]+):[ ]")
_QUOTED_KEY = re.compile(r"""(?:"[^"]*"|'[^']*')[ ]*:""")

_FOLDED_HEADER = re.compile(r">[-+]?[ ]*(?:#.*)?")
_FOLDED = re.compile(
    rf"([ ]*(?:-[ ]+(?=-|[\w-]+:[ ]))*)(?:-[ ]+|[\w-]+:[ ]+){_FOLDED_HEADER.pattern}"
)
"""The header of folded text. Group 1 ends where its key or dash stands: the text is indented further."""
_AFTER_BLANK = re.compile(r"\n(?:[ ]*\n)+([ ]+)(?=[^ \n])")
"""A line that follows a blank one and is indented. Group 1 is its indent."""
_MOST_BLANKS = 200
"""For each blank line the way back to its header is walked: nobody may make that long."""


class Unsure(Exception):
    """The text may mean something else to the strict reader."""


def load(text: str) -> Data:
    """
    Return the plain data of a YAML text, as `yaml_reader.load` would.

    Raises `Unsure` where that reader must decide, be it that the text is wrong or only unusual.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) != len(raw.translate(None, _CONTROLS)):
        raise Unsure
    if not text.isascii() and _OTHER_CONTROLS.search(text):
        raise Unsure
    lines = f"\n{text}\n"  # so that every line has both its ends
    written = _KEY.findall(lines) + _keys_in_brackets(lines)
    try:
        data: Data = fast_yaml.safe_load(text)
    except ValueError:
        raise Unsure from None
    if not isinstance(data, dict | list):
        raise Unsure
    seen = _Seen()
    seen.walk(data)
    try:
        if not _WORD.fullmatch("-".join(seen.names)):
            raise Unsure
    except TypeError:  # a number, or nothing, is a key
        raise Unsure from None
    if sum(map(seen.names.__contains__, written)) != seen.keys:
        raise Unsure  # a key stands twice, or prose looks like one
    if (seen.parted or "\n\n" in text) and seen.parted != len(_folded_blocks(text)):
        raise Unsure
    return data


def _keys_in_brackets(lines: str) -> list[str]:
    """The keys that stand in brackets. Raises `Unsure` at every sign that plain values do not have."""
    keys: list[str] = []
    for found in _SPECIAL.finditer(lines):
        before, value = found[1], found[2]
        match value[0]:
            case "[" | "{" if before:
                if not _IN_BRACKETS.fullmatch(value):
                    raise Unsure
                keys += _KEY_IN_BRACKETS.findall(value)
            case "[" | "{":
                if _opens(lines, found.start()):
                    raise Unsure
            case ">":
                if not before or not _FOLDED_HEADER.fullmatch(value):
                    raise Unsure
            case '"' | "'":
                if _QUOTED_KEY.match(value):
                    raise Unsure
            case "+" | "-":
                if value[1:2] in (".", "-"):
                    raise Unsure  # a number that is none; the end of a document
            case "<":
                if value.startswith("<<"):
                    raise Unsure
            case _:
                raise Unsure
    return keys


def _opens(lines: str, end: int) -> bool:
    """Whether the line that ends at `end` may have its value on the next: brackets there may not be prose."""
    line = lines[lines.rfind("\n", 0, end) + 1 : end].partition(" #")[0].rstrip(" ")
    return not line or line[0] == "#" or line[-1] == ":" or (line[-1] == "-" and line[-2:] != ">-")


_PARAGRAPHS = re.compile(r"\n+")


class _Seen:
    """What was met on one walk through plain data."""

    __slots__ = ("keys", "names", "parted")

    def __init__(self) -> None:
        self.names: set[str] = set()
        """Of the entries of mappings."""
        self.keys = 0
        """Entries of mappings."""
        self.parted = 0
        """Texts of several paragraphs."""

    def walk(self, group: dict[str, Any] | list[Any]) -> None:
        """Part the paragraphs of the texts in a group, in place."""
        if type(group) is dict:
            self.keys += len(group)
            self.names.update(group)
            entries: Any = group.items()
        else:
            entries = enumerate(group)
        for key, value in entries:
            kind = type(value)
            if kind is str:
                if "\n" in value:
                    self.parted += 1
                    group[key] = _PARAGRAPHS.sub("\n\n", value)
            elif kind is dict or kind is list:
                self.walk(value)


def _folded_blocks(text: str) -> set[int]:
    """Where the headers of folded texts stand that have a blank line between two others."""
    blocks = set()
    for number, found in enumerate(_AFTER_BLANK.finditer(text)):
        if number == _MOST_BLANKS or text[found.end()] == "#":
            raise Unsure  # a comment ends folded text, or is a line of it
        indent = len(found[1])
        end = found.start()
        while end > 0:
            start = text.rfind("\n", 0, end) + 1
            line = text[start:end]
            if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
                header = _FOLDED.fullmatch(line)
                if header and header.end(1) < indent:
                    blocks.add(start)
                break
            end = start - 1
    return blocks
