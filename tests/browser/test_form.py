"""The form at /contribute/new/ in a real browser, on the built library: a dean's whole road, and what may go wrong."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, TimeoutError, expect

from generator.build import read_library
from generator.form import form_data
from generator.formatting.files import formatted
from generator.models.case_study import CaseStudy
from generator.reading.yaml_reader import load
from tests.conftest import PROJECT, Tree, findings_of, told
from tests.test_alike import ASKED, KNOWN

DRAFT = "rewire-draft:new"
REPOSITORY = "https://github.com/example/library"


def open_form(page: Page, site: str, query: str = "") -> None:
    page.goto(f"{site}contribute/new/{query}")
    expect(page.get_by_role("navigation", name="Steps")).to_be_visible()


def step(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=2, name=name)).to_be_focused()


def field(page: Page, path: str) -> Locator:
    """The control of a field, by its place in the record: ``places/0/city``."""
    return page.locator(f"#field-{path.replace('/', '-')}")


def finding(page: Page, path: str) -> Locator:
    return page.locator(f"#field-{path.replace('/', '-')}-finding")


def the_file(page: Page) -> str:
    """The YAML that the form gives."""
    step(page, "Look it over and send it")
    return page.locator("#form-file").input_value()


def kept(page: Page) -> None:
    """Wait until the draft is kept."""
    expect(page.locator("[data-part=kept]")).to_contain_text("Draft kept")


def draft(page: Page) -> Any:
    return json.loads(page.evaluate("key => localStorage.getItem(key)", DRAFT))["value"]


def expect_kept(page: Page, entries: str, name: str, wanted: list[str]) -> None:
    """Wait until the kept draft has these entries; "Draft kept" may be said of what came before."""
    with suppress(TimeoutError):
        page.wait_for_function(
            """([key, entries, name, wanted]) => {
                const kept = JSON.parse(localStorage.getItem(key) ?? "null")?.value[entries] ?? [];
                return kept.map((each) => each[name]).join("\\n") === wanted.join("\\n");
            }""",
            arg=[DRAFT, entries, name, wanted],
        )
    assert [each[name] for each in draft(page)[entries]] == wanted


def fill_in(page: Page) -> None:
    """What somebody types who has a web page and half an hour."""
    field(page, "title").fill("Springfield welding bridge")
    field(page, "summary").fill("A college taught welding at night. Of 40 people, 31 finished.")
    page.get_by_role("radio", name="Completed").check()
    step(page, "Where and when")
    field(page, "places/0/city").fill("Springfield")
    field(page, "places/0/state").select_option("IL")
    field(page, "places/0/setting").select_option("urban")
    field(page, "years/start").fill("2015")
    step(page, "Who")
    field(page, "organizations/0/name").fill("Springfield College")
    field(page, "organizations/0/role").select_option("lead")
    field(page, "sectors").fill("factory")
    page.get_by_role("checkbox", name="Manufacturing").check()
    page.get_by_role("checkbox", name=re.compile("^Workforce")).first.check()
    step(page, "What they did")
    field(page, "challenge").fill("Welders were wanted, and the college taught by day only.")
    field(page, "approach").fill("It opened a night course.")
    field(page, "practices").fill("stipend")
    page.get_by_role("checkbox", name="Stipends").check()
    field(page, "employer_engagement").fill("The source names no employer.")
    step(page, "What came of it")
    field(page, "results").fill("Of 40 people, 31 finished.")
    field(page, "lessons/0").fill("Ask when people have time.")
    step(page, "How we know")
    page.get_by_role("radio", name=re.compile("^Rationale only")).check()
    page.get_by_role("radio", name=re.compile("^Effect not measured")).check()
    page.get_by_role("radio", name=re.compile("^Count or description")).check()
    field(page, "evidence/note").fill("People were counted; nobody was compared.")
    step(page, "Sources")
    field(page, "sources/0/title").fill("Night courses")
    field(page, "sources/0/publisher").fill("Springfield College")
    field(page, "sources/0/url").fill("https://springfield.example/night")
    field(page, "sources/0/kind").select_option("program-page")
    step(page, "How we know")
    field(page, "evidence/source").select_option("s1")


def test_a_dean_writes_mends_previews_leaves_returns_and_takes_the_file(
    page: Page, site: str, tmp_path: Path
) -> None:
    open_form(page, site)
    fill_in(page)
    assert field(page, "id").input_value() == "springfield-welding-bridge"

    # A finding stands beside its field, is tied to it, and goes when it is mended.
    step(page, "What came of it")
    expect(finding(page, "results")).to_contain_text("The figure 40 stands in a paragraph")
    expect(field(page, "results")).to_have_attribute("aria-invalid", "true")
    assert "field-results-finding" in (
        field(page, "results").get_attribute("aria-describedby") or ""
    )
    expect(page.get_by_role("link", name="What came of it 1 to mend")).to_be_visible()
    field(page, "results").press("ControlOrMeta+End")
    page.locator("[data-path='[\"results\"]']").get_by_role("button", name="[s1]").click()
    expect(field(page, "results")).to_have_value("Of 40 people, 31 finished. [s1]")
    expect(finding(page, "results")).to_be_hidden()

    page.get_by_role("button", name="Preview the page").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_role("heading", name="Springfield welding bridge")).to_be_visible()
    expect(preview.get_by_role("link", name="Source 1").first).to_be_visible()
    expect(preview).to_contain_text("Springfield, Illinois (urban)")
    kept(page)

    page.reload()
    expect(page.get_by_text(re.compile("^Your draft of .* is back"))).to_be_visible()
    step(page, "Look it over and send it")
    expect(page.get_by_text("Nothing to mend")).to_be_visible()
    expect(page.get_by_text("7 of 7 parts done")).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download").click()
    assert downloading.value.suggested_filename == "springfield-welding-bridge.yaml"
    downloading.value.save_as(tmp_path / "record.yaml")
    text = (tmp_path / "record.yaml").read_text("utf-8")
    assert text == page.locator("#form-file").input_value()
    assert passes(text, tmp_path) == []
    assert formatted(text, CaseStudy) == text, "the form writes what kb fmt writes"


def passes(text: str, tmp_path: Path) -> list[str]:
    """What `kb check` says of a record in a library that has the real vocabulary and no other case study."""
    root = tmp_path / "library"
    record = root / "casestudies" / "springfield-welding-bridge.yaml"
    record.parent.mkdir(parents=True)
    record.write_text(text, "utf-8")
    content = root / "content"
    content.mkdir()
    for name in ("vocabulary", "practices"):
        (content / name).symlink_to(PROJECT / "content" / name)
    return [line for line in told(findings_of(root)) if line.startswith("casestudies/")]


IN_PAGE = """async ([root, names, data, given]) => {
  const m = {};
  const scripts = document.querySelector("script[type=module]").src;
  for (const name of names) Object.assign(m, await import(new URL(`form/${name}.js`, scripts)));
  data ??= await (await fetch(new URL("contribute/new/form.json", root))).json();
  const shape = m.recordShape(data);
  CODE
}"""
"""Runs code with the form's own modules; the data are the site's unless others are given."""


def through_the_form(page: Page, site: str, texts: list[str]) -> list[str]:
    """What the form writes of records that it opens and does not change."""
    page.goto(f"{site}about/")
    code = """return given.map((text) => {
      const { value, whole } = m.readRecord(text);
      return m.writeRecord(value, shape, whole, data.head, data.oneLine);
    });"""
    modules = ["shape", "yaml-read", "yaml-write"]
    found: list[str] = page.evaluate(IN_PAGE.replace("CODE", code), [site, modules, None, texts])
    return found


def test_every_real_record_leaves_the_form_as_kb_fmt_has_it(page: Page, site: str) -> None:
    texts = [path.read_text("utf-8") for path in sorted((PROJECT / "casestudies").glob("*.yaml"))]
    written = through_the_form(page, site, texts)
    assert written == [formatted(text, CaseStudy) for text in texts]
    assert written == [formatted(text, CaseStudy) for text in written]


WITH_COMMENTS = """\
# yaml-language-server: $schema=../schema/case-study.v1.json
# About the file.

