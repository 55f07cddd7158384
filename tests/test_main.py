"""``python -m generator`` ends with the exit code of its command, and with all that this said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.conftest import PROJECT, Tree


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *words], cwd=PROJECT, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["explain"], 0, "unknown-id"),
        (["explain", "no-such-code"], 2, ""),
        (["--no-such-option"], 2, ""),
    ],
)
def test_a_command_ends_with_its_code_and_all_that_it_said(
    words: Sequence[str], code: int, says: str
) -> None:
    done = run(*words)
    assert done.returncode == code
    assert says in done.stdout
    assert bool(done.stderr) == bool(code)


def test_findings_end_with_one(tree: Tree) -> None:
    root = tree({"casestudies/broken.yaml": "id: other\n"})
    done = run("check", "--root", str(root))
    assert done.returncode == 1
    assert "casestudies/broken.yaml" in done.stdout + done.stderr
