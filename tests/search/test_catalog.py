"""The catalog from which the search page counts and filters, and the words it guesses from."""

from __future__ import annotations

import pytest

from generator.search.catalog import catalog, words
from generator.search.pagefind import IndexedPage

PAGES = [
    IndexedPage("en_a", "a/", {"kind": ["page"]}, {}, "One rare apprenticeship"),
    IndexedPage(
        "en_b", "b/", {"kind": ["case-study"], "state": ["NY", "OH"]}, {"checked": "1970-01-11"}, ""
    ),
    IndexedPage("en_c", "c/", {"kind": ["case-study"], "state": ["OH", "NY"]}, {}, ""),
]


def test_columns_say_what_each_page_has() -> None:
    found = catalog(PAGES)
    assert found["ids"] == "en_a en_b en_c"
    assert found["days"] == [0, 10, 0]
    state = found["facets"]["state"]
    values = [{state["values"][i] for i in state["sets"][number]} for number in state["of"]]
    assert values == [set(), {"NY", "OH"}, {"NY", "OH"}]
    assert len(state["sets"]) == 2, "one set of values is written once"


def test_words_of_names_and_of_several_pages_come_first() -> None:
    pages = [IndexedPage(f"en_{n}", f"{n}/", {}, {}, "common") for n in range(3)] + PAGES[:1]
    common, rare, everywhere = words(pages, ["Apprenticeship (RA)"]).split("\n")
    assert common.split() == ["apprenticeship", "common"]
    assert rare.split() == ["one", "rare"]
    assert not everywhere


def test_words_of_a_family_that_very_many_pages_have_are_named() -> None:
    texts = ["trained in welding", "training in carpentry"] * 700
    pages = [IndexedPage(f"en_{n}", f"{n}/", {}, {}, text) for n, text in enumerate(texts)]
    assert words(pages, []).split("\n")[2].split() == ["trained", "training"]


@pytest.mark.parametrize("pages", [[], PAGES[:1]])
def test_a_library_without_records_has_a_catalog(pages: list[IndexedPage]) -> None:
    assert catalog(pages)["days"] == [0] * len(pages)
