"""Collections: the whole of what a contributor is told of each fault."""

from __future__ import annotations

import pytest

from tests.conftest import Tree, findings_of, told

COLLECTION = "content/collections/welding.yaml"
ONE = (
    "Write one of `case_study: ID`, `practice: ID` and `policy: ID`; "
    "give each record an entry of its own."
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "practice: stipends",
            "practice: stipend",
            ":7:16: unknown-id there is no practice `stipend` | Did you mean `stipends`?",
        ),
        (
            "{practice: stipends}",
            "{note: Nothing.}",
            f":7:5: entry-names-one-record the entry names no record | {ONE}",
        ),
        (
            "{practice: stipends}",
            "{practice: stipends, policy: training-accounts}",
            f":7:5: entry-names-one-record the entry names several records | {ONE}",
        ),
        (
            "{practice: stipends}",
            "{case_study: night-welding}",
            ":7:18: listed-twice `night-welding` is in the collection already | Take it out.",
        ),
        (
            "kb:night-welding",
            "kb:nite-welding",
            ":6:65: unknown-id no page has the id `nite-welding` | Did you mean `night-welding`, `welding` or `day-welding`?",
        ),
        (
            "Begin with",
            "Begin <script>",
            ":6:46: html-in-prose",
        ),
    ],
)
def test_a_fault_is_told_once_with_its_place(tree: Tree, old: str, new: str, said: str) -> None:
    findings = told(findings_of(tree({COLLECTION: (old, new)})))
    assert findings, "a fault must be found"
    assert any(line.startswith(COLLECTION + said) for line in findings), findings


def test_a_good_collection_has_no_finding(tree: Tree) -> None:
    assert told(findings_of(tree())) == []


def test_a_collection_of_nothing_is_refused(tree: Tree) -> None:
    text = (tree() / COLLECTION).read_text("utf-8")
    head = text.partition("entries:")[0]
    findings = told(findings_of(tree({COLLECTION: f"{head}entries: []\nchecked: 2026-10-01\n"})))
    assert [line.split(" | ")[0] for line in findings] == [
        f"{COLLECTION}:5:10: empty `entries` is empty"
    ]
