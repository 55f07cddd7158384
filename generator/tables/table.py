"""A table as read from any file, and the bounds that it is read within."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .cells import Cell, clean, is_blank

MAX_BYTES = 20_000_000
"""Of a file as it is on the disk. The whole library is smaller than a tenth of it."""
MAX_ROWS = 20_000
"""Rows with something in them that a table may have."""
MAX_COLUMNS = 2_000


class Unreadable(Exception):
    """Why a file can't be read at all; the text says how to mend it."""


@dataclass(slots=True)
class Table:
    """The rows of one sheet or file. Rows with nothing in them are left out."""

    name: str
    """The sheet's; empty for a CSV file."""
    headers: dict[int, str] = field(default_factory=dict)
    """By column, counted from 1: what the first row says, cleaned."""
    rows: list[dict[int, Cell]] = field(default_factory=list)
    """Each row's cells by column; blank ones are left out."""
    problems: list[Cell] = field(default_factory=list)
    """Cells that say why the sheet can't be read as a table, such as merged ones."""


def fill(table: Table, rows: Iterator[list[Cell]]) -> None:
    """Put rows into a table: the first one that holds anything has the headers."""
    for cells in rows:
        kept = {cell.column: cell for cell in cells if not is_blank(cell.value) or cell.fault}
        if not kept:
            continue
        if not table.headers:
            table.headers = {n: clean(str(cell.value)) for n, cell in kept.items()}
            continue
        if len(table.rows) >= MAX_ROWS:
            raise Unreadable(
                f"It has more than {MAX_ROWS:,} rows with something in them. Split it into several files."
            )
        table.rows.append(
            {
                n: Cell(
                    cell.sheet,
                    cell.row,
                    n,
                    table.headers.get(n, ""),
                    cell.value,
                    cell.is_percent,
                    cell.fault,
                )
                for n, cell in kept.items()
            }
        )
