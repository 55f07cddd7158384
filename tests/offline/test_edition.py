"""The offline edition of the tiny library: what is in the file, and that every link in it leads somewhere."""

from __future__ import annotations

import html
import json
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.offline.index import Entry, minisearch, tokens
from tests.conftest import TINY, made_whole

SITE = "https://rewire.example/library/"


def build(root: Path) -> Result:
    done = CliRunner().invoke(
        main, ["build", "--root", str(root), "--offline"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = made_whole(Path(shutil.copytree(TINY, tmp_path_factory.mktemp("offline") / "library")))
    settings = (made / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"(?m)^site_url:.*$", f'site_url: "{SITE}"', settings)
    (made / "mkdocs.yml").write_text(settings, "utf-8")
    (made / "content" / "data.md").write_text("# Data\n\n<div>⟦data⟧</div>\n", "utf-8")
    return made


@pytest.fixture(scope="module")
def packed(root: Path) -> Path:
    output = build(root).output
    file = root / "site" / "data" / "rewire-offline.zip"
    assert f"unpack {file} anywhere, and open start-here.html in it." in output
    return file


@pytest.fixture(scope="module")
def folder(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(target)
    assert [path.name for path in target.iterdir()] == ["rewire-offline"]
    return target / "rewire-offline"


def addresses(page: Path) -> list[str]:
    found = re.findall(r'\s(?:href|src|action)="([^"]*)"', page.read_text("utf-8"))
    return [html.unescape(address) for address in found]


def test_every_link_leads_to_a_file_or_to_the_website(folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert folder / "library" / "casestudies" / "night-welding" / "index.html" in pages
    for page in pages:
        for address in addresses(page):
            parts = urlsplit(address)
            if not parts.scheme and parts.path:
                there = (page.parent / unquote(parts.path)).resolve()
                assert there.is_file(), f"{page.relative_to(folder)} leads to {address}"


def test_no_script_needs_a_server_and_nothing_may_be_fetched(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert 'type="module"' not in text
        assert text.count('http-equiv="Content-Security-Policy" content="default-src \'none\'') == 1


def test_what_needs_the_website_says_so_and_where(folder: Path) -> None:
    deck = (folder / "library" / "deck" / "index.html").read_text("utf-8")
    assert "works on the website only" in deck
    assert f'<a href="{SITE}deck/">{SITE}deck/</a>' in deck
    assert "<noscript>" not in deck


def test_each_page_says_that_it_is_a_copy_and_of_when(folder: Path) -> None:
    for name in ("index.html", "casestudies/night-welding/index.html"):
        text = (folder / "library" / name).read_text("utf-8")
        assert (
            '<p class="kb-footer__offline">Offline copy of Rewire, as checked up to November 1, 2026. '
            f"Newer records: {SITE}</p>" in text
        )
        assert '<p class="kb-footer__who"><strong>Rewire is an independent project.' in text


def test_what_is_of_use_on_the_web_only_stays_out(folder: Path) -> None:
    names = {
        path.relative_to(folder / "library").as_posix() for path in (folder / "library").rglob("*")
    }
    assert not [name for name in names if name.startswith(("embed", "pagefind"))]
    assert not [name for name in names if name.endswith(("card.json", "card.png", ".kb", ".zip"))]
    assert [name for name in names if name.endswith("qr.svg")]
    assert [name for name in names if name.endswith("/vendor/minisearch.LICENSE.txt")]


def test_the_page_of_downloads_lists_it_where_it_was_made(root: Path, packed: Path) -> None:
    page = (root / "site" / "data" / "index.html").read_text("utf-8")
    assert '<a href="../data/rewire-offline.zip" download>' in page


def test_the_same_site_gives_the_same_bytes(root: Path, packed: Path) -> None:
    before = packed.read_bytes()
    build(root)
    assert packed.read_bytes() == before


def test_without_a_known_address_links_to_what_is_left_out_are_just_words(
    root: Path, tmp_path: Path
) -> None:
    plain = Path(shutil.copytree(root, tmp_path / "library", ignore=shutil.ignore_patterns("site")))
    settings = (
        (plain / "mkdocs.yml").read_text("utf-8").replace(f'site_url: "{SITE}"', 'site_url: ""')
    )
    (plain / "mkdocs.yml").write_text(settings, "utf-8")
    build(plain)
    with zipfile.ZipFile(plain / "site" / "data" / "rewire-offline.zip") as archive:
        deck = archive.read("rewire-offline/library/deck/index.html").decode()
        data = archive.read("rewire-offline/library/data/index.html").decode()
    assert "works on the website only. What stands here" in deck
    assert re.search(r"<a download>The whole site", data)


def test_words_are_cut_without_accents_and_case() -> None:
    assert tokens("Señor O'Hara's Pay-for-Success, 34 CFR 77.1 — ﬁne") == (
        ["senor", "o", "hara", "s", "pay", "for", "success", "34", "cfr", "77", "1", "fine"]
    )


def test_the_index_has_the_shape_that_minisearch_reads() -> None:
    index = minisearch(
        [Entry(("Night welding", "", "", "welding at night"), {"title": "Night welding"})]
    )
    assert json.loads(index) == {
        "documentCount": 1,
        "nextId": 1,
        "documentIds": {"0": 0},
        "fieldIds": {"title": 0, "names": 1, "tags": 2, "text": 3},
        "fieldLength": {"0": [2, 0, 0, 3]},
        "averageFieldLength": [2.0, 0.0, 0.0, 3.0],
        "storedFields": {"0": {"title": "Night welding"}},
        "dirtCount": 0,
        "index": [
            ["at", {"3": {"0": 1}}],
            ["night", {"0": {"0": 1}, "3": {"0": 1}}],
            ["welding", {"0": {"0": 1}, "3": {"0": 1}}],
        ],
        "serializationVersion": 2,
    }
