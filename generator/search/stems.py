"""
Which stems the index has for a word as it stands in a text.

The rules are those of Pagefind 1.5, whose search in a browser treats what is typed alike; tests/search/test_index.py compares with
what Pagefind itself finds. Emojis are left out: Pagefind finds them by themselves as well.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import Stemmer

JOINING = "_\u203f\u2040\u2054\ufe33\ufe34\ufe4d\ufe4e\ufe4f\uff3f"
"""What counts as a letter of a word beside letters and figures: what joins words."""

_SIGNS = re.escape(string.punctuation.replace("_", ""))
_SIMPLE = re.compile(rf"[{_SIGNS}]*([A-Za-z][a-z]*|[0-9]+)[{_SIGNS}]*")
"""Nearly every word is one with signs around it."""
_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation, " "))
_NEXT = re.compile(r"(?<=a)(?=A)|(?<=A)(?=Aa)|(?<=[aA])(?=1)|(?<=1)(?=[aA])")
"""In the shape of a word of several words, where one ends: ``YouthBuild`` (``AaaaaAaaaa``), ``TEFDegree``, ``P4P``."""


Word = str
"""A stem; and after a `MARK` the word in lower case, where it has signs above or below letters that its stem has not."""
MARK = "\0"
BEHIND = "\1"
"""With this after it, a stem stands behind itself with all marks, and before the next stem."""


@cache
def stems(word: str) -> tuple[Word, ...]:
    """Return by what a word is found: its own stem, empty where it has no letters; and then those of its parts, if it is made of several."""
    if simple := _SIMPLE.fullmatch(word):
        return (_english(simple[1].lower()),)
    letters = "".join(char for char in word if char.isalnum() or char in JOINING)
    if not letters:
        return ("",)
    letters = "".join(map(str.lower, letters))
    own = _stem(letters)
    if word.isalnum() and not any(char.isupper() for char in word[1:]):
        return (own,)
    parts = _apart(word.translate(_PUNCTUATION)).lower().split()
    if len(parts) > 1 or not letters.startswith("".join(parts)):
        return (own, *(_stem(part) for part in parts if len(part.encode()) > 1))
    return (own,)


def _apart(word: str) -> str:
    """A word of several with blanks between them."""
    shape = "".join(map(_kind, word))
    ends = [0, *(found.start() for found in _NEXT.finditer(shape)), len(word)]
    return " ".join(word[start:end] for start, end in pairwise(ends))


def _kind(char: str) -> str:
    if char.isupper():
        return "A"
    if char.islower():
        return "a"
    return "1" if char.isdecimal() else " "


def _stem(word: str) -> Word:
    if word.isascii():
        return _english(word)
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", word)
        if not unicodedata.category(char).startswith("M")
    )
    return f"{_english(bare)}{MARK}{word}" if bare != word else _english(word)


_english: Callable[[str], str] = Stemmer.Stemmer("english").stemWord
