"""Markdown of records to HTML: what it may hold, citations, and links by id."""

from __future__ import annotations

import random

import pytest

from generator.build import read_library
from generator.models.fields import Source
from generator.views.markdown import Marks, inline, prose, safe_html, safe_html_whole
from generator.views.page import writer
from tests.conftest import Tree

NUMBERS = {"s1": 1, "s2": 2, "s10": 3}


def shown(text: str) -> str:
    return prose(text, Marks(lambda target: f"../../{target}/", NUMBERS))


def test_a_citation_becomes_a_link_to_the_source() -> None:
    assert shown("It grew [s1].") == (
        '<p>It grew<sup class="kb-cite">'
        '<a href="#source-s1" aria-label="Source 1">1</a></sup>.</p>\n'
    )


def test_several_sources_in_one_citation() -> None:
    assert shown("It grew [s2, s10].").count('<a href="#source-s') == 2


def test_a_citation_in_a_links_title_is_left_alone() -> None:
    html = shown('[x](https://example.org "[s1]")')
    assert 'title="[s1]"' in html
    assert "<sup" not in html


def test_a_link_by_id_is_resolved() -> None:
    assert '<a href="../../cuny-asap/">CUNY</a>' in shown("[CUNY](kb:cuny-asap)")


def test_headings_are_below_the_pages_title() -> None:
    assert shown("# One\n\n## Two") == "<h2>One</h2>\n<h3>Two</h3>\n"


PLAIN = "It's a 2-year program: [bridge classes](kb:practices/bridge) cost $1.5 [s1, s2].\n\nThen it grew [s10]."
MARKS = [
    *(
        "\n",
        "\n\n",
        "\t",
        "  ",
        " ",
        "..",
        "--",
        "'",
        '"',
        "[",
        "]",
        "(",
        ")",
        "!",
        ":",
        "<b>",
        "&",
        "#",
        "1. ",
    ),
    *(
        "*",
        "_",
        "`",
        "~~",
        "|",
        "\\",
        ">",
        "+ ",
        "- ",
        "=",
        "https://example.org",
        "[s1]",
        "[s1]: /x",
        "![s1]",
    ),
    *(
        "[x](kb:y)",
        "](",
        "\N{NO-BREAK SPACE}",
        "\N{LATIN SMALL LETTER E WITH ACUTE}",
        "\N{EM DASH}",
        "\0",
        "",
    ),
]


def test_plain_text_is_rendered_as_cmark_and_nh3_do() -> None:
    assert safe_html(PLAIN) == safe_html_whole(PLAIN)
    chance = random.Random(7)
    for _ in range(20_000):
        text = PLAIN
        for _ in range(chance.randint(1, 3)):
            start = chance.randrange(len(text) + 1)
            text = text[:start] + chance.choice(MARKS) + text[start + chance.randint(0, 9) :]
        assert safe_html(text) == safe_html_whole(text)


def test_an_item_of_one_paragraph_needs_none_around_it() -> None:
    assert inline("Pay *weekly*.", Marks(str, {})) == "Pay <em>weekly</em>."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://tracker.example/x.png)",
        "<a href='#' style='x' onclick='alert(1)'>x</a>",
        "<iframe src=https://example.org></iframe>",
        '[x](kb:a"onmouseover="alert(1))',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "`<script>alert(1)</script>`",
    ],
)
def test_nothing_a_contributor_writes_becomes_script(text: str) -> None:
    html = shown(text).lower()
    for bad in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "javascript:",
        "data:",
        "vbscript:",
        "style=",
    ):
        assert bad not in html
    # What is left of a handler is text, not an attribute of an element.
    for tag in html.split("<")[1:]:
        assert "onmouseover=" not in tag.split(">")[0].replace("%22", "").split('href="')[0]
        assert "onclick" not in tag.split(">")[0]


def test_marks_are_those_of_the_page(tree: Tree) -> None:
    """What is made of a citation or a link for one page stands on others that number their sources alike, and on no more."""
    library = read_library(tree())
    text = "It grew [s2], as [CUNY](kb:day-welding) did."

    def html(root: str, *sources: str) -> str:
        listed = [Source.model_construct(id=source) for source in sources]
        return str(writer(library, root, listed).inline(text))

    assert html("../../", "s1", "s2") == (
        'It grew<sup class="kb-cite"><a href="#source-s2" aria-label="Source 2">2</a></sup>,'
        ' as <a href="../../casestudies/day-welding/">CUNY</a> did.'
    )
    assert 'aria-label="Source 1">1</a>' in html("../../", "s2", "s1")
    assert '<a href="../casestudies/day-welding/">' in html("../", "s1", "s2")
