"""A CSV file as a program office keeps it: what is taken over, and what is told of the rest."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from generator.build import read_library
from generator.models.case_study import CaseStudy
from generator.tables.cells import Cell, clean, value_of
from generator.tables.layout import Column
from tests.conftest import Tree
from tests.tables.test_round_trip import kb

ROW = {
    "Title": "Evening carpentry",
    "Summary": "A made-up union taught carpentry in the evening.",
    "Status": "active",
    "Start year": "2020",
    "Place 1 state": "KY",
    "Place 1 setting": "rural",
    "Organization 1 name": "Carpenters' union",
    "Organization 1 role": "Union",
    "Organization 2 name": "A college",
    "Organization 2 role": "community college",
    "Populations": "justice-involved",
    "Sectors": "construction",
    "Program areas": "workforce",
    "Practices": "stipends",
    "Challenge": "Carpenters were wanted [s1].",
    "Approach": "The union taught [s1].",
    "Employer engagement": "Employers took no part.",
    "Results": "They taught.",
    "Lessons": "- Evenings suit people who work [s1].\n- Ask first [s1].",
    "Evidence level": "rationale",
    "Evidence direction": "not-measured",
    "Evidence design": "descriptive",
    "Evidence note": "People were counted.",
    "Evidence source": "1",
    "Source 1 title": "Evening courses",
    "Source 1 publisher": "Union",
    "Source 1 url": "https://union.example/evening",
    "Source 1 kind": "program page",
    "Checked": "2026-11-01",
}


def as_csv(*rows: dict[str, str], separator: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, list(dict.fromkeys(n for r in rows for n in r)), delimiter=separator
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def office(tree: Tree, tmp_path: Path) -> Any:
    """Imports a CSV file with these rows into the tiny library."""

    def run(*rows: dict[str, str], raw: bytes | None = None, flags: tuple[str, ...] = ()) -> Any:
        file = tmp_path / "programs.csv"
        file.write_bytes(as_csv(*rows).encode() if raw is None else raw)
        return kb("import", "--root", tree(), file, *flags)

    return run


def test_a_row_that_may_be_there_already_is_named_and_written(office: Any) -> None:
    done = office(
        ROW | {"Title": "Welding course at night"}, ROW, ROW | {"Title": "Evening carpentery"}
    )
    assert done.exit_code == 0, done.output
    notes = [line for line in done.output.splitlines() if "may be the same program" in line]
    assert notes == [
        'programs.csv, row 2, column A (Title): this may be the same program as "Night welding course" '
        "(casestudies/night-welding.yaml)",
        'programs.csv, row 3, column A (Title): this may be the same program as "Evening carpentery" (row 4)',
        'programs.csv, row 4, column A (Title): this may be the same program as "Evening carpentry" (row 3)',
    ]
    assert "Wrote casestudies/welding-course-at-night.yaml" in done.output


def test_a_row_becomes_a_record(office: Any, tree: Tree) -> None:
    done = office(ROW)
    assert done.exit_code == 0, done.output
    assert kb("check", "--root", tree()).exit_code == 0
    case = read_library(tree()).find("case-study", "evening-carpentry", CaseStudy)
    assert [o.role.value for o in case.organizations] == ["union", "community-college"]
    assert case.lessons == ("Evenings suit people who work [s1].", "Ask first [s1].")
    assert case.evidence.source == "s1"
    assert case.added == dt.date.today()  # nobody has to type it


@pytest.mark.parametrize(
    "raw",
    [
        as_csv(ROW).encode("utf-16"),
        as_csv(ROW, separator=";").encode("utf-8-sig"),
        as_csv(ROW, separator="\t").encode(),
        as_csv(ROW).replace("\r\n", "\r").encode(),
    ],
    ids=["UTF-16", "semicolons and a byte order mark", "tabs", "line ends of an old Mac"],
)
def test_other_ways_to_save_a_table(office: Any, raw: bytes) -> None:
    assert office(raw=raw).exit_code == 0


def test_what_word_adds_is_taken_out_and_its_quotes_stay(office: Any, tree: Tree) -> None:
    pasted = "\u200bThe \u201cunion\u201d\u00a0taught\u00ad [s1]."
    assert office(ROW | {"Approach": pasted, "Status": "\u00a0Active\u200b"}).exit_code == 0
    case = read_library(tree()).find("case-study", "evening-carpentry", CaseStudy)
    assert case.approach == "The \u201cunion\u201d taught [s1]."


FAULTS = {
    "nothing in a needed cell": (
        {"Summary": ""},
        "programs.csv, row 2, column B (Summary): `Summary` is empty\n"
        "    help: Fill it in. What was done and what came of it, in one or two plain sentences.\n",
    ),
    "a choice that is none": (
        {"Status": "activ"},
        "programs.csv, row 2, column C (Status): `activ` is none of the choices for Status\n"
        "    help: Did you mean `active`?\n",
    ),
    "a word for a number": (
        {"Start year": "two years ago"},
        "programs.csv, row 2, column D (Start year): `start` should be a whole number; "
        "this is the text `two years ago`\n"
        "    help: Write digits only, without quotes, commas, $ or %.\n",
    ),
    "an address that is none": (
        {"Source 1 url": "union.example"},
        "programs.csv, row 2, column AA (Source 1 url): `union.example` is not a web address\n"
        "    help: Copy the whole address from the browser; it begins with https:// or http://.\n",
    ),
    "a figure without a source": (
        {"Results": "Of 20 people 12 finished."},
        "programs.csv, row 2, column R (Results): "
        "the figure `20` stands in a paragraph that cites no source\n"
        "    help: Cite the source after the sentence, `[s1]`; or take the figure out.\n",
    ),
    "a date as Americans write it": (
        {"Checked": "11/24/2026"},
        "programs.csv, row 2, column AC (Checked): `11/24/2026` is not a date of the calendar\n"
        "    help: Write year-month-day with two-digit month and day, such as `2026-11-24`, "
        "without quotes or a time.\n",
    ),
    "half an organization": (
        {"Organization 2 role": ""},
        "programs.csv, row 2: `Role` is empty\n"
        "    help: Fill it in. The part it took, as a source says.\n",
    ),
    "script": (
        {"Approach": "They taught <script>alert(1)</script> [s1]."},
        "programs.csv, row 2, column P (Approach): HTML is not allowed in prose: `<script>`\n",
    ),
}


@pytest.mark.parametrize(("change", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_row_that_cannot_be_taken_over_is_told_of(
    office: Any, tree: Tree, change: dict[str, str], told: str
) -> None:
    done = office(ROW | change, ROW | {"Title": "Morning carpentry"})
    assert done.exit_code == 1
    assert done.output.startswith(told)
    assert "1 of 2 case studies were imported. 1 left out: see above." in done.output
    assert not (tree() / "casestudies/evening-carpentry.yaml").exists()
    assert (tree() / "casestudies/morning-carpentry.yaml").exists()


def test_nothing_is_replaced_unless_told_to(office: Any, tree: Tree) -> None:
    assert office(ROW).exit_code == 0
    file = tree() / "casestudies/evening-carpentry.yaml"
    before = file.read_text()
    again = office(ROW | {"Status": "completed"})
    assert again.exit_code == 1
    assert "the library has a case study `evening-carpentry` already" in again.output
    assert "--force" in again.output
    assert file.read_text() == before
    forced = office(ROW | {"Status": "completed"}, flags=("--force",))
    assert forced.exit_code == 0
    assert "Replaced casestudies/evening-carpentry.yaml" in forced.output
    assert "status: completed" in file.read_text()


def test_a_dry_run_writes_nothing(office: Any, tree: Tree) -> None:
    before = sorted((tree() / "casestudies").iterdir())
    done = office(ROW, flags=("--dry-run",))
    assert done.exit_code == 0
    assert "Would write casestudies/evening-carpentry.yaml" in done.output
    assert sorted((tree() / "casestudies").iterdir()) == before


def test_an_id_cannot_leave_the_folder_and_a_link_is_not_followed(office: Any, tree: Tree) -> None:
    outside = office(ROW | {"Id": "../../evil"})
    assert outside.exit_code == 1
    assert "is not a valid `id`" in outside.output
    target = tree() / "elsewhere.yaml"
    target.write_text("mine")
    (tree() / "casestudies/evening-carpentry.yaml").symlink_to(target)
    assert office(ROW).exit_code == 1
    assert office(ROW, flags=("--force",)).exit_code == 0
    assert target.read_text() == "mine"


def test_two_rows_of_one_title_are_told_of(office: Any) -> None:
    done = office(ROW, ROW)
    assert "row 2 has the id `evening-carpentry` as well" in done.output


def test_rows_that_name_each_other_wait_for_each_other(office: Any) -> None:
    link = ROW | {
        "Title": "Morning carpentry",
        "Related 1 id": "evening-carpentry",
        "Related 1 reason": "Also wood.",
    }
    assert office(ROW, link).exit_code == 0


def test_a_row_that_names_a_broken_one_is_told_so(office: Any) -> None:
    link = ROW | {
        "Title": "Morning carpentry",
        "Related 1 id": "evening-carpentry",
        "Related 1 reason": "Also wood.",
    }
    done = office(ROW | {"Status": "no idea"}, link)
    assert (
        "`evening-carpentry` is a row of this file that was left out; mend that row first."
        in done.output
    )
    assert "0 of 2" in done.output


def test_columns_that_mean_nothing_are_named(office: Any) -> None:
    done = office(ROW | {"Grant manager": "somebody", "Sumary": "x"})
    assert done.exit_code == 0
    assert "Not read: the column 'Grant manager'." in done.output
    assert "Not read: the column 'Sumary'. Did you mean `Summary`?" in done.output


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (as_csv(ROW).replace("union", "union\u2019s").encode("cp1252"), "is not UTF-8 text"),
        (b'Title,Summary\n"x', "not a table separated by commas"),
        (b"", "has no row with a case study"),
        (b"\n\n,,\n", "has no row with a case study"),
        (b"a,b\n1,2\n", "has no row with a case study"),
        (b"Title\n" + b"x\n" * 20_001, "more than 20,000 rows"),
    ],
    ids=["Windows", "open quote", "empty", "blank", "other columns", "too many rows"],
)
def test_a_file_that_is_no_such_table(office: Any, raw: bytes, told: str) -> None:
    done = office(raw=raw)
    assert done.exit_code == 2
    assert told in done.output


@pytest.mark.parametrize(
    ("written", "schema", "meant"),
    [
        ("$1,500", {"type": "number"}, 1500),
        ("45%", {"type": "number"}, 45),
        ("-2.5", {"type": "number"}, -2.5),
        ("\u22122", {"type": "number"}, -2),
        (45.0, {"type": "number"}, 45),
        ("yes", {"type": "boolean"}, True),
        ("No", {"type": "boolean"}, False),
        ("46350", {"type": "string", "format": "date"}, "2026-11-24"),
        (2020, {"type": "string"}, "2020"),
        ("Source 3", {"type": "string", "x-source": True}, "s3"),
    ],
)
def test_what_a_cell_means(written: Any, schema: dict[str, Any], meant: Any) -> None:
    value = value_of(Cell("", 2, 1, "", written), Column(("x",), "X", schema, True))
    assert (value, type(value)) == (meant, type(meant))


def test_the_apostrophe_of_an_export_is_taken_off_again() -> None:
    assert clean("'=1+1") == "=1+1"
    assert clean("'quoted'") == "'quoted'"
