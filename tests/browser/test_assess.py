"""The rubric's page in a real browser: filled in, kept, saved, shared, rated by several, compared."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from generator.build import read_library
from generator.rubric.recommend import Place, cases_for
from generator.rubric.scoring import score
from tests.conftest import PROJECT
from tests.rubric.examples import EXAMPLES, differences, for_browser, sheet
from tests.rubric.test_examples import plain

BY_ID = """(result) => ({
  ...result,
  dimensions: Object.fromEntries(result.dimensions.map((d) => [d.dimension.id, d])),
  criteria: Object.fromEntries(result.criteria.map((c) => [c.criterion.id, c])),
  ...Object.fromEntries(["strengths", "weaknesses", "unknown"].map((n) => [n, result[n].map((c) => c.criterion.id)])),
})"""


def run(page: Page, body: str, argument: Any = None) -> Any:
    """Run some script with the page's own modules and data in reach."""
    return page.evaluate(
        f"""async (given) => {{
          const scripts = document.querySelector("script[type=module]").src;
          const scoring = await import(new URL("rubric-scoring.js", scripts));
          const sheets = await import(new URL("rubric-sheets.js", scripts));
          const rubric = await (await fetch("/assess/rubric.json")).json();
          const byId = {BY_ID};
          {body}
        }}""",
        argument,
    )


@pytest.fixture
def assess(page: Page, site: str) -> Page:
    """The page, ready to be filled in."""
    page.goto(f"{site}assess/")
    expect(page.locator("[data-part=bar]")).to_be_visible()
    return page


def choose(page: Page, question: str, answer: str) -> None:
    page.locator(f'input[name="{question}"][value="{answer}"]').check()


def counted(page: Page) -> Any:
    return page.locator("[data-part=count]")


def upload(page: Page, field: str, name: str, text: str) -> None:
    page.locator(f"#{field}").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    )


# --- the same counting as in Python -------------------------------------------------------------


def test_the_worked_examples_come_out_the_same(assess: Page) -> None:
    for example in EXAMPLES["scoring"]:
        given = [for_browser(written) for written in example["sheets"]]
        found = run(assess, "return byId(scoring.score(rubric, given));", given)
        assert differences(example["expect"], found) == [], example["name"]
    for example in EXAMPLES["comparison"]:
        both = [[for_browser(w) for w in example[name]] for name in ("earlier", "later")]
        found = run(
            assess,
            """const { parts, changes } = scoring.compare(rubric, ...given);
            return {
              parts: Object.fromEntries(parts.map((p) => [p.dimension.id, p])),
              changes: Object.fromEntries(changes.map((c) => [c.criterion.id, c])),
            };""",
            both,
        )
        assert differences(example["expect"], found) == [], example["name"]


def test_the_example_files_are_read_the_same(assess: Page) -> None:
    for example in EXAMPLES["files"]:
        found = run(assess, 'return sheets.read(rubric, given, "f");', example["text"])
        places = [problem["place"] for problem in found["problems"]]
        assert places == example.get("browser_problems", example["problems"]), example["name"]
        for read, written in zip(found["sheets"], example["sheets"], strict=True):
            answers = {i: a["level"] or a["other"] for i, a in read["answers"].items()}
            assert answers == written["answers"], example["name"]
            for name, notes in written.get("notes", {}).items():
                assert read["answers"][name]["notes"] == notes
            for field in ("version", "role", "state", "date", "population"):
                assert read[field] == written.get(field, read[field])


