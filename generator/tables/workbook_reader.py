"""An Excel workbook to tables, one for each sheet."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import defusedxml
import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from .cells import Cell
from .table import MAX_COLUMNS, Table, Unreadable, fill

MAX_UNPACKED = 200_000_000
"""Bytes that all parts of a workbook may have unpacked: a million formatted but empty rows have 80 million."""
MAX_SHEETS = 50
MAX_CELLS = 20_000_000
"""Of a sheet, formatted empty ones included: some seconds' work."""
_EXCEL_ROWS = 1_048_576
_TRUTH = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice writes a plain yes or no."""

_BROKEN = "It is not a whole Excel workbook. Open it in your spreadsheet program and save it again."


def read(path: Path) -> list[Table]:
    """Return the tables of a workbook's sheets. Raises `Unreadable`."""
    try:
        merged = _look_inside(path)
        # Opened here: openpyxl leaves a file open that it cannot read.
        with path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
            return [_table(sheet, merged) for sheet in book.worksheets]
    except defusedxml.DefusedXmlException:
        raise Unreadable(
            f"It holds definitions that no spreadsheet program writes. {_BROKEN}"
        ) from None
    except (
        zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, EOFError,
        KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError,
        RuntimeError, OverflowError,
    ):  # fmt: skip
        # What openpyxl and zipfile raise for parts that are missing, cut, locked or not what they say.
        raise Unreadable(_BROKEN) from None


def _look_inside(path: Path) -> dict[str, list[str]]:
    """Refuse what would unpack to too much; return the merged ranges of each sheet's part."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if size > MAX_UNPACKED:
            raise Unreadable(
                f"Unpacked it has {size:,} bytes; at most {MAX_UNPACKED:,} are read. "
                "Copy the rows with case studies into a new workbook."
            )
        sheets = [p for p in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", p.filename)]
        if len(sheets) > MAX_SHEETS:
            raise Unreadable(f"It has {len(sheets)} sheets; at most {MAX_SHEETS} are read.")
        return {part.filename: list(_merged(archive, part)) for part in sheets}


def _merged(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[str]:
    # openpyxl does not tell of merged cells when it reads row by row.
    tail = b""
    with archive.open(part) as file:
        while chunk := file.read(1 << 20):
            text = tail + chunk
            for found in re.finditer(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]{1,30})"', text):
                yield found[1].decode("ascii")
            tail = text[text.rfind(b"<") :] if b"<" in text[-200:] else b""


def _table(sheet: Any, merged: dict[str, list[str]]) -> Table:
    table = Table(str(sheet.title))
    sheet.reset_dimensions()  # what a file says of its size need not be true
    fill(table, _rows(sheet))
    for area in dict.fromkeys(merged.get(str(sheet._worksheet_path).lstrip("/"), ())):
        left, top, _, _ = range_boundaries(area)
        table.problems.append(
            Cell(
                table.name,
                int(top or 1),
                int(left or 1),
                "",
                None,
                fault=(
                    f"the cells {area} are merged",
                    "Unmerge them (Home, Merge & Center) and fill in each cell that belongs to a row.",
                ),
            )
        )
    return table


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    looked_at = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=_EXCEL_ROWS), 1):
        looked_at += len(cells)
        if len(cells) > MAX_COLUMNS or looked_at > MAX_CELLS:
            raise Unreadable(
                f"The sheet {sheet.title!r} is too large; at most {MAX_COLUMNS:,} columns and {MAX_CELLS:,} "
                "cells are read, formatted empty ones included. Copy the rows with case studies into a new workbook."
            )
        found = [
            _cell(str(sheet.title), number, column, cell)
            for column, cell in enumerate(cells, 1)
            if cell.value is not None
        ]
        if found:
            yield found


def _cell(sheet: str, row: int, column: int, cell: Any) -> Cell:
    written_out = _TRUTH.get(str(cell.value).upper()) if cell.data_type == "f" else None
    if written_out is not None:
        return Cell(sheet, row, column, "", written_out)
    if cell.data_type == "f":
        fault = (
            "the cell holds a formula",
            "Copy the cell, then paste it back with Paste special, Values.",
        )
        return Cell(sheet, row, column, "", "=", fault=fault)
    if cell.data_type == "e":
        fault = (f"the cell shows the error {cell.value}", "Write the value, or empty the cell.")
        return Cell(sheet, row, column, "", str(cell.value), fault=fault)
    percent = isinstance(cell.value, int | float) and "%" in str(cell.number_format or "")
    return Cell(sheet, row, column, "", cell.value, is_percent=percent)
