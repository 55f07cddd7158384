"""
Tables from a workbook or a CSV file that anybody may have sent: untrusted, like every file of a pull request.

Nothing in a file is run or followed. A formula is refused rather than computed, because what it showed
its author is not in the file for sure; macros and links are not read. Sizes are bounded before a file
is unpacked, so that a small file cannot fill the memory.
"""

from __future__ import annotations

from pathlib import Path

from . import csv_reader, workbook_reader
from .table import MAX_BYTES, Table, Unreadable


def read_tables(path: Path) -> list[Table]:
    """Return the tables of an ``.xlsx`` or ``.csv`` file. Raises `Unreadable`."""
    ending = path.suffix.lower()
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Unreadable("It is not a file.")
        if size > MAX_BYTES:
            raise Unreadable(
                f"It has {size:,} bytes; at most {MAX_BYTES:,} are read. "
                "Take out pictures and sheets that hold no case studies, or split it."
            )
        if ending == ".xlsx":
            return workbook_reader.read(path)
        if ending in (".csv", ".tsv", ".txt"):
            return [csv_reader.read(path)]
    except OSError as error:
        raise Unreadable(f"It cannot be read: {error.strerror or error}.") from None
    if ending in (".xls", ".xlsm", ".xlsb", ".xltx", ".ods", ".numbers"):
        raise Unreadable(
            f"Files that end in {ending} are not read. Open it in your spreadsheet program and choose "
            "File, Save as, Excel workbook (.xlsx)."
        )
    raise Unreadable("Only .xlsx and .csv files are read. Save it as one of them.")
