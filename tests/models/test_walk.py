"""The marks in the models' types are found in every record, and point to kinds that are there."""

from __future__ import annotations

from generator.build import read_library
from generator.models.fields import ProseMark, Reference, SourceMark
from generator.models.walk import marked
from generator.registry import KINDS, LISTINGS
from tests.conftest import PROJECT, Tree


def test_every_reference_names_a_kind(tree: Tree) -> None:
    names = {kind.name for kind in KINDS}
    for _, record in read_library(tree()).entries():
        for found in marked(record):
            if isinstance(found.mark, Reference):
                assert found.mark.kind in names


def test_a_case_studys_marks_are_all_found(tree: Tree) -> None:
    library = read_library(tree())
    night = next(case for case in library.case_studies if case.id == "night-welding")
    found = {(".".join(map(str, m.location)), type(m.mark)) for m in marked(night)}
    assert {
        ("places.0.state", Reference),
        ("populations.0", Reference),
        ("practices.0", Reference),
        ("employer_roles.0", Reference),
        ("outcomes.0.metric", Reference),
        ("evidence.level", Reference),
        ("challenge", ProseMark),
        ("lessons.0", ProseMark),
        ("cost.source", SourceMark),
        ("funding.0.source", SourceMark),
        ("outcomes.0.source", SourceMark),
        ("evidence.source", SourceMark),
    } <= found


def test_every_kind_with_pages_has_a_template_and_a_list() -> None:
    for kind in KINDS:
        if kind.view is not None:
            assert (PROJECT / "theme" / kind.template).is_file()
        if kind.address:
            assert kind.name in LISTINGS
