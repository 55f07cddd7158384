"""What a page loads when it is first seen, and what moves around its text."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_whole

CASE = "casestudies/cuny-asap/"
LONG = "contribute/standard/"

LOADED = """() => performance.getEntriesByType("resource")
  .map(({ name, renderBlockingStatus }) => [new URL(name).pathname, renderBlockingStatus])"""


def loaded(page: Page) -> dict[str, bool]:
    """The names of the files that a page has loaded, and whether its first paint waited for each."""
    return {path.rsplit("/", 1)[1]: status == "blocking" for path, status in page.evaluate(LOADED)}


def test_the_first_paint_of_a_case_study_waits_for_one_sheet_only(page: Page, site: str) -> None:
    open_whole(page, site + CASE)
    assert [name for name, blocks in loaded(page).items() if blocks] == ["site.css"]
    assert page.locator("script[src]:not([type=module], [defer], [async])").count() == 0


def test_a_case_study_loads_nothing_for_what_is_not_used(page: Page, site: str) -> None:
    open_whole(page, site + CASE)
    names = loaded(page)
    tools = [n for n in names if n.startswith(("search-", "deck-")) and n.endswith(".js")]
    assert sorted(tools) == ["deck-link.js", "deck-state.js", "deck-store.js", "search-box.js"]
    assert sorted(n for n in names if n.endswith(".css")) == ["print.css", "site.css"]
    assert sorted(n for n in names if n.endswith(".woff2")) == [
        "atkinson-hyperlegible-next-basic.woff2",
        "newsreader-basic-600.woff2",
    ]


def test_suggestions_are_loaded_by_who_goes_to_the_search(page: Page, site: str) -> None:
    open_whole(page, site + CASE)
    box = page.get_by_role("combobox", name="Search the library")
    box.press_sequentially("pell")
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    assert "search-suggest.js" in loaded(page)


def test_nothing_moves_while_a_case_study_loads(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.moved += entry.value)))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    for late in ("**/js/*.js", "**/*.woff2"):
        page.route(late, lambda route: (page.wait_for_timeout(300), route.continue_()))
    open_whole(page, site + CASE)
    expect(page.get_by_role("button", name="Compare").first).to_be_visible()
    assert page.evaluate("window.moved") < 0.1  # "good" in Google's Web Vitals


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_systems_colors_need_no_script(browser: Browser, site: str, scheme: Any) -> None:
    grounds = []
    for script in (False, True):
        context = browser.new_context(java_script_enabled=script, color_scheme=scheme)
        page = context.new_page()
        page.goto(site + CASE)
        style = page.locator("body")
        expect(style).to_have_css("color-scheme", scheme)
        grounds.append(style.evaluate("(body) => getComputedStyle(body).backgroundColor"))
        context.close()
    assert grounds[0] == grounds[1]


def test_colors_that_were_chosen_come_before_the_page(page: Page, site: str) -> None:
    key = f"{urlsplit(site).path}.__palette"
    choice = (
        """{"index": 2, "color": {"media": "(prefers-color-scheme: dark)", "scheme": "slate"}}"""
    )
    page.add_init_script(f"localStorage.setItem({key!r}, {choice!r})")
    page.goto(site + CASE)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.get_by_title("Switch to system preference")).to_be_visible()
    page.get_by_title("Switch to system preference").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    expect(page.get_by_title("Switch to light mode")).to_be_visible()


def test_damaged_colors_in_storage_are_no_colors(page: Page, site: str) -> None:
    key = f"{urlsplit(site).path}.__palette"
    page.add_init_script(f"""localStorage.setItem({key!r}, '{{"index": 9, "color": 3}}')""")
    page.goto(site + CASE)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_the_list_of_contents_follows_the_text(page: Page, site: str) -> None:
    page.goto(site + CASE)
    contents = page.locator(".md-sidebar--secondary")
    active = contents.locator(".md-nav__link--active")
    expect(active).to_have_count(0)
    contents.locator("a[href='#results']").click()
    expect(active).to_have_attribute("href", "#results")
    expect(page.locator(".md-tabs")).to_have_attribute("hidden", "")
    expect(page.locator(".md-header")).to_have_class("md-header md-header--shadow")
    page.evaluate("scrollTo(0, 0)")
    expect(active).to_have_count(0)


def test_who_goes_back_up_is_taken_to_the_top(page: Page, site: str) -> None:
    page.goto(site + CASE)
    top = page.get_by_role("button", name="Back to top", include_hidden=True)
    expect(top).to_have_attribute("hidden", "")
    page.mouse.move(640, 400)
    page.mouse.wheel(0, 2500)
    page.wait_for_function("scrollY >= 2500")
    expect(top).to_have_attribute("hidden", "")
    page.mouse.wheel(0, -200)
    expect(top).not_to_have_attribute("hidden", "")
    top.click()
    page.wait_for_function("scrollY === 0")
    expect(top).to_have_attribute("hidden", "")


def test_the_drawer_closes_when_one_goes_to_a_part_of_the_page(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site + LONG)
    drawer = page.locator("#__drawer")
    page.locator(".md-header label[for=__drawer]").click()
    expect(drawer).to_be_checked()
    page.evaluate("location.hash = document.querySelector('h2[id]').id")
    expect(drawer).not_to_be_checked()


def test_paper_shows_what_is_folded(page: Page, site: str) -> None:
    page.goto(site + CASE)
    folded = page.locator(".md-content details:not([open])")
    before = folded.count()
    assert before
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


def test_wide_tables_of_written_pages_scroll_by_themselves(page: Page, site: str) -> None:
    page.goto(site + LONG)
    wrapped = page.locator(".md-typeset__scrollwrap > .md-typeset__table > table")
    assert wrapped.count() == page.locator(".md-content table:not([class])").count() > 0
