"""
The good path of reading YAML: records as they are mostly written, without a parser for all that YAML can say.

A pattern says what a usual text is made of: entries, each on a line of its own, with a value that stands behind it or is
folded text below. What it leaves out, a key that stands twice, and a line that is not as far indented as those that it
belongs to are left to the strict reader. That one takes ten times as long, and also says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from .yaml_reader import Data

_CONTROLS = bytes({*range(32), 127} - {ord("\n")}) + b"\\"
"""Tabs, other line ends, what nobody can see; and the backslash, with which escapes begin."""
_OTHER_CONTROLS = re.compile("[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

# Repeats are possessive (`*+`), so that no text makes a pattern try the same again and again.
_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}+"
_QUOTED = r"""'[^'\n]*+(?:''[^'\n]*+)*+'|"[^"\n]*+\""""
_FIRST = r"(?:(?!0[ox])[\w$(]|[-+]\d)"
"""With what a plain value may begin: no sign of YAML's, and no number in eights or sixteens."""
_PLAIN = rf"{_FIRST}[^\n:#]*+(?:(?::(?![ \n])|(?<!\ )\#)[^\n:#]*+)*+"
_ENTRY = re.compile(
    rf"""
        \ *+ (?:\#[^\n]*+)? \n                      # nothing, or a comment
    |   (\ {{0,99}}+ (?:-\ ++)?+)                   # 1 the indent, and the dash of an item
        (?: ({_KEY}): (?:\ ++|(?=\n)) )?+           # 2 the key
        (?: (?:\#[^\n]*+)? \n                       # nothing behind it
        |   >- \ *+ \n
            (\ ++)                                  # 3 the indent of folded text
            ([^\ \n][^\n]*+\n                       # 4 its lines, the first without that
            (?:\3[^\ \n][^\n]*+\n | \n)*+)
            (?!\3 | \ ++\n)                         # (in some of which blanks would count)
        |   ( \[[^\n]*\] | \{{[^\n]*\}}             # 5 a value: a list or group in brackets,
            | {_QUOTED}                             # in quotes,
            | {_PLAIN} (?:\n\ ++{_PLAIN}(?=\n))*+   # or plain, over one line or several
            )
            \ *+ (?:(?<=\ )\#[^\n]*+)? \n
        )
    |   (.+)                                        # 6 all that follows where a line is not usual
    """,
    re.S | re.X,
)
_Entry = tuple[str, str, str, str, str, str]
"""The groups of `_ENTRY`. All are empty in a blank line, in a comment and at the end."""
_NOTHING = ("",) * 6

_SHORT = (
    rf"(?:{_QUOTED}|{_FIRST}[^][{{}},\n:#]*+(?:(?::(?![ ?,\]}}])|(?<! )#)[^][{{}},\n:#]*+)*+) *+"
)
"""A value in brackets, and blanks behind it: a word or several, a number, quoted text."""
_LIST = rf"\[ *+(?:{_SHORT}(?:, *+{_SHORT})*+)?\]"
_PAIR = rf"({_KEY}): ++({_SHORT}|{_LIST} *+)"
_GROUP = rf"\{{ *+{_PAIR}(?:, *+{_PAIR})*+\}}"
_IDS = re.compile(r"\[[a-z][a-z0-9-]*+(?:, [a-z][a-z0-9-]*+)*+\]")
"""What most lists in brackets are; some of these words may be no text."""
_IN_BRACKETS = re.compile(f"{_LIST}|{_GROUP}")
_SHORTS, _PAIRS = re.compile(_SHORT), re.compile(_PAIR)

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"([-+]?[0-9]++)|[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
"""Group 1 is a whole one."""
_LONGEST = 99
"""Figures of a number that Python surely reads."""


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
    entries = _ENTRY.findall(text if text.endswith("\n") else f"{text}\n")
    if entries[-1][-1]:
        raise Unsure
    reader = _Reader([entry for entry in entries if entry != _NOTHING])
    data = reader.below(-1)
    if data is None or reader.entry is not _NOTHING:
        raise Unsure
    return data


class _Reader:
    """Puts entries together to groups and lists. All methods raise `Unsure`."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._rest = [_NOTHING, *reversed(entries)]
        self.entry = self._rest.pop()
        """The next one; `_NOTHING` behind the last."""

    def below(self, column: int) -> Data:
        """The list or group that begins with the next entry, if it is the value of a key in a column; else None."""
        before, key, *_ = self.entry
        dash = before.find("-")
        if dash >= max(column, 0):
            return self._list(dash)
        return self._group(len(before)) if key and dash < 0 and len(before) > column else None

    def _list(self, dash: int) -> list[Any]:
        """The list with its dashes in a column, of which the next entry has the first."""
        items: list[Any] = []
        while self.entry[0].find("-") == dash:
            before, key, _, folded, value, _ = self.entry
            if not (key or folded or value):
                raise Unsure
            items.append(self._group(len(before)) if key else self._value(dash))
        return items

    def _group(self, column: int) -> dict[str, Any]:
        """The group with its keys in a column, of which the next entry has the first."""
        group: dict[str, Any] = {}
        key = self.entry[1]
        while True:
            if key in group:
                raise Unsure
            group[key] = self._value(column)
            before, key, _, _, _, _ = self.entry
            if not key or len(before) != column or "-" in before:
                return group

    def _value(self, column: int) -> Data:
        """The value of the next entry, which has its key, or else its dash, in a column."""
        _, _, indent, folded, value, _ = self.entry
        self.entry = self._rest.pop()
        if value:
            return _VALUES.get(value[0], _text)(value, column)
        return _unfolded(folded, indent, column) if folded else self.below(column)


# What is left of a text for a value. Lines below the first are to be indented further than a column.


def _unfolded(lines: str, indent: str, column: int) -> str:
    """Folded text, with a blank line between two paragraphs."""
    if len(indent) <= column:
        raise Unsure
    text = lines.rstrip("\n").replace(f"\n{indent}", " ").replace("\n ", "\n\n")
    return re.sub("\n{3,}", "\n\n", text) if "\n\n\n" in text else text


def _text(value: str, column: int) -> str:
    """Plain text, over one line or several."""
    if "\n" not in value:
        return value.rstrip(" ")
    first, *others = value.split("\n")
    if any(len(line) - len(line.lstrip(" ")) <= column for line in others):
        raise Unsure
    return " ".join(line.strip(" ") for line in (first, *others))


def _word(value: str, column: int) -> str | bool | None:
    """What begins as one of the words that are no text."""
    word = value.rstrip(" ")
    return _WORDS[word] if word in _WORDS else _text(value, column)


def _number(value: str, column: int) -> str | int | float:
    """What begins as a number."""
    word = value.rstrip(" ")
    number = _NUMBER.fullmatch(word)
    if not number:
        return _text(value, column)
    if len(word) > _LONGEST:
        raise Unsure
    return int(word) if number[1] else float(word)


def _quoted(value: str, _: int) -> str:
    quote = value[0]
    return value[1:-1].replace(quote * 2, quote)


def _in_brackets(value: str, column: int) -> Data:
    if _IDS.fullmatch(value):
        return [_WORDS.get(word, word) for word in value[1:-1].split(", ")]
    if not _IN_BRACKETS.fullmatch(value):
        raise Unsure
    if value[0] == "[":
        return [_short(short, column) for short in _SHORTS.findall(value)]
    pairs = _PAIRS.findall(value)
    group = {key: _short(short, column) for key, short in pairs}
    if len(group) != len(pairs):
        raise Unsure
    return group


def _short(value: str, column: int) -> Data:
    return _VALUES.get(value[0], _text)(value.rstrip(" "), column)


_VALUES: dict[str, Callable[[str, int], Data]] = {
    **dict.fromkeys("[{", _in_brackets),
    **dict.fromkeys("'\"", _quoted),
    **dict.fromkeys("nNtTfF", _word),
    **dict.fromkeys("-+0123456789", _number),
}
"""What makes a value that may be other than plain text, by its first sign: to look at one takes less time than to look for words."""
