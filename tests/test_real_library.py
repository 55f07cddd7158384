"""The real library as either engine publishes it: no finding, no dead link, nothing from another host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, unquote_plus, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator.build import read_library
from generator.library import Library
from tests.conftest import ASIDE, PROJECT, findings_of, told

SITE = "http://site.invalid/"


def test_the_real_library_has_no_findings() -> None:
    assert told(findings_of(PROJECT)) == []


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(PROJECT)


@pytest.fixture(scope="module", params=["real_site", "zensical_site"], ids=["mkdocs", "zensical"])
def site(request: pytest.FixtureRequest) -> Path:
    """The site that each engine builds."""
    built: Path = request.getfixturevalue(request.param)
    return built


@dataclass
class Html(HTMLParser):
    """The ids, links and loaded files of one page, what its head says of it, and its words."""

    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    inline: list[str] = field(default_factory=list)
    h1: int = 0
    head: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag in ("title", "main", "script"):
            self.within.append(tag)
        if tag == "h1":
            self.h1 += 1
        if tag == "meta" and given.get("name", "generator") != "generator":
            self.head[given["name"]] = given["content"]
        if tag == "link" and given.get("rel") == "canonical":
            self.head["canonical"] = given["href"]
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if tag in ("script", "img", "iframe", "source", "video") and "src" in given:
            self.loaded.add(given["src"])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload", "modulepreload"):
            self.loaded.add(given["href"])
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in ("application/json", "application/ld+json")
        ):
            self.inline.append("script")
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(f"{tag}: {sorted(given)}")

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        match self.within:
            case ["title"]:
                self.head["title"] = data
            case ["main"]:
                self.words += data.split()


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Html]:
    """Every page by its address."""
    return _pages(site)


def _pages(site: Path) -> dict[str, Html]:
    found = {}
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix().removesuffix("index.html")
        if name.startswith("pagefind/"):
            continue
        parsed = Html()
        parsed.feed(file.read_text(encoding="utf-8"))
        found[urljoin(SITE, name)] = parsed
    return found


def _targets(pages: dict[str, Html], of: str) -> Iterator[tuple[str, str]]:
    """(page, absolute address) for every link inside the site or every loaded file."""
    for address, page in pages.items():
        if address.endswith("404.html"):
            continue  # its addresses are absolute, from where the site will stand
        for target in getattr(page, of):
            absolute = urljoin(address, target)
            if absolute.startswith(SITE) or of == "loaded":
                yield address, absolute


def test_every_internal_link_and_anchor_leads_somewhere(pages: dict[str, Html], site: Path) -> None:
    dead = []
    for page, target in _targets(pages, "links"):
        parts = urlsplit(target)
        there = pages.get(f"{SITE}{parts.path.lstrip('/')}")
        if there is None and not (site / unquote(parts.path).lstrip("/")).is_file():
            dead.append(f"{page} -> {target}")
        elif "=" in parts.fragment:
            continue  # what a deck or a presentation opens, which is no anchor
        elif parts.fragment and there is not None and unquote(parts.fragment) not in there.ids:
            dead.append(f"{page} -> {target} (no such anchor)")
    assert dead == []


def test_every_file_a_page_loads_is_the_sites_own(pages: dict[str, Html], site: Path) -> None:
    missing = [
        f"{page} -> {target}"
        for page, target in _targets(pages, "loaded")
        if not target.startswith(SITE)
        or not (site / unquote(urlsplit(target).path).lstrip("/")).is_file()
    ]
    assert missing == []


def test_no_style_sheet_loads_from_elsewhere(site: Path) -> None:
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", sheet.read_text("utf-8")), (
            sheet
        )


_LOADED = {
    ".css": re.compile(
        r"url\(\s*['\"]?([^'\")#:]+)['\"]?\s*\)"
    ),  # with a colon: data, or from elsewhere
    ".js": re.compile(r"""(?:\bfrom|\bimport\(?)\s*["'](\.[^"']+)["']"""),
}


def test_everything_that_sheets_and_modules_load_is_there(real_site: Path) -> None:
    loads = [
        (file, file.parent / address)
        for kind, pattern in _LOADED.items()
        for file in (real_site / "assets").rglob(f"*{kind}")
        for address in pattern.findall(file.read_text("utf-8"))
    ]
    assert {file.suffix for file, _ in loads} == {".css", ".js"}
    assert [f"{file} -> {there}" for file, there in loads if not there.is_file()] == []


def test_only_pictures_have_an_address_that_stays_when_they_change(real_site: Path) -> None:
    fixed, images = sorted(path.name for path in (real_site / "assets").iterdir())
    assert images == "images"
    assert re.fullmatch(r"[0-9a-f]{10}", fixed)
    assert f"/assets/{fixed}/*\n  Cache-Control: public, max-age=31536000, immutable" in (
        (real_site / "_headers").read_text("utf-8")
    )


def test_no_page_needs_inline_script_or_style(pages: dict[str, Html]) -> None:
    assert {address: page.inline for address, page in pages.items() if page.inline} == {}


def test_every_page_has_a_content_security_policy(site: Path) -> None:
    for file in site.rglob("index.html"):
        if "pagefind" not in file.parts:
            head = file.read_text("utf-8").partition("</head>")[0]
            aside = file.relative_to(site).parts[0] in ASIDE
            allowed = "default-src 'none'" if aside else "script-src 'self';"
            assert allowed in head, file


def test_every_page_has_one_title(pages: dict[str, Html]) -> None:
    assert {address: page.h1 for address, page in pages.items() if page.h1 != 1} == {}


def test_no_marker_of_a_slot_is_left(site: Path) -> None:
    for file in site.rglob("*.html"):
        assert "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}" not in file.read_text("utf-8"), file
    assert not list(site.rglob("_frame"))


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        ("casestudies/cuny-asap/", "Case studies"),
        ("states/", "People and places"),
        ("populations/veterans/", "People and places"),
        ("contribute/", "About"),
    ],
)
def test_a_page_shows_under_which_tab_it_stands(address: str, tab: str, site: Path) -> None:
    html = (site / address / "index.html").read_text("utf-8")
    active = re.findall(r"md-tabs__item--active.*?<a[^>]*>(.*?)</a>", html, re.S)
    assert [name.strip() for name in active] == [tab]


def test_every_record_has_its_page(library: Library, pages: dict[str, Html]) -> None:
    for kind, record in library.entries():
        if kind.view is not None:
            assert f"{SITE}{kind.path_of(record.id)}" in pages


def test_links_lead_both_ways(library: Library, pages: dict[str, Html]) -> None:
    """A case study leads to everything it is tagged with, and each of those back to it."""
    for case in library.case_studies:
        here = f"{SITE}casestudies/{case.id}/"
        outward = {urljoin(here, target) for target in pages[here].links}
        for kind, ids in (
            ("practices", case.practices),
            ("policies", case.policies),
            ("populations", case.populations),
            ("sectors", case.sectors),
            ("program-areas", case.program_areas),
            ("states", [p.state.lower() for p in case.places if p.state]),
        ):
            for record_id in ids:
                there = f"{SITE}{kind}/{record_id}/"
                assert there in outward, f"{here} does not lead to {there}"
                back = {urljoin(there, target) for target in pages[there].links}
                # A long list is shortened and leads to the search that shows the rest.
                assert here in back or any("/search/?" in target for target in back)


def test_the_sitemap_names_every_page(pages: dict[str, Html], site: Path) -> None:
    named = set(re.findall(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text("utf-8")))
    wanted = [
        address
        for address in pages
        if address.endswith("/") and address.removeprefix(SITE).split("/")[0] not in ASIDE
    ]
    assert len(named) == len(wanted)
    assert not any("_frame" in address for address in named)


def test_search_engines_get_structured_data(site: Path) -> None:
    html = (site / "casestudies/cuny-asap/index.html").read_text("utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "Article"
    assert data["url"].endswith("/casestudies/cuny-asap/")
    assert data["url"] in html.partition('rel="canonical"')[2][:200]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["dateModified"])


def test_a_browser_can_add_the_search_to_its_box(site: Path) -> None:
    html = (site / "casestudies/cuny-asap/index.html").read_text("utf-8")
    assert 'rel="search" type="application/opensearchdescription+xml"' in html
    described = ElementTree.parse(site / "opensearch.xml").getroot()
    url = described.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.get("template", "").endswith("/search/?q={searchTerms}")


def test_both_engines_make_the_same_site(real_site: Path, zensical_site: Path) -> None:
    """The same addresses, and on each page the same head, the same words and the same links."""
    ours, theirs = _pages(real_site), _pages(zensical_site)
    assert theirs.keys() == ours.keys()
    for address, page in ours.items():
        other = theirs[address]
        assert other.head == page.head, address
        assert other.words == page.words, address
        assert _away(address, other) == _away(address, page), address


def _away(address: str, page: Html) -> set[str]:
    """The addresses that a page links to, itself left out: engines skip to its content each in its own way."""
    leads = {urljoin(address, target) for target in page.links}
    return {unquote_plus(target) for target in leads if target.partition("#")[0] != address}


@pytest.mark.parametrize("name", ["search/names.kb", "search/catalog.kb", "sitemap.xml"])
def test_both_engines_give_the_search_the_same(
    name: str, real_site: Path, zensical_site: Path
) -> None:
    assert (zensical_site / name).read_bytes() == (real_site / name).read_bytes()
