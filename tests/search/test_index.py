"""The index that we write is the one that Pagefind would: each page, each word, each place and weight."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.search import bundle
from tests.conftest import ASIDE
from tests.search.indexes import by_pagefind, by_us, held

ODD_WORDS = """
    YouthBuild TEFDegree P4P P3's 3rd 10x10 A1b2C3 x86_64 snake_case __init__ e-mail Pell/SNAP C++ .NET U.S. $1,200.50 50% #1
    2016&#x2013;2017 re&#x2013;entry a&#x2013;b co&#x2011;op it&#x2019;s don't l'alphabet &#x201c;quoted&#x201d; &#x2018;single&#x2019; (GED) &#x2014; &#x2026; * &amp; &lt;b&gt; &#39; naïve café
    crème-café Ünïted éÉ aÉb ÀÉb 1É &#xbd; m&#xb2; &#x2116;5 ß Straße STRASSE Ελλάς ΕΛΛΑΣ 中文 &#x2163; soft&#xad;hyphen zero&#x200b;width running runs ran
"""
STRUCTURE = """
    <h1 id="kb-title">What <em>works</em></h1> <p>A sentence without an end</p> <p>One with.</p> <p id="empty"></p>
    <h2 id="two">Second <a href="#two">link</a></h2>
    <dl data-pagefind-weight="0.5"> <dt id="term">Term</dt> <dd>What it says<br>below</dd> <dt><h3>Heading inside</h3></dt> </dl>
    <table data-pagefind-weight="2.5"><tr><td>Cell</td><td id="cell">Other <span>cell</span></td></tr></table>
    <div hidden data-pagefind-ignore><span data-pagefind-meta="place">Ohio, &#x201c;New  York&#x201d;</span>
    <span data-pagefind-meta="years">2016 to 2017</span></div>
    <div data-pagefind-ignore="all"><span data-pagefind-meta="status">Not told</span> <div>Nor this</div> <h4>Nor this</h4></div>
    <div hidden data-pagefind-meta="kind:A page"></div>
    <p title="1 > 0">Said <label>not this</label> <b>twice: works works</b> <code>a &lt; b</code></p> <form><p>Nothing</p></form>
    <ul><li id="item">An item</li><li>Another &amp; a third</li></ul> Loose words <h2>Works</h2>
"""


def page(text: str) -> str:
    return (
        '<!doctype html><html lang="en"><body><main>'
        f'<div data-pagefind-body class="kb-record">{text}</div></main></body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "": page(f"<p>{ODD_WORDS}</p>"),
        "structure/": page(STRUCTURE),
        "empty/": page(""),
        "not-found/": "<!doctype html><html><body><main>Words</main></body></html>",
        # Enough for several files, whose stems begin alike.
        **{f"many/{n}/": page(" ".join(f"w{i}ord" for i in range(n, n + 2000))) for n in range(30)},
    }
    for path, text in pages.items():
        (tmp_path / "site" / path).mkdir(parents=True)
        (tmp_path / "site" / path / "index.html").write_text(text, "utf-8")
    return tmp_path / "site"


def test_it_is_the_index_that_pagefind_makes(site: Path, tmp_path: Path) -> None:
    by_us(site)
    by_pagefind(site, tmp_path)
    ours, theirs = held(site / "pagefind"), held(tmp_path / "pagefind")
    assert ours == theirs
    assert len(ours.files) > 2
    assert {word for word, (_, marked) in ours.words.items() if marked} >= {"cafe", "naiv"}


def test_each_stem_is_in_the_first_file_that_ends_with_it_or_later(site: Path) -> None:
    _finds_each_stem(by_us(site), site)


def _finds_each_stem(index: bundle.Bundle, site: Path) -> None:
    for stem in held(site / "pagefind").words:
        looked_into = next(chunk for chunk in index.chunks if chunk.last >= stem)
        assert looked_into.first <= stem


def test_the_index_of_many_pages_says_the_same_in_other_files(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_us(site)
    of_few = held(site / "pagefind")
    monkeypatch.setattr(bundle, "_MANY", 2)
    made = []
    for jobs in (1, 2):
        shutil.rmtree(site / "pagefind")
        _finds_each_stem(by_us(site, jobs), site)
        made.append(held(site / "pagefind"))
    assert made[0] == made[1]
    assert (made[0].pages, made[0].words) == (of_few.pages, of_few.words)
    assert len(made[0].files) > len(of_few.files)


def test_it_is_so_for_the_real_library(real_site: Path, tmp_path: Path) -> None:
    left = shutil.ignore_patterns("pagefind", *ASIDE)
    shutil.copytree(real_site, tmp_path / "site", ignore=left)
    by_pagefind(tmp_path / "site", tmp_path)
    assert held(real_site / "pagefind") == held(tmp_path / "pagefind")
