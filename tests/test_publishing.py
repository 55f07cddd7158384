"""A site takes the place of the one that was there: whole, and with nothing left of it or dated anew."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest

from generator import looking, publishing
from generator.looking import compared
from generator.noted import Folders, Made, Note, packed, unpacked
from generator.printing import site as site_module
from generator.printing.site import Site
from generator.publishing import Changes, Making, beside, read_note
from generator.stamps import at, clock, stamp_of


def publish(target: Path, files: Mapping[str, str]) -> Changes:
    with beside(target) as making:
        made_of(making, files)
    assert making.changes is not None
    return making.changes


def made_of(making: Making, files: Mapping[str, str]) -> bool:
    """Make a site, each file a piece of it; return whether all of them stood there and nobody had touched them."""
    memory = making.memory
    memory.site = making.site
    memory.begin()

    def make() -> int:
        """Make what does not stay; return how many that were."""
        stay = [memory.stays(path, text) for path, text in files.items()]
        for (path, text), stays in zip(files.items(), stay, strict=True):
            if not stays:
                memory.make(path, text, partial(Site.write, path=path, content=text))
        return stay.count(False)

    anew = make()
    if not memory.holds():
        anew += make()
    memory.clear()
    return not anew


def held(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): file.read_text()
        for file in site.rglob("*")
        if file.is_file()
    }


def dates(site: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}


def tick(folder: Path) -> None:
    """Wait until what is written from now on is younger than what was."""
    file = folder / "clock"
    file.touch()
    before = clock(file)
    while clock(file) == before:
        pass


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
    tick(tmp_path)
    publish(site, {"same": "x", "other": "z", "back": "new"})
    publish(site, {"same": "x", "other": "z", "back": "new"})
    third = dates(site)
    assert third["same"] == first["same"]
    assert third["other"] > first["other"]
    tick(tmp_path)
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
            made_of(making, {"a": "2"})
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert held(site) == {"a": "1"}
    assert dates(site) == before


def _touch_date_back(file: Path) -> None:
    state = file.stat()
    file.write_text("X" * state.st_size)
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


def _another_file(file: Path) -> None:
    state = file.stat()
    other = file.with_name("other")
    other.write_text("X" * state.st_size)
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(file)


def _swapped(file: Path) -> None:
    other, third = file.with_name("b"), file.with_name("third")
    file.rename(third)
    other.rename(file)
    third.rename(other)


def _gone(file: Path) -> None:
    file.unlink()


FILES = {"a": "text", "b": "more"}


def kept(target: Path, files: Mapping[str, str]) -> bool:
    """Make a site of files; return whether all of them were there."""
    with beside(target) as making:
        return made_of(making, files)


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """A site of which no file need be read."""
    publish(tmp_path / "site", FILES)
    for _ in range(3):
        time.sleep(0.05)  # until the dates of its files tell
        kept(tmp_path / "site", FILES)
    assert told(tmp_path / "site") == FILES.keys()
    return tmp_path / "site"


def told(target: Path) -> set[str]:
    """The files of a site of which it is noted how they stand there."""
    noted = read_note(target.with_name(f".{target.name}.noted")).pieces
    return {
        path
        for made in noted.values()
        for path, known in made.known().items()
        if known.stamp == stamp_of((target / path).stat())
    }


@pytest.mark.parametrize("damage", [_touch_date_back, _another_file, _swapped, _gone])
@pytest.mark.parametrize("trees", [("site",), (".site.next",), ("site", ".site.next")])
def test_whoever_touches_a_file_is_found_out(
    known: Path, damage: Callable[[Path], None], trees: Sequence[str]
) -> None:
    for tree in trees:
        damage(known.with_name(tree) / "a")
    kept(known, FILES)
    kept(known, FILES)
    assert held(known) == FILES
    assert held(known.with_name(".site.next")) == FILES


def test_what_nobody_touched_is_not_read(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for reads in ("_read", "digest_of_file"):
        monkeypatch.setattr(site_module, reads, lambda file: pytest.fail(f"{file} is read"))
    assert kept(known, FILES)
    assert held(known) == FILES


# --- folders that are not read ---------------------------------------------------------------------

DEEP = {"index.html": "home", "a/index.html": "one", "a/b/index.html": "two", "c/index.html": "x"}


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of which no folder need be read, since all of them are noted as if they had stood for long."""
    monkeypatch.setattr(looking, "sure", lambda: at(2**62))
    publish(tmp_path / "site", DEEP)
    for _ in range(4):
        time.sleep(0.05)
        kept(tmp_path / "site", DEEP)
    return tmp_path / "site"


