"""Pages that were read for an index are not read again for the next one, and an index is the same either way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import digests, packing
from generator.search import run_reader, runs
from generator.search.kept import Kept
from generator.search.reading import read
from tests.conftest import held
from tests.search.indexes import by_us
from tests.search.test_index import page

PAGES = 600


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for number in range(PAGES):
        write(tmp_path, f"records/{number:03}", f"Record {number} says plenty")
    return tmp_path


def write(site: Path, path: str, text: str) -> None:
    (site / path).mkdir(parents=True, exist_ok=True)
    (site / path / "index.html").write_text(page(f"<h1>{text}</h1>"))


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are read."""
    told: list[str] = []

    def telling(html: str) -> object:
        told.append(html)
        return read(html)

    monkeypatch.setattr(run_reader, "read", telling)
    return told


def forget(site: Path) -> None:
    """Take away what was kept."""
    for file in (site / ".cache").iterdir():
        file.unlink()


@pytest.mark.parametrize("change", ["edit", "new page", "page removed"])
def test_an_edit_reads_the_pages_around_it(site: Path, read_anew: list[str], change: str) -> None:
    by_us(site)
    assert len(read_anew) == PAGES
    read_anew.clear()
    if change == "page removed":
        (site / "records" / "300" / "index.html").unlink()
    else:
        write(site, f"records/300{'' if change == 'edit' else 'b'}", "Something new")
    by_us(site)
    assert len(read_anew) == (change != "page removed")
    kept = held(site / "pagefind")
    forget(site)
    by_us(site)
    assert held(site / "pagefind") == kept


@pytest.mark.parametrize("whole", [True, False])
def test_what_was_kept_and_is_damaged_is_made_again(
    site: Path, read_anew: list[str], whole: bool
) -> None:
    by_us(site)
    before = held(site / "pagefind")
    for file in (site / ".cache").iterdir():
        data, kept = file.read_bytes(), Kept.read(file)
        begin = 100 if whole or kept is None else kept.begin
        file.write_bytes(data[:begin] + bytes(len(data) - begin))
    read_anew.clear()
    by_us(site)
    assert len(read_anew) == PAGES
    assert held(site / "pagefind") == before


def test_pages_are_packed_anew_by_another_version(
    site: Path, read_anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may make other files of the same pages, and a site made upon others is the site made anew."""
    by_us(site)
    read_anew.clear()
    monkeypatch.setattr(packing, "ZLIB", "zlib-ng 99")
    monkeypatch.setattr(digests, "program", digests.program.__wrapped__)  # asked anew, not cached
    by_us(site)
    assert len(read_anew) == PAGES


def test_what_results_show_comes_back_where_it_was_deleted(site: Path) -> None:
    by_us(site)
    before = held(site / "pagefind")
    next((site / "pagefind" / "fragment").iterdir()).unlink()
    by_us(site)
    assert held(site / "pagefind") == before


def test_another_build_may_change_what_is_kept_meanwhile(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_us(site)
    before = held(site / "pagefind")
    of = runs.Runs.of

    def changed(kept: runs.Runs, *asked: Any) -> list[runs.Run]:
        found = of(kept, *asked)
        for number, file in enumerate((site / ".cache").iterdir()):
            file.write_bytes(bytes(file.stat().st_size)) if number % 2 else file.unlink()
        return found

    monkeypatch.setattr(runs.Runs, "of", changed)
    by_us(site)
    assert held(site / "pagefind") == before


def test_runs_that_no_page_is_in_are_forgotten(site: Path) -> None:
    by_us(site)
    for number in range(1, PAGES):
        (site / "records" / f"{number:03}" / "index.html").unlink()
    by_us(site)
    assert len(list((site / ".cache").glob("?" * 32))) == 1


def test_several_processes_make_the_same(site: Path) -> None:
    by_us(site)
    before = held(site / "pagefind")
    forget(site)
    by_us(site, jobs=2)
    assert held(site / "pagefind") == before


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_a_process_that_read_pages_can_still_be_copied() -> None:
    """It has no threads: copies of a process that has some may wait forever."""
    code = "import os, generator.build, generator.search.places; print(len(os.listdir('/proc/self/task')))"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout == "1\n"
