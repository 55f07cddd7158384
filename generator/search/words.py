"""
The library's own words by their first letter: /search/words/a.txt and so on.

The search page loads the letters of what was typed. From them it knows the stem under which the index has a
word, what was probably meant by a word that no page has, and which words tell nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from string import ascii_lowercase

import snowballstemmer

from .pagefind import IndexedPage

_WORD = re.compile(r"[a-z]{3,}")

_EVERYWHERE = 1200
"""Pages with a word from which on the search does not ask for it, if anything else was asked.

The files of the index that have such words are large, and the words tell pages apart no more.
"""

_SEVERAL = 3
"""Pages that must have a word before it is thought to be spelt right."""


def words(pages: Iterable[IndexedPage], names: Iterable[str]) -> dict[str, str]:
    """
    Return for each letter the families of words that begin with it, one a line.

    A family is a stem, as Pagefind makes it (both use the English stemmer of Snowball 3), and the words that
    have it, separated by spaces. ``?`` after a word: fewer than three pages have it and no name, and so
    it may be misspelt itself. ``*`` before a family: it is everywhere.
    """
    counts: Counter[str] = Counter()
    pages_of: Counter[str] = Counter()
    stems: dict[str, str] = {}
    stem = snowballstemmer.stemmer("english").stemWord
    named = {word for name in names for word in _WORD.findall(name.lower())}
    for page in pages:
        found = set(_WORD.findall(page.text.lower()))
        stems.update((word, stem(word)) for word in found - stems.keys())
        counts.update(found)
        pages_of.update({stems[word] for word in found})
    stems.update((word, stem(word)) for word in named - stems.keys())
    families: dict[str, list[str]] = defaultdict(list)
    for word in sorted(stems):
        rare = counts[word] < _SEVERAL and word not in named
        families[stems[word]].append(f"{word}?" if rare else word)
    lines: dict[str, list[str]] = {letter: [] for letter in ascii_lowercase}
    for family, members in sorted(families.items()):
        mark = "*" if pages_of[family] > _EVERYWHERE else ""
        lines[family[0]].append(mark + " ".join([family, *members]))
    return {letter: "\n".join(found) for letter, found in lines.items()}
