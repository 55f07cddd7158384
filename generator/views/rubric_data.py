"""What the rubric's page needs in a browser to count answers and to say what helps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..library import Cases, Library
from ..models.case_study import CaseStudy, Setting
from ..models.fields import Record
from ..models.rubric import Criterion, Rubric
from ..rubric.recommend import nameable
from .page import link, places_line, record_path


def choices(library: Library) -> dict[str, dict[str, str]]:
    """What a sheet of answers may say of its rater and place: title by id, for each field."""
    roles = library.rubric.roles if library.rubric else ()
    return {
        "role": {role.id: role.title for role in roles},
        "population": {r.id: r.title for r in library.all("population", Record)},
        "setting": {s.value: s.label for s in PLACES},
        "state": {r.id: r.title for r in library.all("state", Record)},
    }


PLACES = (Setting.URBAN, Setting.SUBURBAN, Setting.RURAL, Setting.STATEWIDE)
"""The kinds of place that a local group can be."""


def rubric_data(library: Library, rubric: Rubric) -> dict[str, Any]:
    """The rubric's ids and limits, and the practices and policies of its questions. Plain data for JSON."""
    practices = {p for criterion in rubric.criteria for p in criterion.practices}
    policies = {p for criterion in rubric.criteria for p in criterion.policies}
    return {
        "id": rubric.id,
        "version": rubric.version,
        "levels": [{"title": level.title, "from": level.from_score} for level in rubric.levels],
        "counting": rubric.counting.model_dump(mode="json"),
        "groups": [group.model_dump() for group in rubric.role_groups],
        "roles": [role.model_dump() for role in rubric.roles],
        "choices": choices(library),
        "dimensions": [
            {
                "id": dimension.id,
                "title": dimension.title,
                "criteria": [_criterion(criterion) for criterion in dimension.criteria],
            }
            for dimension in rubric.dimensions
        ],
        "practices": {i: _record(library, "practice", i) for i in sorted(practices)},
        "policies": {i: _record(library, "policy", i) for i in sorted(policies)},
        "evidence": [{"id": level.id, "title": level.title} for level in library.evidence_levels],
    }


def case_data(library: Library, rubric: Rubric) -> tuple[list[Any], dict[str, list[Any]]]:
    """The case studies that a browser can name: for any place, and by state what comes to those."""
    practices = {p for criterion in rubric.criteria for p in criterion.practices}
    order = {case_id: place for place, case_id in enumerate(library.case_studies.ids)}

    def cases(some: Sequence[str]) -> list[Any]:
        return [
            {"order": order[c.id], **_case(library, c, practices)} for c in Cases(library, some)
        ]

    found = nameable(library, rubric)
    return cases(found.anywhere), {s: cases(some) for s, some in sorted(found.by_state.items())}


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "title": criterion.title,
        "question": criterion.question,
        "levels": criterion.levels,
        "worded_in": criterion.worded_in,
        "practices": criterion.practices,
        "policies": criterion.policies,
    }


def _record(library: Library, kind: str, record_id: str) -> dict[str, str]:
    found = link(library, kind, library.find(kind, record_id, Record))
    return {"title": found.title, "path": found.path, "note": found.note}


def _case(library: Library, case: CaseStudy, practices: set[str]) -> dict[str, Any]:
    return {
        "title": case.title,
        "path": record_path(library, "case-study", case.id),
        "where": places_line(case),
        "level": case.evidence.level,
        "direction": case.evidence.direction.value,
        "found": case.evidence.direction.label,
        "practices": [p for p in case.practices if p in practices],
        "population": case.populations,
        "setting": sorted({p.setting.value for p in case.places}),
        "state": sorted({p.state for p in case.places if p.state}),
    }
