"""The worked examples, in Python. The browser must get the same ones right: tests/browser/test_assess.py."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from generator.build import read_library
from generator.library import Library
from generator.models.rubric import Rubric
from generator.rubric.scoring import Answer, compare, score
from generator.rubric.sheets import Reader, distinct
from generator.views.rubric_data import choices
from tests.conftest import PROJECT
from tests.rubric.examples import EXAMPLES, differences, names, sheet


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(PROJECT)


@pytest.fixture(scope="module")
def rubric(library: Library) -> Rubric:
    assert library.rubric is not None
    return library.rubric


def plain(result: Any) -> dict[str, Any]:
    """A result as the examples write it: by id."""
    return {
        "dimensions": {
            d.dimension.id: {**asdict(d), "at_lowest": list(d.at_lowest)} for d in result.dimensions
        },
        "criteria": {c.criterion.id: asdict(c) for c in result.criteria},
        "panel": {**asdict(result.panel), "missing": list(result.panel.missing)},
        **{
            name: [c.criterion.id for c in getattr(result, name)]
            for name in ("strengths", "weaknesses", "unknown")
        },
    }


@pytest.mark.parametrize("example", EXAMPLES["scoring"], ids=names("scoring"))
def test_answers_are_counted(rubric: Rubric, example: dict[str, Any]) -> None:
    result = score(rubric, [sheet(written) for written in example["sheets"]])
    assert differences(example["expect"], plain(result)) == []


@pytest.mark.parametrize("example", EXAMPLES["comparison"], ids=names("comparison"))
def test_two_times_are_compared(rubric: Rubric, example: dict[str, Any]) -> None:
    earlier, later = ([sheet(w) for w in example[name]] for name in ("earlier", "later"))
    parts, changes = compare(rubric, earlier, later)
    found = {
        "parts": {part.dimension.id: asdict(part) for part in parts},
        "changes": {change.criterion.id: asdict(change) for change in changes},
    }
    assert differences(example["expect"], found) == []


@pytest.mark.parametrize("example", EXAMPLES["files"], ids=names("files"))
def test_files_are_read(library: Library, rubric: Rubric, example: dict[str, Any]) -> None:
    sheets, problems = Reader(rubric, choices(library)).read(example["text"], "f")
    assert [p.place for p in problems] == example["problems"]
    for found, written in zip(sheets, example["sheets"], strict=True):
        expected = sheet(written)
        assert {i: a.level or a.other for i, a in found.answers.items()} == {
            i: a.level or a.other for i, a in expected.answers.items()
        }
        for name in written.get("notes", ()):
            assert found.answers[name].notes == written["notes"][name]
        for field in ("version", "role", "state", "date", "population"):
            if field in written:
                assert getattr(found, field) == written[field]


def test_a_sheet_loaded_twice_counts_once_and_the_later_of_two_that_differ() -> None:
    old = sheet({"answers": {"reach": 1}, "date": "2026-01-01"})
    anna = {"rater": "Anna", "version": "1.0"}
    first = type(old)({"reach": Answer(level=1)}, date="2026-01-01", **anna)
    later = type(old)({"reach": Answer(level=4)}, date="2026-02-01", **anna)
    kept, problems = distinct([(first, "a"), (later, "b"), (first, "c"), (old, "d"), (old, "d")])
    assert [s.answers["reach"].level for s in kept] == [4, 1, 1]
    assert [p.place for p in problems] == ["a", "c"]
