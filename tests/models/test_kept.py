"""What was read before gives the records that the files would, and hides nothing that is wrong now."""

from __future__ import annotations

import os
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from weakref import ref

import pytest

from generator import stamps
from generator.build import Checked, check_library, contents, library_of
from generator.checks.rules import Rule, by_itself
from generator.diagnostics import Diagnostic
from generator.library import Library
from generator.models import entry as entry_module
from generator.models import loading, permalinks
from generator.models.case_study import CaseStudy
from generator.models.entry import Entry
from generator.models.kept import Kept
from generator.models.practice import Practice
from generator.models.store import Stored, read
from generator.reading.documents import Changed, Document
from generator.registry import KINDS
from tests.conftest import PROJECT, Tree, told

NIGHT = "casestudies/night-welding.yaml"
LISTS = tuple(kind.source for kind in KINDS if kind.is_list)
"""Files that are read each time, and parsed where that gives another digest."""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed, by their paths."""
    paths: list[str] = []

    def note(text: str, shown: str) -> object:
        paths.append(shown)
        return parse_document(text, shown)

    parse_document = loading.parse_document
    for module in (loading, permalinks):
        monkeypatch.setattr(module, "parse_document", note)
    return paths


def check(root: Path, kept: Kept | None = None) -> Checked:
    """Check a library as a new build would, or as the next round of a preview."""
    return check_library(root, 1, None, kept or Kept.read(root / "read.kept"))


def test_a_file_is_parsed_once(tree: Tree, parsed: list[str]) -> None:
    root = tree()
    first = check(root)
    assert NIGHT in parsed
    parsed.clear()
    again = check(root)
    assert parsed == []
    assert list(library_of(again).entries()) == list(library_of(first).entries())
    assert library_of(again).extracts == library_of(first).extracts
    tree({NIGHT: ("Night courses fill", "Night courses overflow")})
    check(root)
    assert parsed == [NIGHT]


def test_the_real_records_are_what_their_data_are(tmp_path: Path) -> None:
    kept = Kept.read(tmp_path / "read.kept")
    entries = check_library(PROJECT, 1, None, kept).loaded.entries
    again = check_library(PROJECT, 1, None, Kept.read(tmp_path / "read.kept")).loaded.entries
    # By their words: to Python, 1 and 1.0 are equal, and on a page they are not.
    assert [repr(entry.record) for entry in again] == [repr(entry.record) for entry in entries]
    for entry in entries:
        if not entry.kind.is_list:
            path = entry.document.path
            document = loading.parse_document((PROJECT / path).read_text("utf-8"), path)
            assert isinstance(document, Document)
            made = entry.kind.model.model_validate(document.data)
            assert repr(made) == repr(entry.record), path


def test_a_record_goes_when_nobody_has_it_and_comes_again(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_module, "_latest", deque(maxlen=1))
    library = library_of(check(tree()))
    night = library.find("case-study", "night-welding", CaseStudy)
    day = ref(library.find("case-study", "day-welding", CaseStudy))
    assert library.find("case-study", "night-welding", CaseStudy) is night
    library.find("practice", "stipends", Practice)
    assert day() is None
    assert library.find("case-study", "day-welding", CaseStudy).title == "Day welding course"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data.replace(b"Night", b"Right"),
        lambda data: data.partition(b"\n")[2],
        lambda data: data[:0],
    ],
)
def test_what_is_damaged_is_not_taken(
    tree: Tree, parsed: list[str], damage: Callable[[bytes], bytes]
) -> None:
    root = tree()
    check(root)
    file = root / "read.kept"
    file.write_bytes(damage(file.read_bytes()))
    parsed.clear()
    check(root)
    assert NIGHT in parsed


def _damage_data(file: Path) -> None:
    """Change what is kept of a record in place, and nothing else of the file, which may be open."""
    head, data = file.read_bytes().split(b"\n", 1)[0], file.read_bytes()
    start = len(head) + 1 + int(head.split()[1])
    file.write_bytes(data[:start] + data[start:].replace(b"Night", b"Right"))
    assert file.read_bytes() != data


@pytest.fixture
def damaged(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library whose data were damaged after it was read of them."""
    monkeypatch.setattr(stamps, "_UNSURE", 20_000_000)  # the test can't wait for two seconds
    root = tree()
    time.sleep(0.05)
    check(root)
    library = library_of(check(root))
    _damage_data(root / "read.kept")
    return library


