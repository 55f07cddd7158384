"""A case study as a column of the comparison."""

from __future__ import annotations

from generator.build import read_library
from generator.library import Library
from generator.models.case_study import CaseStudy
from generator.views.case_study import case_study_view
from generator.views.comparison import Data, comparison
from tests.conftest import Tree


def column_of(library: Library, case: CaseStudy) -> Data:
    return comparison(case_study_view(case, library))


def test_every_case_study_has_the_same_rows(tree: Tree) -> None:
    library = read_library(tree())
    columns = [column_of(library, case) for case in library.case_studies]
    labels = [[row["label"] for row in column["rows"]] for column in columns]
    assert labels[0] == labels[1]


def test_figures_and_links_stand_in_the_column(tree: Tree) -> None:
    library = read_library(tree())
    column = column_of(library, library.case_studies[0])
    rows = {row["label"]: row["items"] for row in column["rows"]}
    assert [item["text"] for item in rows["Outcomes"]] == [
        "Employed, 1 year after the course: 60%, against 40% (applicants who came too late),"
        " difference +20 points, quasi-experiment, statistically significant"
    ]
    assert rows["Outcomes"][0]["path"].startswith("casestudies/night-welding/#outcome-employed-")
    assert [(item["text"], item["path"]) for item in rows["Practices"]] == [
        ("Stipends", "practices/stipends/")
    ]
    assert rows["Rated by others"] == []
