"""Tiny content trees: a made-up library of two case studies that tests copy and change."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import read_library
from generator.diagnostics import CheckFailed, Diagnostic

PROJECT = Path(__file__).resolve().parents[1]
TINY = PROJECT / "tests" / "sites" / "tiny"
ASIDE = ("s", "embed")
"""Folders of pages that stand beside the library's own: short links, and what other sites show."""

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """
    Copies the tiny library. ``tree({path: text})`` adds or replaces files; None deletes one;
    ``(old, new)`` replaces words in one, and fails if they are not there.
    """

    def make(changes: dict[str, str | bytes | tuple[str, str] | None] | None = None) -> Path:
        root = tmp_path / "library"
        if not root.exists():
            shutil.copytree(TINY, root)
        for name, change in (changes or {}).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            match change:
                case None:
                    path.unlink()
                case bytes():
                    path.write_bytes(change)
                case str():
                    path.write_text(change, encoding="utf-8")
                case (old, new):
                    text = path.read_text(encoding="utf-8")
                    assert old in text, f"{name} does not hold {old!r}"
                    path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return root

    return make


def made_whole(root: Path) -> Path:
    """Give a tiny library the project's theme and settings, and each page of its navigation."""
    (root / "theme").symlink_to(PROJECT / "theme")
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    for name in re.findall(r": ([a-z/-]+\.md)$", settings, re.M):
        page = root / "content" / name
        if not page.exists():
            page.parent.mkdir(exist_ok=True)
            page.write_text(f"# {page.stem}\n", "utf-8")
    return root


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their paths from there."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def findings_of(root: Path) -> list[Diagnostic]:
    """All findings of a library, in order; none if it is good."""
    try:
        read_library(root)
    except CheckFailed as failed:
        return list(failed.findings)
    return []


def told(findings: list[Diagnostic]) -> list[str]:
    """Findings as a contributor reads them: place, code, message, help."""
    return [f"{f.place}: {f.code} {f.message} | {f.hint}" for f in findings]


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real library, built once for all tests that look at its pages."""
    return _real(tmp_path_factory, "mkdocs")


@pytest.fixture(scope="session")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, built through Zensical."""
    return _real(tmp_path_factory, "zensical")


def _real(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Path:
    target = tmp_path_factory.mktemp(engine) / "site"
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--engine", engine, "--site", str(target)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target
