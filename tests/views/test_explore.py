"""The page that shows the whole library: gaps, effects, outcomes, time and places."""

from __future__ import annotations

import pytest
import yaml

from generator.build import read_library
from generator.models.case_study import CaseStudy
from generator.views.effects import nice_ticks
from generator.views.explore import explore_view
from generator.views.gap_map import Cell, gap_map
from generator.views.outcome_table import cost_band, outcome_table
from generator.views.rubric_data import case_data
from generator.views.timeline import timeline
from tests.conftest import PROJECT, Tree

RECORD = "casestudies/night-welding.yaml"
MORE = """\
  - metric: earnings-gain
    value: {value}
    unit: usd
{per}    comparison_label: applicants who came too late
    when: second year
    design: {design}
    source: s2
    as_printed: as much more
"""


def with_outcome(
    tree: Tree, value: str = "900", per: str = "    per: year\n", design: str = "quasi-experiment"
):
    more = MORE.format(value=value, per=per, design=design)
    return read_library(tree({RECORD: ("evidence:\n", f"{more}evidence:\n")}))


def cells(tree: Tree) -> dict[str, Cell]:
    (group,) = gap_map(read_library(tree())).groups
    (row,) = group.rows
    return {cell.population: cell for cell in row.cells}


def test_a_cell_says_how_many_how_sure_and_what_was_found(tree: Tree) -> None:
    cell = cells(tree)["justice-involved"]
    assert (cell.count, cell.level) == (2, "moderate")
    assert cell.label == (
        "Stipends for Justice-involved people: 2 case studies, the surest with moderate."
        " Found: positive 1, effect not measured 1"
    )
    assert cell.path == "search/?kind=case-study&practice=stipends&population=justice-involved"


OTHERWISE = {
    "summary": "Told otherwise.",
    "organizations": [{"name": "Another College", "role": "funder"}],
    "sources": [
        {"id": f"s{n}", "title": "Another", "publisher": "Another", "kind": "news"}
        | {"url": "https://another.example/"}
        for n in (1, 2)
    ],
    "funding": [{"name": "A grant", "amount_usd": 5, "source": "s1"}],
    "related": [{"id": "day-welding", "reason": "Told of together."}],
    "external_ratings": [
        {"clearinghouse": "wwc", "rating": "Meets standards", "url": "https://another.example/"}
    ],
}


def test_what_is_uncharted_changes_no_chart(tree: Tree) -> None:
    assert OTHERWISE.keys() == CaseStudy.uncharted
    before = with_outcome(tree)
    record = tree() / RECORD
    data = yaml.safe_load(record.read_text("utf-8")) | OTHERWISE
    record.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    after = read_library(tree())
    assert after.facts != before.facts
    assert after.charted == before.charted
    assert explore_view(after) == explore_view(before)
    rubric = read_library(PROJECT).rubric
    assert rubric
    assert case_data(after, rubric) == case_data(before, rubric)
    assert list(after.case_studies.ids) == list(before.case_studies.ids)
    data["years"]["end"] = 2020
    record.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    assert read_library(tree()).charted != before.charted


def test_an_empty_cell_invites_a_contribution_for_that_practice_and_population(tree: Tree) -> None:
    cell = cells(tree)["veterans"]
    assert (cell.count, cell.level) == (0, "")
    assert cell.label.startswith("Stipends for Veterans: no case study, so nothing is known here")
    assert cell.path.endswith("?practice=stipends&population=veterans")


def test_effects_are_drawn_on_a_scale_for_each_measure_and_unit(tree: Tree) -> None:
    panels = explore_view(with_outcome(tree)).effects
    assert [(p.title, p.unit, p.total) for p in panels] == [
        ("Gain in earnings", "US dollars a year", 1),
        ("Employed: difference", "percentage points", 1),
    ]
    (effect,) = panels[1].effects
    assert effect.text == "+20"
    assert effect.certain
    assert effect.path.startswith("casestudies/night-welding/#outcome-employed-")
    assert panels[1].zero < effect.x


@pytest.mark.parametrize(
    ("per", "design"),
    [("", "quasi-experiment"), ("    per: year\n", "descriptive"), ("    per: year\n", "pre-post")],
    ids=["a sum over a time of its own", "nobody to compare", "before and after"],
)
def test_what_is_no_effect_on_a_common_scale_is_not_drawn(
    tree: Tree, per: str, design: str
) -> None:
    (panel,) = explore_view(with_outcome(tree, per=per, design=design)).effects
    assert panel.metric == "employed"


