"""The library as CSV and JSON: what programs read of it is what the records say."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from generator.build import read_library
from generator.exports.flat import Flat
from generator.exports.schemas import schema_of
from generator.tables.layout import layout_of
from tests.conftest import PROJECT, Tree

CASE = "casestudies/day-welding.yaml"


def flat_of(root: Path) -> list[bytes]:
    """Case studies and outcomes as CSV, and everything as JSON."""
    library = read_library(root)
    layout = layout_of(schema_of(library, library.kinds["case-study"]))
    return Flat(library, layout, "https://example.org/").whole()


@pytest.fixture(scope="module")
def real() -> list[bytes]:
    return flat_of(PROJECT)


def test_csv_is_as_pythons_writer_has_it(real: list[bytes]) -> None:
    for data in real[:2]:
        text = data.decode("utf-8-sig")
        again = io.StringIO(newline="")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        csv.writer(again, lineterminator="\r\n").writerows(rows)
        assert again.getvalue() == text
        assert data.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by it"
        assert len({len(row) for row in rows}) == 1


def test_json_is_as_pythons_writer_has_it(real: list[bytes]) -> None:
    held = json.loads(real[2])
    again = json.dumps(held, ensure_ascii=False, indent=1) + "\n"
    assert again.encode() == real[2]
    assert list(held)[:6] == ["name", "license", "schemas", "url", "case_studies", "practices"]


def test_values_of_a_record_stand_in_its_cells(tree: Tree) -> None:
    title = 'A "paid", half-day course'
    root = tree({CASE: ("title: Day welding course", f"title: '{title}'")})
    [row] = (
        row
        for row in csv.DictReader(io.StringIO(flat_of(root)[0].decode("utf-8-sig")))
        if row["title"] == title
    )
    assert row["page"] == "https://example.org/casestudies/day-welding/"


def test_no_cell_is_a_formula(tree: Tree) -> None:
    root = tree({CASE: ("title: Day welding course", "title: '=1+1'")})
    assert ",'=1+1," in flat_of(root)[0].decode()


def test_a_kind_without_records_is_an_empty_list(tree: Tree) -> None:
    held = json.loads(flat_of(tree())[2])
    assert held["playbooks"] == []
