"""The key of a case study's page knows of all that the page shows of other case studies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import read_library
from generator.library import Library
from generator.models.case_study import CaseStudy
from generator.printing.beside import Beside
from generator.views.case_study import case_study_view
from tests.benchmarks.records import make
from tests.conftest import PROJECT


class Asked(dict[Any, Any]):
    """Notes what it is asked for."""

    def __init__(self, held: dict[Any, Any]) -> None:
        super().__init__(held)
        self.asked: set[Any] = set()

    def __getitem__(self, key: Any) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)


def shown_by_view(library: Library) -> Iterator[tuple[str, set[str]]]:
    """The id of each case study, and those of the others that are asked for to make its view."""
    entries = library._entries["case-study"] = Asked(library._entries["case-study"])
    told = library.extracts = Asked(library.extracts)
    for case_id in library.ids("case-study"):
        case = library.find("case-study", case_id, CaseStudy)
        library.shown.clear()  # what was made for another page would not be asked for again
        entries.asked, told.asked = set(), set()
        case_study_view(case, library)
        names = entries.asked | {name for kind, name in told.asked if kind == "case-study"}
        yield case_id, names - {case_id}


def test_a_page_asks_for_no_case_study_that_its_key_does_not_know() -> None:
    library = read_library(PROJECT)
    known = Beside.of(library, Beside(), jobs=1).of_case
    asked = dict(shown_by_view(read_library(PROJECT)))
    assert asked.keys() == known.keys()
    assert any(asked.values())
    for case_id, others in asked.items():
        assert others <= set(known[case_id][1]), case_id


def test_several_processes_find_what_one_does(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copytree(PROJECT / "casestudies", tmp_path / "casestudies")
    make(PROJECT / "casestudies", tmp_path / "casestudies", 150)
    alone, together = read_library(tmp_path), read_library(tmp_path)
    assert Beside.of(together, Beside(), jobs=2) == Beside.of(alone, Beside(), jobs=1)


def test_what_was_found_gives_what_would_be_found_by_the_titles_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("casestudies", "content"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    file = tmp_path / "beside.json"
    Beside.of(read_library(tmp_path), Beside(), jobs=1).write(file)
    for practice in (tmp_path / "content" / "practices").glob("*.md"):
        text = practice.read_text("utf-8")
        practice.write_text(text.replace("\ntitle: ", "\ntitle: New "), "utf-8")
    wanted, library = read_library(tmp_path), read_library(tmp_path)
    expected = {case.id: wanted.related_cases(case) for case in wanted.case_studies}
    assert any(" new " in one.reason for others in expected.values() for one in others)
    Beside.of(library, Beside.read(file), jobs=1)
    monkeypatch.delattr(Library, "_most_alike")  # nothing is found again
    assert {case.id: library.related_cases(case) for case in library.case_studies} == expected