def test_a_confidence_interval_lies_around_its_effect_and_inside_the_plot(tree: Tree) -> None:
    library = read_library(
        tree({RECORD: ("significant: true", "confidence_interval: [-5.0, 45.0]")})
    )
    (panel,) = explore_view(library).effects
    (effect,) = panel.effects
    assert effect.low is not None
    assert effect.high is not None
    assert panel.ticks[0][0] <= effect.low < panel.zero < effect.x < effect.high
    assert effect.high <= panel.ticks[-1][0]


def test_a_p_value_stands_alone_where_the_source_says_no_more(tree: Tree) -> None:
    library = with_outcome(tree, per="    per: year\n    p_value: 0.09\n")
    panel = next(p for p in explore_view(library).effects if p.metric == "earnings-gain")
    assert panel.effects[0].label.endswith("; p = 0.09.")


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 20, [0, 5, 10, 15, 20]),
        (-844, 48275, [-20000, 0, 20000, 40000, 60000]),
        (0, 0, [-1, -0.5, 0, 0.5, 1]),
    ],
)
def test_axes_have_round_numbers(low: float, high: float, ticks: list[float]) -> None:
    assert nice_ticks(low, high) == ticks


def test_the_table_has_every_outcome_with_its_figures(tree: Tree) -> None:
    table = outcome_table(with_outcome(tree, value="-900"))
    employed, earned = table.lines
    assert (employed.value, employed.comparison, employed.difference) == (
        "60%",
        "40%",
        "+20 points",
    )
    assert (earned.value, earned.difference) == ("", "\N{MINUS SIGN}$900 a year")
    assert earned.raw_difference == -900
    assert table.cases[0].cost_text == "$1,500"
    choices = {f.name: [(i, count) for i, _, count in f.choices] for f in table.filters}
    assert choices == {
        "metric": [("employed", 1), ("earnings-gain", 1)],
        "design": [("quasi-experiment", 2)],
        "population": [("justice-involved", 2)],
        "practice": [("stipends", 2)],
        "cost": [("under-5000", 2)],
    }


@pytest.mark.parametrize(
    ("cost", "band"),
    [
        (None, ""),
        (0, "under-5000"),
        (5000, "5000-10000"),
        (19999.5, "10000-20000"),
        (9e6, "over-20000"),
    ],
)
def test_a_cost_falls_into_one_band(cost: float | None, band: str) -> None:
    assert cost_band(cost) == band


def test_a_program_runs_to_the_edge_only_where_a_source_says_so(tree: Tree) -> None:
    shown = timeline(read_library(tree()))
    spans = {span.title: span for panel in shown.panels for span in panel.spans}
    runs, ended = spans["Night welding course"], spans["Day welding course"]
    assert not runs.open
    assert runs.end > ended.end
    unknown = timeline(read_library(tree({RECORD: ("status: active", "status: unknown")})))
    spans = {span.title: span for panel in unknown.panels for span in panel.spans}
    assert spans["Night welding course"].open


def test_a_program_without_a_first_year_is_counted_as_not_shown(tree: Tree) -> None:
    shown = timeline(read_library(tree({RECORD: ("start: 2019", "start: null")})))
    assert shown.undated == 1
    assert [bar.year for bar in shown.bars] == [2015]


def test_the_map_counts_states_and_leaves_out_none_of_the_table(tree: Tree) -> None:
    view = explore_view(read_library(tree()))
    (states,) = view.maps
    assert [(tile.title, tile.count) for tile in states.rows] == [("Kentucky", 1)]
    assert view.elsewhere == (("National", "search/?kind=case-study&setting=national"),)


def test_an_empty_library_has_a_page_all_the_same(tree: Tree) -> None:
    nothing = {
        RECORD: None,
        "casestudies/day-welding.yaml": None,
        "content/collections/welding.yaml": None,
    }
    practice = (
        "\n[Night welding](kb:night-welding) paid stipends; the study compared the whole course.\n",
        "",
    )
    view = explore_view(read_library(tree({**nothing, "content/practices/stipends.md": practice})))
    assert view.effects == ()
    assert view.timeline.bars == ()
    assert view.outcomes.lines == ()
    assert view.gaps.filled == 0
