"""Workbooks that people, and attackers, send."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.build import read_library
from generator.models.case_study import CaseStudy
from tests.conftest import Tree
from tests.tables.test_csv import ROW
from tests.tables.test_round_trip import kb


def book_with(**changes: Any) -> openpyxl.Workbook:
    """A workbook with one row, columns as in the CSV file."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    row = ROW | {name.replace("_", " "): value for name, value in changes.items()}
    sheet.append(list(row))
    sheet.append(list(row.values()))
    return book


def saved(book: openpyxl.Workbook, tmp_path: Path, name: str = "mine.xlsx") -> Path:
    book.save(tmp_path / name)
    return tmp_path / name


def cell_under(book: openpyxl.Workbook, header: str) -> Any:
    sheet = book.worksheets[0]
    return next(sheet.cell(2, cell.column) for cell in sheet[1] if cell.value == header)


def test_cells_as_a_spreadsheet_keeps_them(tree: Tree, tmp_path: Path) -> None:
    """A date, a number for a year, a share shown as a percentage, a date shown as its number."""
    outcome = {
        "Outcome 1 metric": "employed",
        "Outcome 1 value": 0.45,
        "Outcome 1 unit": "percent",
        "Outcome 1 when": dt.date(2020, 5, 1),
        "Outcome 1 design": "descriptive",
        "Outcome 1 source": 1,
        "Outcome 1 as printed": "45 percent",
    }
    book = book_with(**{"Checked": 46300, "Start year": 2020.0, **outcome})
    cell_under(book, "Outcome 1 value").number_format = "0%"
    done = kb("import", "--root", tree(), saved(book, tmp_path))
    assert done.exit_code == 0, done.output
    case = read_library(tree()).find("case-study", "evening-carpentry", CaseStudy)
    assert case.outcomes[0].value == 45
    assert case.outcomes[0].when == "2020-05-01"
    assert case.checked == dt.date(2026, 10, 5)
    assert case.years.start == 2020


def test_a_formula_is_not_computed(tree: Tree, tmp_path: Path) -> None:
    book = book_with(Title='=HYPERLINK("https://evil.example","x")')
    done = kb("import", "--root", tree(), saved(book, tmp_path))
    assert done.exit_code == 1
    assert "sheet Sheet, row 2, column A (Title): the cell holds a formula\n" in done.output
    assert "Paste special, Values" in done.output


def test_a_yes_as_libreoffice_writes_it_is_no_formula(tree: Tree, tmp_path: Path) -> None:
    outcome = {"metric": "employed", "value": 4, "unit": "count", "when": "later", "design": "rct"}
    outcome |= {"significant": "=TRUE()", "source": "s1", "as printed": "4 were employed"}
    book = book_with(**{f"Outcome 1 {name}": value for name, value in outcome.items()})
    done = kb("import", "--root", tree(), saved(book, tmp_path))
    assert done.exit_code == 0, done.output
    case = read_library(tree()).find("case-study", "evening-carpentry", CaseStudy)
    assert case.outcomes[0].significant is True


def test_an_error_in_a_cell_is_told_of(tree: Tree, tmp_path: Path) -> None:
    done = kb("import", "--root", tree(), saved(book_with(Status="#REF!"), tmp_path))
    assert "column C (Status): the cell shows the error #REF!\n" in done.output


def test_merged_cells_are_told_of(tree: Tree, tmp_path: Path) -> None:
    book = book_with()
    book.worksheets[0].merge_cells("A2:A3")
    done = kb("import", "--root", tree(), saved(book, tmp_path))
    assert done.exit_code == 1
    assert "sheet Sheet, row 2, column A: the cells A2:A3 are merged\n" in done.output
    assert "Unmerge them" in done.output


def test_a_row_of_a_sheet_that_belongs_to_nothing_is_told_of(tree: Tree, tmp_path: Path) -> None:
    book = book_with()
    book.worksheets[0].title = "Case studies"
    funding = book.create_sheet("Funding")
    funding.append(["Case study", "Name", "Source", "Program officer"])
    funding.append(["Evening carpentry", "A fund", "s1", "x"])
    funding.append(["Evening carpentri", "A fund", "s1", "x"])
    funding.append([None, "A fund", "s1"])
    book.create_sheet("Notes").append(["Call back on Monday"])
    done = kb("import", "--root", tree(), saved(book, tmp_path))
    assert done.output == (
        "mine.xlsx, sheet Funding, row 3, column A (Case study): "
        "no case study of this file is `Evening carpentri`\n"
        "    help: Did you mean `Evening carpentry`?\n"
        "mine.xlsx, sheet Funding, row 4, column A (Case study): "
        "nothing says which case study the row belongs to\n"
        "    help: Write its id or title.\n"
        "Not read: the sheet 'Notes'.\n"
        "Not read: the column 'Program officer' of the sheet 'Funding'.\n"
        "Wrote casestudies/evening-carpentry.yaml\n"
        "1 of 1 case studies were imported.\n"
    )


def test_empty_rows_without_number_do_no_harm(tree: Tree, tmp_path: Path) -> None:
    """Formatting a whole column makes rows that hold nothing; and the last row may be Excel's last."""
    book = book_with()
    for number in range(3, 20_000):
        book.worksheets[0].cell(number, 1).number_format = "0.00"
    book.worksheets[0].cell(1_048_576, 1, " ")
    assert kb("import", "--root", tree(), saved(book, tmp_path)).exit_code == 0


def _repacked(path: Path, change: dict[str, Any]) -> None:
    """Rewrite parts of a workbook: the text of a part to another."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change[name](data) if name in change else data)
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name](b""))
    path.write_bytes(made.getvalue())


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
ATTACKS = {
    "a zip bomb": (
        {"xl/media/x.bin": lambda _: b"\0" * 201_000_000},
        "at most 200,000,000 are read",
    ),
    "entities": (
        {SHEET: lambda x: ENTITIES + x.replace(b"<sheetData>", b"<sheetData>&b;")},
        "is not a whole Excel workbook",
    ),
    "a part cut short": ({SHEET: lambda x: x[: len(x) // 2]}, "is not a whole Excel workbook"),
    "no workbook inside": ({"xl/workbook.xml": lambda _: b"<a/>"}, "has no row with a case study"),
    "a row of a thousand million": (
        {SHEET: lambda x: x.replace(b'<row r="2"', b'<row r="2000000000"')},
        "has no row with a case study",
    ),
}


@pytest.mark.parametrize(("change", "told"), ATTACKS.values(), ids=ATTACKS.keys())
def test_a_file_made_to_do_harm_gets_one_sentence(
    tree: Tree, tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    path = saved(book_with(), tmp_path)
    _repacked(path, change)
    done = kb("import", "--root", tree(), path)
    assert done.exit_code == 2, done.output
    assert told in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("mine.xlsx", b"not a zip", "is not a whole Excel workbook"),
        ("mine.xlsm", b"PK", "Save as, Excel workbook (.xlsx)"),
        ("mine.xls", b"\xd0\xcf", "Save as, Excel workbook (.xlsx)"),
        ("mine.pdf", b"%PDF", "Only .xlsx and .csv files are read"),
        ("mine.xlsx", b"\0" * 20_000_001, "at most 20,000,000 are read"),
    ],
)
def test_other_files(tree: Tree, tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = kb("import", "--root", tree(), tmp_path / name)
    assert done.exit_code == 2
    assert told in done.output
