"""
The names of what the library knows, and where each leads: /search/names.

A reader types "P4P", "ex-con" or "second chance"; the search answers with the record or term that goes by
that name, and finds the records concerned by their tags rather than by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..library import Library
from ..models.case_study import CaseStudy, Direction, Status
from ..models.fields import Choice, Record
from ..models.glossary import GlossaryTerm
from ..models.kind import Kind
from ..resolver import Target

_MOST_PROGRAMS = 1000
"""More case studies than this, and their titles are left to the index: the names must stay a small file."""

_TAGS = {
    "practice": "practice",
    "policy": "policy",
    "population": "population",
    "state": "state",
    "sector": "sector",
    "program-area": "program-area",
    "evidence-level": "evidence",
}
"""Kinds by whose ids records are tagged, and the facet that holds the tags."""

_CHOICE_NAMES: dict[Choice, tuple[str, ...]] = {
    Direction.NO_EFFECT: (
        *("no effect", "no effects", "no impact", "no impacts", "null result", "null results"),
        *(
            "no difference",
            "made no difference",
            "what did not work",
            "did not work",
            "does not work",
        ),
        *(
            "didn't work",
            "doesn't work",
            "not working",
            "failed",
            "failure",
            "failures",
            "ineffective",
        ),
    ),
    Direction.NEGATIVE: (
        "harm",
        "harmful",
        "negative effect",
        "negative effects",
        "made things worse",
    ),
    Direction.POSITIVE: ("positive effect", "positive effects", "success story", "success stories"),
    Direction.MIXED: ("mixed results", "mixed effects"),
    Status.DISCONTINUED: ("discontinued", "shut down", "closed down", "cancelled", "canceled"),
}
"""What people call the values of closed lists, which have no file in the vocabulary."""

_CHOICE_FACETS: dict[type[Choice], str] = {Direction: "direction", Status: "status"}


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A written page that says in its front matter by which words it is looked for."""

    title: str
    path: str
    """Relative to the site's root."""
    found_by: tuple[str, ...]


def names(library: Library, written: Iterable[WrittenPage] = ()) -> list[dict[str, Any]]:
    """
    Return an entry for each record and term that has a name to be found by.

    Each has ``title``; ``kind``, in words; ``names``, the other ones; where there is a page, ``path``
    and ``gist``; where records are tagged with it, ``facet`` and ``value``; and ``see``, paths of pages that
    say more.
    """
    kinds = {*_TAGS, "plain-word", "glossary-term"}
    if library.count("case-study") <= _MOST_PROGRAMS:
        kinds.add("case-study")
    entries = [
        _entry(library, kind, record)
        for name, kind in library.kinds.items()
        if name in kinds
        for record in library.all(name, kind.model)
    ]
    entries += [
        {"title": page.title, "kind": "Page", "names": list(page.found_by), "path": page.path}
        for page in written
    ]
    for choice, called in _CHOICE_NAMES.items():
        entries.append(
            {
                "title": choice.label,
                "kind": "Result" if isinstance(choice, Direction) else "Status",
                "names": list(called),
                "facet": _CHOICE_FACETS[type(choice)],
                "value": choice.value,
            }
        )
    return entries


def _entry(library: Library, kind: Kind, record: Record) -> dict[str, Any]:
    entry: dict[str, Any] = {"title": record.title, "kind": kind.label}
    called = dict.fromkeys((*_parts(record.title), *record.other_names))
    if isinstance(record, CaseStudy):
        # Behind a program's name stands where it ran, and its summary is in the results at once.
        called = dict.fromkeys([re.split(r" \(|: ", record.title)[0]])
    elif kind.address:
        entry["gist"] = record.gist
    if called:
        entry["names"] = list(called)
    if kind.address:
        entry["path"] = kind.path_of(record.id)
    facet = _TAGS.get(kind.name)
    if facet:
        entry |= {"facet": facet, "value": record.id}
    if isinstance(record, GlossaryTerm):
        targets = [library.resolver.resolve(name) for name in record.see]
        entry["see"] = [target.path for target in targets if isinstance(target, Target)]
    return entry


def _parts(title: str) -> Iterable[str]:
    """The names inside a title: ``VET TEC (high-tech training for veterans)`` holds two."""
    found = re.fullmatch(r"(.+?) \((.+)\)", title)
    if found:
        yield from found.groups()
    short = title.partition(":")[0]
    if short != title:
        yield short
