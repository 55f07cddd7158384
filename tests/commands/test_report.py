"""`kb report` without links: which records it names, and how it ends."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from generator.build import read_library
from generator.upkeep.questions import sections
from tests.commands.conftest import Kb
from tests.conftest import Tree

TODAY = dt.date(2026, 11, 24)
NIGHT = "casestudies/night-welding.yaml"
DAY = "casestudies/day-welding.yaml"
BROKEN = {NIGHT: ("status: active", "status: activ")}


def told(root: Path, section: str, days: int = 365) -> dict[str, str]:
    """What a section says of each file or term."""
    (found,) = [s for s in sections(read_library(root), TODAY, days) if s.id == section]
    return {f"{item.path} {item.title}": item.reason for item in found.items}


def test_stale_records_come_oldest_first(tree: Tree) -> None:
    root = tree({NIGHT: ("checked: 2026-11-01", "checked: 2025-11-23")})
    assert list(told(root, "stale").items()) == [
        (f"{NIGHT} Night welding course", "last checked 2025-11-23, 366 days ago")
    ]
    assert list(told(root, "stale", days=30))[:2] == [
        f"{NIGHT} Night welding course",
        f"{DAY} Day welding course",
    ]
    assert told(root, "stale", days=366) == {}


def test_few_and_weak_sources(tree: Tree) -> None:
    weak = told(tree(), "weak-sources")
    assert weak[f"{DAY} Day welding course"] == (
        "one source only, by Shelbyville College; "
        "no source but the program's own pages and the news"
    )
    assert f"{NIGHT} Night welding course" not in weak
    assert not any("policies" in place for place in weak), "a law is the last word on itself"


def test_a_level_that_rests_on_no_study(tree: Tree) -> None:
    root = tree({NIGHT: ("  note: A comparison group of late applicants.\n  source: s2", "  note: A.\n  source: s1")})  # fmt: skip
    assert told(root, "weak-sources")[f"{NIGHT} Night welding course"] == (
        "its level moderate rests on s1 (program page) and not on the study itself"
    )


def test_sources_that_depend_on_each_other(tree: Tree) -> None:
    root = tree({NIGHT: ("Springfield University", "SPRINGFIELD COLLEGE")})
    assert told(root, "weak-sources")[f"{NIGHT} Night welding course"] == (
        "both sources are by Springfield College"
    )


def test_practices_without_evidence(tree: Tree) -> None:
    assert told(tree(), "no-evidence") == {}
    compared = "level: moderate\n  direction: positive\n  design: quasi-experiment\n"
    counted = "level: rationale\n  direction: not-measured\n  design: descriptive\n"
    root = tree({NIGHT: (compared, counted)})
    assert told(root, "no-evidence") == {
        "content/practices/stipends.md Stipends": "2 case studies, and none compares people with others"
    }


def test_terms_that_nothing_uses(tree: Tree) -> None:
    term = "- id: farming\n  title: Farming\n  definition: Fields.\n- id: construction"
    root = tree({"content/vocabulary/sectors.yaml": ("- id: construction", term)})
    unused = told(root, "unused-terms")
    assert unused["content/vocabulary/sectors.yaml Farming"] == "no record has the id farming"
    assert "content/vocabulary/sectors.yaml Construction" not in unused
    assert not any("states.yaml" in place for place in unused), "the states are not ours"


def test_formats_and_exit_codes(tree: Tree, kb: Kb) -> None:
    root = tree({NIGHT: ("title: Night welding course", "title: 'Night [welding](x) `course`'")})
    root = tree({NIGHT: ("checked: 2026-11-01", "checked: 2019-11-01")})
    text = kb("report", "--root", root, "--days", "900")
    assert text.exit_code == 1
    assert "Not checked for more than 900 days (1)" in text.output
    assert f"  Night [welding](x) `course`\n      {NIGHT}: last checked 2019-11-01" in text.output
    markdown = kb("report", "--root", root, "--format", "markdown").output
    assert rf"- [ ] `{NIGHT}` Night \[welding\](x) \`course\`: last checked" in markdown
    held = json.loads(kb("report", "--root", root, "--format", "json").output)
    assert held["version"] == 1
    assert [section["id"] for section in held["sections"]] == [
        "stale",
        "weak-sources",
        "no-evidence",
        "unused-terms",
    ]


def test_a_library_with_findings_gets_no_report(tree: Tree, kb: Kb) -> None:
    result = kb("report", "--root", tree(BROKEN))
    assert result.exit_code == 2
    assert "Mend these first" in result.stderr


@pytest.mark.parametrize("arguments", [("report",), ("schema",), ("rubric", "summarize", __file__)])
def test_findings_do_not_go_where_the_output_goes(
    tree: Tree, kb: Kb, arguments: tuple[str, ...]
) -> None:
    result = kb(*arguments, "--root", tree(BROKEN))
    assert result.exit_code > 0
    assert result.stdout == ""  # which may be a file
    assert "unknown-choice" in result.stderr


@pytest.mark.parametrize("arguments", [("--days", "-1"), ("--format", "html"), ("--pause", "-1")])
def test_what_cannot_be_is_a_usage_error(tree: Tree, kb: Kb, arguments: tuple[str, str]) -> None:
    assert kb("report", "--root", tree(), *arguments).exit_code == 2