def test_browser_and_command_line_agree_on_any_answers(assess: Page) -> None:
    library = read_library(PROJECT)
    rubric = library.rubric
    assert rubric is not None
    chance = random.Random(6)
    ids = [criterion.id for criterion in rubric.criteria]
    roles = ["", *(role.id for role in rubric.roles)]
    groups = [
        [
            {
                "role": chance.choice(roles),
                "answers": {
                    i: chance.choice([1, 2, 3, 4, "not-sure", "does-not-apply"])
                    for i in chance.sample(ids, chance.randint(1, len(ids)))
                },
                "evidence": chance.sample(ids, 9),
            }
            for _ in range(chance.randint(1, 7))
        ]
        for _ in range(40)
    ]
    theirs = run(
        assess,
        "return given.map((some) => byId(scoring.score(rubric, some)));",
        [[for_browser(written) for written in group] for group in groups],
    )
    for group, found in zip(groups, theirs, strict=True):
        ours = plain(score(rubric, [sheet(written) for written in group]))
        for part in (*ours["dimensions"].values(), *ours["criteria"].values()):
            part.pop("dimension", None)
            part.pop("criterion", None)
            if "levels" in part:
                part["levels"] = list(part["levels"])
        assert differences(ours, found) == []

    places = [("", "", ""), ("justice-involved", "rural", "KY"), ("veterans", "", "NY")]
    for place in places:
        named = run(
            assess,
            """const [population, setting, state] = given;
            const file = `/assess/cases/${state}.json`;
            const more = rubric.states.includes(state) ? await (await fetch(file)).json() : [];
            return scoring.criteria(rubric).map((c) =>
              scoring.casesFor(rubric, c, { population, setting, state }, more).map((m) => [m.found.title, m.shared]));""",
            list(place),
        )
        assert named == [
            [[m.case_study.title, list(m.shared)] for m in cases_for(library, c, Place(*place))]
            for c in rubric.criteria
        ]


# --- one rater ----------------------------------------------------------------------------------


def test_case_studies_of_a_state_are_loaded_when_it_is_chosen(page: Page, site: str) -> None:
    def with_a_state(route: Route) -> None:
        route.fulfill(json={**route.fetch().json(), "states": ["WY"]})

    there = {
        **{"order": 0, "title": "A made-up course", "path": "casestudies/made-up/"},
        **{"where": "Casper, WY", "level": "strong", "found": "Positive", "direction": "positive"},
        **{"practices": ["labor-market-data"], "population": [], "setting": [], "state": ["WY"]},
    }
    page.route("**/assess/rubric.json", with_a_state)
    page.route("**/assess/cases/WY.json", lambda route: route.fulfill(json=[there]))
    page.goto(f"{site}assess/")
    expect(page.locator("[data-part=bar]")).to_be_visible()
    choose(page, "demand-data", "1")
    page.get_by_label("State", exact=True).select_option("WY")
    expect(page.get_by_role("listitem").filter(has_text="A made-up course")).to_contain_text(
        "Casper, WY. Strong evidence. Result: positive. Same state."
    )


def test_a_group_fills_it_in_and_sees_what_helps_in_a_place_like_theirs(assess: Page) -> None:
    assess.get_by_label("People you serve most").select_option("justice-involved")
    for question, answer in (
        ("job-requirements", "4"),
        ("skills-evidence", "3"),
        ("actual-hires", "3"),
        ("fair-chance", "1"),
        ("moving-up", "not-sure"),
    ):
        choose(assess, question, answer)
    expect(counted(assess)).to_have_text("5 of 29 answered.")
    row = assess.get_by_role("row", name="Skills-based hiring")
    expect(row).to_contain_text("2.8 Working")
    expect(row).to_contain_text("1 of 5")
    expect(row).to_contain_text("Fair chances: level 1")
    weak = assess.locator(".kb-assess__weak")
    expect(weak).to_have_count(1)
    expect(weak).to_contain_text("A few employers are known to be open-minded")
    expect(weak).to_contain_text("Work Opportunity Tax Credit (WOTC) (expired)")
    expect(weak).to_contain_text("Result: no effect found. Same group of people.")
    expect(assess.locator("[data-part=result]")).to_contain_text("claimed: no evidence named")
    weak.get_by_role("link", name="Fair chance hiring").click()
    expect(assess.get_by_role("heading", level=1)).to_have_text("Fair chance hiring")
    # Coming back, nothing is lost.
    assess.go_back()
    expect(counted(assess)).to_have_text("5 of 29 answered.")
    expect(assess.get_by_label("People you serve most")).to_have_value("justice-involved")


def test_an_answer_can_be_taken_back_and_the_next_open_question_found(assess: Page) -> None:
    choose(assess, "demand-data", "2")
    assess.get_by_role("button", name="Next open question").click()
    expect(assess.locator("input[name=employer-leadership]").first).to_be_focused()
    assess.get_by_role("button", name="Take back the answer to One picture").click()
    expect(counted(assess)).to_have_text("0 of 29 answered.")


def test_starting_over_can_be_undone(assess: Page) -> None:
    choose(assess, "reach", "3")
    assess.get_by_role("button", name="Start over").click()
    expect(counted(assess)).to_have_text("0 of 29 answered.")
    assess.get_by_role("button", name="Bring back mine").click()
    expect(counted(assess)).to_have_text("1 of 29 answered.")


