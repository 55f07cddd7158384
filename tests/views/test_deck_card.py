"""What a slide shows of a record: plain words and the source's own numbers."""

from __future__ import annotations

import json
from pathlib import Path

from generator.build import read_library
from generator.models.case_study import CaseStudy
from generator.models.collection import Collection
from generator.printing.card import write_card
from generator.printing.site import Site
from generator.views.case_study import case_study_view
from generator.views.collection import collection_view
from generator.views.deck_card import case_study_card, collection_card, plain
from tests.conftest import Tree

RECORD = "casestudies/night-welding.yaml"


def test_prose_becomes_plain_text_with_its_citations(tree: Tree) -> None:
    changes = {
        RECORD: ("Night courses fill [s1].", '"**Night** & *day*: see [it](kb:stipends) [s1]."')
    }
    library = read_library(tree(changes))
    case = library.find("case-study", "night-welding", CaseStudy)
    card = case_study_card(case_study_view(case, library))
    assert card["sections"][0] == {"title": "Lessons", "items": ["Night & day: see it [1]."]}


def test_citations_of_several_sources_become_their_numbers_in_one_pair_of_brackets() -> None:
    links = ['<a href="#source-s1" aria-label="Source 1">1</a>', '<a href="#source-s4">4</a>']
    html = f'It grew <em>fast</em><sup class="kb-cite">{", ".join(links)}</sup>, as planned.'
    assert plain(html) == "It grew fast [1, 4], as planned."


def test_plain_text_keeps_what_looks_like_markup() -> None:
    assert plain("<p>a &lt;b&gt; c</p>\n<p>d</p>") == "a <b> c d"


def test_outcomes_keep_their_numbers(tree: Tree) -> None:
    library = read_library(tree())
    case = library.find("case-study", "night-welding", CaseStudy)
    (outcome,) = case_study_card(case_study_view(case, library))["outcomes"]
    assert [bar["value"] for bar in outcome["bars"]] == [60, 40]
    assert (outcome["unit"], outcome["difference"]) == ("percent", "+20 points")


def test_a_record_without_outcomes_has_none(tree: Tree) -> None:
    library = read_library(tree())
    case = library.find("case-study", "day-welding", CaseStudy)
    card = case_study_card(case_study_view(case, library))
    assert card["outcomes"] == []
    assert dict(card["facts"])["What was found?"] == "Effect not measured"


def test_a_collection_names_its_records_in_order_with_what_to_say(tree: Tree) -> None:
    library = read_library(tree())
    view = collection_view(library.find("collection", "welding", Collection), library)
    assert [(e["id"], e["note"]) for e in collection_card(view)["entries"]] == [
        ("casestudies/night-welding", "Begin with the evening."),
        ("practices/stipends", ""),
        ("policies/training-accounts", ""),
    ]


def test_addresses_on_slides_lead_to_the_published_site(tmp_path: Path) -> None:
    site = Site(tmp_path, "https://site.example/")
    write_card({"path": "practices/x/"}, "s/abcd/", "practices/x/", site)
    card = json.loads((tmp_path / "practices" / "x" / "card.json").read_text("utf-8"))
    assert (card["url"], card["short"]) == (
        "https://site.example/practices/x/",
        "https://site.example/s/abcd/",
    )
