"""The command line: what it prints, its exit codes, and that a failed build leaves the old site whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.publishing import Busy, beside, locked
from tests.conftest import PROJECT, Tree, made_whole

RECORD = "casestudies/night-welding.yaml"


def kb(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def whole(tree: Tree) -> Path:
    """The tiny library with the project's theme and settings, ready to be built."""
    return made_whole(tree())


def test_a_good_library_gets_one_line(tree: Tree) -> None:
    result = kb("check", "--root", tree())
    assert result.exit_code == 0
    (line,) = result.output.splitlines()
    assert line.startswith(
        "2 case studies, 1 practice, 1 policy note, 1 collection: nothing to mend ("
    )


def test_a_bad_library_gets_the_line_a_caret_and_help(tree: Tree) -> None:
    result = kb("check", "--root", tree({RECORD: ("status: active", "status: activ")}))
    assert result.exit_code == 1
    assert result.output == (
        "casestudies/night-welding.yaml:5:9: unknown-choice `status` may not be `activ`\n"
        "    5 | status: activ\n"
        "      |         ^^^^^\n"
        "    help: Did you mean `active`? One of: active, completed, expanded, discontinued, unknown.\n"
        "\n"
        "1 finding in 1 file: 1 unknown-choice\n"
        "More about it: kb explain unknown-choice\n"
    )


def test_a_terminal_is_never_sent_what_a_file_hides(tree: Tree) -> None:
    result = kb("check", "--root", tree({RECORD: ("status: active", 'status: "\x85\x1b[2J"')}))
    assert result.exit_code == 1
    assert "\x1b" not in result.output


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["build", "-h"]])
def test_help_shows_examples(arguments: list[str]) -> None:
    result = kb(*arguments)
    assert result.exit_code == 0
    assert "Example" in result.output


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    result = kb("check", "--root", tmp_path / "absent")
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_a_library_without_settings_is_told_so(tree: Tree) -> None:
    result = kb("build", "--root", tree())
    assert result.exit_code == 2
    assert "mkdocs.yml" in result.output


def test_a_build_says_what_it_made_and_how_to_see_it(whole: Path) -> None:
    result = kb("build", "--root", whole)
    assert result.exit_code == 0, result.output
    steps = [line.split()[0] for line in result.output.splitlines()]
    assert steps[:6] == ["Check", "Pages", "Data", "Links", "Print", "Index"]
    assert f"Built {whole / 'site'}" in result.output
    assert "python3 -m http.server" in result.output
    assert (whole / "site" / "casestudies" / "night-welding" / "index.html").is_file()


def test_findings_leave_the_old_site_as_it_was(whole: Path) -> None:
    old = whole / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the old site")
    (whole / RECORD).write_text("id: [broken")
    result = kb("build", "--root", whole)
    assert result.exit_code == 1
    assert "yaml-bracket" in result.output
    assert "The library has findings, so nothing was built." in result.output
    assert old.read_text() == "the old site"
    left = sorted(p.name for p in whole.iterdir() if p.name.startswith(".site."))
    assert left == [".site.lock", ".site.next"]


def test_mkdocs_alone_refuses_findings_before_it_empties_the_site(whole: Path) -> None:
    old = whole / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the old site")
    (whole / RECORD).write_text("id: [broken")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=whole, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert old.read_text() == "the old site"


def test_mkdocs_alone_builds_the_same_site(whole: Path) -> None:
    assert kb("build", "--root", whole, "--site", whole / "ours").exit_code == 0
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(whole / "theirs")],
        cwd=whole,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    ours, theirs = (_bytes(whole / name) for name in ("ours", "theirs"))
    assert ours == theirs


def _bytes(site: Path) -> dict[str, bytes]:
    """Every file of a site but Pagefind's, whose names are hashes of its own."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file() and "pagefind" not in file.parts
    }


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(whole: Path) -> None:
    sites = []
    for seed in ("1", "2"):
        target = whole / f"site-{seed}"
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "--root", whole, "--site", target],
            cwd=PROJECT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"},
            check=True,
            capture_output=True,
        )
        sites.append(_bytes(target))
    assert sites[0] == sites[1]


def test_two_builds_at_once_do_not_meet(whole: Path) -> None:
    with beside((whole / "site").resolve()):
        result = kb("build", "--root", whole)
    assert result.exit_code == 2
    assert "Another build is writing to" in result.output


KILLED = """
import os, signal
from generator.__main__ import main
from generator.engines.engine import Pages
Pages.html = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main()
"""
"""The program, killed while it prints the first written page."""


def test_a_killed_build_leaves_the_old_site_and_the_next_one_clears_up(whole: Path) -> None:
    old = whole / "site" / "index.html"
    old.parent.mkdir()
    old.write_text("the old site")
    command = [sys.executable, "-c", KILLED, "build", "--root", whole]
    done = subprocess.run(command, cwd=PROJECT, stdout=subprocess.DEVNULL, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (whole / ".site.built").exists()
    assert old.read_text() == "the old site"
    unlocked(whole / ".site.lock")
    assert kb("build", "--root", whole).exit_code == 0
    assert "the old site" not in old.read_text()
    left = sorted(p.name for p in whole.glob(".site.*"))
    assert left == [".site.built", ".site.built.json", ".site.lock", ".site.next", ".site.noted"]


def unlocked(lock: Path) -> None:
    """Wait until nobody has a lock: a copy of a killed process may live a moment longer."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(Busy), locked(lock):
            return
        time.sleep(0.01)
    pytest.fail(f"somebody has {lock.name}")
