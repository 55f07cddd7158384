"""What is said of a record where there is room for one sentence: honest about what it is compared with."""

from __future__ import annotations

import pytest

from generator.build import read_library
from generator.models.case_study import CaseStudy
from generator.models.policy import Policy
from generator.models.practice import Practice
from generator.views.anchors import heading_anchors
from generator.views.case_study import CaseStudyView, case_study_view
from generator.views.policy import policy_view
from generator.views.practice import practice_view
from generator.views.share import Share, share
from tests.conftest import Tree

RECORD = "casestudies/night-welding.yaml"
SITE = "https://rewire.example/library/"


def view(tree: Tree, old: str = "", new: str = "") -> CaseStudyView:
    library = read_library(tree({RECORD: (old, new)} if old else {}))
    return case_study_view(library.find("case-study", "night-welding", CaseStudy), library)


def shared(tree: Tree, old: str = "", new: str = "") -> Share:
    shown = view(tree, old, new)
    found = share(shown, shown.page, "fhkmrw", SITE)
    assert found is not None
    return found


def test_the_sentence_names_comparison_number_design_and_chance(tree: Tree) -> None:
    assert shared(tree).slide_text == (
        "Night welding course. Employed: 60% in the program, 40% in comparison"
        " (applicants who came too late); 1 year after the course. Quasi-experiment, n = 200."
        " Statistically significant. Source: What became of the welders (Springfield University, 2021),"
        " as read by Rewire, https://rewire.example/library/s/fhkmrw/"
    )


def test_a_figure_without_comparison_says_that_it_shows_no_cause(tree: Tree) -> None:
    bare = "    comparison: 40\n    comparison_label: applicants who came too late\n"
    told = shared(tree, bare, "").headline
    assert told.figure == "60%"
    assert (
        "There is nothing to compare it with, so it does not show what the program caused."
        in told.sentence
    )
    assert told.figure_words.endswith("Nothing to compare it with")


def test_a_null_result_is_not_dressed_up(tree: Tree) -> None:
    told = shared(tree, "significant: true", "significant: false").headline
    assert "Not statistically significant: it may be chance." in told.sentence


def test_a_record_without_figures_says_its_evidence(tree: Tree) -> None:
    text = (tree() / RECORD).read_text("utf-8")
    outcomes = text[text.index("outcomes:") : text.index("evidence:")]
    told = shared(tree, outcomes, "").headline
    assert told.figure == ""
    assert "Moderate. Result: Positive." in told.sentence


def test_the_headline_is_of_the_best_study_and_not_the_best_figure(tree: Tree) -> None:
    text = (tree() / RECORD).read_text("utf-8")
    row = text[text.index("  - metric: employed") : text.index("evidence:")]
    better = row.replace("value: 60", "value: 90").replace("quasi-experiment", "descriptive")
    told = shared(tree, row, better + row).headline
    assert told.figure == "60% vs. 40%"


def test_practices_and_policies_have_a_sentence_too(tree: Tree) -> None:
    library = read_library(tree())
    practice = practice_view(library.find("practice", "stipends", Practice), library)
    policy = policy_view(library.find("policy", "training-accounts", Policy), library)
    for shown in (practice, policy):
        found = share(shown, shown.page, "fhkmrw", SITE)
        assert found is not None
        assert found.slide_text.startswith(shown.page.title)
        assert found.slide_text.endswith("https://rewire.example/library/s/fhkmrw/")


def test_embed_code_cannot_be_broken_out_of(tree: Tree) -> None:
    code = shared(
        tree, "title: Night welding course", "title: 'A \"><script>x</script>'"
    ).embed_code
    assert "<script" not in code
    assert code.count("<") == 2


ROW = """\
  - metric: employed
    value: 60
    unit: percent
    comparison: 40
    comparison_label: applicants who came too late
    n: 200
    when: 1 year after the course
    design: quasi-experiment
    significant: true
    source: s2
    as_printed: 60 percent against 40 percent
"""


def anchors(tree: Tree, *rows: str) -> list[str]:
    text = (tree() / RECORD).read_text("utf-8")
    now = text[text.index("  - metric: employed") : text.index("evidence:")]
    return [row.anchor for row in view(tree, now, "".join(rows)).outcomes]


def test_rows_keep_their_anchors_when_they_are_reordered_added_or_corrected(tree: Tree) -> None:
    other = ROW.replace("1 year", "2 years")
    first, second = anchors(tree, ROW, other)
    assert first.startswith("outcome-employed-")
    assert first != second
    assert anchors(tree, other, ROW) == [second, first]
    assert anchors(tree, ROW.replace("value: 60", "value: 61").replace("n: 200", "n: 201")) == [
        first
    ]


def test_rows_that_differ_in_value_only_have_anchors_of_their_own(tree: Tree) -> None:
    more = ROW.replace("value: 60", "value: 70")
    one, two = anchors(tree, ROW, more)
    assert two == f"{one}-2"
    assert anchors(tree, more, ROW) == [two, one]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Who pays?", "Who pays?"], ["q-who-pays", "q-who-pays-2"]),
        (["¿Quién paga?"], ["q-quien-paga"]),
    ],
)
def test_headings_have_anchors_from_their_words(headings: list[str], expected: list[str]) -> None:
    assert heading_anchors("q", headings) == expected


def test_a_heading_without_latin_letters_has_an_anchor() -> None:
    (anchor,) = heading_anchors("q", ["من يدفع؟"])
    assert len(anchor) > 3
