"""The search page in a real browser, on the built library. An unexpected line on the console fails a test."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

TASK = "apprenticeship for people leaving prison"


def search_for(page: Page, site: str, query: str = "") -> None:
    """Open the search page and wait until it has answered."""
    page.goto(f"{site.rstrip('/')}/search/{query}")
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page shows what was asked for last."""
    expect(page.locator('[data-part="main"]')).to_have_attribute("aria-busy", "false")


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="What are you looking for?")


def results(page: Page) -> Locator:
    """The pages found, without answers from the glossary."""
    return page.locator('[data-part="hits"] .kb-hit, [data-part="rest"] .kb-hit')


def total(page: Page) -> int:
    """The number of results that the heading names."""
    found = re.match(r"(\d+) result", page.locator("#kb-search-title").inner_text())
    return int(found[1]) if found else 0


def facet(page: Page, name: str) -> Locator:
    return page.locator("details.kb-facet").filter(has=page.locator("summary", has_text=name))


def chosen(page: Page) -> dict[str, list[str]]:
    """What the address says of the search."""
    return parse_qs(urlsplit(page.url).query)


def first_with_count(group: Locator) -> tuple[Locator, int]:
    """The first unticked value of a facet and the count printed beside it."""
    row = group.locator("label").filter(has=group.page.locator("input:not(:checked)")).first
    return row.locator("input"), int(row.locator(".kb-facet__count").inner_text())


def test_a_practitioner_searches_narrows_follows_a_practice_and_comes_back(
    page: Page, site: str
) -> None:
    search_for(page, site)
    box(page).press_sequentially(TASK, delay=5)
    expect(page.locator("#kb-search-title")).to_contain_text(TASK)
    assert total(page) > 0
    page.get_by_role("group", name="Kind of page").get_by_role(
        "button", name="Case studies"
    ).click()
    settle(page)
    population, count = first_with_count(facet(page, "Who was served"))
    population.check()
    expect(page.locator("#kb-search-title")).to_have_text(re.compile(rf"^{count} result"))
    assert set(chosen(page)) == {"q", "kind", "population"}
    address, titles = page.url, results(page).locator("h3").all_inner_texts()

    page.evaluate("window.scrollTo(0, 240)")
    scrolled = page.evaluate("window.scrollY")
    opened = results(page).locator("h3 a").first
    title = opened.inner_text()
    opened.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    first_case_study = page.url
    page.locator('.kb-record a[href*="practices/"]').first.click()
    expect(page).to_have_url(re.compile(r"/practices/[^/]+/"))
    page.wait_for_load_state()  # the address is there before all links are
    others = page.locator('.kb-record a[href*="casestudies/"]').evaluate_all(
        "(links, here) => links.map((a) => a.href).filter((href) => href !== here)",
        urlsplit(first_case_study)._replace(fragment="").geturl(),
    )
    page.goto(others[0])
    expect(page).to_have_url(re.compile(r"/casestudies/[^/]+/"))

    for _ in range(3):
        page.go_back()
    expect(page).to_have_url(address)
    expect(box(page)).to_have_value(TASK)
    expect(results(page).locator("h3")).to_have_text(titles)
    page.wait_for_function("y => Math.abs(window.scrollY - y) < 3", arg=scrolled)


def test_counts_say_what_a_choice_will_give(page: Page, site: str) -> None:
    search_for(page, site, "?q=training")
    for name in ("Who was served", "What was found"):
        value, count = first_with_count(facet(page, name))
        value.check()
        expect(page.locator("#kb-search-title")).to_have_text(re.compile(rf"^{count} result"))
    before = total(page)
    # Any of two values of one facet: more results, never fewer.
    second, _ = first_with_count(facet(page, "Who was served"))
    second.check()
    settle(page)
    expect(page.get_by_role("list", name="Chosen filters").get_by_role("listitem")).to_have_count(3)
    expect(page.locator("[data-part=filters-count]")).to_have_text(" (3)")
    assert total(page) >= before


