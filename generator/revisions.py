"""What changed since a revision, asked of Git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BASES = ("origin/main", "origin/master", "main", "master")
"""Where most changes set out from, nearest to what others have first."""


class NoRevision(Exception):
    """Git could not say what changed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The files that differ from a base revision, deleted and not yet committed ones included."""

    base: str
    """What it was compared with, as a person would name it: ``origin/main at 1a2b3c4``."""
    paths: frozenset[str]
    """From the library's root, with forward slashes."""


def changes_since(root: Path, base: str = "") -> Changes:
    """
    Return the files below `root` that changed since the work parted from `base`.

    Without a base: the pull request's (GITHUB_BASE_REF, which GitHub sets), else the main branch.
    Raises `NoRevision`.
    """
    name, commit = _base(root, base)
    fork = _git(root, "merge-base", commit, "HEAD") or commit  # none: unrelated, or a shallow clone
    changed = _paths(root, "diff", "--name-only", "--no-renames", "--relative", fork)
    new = _paths(root, "ls-files", "--others", "--exclude-standard")
    return Changes(f"{name} at {fork[:7]}", frozenset((*changed, *new)))


def text_before(root: Path, path: str, base: str = "") -> str:
    """
    Return a file as it was where the work parted from `base`; empty where it was not there.

    Raises `NoRevision` also where Git does not know where that was: the base may be ahead of the work.
    """
    name, commit = _base(root, base)
    fork = _git(root, "merge-base", commit, "HEAD")
    if not fork:
        raise NoRevision(f"Git does not know where the work parted from {name}.")
    return _git(root, "show", f"{fork}:./{path}") or ""


def _base(root: Path, wanted: str) -> tuple[str, str]:
    asked = os.environ.get("GITHUB_BASE_REF", "")
    names = [wanted] if wanted else [f"origin/{asked}"] if asked else _BASES
    for name in names:
        commit = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
        if commit:
            return name, commit
    if _git(root, "rev-parse", "--git-dir") is None:
        raise NoRevision(f"{root} is not in a Git repository, so nothing can be compared.")
    raise NoRevision(
        f"There is no revision {' or '.join(names)}. Name one: `--changed=REVISION`; "
        "on GitHub, let the checkout fetch it (`fetch-depth: 0`)."
    )


def _paths(root: Path, *arguments: str) -> Iterator[str]:
    listed = _git(root, *arguments, "-z")
    if listed is None:
        raise NoRevision(f"Git could not compare: git {' '.join(arguments)}")
    yield from (path for path in listed.split("\0") if path)


def _git(root: Path, *arguments: str) -> str | None:
    """What Git answers; None where it refuses."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, check=False, encoding="utf-8"
        )
    except OSError as error:
        raise NoRevision("Git is not installed, so nothing can be compared.") from error
    return done.stdout.strip() if done.returncode == 0 else None