# about the version
schema_version: 1
id: night-welding # the id
# before the title

title: "A: b"
status: active # out of its order
years:   # beside years
  start: 2007 # beside start
  # above end
  end: null
places:
  # above the first
  - {city: New York, state: NY, setting: urban} # beside braces
  - city: B
    # inside
    setting: rural
  # below the last
populations: [a, b # inside brackets
  , c]
challenge: |
  - a
  - b

    code
approach: >-
  Word word


  Second paragraph
cost: {per_participant_usd: 97.0, basis: "x", source: s1}
outcomes:
  - metric: other
    # above the interval
    confidence_interval: [1.0, 2.50]
    significant: True
    p_value: 1e-3
unknown: [a, "b c", {x: 1}]
# the end
"""

TEXTS = """\
a|2007|2007-01-01|null|~|true|yes|No|1e5|0x1F|1_000|- a|a: b|a:b|a #b|a#b|#a|'q'|it's "q"|it's|@a|`a|%a|&a|*a|!a|? a|?|-
-a|--- a|: a|a:|a\\b|a, b|[a]|{a}|é|שלום עולם|”q”|.5|+1|-1|=|<<|NaN|.nan|.inf|o7|0o7|trail:|12:30|💡 idea|👩‍👩‍👧 family""".replace(
    "\n", "|"
)


def test_comments_and_odd_texts_are_written_as_kb_fmt_writes_them(page: Page, site: str) -> None:
    unseen = ["a\u2028b", "a\ufeffb"]
    odd = [
        *TEXTS.split("|"),
        *unseen,
        *("a\tb", "x" * 150, "word " * 60, "p1\n\np2", "l1\nl2", "- x\n- y\n\nend"),
        *(
            "a b" + "  c" * 60,
            "p1\n\n\np2",
            "p1\n\n  indented",
            "x\n\n- a\n- b",
            "|x",
            ">x",
        ),
    ]
    texts = [WITH_COMMENTS] + [
        f"schema_version: 1\ntitle: {quoted}\nplaces:\n  - {{city: {quoted}, setting: urban}}\n"
        f"populations: [{quoted}, b]\nlessons:\n  - {quoted}\nnew: [{quoted}]\n"
        for quoted in (json.dumps(text, ensure_ascii=text in unseen) for text in odd)
    ]
    texts += [
        "id: a\n\ntitle: b  # beside, below a blank line\n",
        "lessons:  # 1\n\n  -\n\n    a: 5  # 2\n",
        "places: [  # 1\n  {  # 2\n  # 3\n  city: a},  # 4\n  ]\nyears: {\n  # 5\n  start: 1}\n",
        "places:\n  - {city: ':a', setting: '?b'}\npopulations: [':a', '- b', '#c', 'a: b', '?d']\n",
    ]
    written = through_the_form(page, site, texts)
    assert written == [formatted(text, CaseStudy) for text in texts]


RECORD = "casestudies/night-welding.yaml"
LESSON = "Night courses fill [s1]."
BROKEN = [
    ("title: Night welding course", f"title: {'x' * 121}"),
    ("status: active", "status: activ"),
    ("{start: 2019}", "{start: 1800}"),
    ("{start: 2019}", "{start: 2019, end: 1999}"),
    ("{start: 2019}", "{}"),
    ("state: KY", "state: XX"),
    ("populations: [justice-involved]", "populations: [nobody]"),
    ("populations: [justice-involved]", "populations: [justice-involved, justice-involved]"),
    ("practices: [stipends]", "practices: []"),
    ("per_participant_usd: 1500", "per_participant_usd: -1"),
    ("per_participant_usd: 1500", "per_participant_usd: 1500 dollars"),
    ("https://college.example/night", "college.example/night"),
    (LESSON, "Night courses fill."),
    (LESSON, "In 2015 it cost $40 a day."),
    (LESSON, "Under 34 CFR 77.1 and section 3, in May 2016."),
    (LESSON, "Filled [s7]."),
    (LESSON, "<b>Filled</b> [s1]."),
    (LESSON, "'![x](https://a.example/x.png) [s1]'"),
    (LESSON, "'[x](javascript:alert) [s1]'"),
    (LESSON, "'[x](kb:nowhere) [s1]'"),
    (LESSON, "'[x](kb:stipends), `<b> 3`, &lt;, <https://a.example/> [s1]'"),
    ("source: s2\n    as_printed", "source: s9\n    as_printed"),
    ("    comparison_label: applicants who came too late\n", ""),
    ("metric: employed", "metric: other"),
    ("significant: true", "confidence_interval: [3, 1]"),
    ("n: 200", "n: 0"),
    ("level: moderate", "level: strong"),
    ("direction: positive\n  design: quasi-experiment", "direction: positive\n  design: pre-post"),
    ("checked: 2026-11-01", "checked: 2026-02-30"),
    ("checked: 2026-11-01", "checked: 2100-01-01"),
    ("id: s2", "id: s1"),
]


def test_the_form_finds_what_kb_check_finds(page: Page, site: str, tree: Tree) -> None:
    data = form_data(read_library(tree()))
    original = (tree() / RECORD).read_text("utf-8")
    records, wanted = [], []
    for old, new in BROKEN:
        assert old in original
        text = original.replace(old, new, 1)
        records.append(load(text))
        wanted.append(sorted({f.code for f in findings_of(tree({RECORD: text}))}))
    code = """const links = new m.Links(data.pages);
      const check = new m.Check(data, shape, links, m.patternsFrom(data.patterns));
      return given.map((record) => {
        const found = check.findings(record, "night-welding", new Date());
        return [...new Set(found.map((finding) => finding.code))].sort();
      });"""
    page.goto(f"{site}about/")
    modules = ["shape", "check", "links", "patterns"]
    found = page.evaluate(IN_PAGE.replace("CODE", code), [site, modules, data, records])
    differing = [
        (new, ours, theirs)
        for (_, new), ours, theirs in zip(BROKEN, found, wanted, strict=True)
        if ours != theirs
    ]
    assert differing == []


def test_the_form_finds_the_records_that_kb_finds(page: Page, site: str) -> None:
    code = """const alike = new m.Alike(data.known);
      return given.map((named) => alike.to(named).map(({ id }) => id));"""
    page.goto(f"{site}about/")
    data = {"known": [asdict(named) for named in KNOWN]}
    asked = [asdict(named) for named, _ in ASKED]
    found = page.evaluate(
        IN_PAGE.replace("const shape = m.recordShape(data);", "").replace("CODE", code),
        [site, ["alike"], data, asked],
    )
    assert found == [wanted for _, wanted in ASKED]


def test_a_program_that_the_library_has_is_pointed_out(page: Page, site: str) -> None:
    open_form(page, site)
    warning = page.get_by_role("status").filter(has_text="You may be describing one that we have")
    field(page, "title").fill("Asap at CUNY")
    expect(warning).to_be_hidden()
    field(page, "title").press("Tab")
    expect(warning).to_be_visible()
    name = "CUNY ASAP: full support for three years"
    assert (warning.get_by_role("link", name=name).get_attribute("href") or "").endswith(
        "/casestudies/cuny-asap/"
    )
    step(page, "Look it over and send it")
    expect(page.locator("[aria-labelledby=step-title-review]")).to_contain_text(name)
    with page.expect_popup() as opening:
        page.locator("[aria-labelledby=step-title-review]").get_by_role(
            "link", name="add to that one"
        ).click()
    expect(opening.value.get_by_role("heading", level=1)).to_have_text(f"Edit: {name}")
    step(page, "What it is")
    field(page, "title").fill("Night school for bakers")
    expect(warning).to_be_hidden()


def test_nothing_is_said_before_a_field_was_left(page: Page, site: str) -> None:
    open_form(page, site)
    title = field(page, "title")
    title.press_sequentially("Welding")
    title.fill("")
    expect(page.locator(".kb-form__finding:visible")).to_have_count(0)
    title.press("Tab")
    expect(finding(page, "title")).to_have_text("Fill in “Name of the program”.")
    expect(page.locator(".kb-form__finding:visible")).to_have_count(1)
    title.fill("Welding")
    expect(finding(page, "title")).to_be_hidden()


def test_entries_are_added_moved_and_removed_by_keyboard(page: Page, site: str) -> None:
    open_form(page, site)
    step(page, "Who")
    field(page, "organizations/0/name").fill("First")
    page.get_by_role("button", name="Add an organization").press("Enter")
    expect(field(page, "organizations/1/name")).to_be_focused()
    page.keyboard.type("Second")
    page.get_by_role("button", name="Move up Organization 2").press("Enter")
    expect(field(page, "organizations/0/name")).to_have_value("Second")
    expect(page.get_by_role("button", name="Move down Organization 1")).to_be_focused()
    page.get_by_role("button", name="Remove Organization 1").press("Enter")
    expect(field(page, "organizations/0/name")).to_have_value("First")
    expect(field(page, "organizations/1/name")).to_have_count(0)
    expect_kept(page, "organizations", "name", ["First"])


def test_choices_are_found_by_other_words_and_taken_back(page: Page, site: str) -> None:
    open_form(page, site)
    step(page, "Who")
    field(page, "populations").fill("returning citizens")
    box = page.get_by_role("checkbox", name="Justice-involved")
    box.press("Space")
    chosen = page.get_by_role("list", name="Chosen: Who was served")
    chosen.get_by_role("button").press("Enter")
    expect(box).not_to_be_checked()
    expect(field(page, "populations")).to_be_focused()


def test_a_source_is_added_where_it_is_wanted(page: Page, site: str) -> None:
    open_form(page, site)
    step(page, "What they did")
    field(page, "challenge").fill("They taught 40 people")
    where = page.locator("[data-path='[\"challenge\"]']")
    for number, answer in enumerate(["Add it", "Cancel", "Add it"]):
        where.get_by_role("button", name="Add a source").click()
        dialog = page.get_by_role("dialog", name="Add a source")
        dialog.get_by_label("Title (required)").last.fill(f"Report {number}")
        dialog.get_by_role("button", name=answer).click()
        expect(dialog).to_be_hidden()
    expect(field(page, "challenge")).to_have_value("They taught 40 people [s1] [s2]")
    expect_kept(page, "sources", "title", ["Report 0", "Report 2"])


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 99, "value": {"title": "<img src=x onerror=alert(1)>"}}',
        '{"version": 1, "value": ["x"]}',
        "not JSON at all <script>alert(1)</script>",
    ],
)
def test_a_draft_of_another_version_is_shown_and_never_lost(
    page: Page, site: str, text: str
) -> None:
    page.goto(f"{site}about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [DRAFT, text])
    open_form(page, site)
    aside = page.get_by_label("What could not be taken up")
    expect(aside).to_have_value(text)
    field(page, "title").fill("Another")
    kept(page)
    page.reload()
    expect(aside).to_have_value(text)
    expect(field(page, "title")).to_have_value("Another")
    page.get_by_role("button", name="I have it").click()
    expect(aside).to_be_hidden()


def test_what_does_not_fit_in_a_draft_is_shown_beside_what_does(page: Page, site: str) -> None:
    value = {
        "title": "Mine",
        "years": 2015,
        "motto": "Weld",
        "outcomes": ["x", {"metric": "employed"}],
    }
    page.goto(f"{site}about/")
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)",
        [DRAFT, json.dumps({"version": 1, "value": value})],
    )
    open_form(page, site)
    expect(field(page, "title")).to_have_value("Mine")
    aside = json.loads(page.get_by_label("What could not be taken up").input_value())
    assert aside == {"years": 2015, "motto": "Weld", "outcomes": ["x"]}


def test_blocked_storage_is_told(page: Page, site: str) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('blocked'); };")
    open_form(page, site)
    expect(page.get_by_text("This browser keeps nothing for this page")).to_be_visible()
    field(page, "title").fill("Mine")
    expect(page.locator("[data-part=kept]")).to_contain_text("could not be kept")


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "casestudies/nowhere",
        "policies/vet-tec",
        "casestudies/../../about",
        "%3Cscript%3E",
        "casestudies/__proto__",
    ],
)
def test_a_record_that_is_not_there_is_told(page: Page, site: str, asked: str) -> None:
    page.goto(f"{site}contribute/new/?edit={asked}")
    expect(page.get_by_role("alert")).to_contain_text("There is no record")
    expect(page.get_by_role("link", name="All ways to contribute")).to_be_visible()


def test_a_record_is_opened_changed_and_keeps_its_comments(page: Page, site: str) -> None:
    text = (PROJECT / RECORD_WITH_SOURCES).read_text("utf-8")
    text = text.replace("status:", "# Why so\nstatus:", 1).replace("cost:\n", "cost: # beside\n", 1)
    page.route("**/casestudies/cuny-asap.yaml", lambda route: route.fulfill(body=text))
    page.goto(f"{site}casestudies/cuny-asap/")
    page.get_by_role("link", name="Edit this page in your browser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Edit: CUNY ASAP: full support for three years"
    )
    assert the_file(page) == formatted(text, CaseStudy)
    step(page, "What it is")
    field(page, "title").fill("CUNY ASAP")
    assert field(page, "id").get_attribute("readonly") is not None
    title = "'CUNY ASAP: full support for three years'"
    assert the_file(page) == formatted(text.replace(title, "CUNY ASAP"), CaseStudy)


RECORD_WITH_SOURCES = "casestudies/cuny-asap.yaml"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> 💡 שלום \u202e\u200b\x07\u00a0\N{LEFT SINGLE QUOTATION MARK}smart\N{RIGHT SINGLE QUOTATION MARK} [x](javascript:alert(1)) [s9]"


def test_hostile_text_is_text(page: Page, site: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    open_form(page, site)
    field(page, "title").fill(HOSTILE)
    page.get_by_role("button", name="Preview the page").click()
    step(page, "What they did")
    field(page, "challenge").fill(HOSTILE)
    field(page, "approach").evaluate(
        "(area, text) => { area.value = text; area.dispatchEvent(new Event('input', { bubbles: true })); }",
        "![[<a " * 175_000,
    )
    kept(page)
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_role("heading", level=2).last).to_contain_text(
        "<script>alert(1)</script>"
    )
    assert preview.locator("script, img, a[href^=javascript]").count() == 0
    step(page, "What came of it")
    step(page, "What they did")
    expect(finding(page, "challenge")).to_contain_text("HTML is not allowed")
    expect(finding(page, "approach")).to_contain_text(
        "This has 1,049,999 characters; at most 20,000"
    )
    page.reload()
    expect(field(page, "title")).to_have_value(
        re.compile(
            "^<script>.* 💡 שלום +\N{LEFT SINGLE QUOTATION MARK}smart\N{RIGHT SINGLE QUOTATION MARK}"
        )
    )
    assert len(draft(page)["approach"]) == 1_049_999


def with_repository(page: Page) -> None:
    def answer(route: Route) -> None:
        data = route.fetch().json()
        route.fulfill(json={**data, "repository": REPOSITORY})

    page.route("**/form.json", answer)


def test_github_opens_with_the_file_filled_in(page: Page, site: str) -> None:
    with_repository(page)
    open_form(page, site)
    field(page, "title").fill("Springfield welding & more")
    text = the_file(page)
    address = page.get_by_role("link", name="Open GitHub with the file filled in").get_attribute(
        "href"
    )
    parts = urlsplit(address or "")
    assert address
    assert address.startswith(f"{REPOSITORY}/new/main/casestudies?")
    assert parse_qs(parts.query) == {"filename": ["springfield-welding-more.yaml"], "value": [text]}
    # Too long for a link: copy, then open an empty page.
    step(page, "What they did")
    field(page, "approach").fill("word " * 1_600)
    step(page, "Look it over and send it")
    address = page.get_by_role("link", name="Open GitHub's page for a new file").get_attribute(
        "href"
    )
    assert address == f"{REPOSITORY}/new/main/casestudies?filename=springfield-welding-more.yaml"
    page.bring_to_front()  # a page that is not in front may not write to the clipboard
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert (
        page.evaluate("navigator.clipboard.readText()") == page.locator("#form-file").input_value()
    )


def test_an_edited_record_leads_to_its_own_page_on_github(page: Page, site: str) -> None:
    with_repository(page)
    open_form(page, site, "?edit=casestudies/cuny-asap")
    step(page, "Look it over and send it")
    expect(page.get_by_role("link", name="Open cuny-asap.yaml on GitHub")).to_have_attribute(
        "href", f"{REPOSITORY}/edit/main/casestudies/cuny-asap.yaml"
    )


def test_starting_over_asks(page: Page, site: str) -> None:
    open_form(page, site)
    field(page, "title").fill("Mine")
    kept(page)
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Keep my draft").click()
    expect(field(page, "title")).to_have_value("Mine")
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("button", name="Throw it away").click()
    expect(field(page, "title")).to_have_value("")
    assert page.evaluate("key => localStorage.getItem(key)", DRAFT) is None


def test_the_summary_leads_to_each_field(page: Page, site: str) -> None:
    open_form(page, site)
    step(page, "Look it over and send it")
    expect(page.get_by_role("heading", name=re.compile(r"^\d+ things to mend"))).to_be_visible()
    page.get_by_role("link", name="Places 1, Kind of place:").click()
    expect(field(page, "places/0/setting")).to_be_focused()
    expect(finding(page, "places/0/setting")).to_have_text("Choose one.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_every_step_is_accessible_and_fits(page: Page, site: str, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_form(page, site, "?edit=casestudies/cuny-asap")
    step(page, "What it is")
    field(page, "title").fill("")
    page.get_by_role("button", name="Preview the page").click()
    names = page.get_by_role("navigation", name="Steps").get_by_role("link")
    for number in range(names.count()):
        names.nth(number).click()
        expect(names.nth(number)).to_have_attribute("aria-current", "step")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), number


def test_without_script_the_other_roads_are_named(page: Page, site: str) -> None:
    browser = page.context.browser
    assert browser
    plain = browser.new_page(java_script_enabled=False)
    plain.goto(f"{site}contribute/new/")
    expect(plain.get_by_role("link", name="send the facts")).to_be_visible()
    expect(plain.get_by_role("navigation", name="Steps")).to_be_hidden()
    plain.close()
