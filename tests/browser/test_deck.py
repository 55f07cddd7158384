"""The deck: collecting pages, putting them in order, keeping, sharing and printing them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

CASE, PRACTICE, POLICY = (
    "casestudies/cuny-asap",
    "practices/pay-for-success",
    "policies/wioa-pay-for-performance",
)
THREE = f"deck/#t=Board%20meeting&e={CASE},{PRACTICE},{POLICY}"


def titles(page: Page) -> list[str]:
    return page.locator(".kb-entry__title").all_inner_texts()


def shown(page: Page, count: int) -> None:
    """Wait until the deck shows its entries, all of them loaded."""
    expect(page.locator(".kb-entry")).to_have_count(count)
    expect(page.locator(".kb-entry__state", has_text="Loading")).to_have_count(0)


@pytest.fixture
def mine(page: Page, site: str) -> Page:
    """A page whose own deck holds a case study, a practice and a policy note."""
    page.goto(site + THREE)
    shown(page, 3)
    page.get_by_role("button", name="Make it my deck").click()
    expect(page.get_by_role("heading", name="Your deck", exact=True)).to_be_visible()
    shown(page, 3)
    return page


def test_pages_and_outcomes_are_added_and_counted(page: Page, site: str) -> None:
    page.goto(site + CASE + "/")
    page.get_by_role("button", name="Add to deck: CUNY ASAP").click()
    page.get_by_role("button", name="Add to deck: Graduated, 3 years (6 semesters)").click()
    expect(page.get_by_role("link", name="Your deck, 2 entries")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="In your deck: CUNY ASAP")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("link", name="Your deck, 2 entries").click()
    shown(page, 2)
    assert titles(page) == [
        "CUNY ASAP: full support for three years",
        "Graduated, 3 years (6 semesters) (CUNY ASAP: full support for three years)",
    ]


def test_case_studies_of_a_deck_are_compared(page: Page, site: str) -> None:
    page.goto(f"{site}deck/#e={CASE},{PRACTICE},casestudies/year-up")
    shown(page, 3)
    page.get_by_role("button", name="Compare: CUNY ASAP: full support for three years").click()
    expect(page.get_by_role("complementary", name="Comparison")).to_contain_text(
        "1 case study chosen: CUNY ASAP"
    )
    page.get_by_role("link", name="Compare the case studies").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    assert page.url.endswith("compare/?ids=cuny-asap,year-up")


def test_an_added_page_is_taken_out_again_by_the_same_button(page: Page, site: str) -> None:
    page.goto(site + PRACTICE + "/")
    page.get_by_role("button", name="Add to deck").click()
    page.get_by_role("button", name="In your deck").click()
    expect(page.get_by_role("button", name="Add to deck")).to_be_visible()
    expect(page.get_by_role("link", name="Your deck", exact=True)).to_be_visible()


def test_without_javascript_there_is_no_button_that_does_nothing(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    for path in (CASE + "/", "collections/what-employers-did/", "deck/", "present/"):
        plain.goto(site + path)
        buttons = plain.locator(".md-content button, .md-content .kb-button, kb-deck-link").all()
        assert not [button for button in buttons if button.is_visible()]
    plain.goto(site + "deck/")
    assert plain.get_by_role("link", name="collections").first.is_visible()
    context.close()


def test_entries_are_moved_by_keyboard_and_it_is_said(mine: Page) -> None:
    first, second, third = titles(mine)
    mine.get_by_role("button", name=f"Move down: {first}").focus()
    mine.keyboard.press("Enter")
    assert titles(mine) == [second, first, third]
    expect(mine.locator("[data-part=status]")).to_have_text(f"{first}: now 2 of 3")
    expect(mine.get_by_role("button", name=f"Move down: {first}")).to_be_focused()
    mine.keyboard.press("Enter")
    assert titles(mine) == [second, third, first]
    # At the end there is no further down: the focus goes to the button that still does something.
    expect(mine.get_by_role("button", name=f"Move up: {first}")).to_be_focused()
    mine.reload()
    shown(mine, 3)
    assert titles(mine) == [second, third, first]


def test_entries_are_moved_by_dragging(mine: Page) -> None:
    first, second, third = titles(mine)
    mine.set_viewport_size({"width": 1280, "height": 1600})
    handles = mine.locator(".kb-entry__handle")
    handles.nth(2).hover()
    mine.mouse.down()
    for _ in range(2):  # a browser tells a page of dragging from the second move on
        handles.nth(0).hover()
    mine.mouse.up()
    assert titles(mine) == [third, first, second]


def test_a_removed_entry_comes_back_with_its_note(mine: Page) -> None:
    before = titles(mine)
    mine.get_by_label(f"What to say about {before[1]}").fill("Say this.")
    mine.get_by_role("button", name=f"Remove: {before[1]}").click()
    assert titles(mine) == [before[0], before[2]]
    mine.get_by_role("button", name="Undo").click()
    assert titles(mine) == before
    mine.reload()
    shown(mine, 3)
    expect(mine.get_by_label(f"What to say about {before[1]}")).to_have_value("Say this.")


def test_an_emptied_deck_comes_back(mine: Page) -> None:
    mine.get_by_role("button", name="Empty the deck").click()
    expect(mine.get_by_text("Your deck is empty.")).to_be_visible()
    mine.get_by_role("button", name="Undo").click()
    shown(mine, 3)


def test_a_shared_deck_leaves_the_readers_own_alone(mine: Page, site: str) -> None:
    mine.goto(site + "about/")
    mine.goto(site + f"deck/#t=Theirs&e={CASE}.outcome-nothing,{CASE}")
    shown(mine, 2)
    expect(mine.get_by_role("heading", name="A shared deck")).to_be_visible()
    mine.get_by_label("Title of the deck").fill("Changed")
    expect(mine).to_have_url(re.compile("t=Changed"))
    mine.get_by_role("link", name="Go to my deck").click()
    shown(mine, 3)
    mine.go_back()
    shown(mine, 2)
    mine.get_by_role("button", name="Add it to the end of my deck").click()
    shown(mine, 4)
    mine.get_by_role("button", name="Put my old deck back").click()
    shown(mine, 3)


def test_the_shared_link_opens_the_same_deck_elsewhere(mine: Page, browser: Browser) -> None:
    mine.bring_to_front()  # a page that is not in front may not write to the clipboard
    mine.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mine.get_by_label("Title of the deck").fill("عرض, 100% & more 🎉")
    mine.get_by_role("button", name="Copy a link to this deck").click()
    expect(mine.get_by_text("The link is copied.")).to_be_visible()
    link = mine.evaluate("navigator.clipboard.readText()")
    other = browser.new_context().new_page()
    other.goto(link)
    shown(other, 3)
    expect(other.get_by_label("Title of the deck")).to_have_value("عرض, 100% & more 🎉")
    other.context.close()


def test_what_is_not_known_stays_and_is_said(browser: Browser, site: str) -> None:
    fresh = browser.new_context().new_page()  # a missing file is told to the console
    odd = ["casestudies/no-such-thing", "../../etc/passwd", "<b>x</b>", "javascript:alert(1)"]
    fresh.goto(site + f"deck/#e={CASE},{','.join(quote(one, safe='') for one in odd)}")
    shown(fresh, 5)
    expect(fresh.get_by_text("4 entries lead to no page of the library")).to_be_visible()
    assert fresh.locator(".kb-entry b").count() == 0
    fresh.get_by_role("button", name="Make it my deck").click()
    shown(fresh, 5)
    fresh.context.close()


def test_five_hundred_entries_are_kept_and_a_hundred_shown(browser: Browser, site: str) -> None:
    fresh = browser.new_context().new_page()
    fresh.goto(site + "deck/#e=" + ",".join(f"Not a page {n}" for n in range(500)))
    shown(fresh, 100)
    expect(fresh.get_by_text("This deck has 500 entries. The first 100 are shown")).to_be_visible()
    fresh.get_by_role("button", name="Remove: Not a page 7", exact=True).click()
    expect(fresh.get_by_text("This deck has 499 entries.")).to_be_visible()
    assert titles(fresh)[-1] == "Not a page 100"
    assert fresh.evaluate("location.hash.split(',').length") == 499
    fresh.context.close()


@pytest.mark.parametrize(
    "broken", ["{", '{"entries": 5}', "null", '{"entries": [null, {"id": 3}]}']
)
def test_a_spoiled_store_is_an_empty_deck(page: Page, site: str, broken: str) -> None:
    page.goto(site + "about/")
    page.evaluate("broken => localStorage.setItem('/.kb-deck', broken)", broken)
    page.goto(site + "deck/")
    expect(page.get_by_text("Your deck is empty.")).to_be_visible()


def test_where_nothing_can_be_kept_it_is_said_and_a_link_holds_the_deck(
    page: Page, site: str
) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    page.goto(site + CASE + "/")
    page.get_by_role("button", name="Add to deck: CUNY ASAP").click()
    page.get_by_role("link", name="Open the deck now").click()
    shown(page, 1)
    page.get_by_role("button", name="Make it my deck").click()
    expect(page.get_by_text("This browser can't keep it")).to_be_visible()
    shown(page, 1)


def test_an_entry_that_could_not_be_fetched_can_be_tried_again(browser: Browser, site: str) -> None:
    fresh = browser.new_context().new_page()
    fresh.route("**/cuny-asap/card.json", lambda route: route.abort())
    fresh.goto(site + f"deck/#e={CASE},{PRACTICE}")
    shown(fresh, 2)
    fresh.unroute("**/cuny-asap/card.json")
    fresh.get_by_role("button", name="Try again").click()
    expect(fresh.get_by_role("link", name="CUNY ASAP: full support")).to_be_visible()
    fresh.context.close()


def test_the_deck_loads_only_what_it_shows(mine: Page) -> None:
    asked: list[str] = []
    mine.on("request", lambda request: asked.append(request.url))
    mine.reload()
    shown(mine, 3)
    assert len([url for url in asked if url.endswith("card.json")]) == 3
    assert not [url for url in asked if "pptxgen" in url]


def test_a_collection_opens_as_a_deck_with_its_notes(page: Page, site: str) -> None:
    page.goto(site + "collections/what-employers-did/")
    page.get_by_role("link", name="Open as a deck").click()
    shown(page, 9)
    note = page.get_by_label("What to say about Kentucky FAME")
    assert note.input_value().startswith("Employers own it")
    expect(page.get_by_label("Title of the deck")).to_have_value("What employers did")


def test_a_collection_that_is_not_there_is_said(browser: Browser, site: str) -> None:
    fresh = browser.new_context().new_page()
    fresh.goto(site + "deck/#c=no-such-collection")
    expect(fresh.get_by_text("The library has no collection “no-such-collection”")).to_be_visible()
    fresh.goto(site + "about/")
    fresh.goto(site + "present/#c=no-such-collection")
    expect(fresh.get_by_text("The library has no such collection.")).to_be_visible()
    fresh.context.close()


def test_markdown_holds_words_sources_and_links(mine: Page, tmp_path: Path) -> None:
    name = titles(mine)[0]
    mine.get_by_label(f"What to say about {name}").fill("Ask *who* paid.")
    with mine.expect_download() as download:
        mine.get_by_role("button", name="Download Markdown").click()
    assert download.value.suggested_filename == "board-meeting.md"
    download.value.save_as(tmp_path / "deck.md")
    text = (tmp_path / "deck.md").read_text("utf-8")
    assert text.startswith("# Board meeting\n")
    assert "## CUNY ASAP: full support for three years" in text
    assert "> Ask \\*who\\* paid." in text
    assert "program 40.1%, control group 21.8% (+18.3 points)." in text
    assert "https://ies.ed.gov/ncee/wwc/Study/81588" in text
    assert "Rewire is an independent project. It is not a government site." in text


def test_the_handout_is_all_that_the_deck_prints(mine: Page) -> None:
    mine.emulate_media(media="print")
    mine.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheets = mine.locator(".kb-sheet")
    expect(sheets).to_have_count(3)
    expect(sheets.first).to_be_visible()
    expect(sheets.first.get_by_role("img", name="QR code that leads to CUNY ASAP")).to_be_visible()
    for hidden in (".md-header", ".md-tabs", ".kb-deck__entries", ".kb-deck h1"):
        expect(mine.locator(hidden).first).to_be_hidden()
    mine.emulate_media(media="screen")
    expect(sheets.first).to_be_hidden()


def pdf_pages(page: Page, format: str) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format=format)))


@pytest.mark.parametrize("format", ["Letter", "A4"])
def test_a_handout_has_one_page_for_each_record(
    page: Page, site: str, real_site: Path, format: str
) -> None:
    ids = [
        path.parent.relative_to(real_site).as_posix()
        for kind in ("casestudies", "practices", "policies")
        for path in sorted((real_site / kind).glob("*/card.json"))
    ][-100:]
    page.goto(f"{site}deck/#e={','.join(ids)}")
    shown(page, 100)
    assert pdf_pages(page, format) == 100


@pytest.mark.parametrize(
    "note", ["word " * 800, "\n".join(map(str, range(1000))), "ملاحظة " * 570, "w" * 4000]
)
def test_a_long_note_keeps_to_its_page(page: Page, site: str, note: str) -> None:
    page.goto(f"{site}deck/#t={quote('A long title ' * 23)}&e={CASE},{POLICY}")
    shown(page, 2)
    # As somebody pastes it, but at once: a browser takes seconds to type a thousand lines.
    page.get_by_label("What to say about WIOA Pay-for-Performance").evaluate(
        "(area, note) => { area.value = note; area.dispatchEvent(new Event('input', { bubbles: true })); }",
        note,
    )
    assert pdf_pages(page, "Letter") == 2
    last = page.locator(".kb-sheet").last
    assert re.search(r"\d+ more points? at the short link", last.text_content() or "")
    assert "independent project" in (last.text_content() or "")


def test_a_page_prints_without_what_one_clicks(page: Page, site: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site + CASE + "/")
    for hidden in (".md-header", ".md-tabs", ".md-sidebar", ".headerlink", "kb-add-to-deck"):
        expect(page.locator(hidden).first).to_be_hidden()
    shown_address = page.locator(".kb-sources a").first.evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert "https://ies.ed.gov/ncee/wwc/Study/81588" in shown_address
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert page.locator(".kb-footer").inner_text().startswith("Rewire is an independent project.")
    expect(page.locator(".kb-footer__address")).to_contain_text(f"/{CASE}/")
    expect(page.locator(".kb-paper-link")).to_contain_text("/s/")
    page.emulate_media(media="screen")
    expect(page.locator(".kb-paper-link")).to_be_hidden()
    expect(page.locator(".kb-footer__address")).to_be_hidden()
