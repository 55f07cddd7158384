"""`kb fmt`: which files change, what is left alone, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.formatting.files import Formatted, Unsafe, formatted_file
from generator.models.fields import Model
from tests.commands.conftest import Kb
from tests.conftest import Tree, findings_of

NIGHT = "casestudies/night-welding.yaml"
STIPENDS = "content/practices/stipends.md"


def test_a_library_is_put_in_order_once(tree: Tree, kb: Kb) -> None:
    root = tree({NIGHT: ("status: active", "# runs at night\nstatus:   active  # since 2019")})
    first = kb("fmt", "--root", root)
    assert first.exit_code == 0
    assert f"Changed {NIGHT}\n" in first.output
    text = (root / NIGHT).read_text("utf-8")
    assert "\n# runs at night\nstatus: active  # since 2019\n" in text
    assert findings_of(root) == []
    assert kb("fmt", "--root", root).output == "5 records are in the one form already.\n"


@pytest.fixture
def many(tree: Tree, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library in form, of so many records that several processes work on it."""
    monkeypatch.setattr("generator.commands.fmt.processors", lambda: 2)
    root = tree()
    text = (root / NIGHT).read_text("utf-8")
    for number in range(220):
        new = text.replace("id: night-welding", f"id: course-{number}")
        (root / "casestudies" / f"course-{number}.yaml").write_text(new, "utf-8")
    assert kb("fmt", "--root", root).exit_code == 0
    return root


def test_of_many_records_those_that_change_are_named_in_order(many: Path, kb: Kb) -> None:
    names = [f"casestudies/course-{number}.yaml" for number in (100, 219, 3)]
    before = {name: (many / name).read_text("utf-8") for name in names}
    for name, text in before.items():
        (many / name).write_text(text.replace("status: active", "status:   active"), "utf-8")
    checked = kb("fmt", "--root", many, "--check").output
    told = "".join(f"Would change {name}\n" for name in names)
    assert checked == f"{told}3 of 225 records would change. Run `kb fmt` to change them.\n"
    assert kb("fmt", "--root", many).exit_code == 0
    assert {name: (many / name).read_text("utf-8") for name in names} == before


def test_a_file_that_would_lose_something_is_named(
    many: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(path: Path, root: Path, model: type[Model]) -> Formatted | Diagnostic:
        if path.stem == "course-150":
            raise Unsafe
        return formatted_file(path, root, model)

    monkeypatch.setattr("generator.commands.fmt.formatted_file", lossy)
    result = kb("fmt", "--root", many)
    assert result.exit_code == 2
    assert result.output.startswith("casestudies/course-150.yaml was left as it is:")


def test_check_changes_nothing(tree: Tree, kb: Kb) -> None:
    root = tree({NIGHT: ("status: active", "status:   active")})
    kb("fmt", "--root", root)
    tree({NIGHT: ("status: active", "status:   active")})
    before = (root / NIGHT).read_bytes()
    result = kb("fmt", "--root", root, "--check")
    assert result.exit_code == 1
    assert result.output == (
        f"Would change {NIGHT}\n1 of 5 records would change. Run `kb fmt` to change them.\n"
    )
    assert (root / NIGHT).read_bytes() == before
    kb("fmt", "--root", root)
    assert kb("fmt", "--root", root, "--check").exit_code == 0


def test_a_broken_file_is_left_alone_and_the_others_are_not(tree: Tree, kb: Kb) -> None:
    root = tree({NIGHT: ("sectors: [construction]", "sectors: [construction")})
    before = (root / NIGHT).read_bytes()
    result = kb("fmt", "--root", root)
    assert result.exit_code == 1
    assert "yaml-bracket" in result.output
    assert "Changed casestudies/day-welding.yaml" in result.output
    assert result.output.splitlines()[-1].endswith("1 could not be read and was left alone.")
    assert (root / NIGHT).read_bytes() == before


def test_the_text_below_front_matter_stays(tree: Tree, kb: Kb) -> None:
    body = "\nFirst   line,\nsecond line.\n\n| a | b |\n|---|---|\n| # 1 | 2 |\n"
    root = tree()
    text = (root / STIPENDS).read_text("utf-8")
    head = text[: text.index("---", 3) + 4]
    tree(
        {
            STIPENDS: head.replace("id: stipends\ntitle: Stipends", "title: Stipends\nid: stipends")
            + body
        }
    )
    kb("fmt", "--root", root)
    after = (root / STIPENDS).read_text("utf-8")
    assert after.startswith("---\nschema_version: 1\nid: stipends\ntitle: Stipends\n")
    assert after.endswith("---\n" + body)


def test_what_came_from_word_or_windows_is_mended(tree: Tree, kb: Kb) -> None:
    root = tree()
    text = (root / NIGHT).read_text("utf-8")
    pasted = text.replace("status: active", "status:\u00a0active").replace(
        "welding course", "weld\u200bing course"
    )
    tree({NIGHT: b"\xef\xbb\xbf" + pasted.replace("\n", "\r\n").encode()})
    assert [finding.code for finding in findings_of(root)] == ["invisible-character"]
    assert kb("fmt", "--root", root).exit_code == 0
    assert findings_of(root) == []
    assert b"\r" not in (root / NIGHT).read_bytes()


def test_files_can_be_named(tree: Tree, kb: Kb) -> None:
    root = tree({NIGHT: ("status: active", "status:   active")})
    result = kb("fmt", "--root", root, root / NIGHT)
    assert result.output == f"Changed {NIGHT}\n1 of 1 records changed.\n"


def test_what_is_not_a_record_is_refused(tree: Tree, kb: Kb, tmp_path: Path) -> None:
    result = kb("fmt", "--root", tree(), tmp_path / "library" / "content" / "about.md")
    assert result.exit_code == 2
    assert "is not a record. Records are casestudies/*.yaml" in result.stderr


def test_a_link_is_refused(tree: Tree, kb: Kb) -> None:
    root = tree({"notes.yaml": "id: x\n"})
    (root / "casestudies" / "link.yaml").symlink_to("../notes.yaml")
    result = kb("fmt", "--root", root, root / "casestudies" / "link.yaml")
    assert result.exit_code == 1
    assert "not-a-file" in result.output
    assert (root / "notes.yaml").read_text() == "id: x\n"
