"""What is wrong with a rubric is found, with its place."""

from __future__ import annotations

import re

import pytest

from tests.conftest import PROJECT, Tree, findings_of, told

REAL = (PROJECT / "content" / "rubric.yaml").read_text("utf-8")


@pytest.fixture
def small() -> str:
    """The real rubric with the tiny library's practice and policy in the place of the real ones."""
    text = re.sub(r"practices: \[[^\]]*\]", "practices: [stipends]", REAL)
    return re.sub(r"policies: \[[^\]]*\]", "policies: [training-accounts]", text)


def test_a_good_rubric_has_no_findings(tree: Tree, small: str) -> None:
    assert told(findings_of(tree({"content/rubric.yaml": small}))) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("practices: [stipends]", "practices: [stipend]", "there is no practice `stipend`"),
        ("policies: [training-accounts]", "policies: [gold]", "there is no policy `gold`"),
        ("id: employer-leadership", "id: demand-data", "the id `demand-data` is taken already"),
        ("minority: intermediary", "minority: mediator", "the rubric has no role `mediator`"),
        ("from_score: 1.8", "from_score: 1.0", "the level begins no higher than the one before it"),
        ("worded_in: '1.0'", "worded_in: '1.1'", "worded in version 1.1, but the rubric is 1.0"),
        ("[s12]", "[s999]", "`[s999]` is cited, but the record has no source `s999`"),
        ("schema_version: 1\n", "schema_version: 1\ncolour: red\n", "there is no field `colour`"),
    ],
)
def test_a_fault_is_told(tree: Tree, small: str, old: str, new: str, said: str) -> None:
    assert old in small
    findings = told(findings_of(tree({"content/rubric.yaml": small.replace(old, new, 1)})))
    assert any(said in line for line in findings), findings
    assert all(line.startswith("content/rubric.yaml:") for line in findings)
