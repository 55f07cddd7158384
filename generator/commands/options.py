"""What several commands share: the option for the library's folder, and the way to give up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from ..library import Library

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The library's folder, with casestudies/ and content/. Default: the current one.",
)


def good_library(root: Path, needed: str = "") -> Library:
    """
    The library; or its findings, on the standard error stream, and an end with 1.

    Where 1 means something else, the end is with 2, and is told why the library is `needed` without findings.
    """
    # Here, because the models take half a second to load, and an option has no need of them.
    from ..build import kept_of, read_library
    from ..diagnostics import CheckFailed
    from ..reporters import report

    try:
        return read_library(root, kept=kept_of(root))
    except CheckFailed as failed:
        report(failed.findings, root, sys.stderr)
        if needed:
            fail(needed)
        raise SystemExit(1) from None


def fail(message: str) -> NoReturn:
    """Say why it could not be done, and end with 2."""
    click.echo(message, err=True)
    raise SystemExit(2)
