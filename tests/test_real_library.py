"""The real library as it is published: no finding, no dead link, nothing from another host."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator.build import read_library
from generator.library import Library
from tests.conftest import PROJECT, findings_of, told

SITE = "http://site.invalid/"
ASIDES = ("s", "embed")
"""Folders of pages that stand beside the library's own: short links, and what other sites show."""


def test_the_real_library_has_no_findings() -> None:
    assert told(findings_of(PROJECT)) == []


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(PROJECT)


@dataclass
class Html(HTMLParser):
    """The ids, links and loaded files of one page."""

    ids: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    inline: list[str] = field(default_factory=list)
    h1: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "h1":
            self.h1 += 1
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


@pytest.fixture(scope="module")
def pages(real_site: Path) -> dict[str, Html]:
    """Every page by its address."""
    found = {}
    for file in sorted(real_site.rglob("*.html")):
        name = file.relative_to(real_site).as_posix().removesuffix("index.html")
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


def test_every_internal_link_and_anchor_leads_somewhere(
    pages: dict[str, Html], real_site: Path
) -> None:
    dead = []
    for page, target in _targets(pages, "links"):
        parts = urlsplit(target)
        there = pages.get(f"{SITE}{parts.path.lstrip('/')}")
        if there is None and not (real_site / unquote(parts.path).lstrip("/")).is_file():
            dead.append(f"{page} -> {target}")
        elif "=" in parts.fragment:
            continue  # what a deck or a presentation opens, which is no anchor
        elif parts.fragment and there is not None and unquote(parts.fragment) not in there.ids:
            dead.append(f"{page} -> {target} (no such anchor)")
    assert dead == []


def test_every_file_a_page_loads_is_the_sites_own(pages: dict[str, Html], real_site: Path) -> None:
    missing = [
        f"{page} -> {target}"
        for page, target in _targets(pages, "loaded")
        if not target.startswith(SITE)
        or not (real_site / unquote(urlsplit(target).path).lstrip("/")).is_file()
    ]
    assert missing == []


def test_no_style_sheet_loads_from_elsewhere(real_site: Path) -> None:
    for sheet in real_site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", sheet.read_text("utf-8")), (
            sheet
        )


def test_no_page_needs_inline_script_or_style(pages: dict[str, Html]) -> None:
    assert {address: page.inline for address, page in pages.items() if page.inline} == {}


def test_every_page_has_a_content_security_policy(real_site: Path) -> None:
    for file in real_site.rglob("index.html"):
        if "pagefind" not in file.parts:
            head = file.read_text("utf-8").partition("</head>")[0]
            aside = file.relative_to(real_site).parts[0] in ASIDES
            allowed = "default-src 'none'" if aside else "script-src 'self'"
            assert allowed in head, file


def test_every_page_has_one_title(pages: dict[str, Html]) -> None:
    assert {address: page.h1 for address, page in pages.items() if page.h1 != 1} == {}


def test_no_marker_of_a_slot_is_left(real_site: Path) -> None:
    for file in real_site.rglob("*.html"):
        assert "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}" not in file.read_text("utf-8"), file
    assert not list(real_site.rglob("_frame"))


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


def test_the_sitemap_names_every_page(pages: dict[str, Html], real_site: Path) -> None:
    named = set(re.findall(r"<loc>([^<]+)</loc>", (real_site / "sitemap.xml").read_text("utf-8")))
    wanted = [
        address
        for address in pages
        if address.endswith("/") and address.removeprefix(SITE).split("/")[0] not in ASIDES
    ]
    assert len(named) == len(wanted)
    assert not any("_frame" in address for address in named)


def test_search_engines_get_structured_data(real_site: Path) -> None:
    html = (real_site / "casestudies/cuny-asap/index.html").read_text("utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "Article"
    assert data["url"].endswith("/casestudies/cuny-asap/")
    assert data["url"] in html.partition('rel="canonical"')[2][:200]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["dateModified"])


def test_a_browser_can_add_the_search_to_its_box(real_site: Path) -> None:
    html = (real_site / "casestudies/cuny-asap/index.html").read_text("utf-8")
    assert 'rel="search" type="application/opensearchdescription+xml"' in html
    described = ElementTree.parse(real_site / "opensearch.xml").getroot()
    url = described.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.get("template", "").endswith("/search/?q={searchTerms}")
