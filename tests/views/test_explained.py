"""Terms of the glossary where a page first uses them."""

from __future__ import annotations

import pytest

from generator.build import read_library
from generator.views.explained import Explainer
from generator.views.markdown import Marks, prose
from tests.conftest import Tree

GLOSSARY = """\
checked: 2026-11-01
terms:
  - id: ojt
    title: On-the-job training
    acronym: OJT
    group: money
    definition: Learning while paid.
  - id: long
    title: A very long title of a law that nobody says in full
    acronym: LONG
    group: money
    definition: A law.
"""


@pytest.fixture
def explainer(tree: Tree) -> Explainer:
    root = tree()
    group = (
        (root / "content/vocabulary/glossary-groups.yaml").read_text().split("id: ")[1].split()[0]
    )
    (root / "content/glossary.yaml").write_text(GLOSSARY.replace("money", group))
    return Explainer(read_library(root))


def button(words: str, term: str) -> str:
    return f'<button type="button" class="kb-term" popovertarget="term-{term}">{words}</button>'


def test_only_the_first_use_of_a_term_is_marked(explainer: Explainer) -> None:
    marked = explainer.mark("<p>OJT pays. On-the-job training and OJT.</p>")
    assert marked == f"<p>{button('OJT', 'ojt')} pays. On-the-job training and OJT.</p>"
    assert explainer.mark("<p>OJT again.</p>") == "<p>OJT again.</p>"
    assert [e.title for e in explainer.explanations()] == ["On-the-job training"]


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="x">OJT</a></p>',
        "<h3>OJT</h3>",
        "<code>OJT</code>",
        "<p>ojt, OJTs2, non-OJT, XOJT</p>",
        '<p title="OJT">x</p>',
        "<p>A very long title of a law that nobody says in full</p>",
    ],
)
def test_links_headings_code_attributes_and_parts_of_words_stay(
    explainer: Explainer, html: str
) -> None:
    assert explainer.mark(html) == html
    assert explainer.explanations() == ()


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("(", ")"),
        ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
        ("&quot;", "&quot;"),
        ("[", "."),
        ("", ","),
        ("", "\N{RIGHT SINGLE QUOTATION MARK}"),
        ("(", ""),
    ],
)
def test_a_line_cannot_end_between_a_term_and_the_sign_beside_it(
    explainer: Explainer, before: str, behind: str
) -> None:
    whole = f'<span class="kb-unbroken">{before}{button("OJT", "ojt")}{behind}</span>'
    marked = explainer.mark(f"<p>One {before}OJT{behind} (OJT) pays.</p>")
    assert marked == f"<p>One {whole} (OJT) pays.</p>"


def test_titles_count_in_the_plural_and_with_a_capital(explainer: Explainer) -> None:
    assert button("on-the-job trainings", "ojt") in explainer.mark(
        "<p>Two on-the-job trainings.</p>"
    )


def test_a_long_title_is_marked_by_its_acronym(explainer: Explainer) -> None:
    assert button("LONG", "long") in explainer.mark("<p>See LONG.</p>")


@pytest.mark.parametrize("written", ["OJT [s1]", "_OJT_", "&#79;JT", "O<b>JT</b>"])
def test_terms_are_found_however_they_are_written(explainer: Explainer, written: str) -> None:
    html = prose(written, Marks(str, {"s1": 1}))
    assert "OJT</button>" in explainer.mark(html, written)