def _read(target: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The folders that are read when somebody looks at the tree in which the next site is made."""
    tree, read, scandir = target.with_name(".site.next"), set[str](), os.scandir

    def noting(folder: str) -> Iterator[os.DirEntry[str]]:
        read.add(os.path.relpath(folder, tree))
        return scandir(folder)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", noting)
        compared(read_note(target.with_name(".site.noted")), tree)
    return read


def test_a_folder_that_nobody_touched_is_not_read(
    deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _read(deep, monkeypatch) <= {"."}  # which has another name since then
    (deep.with_name(".site.next") / "a" / "b" / "other").touch()
    assert _read(deep, monkeypatch) - {"."} == {"a/b"}


def test_a_folder_touched_in_the_tick_of_the_look_is_read(
    deep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    for _ in range(2):
        kept(deep, DEEP)
    assert _read(deep, monkeypatch) == {".", "a", "a/b", "c"}


@pytest.mark.parametrize("path", ["other", "a/other", "a/b/other", "new/other", "c/d/e/other"])
@pytest.mark.parametrize("tree", ["site", ".site.next"])
def test_what_somebody_puts_into_a_tree_is_in_no_site(deep: Path, tree: str, path: str) -> None:
    file = deep.with_name(tree) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("hand")
    for _ in range(2):
        kept(deep, DEEP)
        assert held(deep) == DEEP or tree == "site"
    assert held(deep) == held(deep.with_name(".site.next")) == DEEP


def test_what_one_site_no_longer_has_does_not_come_back_with_the_tree_before(deep: Path) -> None:
    fewer = {path: text for path, text in DEEP.items() if path != "a/b/index.html"}
    for _ in range(3):
        kept(deep, fewer)
        assert held(deep) == fewer
    assert not (deep / "a" / "b").exists()


@pytest.mark.parametrize("tree", ["site", ".site.next"])
def test_a_folder_elsewhere_that_stands_in_the_place_of_one_keeps_what_it_has(
    deep: Path, tmp_path: Path, tree: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    (deep.with_name(tree) / "a").rename(elsewhere)
    (elsewhere / "own").write_text("own")
    (deep.with_name(tree) / "a").symlink_to(elsewhere)
    for _ in range(2):
        kept(deep, DEEP)
    assert held(deep) == held(deep.with_name(".site.next")) == DEEP
    assert not (deep / "a").is_symlink()
    assert not (deep.with_name(".site.next") / "a").is_symlink()
    assert held(elsewhere) == {"index.html": "one", "b/index.html": "two", "own": "own"}


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first site that was made in a folder, of which no file need be read."""
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "clock", lambda _: 2**62)  # as if long ago
        publish(tmp_path / "site", FILES)
    return tmp_path / "site"


