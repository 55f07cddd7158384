"""Downloads made upon those of an earlier build are, byte for byte, downloads made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import read_library
from generator.exports import flat
from generator.exports.downloads import write_downloads, write_templates
from generator.exports.kept_rows import FILES
from generator.printing.site import Site
from tests.conftest import Tree

DAY, NIGHT, OTHER = (f"casestudies/{name}-welding.yaml" for name in ("day", "night", "other"))
COLLECTION = "content/collections/welding.yaml"
PRACTICE = "content/practices/stipends.md"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the case studies whose rows had to be made."""
    ids: list[str] = []
    rows = flat._case_row

    def noting(record: dict[str, str], *given: object) -> str:
        ids.append(record["id"])
        return rows(record, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(flat, "_case_row", noting)
    return ids


def build(root: Path, tmp_path: Path, name: str, before: str, cache: str = "cache") -> list[bytes]:
    """The files that hold all case studies, made into one site upon another."""
    site = Site(tmp_path / name, "https://example.org/", tmp_path / before)
    library = read_library(root)
    write_templates(library, site)
    write_downloads(library, site, tmp_path / cache)
    return [(tmp_path / name / path).read_bytes() for path in FILES]


def test_only_the_rows_of_what_changed_are_made(
    tree: Tree, tmp_path: Path, made: list[str]
) -> None:
    other = tree().joinpath(DAY).read_text("utf-8").replace("day-welding", "other-welding")
    build(tree(), tmp_path, "0", "none")
    for number, (changes, anew) in enumerate(
        [
            ({}, []),
            ({DAY: ("title: Day welding course", "title: 'Évening, \"paid\"'")}, ["day-welding"]),
            ({OTHER: other}, ["other-welding"]),
            ({OTHER: None}, []),
            ({PRACTICE: ("the whole course", "all of it")}, []),
            ({DAY: None}, []),
        ]
    ):
        made.clear()
        now = build(tree(changes), tmp_path, str(number + 1), str(number))
        assert made == anew
        assert now == build(tree(), tmp_path, f"anew-{number}", "none", f"no-cache-{number}")


def test_the_first_case_studies_come_into_a_library(tree: Tree, tmp_path: Path) -> None:
    cases = {path: tree().joinpath(path).read_bytes() for path in (DAY, NIGHT)}
    unnamed = {PRACTICE: ("[Night welding](kb:night-welding)", "Night welding")}
    build(tree({DAY: None, NIGHT: None, **unnamed, COLLECTION: None}), tmp_path, "0", "none")
    now = build(tree(cases), tmp_path, "1", "0")
    assert now == build(tree(), tmp_path, "anew", "none", "no-cache")


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_was_touched_gives_no_row(
    tree: Tree, tmp_path: Path, made: list[str], path: str
) -> None:
    first = build(tree(), tmp_path, "0", "none")
    file = tmp_path / "0" / path
    file.write_bytes(file.read_bytes().replace(b"welding", b"wilding"))
    made.clear()
    assert build(tree(), tmp_path, "1", "0") == first
    assert made == ["day-welding", "night-welding"]


def test_a_file_that_stays_is_left_alone_and_none_is_changed_in_place(
    tree: Tree, tmp_path: Path
) -> None:
    first = build(tree(), tmp_path, "0", "none")
    files = [tmp_path / "0" / path for path in FILES]
    others = [tmp_path / file.name for file in files]
    for file, other in zip(files, others, strict=True):
        other.hardlink_to(file)
    build(tree(), tmp_path, "0", "none")
    assert all(map(Path.samefile, files, others))
    build(tree({DAY: ("title: Day welding course", "title: Day course")}), tmp_path, "0", "none")
    assert [other.read_bytes() for other in others] == first
    assert not files[0].samefile(others[0])
    assert sorted((tmp_path / "0" / "data").glob("*.new")) == []