def test_chips_remove_and_clear_all_removes_all(page: Page, site: str) -> None:
    search_for(page, site, "?q=training&direction=positive&evidence=strong&evidence=moderate")
    chips = page.get_by_role("list", name="Chosen filters").get_by_role("button")
    expect(chips).to_have_count(3)
    chips.first.click()
    expect(chips).to_have_count(2)
    expect(chips.first).to_be_focused()
    page.get_by_role("button", name="Clear all filters").click()
    expect(chips).to_have_count(0)
    assert chosen(page) == {"q": ["training"]}
    page.go_back()
    expect(chips).to_have_count(2)


def test_the_address_is_the_search(page: Page, site: str) -> None:
    search_for(page, site, "?q=apprenticeship&kind=case-study&sort=newest")
    titles = results(page).locator("h3").all_inner_texts()
    assert titles
    page.reload()
    expect(results(page).locator("h3")).to_have_text(titles)
    expect(page.get_by_label("Sort by")).to_have_value("newest")


def test_back_undoes_choices_and_typing_is_one_step(page: Page, site: str) -> None:
    search_for(page, site)
    steps = page.evaluate("history.length")
    box(page).press_sequentially("veterans", delay=30)
    expect(page).to_have_url(re.compile(r"q=veterans$"))
    assert page.evaluate("history.length") == steps
    value, _ = first_with_count(facet(page, "What was found"))
    value.check()
    expect(page).to_have_url(re.compile("direction="))
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=veterans$"))
    expect(page.locator("details.kb-facet input:checked")).to_have_count(0)


@pytest.mark.parametrize("order", ["newest", "evidence"])
def test_no_order_loses_a_page(page: Page, site: str, order: str) -> None:
    search_for(page, site, "?q=training")
    everything = total(page)
    page.get_by_label("Sort by").select_option(order)
    expect(page).to_have_url(re.compile(f"sort={order}"))
    expect(page.locator("#kb-search-title")).to_have_text(re.compile(rf"^{everything} results"))


def test_strongest_evidence_first(page: Page, site: str) -> None:
    search_for(page, site, "?kind=case-study")
    assert page.get_by_label("Sort by").input_value() == "evidence"
    more = page.get_by_role("button", name=re.compile("^Show .* more"))
    while more.is_visible():
        shown = results(page).count()
        more.click()
        expect(results(page).nth(shown).locator("h3 a")).to_be_focused()
    levels = page.locator(".kb-hit__evidence").all_inner_texts()
    assert len(levels) == total(page) == results(page).count()
    assert list(dict.fromkeys(levels)) == sorted(set(levels), key=levels.index)
    assert levels[0].startswith("Strong")


def test_show_more_is_in_the_address(page: Page, site: str) -> None:
    search_for(page, site, "?kind=case-study")
    expect(results(page)).to_have_count(10)
    page.get_by_role("button", name=re.compile("^Show 10 more")).click()
    expect(results(page)).to_have_count(20)
    assert chosen(page)["page"] == ["2"]


def test_a_result_says_what_it_is_and_leads_to_its_section(page: Page, site: str) -> None:
    search_for(page, site, "?q=employers+wages&kind=case-study")
    hit = results(page).filter(has=page.locator(".kb-hit__section")).first
    expect(hit.locator(".kb-hit__kind")).to_have_text("Case study")
    expect(hit.locator(".kb-hit__evidence")).to_have_text(re.compile("evidence|Rationale only"))
    expect(hit.locator(".kb-hit__direction")).to_contain_text("What was found:")
    expect(hit.locator("mark").first).to_be_visible()
    section = hit.locator(".kb-hit__section a")
    anchor = urlsplit(section.get_attribute("href") or "").fragment
    section.click()
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()


