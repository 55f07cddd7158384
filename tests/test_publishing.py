"""A site takes the place of the one that was there: whole, and with nothing left of it or dated anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.publishing import Changes, beside


def publish(target: Path, files: Mapping[str, str]) -> Changes:
    with beside(target) as making:
        for path, text in files.items():
            making.site.write(path, text)
        making.site.clear()
    assert making.changes is not None
    return making.changes


def held(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): file.read_text()
        for file in site.rglob("*")
        if file.is_file()
    }


def dates(site: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}


SITES = (
    {"index.html": "home", "a/index.html": "one", "b/index.html": "two"},
    {"index.html": "home", "a/index.html": "ONE", "c/d/index.html": "new"},
    {"index.html": "home", "a/index.html": "one", "b/index.html": "two"},
    {},
    {"index.html": "home again"},
)


def test_each_site_holds_its_own_files_and_nothing_of_those_before(tmp_path: Path) -> None:
    for files in (*SITES, *reversed(SITES)):
        publish(tmp_path / "site", files)
        assert held(tmp_path / "site") == files
        folders = {p for p in (tmp_path / "site").rglob("*") if p.is_dir()}
        assert all(any(folder.iterdir()) for folder in folders), "no empty folder stays"


def test_a_build_says_what_it_changed(tmp_path: Path) -> None:
    told = [str(publish(tmp_path / "site", files)) for files in (*SITES[:2], SITES[1])]
    assert told == [
        "files: 3 new",
        "files: 1 new, 1 changed, 1 removed",
        "no file changed",
    ]


def test_what_does_not_change_keeps_its_date(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {"same": "x", "other": "y", "back": "old"})
    first = dates(site)
    publish(site, {"same": "x", "other": "z", "back": "new"})
    publish(site, {"same": "x", "other": "z", "back": "new"})
    third = dates(site)
    assert third["same"] == first["same"]
    assert third["other"] > first["other"]
    publish(site, {"same": "x", "other": "z", "back": "old"})
    assert dates(site)["same"] == first["same"]
    assert dates(site)["other"] == third["other"]
    assert dates(site)["back"] > third["back"], "what is as it once was has changed all the same"


def test_a_file_changed_by_hand_is_put_right(tmp_path: Path) -> None:
    for _ in range(2):
        publish(tmp_path / "site", {"a": "text"})
    for tree in ("site", ".site.next"):
        (tmp_path / tree / "a").write_text("HAND")
        (tmp_path / tree / "more").write_text("HAND")
    publish(tmp_path / "site", {"a": "text"})
    assert held(tmp_path / "site") == {"a": "text"}


@pytest.mark.parametrize("where", ["begun", "between", "after"])
def test_a_build_that_was_killed_is_mended_by_the_next(tmp_path: Path, where: str) -> None:
    site, old, tree = tmp_path / "site", tmp_path / ".site.old", tmp_path / ".site.next"
    publish(site, {"a": "1"})
    publish(site, {"a": "2"})
    if where == "begun":
        (tree / "half").write_text("written")
    else:
        site.rename(old)
        if where == "after":
            tree.rename(site)
    publish(site, {"a": "3"})
    assert held(site) == {"a": "3"}
    assert not old.exists()


def test_what_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {"a": "1"})
    before = dates(site)

    def fails() -> None:
        with beside(site) as making:
            making.site.write("a", "2")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert held(site) == {"a": "1"}
    assert dates(site) == before
