"""The graph of everything: what is tagged, who mentions whom, and what is like what."""

from __future__ import annotations

from generator.build import read_library
from generator.models.case_study import CaseStudy
from tests.conftest import Tree


def test_the_surest_evidence_comes_first(tree: Tree) -> None:
    library = read_library(tree())
    assert [case.id for case in library.case_studies] == ["night-welding", "day-welding"]
    assert [case.id for case in library.tagged("practice", "stipends")] == [
        "night-welding",
        "day-welding",
    ]


def test_a_case_study_is_found_by_everything_it_is_tagged_with(tree: Tree) -> None:
    library = read_library(tree())
    for kind, term, cases in (
        ("population", "justice-involved", 2),
        ("population", "veterans", 0),
        ("state", "KY", 1),
        ("sector", "construction", 2),
        ("policy", "training-accounts", 1),
    ):
        assert len(library.tagged(kind, term)) == cases


def test_a_link_in_prose_is_known_at_its_other_end(tree: Tree) -> None:
    library = read_library(tree())
    assert library.mentioned_by("case-study", "night-welding", "practice") == ["stipends"]
    assert library.mentioned_by("case-study", "day-welding", "practice") == []


def test_a_policy_and_a_practice_know_each_other_whoever_says_so(tree: Tree) -> None:
    library = read_library(
        tree({"content/practices/stipends.md": ("policies: [training-accounts]\n", "")})
    )
    (practice,) = library.practices
    assert [policy.id for policy in library.practice_policies(practice)] == ["training-accounts"]


def test_related_case_studies_say_why(tree: Tree) -> None:
    library = read_library(tree())
    night = library.find("case-study", "night-welding", CaseStudy)
    (relation,) = library.related_cases(night)
    assert relation.case_study == "day-welding"
    assert relation.reason == "Also about Justice-involved people, stipends, construction"


def test_names_keep_their_capitals_in_a_reason(tree: Tree) -> None:
    farming = "- {id: farming, title: Farming, definition: Growing.}\n- id: construction"
    library = read_library(
        tree(
            {
                "content/vocabulary/sectors.yaml": ("- id: construction", farming),
                "casestudies/night-welding.yaml": ("[construction]", "[farming]"),
                "casestudies/day-welding.yaml": (
                    "{setting: national}",
                    "{state: KY, setting: rural}",
                ),
            }
        )
    )
    night = library.find("case-study", "night-welding", CaseStudy)
    (relation,) = library.related_cases(night)
    assert relation.reason == "Also about Justice-involved people, stipends, Kentucky"


def test_a_relation_an_editor_wrote_comes_first_with_its_reason(tree: Tree) -> None:
    library = read_library(
        tree(
            {
                "casestudies/day-welding.yaml": (
                    "sources:",
                    "related:\n  - {id: night-welding, reason: The same course at night.}\nsources:",
                )
            }
        )
    )
    day = library.find("case-study", "day-welding", CaseStudy)
    assert [relation.reason for relation in library.related_cases(day)] == [
        "The same course at night."
    ]


def test_links_name_the_kind_where_two_kinds_share_an_id(tree: Tree) -> None:
    root = tree()
    text = (root / "casestudies/day-welding.yaml").read_text(encoding="utf-8")
    twin = text.replace("id: day-welding", "id: stipends")
    library = read_library(
        tree(
            {
                "casestudies/stipends.yaml": twin,
                "casestudies/night-welding.yaml": ("(kb:stipends)", "(kb:practices/stipends)"),
                "content/about.md": ("(kb:stipends)", "(kb:casestudies/stipends#results)"),
            }
        )
    )
    found = library.resolver.resolve("casestudies/stipends#results")
    assert getattr(found, "path", None) == "casestudies/stipends/#results"
    ambiguous = library.resolver.resolve("stipends")
    assert (
        getattr(ambiguous, "hint", None)
        == "Say which: `kb:casestudies/stipends` or `kb:practices/stipends`."
    )
