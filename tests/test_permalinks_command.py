"""`kb permalinks`: new records are entered, renames and removals keep what was published."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.build import read_library
from generator.cli import main
from generator.models.permalinks import LEDGER, read_ledger
from tests.checks.test_permalinks import RENAMED, with_links_mended
from tests.conftest import Tree, findings_of, told


def kb(root: Path, *arguments: str) -> Result:
    options = ["permalinks", "--root", str(root), *arguments]
    return CliRunner().invoke(main, options, catch_exceptions=False)


def test_new_records_are_listed_and_entered_with_the_codes_they_had(tree: Tree) -> None:
    root = tree()
    before = read_library(root).codes
    shown = kb(root).output
    assert "casestudies/night-welding/  (new, not yet in the ledger)" in shown
    assert "kb permalinks record" in shown
    assert kb(root, "record").exit_code == 0
    entries = read_ledger(root).by_key
    assert entries["case-study", "night-welding"].code == before["case-study", "night-welding"]
    assert ("state", "NO") in entries  # Norway's code and a word of YAML 1.1
    assert told(findings_of(root)) == []
    text = (root / LEDGER).read_text("utf-8")
    assert "Nothing new" in kb(root, "record").output
    assert (root / LEDGER).read_text("utf-8") == text


def test_a_rename_keeps_the_code_and_every_address(tree: Tree) -> None:
    kb(tree(), "record")
    root = with_links_mended(tree, dict(RENAMED))
    code = read_ledger(root).by_key["case-study", "night-welding"].code
    done = kb(root, "rename", "casestudies/night-welding", "casestudies/evening-welding/")
    assert done.exit_code == 0, done.output
    assert told(findings_of(root)) == []
    entry = read_ledger(root).by_key["case-study", "evening-welding"]
    assert entry.code == code
    assert entry.addresses == ("casestudies/evening-welding/", "casestudies/night-welding/")


def test_a_rename_that_was_entered_as_new_keeps_both(tree: Tree) -> None:
    kb(tree(), "record")
    root = with_links_mended(tree, dict(RENAMED))
    code = read_ledger(root).by_key["case-study", "night-welding"].code
    kb(root, "record")
    assert (
        kb(root, "rename", "casestudies/night-welding", "casestudies/evening-welding").exit_code
        == 0
    )
    assert read_ledger(root).by_key["case-study", "evening-welding"].code == code
    assert told(findings_of(root)) == []


def test_a_removal_leaves_a_reason_in_any_letters(tree: Tree) -> None:
    kb(tree(), "record")
    root = tree({"casestudies/day-welding.yaml": None})
    for path in [*root.rglob("*.md"), *root.rglob("*.yaml")]:
        if path.name != "permalinks.yaml":
            path.write_text(
                path.read_text("utf-8").replace("kb:day-welding", "kb:night-welding"), "utf-8"
            )
    why = 'Its "only" source: gone. \N{WORLD MAP} {x} # no comment'
    done = kb(root, "remove", "casestudies/day-welding", "--why", why, "--see", "night-welding")
    assert done.exit_code == 0, done.output
    removed = read_ledger(root).by_key["case-study", "day-welding"].removed
    assert removed is not None
    assert (removed.why, removed.title, removed.see) == (why, "Day welding", ("night-welding",))
    assert told(findings_of(root)) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rename", "casestudies/night-weldin", "casestudies/x"], "Did you mean `night-welding`"),
        (["rename", "casestudies/night-welding", "casestudies/day-welding"], "is still there"),
        (["remove", "casestudies/night-welding", "--why", "x"], "is still there"),
        (["rename", "about", "casestudies/x"], "Write it as casestudies/ID"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    tree: Tree, arguments: list[str], words: str
) -> None:
    root = tree()
    kb(root, "record")
    text = (root / LEDGER).read_text("utf-8")
    done = kb(root, *arguments)
    assert done.exit_code == 2
    assert words in done.output
    assert (root / LEDGER).read_text("utf-8") == text


def test_a_broken_ledger_is_reported_and_left_alone(tree: Tree) -> None:
    root = tree({LEDGER: "- {code: [\n"})
    done = kb(root, "record")
    assert done.exit_code == 1
    assert f"{LEDGER}:" in done.output
    assert (root / LEDGER).read_text("utf-8") == "- {code: [\n"
