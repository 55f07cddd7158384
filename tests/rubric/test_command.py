"""`kb rubric summarize`: files of answers in, a Markdown report out; what could not be used is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.conftest import PROJECT

SURVEY = (
    "role,rater,demand-data,hiring-commitments,reach,place\n"
    "employer,Ann,1,2,4,Springfield\n"
    "training-provider,Ben,4,2,not sure,<script>\n"
)


def summarize(*arguments: str | Path) -> Result:
    words = ["rubric", "summarize", "--root", str(PROJECT), *map(str, arguments)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "survey.csv"
    path.write_text(SURVEY, "utf-8")
    return path


def test_a_survey_gives_a_report(survey: Path) -> None:
    result = summarize(survey)
    assert result.exit_code == 0, result.output
    report = result.stdout
    assert "- Raters: 2: Employer or employer group (1), College" in report
    assert "| Employer demand and leadership | 2 | Building | 2 of 4 | 0 of 4 |" in report
    assert "| Access and support for people with barriers | not enough known |" in report
    assert "| One picture of local demand | 2.5 | 1 to 4 | 50% | 0 | 1 | 4 |  |" in report
    assert "3 levels apart; employers and training providers differ" in report
    assert "### Hiring commitments in writing: level 2" in report
    assert "result: no effect found" in report or "result: mixed" in report


def test_what_people_typed_cannot_become_markup(survey: Path) -> None:
    assert r"\<script\>" in summarize(survey).stdout


def test_titles_are_links_where_the_site_is_known(survey: Path) -> None:
    report = summarize(survey, "--site-url", "https://library.invalid").stdout
    assert "](https://library.invalid/practices/hiring-commitments/)" in report


def test_an_earlier_year_shows_what_moved(survey: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.csv"
    before.write_text("demand-data,reach\n1,4\n", "utf-8")
    report = summarize(survey, "--earlier", before).stdout
    assert "| Employer demand and leadership | 1 | 2 | +1 | 1 |" in report
    assert "- Up: One picture of local demand (1 to 2)" in report


def test_a_bad_row_is_named_and_the_rest_is_used(survey: Path) -> None:
    survey.write_text(SURVEY + "employer,Cy,seven,2,1,\n", "utf-8")
    result = summarize(survey)
    assert result.exit_code == 1
    said = f"{survey}, row 4, column demand-data: `seven` is no answer; left out"
    assert said in result.stderr
    assert "- Raters: 3" in result.stdout
    assert "## What was not used" in result.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\x00", "this is not text in UTF-8"),
        (b"a,b\n1,2\n", "no column is named for a question"),
        (b'{"answers": ' + b"[" * 5_000, "this is not"),
        (b'demand-data\n"' + b"x" * 200_000, "this is not CSV"),
    ],
)
def test_nothing_to_read_is_said_without_a_traceback(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "answers"
    path.write_bytes(content)
    result = summarize(path)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "No answers could be read." in result.stderr


def test_help_shows_examples() -> None:
    result = CliRunner().invoke(main, ["rubric", "summarize", "--help"])
    assert "Examples:" in result.output
