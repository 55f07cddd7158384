"""The generated parts of the pages for contributors."""

from __future__ import annotations

import re

from generator.build import read_library
from generator.checks.explanations import EXPLANATIONS
from generator.models.case_study import CaseStudy, Outcome
from generator.models.policy import Policy
from generator.views.contribute import fields_part, filled, findings_part, queue_part
from tests.conftest import Tree


def test_every_field_is_told_with_what_goes_into_it(tree: Tree) -> None:
    text = fields_part(read_library(tree()))
    for kind, model in (("case-study", CaseStudy), ("policy", Policy)):
        for name, field in model.model_fields.items():
            need = "required" if field.is_required() else "optional"
            assert re.search(rf"^`{name}`(\{{ #{kind}-{name} \}})? {need}\n:   ", text, re.M), name
    for name in Outcome.model_fields:
        assert f"`{name}`{{ #case-study-outcomes-{name} }}" in text


def test_choices_come_with_their_meanings(tree: Tree) -> None:
    text = fields_part(read_library(tree()))
    assert "    - `completed` Completed: It ended as planned.\n" in text
    assert "    - `moderate` Moderate: A comparison group." in text  # from the vocabulary
    assert "[populations](../populations.md)" in text


def test_every_finding_has_its_anchor(tree: Tree) -> None:
    text = findings_part(read_library(tree()))
    for code, explained in EXPLANATIONS.items():
        assert f"### {explained.title} {{ #{code} }}\n\n`{code}`" in text


def test_a_page_marks_the_place(tree: Tree) -> None:
    library = read_library(tree())
    mark = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}fields\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
    assert filled(f"# Fields\n\n{mark}\n\nEnd.\n", library).startswith("# Fields\n\n## Case study")
    assert filled(f"The mark {mark} in a line", library) == f"The mark {mark} in a line"


def test_the_queue_is_a_search_by_label() -> None:
    text = queue_part("https://github.com/example/library/")
    assert (
        "(https://github.com/example/library/issues?q=is:open%20label:%22case%20study%22%20sort:created-asc)"
        in text
    )
    assert "label `case study`" in queue_part("")
