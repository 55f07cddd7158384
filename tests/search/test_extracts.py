"""What is read of a page is all that Pagefind would find on it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pagefind.service import get_executable

from generator.search.extracts import extract
from tests.conftest import ASIDE
from tests.search.indexes import unpacked

PAGE = """<!doctype html><html><body><header>Menu</header><main><article>
<div data-pagefind-body{}><h1 id="t">Title</h1><svg><path d="M0"/></svg> <p>Text<sup class="kb-cite"><a>1</a></sup>.</p>
<section data-pagefind-ignore><h2>Related</h2><p>Others</p></section> <p>More</p></div>
</article></main><footer>Foot</footer></body></html>"""


def found(index: Path) -> dict[str, Any]:
    """By address: what an index has of each page, as Pagefind writes it."""
    pages = [json.loads(unpacked(file)) for file in index.glob("fragment/*")]
    return {page["url"]: page for page in pages}


def test_the_index_has_what_pagefind_finds_on_the_whole_pages(
    real_site: Path, tmp_path: Path
) -> None:
    folders = [p.name for p in real_site.iterdir() if p.is_dir() and p.name not in ASIDE]
    subprocess.run(
        [
            *(str(get_executable()), "--site", str(real_site), "--output-path", str(tmp_path)),
            *("--force-language", "en", "--exclude-selectors", ".headerlink, .kb-cite"),
            *("--glob", "{*.html," + ",".join(f"{name}/**/*.html" for name in folders) + "}"),
        ],
        check=True,
        capture_output=True,
    )
    whole, ours = found(tmp_path), found(real_site / "pagefind")
    assert {address: parts(page) for address, page in ours.items()} == {
        address: parts(page) for address, page in whole.items()
    }
    assert any(page["anchors"] for page in whole.values())


def parts(page: dict[str, Any]) -> tuple[object, ...]:
    """What there is of a page: its letters and figures (blanks differ), the parts one can link to, and what a result shows."""
    letters = re.sub(r"[\W_]", "", page["content"])
    return letters, [anchor["id"] for anchor in page["anchors"]], page["meta"]


@pytest.mark.parametrize("marks", ["", ' class="kb-record"'])
def test_a_page_without_what_is_passed_over(marks: str) -> None:
    text = extract(PAGE.format(marks).encode()).decode()
    for kept in ('<h1 id="t">Title</h1>', "Text", "More"):
        assert kept in text
    for cut in ("Menu", "Foot", "svg", "Related", "Others", "kb-cite"):
        assert cut not in text


def test_nothing_of_a_page_that_is_not_to_be_found() -> None:
    assert extract(PAGE.replace(" data-pagefind-body", "").encode()) == b""


def test_words_about_marks_are_words() -> None:
    text = 'write <code>&lt;p data-pagefind-ignore&gt;</code>, or class="kb-cite"'
    page = PAGE.replace("Text", text).format("")
    assert text in extract(page.encode()).decode()


def test_words_of_two_elements_are_two(real_site: Path) -> None:
    told = " ".join(page["content"] for page in found(real_site / "pagefind").values())
    assert "points Statistically significant" in told
    assert "pointsStatistically" not in told
