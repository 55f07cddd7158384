"""One page of every kind: accessible in both palettes and on a phone, and readable without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_whole

PAGES = {
    "home": "",
    "case study": "casestudies/cuny-asap/",
    "case study without comparison": "casestudies/jackson-college-corrections-education/",
    "practice": "practices/registered-apprenticeship/",
    "policy note": "policies/wioa-pay-for-performance/",
    "expired policy note": "policies/second-chance-pell/",
    "population": "populations/justice-involved/",
    "state": "states/ny/",
    "state without case studies": "states/wy/",
    "sector": "sectors/information-technology/",
    "program area": "program-areas/corrections/",
    "list of case studies": "casestudies/",
    "list of practices": "practices/",
    "list of policies": "policies/",
    "collection": "collections/what-employers-did/",
    "list of collections": "collections/",
    "empty deck": "deck/",
    "deck": "deck/#e=casestudies/cuny-asap,practices/pay-for-success,nothing",
    "present": "present/",
    "glossary": "glossary/",
    "explore": "explore/",
    "comparison": "compare/?ids=cuny-asap,year-up",
    "communities": "communities/",
    "playbook": "playbooks/prison-education-program/",
    "list of playbooks": "playbooks/",
    "search": "search/?q=apprenticeship",
    "rubric": "assess/",
    "what is new": "updates/",
    "written page": "about/",
    "page with code": "contribute/",
    "fields": "contribute/fields/",
    "findings": "contribute/findings/",
    "standard": "contribute/standard/",
    "data": "data/",
    "form for a new record": "contribute/new/",
    "form for a record": "contribute/new/?edit=casestudies/cuny-asap",
    "not found": "404.html",
}
# What is there once the script of a page has done its part, by how the page's address begins.
READY = {
    "deck/": "[data-part=empty]",
    "deck/#": ".kb-entry__title a",
    "present/": ".kb-present__message",
    "compare/": ".kb-compare__table",
    "search/": "[data-part=main][aria-busy=false]",
    "assess/": "[data-part=bar]",
    "contribute/new/": "[data-part=live]",
}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


# (palette, width): each palette and each width once
VIEWS: tuple[tuple[Any, int], ...] = (("light", 1280), ("dark", 390))


def open_ready(page: Page, site: str, path: str) -> None:
    open_whole(page, site + path)
    begins = max((start for start in READY if path.startswith(start)), key=len, default=None)
    if begins:
        expect(page.locator(READY[begins]).first).to_be_visible()


@every_page
def test_axe_has_nothing_to_report(page: Page, site: str, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_ready(page, site, path)
    for scheme, width in VIEWS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        scheme_of_page = {"light": "default", "dark": "slate"}[scheme]
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme_of_page)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{scheme}, {width}: {found.generate_report()}"


@every_page
def test_nothing_is_wider_than_the_window(page: Page, site: str, path: str) -> None:
    open_ready(page, site, path)
    excess = {}
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 800})
        excess[width] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    assert all(more <= 0 for more in excess.values()), excess


@pytest.fixture(scope="module")
def without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@every_page
def test_the_words_are_there_without_javascript(without_script: Page, site: str, path: str) -> None:
    without_script.goto(site + path)
    assert without_script.locator("h1").first.is_visible()
    assert len(without_script.locator("main").inner_text()) > 80
    assert without_script.get_by_role("link", name="Case studies").first.count() == 1


@every_page
def test_the_first_tab_skips_to_the_content(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    assert "md-skip" in focused


def test_the_palette_is_kept_from_page_to_page(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site + "about/")
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == "default"
    for _ in range(2):  # from the system's choice to light, from light to dark
        page.locator("[data-md-component=palette] label:visible").click()
    assert body.get_attribute("data-md-color-scheme") == "slate"
    page.goto(site + "casestudies/cuny-asap/")
    assert body.get_attribute("data-md-color-scheme") == "slate"
