"""
The library's own words by their first letter: /search/words/a.txt and so on.

The search page loads the letters of what was typed. From them it knows the stem under which the index has a
word, what was probably meant by a word that no page has, and which words tell nothing.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from string import ascii_lowercase

from .stems import stems

_APART = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))
"""For each byte the letter that it is, or else a blank."""

_SHORTEST = 3
"""Letters of a word."""

_EVERYWHERE = 1200
"""Pages with a word from which on the search does not ask for it, if anything else was asked.

The files of the index that have such words are large, and the words tell pages apart no more.
"""

_SEVERAL = 3
"""Pages that must have a word before it is thought to be spelt right."""

Spellings = Mapping[str, bytes]
"""By word: the numbers of the pages that have it, of those of a run, in `_BYTES` each."""

_BYTES = array("I").itemsize


def by_letter(names: Iterable[str]) -> dict[str, set[str]]:
    """The words in names, by each letter with which a word may begin."""
    named: dict[str, set[str]] = {letter: set() for letter in ascii_lowercase}
    for name in names:
        for word in words_in(name):
            named[word[0]].add(word)
    return named


def families(runs: Sequence[Spellings], in_names: Set[str]) -> str:
    """
    The families of words that begin with a letter, one a line, from what each run has of it and from names.

    A family is a stem, as the index has it, and the words that
    have it, separated by spaces. ``?`` after a word: fewer than three pages have it and no name, and so
    it may be misspelt itself. ``*`` before a family: it is everywhere.
    """
    sizes: dict[str, int] = defaultdict(int)
    for run in runs:
        for word, numbers in run.items():
            sizes[word] += len(numbers)
    pages = {word: size // _BYTES for word, size in sizes.items()}
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(in_names | pages.keys()):
        found[stems(word)[0]].append(word)
    lines = []
    for family, members in sorted(found.items()):
        told = (
            word if word in in_names or pages[word] >= _SEVERAL else f"{word}?" for word in members
        )
        mark = "*" if _are_many(members, pages, runs) else ""
        lines.append(mark + " ".join([family, *told]))
    return "\n".join(lines)


def _are_many(words: Sequence[str], pages: Mapping[str, int], runs: Iterable[Spellings]) -> bool:
    """Whether so many pages have any of several words that these are everywhere; `pages` says how many have each."""
    counts = [pages.get(word, 0) for word in words]
    if sum(counts) <= _EVERYWHERE or max(counts) > _EVERYWHERE:
        return sum(counts) > _EVERYWHERE
    of_runs = (set().union(*(array("I", run.get(word, b"")) for word in words)) for run in runs)
    return sum(map(len, of_runs)) > _EVERYWHERE


@cache
def words_in(text: str) -> frozenset[str]:
    """All runs of letters in lower case, but the shortest."""
    letters = text.lower().encode("ascii", "replace").translate(_APART).decode()
    return frozenset(word for word in letters.split() if len(word) >= _SHORTEST)
