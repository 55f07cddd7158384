"""The marks in the models' types are found in every record, and point to kinds that are there."""

from __future__ import annotations

from generator.build import read_library
from generator.models.walk import marked
from generator.registry import KINDS, LISTINGS
from tests.conftest import PROJECT, Tree


def test_every_reference_names_a_kind(tree: Tree) -> None:
    names = {kind.name for kind in KINDS}
    for _, record in read_library(tree()).entries():
        assert {found.kind for found in marked(record).references} <= names


def test_a_case_studys_marks_are_all_found(tree: Tree) -> None:
    library = read_library(tree())
    night = next(case for case in library.case_studies if case.id == "night-welding")
    references, sources, prose = (
        {".".join(map(str, found.location)) for found in marks} for marks in marked(night)
    )
    assert {
        "places.0.state",
        "populations.0",
        "practices.0",
        "employer_roles.0",
        "outcomes.0.metric",
        "evidence.level",
    } <= references
    assert {"cost.source", "funding.0.source", "outcomes.0.source", "evidence.source"} <= sources
    assert {"challenge", "lessons.0"} <= prose


def test_every_kind_with_pages_has_a_template_and_a_list() -> None:
    for kind in KINDS:
        if kind.view is not None:
            assert (PROJECT / "theme" / kind.template).is_file()
        if kind.address:
            assert kind.name in LISTINGS
