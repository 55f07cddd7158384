"""The library as CSV and JSON: what programs read of it is what the records say."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pydantic_core import from_json, to_json

from generator.build import read_library
from generator.exports.flat import Flat, plain
from generator.exports.schemas import schema_of
from generator.models.case_study import CaseStudy
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


ODD = """\
cost: null
added: null
outcomes:
  - p_value: 0
    confidence_interval: [1, 2.5]
    source: s1
    as_printed: "  1 of 11\\n"
    metric: employed
    value: 9.0
    comparison: 8
    comparison_label: "' others "
    unit: percent
    when: At the end
    design: rct
    note:
checked: 2026-10-01"""
"""What a record may write otherwise than it is printed: fields in another order, blanks around texts, nothing, whole numbers."""


@pytest.mark.parametrize("root", ["the real library", "an odd record"])
def test_json_holds_of_each_case_study_what_its_record_does(tree: Tree, root: str) -> None:
    library = read_library(
        PROJECT if root == "the real library" else tree({CASE: ("checked: 2026-10-01", ODD)})
    )
    layout = layout_of(schema_of(library, library.kinds["case-study"]))
    held = from_json(Flat(library, layout).whole()[2])["case_studies"]
    assert len(held) == library.count("case-study")
    for case in held:
        record = plain(library.find("case-study", case["id"], CaseStudy))
        assert to_json(case) == to_json(record | {"page": case["page"]})


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
