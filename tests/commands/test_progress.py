"""A build says how it goes: a bar on a terminal, plain lines where its output is kept."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

import pytest

from generator import steps as steps_module
from generator.commands.progress import Teller, slowest
from generator.steps import Part, Steps


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step takes a second and a half."""
    ticks = count(0.0, 1.5)
    monkeypatch.setattr(steps_module, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))


def work(on_terminal: bool) -> None:
    steps = Steps(Teller(on_terminal))
    with steps.step("Print"):
        steps.goes_on(400, 1200)
        steps.made("1,200 pages")


def test_a_log_gets_one_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    work(on_terminal=False)
    out = capsys.readouterr().out
    assert out.splitlines() == [out.rstrip("\n")]
    assert out.split() == ["Print", "1,200", "pages", "1.50", "s"]


def test_a_terminal_shows_a_bar_that_gives_way_to_the_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    work(on_terminal=True)
    shown = [part for part in capsys.readouterr().out.split("\r\x1b[K") if part]
    assert shown[0].startswith("Print")
    assert "400 of 1,200" in shown[1]
    assert shown[1].count("█") * 2 == shown[1].count("░")
    assert shown[2].split() == ["Print", "1,200", "pages", "1.50", "s"]


def test_the_slowest_parts_come_first_with_their_share() -> None:
    parts = [Part("Check", "rules", 1.0), Part("Index", "Pagefind", 6.0), Part("", "rest", 0.1)]
    lines = slowest(parts, 10.0, most=2).splitlines()[1:]
    assert [line.split() for line in lines] == [
        ["Index", "Pagefind", "6.00", "s", "60%"],
        ["Check", "rules", "1.00", "s", "10%"],
    ]
