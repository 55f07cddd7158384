"""What the page of a case study says, before it is HTML."""

from __future__ import annotations

import pytest

from generator.build import read_library
from generator.models.case_study import CaseStudy
from generator.views.case_study import CaseStudyView, case_study_view
from tests.conftest import Tree

RECORD = "casestudies/night-welding.yaml"


def view(tree: Tree, old: str = "", new: str = "") -> CaseStudyView:
    library = read_library(tree({RECORD: (old, new)} if old else {}))
    return case_study_view(library.find("case-study", "night-welding", CaseStudy), library)


def test_program_and_comparison_stand_on_one_scale(tree: Tree) -> None:
    (row,) = view(tree).outcomes
    assert [(bar.label, bar.text, bar.length) for bar in row.bars] == [
        ("Program", "60%", 60.0),
        ("applicants who came too late", "40%", 40.0),
    ]
    assert row.difference == "+20 points"
    assert row.significance == "Statistically significant"
    assert row.n == "200"


@pytest.mark.parametrize(
    ("old", "new", "value", "comparison", "difference"),
    [
        ("value: 60", "value: 40.5", "40.5%", "40%", "+0.5 points"),
        ("value: 60", "value: 30", "30%", "40%", "\N{MINUS SIGN}10 points"),
        (
            "value: 60\n    unit: percent\n    comparison: 40",
            "value: 21000\n    unit: usd\n    per: year\n    comparison: 18500.5",
            "$21,000 a year",
            "$18,500.50 a year",
            "+$2,499.50 a year",
        ),
        (
            "value: 60\n    unit: percent\n    comparison: 40",
            "value: 1200\n    unit: count\n    comparison: 800",
            "1,200",
            "800",
            "+400",
        ),
    ],
)
def test_figures_are_printed_with_their_unit(
    tree: Tree, old: str, new: str, value: str, comparison: str, difference: str
) -> None:
    (row,) = view(tree, old, new).outcomes
    assert (row.value, row.comparison, row.difference) == (value, comparison, difference)


def test_a_value_that_is_a_difference_has_a_sign_and_no_bars(tree: Tree) -> None:
    (row,) = view(
        tree,
        "unit: percent\n    comparison: 40\n    comparison_label: applicants who came too late",
        "unit: percentage-points",
    ).outcomes
    assert row.is_difference
    assert row.value == "+60 points"
    assert row.bars == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "significant: true",
            "significant: false",
            "Not statistically significant: it may be chance",
        ),
        ("    significant: true\n", "", "The source does not say whether it may be chance"),
        (
            "significant: true",
            "significant: true\n    p_value: 0.01",
            "Statistically significant (p = 0.01)",
        ),
    ],
)
def test_significance_is_said_in_words(tree: Tree, old: str, new: str, words: str) -> None:
    (row,) = view(tree, old, new).outcomes
    assert row.significance == words


def test_level_and_direction_are_two_things(tree: Tree) -> None:
    badge = view(tree, "direction: positive", "direction: no-effect").badge
    assert (badge.level_label, badge.direction_label) == ("Moderate", "No effect found")


def test_the_search_knows_the_case_by_its_tags(tree: Tree) -> None:
    search = view(tree).page.search
    assert search is not None
    assert ("state", "KY") in search.filters
    assert ("evidence", "moderate") in search.filters


def test_a_place_leads_to_its_state(tree: Tree) -> None:
    (place,) = view(tree).places
    assert (place.name, place.setting_label) == ("Springfield", "Rural")
    assert place.state is not None
    assert place.state.path == "states/ky/"


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ("{start: 2019}", "since 2019"),
        ("{start: 2019, end: 2021}", "2019 to 2021"),
        ("{start: 2019, end: 2019}", "2019"),
        ("{start: null}", "years not known"),
    ],
)
def test_years_are_said_in_words(tree: Tree, years: str, shown: str) -> None:
    assert view(tree, "years: {start: 2019}", f"years: {years}").years == shown


def test_the_page_is_the_same_whatever_the_order_of_files(tree: Tree) -> None:
    assert repr(view(tree)) == repr(view(tree))


def test_a_source_shows_its_archived_copy(tree: Tree) -> None:
    url = "https://web.archive.org/web/2024/https://example.org/night"
    shown = view(tree, "    kind: evaluation\n", f"    archived: {url}\n    kind: evaluation\n")
    assert [source.archived for source in shown.sources] == ["", url]
