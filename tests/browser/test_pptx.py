"""The PowerPoint file of a deck, as another program reads it: words, charts, notes, links and pictures."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from pptx import Presentation

ASAP = "casestudies/cuny-asap"
INDEPENDENT = "Rewire is an independent project. It is not a government site."
Made = Callable[[str], Any]


@pytest.fixture
def made(page: Page, site: str, tmp_path: Path) -> Made:
    """Opens an address, downloads its PowerPoint file and reads that."""

    def download(path: str) -> Any:
        page.goto(site + path)
        ready_to_export(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download PowerPoint").click()
        waiting.value.save_as(tmp_path / "deck.pptx")
        return Presentation(str(tmp_path / "deck.pptx"))

    return download


def ready_to_export(page: Page) -> None:
    """Wait until all that is to be exported is loaded."""
    expect(page.get_by_role("button", name="Download PowerPoint")).to_be_visible()
    expect(page.locator(".kb-entry__state", has_text="Loading")).to_have_count(0)


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def notes(slide: Any) -> list[str]:
    return [p.text for p in slide.notes_slide.notes_text_frame.paragraphs]


def charts(deck: Any) -> Iterator[Any]:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape.chart


def pictures_and_charts(slide: Any) -> list[Any]:
    return [s for s in slide.shapes if s.has_chart or s.shape_type == 13]


def alternative(shape: Any) -> str:
    return str(shape._element.xpath(".//p:cNvPr")[0].get("descr", ""))


def qr_codes(slide: Any) -> list[str]:
    images = [shape.image.blob for shape in slide.shapes if shape.shape_type == 13]
    return [
        code.text
        for blob in images
        for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(blob)))
    ]


def links(slide: Any) -> set[str]:
    return {
        run.hyperlink.address
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    }


def test_a_collection_becomes_slides_with_words_charts_and_sources(
    made: Made, real_site: Path
) -> None:
    deck = made("collections/what-employers-did/")
    slides = list(deck.slides)
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)  # 16:9
    assert slides[0].shapes.title.text == "What employers did"
    assert INDEPENDENT in words(slides[0])
    assert all(slide.shapes.title is not None for slide in slides)
    fame = [s for s in slides if s.shapes.title.text.startswith("Kentucky FAME")]
    overview = words(fame[0])
    for word in ("Promising evidence", "Positive", "KY", "Since 2010"):
        assert word in overview
    assert notes(fame[0])[0].startswith("Employers own it: they pick the students")
    assert any("https://" in line for line in notes(fame[0]))
    assert slides[-1].shapes.title.text.startswith("Sources")
    assert INDEPENDENT in words(slides[-1])
    records = json.loads((real_site / "casestudies/kentucky-fame/card.json").read_text("utf-8"))
    sources = {link for slide in slides for link in links(slide)}
    assert {source["url"] for source in records["sources"]} <= sources


def test_charts_hold_the_numbers_of_program_and_comparison(made: Made) -> None:
    deck = made(f"deck/#e={ASAP}")
    first = next(charts(deck))
    plot = first.plots[0]
    assert list(plot.categories) == [
        "Graduated, 3 years (6 semesters)",
        "Graduated, 2 years",
        "Enrolled, first term (12 weeks), any college",
    ]
    assert {series.name: list(series.values) for series in plot.series} == {
        "Program": [40.1, 14.5, 97.0],
        "Comparison": [21.8, 8.7, 94.0],
    }
    assert first.part.chart_workbook.xlsx_part is not None, "the numbers can be edited"


def test_every_slide_has_its_short_link_and_a_qr_code_that_leads_there(
    made: Made, real_site: Path
) -> None:
    deck = made(f"deck/#e={ASAP}")
    short = json.loads((real_site / ASAP / "card.json").read_text("utf-8"))["short"]
    own = [s for s in deck.slides if s.shapes.title.text.startswith("CUNY ASAP")]
    assert len(own) >= 4
    for slide in own:
        assert qr_codes(slide) == [short]
        assert short in links(slide)
        assert f"Short link: {short}" in notes(slide)


def test_pictures_and_charts_say_in_words_what_they_show(made: Made) -> None:
    deck = made(f"deck/#e={ASAP}")
    for slide in deck.slides:
        for shape in pictures_and_charts(slide):
            assert len(alternative(shape)) > 20
    chart = next(s for slide in deck.slides for s in slide.shapes if s.has_chart)
    assert "program 40.1%, control group 21.8%" in alternative(chart)


def test_one_outcome_becomes_one_slide(made: Made, real_site: Path) -> None:
    card = json.loads((real_site / ASAP / "card.json").read_text("utf-8"))
    anchor = card["outcomes"][0]["anchor"]
    deck = made(f"deck/#e={ASAP}.{anchor}")
    _, outcome, sources = deck.slides
    assert qr_codes(outcome) == [f"{card['short']}#{anchor}"]
    (chart,) = charts(deck)
    assert [list(series.values) for series in chart.plots[0].series] == [[40.1], [21.8]]
    assert any(line.startswith("As printed: “") for line in notes(outcome))
    assert "An Eight-Year Cost Analysis" not in words(sources), "only the outcome's own source"


def test_what_a_record_may_lack_or_hold_does_no_harm(page: Page, made: Made) -> None:
    """No figures, no place, no sources but one; long, Arabic and pictured words; a note from anywhere."""
    long = "A very long title " * 17
    card = {
        "id": "practices/odd",
        "kind": "Practice",
        "title": long[:300],
        "path": "practices/odd/",
        "summary": "برنامج تدريب مهني للعاملين 🎓 " * 8,
        "facts": [],
        "note": "",
        "sections": [{"title": "كيف", "items": ["نص طويل " * 500, "<b>&amp; 🎉</b>"]}],
        "outcomes": [],
        "sources": [
            {"number": 1, "title": "مصدر", "about": "ناشر, 2020", "url": "https://x.example/"}
        ],
        "checked": "October 1, 2026",
        "url": "http://site.example/practices/odd/",
        "short": "http://site.example/s/odd1/",
    }
    page.route("**/practices/odd/card.json", lambda route: route.fulfill(json=card))
    page.add_init_script("""localStorage.setItem("/.kb-deck", JSON.stringify(
        {title: "عرض 🎉 " + "x".repeat(400), entries: [{id: "practices/odd", note: "bell \\u0007\\nsecond"}]}))""")
    deck = made("deck/")
    slides = list(deck.slides)
    assert len(slides[0].shapes.title.text) == 300
    assert slides[1].shapes.title.text == long[:300]
    assert notes(slides[1])[:2] == ["bell ", "second"]
    text = "\n".join(words(slide) for slide in slides)
    assert "<b>&amp; 🎉</b>" in text
    assert text.count("نص طويل") == 500, "nothing of a long text is lost"
    arabic = next(s for s in slides[1].shapes if s.name == "Summary")
    assert arabic._element.xpath(".//a:pPr[@rtl='1']")


def test_a_deck_of_nothing_makes_no_file(page: Page, site: str) -> None:
    page.goto(site + "deck/#e=nothing")
    page.get_by_role("button", name="Download PowerPoint").click()
    expect(page.get_by_text("There is nothing to export yet")).to_be_visible()


def test_where_the_library_cannot_be_loaded_it_is_said(page: Page, site: str) -> None:
    page.goto(site + f"deck/#e={ASAP}")
    ready_to_export(page)
    page.route("**/pptxgen.bundle.js", lambda route: route.fulfill(status=200, body="throw 0"))
    page.evaluate("window.addEventListener('error', (event) => event.preventDefault())")
    page.get_by_role("button", name="Download PowerPoint").click()
    expect(page.get_by_text("The PowerPoint file could not be made.")).to_be_visible()
