"""What an earlier build made is taken over where it would be made again, and never where it would not."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.commands.progress import Teller
from generator.digests import key_of
from generator.looking import compared
from generator.models.case_study import CaseStudy
from generator.noted import Note
from generator.preview import Preview
from generator.printing.memory import Memory
from generator.printing.site import Site
from generator.publishing import read_note, write_note
from generator.stamps import at
from tests.conftest import PROJECT, Tree, held, made_whole

BESIDE, READ, NOTE = ".cache/beside.json", ".cache/read.kept", ".site.noted"


def build(root: Path, *options: str) -> str:
    command = ["build", "--root", str(root), *options]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def whole(tree: Tree) -> Path:
    """A tiny library with a theme of its own, that a test may change."""
    root = made_whole(tree())
    (root / "theme").unlink()
    shutil.copytree(PROJECT / "theme", root / "theme")
    (root / "content" / "contribute" / "new.md").write_text("# New\n")
    return root


# --- one piece of work ---------------------------------------------------------------------------


@pytest.fixture
def tree_of(tmp_path: Path) -> Callable[..., bool]:
    """Makes a site of one piece if need be, upon what is noted; returns whether it was made."""

    def once(key: str = "k", name: str = "site") -> bool:
        made = False
        root, note = tmp_path / name, tmp_path / "noted"
        root.mkdir(exist_ok=True)

        def work(part: Site) -> None:
            nonlocal made
            made = True
            part.write("a/b.html", "words")

        told = read_note(note)
        memory = Memory(told.pieces, lambda: compared(told, root))
        memory.site = Site(root, before=tmp_path / "site")
        memory.begin()
        memory.once("piece", key, work)
        if not memory.holds():
            memory.once("piece", key, work)
        assert (root / "a" / "b.html").read_text() == "words"
        memory.go_on()
        assert list(memory.now["piece"].files()) == ["a/b.html"]
        write_note(note, Note(memory.now, there=memory.folders), at(2**62))
        return made

    return once


def test_a_piece_is_made_once(tree_of: Callable[..., bool]) -> None:
    assert tree_of()
    assert not tree_of()
    assert tree_of(key="other")


def test_a_piece_whose_file_is_not_what_it_was_is_made_again(
    tree_of: Callable[..., bool], tmp_path: Path
) -> None:
    tree_of()
    file = tmp_path / "site" / "a" / "b.html"
    file.write_text("HAND")
    assert tree_of()
    file.unlink()
    assert tree_of()


def test_a_piece_that_only_the_site_before_has_is_copied(tree_of: Callable[..., bool]) -> None:
    tree_of()
    assert not tree_of(name="next")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"a/b.html", b"a/c.html"),
        lambda data: data.partition(b"\n")[2],
        lambda data: b"\xff" + data,
    ],
)
def test_a_damaged_note_is_none(
    tree_of: Callable[..., bool], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    tree_of()
    note = tmp_path / "noted"
    note.write_bytes(damage(note.read_bytes()))
    assert read_note(note) == Note()
    assert tree_of()


def test_a_key_tells_where_each_part_ends() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")


# --- whole sites -----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", sorted(CaseStudy.shown_alone))
def test_what_is_shared_shows_nothing_of_what_only_the_page_shows(tree: Tree, field: str) -> None:
    root, night = made_whole(tree()), "casestudies/night-welding.yaml"
    build(root)
    before = held(root / "site")
    text = (root / night).read_text("utf-8")
    words = "Other words, of which the second source [s2] tells first, and then the first [s1]."
    value = f"\n  - {words}" if field == "lessons" else f" {words}"
    pattern = rf"^{field}:(.*\n)(?:  .*\n)*"
    edited = re.sub(pattern, f"{field}:{value}\n", text, count=1, flags=re.M)
    assert edited != text
    (root / night).write_text(edited, "utf-8")
    shutil.rmtree(root / "site")
    build(root)
    after = held(root / "site")
    changed = {path for path in after if before.get(path) != after[path]}
    assert "casestudies/night-welding/index.html" in changed
    assert not {path for path in changed if path.startswith(("s/", "embed/"))}


@pytest.mark.parametrize("options", [[], ["--offline"]])
def test_each_file_of_a_site_is_noted_once(whole: Path, options: list[str]) -> None:
    for _ in range(2):
        build(whole, *options)
        noted = read_note(whole / NOTE).pieces
        files = [path for made in noted.values() for path in made.files()]
        assert sorted(files) == sorted(held(whole / "site"))


def test_after_an_edit_only_what_it_concerns_is_printed(whole: Path) -> None:
    build(whole)
    assert " 0 of them anew" in build(whole)
    record = whole / "casestudies" / "night-welding.yaml"
    record.write_text(record.read_text().replace("Night courses fill", "Night courses fill fast"))
    told = build(whole)
    assert " 1 of them anew" in told
    page = (whole / "site" / "casestudies" / "night-welding" / "index.html").read_text()
    assert "Night courses fill fast" in page
    assert "no file changed" in build(whole)


def test_an_edit_that_other_pages_show_prints_those_and_no_other_case_studies(whole: Path) -> None:
    pick = random.Random(1)
    for number in range(12):
        _copy(whole, f"other-{number}", pick)
    build(whole)
    pages = whole / "site" / "casestudies"
    before = held(pages)
    record = whole / "casestudies" / "other-7.yaml"
    record.write_text(record.read_text().replace("summary: ", "summary: So they say. "))
    told = re.search(r"^Print +(\d+) pages, (\d+) of them anew", build(whole), re.M)
    assert told
    changed = {path for path, page in held(pages).items() if page != before[path]}
    changed = {path for path in changed if re.fullmatch("[^/]+/index.html", path)}
    assert "other-7/index.html" in changed
    assert 1 < len(changed) < 14
    assert int(told[1]) - int(told[2]) == 14 - len(changed)


def test_what_is_painted_stays_where_only_its_surroundings_change(whole: Path) -> None:
    build(whole)
    template = whole / "theme" / "records" / "embed.html"
    template.write_text(template.read_text().replace("kb-embed__kind", "kb-embed__sort"))
    told = build(whole)
    assert " 0 of them anew" not in told
    assert re.search(r"^Print .*; 0 pictures painted", told, re.M), told
    (page, *_) = (whole / "site" / "embed").glob("*/index.html")
    assert "kb-embed__sort" in page.read_text()
    record = whole / "casestudies" / "night-welding.yaml"
    record.write_text(record.read_text().replace("title: ", "title: New ", 1))
    assert re.search(r"^Print .*; 1 pictures painted", build(whole), re.M)


Edit = Callable[[Path, random.Random], None]


def _words(files: str, pattern: str, new: str) -> Edit:
    """Puts words behind the first place that a pattern fits, in one of some files."""

    def edit(root: Path, pick: random.Random) -> None:
        file = pick.choice(sorted(root.glob(files)))
        text = file.read_text("utf-8")
        changed = re.sub(pattern, lambda found: found[0] + new, text, count=1, flags=re.M)
        assert changed != text, (file, pattern)
        file.write_text(changed, "utf-8")

    return edit


def _copied(root: Path, pick: random.Random) -> None:
    _copy(root, f"copy-{pick.randrange(10**6)}", pick)


def _copy(root: Path, name: str, pick: random.Random) -> None:
    """Puts a case study of another name beside the others; whom it is like, chance decides."""
    text = (root / "casestudies" / "night-welding.yaml").read_text("utf-8")
    text = re.sub("^id: .*", f"id: {name}", text, flags=re.M)
    text = re.sub("^title: .*", f"title: Another {name}", text, flags=re.M)
    file = root / "casestudies" / f"{name}.yaml"
    file.write_text(text, "utf-8")
    _retag(file, pick)


def _retagged(root: Path, pick: random.Random) -> None:
    _retag(pick.choice(sorted((root / "casestudies").glob("*.yaml"))), pick)


def _retag(file: Path, pick: random.Random) -> None:
    text = file.read_text("utf-8")
    for field, ids in (
        ("populations", ("justice-involved", "veterans")),
        ("policies", ("training-accounts",)),
    ):
        some = ", ".join(pick.sample(ids, pick.randint(0, len(ids))))
        text = re.sub(rf"^{field}: .*", f"{field}: [{some}]", text, flags=re.M)
    text = re.sub("state: [A-Z]+", f"state: {pick.choice(('KY', 'NO'))}", text)
    file.write_text(text, "utf-8")


def _deleted(root: Path, _: random.Random) -> None:
    for file in sorted((root / "casestudies").glob("copy-*.yaml"))[:1]:
        file.unlink()


def _renamed(root: Path, _: random.Random) -> None:
    for file in sorted((root / "casestudies").glob("copy-*.yaml"))[:1]:
        text = file.read_text("utf-8").replace(f"id: {file.stem}", f"id: {file.stem}0")
        file.unlink()
        file.with_stem(f"{file.stem}0").write_text(text, "utf-8")


def _without_cache(root: Path, _: random.Random) -> None:
    shutil.rmtree(root / ".cache")


def _without_tree(root: Path, _: random.Random) -> None:
    shutil.rmtree(root / ".site.next", ignore_errors=True)


def _damaged_memory(root: Path, pick: random.Random) -> None:
    for name in (BESIDE, READ, NOTE):
        file = root / name
        data = bytearray(file.read_bytes() if file.exists() else b"none")
        data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)


def _old_memory(root: Path, pick: random.Random) -> None:
    """Puts back what was remembered some builds ago; of each file by itself, so that they do not fit together."""
    old = root / ".old"
    for name in (BESIDE, READ, NOTE):
        file, copy = root / name, old / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        now = file.read_bytes() if file.exists() else b""
        if copy.exists() and pick.random() < 0.7:
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(copy.read_bytes())
        copy.write_bytes(now)


def _damaged_trees(root: Path, pick: random.Random) -> None:
    for tree in (root / name for name in ("site", ".site.next")):
        if tree.exists():
            pick.choice(sorted(tree.rglob("*.html"))).write_text("<p>HAND</p>")
            page = pick.choice(sorted(tree.rglob("*.html")))
            state = page.stat()
            page.write_bytes(page.read_bytes()[::-1])
            os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
            pick.choice(sorted(tree.glob("pagefind/fragment/*"))).unlink()
            (tree / "casestudies" / "left.html").write_text("left")


EDITS: dict[str, Edit] = {
    "prose": _words("casestudies/*", "^results: ", "As far as anybody knows, "),
    "link in prose": _words(
        "casestudies/day*", r"^lessons:\n  - ", "See [it](kb:training-accounts). "
    ),
    "tags": _retagged,
    "tags again": _retagged,
    "summary": _words("casestudies/*", "^summary: ", "So they say. "),
    "source": _words("casestudies/*", "publisher: ", "The "),
    "title": _words("casestudies/*", "^title: ", "New "),
    "date": _words("casestudies/*", "^years: .*$", "\nupdated: 2026-11-03"),
    "vocabulary": _words("content/vocabulary/populations.yaml", "title: ", "All "),
    "glossary": _words("content/glossary.yaml", "definition: ", "Today it is "),
    "practice": _words("content/practices/*", "^title: ", "Paid "),
    "page": _words("content/about.md", "^# ", "More "),
    "template": _words("theme/records/parts/links.html", "kb-chips", " kb-new"),
    "frame": _words("theme/partials/feedback.html", r"\A", "<!-- more -->x"),
    "new": _copied,
    "new again": _copied,
    "renamed": _renamed,
    "deleted": _deleted,
}
_OTHERS = 7
"""Case studies enough that a page does not show all others beside it."""
DAMAGES = (_without_cache, _without_tree, _damaged_memory, _old_memory, _damaged_trees)


@pytest.mark.parametrize("seed", range(2))
def test_a_site_made_upon_others_is_the_same_as_one_made_anew(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    pick = random.Random(seed)
    walk = list(EDITS)
    pick.shuffle(walk)
    for number in range(_OTHERS):
        _copy(whole, f"other-{number}", pick)
    build(whole)
    # One edit at a time: the next might hide what the memory has missed.
    for number, name in enumerate(walk):
        EDITS[name](whole, pick)
        if number % 3 == seed:
            pick.choice(DAMAGES)(whole, pick)
        build(whole)
        anew = tmp_path / f"anew-{number}"
        made = shutil.ignore_patterns("site", ".site.*", ".cache", ".old")
        shutil.copytree(whole, anew, ignore=made)
        build(anew)
        upon, other = held(whole / "site"), held(anew / "site")
        assert sorted(upon) == sorted(other), name
        assert [path for path in upon if upon[path] != other[path]] == [], name
        shutil.rmtree(anew)


def test_a_preview_that_goes_on_shows_what_one_that_begins_would(
    whole: Path, tmp_path: Path
) -> None:
    pick, walk = random.Random(3), list(EDITS)
    pick.shuffle(walk)
    with Preview(whole, "127.0.0.1:8031", Teller()) as preview:
        preview.renew()
        for number, name in enumerate(walk):
            EDITS[name](whole, pick)
            preview.renew()
            preview.wait_for_search()
            anew = tmp_path / f"anew-{number}"
            made = shutil.ignore_patterns(".site.*", ".cache")
            shutil.copytree(whole, anew, ignore=made)
            with Preview(anew, "127.0.0.1:8031", Teller()) as other:
                other.renew()
                other.wait_for_search()
            assert held(preview.tree) == held(other.tree), name
            shutil.rmtree(anew)
