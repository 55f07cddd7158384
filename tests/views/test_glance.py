"""A practice at a glance: how sure, what was found, what it costs."""

from __future__ import annotations

from generator.build import read_library
from generator.views.glance import glance
from tests.conftest import Tree

RECORD = "casestudies/night-welding.yaml"


def test_it_sums_up_what_the_case_studies_say(tree: Tree) -> None:
    library = read_library(tree())
    found = glance(library, library.tagged("practice", "stipends").briefs())
    assert found is not None
    assert (found.level, found.sure) == (
        "moderate",
        "1 of 2 case studies has it; the others are less sure.",
    )
    assert found.found == (("Positive", 1), ("Effect not measured", 1))
    assert found.cost == "$1,500 a participant, in the one case study whose sources give it."


def test_where_no_source_gives_a_cost_it_says_so(tree: Tree) -> None:
    library = read_library(tree())
    found = glance(library, [library.brief("day-welding")])
    assert found is not None
    assert (found.sure, found.cost) == ("The one case study has it.", "No source read gives it.")


def test_without_case_studies_there_is_nothing_to_sum_up(tree: Tree) -> None:
    assert glance(read_library(tree()), []) is None
