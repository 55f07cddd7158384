"""Citations as a reader pastes them and as a reference manager reads them back, whatever the title holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from html import unescape
from pathlib import Path

import pytest
import rispy
from pybtex.database import parse_string

from generator.sharing.cache import Cache
from generator.sharing.citations import STYLES, format_whole, formatted
from generator.sharing.reference import Reference
from generator.sharing.reference_files import bibtex, bibtex_whole, csl_json, ris, ris_whole

ASAP = Reference(
    key="k2x2hm",
    title="CUNY ASAP: full support for three years",
    genre="Case study",
    day=dt.date(2026, 11, 24),
    url="https://rewire.example/casestudies/cuny-asap/",
    abstract="It helped.",
)
HOSTILE = [
    "<script>alert(1)</script> & <b>bold</b>",
    "Braces } and { and \\ and $5 and 50% of #1_x ~ ^",
    "TY  - JOUR",
    "من يدفع \N{FIRE}",
    "x" * 300,
    "“Quoted” title, with a comma.",
]


def titled(title: str) -> Reference:
    return dataclasses.replace(ASAP, title=title)


PRINTABLE = "".join(map(chr, range(ord(" "), ord("~") + 1)))


@pytest.mark.parametrize("title", [ASAP.title, *PRINTABLE, "Élan", "TITLE and KEY", "--", ""])
def test_bibtex_in_the_quick_way_is_what_pybtex_writes(title: str) -> None:
    assert bibtex(titled(title)) == bibtex_whole(titled(title))


@pytest.mark.parametrize("url", ["https://x.example/a_b/c%20d/", "https://x.example/TITLE/#a~b"])
def test_an_address_in_bibtex_is_escaped_as_pybtex_does(url: str) -> None:
    elsewhere = dataclasses.replace(ASAP, url=url)
    assert bibtex(elsewhere) == bibtex_whole(elsewhere)


def test_each_style_is_formatted_as_its_manual_has_it(tmp_path: Path) -> None:
    assert formatted(ASAP, Cache(tmp_path)) == {
        "APA": "Rewire. (2026, November 24). <i>CUNY ASAP: full support for three years</i>. "
        "https://rewire.example/casestudies/cuny-asap/",
        "Chicago": "Rewire. 2026. “CUNY ASAP: Full Support for Three Years.” November 24. "
        "https://rewire.example/casestudies/cuny-asap/.",
        "MLA": "Rewire. “CUNY ASAP: Full Support for Three Years.” <i>Rewire</i>, 24 Nov. 2026, "
        "https://rewire.example/casestudies/cuny-asap/.",
    }


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_in_every_style(title: str, tmp_path: Path) -> None:
    for html in formatted(titled(title), Cache(tmp_path)).values():
        assert set(re.findall(r"<[^>]*>", html)) <= {"<i>", "</i>"}
        letters = re.sub(r"\W", "", unescape(re.sub("<[^>]*>", "", html))).casefold()
        assert re.sub(r"\W", "", title).casefold() in letters


@pytest.mark.parametrize("title", [ASAP.title, *HOSTILE])
def test_bibtex_is_read_back_as_one_entry(title: str) -> None:
    (entry,) = parse_string(bibtex(titled(title)), "bibtex").entries.values()
    assert entry.type == "misc"
    assert entry.fields["url"] == ASAP.url
    assert [str(person) for person in entry.persons["author"]] == ["Rewire"]
    assert entry.fields["title"].startswith("{")
    assert (entry.fields["year"], entry.fields["month"]) == ("2026", "11")


@pytest.mark.parametrize("title", [ASAP.title, *HOSTILE, ""])
def test_ris_in_the_quick_way_is_what_rispy_writes(title: str) -> None:
    reference = dataclasses.replace(ASAP, title=title, abstract=title)
    assert ris(reference) == ris_whole(reference)


@pytest.mark.parametrize("title", [ASAP.title, *HOSTILE])
def test_ris_is_read_back_as_one_web_page(title: str) -> None:
    (entry,) = rispy.loads(ris(titled(title)))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["title"] == title
    assert entry["urls"] == [ASAP.url]
    assert entry["authors"] == ["Rewire"]


def test_csl_json_is_a_web_page_of_the_day_it_was_checked() -> None:
    (item,) = json.loads(csl_json(ASAP))
    assert (item["type"], item["title"], item["URL"]) == ("webpage", ASAP.title, ASAP.url)
    assert item["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert item["author"] == [{"literal": "Rewire"}]


TITLES = [
    *("What now?", "Wait!", "Ends.", "“Quoted”", 'Is it "so"?', "A <b>bold</b> & brave one"),
    *(
        "عربي عنوان",
        "Emoji 😀",
        "it\N{RIGHT SINGLE QUOTATION MARK}s Bob's",
        "CUNY ASAP: full support for three years",
    ),
]


@pytest.mark.parametrize("title", TITLES)
def test_the_quick_way_gives_what_the_processor_gives(title: str, tmp_path: Path) -> None:
    reference = Reference("k", title, "", dt.date(2026, 11, 24), "https://x.example/?a=1&b=2", "")
    assert formatted(reference, Cache(tmp_path)) == {
        name: format_whole(reference, style, site) for name, style, site in STYLES
    }
