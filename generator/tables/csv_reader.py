"""A CSV file to a table."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from .cells import Cell
from .table import MAX_COLUMNS, Table, Unreadable, fill

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(path: Path) -> Table:
    """Return the table of a file separated by commas, semicolons or tabs. Raises `Unreadable`."""
    text = _text(path.read_bytes())
    first = text.lstrip("\n").partition("\n")[0]
    separator = max(",;\t", key=first.count)
    table = Table("")
    try:
        fill(table, _rows(text, separator))
    except csv.Error as error:
        raise Unreadable(
            f"It is not a table separated by commas: {error}. "
            "Save it again from your spreadsheet program as CSV UTF-8."
        ) from None
    return table


def _rows(text: str, separator: str) -> Iterator[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    # A row is counted as a spreadsheet counts it: a line break inside quotes begins no new one.
    for number, values in enumerate(reader, 1):
        if len(values) > MAX_COLUMNS:
            raise Unreadable(
                f"Row {number} has {len(values):,} columns; at most {MAX_COLUMNS:,} are read."
            )
        yield [Cell("", number, n, "", value) for n, value in enumerate(values, 1)]


def _text(raw: bytes) -> str:
    if raw.startswith(_UTF_16):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable(
                "It begins like UTF-16 text and is not. Save it as CSV UTF-8."
            ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"The byte 0x{raw[error.start]:02x} in line {line} is not UTF-8 text. "
            "In Excel choose File, Save as, CSV UTF-8 (Comma delimited)."
        ) from None
