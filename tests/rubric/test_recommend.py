"""Which case studies a browser is given: enough to name the same ones as the whole library would."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

from generator.build import read_library
from generator.rubric.recommend import Place, cases_for, nameable
from tests.benchmarks.records import make
from tests.conftest import PROJECT

PLACES = product(
    ("", "justice-involved", "low-wage-workers"), ("", "urban", "rural"), ("", "KY", "NY", "WY")
)


def test_no_case_study_is_left_out_that_a_place_would_be_shown(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copytree(PROJECT / "casestudies", tmp_path / "casestudies")
    make(PROJECT / "casestudies", tmp_path / "casestudies", 300)
    library = read_library(tmp_path)
    assert library.rubric is not None
    given = nameable(library, library.rubric)
    assert len(given.anywhere) < len(library.case_studies) / 2  # it is a choice
    for population, setting, state in PLACES:
        known = {*given.anywhere, *given.by_state.get(state, ())}
        for criterion in library.rubric.criteria:
            named = cases_for(library, criterion, Place(population, setting, state))
            assert {match.case_study.id for match in named} <= known
