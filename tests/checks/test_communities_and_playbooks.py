"""What the check says of content/communities.yaml and of playbooks."""

from __future__ import annotations

import pytest

from generator.build import read_library
from generator.models.playbook import Playbook
from generator.views.communities import communities_view
from generator.views.playbook import playbook_view
from tests.conftest import Tree, findings_of, told

NETWORK = """\
checked: 2026-11-01
about: A made-up network of places.
rounds:
  - {number: 1, date: 2015-03-09, label: The first, announced: 1, sources: [s1]}
facts:
  - {text: It opened with one place., when: March 2015, source: s1, as_printed: one place}
sources_disagree:
  - One paper counts two [s2].
communities:
  - id: springfield-ky
    title: Springfield
    state: KY
    kind: city
    joined: 2015-03-09
    round: 1
    organizations:
      - {name: Springfield College, role: lead, source: s2}
    case_studies: [night-welding]
    sources: [s1]
sources:
  - {id: s1, title: The launch, publisher: The Paper, year: 2015, url: "https://paper.example/1", kind: news}
  - {id: s2, title: The count, publisher: The Paper, year: 2016, url: "https://paper.example/2", kind: news}
"""
FILE = "content/communities.yaml"

PLAYBOOK = """\
---
schema_version: 1
id: teach-at-night
title: Teach at night
summary: How to open a shop at night.
before: Think first.
steps:
  - title: Ask
    text: Ask as they did in [Springfield](kb:night-welding).
    records: [night-welding]
  - title: Pay
    text: Pay people to learn.
    records: [stipends, policies/training-accounts]
checked: 2026-11-01
---
"""
GUIDE = "content/playbooks/teach-at-night.md"


def test_a_good_file_becomes_a_page(tree: Tree) -> None:
    view = communities_view(read_library(tree({FILE: NETWORK})))
    (row,) = view.communities
    assert (row.title, row.state.title, row.joined) == ("Springfield", "Kentucky", "March 2015")
    assert [link.title for link in row.case_studies] == ["Night welding course"]
    assert view.map is not None
    assert [(tile.code, tile.path) for tile in view.map.rows] == [("KY", "communities/#state-ky")]
    assert row.first_of_state == "state-ky"
    assert 'href="#source-s2"' in view.disagree[0]


def test_a_library_without_communities_has_an_empty_page(tree: Tree) -> None:
    assert communities_view(read_library(tree())).total == 0


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("source: s2}", "source: s3}", "unknown-source the file has no source `s3`"),
        ("[s2].", "[s7].", "unknown-source the file has no source `s7`"),
        ("    round: 1\n", "    round: 2\n", "unknown-round the file has no round 2 | One of: 1."),
        (
            "[night-welding]",
            "[night-weldin]",
            "unknown-id there is no case study `night-weldin` | Did you mean `night-welding` or `day-welding`?",
        ),
        ("    state: KY", "    state: ZZ", "unknown-id there is no state `ZZ`"),
        ("kind: city", "kind: town", "unknown-choice `kind` may not be `town`"),
    ],
)
def test_what_is_wrong_with_a_community_is_told(
    tree: Tree, old: str, new: str, finding: str
) -> None:
    findings = told(findings_of(tree({FILE: NETWORK.replace(old, new, 1)})))
    assert any(finding in line for line in findings), findings


def test_a_source_that_nothing_cites_and_a_round_too_full_are_told(tree: Tree) -> None:
    lonely = NETWORK.replace("[s2].", "[s1].").replace("source: s2}", "source: s1}")
    (finding,) = told(findings_of(tree({FILE: lonely})))
    assert "unused-source nothing cites the source `s2`" in finding
    second = NETWORK.replace(
        "sources:\n  - {id: s1",
        "  - {id: other, title: Other, state: KY, kind: city, joined: 2015-03-09, round: 1, sources: [s1]}\n"
        "sources:\n  - {id: s1",
    )
    (finding,) = told(findings_of(tree({FILE: second})))
    assert "round-too-large 1 were announced, and the file names 2" in finding


def test_a_good_playbook_shows_what_backs_each_step(tree: Tree) -> None:
    library = read_library(tree({GUIDE: PLAYBOOK}))
    view = playbook_view(library.find("playbook", "teach-at-night", Playbook), library)
    first, second = view.steps
    assert [b.link.title for b in first.backing] == ["Night welding course"]
    assert first.backing[0].badge is not None
    assert [b.kind_label for b in second.backing] == ["Practice", "Policy note"]
    mentioning = library.mentioned_by("case-study", "night-welding", "playbook")
    assert mentioning == ["teach-at-night"]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("records: [night-welding]", "records: []", "empty `records` is empty"),
        (
            "records: [night-welding]",
            "records: [night-weldin]",
            "unknown-id no page has the id `night-weldin` | Did you mean `night-welding`, `welding` or `day-welding`?",
        ),
        (
            "records: [night-welding]",
            "records: [day-welding]",
            "record-not-named the text links to `night-welding`, which `records` does not name",
        ),
        (
            "records: [stipends, ",
            "records: [stipends, practices/stipends, ",
            "listed-twice `practices/stipends` is in the list already",
        ),
        (
            "Pay people to learn.",
            "Pay people 300 dollars.",
            "figure-without-source the figure `300` stands in a paragraph that cites no source",
        ),
    ],
)
def test_a_claim_without_a_record_is_told(tree: Tree, old: str, new: str, finding: str) -> None:
    findings = told(findings_of(tree({GUIDE: PLAYBOOK.replace(old, new, 1)})))
    assert any(finding in line for line in findings), findings
