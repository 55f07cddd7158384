"""What goes out as a workbook comes in again as the same records; the template is filled in and read."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.build import read_library
from generator.cli import main
from generator.exports.schemas import schema_of
from generator.models.case_study import CaseStudy
from generator.tables.layout import layout_of
from generator.tables.workbook_writer import workbook
from tests.conftest import PROJECT, TINY, Tree

RECORD = "casestudies/evening-carpentry.yaml"


def kb(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_every_real_case_study_survives_the_round_trip(tmp_path: Path) -> None:
    out = kb("export", "xlsx", "--root", PROJECT, "--to", tmp_path)
    assert out.exit_code == 0, out.output
    root = tmp_path / "library"
    shutil.copytree(PROJECT / "content", root / "content")
    done = kb("import", "--root", root, tmp_path / "case-studies.xlsx")
    assert done.exit_code == 0, done.output
    before, after = ({c.id: c for c in read_library(r).case_studies} for r in (PROJECT, root))
    assert after == before


@pytest.fixture
def template(tree: Tree, tmp_path: Path) -> openpyxl.Workbook:
    assert kb("export", "template", "--root", tree(), "--to", tmp_path).exit_code == 0
    return openpyxl.load_workbook(tmp_path / "case-studies-template.xlsx")


MAIN = {
    "Title *": "Evening carpentry course",
    "Summary *": "A made-up union taught carpentry in the evening.",
    "Status *": "Active",
    "Years: start": 2020,
    "Population 1": "People leaving prison",
    "Sector 1 *": "Construction",
    "Program area 1 *": "Workforce development",
    "Practice 1 *": "Stipends",
    "Challenge *": "Carpenters were wanted [s1].",
    "Approach *": "The union taught [s1].",
    "Employer engagement *": "Employers took no part.",
    "Results *": "Of 20 people 12 finished [s1].",
    "Lesson 1 *": "Evenings suit people who work [s1].",
    "Evidence: level *": "Rationale",
    "Evidence: direction *": "Effect not measured",
    "Evidence: design *": "Count or description",
    "Evidence: note *": "People were counted.",
    "Evidence: source *": "s1",
    "Checked *": "2026-11-01",
}
SHEETS: dict[str, list[dict[str, Any]]] = {
    "Places": [{"City": "Springfield", "State": "Kentucky", "Setting *": "Urban"}],
    "Organizations": [{"Name *": "Carpenters' union", "Role *": "Union"}],
    "Outcomes": [
        {
            "Metric *": "Completed",
            "Value *": 12,
            "Unit *": "count",
            "When *": "at the end",
            "Design *": "Count or description",
            "Source *": "s1",
            "As printed *": "12 of 20 finished",
        }
    ],
    "Sources": [
        {
            "Title *": "Evening courses",
            "Publisher *": "Carpenters' union",
            "Web address *": "https://union.example/evening",
            "Kind *": "Program page",
        }
    ],
}


def fill_in(book: openpyxl.Workbook) -> None:
    """Fill the template as somebody does who has only the words of the drop-downs."""
    _row(book["Case studies"], MAIN)
    for name, rows in SHEETS.items():
        for row in rows:
            _row(book[name], {"Case study *": MAIN["Title *"], **row})


def _row(sheet: Any, values: dict[str, Any]) -> None:
    columns = {cell.value: cell.column for cell in sheet[1]}
    number = sheet.max_row + 1
    for header, value in values.items():
        sheet.cell(number, columns[header], _title(header, value))


def _title(header: str, value: Any) -> Any:
    """The made-up library has fewer words than the real one: use its titles."""
    tiny = read_library(TINY)
    kinds = {
        "Population 1": "population",
        "Sector 1 *": "sector",
        "Program area 1 *": "program-area",
    }
    kinds |= {"Evidence: level *": "evidence-level"}
    if header in kinds:
        ids = {"Evidence: level *": "rationale"}
        terms = tiny.all(kinds[header], tiny.kinds[kinds[header]].model)
        return next(t.title for t in terms if t.id == ids.get(header, t.id))
    return "employed" if header == "Metric *" else value


def test_a_filled_template_becomes_a_record_that_passes_the_check(
    template: openpyxl.Workbook, tree: Tree, tmp_path: Path
) -> None:
    fill_in(template)
    template.save(tmp_path / "mine.xlsx")
    done = kb("import", "--root", tree(), tmp_path / "mine.xlsx")
    assert done.exit_code == 0, done.output
    assert done.output == (
        "Wrote casestudies/evening-carpentry-course.yaml\n1 of 1 case studies were imported.\n"
    )
    assert kb("check", "--root", tree()).exit_code == 0
    assert (
        kb(
            "fmt", "--check", tree() / "casestudies/evening-carpentry-course.yaml", "--root", tree()
        ).exit_code
        == 0
    )
    case = read_library(tree()).find("case-study", "evening-carpentry-course", CaseStudy)
    assert case.places[0].state == "KY"
    assert case.years.start == 2020
    assert case.years.end is None
    assert case.outcomes[0].value == 12
    assert case.sources[0].id == "s1"


def test_the_template_has_drop_downs_and_explains_each_column(template: openpyxl.Workbook) -> None:
    sheet = template["Case studies"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    lists = {
        str(validation.sqref).split(":")[0]: validation
        for validation in sheet.data_validations.dataValidation
        if validation.type == "list"
    }
    status = lists[f"{letters['Status *']}2"]
    assert "What has become of the program." in status.prompt
    area = status.formula1.removeprefix("Choices!").replace("$", "")
    assert [cell.value for (cell,) in template["Choices"][area]] == [
        "Active", "Completed", "Expanded", "Discontinued", "Not known",
    ]  # fmt: skip
    assert f"{letters['Practice 6']}2" in lists
    explained = {(row[0], row[1]) for row in template["Columns"].iter_rows(values_only=True)}
    for name in ("Places", "Organizations", "Outcomes", "Sources", "Funding"):
        for cell in template[name][1]:
            assert (name, cell.value.removesuffix(" *")) in explained
    assert ("Case studies", "Population 1, 2, 3 ...") in explained


def test_no_cell_of_a_workbook_is_a_formula_and_the_bytes_are_the_same_each_time() -> None:
    tiny = read_library(TINY)
    layout = layout_of(schema_of(tiny, tiny.kinds["case-study"]))
    record = {"id": "x", "title": '=HYPERLINK("https://evil.example")', "organizations": []}
    made = workbook(layout, [record])
    assert made == workbook(layout, [record])
    book = openpyxl.load_workbook(io.BytesIO(made))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_an_export_never_replaces_a_file_unless_told_to(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "library.json").write_text("mine")
    refused = kb("export", "json", "--root", tree(), "--to", tmp_path)
    assert refused.exit_code == 2
    assert "Use --force to replace it" in refused.output
    assert (tmp_path / "library.json").read_text() == "mine"
    assert kb("export", "json", "--root", tree(), "--to", tmp_path, "--force").exit_code == 0
