"""Runs `kb` in this process, as a terminal would show it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.conftest import Tree

Kb = Callable[..., Result]


@pytest.fixture
def kb() -> Kb:
    def run(*arguments: str | Path, typed: str | None = None) -> Result:
        return CliRunner().invoke(
            main, [str(a) for a in arguments], input=typed, catch_exceptions=False
        )

    return run


@pytest.fixture
def git(tree: Tree) -> Callable[..., str]:
    """Git in the tiny library, which has one commit on `main`."""
    root = tree()

    def run(*arguments: str) -> str:
        settings = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
        return subprocess.run(
            ["git", *settings, *arguments], cwd=root, check=True, capture_output=True, text=True
        ).stdout

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-qm", "The library")
    return run
