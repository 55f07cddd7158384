"""What pages load: one sheet for what all have in common, and a folder named for what is in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.printing.assets import settle

FILES = {
    "assets/stylesheets/main.min.css": "body { color: black; background: url('../images/dot.svg') }",
    "assets/javascripts/bundle.js": "1",
    "assets/css/tokens.css": '[data-md-color-scheme="default"] { --x: white }\n[data-md-color-scheme="slate"] { --x: black }',
    "assets/css/deck.css": ".kb-deck { /* wide */ width: 100% }",
    "assets/css/print.css": "p { color: black }",
    "assets/js/deck.js": 'import "./dom.js";',
    "assets/js/dom.js": "export const el = 1;",
    "assets/vendor/font.woff2": "font",
    "assets/images/dot.svg": "<svg/>",
}
HEAD = """\
<link rel="icon" href="{root}assets/images/dot.svg">
<link rel="stylesheet" href="{root}assets/stylesheets/main.min.css">
<link rel="stylesheet" href="{root}assets/css/tokens.css">
{own}<link rel="stylesheet" href="{root}assets/css/print.css" media="print">
<script src="{root}assets/js/dom.js" async></script>
<a href="https://example.org/assets/js/dom.js">a link</a>
"""
DECK = '<link rel="stylesheet" href="../assets/css/deck.css">\n'


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What the theme's engine leaves: a page, a deck, and the page for what is not there."""
    pages = {
        "cases/_frame/index.html": HEAD.format(root="../../", own=""),
        "deck/index.html": HEAD.format(root="../", own=DECK),
        "404.html": HEAD.format(root="/library/", own=""),
    }
    for name, text in (FILES | pages).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def sheets(page: Path) -> list[str]:
    return re.findall(r'rel="stylesheet" href="([^"]+)"(?! media)', page.read_text("utf-8"))


def test_a_page_loads_one_sheet_for_all_that_pages_have_in_common(built: Path) -> None:
    fixed = settle(built)
    assert sheets(built / "cases/_frame/index.html") == [f"../../{fixed}/css/site.css"]
    assert sheets(built / "404.html") == [f"/library/{fixed}/css/site.css"]
    own = [f"../{fixed}/css/site.css", f"../{fixed}/css/deck.css"]
    assert sheets(built / "deck/index.html") == own
    assert 'print.css" media="print"' in (built / "404.html").read_text("utf-8")


def test_sheets_are_shrunk_and_what_they_load_is_found_from_where_they_are(built: Path) -> None:
    css = built / settle(built) / "css"
    assert (css / "deck.css").read_text("utf-8") == ".kb-deck{width:100%}"
    joined = (css / "site.css").read_text("utf-8")
    assert joined.startswith('body{color:black;background:url("')
    address = re.findall(r'url\("([^"]+)"\)', joined)[0]
    assert (css / address).resolve() == built / "assets/images/dot.svg"


def test_dark_needs_no_script_where_the_system_asks_for_it(built: Path) -> None:
    joined = (built / settle(built) / "css" / "site.css").read_text("utf-8")
    assert joined.endswith(
        '[data-md-color-scheme="slate"]{--x:black}@media (prefers-color-scheme:dark)'
        '{:where(.no-js) [data-md-color-scheme="default"]{--x:black}}'
    )


def test_scripts_move_pictures_stay_and_links_elsewhere_are_left_alone(built: Path) -> None:
    fixed = settle(built)
    page = (built / "deck/index.html").read_text("utf-8")
    assert f'<script src="../{fixed}/js/dom.js" async>' in page
    assert 'href="../assets/images/dot.svg"' in page
    assert 'href="https://example.org/assets/js/dom.js"' in page
    assert (built / fixed / "js/dom.js").is_file()
    assert sorted(path.name for path in (built / "assets").iterdir()) == sorted(
        ["images", Path(fixed).name]
    )


@pytest.mark.parametrize(
    "changed", ["assets/js/dom.js", "assets/css/deck.css", "assets/vendor/font.woff2"]
)
def test_another_content_has_another_address(
    built: Path, tmp_path_factory: pytest.TempPathFactory, changed: str
) -> None:
    same, other = (
        Path(shutil.copytree(built, tmp_path_factory.mktemp(name), dirs_exist_ok=True))
        for name in ("same", "other")
    )
    with (other / changed).open("a", encoding="utf-8") as file:
        file.write(" .more{color:red}")
    assert settle(built) == settle(same) != settle(other)
