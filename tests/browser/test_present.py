"""Presenting from the browser: keys, the address, notes, a phone, and no network."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

EMPLOYERS = "present/#c=what-employers-did"


@pytest.fixture
def show(page: Page, site: str) -> Page:
    page.goto(site + EMPLOYERS)
    expect(page.get_by_role("dialog", name="Presentation")).to_be_visible()
    return page


def test_keys_lead_through_the_slides_and_the_address_follows(show: Page) -> None:
    expect(show.locator(".kb-slide__title")).to_have_text("What employers did")
    steps = (
        ("ArrowRight", 2),
        ("Space", 3),
        ("PageDown", 4),
        ("ArrowLeft", 3),
        ("End", 11),
        ("ArrowRight", 11),
        ("Home", 1),
        ("ArrowLeft", 1),
    )
    for key, number in steps:
        show.keyboard.press(key)
        expect(show).to_have_url(re.compile(rf"#c=what-employers-did&n={number}$"))
        expect(show.locator(".kb-show__count")).to_have_text(f"{number} / 11")
    show.keyboard.press("Escape")
    expect(show.get_by_role("dialog")).to_be_hidden()
    show.get_by_role("button", name="Go on presenting").click()
    expect(show.get_by_role("dialog", name="Presentation")).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "shown"), [("3", 3), ("99", 11), ("0", 1), ("-4", 1), ("x", 1), ("2.5", 1)]
)
def test_an_address_leads_to_its_slide(page: Page, site: str, asked: str, shown: int) -> None:
    page.goto(f"{site}{EMPLOYERS}&n={asked}")
    expect(page.locator(".kb-show__count")).to_have_text(f"{shown} / 11")


def test_everything_is_there_without_a_network(show: Page) -> None:
    show.context.set_offline(True)
    show.keyboard.press("End")
    expect(show.locator(".kb-slide__links li")).to_have_count(9)
    show.keyboard.press("n")
    for number in range(11, 1, -1):
        expect(show.locator(".kb-show__count")).to_have_text(f"{number} / 11")
        show.keyboard.press("ArrowLeft")
    expect(show.locator(".kb-slide--title")).to_be_visible()
    with show.context.expect_page() as opened:
        show.keyboard.press("w")
    expect(opened.value.locator("main")).to_contain_text("Slide 1 of 11")


def test_the_speaker_reads_notes_in_a_panel_or_a_window(show: Page) -> None:
    show.keyboard.press("n")
    show.keyboard.press("ArrowRight")
    show.keyboard.press("ArrowRight")
    panel = show.get_by_role("complementary", name="Speaker notes")
    expect(panel).to_contain_text("Employers own it")
    expect(panel).to_contain_text("Next: WRTP/BIG STEP")
    with show.context.expect_page() as opened:
        show.get_by_role("button", name="Speaker window").click()
    window = opened.value
    expect(window.locator("main")).to_contain_text("Employers own it")
    window.get_by_role("button", name="Next").click()
    expect(show.locator(".kb-slide__title")).to_contain_text("WRTP/BIG STEP")
    window.keyboard.press("ArrowRight")
    expect(window.locator("main")).to_contain_text("Slide 5 of 11")
    expect(show.locator(".kb-show__count")).to_have_text("5 / 11")


def test_nothing_is_cut_off_on_a_phone_or_a_projector(page: Page, site: str) -> None:
    for width, height in ((390, 844), (844, 390), (1024, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site}about/")
        page.goto(f"{site}{EMPLOYERS}&n=3")
        stage = page.locator(".kb-show__stage")
        expect(stage).to_be_visible()
        assert stage.evaluate("stage => stage.scrollWidth - stage.clientWidth") <= 0
        if width >= 1024:
            assert stage.evaluate("stage => stage.scrollHeight - stage.clientHeight") <= 0


def test_a_finger_turns_the_slides(page: Page, site: str) -> None:
    page.goto(site + EMPLOYERS)
    expect(page.get_by_role("dialog")).to_be_visible()
    swipe = """(stage, [from, to]) => {
        for (const [name, x] of [["touchstart", from], ["touchend", to]]) {
            const touch = new Touch({ identifier: 1, target: stage, clientX: x, clientY: 300 });
            stage.dispatchEvent(new TouchEvent(name, { touches: [touch], changedTouches: [touch] }));
        }
    }"""
    stage = page.locator(".kb-show__stage")
    stage.evaluate(swipe, [300, 100])
    expect(page.locator(".kb-show__count")).to_have_text("2 / 11")
    stage.evaluate(swipe, [100, 300])
    expect(page.locator(".kb-show__count")).to_have_text("1 / 11")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_report_on_slides(page: Page, site: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    for number in (1, 3, 11):
        page.goto(site + "about/")
        page.goto(f"{site}{EMPLOYERS}&n={number}")
        expect(page.locator(".kb-show__count")).to_have_text(f"{number} / 11")
        page.keyboard.press("n")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_an_empty_deck_says_so(page: Page, site: str) -> None:
    page.goto(site + "present/")
    expect(page.get_by_text("There is nothing to present yet")).to_be_visible()