@pytest.mark.parametrize(
    "query",
    [
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%22%27%60%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
        "%F0%9F%98%80",
        "%22",
        "%00%01%ED%A0%80",
        "a",
        "x" * 10_000,
        "%20",
    ],
)
def test_any_words_are_harmless(page: Page, site: str, query: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    search_for(page, site, f"?q={query}")
    assert len(box(page).input_value()) <= 200
    assert page.locator("kb-search-page :is(script, img)").count() == 0


def test_nonsense_in_the_address_is_left_out(page: Page, site: str) -> None:
    search_for(
        page, site, "?q=training&state=Atlantis&sort=__proto__&page=-7&constructor=1&evidence="
    )
    assert total(page) > 0
    expect(page.locator("details.kb-facet input:checked")).to_have_count(0)
    expect(page.get_by_label("Sort by")).to_have_value("relevance")


def test_nothing_found_says_what_to_drop(page: Page, site: str) -> None:
    search_for(page, site, "?q=prison&policy=vet-tec&state=NY")
    expect(page.locator("#kb-search-title")).to_contain_text("No results")
    way = page.get_by_role("button", name=re.compile("^Without any filter"))
    expect(way).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Practices")).to_be_visible()
    way.click()
    settle(page)
    assert total(page) > 0


def test_words_that_no_page_has_lead_on(page: Page, site: str) -> None:
    search_for(page, site, "?q=xyzzyqwk")
    expect(page.locator("#kb-search-title")).to_have_text("No results for “xyzzyqwk”")
    expect(page.get_by_role("main").get_by_role("link", name="Case studies")).to_be_visible()


def test_the_count_is_announced(page: Page, site: str) -> None:
    search_for(page, site)
    box(page).fill("veterans")
    expect(page.locator("[data-part=status]")).to_have_text(
        re.compile(r"^\d+ results? for “veterans”$")
    )


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_leads_to_the_box(page: Page, site: str, key: str) -> None:
    page.goto(site)
    page.keyboard.press(key)
    expect(page.locator(".kb-header-search input")).to_be_focused()
    page.keyboard.type("veterans / women")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=veterans"))
    expect(box(page)).to_have_value("veterans / women")
    page.keyboard.press(key)
    expect(box(page)).to_be_focused()


def test_the_whole_search_works_by_keyboard(page: Page, site: str) -> None:
    search_for(page, site)
    page.keyboard.press("/")
    page.keyboard.type("training")
    expect(page.locator("#kb-search-title")).to_contain_text("training")
    value, count = first_with_count(facet(page, "Who was served"))
    value.focus()
    page.keyboard.press("Space")
    expect(page.locator("#kb-search-title")).to_have_text(re.compile(rf"^{count} result"))
    expect(page.locator("details.kb-facet input:checked")).to_be_focused()
    link = results(page).locator("h3 a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/search/"))
    page.go_back()
    expect(results(page).locator("h3 a").first).to_be_focused()


def test_filters_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    search_for(page, site, "?q=training&evidence=strong")
    button = page.get_by_role("button", name=re.compile("^Filters"))
    expect(button).to_have_text("Filters (1)")
    expect(page.get_by_role("list", name="Chosen filters")).to_be_visible()
    assert not page.locator("#kb-search-filters").is_visible()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    value, count = first_with_count(facet(page, "Who was served"))
    value.check()
    expect(button).to_have_text("Filters (2)")
    page.get_by_role("button", name=re.compile(rf"^Show {count} result")).click()
    expect(page.locator("#kb-search-title")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(
    "broken", ["catalog.kb", "names.kb", "*.pf_index", "*.pf_fragment", "search/pages/*.txt?*"]
)
def test_without_a_file_of_the_index_one_can_browse(page: Page, site: str, broken: str) -> None:
    page.route(f"**/{broken}", lambda route: route.fulfill(body="gone"))
    page.goto(f"{site.rstrip('/')}/search/?q=training")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.get_by_role("main").get_by_role("link", name="Practices")).to_be_visible()
    expect(page.locator("#kb-search-words")).to_be_hidden()


def test_a_page_left_open_while_the_site_changed_says_so(page: Page, site: str) -> None:
    changed = "other " + "abcdefg " * 100
    page.route("**/search/pages/*.txt?*", lambda route: route.fulfill(body=changed))
    page.goto(f"{site.rstrip('/')}/search/?q=training")
    expect(page.get_by_role("alert")).to_contain_text("Reload the page")
    expect(page.locator(".kb-hit")).to_have_count(0)


def test_without_script_one_can_browse(page: Page, site: str) -> None:
    browser = page.context.browser
    assert browser
    plain = browser.new_page(java_script_enabled=False)
    plain.goto(f"{site.rstrip('/')}/search/?q=training")
    expect(plain.get_by_role("main").get_by_role("link", name="Practices")).to_be_visible()
    expect(plain.locator("#kb-search-words")).to_be_hidden()
    plain.close()


