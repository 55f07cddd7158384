"""The catalog from which the search page counts, filters and finds the files of the index."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.search.catalog import TOGETHER, catalog, page_ids
from generator.search.pagefind import IndexedPage, IndexFailed, Numbers

PAGES = [
    IndexedPage("en_a", "a/", {"kind": ["page"]}, {}, "One rare apprenticeship"),
    IndexedPage(
        "en_b", "b/", {"kind": ["case-study"], "state": ["NY", "OH"]}, {"checked": "1970-01-11"}, ""
    ),
    IndexedPage("en_c", "c/", {"kind": ["case-study"], "state": ["OH", "NY"]}, {}, ""),
]
NUMBERS = Numbers(
    (("en_c", 7), ("en_a", 1001), ("en_b", 0)), (("a", "m", "en_1"), ("n", "z", "en_2")), ("title",)
)


def test_columns_say_what_each_page_has_in_the_order_of_the_index() -> None:
    found = catalog(PAGES, NUMBERS, ["b/", "glossary/#term"])
    assert found["days"] == [0, 0, 10]
    state = found["facets"]["state"]
    of = [ord(character) - 0x23 for character in state["of"]]
    values = [{state["values"][i] for i in state["sets"][number]} for number in of]
    assert values == [{"NY", "OH"}, set(), {"NY", "OH"}]
    assert len(state["sets"]) == 2, "one set of values is written once"
    assert found["named"] == {"b/": 2}
    assert found["chunks"] == [["m", "1"], ["z", "2"]]


def test_lengths_are_right_to_an_eighth() -> None:
    assert catalog(PAGES, NUMBERS, [])["lengths"] == [7, 960, 0]


def test_ids_are_in_files_that_know_their_catalog() -> None:
    many = replace(NUMBERS, pages=tuple((f"en_{n}", 1) for n in range(TOGETHER + 1)))
    first, second = page_ids(many)
    version = catalog([IndexedPage(i, i, {}, {}, "") for i, _ in many.pages], many, [])["version"]
    assert first.split()[:2] == [version, "0"]
    assert second.split() == [version, str(TOGETHER)]
    assert page_ids(NUMBERS)[0].split()[0] != version


def test_pages_that_the_index_does_not_list_are_not_published() -> None:
    with pytest.raises(IndexFailed, match="list of pages"):
        catalog(PAGES[:2], NUMBERS, [])


def test_a_library_without_pages_has_a_catalog() -> None:
    assert catalog([], Numbers((), (), ()), [])["lengths"] == []
