"""A preview follows the library's files: the pages at once, the search a little later."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator import preview as preview_module
from generator.cli import main
from generator.commands.progress import Teller
from generator.engines.mkdocs import MkDocs
from generator.failures import BuildFailed
from generator.library import Library
from generator.preview import TREE, Preview, served
from generator.printing.memory import Keys
from generator.publishing import Busy
from generator.search.pagefind import found_pages
from generator.search.runs import Run, Runs
from generator.steps import Steps
from tests.conftest import Tree, held, made_whole

RECORD = "casestudies/night-welding.yaml"
PAGE = "casestudies/night-welding/index.html"


@pytest.fixture
def whole(tree: Tree) -> Path:
    return made_whole(tree())


@pytest.fixture
def preview(whole: Path) -> Iterator[Preview]:
    with socket.socket() as free:  # a port that no test beside this one has
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Preview(whole, f"127.0.0.1:{port}", Teller()) as made:
        made.renew()
        yield made


def edit(root: Path, old: str, new: str) -> None:
    file = root / RECORD
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def found(tree: Path) -> str:
    """All that the search can find."""
    return " ".join(page.text for page in found_pages(tree))


def test_an_edit_is_on_the_page_at_once_and_in_the_search_later(
    preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    preview.wait_for_search()
    capsys.readouterr()
    edit(preview.root, "Night courses fill", "Night courses overflow")
    preview.renew()
    assert "Night courses overflow" in (preview.tree / PAGE).read_text("utf-8")
    assert "1 of them anew" in capsys.readouterr().out
    preview.wait_for_search()
    assert "Night courses overflow" in found(preview.tree)
    assert "pages for the search" in capsys.readouterr().out


def test_an_index_that_is_wanted_no_more_at_its_end_is_not_taken(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.wait_for_search()
    before = held(preview.tree / "pagefind")
    read = Runs.of

    def stopped(runs: Runs, *asked: Any) -> list[Run]:
        found = read(runs, *asked)
        preview._following._stop.set()
        return found

    monkeypatch.setattr(Runs, "of", stopped)
    edit(preview.root, "Night courses fill", "Night courses overflow")
    preview.renew()
    preview.wait_for_search()
    assert before.items() <= held(preview.tree / "pagefind").items()
    assert before["pagefind-entry.json"] == held(preview.tree / "pagefind")["pagefind-entry.json"]


def test_what_was_removed_is_gone(preview: Preview) -> None:
    (preview.root / "casestudies" / "day-welding.yaml").unlink()
    preview.renew()
    preview.wait_for_search()
    assert not (preview.tree / "casestudies" / "day-welding").exists()
    assert "day-welding" not in " ".join(page.path for page in found_pages(preview.tree))


def test_edits_that_follow_each_other_end_with_the_last_in_the_search(preview: Preview) -> None:
    for old, new in (("fill", "overflow"), ("overflow", "burst"), ("burst", "spill")):
        edit(preview.root, f"courses {old}", f"courses {new}")
        preview.renew()
    preview.wait_for_search()
    assert "Night courses spill" in found(preview.tree)


def test_a_preview_and_the_site_do_not_undo_what_the_other_has_made(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def build() -> str:
        result = CliRunner().invoke(main, ["build", "--root", str(whole)])
        assert result.exit_code == 0
        return result.output

    build()
    for anew in (11, 0):
        with Preview(whole, "127.0.0.1:8031", Teller()) as made:
            made.renew()
            made.wait_for_search()
        assert f" {anew} of them anew" in capsys.readouterr().out
        assert " 0 of them anew" in build()


def test_a_preview_begins_with_what_stands_there_and_puts_right_what_was_touched(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def shown() -> dict[str, bytes]:
        with Preview(whole, "127.0.0.1:8031", Teller()) as made:
            made.renew()
            made.wait_for_search()
            return held(made.tree)

    first = shown()
    tree = whole / TREE
    (tree / PAGE).write_text("HAND")
    (tree / "data" / "outcomes.csv").unlink()
    (tree / "more.html").write_text("HAND")
    next((tree / "pagefind" / "fragment").iterdir()).write_bytes(b"HAND")
    capsys.readouterr()
    assert shown() == first
    assert " 1 of them anew" in capsys.readouterr().out


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any library counts as one with very many pages."""
    monkeypatch.setattr(preview_module, "_MANY", 0)