STATE_CASES = {
    # address: the address of the same search as we write it
    "": "",
    "?q=++two++words+": "?q=two+words",
    "?evidence=strong&q=a&practice=x": "?q=a&practice=x&evidence=strong",
    "?practice=x&practice=x&practice=nope": "?practice=x",
    "?sort=newest&page=3": "?sort=newest&page=3",
    "?sort=best&page=0": "",
    "?page=1e9&utm_source=mail#top": "",
    "?__proto__=x&hasOwnProperty=y": "",
    "?q=%F0%9F%98%80%00": "?q=%F0%9F%98%80",
    "?q=pel&spelling=exact": "?q=pel&spelling=exact",
    "?q=pel&spelling=poor": "?q=pel",
}


def test_addresses_are_read_and_written(page: Page, site: str) -> None:
    page.goto(site)
    written = page.evaluate(
        """async (addresses) => {
          const scripts = document.querySelector("script[type=module]").src;
          const { parseState, formatState } = await import(new URL("search-state.js", scripts));
          const values = { practice: ["x"], evidence: ["strong"] };
          const known = { ids: Object.keys(values), has: (facet, value) => values[facet].includes(value) };
          return addresses.map((address) => formatState(parseState(address, known), known));
        }""",
        list(STATE_CASES),
    )
    assert dict(zip(STATE_CASES, written, strict=True)) == STATE_CASES


def first_title(page: Page) -> Locator:
    return results(page).locator("h3").first


def test_names_and_acronyms_lead_to_what_they_name(page: Page, site: str) -> None:
    for words, title in {
        "ex-con": "Justice-involved people",
        "returning citizens": "Justice-involved people",
        "OJT": "n-the-job training",
        "second chance pell": "Second Chance Pell",
    }.items():
        search_for(page, site, f"?q={words}")
        expect(first_title(page)).to_contain_text(title)


def test_a_misspelt_word_is_searched_as_it_was_meant(page: Page, site: str) -> None:
    search_for(page, site, "?q=aprenticeship")
    expect(page.locator("[data-part=note]")).to_contain_text("Did you mean “apprenticeship”?")
    assert total(page) > 3
    page.get_by_role("button", name="Search for “aprenticeship” instead").click()
    settle(page)
    expect(page).to_have_url(re.compile("spelling=exact"))
    expect(page.locator("#kb-search-title")).to_have_text("No results for “aprenticeship”")
    # Other words are spelt anew.
    box(page).fill("recidivsm")
    expect(page.locator("[data-part=note]")).to_contain_text("“recidivism”")