@pytest.fixture
def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail that reads a file of a site."""
    for reads in ("_read", "digest_of_file"):
        monkeypatch.setattr(site_module, reads, lambda file: pytest.fail(f"{file} is read"))


@pytest.mark.usefixtures("nothing_is_read")
def test_what_only_the_site_before_has_is_shared_and_not_read(first: Path) -> None:
    assert kept(first, FILES)
    assert held(first) == FILES
    assert (first / "a").samefile(first.with_name(".site.next") / "a")


@pytest.mark.usefixtures("nothing_is_read")
def test_where_no_file_has_two_names_each_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError("this file system has no hard links")

    monkeypatch.setattr(os, "link", none)
    monkeypatch.setattr(publishing, "clock", lambda _: 2**62)  # as if long ago
    first = tmp_path / "site"
    publish(first, FILES)
    assert held(first.with_name(".site.next")) == {}
    assert kept(first, FILES)
    assert held(first) == held(first.with_name(".site.next")) == FILES
    assert not (first / "a").samefile(first.with_name(".site.next") / "a")


@pytest.mark.usefixtures("nothing_is_read")
def test_what_is_shared_is_not_read_after_a_build_that_failed(first: Path) -> None:
    def fails() -> None:
        with beside(first) as making:
            assert making.memory.earlier.keys() == FILES.keys()
            tick(first.parent)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert kept(first, FILES)
    assert held(first) == FILES


@pytest.mark.parametrize("damage", [_touch_date_back, _another_file, _swapped, _gone])
def test_whoever_touches_a_file_of_the_first_site_is_found_out(
    first: Path, damage: Callable[[Path], None]
) -> None:
    damage(first / "a")
    kept(first, FILES)
    assert held(first) == FILES
    kept(first, FILES)
    assert held(first) == FILES


def test_whoever_writes_to_a_file_while_it_gets_its_second_name_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def late(file: str, new: str) -> None:
        Path(file).write_text("HAND")
        link(file, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", late)
        patched.setattr(publishing, "clock", lambda _: 2**62)  # as if long ago
        publish(tmp_path / "site", FILES)
    for _ in range(2):
        kept(tmp_path / "site", FILES)
        assert held(tmp_path / "site") == FILES


def test_what_changed_is_told_without_reading_the_site_before(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "digest_of_file", lambda _: pytest.fail("a file is read"))
    assert str(publish(known, {"a": "TEXT", "b": "more"})) == "files: 1 changed"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a": "0" * 32},
        {"a b/line\nend": "1" * 32, "not UTF-8 \udcff": "f" * 32},
    ],
)
def test_a_note_says_what_was_noted(files: dict[str, str]) -> None:
    made = Made.of("key", files, {"two", "one"}, "pictures", aside=True)
    made = made._replace(stamps=b"\n\0\xff\x80" * 8 * len(files))
    none = Made.of("", {})
    folders = Folders.of({"": b"\xff" * 32, "a b": b"\0" * 32}, b"\xff" * 33)
    note = Note({"piece": made, "none": none}, folders, Folders(), ["a/gone"])
    assert unpacked(packed(note)) == note
    assert note.pieces["piece"].digested() == files
    assert note.here.stamped() == {"": b"\xff" * 32, "a b": b"\0" * 32}
    assert unpacked(packed(Note())) == Note(gone=[])


@pytest.mark.parametrize("note", [b"", b"{}", b"damaged"])
def test_a_damaged_note_is_none(known: Path, note: bytes) -> None:
    file = known.with_name(".site.noted")
    assert file.exists()
    file.write_bytes(note or file.read_bytes().replace(b'"a"', b'"b"'))
    publish(known, {**FILES, "a": "new"})
    assert held(known) == {**FILES, "a": "new"}


def test_a_note_of_an_earlier_site_gives_no_earlier_file(known: Path) -> None:
    note = known.with_name(".site.noted")
    old = note.read_bytes()
    publish(known, {"a": "TEXT", "b": "more"})
    note.write_bytes(old)
    assert kept(known, FILES)  # the tree has them, from before
    assert held(known) == FILES
    note.write_bytes(old)
    publish(known, {"a": "TEXT", "b": "more"})
    assert held(known) == {"a": "TEXT", "b": "more"}


def test_of_a_file_made_in_the_tick_of_the_note_nothing_is_believed(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = {(known / name).stat().st_ctime_ns for name in FILES}
    monkeypatch.setattr(publishing, "clock", lambda _: max(ticks))
    kept(known, FILES)
    late = {name for name in FILES if (known / name).stat().st_ctime_ns == max(ticks)}
    assert late
    assert told(known) == FILES.keys() - late