@pytest.fixture
def others(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Pages that follow an edit do so only once this is set."""
    may = threading.Event()
    follow = preview._follow

    def waiting(engine: MkDocs, library: Library, keys: Keys, steps: Steps) -> None:
        while not (may.is_set() or steps.stop.is_set()):
            time.sleep(0.01)
        follow(engine, library, keys, steps)

    monkeypatch.setattr(preview, "_follow", waiting)
    return may


@pytest.mark.usefixtures("large")
def test_where_an_edit_changes_very_many_pages_its_own_comes_first(
    preview: Preview, others: threading.Event
) -> None:
    preview.wait_for_search()
    page, listed = preview.tree / PAGE, preview.tree / "casestudies" / "index.html"
    for old, new in (("Night welding", "Late welding"), ("courses fill", "courses overflow")):
        edit(preview.root, old, new)
        preview.renew()
        assert new in page.read_text("utf-8")
        assert "Late welding" not in listed.read_text("utf-8")
    others.set()
    preview.wait_for_search()
    assert "Late welding" in listed.read_text("utf-8")
    assert "Late welding" in found(preview.tree)


@pytest.mark.usefixtures("large")
def test_open_pages_are_loaded_again_when_others_have_followed(
    preview: Preview, others: threading.Event
) -> None:
    server = served(preview)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()

    def reloaded(since: int) -> int:
        """What an open page waits for to load again: the number of the state after that."""
        with urllib.request.urlopen(f"{preview.url}livereload/{since}/1", timeout=60) as answer:
            return int(answer.read())

    try:
        until_shown(preview.url, "Night courses fill")
        first = reloaded(0)
        edit(preview.root, "title: Night welding", "title: Late welding")
        edited = reloaded(first)
        listed = preview.tree / "casestudies" / "index.html"
        assert "Late welding" not in listed.read_text("utf-8")
        others.set()
        assert reloaded(edited) > edited
        assert "Late welding" in listed.read_text("utf-8")
    finally:
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("large")
def test_what_follows_may_be_stopped_anywhere(whole: Path) -> None:
    titles = ("Night welding course", *(f"Late welding {n}" for n in range(6)))
    with Preview(whole, "127.0.0.1:8031", Teller()) as made:
        made.renew()
        for number, (old, new) in enumerate(pairwise(titles)):
            edit(whole, f"title: {old}\n", f"title: {new}\n")
            if number == 2:
                (whole / "casestudies" / "day-welding.yaml").unlink()
            made.renew()
            time.sleep(0.05 * number)
        made.wait_for_search()
        kept = held(made.tree)
    shutil.rmtree(whole / TREE)
    shutil.rmtree(whole / ".cache")
    with Preview(whole, "127.0.0.1:8031", Teller()) as anew:
        anew.renew()
        anew.wait_for_search()
        assert held(anew.tree) == kept


def test_findings_leave_the_preview_as_it_was(preview: Preview) -> None:
    before = (preview.tree / PAGE).read_bytes()
    (preview.root / RECORD).write_text("id: [broken")
    with pytest.raises(BuildFailed):
        preview.renew()
    assert (preview.tree / PAGE).read_bytes() == before


def test_a_library_has_one_preview_at_a_time(preview: Preview) -> None:
    with pytest.raises(Busy), Preview(preview.root, "127.0.0.1:8032", Teller()):
        pass


def test_links_lead_to_where_the_preview_is(preview: Preview) -> None:
    page = (preview.tree / PAGE).read_text("utf-8")
    assert f'rel="canonical" href="{preview.url}casestudies/night-welding/"' in page
    answer = next((preview.tree / "s").glob("*/oembed.json"))
    assert json.loads(answer.read_text("utf-8"))["provider_url"] == preview.url


def test_the_server_goes_on_after_a_finding(
    preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    server = served(preview)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        until_shown(preview.url, "Night courses fill")
        good = (preview.root / RECORD).read_text("utf-8")
        (preview.root / RECORD).write_text("id: [broken")
        until(lambda: "The preview is as it was." in capsys.readouterr().err, "no finding is told")
        (preview.root / RECORD).write_text(good.replace("courses fill", "courses spill"))
        until_shown(preview.url, "Night courses spill")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{preview.url}nowhere/")
    finally:
        server.shutdown()
        thread.join()


def until_shown(url: str, words: str) -> None:
    """Wait until the page shows some words."""

    def shows() -> bool:
        try:
            with urllib.request.urlopen(f"{url}casestudies/night-welding/") as answer:
                return words in answer.read().decode()
        except OSError:
            return False

    until(shows, f"the page does not show: {words}")


def until(holds: Callable[[], bool], otherwise: str, within: float = 60) -> None:
    """Wait until something holds; `within` is in seconds."""
    end = time.monotonic() + within
    while not holds():
        if time.monotonic() > end:
            pytest.fail(otherwise)
        time.sleep(0.1)
