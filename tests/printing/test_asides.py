"""A built site of the tiny library below a path: short links, old addresses, removed records, and the panel."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.conftest import TINY, made_whole

SITE = "https://rewire.example/library/"
LEDGER = """\
- {code: fhkmrw, kind: case-study, id: night-welding, addresses: [casestudies/night-welding/, casestudies/dusk/]}
- code: wxy234
  kind: case-study
  id: dawn
  addresses: [casestudies/dawn/, casestudies/daybreak/]
  removed:
    title: "Dawn <b>welding</b> {{ 1 }}"
    on: 2026-11-01
    why: "It was split; <script>alert(1)</script> was not what it said."
    see: [night-welding, day-welding]
"""


def library(root: Path, ledger: str = LEDGER, site_url: str = SITE) -> Path:
    """The tiny library with a ledger, the project's theme and settings, ready to be built."""
    made_whole(Path(shutil.copytree(TINY, root)))
    settings = (root / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"(?m)^site_url:.*$", f'site_url: "{site_url}"', settings)
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (root / "content" / "permalinks.yaml").write_text(ledger, "utf-8")
    return root


def build(root: Path) -> Path:
    done = CliRunner().invoke(main, ["build", "--root", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return root / "site"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library(tmp_path_factory.mktemp("asides") / "library")


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    return build(root)


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


class Head(HTMLParser):
    """The meta elements and links of a page, noscript included, as a program reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: list[tuple[str, str]] = []
        self.links: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and ("name" in given or "property" in given):
            self.metas.append((given.get("name") or given["property"], given["content"]))
        if tag == "link":
            self.links[given.get("type") or given["rel"]] = given["href"]

    @property
    def named(self) -> dict[str, str]:
        return dict(reversed(self.metas))


@pytest.mark.parametrize("address", ["s/fhkmrw/", "casestudies/dusk/"])
def test_short_links_and_old_addresses_lead_on_without_script_below_any_path(
    site: Path, address: str
) -> None:
    html = page(site, address)
    (target,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', html)
    assert urljoin(SITE + address, target) == f"{SITE}casestudies/night-welding/"
    assert f'data-to="{target}"' in html
    assert f'<a href="{target}">' in html
    assert f'<link rel="canonical" href="{SITE}casestudies/night-welding/">' in html
    (script,) = re.findall(r'<script src="([^"]+)"', html)
    assert (site / urljoin(address, script)).is_file()


def test_a_record_without_an_entry_has_a_short_link(site: Path) -> None:
    panel = page(site, "casestudies/day-welding")
    (short,) = re.findall(rf'<link rel="shortlink" href="{SITE}(s/[^"]+)">', panel)
    assert "../../casestudies/day-welding/" in page(site, short)


def test_every_record_with_a_page_has_a_short_link(site: Path) -> None:
    targets = {
        re.findall(r'data-to="(?:\.\./)+([^"]+)"', file.read_text("utf-8"))[0]
        for file in (site / "s").glob("*/index.html")
    }
    for kind in ("casestudies", "practices", "policies", "populations", "states", "sectors"):
        for folder in (site / kind).iterdir():
            if folder.is_dir() and folder.name != "daybreak" and folder.name != "dusk":
                assert f"{kind}/{folder.name}/" in targets


def test_a_term_has_its_addresses_and_a_qr_code_and_nothing_to_cite(site: Path) -> None:
    panel = page(site, "populations/veterans")
    (code,) = re.findall(rf'<link rel="shortlink" href="{SITE}s/(\w+)/">', panel)
    assert f'<span class="kb-share__text" data-copy>{SITE}s/{code}/</span>' in panel
    assert f'download="rewire-{code}.svg"' in panel
    assert {path.name for path in (site / "s" / code).iterdir()} == (
        {"index.html", "qr.svg", "qr.png"}
    )


def test_a_removed_record_says_why_and_where_to_go(site: Path) -> None:
    html = page(site, "casestudies/dawn")
    assert "This page was removed" in html
    assert "November 1, 2026" in html
    assert "It was split; &lt;script&gt;alert(1)&lt;/script&gt; was not what it said." in html
    assert 'href="../../casestudies/night-welding/"' in html
    assert 'href="../../casestudies/day-welding/"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "<b>welding</b>" not in html
    for address in ("s/wxy234/", "casestudies/daybreak/"):
        assert 'data-to="../../casestudies/dawn/"' in page(site, address)


def test_neither_the_sitemap_nor_the_search_knows_of_them(site: Path) -> None:
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    for path in ("/s/", "/embed/", "/dusk/", "/dawn/", "/daybreak/"):
        assert path not in sitemap
    assert "casestudies/night-welding/" in sitemap
    indexed = sum(1 for _ in (site / "pagefind" / "fragment").iterdir())
    built = sum("data-pagefind-body" in f.read_text("utf-8") for f in site.rglob("*.html"))
    assert indexed == built


def test_everything_of_a_record_is_filed_under_its_code(site: Path) -> None:
    names = {path.name for path in (site / "s" / "fhkmrw").iterdir()}
    assert names == {
        "index.html",
        "cite.bib",
        "cite.ris",
        "cite.json",
        "qr.svg",
        "qr.png",
        "card.png",
        "oembed.json",
    }


def test_oembed_is_found_and_answers(site: Path) -> None:
    head = Head(page(site, "casestudies/night-welding"))
    address = head.links["application/json+oembed"]
    assert address == f"{SITE}s/fhkmrw/oembed.json"
    answer = json.loads((site / "s/fhkmrw/oembed.json").read_text("utf-8"))
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert f'<iframe src="{SITE}embed/fhkmrw/"' in answer["html"]
    assert (answer["thumbnail_url"], answer["thumbnail_width"]) == (
        f"{SITE}s/fhkmrw/card.png",
        1200,
    )
    assert (site / "embed" / "fhkmrw" / "index.html").is_file()


def test_links_posted_elsewhere_show_title_words_and_picture(site: Path) -> None:
    named = Head(page(site, "casestudies/night-welding")).named
    assert named["og:title"] == "Night welding course"
    assert named["og:url"] == f"{SITE}casestudies/night-welding/"
    assert named["og:image"] == f"{SITE}s/fhkmrw/card.png"
    assert "60% in the program, 40% in comparison" in named["og:image:alt"]
    assert named["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("path", "title", "date"),
    [
        ("casestudies/night-welding", "Night welding course", "2026-11-01"),
        ("policies/training-accounts", "Training accounts", "2026-11-01"),
    ],
)
def test_zotero_takes_a_record_for_a_web_page(site: Path, path: str, title: str, date: str) -> None:
    item = zotero(Head(page(site, path)).metas)
    assert item["itemType"] == "webpage"
    assert item["title"] == title
    assert item["date"] == date
    assert item["url"] == f"{SITE}{path}/"
    assert item["websiteTitle"] == "Rewire"
    assert item["creators"] == ["Rewire"]
    assert item["language"] == "en-US"
    assert item["abstractNote"]


def zotero(metas: list[tuple[str, str]]) -> dict[str, object]:
    """
    What Zotero's Embedded Metadata translator (of June 2024, with its RDF translator) makes of a page.

    Highwire tags win: some fix the type, and `citation_title` alone makes a journal article. Then the type
    is z:itemType, og:type (website only), dc:type in this order; without one, a web page.
    """
    fixed = {
        "citation_journal_title",
        "citation_technical_report_institution",
        "citation_conference_title",
        "citation_book_title",
        "citation_dissertation_institution",
    }
    found: dict[str, str] = {}
    for name, content in metas:
        prefix, _, rest = re.sub("[.:_]", ":", name, count=1).partition(":")
        key = f"{prefix.lower()}:{rest[:1].lower()}{rest[1:]}"
        if prefix.lower() in {"z", "og", "dc", "dcterms"}:
            found.setdefault(key, content)
        assert name not in fixed, "this makes it another type of item"
        assert name != "citation_title", "this makes it a journal article"
    kind = found.get("z:itemType") or ("webpage" if found.get("og:type") == "website" else "")
    author = found.get("dc:creator", "")
    assert " " not in author, "Zotero would split it into a first and a last name"
    return {
        "itemType": kind or "webpage",
        "title": found.get("dc:title") or found.get("og:title"),
        "date": found.get("dc:date"),
        "url": found.get("og:url"),
        "websiteTitle": found.get("dc:source") or found.get("og:site_name"),
        "creators": [author],
        "language": found.get("dc:language"),
        "abstractNote": found.get("og:description"),
    }


def test_only_embedded_pages_may_stand_in_a_frame_elsewhere(site: Path) -> None:
    rules = re.findall(r"(?m)^(/\S*)\n((?:  .*\n)+)", (site / "_headers").read_text("utf-8"))
    forbidding = [path for path, headers in rules if "frame-ancestors 'self'" in headers]

    def forbidden(address: str) -> bool:
        return any(
            address.startswith(path[:-1]) if path.endswith("*") else address == path
            for path in forbidding
        )

    for file in site.rglob("*.html"):
        address = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
        assert forbidden(address) != address.startswith("/embed/"), address


def test_the_site_goes_without_what_only_the_build_needs(site: Path) -> None:
    assert not list(site.rglob("dejavu*"))
    assert not list(site.rglob(".cache"))


def test_nothing_is_painted_a_second_time(root: Path, site: Path) -> None:
    before = {f.relative_to(site): f.read_bytes() for f in site.rglob("*") if f.suffix == ".png"}
    again = CliRunner().invoke(main, ["build", "--root", str(root)], catch_exceptions=False)
    assert sum(path.name == "card.png" for path in before) == 4
    told = r"^Print +\d+ pages, 0 of them anew; 0 pictures painted"
    assert re.search(told, again.output, re.M), again.output
    after = {f.relative_to(site): f.read_bytes() for f in site.rglob("*") if f.suffix == ".png"}
    assert before == after


def test_a_site_that_knows_no_address_of_its_own_has_short_links_and_no_panel(
    tmp_path: Path,
) -> None:
    site = build(library(tmp_path / "library", site_url=""))
    html = page(site, "casestudies/night-welding")
    assert "kb-share" not in html
    assert "og:image" not in html
    assert 'data-to="../../casestudies/night-welding/"' in page(site, "s/fhkmrw")
