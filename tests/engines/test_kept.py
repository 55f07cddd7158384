"""What an engine has built is taken over where it would be built again, and never where it would not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from generator.build import Before, Written, keys_of, read_library
from generator.engines.kept import Late, built, surroundings
from generator.library import Library
from generator.search.names import WrittenPage
from generator.steps import Steps
from tests.conftest import Tree, made_whole


class Counting:
    """An engine that writes one page and counts how often it does."""

    def __init__(self, root: Path) -> None:
        self.settings = "some"
        self.count = self.loaded = 0

    def load(self) -> Counting:
        self.loaded += 1
        return self

    def build(self, library: Library, theme: jinja2.Environment, into: Path) -> Written:
        assert not list(into.iterdir()), "an engine gets an empty folder"
        self.count += 1
        (into / "index.html").write_text(f"build {self.count}")
        found_by = [WrittenPage("About", "about/", ("who", "why"))]
        return Written(into, "https://x.example/", "", {"practices/": "practice"}, found_by, "a/1")


@pytest.fixture
def root(tree: Tree) -> Path:
    root = made_whole(tree())
    (root / "theme").unlink()
    (root / "theme" / "records").mkdir(parents=True)
    return root


@pytest.fixture
def engine(root: Path) -> Counting:
    return Counting(root)


def build(engine: Counting, root: Path) -> tuple[Written, bool]:
    """What the engine has built, and whether it had to."""
    library, before = read_library(root), engine.count
    late, keys = (
        Late("counting", engine.load),
        keys_of(library, root, Before.read(root), Steps(), jobs=1),
    )
    ready = built(
        late, library, keys, root, surroundings(late, root), root / ".site.built", Steps()
    )
    return ready.written, engine.count > before


def test_the_second_build_is_the_first(engine: Counting, root: Path) -> None:
    first, anew = build(engine, root)
    assert anew
    assert build(engine, root) == (first, False)
    assert (engine.count, engine.loaded) == (
        1,
        1,
    )  # where there is nothing to build, it need not be there


def test_settings_from_another_file_are_the_engines_to_read(engine: Counting, root: Path) -> None:
    _edited("mkdocs.yml", "site_name:", "INHERIT: base.yml\nsite_name:")(root, engine)
    build(engine, root)
    assert not build(engine, root)[1]
    engine.settings = "others"
    assert build(engine, root)[1]


def _edited(file: str, old: str, new: str) -> Callable[[Path, Counting], None]:
    def edit(root: Path, _: Counting) -> None:
        text = (root / file).read_text("utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new), "utf-8")

    return edit


def _template(root: Path, _: Counting) -> None:
    (root / "theme" / "main.html").write_text("new")


def _by_hand(root: Path, _: Counting) -> None:
    (root / ".site.built" / "index.html").write_text("HAND")


def _more(root: Path, _: Counting) -> None:
    (root / ".site.built" / "more.html").write_text("HAND")


def _note(root: Path, _: Counting) -> None:
    (root / ".site.built.json").write_text('{"key": 1')


@pytest.mark.parametrize(
    "change",
    [
        _edited("content/about.md", "# ", "# More "),
        _edited("casestudies/night-welding.yaml", "title: ", "title: New "),
        _edited("content/practices/stipends.md", "title: ", "title: New "),
        _edited("mkdocs.yml", "site_name: ", "site_name: New "),
        _template,
        _by_hand,
        _more,
        _note,
    ],
)
def test_what_changes_the_pages_builds_them_again(
    engine: Counting, root: Path, change: Callable[[Path, Counting], None]
) -> None:
    build(engine, root)
    change(root, engine)
    _, anew = build(engine, root)
    assert anew
    assert [p.read_text() for p in (root / ".site.built").iterdir()] == ["build 2"]


def test_so_does_a_variable_that_the_settings_name(
    engine: Counting, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(engine, root)
    monkeypatch.setenv("UNKNOWN_TO_THE_SETTINGS", "x")
    assert not build(engine, root)[1]
    monkeypatch.setenv("REWIRE_REPOSITORY", "https://github.com/another/library")
    assert build(engine, root)[1]


def test_the_prose_of_a_case_study_does_not(engine: Counting, root: Path) -> None:
    build(engine, root)
    _edited("casestudies/night-welding.yaml", "Night courses fill", "They fill")(root, engine)
    assert not build(engine, root)[1]
