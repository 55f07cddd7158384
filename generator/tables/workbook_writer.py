"""Our workbook: a sheet for case studies, one for each thing that repeats, drop-downs, explanations."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .cells import Cell, Unusable, value_of
from .layout import LINK, MAIN, Column, Group, Layout

_PLACES = {"lessons": 5, "practices": 6, "populations": 4, "policies": 4, "employer_roles": 4}
"""How many numbered columns a list gets; the others get three. More can be added by hand."""
_LAST_ROW = 2_000
"""The last row that has a drop-down."""
_HEADER = PatternFill("solid", fgColor="1F3A5F")
_NEEDED = PatternFill("solid", fgColor="7A3E00")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_NEVER = dt.datetime(1980, 1, 1)
"""The time that a workbook claims to be from, so that the same library gives the same bytes."""


def workbook(layout: Layout, records: Sequence[dict[str, Any]] = ()) -> bytes:
    """Return the workbook with these records in it, each as plain data; with none, the template."""
    book = Workbook()
    choices = _Choices()
    main = book.worksheets[0]
    main.title = MAIN
    columns = _main_columns(layout, records)
    _head(main, [(c, h) for c, h, _ in columns], choices)
    for row, record in enumerate(records, 2):
        for number, (column, _, entry) in enumerate(columns, 1):
            _write(main, row, number, _main_value(record, column, entry), column)
    for group in layout.groups:
        sheet = book.create_sheet(group.label)
        _group_sheet(sheet, group, records, choices)
    _explain(book.create_sheet("Columns"), layout)
    choices.write(book.create_sheet("Choices"))
    return _same_bytes(book)


def _main_columns(
    layout: Layout, records: Iterable[dict[str, Any]]
) -> list[tuple[Column, str, int | None]]:
    """(column, header, number of the entry) for each column of the main sheet."""
    found: list[tuple[Column, str, int | None]] = []
    for column in layout.columns:
        if not column.many:
            found.append((column, column.label, None))
            continue
        most = max((len(record.get(column.path[0]) or ()) for record in records), default=0)
        count = max(most, _PLACES.get(column.path[0], 3))
        found += [(column, f"{column.one} {number + 1}", number) for number in range(count)]
    return found


def _main_value(record: dict[str, Any], column: Column, entry: int | None) -> Any:
    value: Any = record
    for step in column.path:
        value = value.get(step) if isinstance(value, dict) else None
    if entry is not None:
        value = value[entry] if value is not None and entry < len(value) else None
    return value


def _group_sheet(
    sheet: Worksheet, group: Group, records: Iterable[dict[str, Any]], choices: _Choices
) -> None:
    _head(sheet, [(None, LINK), *((column, column.label) for column in group.columns)], choices)
    row = 2
    for record in records:
        for entry in record.get(group.name) or ():
            _put(sheet, row, 1, record["id"])
            for number, column in enumerate(group.columns, 2):
                _write(sheet, row, number, entry.get(column.path[0]), column)
            row += 1


def _head(
    sheet: Worksheet, headers: Sequence[tuple[Column | None, str]], choices: _Choices
) -> None:
    for number, (column, header) in enumerate(headers, 1):
        needed = column is None or (column.required and not re.search(r" [2-9]$", header))
        cell = sheet.cell(1, number, f"{header} *" if needed else header)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _NEEDED if needed else _HEADER
        cell.alignment = _WRAPPED
        letter = get_column_letter(number)
        prose = column is not None and bool(column.schema.get("x-prose"))
        sheet.column_dimensions[letter].width = 50 if prose else 24
        if column is not None:
            sheet.add_data_validation(_validation(column, letter, choices))
    sheet.freeze_panes = "B2"


def _validation(column: Column, letter: str, choices: _Choices) -> DataValidation:
    """A drop-down where there are choices, and the explanation beside the cell for all."""
    told = f"{column.help} {column.wanted}".strip()
    listed = choices.range_of(column) if column.choices else None
    if column.schema.get("type") == "boolean":
        listed = '"Yes,No"'
    validation = DataValidation(
        type="list" if listed else None,
        formula1=listed,
        allow_blank=True,
        showInputMessage=True,
        promptTitle=column.label[:32],
        prompt=told if len(told) <= 255 else told[:252] + "...",
        showErrorMessage=bool(listed),
        errorTitle="Not in the list",
        error="Choose from the list. What each choice means is in the sheet Choices.",
    )
    validation.add(f"{letter}2:{letter}{_LAST_ROW}")
    return validation


class _Choices:
    """The sheet with every list of choices, each written once."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], Column] = {}

    def range_of(self, column: Column) -> str:
        """The cells that hold the titles of a column's choices."""
        key = tuple(choice["const"] for choice in column.choices)
        self._columns.setdefault(key, column)
        letter = get_column_letter(2 * list(self._columns).index(key) + 1)
        return f"Choices!${letter}$2:${letter}${len(key) + 1}"

    def write(self, sheet: Worksheet) -> None:
        for number, column in enumerate(self._columns.values()):
            title, meaning = 2 * number + 1, 2 * number + 2
            for place, text in ((title, column.one), (meaning, "What it means")):
                cell = _put(sheet, 1, place, text)
                cell.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(title)].width = 32
            sheet.column_dimensions[get_column_letter(meaning)].width = 60
            for row, choice in enumerate(column.choices, 2):
                _put(sheet, row, title, shown(choice["const"], column))
                _put(sheet, row, meaning, choice.get("description", ""))
        sheet.freeze_panes = "A2"


