"""``kb rubric``: what answers to the rubric come to."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from ..rubric.report import Report
from ..rubric.scoring import Sheet
from ..rubric.sheets import MAX_BYTES, Problem, Reader, distinct
from ..views.rubric_data import choices
from .options import ROOT, fail, good_library

_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def rubric() -> None:
    """
    Work with answers to the self-assessment rubric.

    \b
    Example:
      kb rubric summarize answers/*.json
    """


@rubric.command()
@click.argument("files", nargs=-1, required=True, type=_FILES)
@click.option(
    "--earlier",
    multiple=True,
    type=_FILES,
    help="A file from an earlier year, to see what moved. May be given several times.",
)
@click.option(
    "--site-url",
    envvar="REWIRE_SITE_URL",
    default="",
    help="Where the library is published; titles in the report then link to it.",
)
@ROOT
def summarize(
    files: tuple[Path, ...], earlier: tuple[Path, ...], site_url: str, root: Path
) -> None:
    """
    Print a report, as Markdown, on files of answers saved from the page Assess.

    FILES are the page's JSON or CSV, or the CSV of a survey tool with one row for each rater and a
    column for each question, named by its id or its words. With several raters the report shows
    where they agree and differ. What cannot be used is named on the standard error stream.

    \b
    Exit code: 0 all was used, 1 something was left out, 2 nothing could be read.

    \b
    Examples:
      kb rubric summarize anna.json ben.json survey.csv > report.md
      kb rubric summarize 2027.csv --earlier 2026.csv
    """
    library = good_library(
        root.resolve(), "The library has findings, so answers cannot be held against it."
    )
    if library.rubric is None:
        fail("This library has no content/rubric.yaml.")
    reader = Reader(library.rubric, choices(library))
    sheets, problems = _read(reader, files)
    before, more = _read(reader, earlier)
    problems += more
    for problem in problems:
        click.echo(str(problem), err=True)
    if not sheets or (earlier and not before):
        fail("No answers could be read.")
    base = site_url if not site_url or site_url.endswith("/") else f"{site_url}/"
    made = Report(library.rubric, library, sheets, before, problems, base)
    click.echo(made.markdown(), nl=False)
    sys.exit(1 if any(not problem.is_note for problem in problems) else 0)


def _read(reader: Reader, files: Iterable[Path]) -> tuple[list[Sheet], list[Problem]]:
    found: list[tuple[Sheet, str]] = []
    problems: list[Problem] = []
    for file in files:
        name = str(file)
        text = _text(file)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        sheets, more = reader.read(text, name)
        found += [(sheet, name) for sheet in sheets]
        problems += more
    kept, more = distinct(found)
    return kept, problems + more


def _text(file: Path) -> str | Problem:
    try:
        if file.stat().st_size > MAX_BYTES:
            return Problem(str(file), f"the file is larger than {MAX_BYTES // 1_000_000} MB")
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return Problem(str(file), "this is not text in UTF-8; save it as CSV UTF-8")
    except OSError as error:
        return Problem(str(file), f"could not be read: {error.strerror}")
