"""What the search knows by which name, and where it leads."""

from __future__ import annotations

from typing import Any

import pytest

from generator.build import read_library
from generator.search.names import WrittenPage, names
from tests.conftest import Tree


@pytest.fixture
def entries(tree: Tree) -> dict[tuple[str, str], dict[str, Any]]:
    """By kind and title."""
    written = [WrittenPage("About", "about/", ("who runs this",))]
    found = names(read_library(tree()), written)
    return {(entry["kind"], entry["title"]): entry for entry in found}


def test_a_practice_leads_to_its_page_and_finds_what_is_tagged(
    entries: dict[tuple[str, str], dict[str, Any]],
) -> None:
    assert entries["Practice", "Stipends"] == {
        "title": "Stipends",
        "kind": "Practice",
        "names": ["training pay"],
        "gist": "Money paid to people while they train.",
        "path": "practices/stipends/",
        "facet": "practice",
        "value": "stipends",
    }


def test_plain_words_and_written_pages_have_names_too(
    entries: dict[tuple[str, str], dict[str, Any]],
) -> None:
    assert entries["Plain word", "Pay"]["names"] == ["wage", "wages"]
    assert "path" not in entries["Plain word", "Pay"]
    assert entries["Page", "About"]["names"] == ["who runs this"]


def test_what_did_not_work_is_a_result_one_can_ask_for(
    entries: dict[tuple[str, str], dict[str, Any]],
) -> None:
    result = entries["Result", "No effect found"]
    assert "what did not work" in result["names"]
    assert (result["facet"], result["value"]) == ("direction", "no-effect")


def test_words_to_be_found_by_are_indexed_and_not_called_names(tree: Tree) -> None:
    root = tree(
        {
            "content/practices/stipends.md": (
                "also_called: [training pay]",
                "also_called: [training pay]\nfound_by: [money for rent]",
            )
        }
    )
    library = read_library(root)
    practice = library.practices[0]
    assert practice.also_called == ("training pay",)
    assert practice.other_names == ("training pay", "money for rent")


def test_the_page_of_many_programs_does_not_name_them_all(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = read_library(tree())
    assert any(entry["kind"] == "Case study" for entry in names(library))
    monkeypatch.setattr("generator.search.names._MOST_PROGRAMS", 1)
    assert not any(entry["kind"] == "Case study" for entry in names(library))
