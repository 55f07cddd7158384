"""``kb export``: the library as a workbook, CSV or JSON, and the workbook to fill in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from ..exports.flat import Flat, plain
from ..exports.schemas import schema_of
from ..library import Library
from ..tables.layout import Layout, layout_of
from ..tables.workbook_writer import workbook
from .options import ROOT, fail, good_library


def _template(library: Library, layout: Layout) -> dict[str, bytes]:
    return {"case-studies-template.xlsx": workbook(layout)}


def _xlsx(library: Library, layout: Layout) -> dict[str, bytes]:
    records = [plain(case) for case in library.case_studies]
    return {"case-studies.xlsx": workbook(layout, sorted(records, key=lambda r: str(r["id"])))}


def _csv(library: Library, layout: Layout) -> dict[str, bytes]:
    cases, outcomes, _ = Flat(library, layout).whole()
    return {"case-studies.csv": cases, "outcomes.csv": outcomes}


def _json(library: Library, layout: Layout) -> dict[str, bytes]:
    *_, everything = Flat(library, layout).whole()
    return {"library.json": everything}


_FORMATS: dict[str, Callable[[Library, Layout], dict[str, bytes]]] = {
    "template": _template,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}


@click.command()
@ROOT
@click.argument("what", type=click.Choice(list(_FORMATS)))
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder to write to. Default: the current one.",
)
@click.option("--force", is_flag=True, help="Replace files that are there already.")
def export(root: Path, what: str, to: Path, force: bool) -> None:
    """
    Write the library, or the workbook in which new case studies are filled in.

    \b
    template   an Excel workbook with drop-downs and a sheet that explains each column;
               `kb import` reads it when it is filled in
    xlsx       the same workbook with every case study of the library
    csv        case-studies.csv and outcomes.csv, for spreadsheets and statistics
    json       library.json, with everything

    \b
    Examples:
      kb export template
      kb export csv --to /tmp/rewire
    """
    library = good_library(root.resolve())
    layout = layout_of(schema_of(library, library.kinds["case-study"]))
    files = _FORMATS[what](library, layout)
    there = [name for name in files if (to / name).exists()]
    if there and not force:
        fail(f"{to / there[0]} is there already. Use --force to replace it, or --to for a folder.")
    try:
        to.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (to / name).write_bytes(data)
            click.echo(f"Wrote {to / name} ({len(data) / 1000:,.0f} kB)")
    except OSError as error:
        fail(f"{to} could not be written to: {error.strerror}.")
