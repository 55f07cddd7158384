"""Short links and the share panel in a real browser: with and without script, by keyboard, below a path."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from generator.build import read_library
from tests.browser.conftest import _Handler, open_whole
from tests.conftest import PROJECT
from tests.printing.test_asides import build, library

PAGES = {
    "case study": "casestudies/cuny-asap/",
    "practice": "practices/registered-apprenticeship/",
    "policy note": "policies/wioa-pay-for-performance/",
    "term": "populations/veterans/",
    "collection": "collections/what-employers-did/",
}
ASAP = read_library(PROJECT).codes["case-study", "cuny-asap"]


@pytest.fixture(scope="module")
def below(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site as it stands below a path: http://HOST/rewire/."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "rewire").symlink_to(real_site)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/rewire/"
        server.shutdown()


def test_a_short_link_keeps_the_section(page: Page, site: str) -> None:
    page.goto(f"{site}s/{ASAP}/#outcomes")
    page.wait_for_url(f"{site}casestudies/cuny-asap/#outcomes")
    page.go_back()
    assert "/s/" not in page.url, "the short link is no stop on the way back"


def test_a_short_link_works_without_script_and_below_a_path(browser: Browser, below: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{below}s/{ASAP}/")
    plain.wait_for_url(f"{below}casestudies/cuny-asap/")
    context.close()


def test_a_short_link_keeps_the_section_below_a_path(browser: Browser, below: str) -> None:
    context = browser.new_context()
    plain = context.new_page()
    plain.goto(f"{below}s/{ASAP}/#sources")
    plain.wait_for_url(f"{below}casestudies/cuny-asap/#sources")
    context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_report_on_the_open_panel(
    page: Page, site: str, path: str, scheme: str
) -> None:
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    open_whole(page, site + path)
    page.locator(".kb-share > summary").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_panel_fits_the_window(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + PAGES["case study"])
    page.locator(".kb-share > summary").click()
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_axe_has_nothing_to_report_on_an_embedded_page(page: Page, site: str) -> None:
    page.goto(f"{site}embed/{ASAP}/")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("CUNY ASAP"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_panel_copies_by_keyboard_and_says_so(page: Page, site: str) -> None:
    page.bring_to_front()  # a page that is not in front may not write to the clipboard
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_whole(page, site + PAGES["case study"])
    summary = page.locator(".kb-share > summary")
    summary.focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Copy: Short link")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Short link: copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/s/{ASAP}/")
    page.get_by_role("button", name="Copy: APA").click()
    expect(page.get_by_role("status").filter(has_text="APA: copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Rewire. (2026, ")


def test_a_browser_that_forbids_copying_selects_the_text(page: Page, site: str) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")
    open_whole(page, site + PAGES["case study"])
    page.locator(".kb-share > summary").click()
    page.get_by_role("button", name="Copy: Short link").click()
    expect(page.get_by_role("status").filter(has_text="Selected")).to_be_visible()
    assert page.evaluate("getSelection().toString()").strip().endswith(f"/s/{ASAP}/")


@pytest.mark.parametrize(
    "part", ["h2 > .headerlink", "th > .headerlink", ".kb-sources .headerlink"]
)
def test_headings_outcomes_and_sources_copy_their_own_address(
    page: Page, site: str, part: str
) -> None:
    page.bring_to_front()  # a page that is not in front may not write to the clipboard
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_whole(page, site + PAGES["case study"])
    link = page.locator(part).first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert page.locator(f"[id='{copied.partition('#')[2]}']").count() == 1


def test_the_panel_is_plain_text_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site + PAGES["case study"])
    plain.locator(".kb-share > summary").click()
    panel = plain.locator(".kb-share")
    for words in (f"/s/{ASAP}/", "40.1% in the program, 21.8% in comparison", "BibTeX", "<iframe"):
        expect(panel).to_contain_text(words)
    assert panel.get_by_role("button").count() == 0
    context.close()


def test_the_qr_code_is_loaded_when_the_panel_opens(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_whole(page, site + PAGES["case study"])
    assert not [url for url in asked if "qr." in url]
    page.locator(".kb-share > summary").click()
    page.wait_for_function("document.querySelector('.kb-share img').naturalWidth > 0")
    picture = Image.open(io.BytesIO(page.locator(".kb-share img").screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == page.locator("link[rel=shortlink]").get_attribute("href")


def test_axe_has_nothing_to_report_on_a_removed_records_page(
    browser: Browser, tmp_path: Path
) -> None:
    built = build(library(tmp_path / "library"))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=built)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        gone = context.new_page()
        gone.goto(f"http://127.0.0.1:{server.server_address[1]}/s/wxy234/")
        gone.wait_for_url(re.compile("/casestudies/dawn/$"))
        expect(gone.get_by_role("main")).to_contain_text("This page was removed")
        found = Axe().run(gone)
        assert found.violations_count == 0, found.generate_report()
        context.close()
        server.shutdown()


def test_another_site_can_show_a_record(browser: Browser, site: str, below: str) -> None:
    """`below` is another origin: another port."""
    context = browser.new_context()
    host = context.new_page()
    host.goto(below + "robots.txt")
    host.set_content(f'<iframe src="{site}embed/{ASAP}/" width="600" height="320"></iframe>')
    expect(host.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    context.close()


def test_a_short_code_in_capitals_is_understood(page: Page, site: str, real_site: Path) -> None:
    """Hosts show 404.html for an address that is not there."""
    html = (real_site / "404.html").read_text("utf-8")
    page.route(
        "**/s/*/",
        lambda route: (
            route.fulfill(body=html, content_type="text/html")
            if re.search("/s/[A-Z0-9]+/$", route.request.url)
            else route.continue_()
        ),
    )
    page.goto(f"{site}s/{ASAP.upper()}/")
    page.wait_for_url(re.compile(r"/casestudies/cuny-asap/$"))