def test_words_are_loaded_by_the_letters_that_are_asked_for(page: Page, site: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    search_for(page, site)
    assert [path for path in loaded if "/words/" in path] == []
    box(page).fill("welding carpentry")
    settle(page)
    expect(page.locator("#kb-search-title")).to_contain_text("welding carpentry")
    letters = {path.rpartition("/")[2] for path in loaded if "/words/" in path}
    assert letters == {"w.txt", "c.txt"}


def test_two_words_written_as_one_are_found(page: Page, site: str) -> None:
    search_for(page, site, "?q=careerladder")
    expect(page.locator("[data-part=note]")).to_contain_text("Did you mean “career ladder”?")
    assert total(page) > 0


def test_without_the_words_the_search_takes_what_was_typed(page: Page, site: str) -> None:
    page.route("**/search/words/*.txt", lambda route: route.fulfill(body="gone"))
    search_for(page, site, "?q=apprenticeship")
    assert total(page) > 0
    search_for(page, site, "?q=aprenticeship")
    expect(page.locator("[data-part=note]")).to_be_hidden()


def test_a_term_of_the_glossary_is_answered(page: Page, site: str) -> None:
    search_for(page, site, "?q=ETPL")
    answer = page.locator(".kb-answer")
    expect(answer).to_contain_text("Eligible training provider list")
    answer.locator("h3 a").click()
    expect(page).to_have_url(re.compile(r"/glossary/#etpl$"))


def test_a_result_says_which_word_it_lacks(page: Page, site: str) -> None:
    search_for(page, site, "?q=apprenticeship+veterans+wyoming")
    expect(results(page).filter(has_text="Without: wyoming").first).to_be_visible()


def test_suggestions_by_keyboard_lead_to_the_page(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("p4p")
    field = page.get_by_role("banner").get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"[id='{active}']")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("erformance")


def test_escape_closes_the_suggestions_and_keeps_the_words(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("apprent")
    suggestions = page.get_by_role("listbox")
    expect(suggestions).to_be_visible()
    page.keyboard.press("Escape")
    expect(suggestions).to_be_hidden()
    expect(page.get_by_role("banner").get_by_role("combobox")).to_have_value("apprent")


def test_on_the_search_page_a_suggestion_becomes_a_filter(page: Page, site: str) -> None:
    search_for(page, site)
    box(page).press_sequentially("ex-con", delay=5)
    page.get_by_role("option", name=re.compile("Justice-involved people")).click()
    settle(page)
    assert chosen(page) == {"population": ["justice-involved"]}
    expect(box(page)).to_have_value("")
    assert total(page) > 5


def test_arrows_lead_through_the_results_and_escape_back(page: Page, site: str) -> None:
    search_for(page, site, "?q=veterans")
    box(page).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1).locator("h3 a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()


def test_the_words_are_marked_on_the_page_that_was_found(page: Page, site: str) -> None:
    search_for(page, site, "?q=transitional+jobs+prison")
    section = results(page).locator(".kb-hit__section a").first
    section.click()
    expect(page).to_have_url(re.compile(r"marked=.*#"))
    marks = page.locator("mark.kb-marked")
    expect(marks.first).to_be_attached()
    page.wait_for_function(
        """[...document.querySelectorAll("mark.kb-marked")].some((mark) => {
            const { top, bottom } = mark.getBoundingClientRect();
            return top > 0 && bottom < innerHeight;
        })"""
    )
    page.get_by_role("button", name="Remove the marks").click()
    expect(marks).to_have_count(0)
    assert "marked" not in page.url


def test_marked_words_in_an_address_are_harmless(page: Page, site: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    page.goto(f"{site}about/?marked=%3Cimg%20src=x%20onerror=alert(1)%3E%20library#%E0%A4%A")
    expect(page.locator("mark.kb-marked").first).to_be_attached()
    assert page.locator("main img[onerror], main img[src=x]").count() == 0


def test_a_term_is_explained_where_it_is_first_used(page: Page, site: str) -> None:
    page.goto(f"{site}policies/wioa-pay-for-performance/")
    term = page.get_by_role("button", name="P4P", exact=True)
    term.focus()
    page.keyboard.press("Enter")
    card = page.locator(".kb-term-card:popover-open")
    expect(card).to_contain_text("WIOA pay-for-performance")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(term).to_be_focused()


def test_no_line_ends_between_a_term_and_the_sign_beside_it(page: Page, site: str) -> None:
    """At whatever width: a button is a box, beside which browsers end lines as they like."""
    page.goto(f"{site}policies/wioa-pay-for-performance/")
    paragraph = page.locator("p", has=page.get_by_role("button", name="WIOA", exact=True)).first
    torn = paragraph.evaluate("""paragraph => {
      const letter = document.createRange(), term = paragraph.querySelector(".kb-term");
      const before = term.previousSibling, behind = term.nextSibling;
      const topOf = (node, at) => {
        letter.setStart(node, at);
        letter.setEnd(node, at + 1);
        return letter.getBoundingClientRect().top;
      };
      return Array.from({ length: 300 }, (_, number) => 120 + number).filter((width) => {
        paragraph.style.width = `${width}px`;
        const tops = [topOf(before, before.length - 1), topOf(term.firstChild, 0), topOf(behind, 0)];
        return Math.max(...tops) - Math.min(...tops) > 4;
      });
    }""")
    assert torn == []


def test_the_link_to_a_search_can_be_copied(page: Page, site: str) -> None:
    page.bring_to_front()  # a page that is not in front may not write to the clipboard
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    search_for(page, site, "?q=veterans&evidence=strong")
    page.get_by_role("button", name="Copy link to this search").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_browsing_by_facet_loads_no_index(page: Page, site: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    search_for(page, site, "?population=justice-involved&kind=case-study")
    assert total(page) >= 5
    assert [url for url in loaded if ".pf_index" in url or ".pf_filter" in url] == []