@pytest.mark.parametrize("button", ["Save my answers", "Save as CSV"])
def test_a_saved_file_can_be_opened_again(assess: Page, button: str, tmp_path: Path) -> None:
    assess.get_by_label("Place", exact=True).fill('Spring, "field"')
    assess.get_by_label("Date", exact=True).fill("2026-11-24")
    choose(assess, "reach", "3")
    assess.locator("#reach-notes").fill("=SUM(1)\ntwo lines")
    with assess.expect_download() as waiting:
        assess.get_by_role("button", name=button).click()
    saved = tmp_path / waiting.value.suggested_filename
    assert saved.stem == "rubric-2026-11-24-spring-field"
    waiting.value.save_as(saved)
    assert "\n=SUM" not in saved.read_text("utf-8")
    assess.get_by_role("button", name="Start over").click()
    assess.locator("#open-file").set_input_files(saved)
    expect(assess.get_by_label("Place", exact=True)).to_have_value('Spring, "field"')
    expect(assess.locator("#reach-notes")).to_have_value("=SUM(1)\ntwo lines")
    expect(counted(assess)).to_have_text("1 of 29 answered.")


def test_a_link_holds_the_answers_but_not_the_words(assess: Page, browser: Browser) -> None:
    assess.get_by_label("State", exact=True).select_option("KY")
    assess.get_by_label("Place", exact=True).fill("Springfield")
    choose(assess, "reach", "3")
    choose(assess, "supports", "not-sure")
    assess.locator("#reach-evidence").fill("secret words")
    assess.get_by_role("button", name="Copy a link").click()
    link = assess.get_by_label("Link to these answers").input_value()
    assert urlsplit(link).fragment.startswith("answers=1~1.0~")
    assert "secret" not in link
    assert "Springfield" not in link
    other = browser.new_context()
    fresh = other.new_page()
    fresh.goto(link)
    expect(counted(fresh)).to_have_text("2 of 29 answered.")
    expect(fresh.get_by_label("State", exact=True)).to_have_value("KY")
    expect(fresh.locator("input[name=supports][value=not-sure]")).to_be_checked()
    expect(fresh.locator("[data-part=result]")).not_to_contain_text("claimed")
    assert "#" not in fresh.url
    other.close()
    # Whoever has answers already is asked, and loses nothing.
    assess.goto("about:blank")
    assess.goto(link.replace("---", "222", 1))
    assess.get_by_role("button", name="Keep mine").click()
    expect(counted(assess)).to_have_text("2 of 29 answered.")


@pytest.mark.parametrize(
    "fragment",
    [
        "answers=",
        "answers=1~1.0~123",
        "answers=9~1.0~" + "1" * 29,
        "answers=%E0%A4%A",
        "answers=1~0.3~" + "1" * 29,
        "answers=1~1.0~" + "<" * 29,
    ],
)
def test_nonsense_in_a_link_is_ignored_with_a_word(page: Page, site: str, fragment: str) -> None:
    page.goto(f"{site}assess/#{fragment}")
    expect(page.locator("[data-part=notice]")).to_contain_text("The link: it")
    expect(counted(page)).to_have_text("0 of 29 answered.")


def test_kept_answers_that_were_spoiled_do_no_harm(page: Page, site: str) -> None:
    page.goto(f"{site}about/")
    page.evaluate("localStorage.setItem('kb-assess', '{\"answers\": <b>')")
    page.goto(f"{site}assess/")
    expect(counted(page)).to_have_text("0 of 29 answered.")
    expect(page.locator("[data-part=notice]")).to_contain_text("not JSON")