def _explain(sheet: Worksheet, layout: Layout) -> None:
    """The sheet that explains each column."""
    rows: list[tuple[str, ...]] = [
        ("Sheet", "Column", "Needed", "What it means", "What to write"),
    ]
    for column in layout.columns:
        header = f"{column.one} 1, 2, 3 ..." if column.many else column.label
        rows.append((MAIN, header, _needed(column), column.help, column.wanted))
    for group in layout.groups:
        needed = "yes, one row or more" if group.required else "no"
        link = f"Which case study the row belongs to: the same id or title as in the sheet {MAIN}."
        rows.append((group.label, "(the whole sheet)", needed, group.help, "One row for each."))
        rows.append((group.label, LINK, "yes", link, "Text."))
        rows += [(group.label, c.label, _needed(c), c.help, c.wanted) for c in group.columns]
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            cell = _put(sheet, number, place, text)
            cell.alignment = _WRAPPED
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (18, 28, 12, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _needed(column: Column) -> str:
    return "yes" if column.required else "no"


def shown(const: str, column: Column) -> str:
    """A choice by its title; by its id where the title could be taken for another one."""
    title = next((str(c["title"]) for c in column.choices if c["const"] == const), const)
    try:
        return title if value_of(Cell("", 1, 1, "", title), column) == const else const
    except Unusable:
        return const


def _write(sheet: Worksheet, row: int, number: int, value: Any, column: Column) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        value = "Yes" if value else "No"
    if isinstance(value, list | tuple):
        value = "; ".join(str(part) for part in value)
    elif column.choices:
        value = shown(str(value), column)
    elif column.schema.get("format") == "date":
        value = dt.date.fromisoformat(str(value))
    cell = _put(sheet, row, number, value)
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    cell.alignment = Alignment(vertical="top")


def _put(sheet: Worksheet, row: int, number: int, value: Any) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = sheet.cell(row, number, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with = is no formula
    return cell


def _same_bytes(book: Workbook) -> bytes:
    """The workbook as a file without the time at which it was made."""
    book.properties.creator = "Rewire"
    book.properties.created = _NEVER
    made = io.BytesIO()
    book.save(made)
    repacked = io.BytesIO()
    with (
        zipfile.ZipFile(made) as old,
        zipfile.ZipFile(repacked, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", data
                )
            new.writestr(zipfile.ZipInfo(name, _NEVER.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return repacked.getvalue()