def test_data_that_are_damaged_are_read_again(tree: Tree, damaged: Library) -> None:
    assert list(damaged.entries()) == list(library_of(check(tree(), Kept())).entries())


def test_no_record_is_made_of_a_file_that_changed_since_it_was_checked(
    tree: Tree, damaged: Library
) -> None:
    tree({NIGHT: ("Night courses fill", "Night courses overflow")})
    with pytest.raises(Changed, match=NIGHT):
        list(damaged.entries())


def test_a_record_is_made_when_it_is_asked_for(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree()
    check(root)
    made: list[str] = []
    monkeypatch.setattr(
        "generator.models.entry.read", lambda data: made.append("one") or read(data)
    )
    library = library_of(check(root))
    assert library.title("case-study", "night-welding") == "Night welding course"
    assert contents(library).startswith("2 case studies")
    assert made == []
    case = library.find("case-study", "night-welding", CaseStudy)
    assert case is library.find("case-study", "night-welding", CaseStudy)
    assert (case.title, made) == ("Night welding course", ["one"])


def test_the_data_of_many_records_need_no_memory(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_FEW", 1)
    root = tree()
    first = check(root, Kept())
    data = [entry._data for entry in first.loaded.entries if entry.kind.name == "case-study"]
    assert all(isinstance(held, Stored) for held in data)
    monkeypatch.setattr(tempfile, "TemporaryFile", _no_room)
    assert list(library_of(check(root, Kept())).entries()) == list(library_of(first).entries())


def _no_room() -> object:
    raise OSError


def test_another_version_of_the_program_reads_anew(
    tree: Tree, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree()
    check(root)
    monkeypatch.setattr("generator.digests.program", lambda: "another")
    parsed.clear()
    check(root)
    assert NIGHT in parsed


@pytest.mark.parametrize("previews", [False, True])
def test_a_record_that_did_not_change_may_become_wrong(tree: Tree, previews: bool) -> None:
    root = tree()
    kept = Kept.read(root / "read.kept") if previews else None
    assert told(list(check(root, kept).findings)) == []
    practice = root / "content/practices/stipends.md"
    text = practice.read_text("utf-8")
    practice.unlink()
    findings = {(found.path, found.code): found for found in check(root, kept).findings}
    line = findings[NIGHT, "unknown-id"].line
    assert "stipends" in (root / NIGHT).read_text("utf-8").splitlines()[line - 1]
    practice.write_text(text, "utf-8")
    assert told(list(check(root, kept).findings)) == []


@pytest.mark.parametrize("previews", [False, True])
@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("see: [training-accounts]", "see: [nowhere]"), "unknown-id"),
        (("{id: g1,", "{id: g2,"), "unknown-source"),
    ],
)
def test_a_list_is_looked_at_again_once_it_has_changed(
    tree: Tree,
    parsed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    previews: bool,
    edit: tuple[str, str],
    code: str,
) -> None:
    looked: list[str] = []

    def look(rules: Iterable[Rule], entry: Entry) -> list[Diagnostic]:
        looked.append(entry.id)
        return by_itself(rules, entry)

    monkeypatch.setattr("generator.build.by_itself", look)
    root = tree()
    kept = Kept.read(root / "read.kept") if previews else None
    assert told(list(check(root, kept).findings)) == []
    assert "ita" in looked
    looked.clear()
    parsed.clear()
    check(root, kept)
    assert "ita" not in looked
    assert "content/glossary.yaml" not in parsed
    tree({"content/glossary.yaml": edit})
    found = [(f.path, f.code) for f in check(root, kept).findings]
    assert ("content/glossary.yaml", code) in found
    assert {path for path, _ in found} == {"content/glossary.yaml"}


