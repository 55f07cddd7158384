"""Exploring and comparing as a reader does it."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import Page, Route, expect


def test_arrow_keys_go_from_cell_to_cell_and_say_what_is_there(page: Page, site: str) -> None:
    page.goto(site + "explore/")
    first = page.locator(".kb-gap td a[tabindex='0']")
    expect(first).to_have_count(1)
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "for People with low incomes" in label
    expect(page.locator(".kb-gap__detail")).to_have_text(f"{label}.")


def test_a_phone_begins_with_one_population(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + "explore/")
    expect(page.get_by_label("People served")).not_to_have_value("")
    expect(page.locator(".kb-gap thead th:visible")).to_have_count(2)
    page.get_by_label("Practices", exact=True).select_option("paying-for-results")
    expect(page.locator(".kb-gap tbody:visible")).to_have_count(1)


def test_a_cell_opens_the_search_for_its_case_studies(page: Page, site: str) -> None:
    page.goto(site + "explore/")
    cell = page.get_by_role("link", name="College in prison for Justice-involved people:").first
    count = cell.inner_text().strip()
    cell.click()
    expect(page.get_by_role("heading", level=2, name=f"{count} ")).to_be_visible()


def test_an_empty_cell_opens_the_form_with_what_it_is_about(page: Page, site: str) -> None:
    page.goto(site + "explore/")
    page.get_by_role("link", name="Fair chance hiring for Older workers: no case study").click()
    form = page.locator("kb-record-form")
    expect(form).to_contain_text("Chosen already: “Fair chance hiring” and “Older workers”.")
    page.goto(page.url.split("#")[0] + "#step-who")
    expect(form.get_by_role("list", name="Chosen: Who was served")).to_contain_text("Older workers")
    page.goto(page.url.split("#")[0] + "#step-did")
    expect(form.get_by_role("list", name="Chosen: Practices")).to_contain_text("Fair chance hiring")
    page.goto(site + "contribute/new/?practice=nothing&population=%3Cb%3E")
    expect(page.get_by_label("Name of the program")).to_be_visible()
    expect(page.locator(".kb-form__notice")).to_have_count(0)


def test_outcomes_are_filtered_sorted_and_exported(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(site + "explore/?metric=graduated&design=nonsense#outcomes")
    table = page.locator("kb-outcome-explorer")
    expect(table.get_by_role("status")).to_contain_text("12 outcomes of")
    table.get_by_label("How it was measured").select_option("rct")
    expect(page).to_have_url(site + "explore/?metric=graduated&design=rct#outcomes")
    table.get_by_role("button", name="Difference").click()
    table.get_by_role("button", name="Difference").click()
    expect(table.locator("th[aria-sort=descending]")).to_have_text("Difference")
    with page.expect_download() as download:
        table.get_by_role("button", name="Download these rows as CSV").click()
    file = tmp_path / "outcomes.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == table.locator("tbody tr").count()
    assert {row["metric"] for row in rows} == {"graduated"}
    assert rows[0]["address"].startswith(f"{site}casestudies/")
    points = [float(row["difference"]) for row in rows if row["unit"] == "percent"]
    assert points == sorted(points, reverse=True)


def test_the_table_goes_on_from_what_is_printed(page: Page, site: str) -> None:
    page.goto(site + "explore/")
    table = page.locator("kb-outcome-explorer")
    rows = table.locator("tbody tr")
    more = table.get_by_role("button", name="more")
    total = int(table.get_by_role("status").inner_text().split()[0])
    printed = rows.count()
    assert printed < total
    last = rows.last.inner_text()
    more.click()
    expect(rows).to_have_count(min(2 * printed, total))
    assert rows.nth(printed - 1).inner_text() == last
    while more.is_visible():
        more.click()
        expect(table.get_by_role("status")).to_contain_text(str(rows.count()))
    expect(rows).to_have_count(total)
    expect(rows.locator("a:focus")).to_have_count(1)


def test_an_export_holds_no_formula(page: Page, site: str) -> None:
    page.goto(site + "about/")
    text = page.evaluate(
        """async () => {
          const scripts = document.querySelector("script[type=module]").src;
          const { csv } = await import(new URL("outcome-rows.js", scripts));
          const one = { path: "x/", title: '=HYPERLINK("x")', practices: [], populations: [], cost: null };
          return csv([{ case: one, raw_difference: -3, when: "@now", anchor: "y" }], (path) => path);
        }"""
    )
    line = next(csv.DictReader(text.splitlines()))
    assert line["title"] == '\'=HYPERLINK("x")'
    assert line["when"] == "'@now"
    assert line["difference"] == "-3"


def test_a_chart_tells_its_figures_and_can_be_kept(page: Page, site: str) -> None:
    page.goto(site + "explore/")
    chart = page.locator("kb-chart[name=case-study-map]")
    mark = chart.get_by_role("link", name="New York:")
    mark.focus()
    expect(chart.locator(".kb-chart__tip")).to_have_text(mark.get_attribute("aria-label") or "")
    page.keyboard.press("Escape")
    expect(chart.locator(".kb-chart__tip")).to_be_hidden()
    for name, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as download:
            chart.get_by_role("button", name=f"Download {name}").click()
        assert Path(download.value.path()).read_bytes().startswith(start)
        assert download.value.suggested_filename == f"case-study-map.{name.lower()}"


def test_case_studies_are_chosen_on_cards_and_compared(page: Page, site: str) -> None:
    page.goto(site + "casestudies/")
    cards = page.locator(".kb-card")
    for number in (0, 1):
        cards.nth(number).get_by_role("button", name="Compare:").click()
    cards.nth(1).get_by_role("button", name="Chosen to compare").click()
    cards.nth(2).get_by_role("button", name="Compare:").click()
    titles = [cards.nth(number).get_by_role("heading").inner_text() for number in (0, 2)]
    page.get_by_role("complementary", name="Comparison").get_by_role("link").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    for title in titles:
        expect(page.get_by_role("columnheader", name=title)).to_be_visible()
    rows = page.locator(".kb-compare tbody tr")
    all_rows = rows.count()
    page.get_by_label("Show only what differs").check()
    assert 0 < rows.count() < all_rows


def test_an_address_with_too_many_or_unknown_ids_shows_what_it_can(page: Page, site: str) -> None:
    page.goto(site + "compare/?ids=year-up,cuny-asap,nope,%3Cb%3E,per-scholas,apprenti,workadvance")
    expect(page.get_by_role("columnheader")).to_have_count(4)
    said = page.locator(".kb-compare [role=status]")
    expect(said).to_contain_text("There is no case study with the id “nope”, “<b>”.")
    expect(said).to_contain_text("more than 4; the first 4 that are there are shown")
    page.get_by_role("button", name="Take out: Year Up").click()
    expect(page).to_have_url(site + "compare/?ids=cuny-asap,per-scholas,apprenti")
    page.get_by_label("Add a case study by its name").fill("vida in the rio")
    page.keyboard.press("Enter")
    expect(page).to_have_url(
        site + "compare/?ids=cuny-asap,per-scholas,apprenti,vida-rio-grande-valley"
    )
    page.go_back()
    expect(page.get_by_role("columnheader")).to_have_count(3)


def test_what_comes_too_late_does_not_take_the_place_of_what_was_asked_for_since(
    page: Page, site: str
) -> None:
    page.goto(site + "compare/?ids=year-up,cuny-asap")
    expect(page.get_by_role("columnheader")).to_have_count(2)
    late: list[Route] = []
    page.route("**/per-scholas/card.json", lambda route: late.append(route))
    page.get_by_label("Add a case study by its name").fill("per scholas")
    with page.expect_request("**/per-scholas/card.json"):
        page.keyboard.press("Enter")
    page.go_back()
    expect(page).to_have_url(site + "compare/?ids=year-up,cuny-asap")
    with page.expect_response("**/per-scholas/card.json") as response:
        late[0].continue_()
    response.value.finished()
    page.get_by_label("Show only what differs").check()
    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_nothing_chosen_says_how_to_choose(page: Page, site: str) -> None:
    page.goto(site + "compare/")
    said = page.locator(".kb-compare [role=status]")
    expect(said).to_contain_text("Nothing is chosen yet.")
    page.get_by_label("Add a case study by its name").fill("zebra")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("No case study has “zebra” in its name.")


def test_comparing_works_where_nothing_can_be_kept(page: Page, site: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
    )
    page.goto(site + "casestudies/year-up/")
    page.get_by_role("button", name="Compare: Year Up").click()
    expect(page.get_by_role("complementary", name="Comparison")).to_contain_text("1 case study")
