"""The facets and the labels of their values: /search/facets.json."""

from __future__ import annotations

from typing import Any

from ..library import Library
from ..models.case_study import Direction, Setting, Status
from ..models.fields import Choice, Record
from ..models.policy import PolicyStatus

_VOCABULARY_FACETS = (
    ("practice", "Practice"),
    ("population", "Who was served"),
    ("sector", "Sector"),
    ("state", "State"),
    ("program-area", "Program area"),
    ("policy", "Policy"),
)
_CHOICE_FACETS: tuple[tuple[str, str, type[Choice]], ...] = (
    ("direction", "What was found", Direction),
    ("setting", "Kind of place", Setting),
    ("status", "Program status", Status),
    ("policy-status", "Policy status", PolicyStatus),
)


KINDS = (
    ("case-study", "Case studies"),
    ("practice", "Practices"),
    ("policy", "Policy notes"),
    ("page", "Pages"),
)
"""The kinds a reader tells apart. Terms' pages and written pages are both just pages."""


def facets(library: Library) -> dict[str, Any]:
    """The facets with the labels of their values, in the order of the page."""
    found = [_facet("kind", "Kind", list(KINDS))]
    found += [
        _facet(name, label, [(r.id, r.title) for r in library.all(name, Record)])
        for name, label in _VOCABULARY_FACETS
    ]
    levels = [(level.id, level.title) for level in library.all("evidence-level", Record)]
    found.append(_facet("evidence", "Strength of evidence", levels))
    found += [
        _facet(name, label, [(choice.value, choice.label) for choice in choices])
        for name, label, choices in _CHOICE_FACETS
    ]
    return {"facets": found}


def _facet(name: str, label: str, values: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "id": name,
        "label": label,
        "values": [{"id": value, "label": text} for value, text in values],
    }