def test_a_browser_that_keeps_nothing_says_so(page: Page, site: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    page.goto(f"{site}assess/")
    choose(page, "reach", "3")
    expect(page.locator("[data-part=kept]")).to_contain_text("save your answers before you leave")
    expect(page.get_by_role("row", name="Access and support")).to_contain_text("3.0 Working")


def test_what_is_filled_in_while_the_page_loads_is_kept(page: Page, site: str) -> None:
    def after_an_answer(route: Route) -> None:
        choose(page, "reach", "3")
        route.continue_()

    page.route("**/assess/rubric.json", after_an_answer)
    page.goto(f"{site}assess/")
    expect(page.locator("[data-part=kept]")).to_have_text("Kept in this browser.")
    expect(counted(page)).to_have_text("1 of 29 answered.")


# --- several raters, and again next year --------------------------------------------------------


def test_several_raters_show_where_views_differ(assess: Page) -> None:
    rows = "role,rater,demand-data,reach\nemployer,Ann,1,2\ntraining-provider,Ben,4,2\n"
    upload(assess, "raters-files", "survey.csv", rows + "union,Cy,nine,2\n")
    expect(
        assess.get_by_role("list", name="Files of raters").get_by_role("listitem")
    ).to_have_count(3)
    expect(assess.locator("[data-part=raters-problems]")).to_contain_text(
        "survey.csv, row 4, column demand-data: “nine” is no answer; left out."
    )
    agreement = assess.locator("[data-part=agreement]")
    expect(agreement).to_contain_text("3 people of 3 kinds rated. The rubric asks for at least 5")
    row = agreement.get_by_role("row", name="One picture of local demand")
    expect(row).to_contain_text("3 levels apart; employers and training providers differ")
    upload(assess, "raters-files", "again.csv", "role,rater,demand-data,reach\nemployer,Ann,1,2\n")
    expect(assess.locator("[data-part=raters-problems]")).to_contain_text(
        "again.csv: the same answers as in survey.csv; counted once."
    )
    # One's own answers count as one more, unless one says otherwise.
    choose(assess, "reach", "4")
    facts = assess.locator(".kb-assess__facts")
    expect(facts).to_contain_text("4: ")
    assess.get_by_label("Count the answers filled in above").uncheck()
    expect(facts).to_contain_text("3: ")
    assess.get_by_role("button", name="Remove survey.csv, Ben").focus()
    assess.keyboard.press("Enter")
    expect(facts).to_contain_text("2: ")


def test_next_year_shows_what_moved(assess: Page) -> None:
    upload(assess, "earlier-files", "2025.csv", "demand-data,reach\n1,3\n")
    choose(assess, "demand-data", "3")
    choose(assess, "reach", "3")
    moved = assess.locator("[data-part=moved]")
    expect(moved.get_by_role("row", name="Employer demand")).to_contain_text("Up 2.0")
    expect(moved).to_contain_text("Same: Reaching people with barriers (3 to 3)")


def test_what_a_file_holds_never_becomes_markup(assess: Page) -> None:
    answers = {"demand-data": {"answer": "<img src=x onerror=alert(1)>"}, "reach": {"answer": 2}}
    evil = {"format": "rewire-rubric-answers", "rater": "<b>x</b>", "answers": answers}
    upload(assess, "raters-files", "<i>.json", json.dumps(evil))
    expect(assess.locator("[data-part=raters-list]")).to_contain_text("<b>x</b>")
    assert assess.locator("kb-assess :is(img, b, i)").count() == 0


# --- for everybody ------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_has_nothing_to_report_on_a_result(assess: Page, scheme: Any, width: int) -> None:
    assess.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assess.set_viewport_size({"width": width, "height": 844})
    rows = "role,demand-data,reach\nemployer,1,not sure\ntraining-provider,4,2\n"
    upload(assess, "raters-files", "survey.csv", rows)
    upload(assess, "earlier-files", "2025.csv", "demand-data,reach\n1,3\n")
    choose(assess, "demand-data", "3")
    expect(assess.locator("[data-part=moved-section]")).to_be_visible()
    found = Axe().run(assess)
    assert found.violations_count == 0, found.generate_report()
    excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert assess.evaluate(excess) <= 0


def test_on_paper_there_is_a_form_and_after_it_how_to_count(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain_page = context.new_page()
    plain_page.emulate_media(media="print")
    plain_page.goto(f"{site}assess/")
    assert plain_page.locator("fieldset").count() == 29
    expect(plain_page.get_by_role("heading", name="How answers are counted")).to_be_visible()
    expect(plain_page.get_by_role("heading", name="Each year")).to_be_visible()
    expect(plain_page.locator("[data-part=tool]")).to_be_hidden()
    expect(plain_page.get_by_role("button", name="Take back")).to_have_count(0)
    context.close()


def test_the_report_prints_without_the_questions(assess: Page) -> None:
    assess.evaluate("window.print = () => {}")
    choose(assess, "reach", "2")
    assess.get_by_role("button", name="Print the report").click()
    assess.emulate_media(media="print")
    expect(assess.locator("fieldset").first).to_be_hidden()
    expect(assess.get_by_role("heading", name="Ramps", exact=False)).to_have_count(0)
    expect(assess.locator(".kb-assess__weak")).to_be_visible()
