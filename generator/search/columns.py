"""Which facets the pages of a run are marked with, and all pages: one character a page, since few sets of values occur."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .extracts import facets

Marked = Mapping[str, tuple[list[str], str]]
"""By facet the values that pages of a run have, with blanks between them; and for each page the character of its own."""

_FIRST = 0x23
"""The character for the first set of values of all pages; those before it are not written as they are in JSON."""


def marked_of(pages: Sequence[str]) -> Marked:
    """The facets of pages that follow each other, each as `extracts.marked_facets` reads them."""
    found = [{name: " ".join(values) for name, values in facets(page).items()} for page in pages]
    marked = {}
    for facet in sorted({facet for page in found for facet in page}):
        values: dict[str, str] = {}
        of = [values.setdefault(page.get(facet, ""), chr(len(values))) for page in found]
        marked[facet] = list(values), "".join(of)
    return marked


def columns(runs: Iterable[tuple[int, Marked]]) -> dict[str, Any]:
    """What all pages have of each facet, from runs that follow each other, each with how many pages it has."""
    runs = [run for run in runs if run[0]]  # the others would have the set of no values
    found = {}
    for facet in sorted({facet for _, marked in runs for facet in marked}):
        column = found[facet] = _Column()
        for pages, marked in runs:
            column.add(*marked.get(facet, ([""], "\0" * pages)))
    return {facet: column.told() for facet, column in found.items()}


class _Column:
    """What each page has of a facet."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._sets: dict[tuple[int, ...], int] = {}
        self._of: list[str] = []

    def add(self, values: Sequence[str], of: str) -> None:
        """The pages of the next run."""
        self._of.append(of.translate([self._sign(some.split()) for some in values]))

    def _sign(self, values: Iterable[str]) -> str:
        """The character of a set of values."""
        numbers = self._numbers
        key = tuple(sorted(numbers.setdefault(value, len(numbers)) for value in values))
        return chr(_FIRST + self._sets.setdefault(key, len(self._sets)))

    def told(self) -> dict[str, Any]:
        """All of it."""
        sets = [list(key) for key in self._sets]
        return {"values": list(self._numbers), "sets": sets, "of": "".join(self._of)}
