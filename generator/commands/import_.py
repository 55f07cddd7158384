"""``kb import``: case studies from a spreadsheet."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from openpyxl.utils import get_column_letter

from ..build import RULES, kept_of
from ..exports.schemas import schema_of_loaded
from ..models.loading import load
from ..parallel import processors
from ..registry import KINDS
from ..tables.drafts import Fault, drafts_of
from ..tables.intake import NO_COLUMN, Intake, may_be_there, take_in, write
from ..tables.layout import layout_of
from ..tables.reading import read_tables
from ..tables.table import Unreadable
from .options import ROOT, fail


@click.command("import")
@ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace case studies that are there already.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
def import_(root: Path, file: Path, force: bool, dry_run: bool) -> None:
    """
    Write records from an Excel workbook or a CSV file, one row a case study.

    Columns are found by their headers, in any order. Outcomes, organizations and sources stand in
    sheets of their own, or in numbered columns such as `Source 1 title`. `kb export template` gives a
    workbook to fill in. Rows with faults are listed and left out; the others are written. A row that may be
    about a program that the library has is written too, and named.

    \b
    Examples:
      kb export template
      kb import --dry-run case-studies.xlsx
      kb import case-studies.xlsx
      kb import programs.csv --force
    """
    root = root.resolve()
    kind = next(kind for kind in KINDS if kind.name == "case-study")
    loaded = load(root, KINDS, processors(), kept=kept_of(root))
    layout = layout_of(schema_of_loaded(loaded, kind))
    try:
        tables = read_tables(file)
    except Unreadable as problem:
        fail(f"{file.name} was not imported. {problem}")
    drafts = drafts_of(tables, layout)
    if not drafts.drafts and not drafts.faults:
        fail(
            f"{file.name} has no row with a case study. The first row holds the headers, such as Title, "
            "Summary and Status; each row below it is a case study. `kb export template` gives a workbook."
        )
    intake = take_in(
        drafts,
        kind=kind,
        layout=layout,
        loaded=loaded,
        rules=RULES,
        root=root,
        force=force,
    )
    for fault in intake.faults:
        _tell(file, fault)
    for note in may_be_there(intake, loaded):
        _tell(file, note)
    for unread in drafts.unread:
        click.echo(f"Not read: {unread}.")
    if not dry_run:
        try:
            write(intake, root, kind)
        except OSError as error:
            fail(f"{root / kind.source} could not be written to: {error.strerror}.")
    _sum_up(intake, len(drafts.drafts), kind.source, dry_run)
    sys.exit(1 if intake.faults else 0)


def _tell(file: Path, fault: Fault) -> None:
    place = ", ".join(
        part
        for part in (
            file.name,
            f"sheet {fault.sheet}" if fault.sheet else "",
            f"row {fault.row}",
            f"column {get_column_letter(fault.column)}" if fault.column != NO_COLUMN else "",
        )
        if part
    )
    header = f" ({fault.header})" if fault.header else ""
    click.echo(f"{click.style(_printable(place + header), bold=True)}: {_printable(fault.message)}")
    if fault.hint:
        click.echo(f"    {click.style('help:', fg='cyan')} {_printable(fault.hint)}")


def _printable(text: str) -> str:
    """Whatever a file holds, the terminal gets printable characters only."""
    return "".join(c if c.isprintable() else " " for c in text)


def _sum_up(intake: Intake, rows: int, folder: str, dry_run: bool) -> None:
    for entry, _ in intake.good:
        verb = "Replaced" if entry.id in intake.replaced else "Wrote"
        if dry_run:
            verb = "Would replace" if entry.id in intake.replaced else "Would write"
        click.echo(f"{verb} {folder}/{entry.id}.yaml")
    left = rows - len(intake.good)
    done = (
        f"{len(intake.good):,} of {rows:,} case studies {'can be' if dry_run else 'were'} imported."
    )
    click.echo(f"{done} {left:,} left out: see above." if left else done)
