"""The offline edition, unpacked and opened by double click: no server, no network."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from generator.cli import main
from tests.conftest import TINY, made_whole


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the unpacked edition of the tiny library; its folder has an awkward name."""
    root = made_whole(Path(shutil.copytree(TINY, tmp_path_factory.mktemp("offline") / "library")))
    done = CliRunner().invoke(
        main, ["build", "--root", str(root), "--offline"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    target = root / "my talk #1 (100%)"
    with zipfile.ZipFile(root / "site" / "data" / "rewire-offline.zip") as archive:
        archive.extractall(target)
    return (target / "rewire-offline").as_uri()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window that fails the test on any console message or request that is not for a file."""
    context = browser.new_context(offline=True)
    fresh = context.new_page()
    wrong: list[str] = []
    fresh.on("console", lambda message: wrong.append(message.text))
    fresh.on("pageerror", lambda error: wrong.append(str(error)))
    # What is given up because one went on to another page has not failed.
    fresh.on(
        "requestfailed",
        lambda r: None if r.failure == "net::ERR_ABORTED" else wrong.append(f"failed: {r.url}"),
    )
    fresh.on(
        "request",
        lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(r.url),
    )
    yield fresh
    context.close()
    assert wrong == []


def test_one_opens_it_reads_and_searches(page: Page, folder: str) -> None:
    page.goto(f"{folder}/start-here.html")
    page.get_by_role("link", name="Open the library").click()
    page.get_by_role("link", name="Case studies").first.click()
    page.get_by_role("link", name="Night welding").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Night welding")
    page.get_by_role("searchbox", name="Search the library").fill("nigth weldng")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="found")).to_be_visible()
    expect(page.get_by_label("What are you looking for?")).to_have_value("nigth weldng")
    page.locator(".kb-hit a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Night welding")


def test_other_words_for_a_thing_find_what_is_tagged_with_it(page: Page, folder: str) -> None:
    page.goto(f"{folder}/library/search/index.html?q=returning%20citizens")
    expect(page.locator(".kb-hit__title").first).to_have_text("Justice-involved people")


def test_filters_narrow_and_stay_in_the_address(page: Page, folder: str) -> None:
    page.goto(f"{folder}/library/search/index.html?q=welding")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Kind", exact=True).select_option("Practices")
    page.get_by_role("button", name="Search with these filters").click()
    expect(page.get_by_text("Filters: Practices", exact=True)).to_be_visible()
    expect(page.get_by_label("Kind", exact=True)).to_have_value("practice")
    assert set(page.locator(".kb-hit__kind").all_inner_texts()) <= {"Practice"}
    assert page.url.endswith("index.html?q=welding&kind=practice")
    page.go_back()
    expect(page.get_by_label("What are you looking for?")).to_be_enabled()


@pytest.mark.parametrize("words", ["<b>x</b>", "عربي 🎉", "%", "'\"", "a" * 400, "the of"])
def test_any_question_gets_an_answer_in_words(page: Page, folder: str, words: str) -> None:
    page.goto(f"{folder}/library/search/index.html")
    page.get_by_label("What are you looking for?").fill(words)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_label("What are you looking for?")).not_to_have_value("")
    assert page.locator(".kb-search b").count() == 0


def test_the_index_is_what_minisearch_would_have_made(page: Page, folder: str) -> None:
    page.goto(f"{folder}/library/search/index.html")
    same = page.evaluate(
        """() => {
          const cut = (text) => text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase().match(/[\\p{L}\\p{N}]+/gu) ?? [];
          const options = { fields: ["title", "names", "tags", "text"], tokenize: cut, processTerm: (term) => term };
          const ours = MiniSearch.loadJSON(rewireOffline.index, options);
          const theirs = new MiniSearch(options);
          theirs.addAll([{ id: 0, title: "Night welding", names: "", tags: "", text: "at night" }]);
          const shape = (index) => Object.keys(index.toJSON()).sort().join();
          return shape(ours) === shape(theirs) && JSON.stringify(ours.toJSON().fieldIds) === JSON.stringify(theirs.toJSON().fieldIds);
        }"""
    )
    assert same


@pytest.mark.parametrize("name", ["start-here.html", "library/search/index.html?q=welding"])
def test_it_passes_axe(page: Page, folder: str, name: str) -> None:
    page.goto(f"{folder}/{name}")
    found = Axe().run(page, options={"preload": False})  # it would fetch stylesheets
    assert found.violations_count == 0, found.generate_report()