ENTRY = "- {code: fhkmrw, kind: case-study, id: night-welding, addresses: [casestudies/night-welding/]}\n"


@pytest.mark.parametrize("previews", [False, True])
def test_the_ledger_is_parsed_once_and_its_promises_are_looked_at_again_once_records_change(
    tree: Tree, parsed: list[str], previews: bool
) -> None:
    times = partial(parsed.count, permalinks.LEDGER)
    root = tree({permalinks.LEDGER: f"# Promised.\n{ENTRY}"})
    kept = Kept.read(root / "read.kept") if previews else None
    first = check(root, kept)
    assert (told(list(first.findings)), times()) == ([], 1)
    again = check(root, kept)
    assert (told(list(again.findings)), times()) == ([], 1)
    assert again.ledger.entries == first.ledger.entries
    assert library_of(again).codes["case-study", "night-welding"] == "fhkmrw"
    assert library_of(again).facts == library_of(first).facts

    text = (root / NIGHT).read_text("utf-8")
    (root / NIGHT).unlink()
    lost = [found for found in check(root, kept).findings if found.code == "address-lost"]
    assert ([found.place for found in lost], times()) == ([f"{permalinks.LEDGER}:2:40"], 1)
    (root / NIGHT).write_text(text, "utf-8")
    tree({permalinks.LEDGER: (" id: night-welding", " id: night-brazing")})
    assert "address-lost" in [found.code for found in check(root, kept).findings]


def test_a_second_record_of_an_id_is_found_beside_those_that_did_not_change(tree: Tree) -> None:
    root, kept = tree(), Kept()
    assert told(list(check(root, kept).findings)) == []
    (root / "casestudies/another.yaml").write_bytes((root / NIGHT).read_bytes())
    findings = check(root, kept).findings
    assert ("casestudies/another.yaml", "duplicate-id") in {(f.path, f.code) for f in findings}


def _in_place(file: Path, text: bytes) -> None:
    file.write_bytes(text)


def _by_another(file: Path, text: bytes) -> None:
    other = file.with_name("other")
    other.write_bytes(text)
    other.replace(file)


def _edit_unnoticed(file: Path, save: Callable[[Path, bytes], None]) -> None:
    """Edit a record in a way that leaves its file as long and as old as it was."""
    state = file.stat()
    save(file, file.read_bytes().replace(b"Night courses fill", b"Night courses FILL"))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert file.stat().st_size == state.st_size


@pytest.mark.parametrize("save", [_in_place, _by_another])
def test_a_build_reads_only_files_that_were_touched(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path, bytes], None]
) -> None:
    monkeypatch.setattr(stamps, "_UNSURE", 20_000_000)  # the test can't wait for two seconds
    root = tree()
    time.sleep(0.05)
    first = check(root)
    read: list[str] = []
    read_text = loading.read_text

    def reading(path: Path | str, root: Path) -> str | Diagnostic:
        if not str(path).endswith(LISTS):
            read.append(Path(path).name)
        return read_text(path, root)

    monkeypatch.setattr(loading, "read_text", reading)
    again = check(root)
    assert read == []
    assert list(library_of(again).entries()) == list(library_of(first).entries())
    _edit_unnoticed(root / NIGHT, save)
    check(root)
    assert read == [Path(NIGHT).name]


@pytest.mark.parametrize("save", [_in_place, _by_another])
def test_in_a_preview_a_file_that_was_touched_is_read(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path, bytes], None]
) -> None:
    monkeypatch.setattr(stamps, "_UNSURE", 20_000_000)  # the test can't wait for two seconds
    root = tree()
    kept = Kept.read(root / "read.kept")
    check(root, kept)
    time.sleep(0.05)
    check(root, kept)
    first = {path: standing.entry for path, standing in kept.standing.items()}
    check(root, kept)
    assert all(kept.standing[path].entry is entry for path, entry in first.items())
    _edit_unnoticed(root / NIGHT, save)
    loaded = check(root, kept).loaded
    assert [entry.document.path for entry in loaded.anew if not entry.kind.is_list] == [NIGHT]
