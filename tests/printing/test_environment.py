"""What templates are compiled to stays for the next build, and is run only where it is what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.printing import environment as module
from generator.printing.environment import Environment, environment


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A folder with two templates."""
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "one.html").write_text("<p>{{ words }}</p>")
    (theme / "two.html").write_text("<h1>{{ words }}</h1>")
    return theme


@pytest.fixture
def shown(theme: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """What a template shows in a process that has compiled none so far."""

    def show(name: str) -> str:
        monkeypatch.setattr(module, "_known", {})
        template = environment(theme, theme.with_name("compiled")).get_template(name)
        return template.render(words="a < b")

    return show


def test_a_template_is_compiled_once(
    shown: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown("one.html") == "<p>a &lt; b</p>"
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("it is compiled again"))
    assert shown("one.html") == "<p>a &lt; b</p>"


def test_a_template_that_was_edited_is_compiled_again(
    shown: Callable[[str], str], theme: Path
) -> None:
    shown("one.html")
    (theme / "one.html").write_text("<b>{{ words }}</b>")
    assert shown("one.html") == "<b>a &lt; b</b>"


def test_nothing_is_run_that_was_not_written_so(shown: Callable[[str], str], theme: Path) -> None:
    shown("one.html")
    (one,) = theme.with_name("compiled").iterdir()
    shown("two.html")
    (two,) = set(theme.with_name("compiled").iterdir()) - {one}
    good = two.read_bytes()
    for damaged in (
        b"",
        good[:-1],
        good.replace(b"h1", b"h2"),
        good.partition(b"\n")[2],
        one.read_bytes(),
    ):
        two.write_bytes(damaged)
        assert shown("two.html") == "<h1>a &lt; b</h1>"
        assert two.read_bytes() == good
