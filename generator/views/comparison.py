"""A case study as a column of the comparison: the same rows for each, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..models.case_study import Status
from .case_study import CaseStudyView, OutcomeRow
from .page import Link

Data = dict[str, Any]
"""Data for JSON. Addresses are relative to the site's root."""

_OWN = {"Rated by others", "Outcomes", "Cost", "Where"}
"""Rows in which every case study has something of its own, so that a mark for it would say nothing."""


def comparison(view: CaseStudyView) -> Data:
    """The column, made of what the page shows; every case study has the same rows in the same order."""
    page, badge = view.page, view.badge
    cost = [f"{view.cost} a participant ({view.cost_basis})"] if view.cost else []
    status = [] if view.status_label == Status.UNKNOWN.label else [view.status_label]
    rows = (
        ("How sure we can be", _texts([badge.level_label])),
        ("What was found", _texts([badge.direction_label])),
        ("Design of the best study", _texts([view.evidence_design])),
        (
            "Rated by others",
            [_item(f"{name}: {rating}", url) for name, rating, url in view.external_ratings],
        ),
        (
            "Outcomes",
            [_item(_outcome(row), f"{page.path}#{row.anchor}") for row in view.outcomes],
        ),
        ("Cost", _texts(cost)),
        ("Where", _texts([view.places_line])),
        ("Kind of place", _texts(dict.fromkeys(place.setting_label for place in view.places))),
        ("When", _texts([view.years])),
        ("Status", _texts(status)),
        ("Who was served", _links(view.populations)),
        ("Practices", _links(view.practices)),
        ("Policies used", _links(view.policies)),
        ("What employers did", _texts(title for title, _ in view.employer_roles)),
        ("Sectors", _links(view.sectors)),
        ("Program areas", _links(view.program_areas)),
    )
    return {
        "id": page.path.split("/")[1],
        "title": page.title,
        "path": page.path,
        "summary": view.summary,
        "rows": [{"label": label, "items": items, "own": label in _OWN} for label, items in rows],
    }


def _item(text: str, path: str = "") -> Data:
    """One entry of a row, and where it leads."""
    return {"text": text, "path": path}


def _texts(texts: Iterable[str]) -> list[Data]:
    return [_item(text) for text in texts]


def _links(links: Iterable[Link]) -> list[Data]:
    return [_item(link.title, link.path) for link in links]


def _outcome(row: OutcomeRow) -> str:
    parts = [row.value]
    if row.comparison:
        parts.append(f"against {row.comparison} ({row.comparison_label or 'comparison'})")
        parts.append(f"difference {row.difference}")
    elif row.is_difference and row.comparison_label:
        parts.append(f"difference from the {row.comparison_label}")
    parts.append(row.design_label.lower())
    if row.tested:
        parts.append(row.significance.lower())
    return f"{row.title}, {row.when}: {', '.join(parts)}"
