"""The catalog from which the search page counts, filters and finds the files of the index."""

from __future__ import annotations

from typing import Any

from generator.search.bundle import Bundle
from generator.search.catalog import TOGETHER, catalog, page_ids
from generator.search.columns import marked_of
from generator.search.joined import Chunk
from generator.search.kept import IndexedPage


def indexed(name: str, length: int = 1, checked: str = "") -> IndexedPage:
    return IndexedPage(f"{name}/", f"en_{name}", length, checked, "")


BUNDLE = Bundle(
    [indexed("c", 7), indexed("a", 1001), indexed("b", 0, "1970-01-11")],
    [
        (2, marked_of(["kind:case-study state:OH state:NY", "kind:page"])),
        (1, marked_of(["kind:case-study state:NY state:OH sector:health-care"])),
    ],
    [Chunk("a", "m", "en_1", ""), Chunk("n", "z", "en_2", "")],
)


def values(column: dict[str, Any]) -> list[set[str]]:
    """Those of each page."""
    sets = [{column["values"][i] for i in numbers} for numbers in column["sets"]]
    return [sets[ord(character) - 0x23] for character in column["of"]]


def test_columns_say_what_each_page_has_in_the_order_of_the_index() -> None:
    found = catalog(BUNDLE, ["b/", "glossary/#term"])
    assert found["days"] == [0, 0, 10]
    state = found["facets"]["state"]
    assert values(state) == [{"NY", "OH"}, set(), {"NY", "OH"}]
    assert len(state["sets"]) == 2, "one set of values is written once"
    assert values(found["facets"]["sector"]) == [set(), set(), {"health-care"}]
    assert found["named"] == {"b/": 2}
    assert found["chunks"] == [["m", "1"], ["z", "2"]]


def test_lengths_are_right_to_an_eighth() -> None:
    assert catalog(BUNDLE, [])["lengths"] == [7, 960, 0]


def test_ids_are_in_files_that_know_their_catalog() -> None:
    many = Bundle([indexed(str(n)) for n in range(TOGETHER + 1)], (), ())
    first, second = page_ids(many)
    version = catalog(many, [])["version"]
    assert first.split()[:2] == [version, "0"]
    assert second.split() == [version, str(TOGETHER)]
    assert page_ids(BUNDLE)[0].split()[0] != version


def test_a_library_without_pages_has_a_catalog() -> None:
    assert catalog(Bundle([], [], []), [])["lengths"] == []
