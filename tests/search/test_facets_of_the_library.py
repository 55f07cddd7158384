"""What the real library's pages are marked with, and what the search page offers, are the same."""

from __future__ import annotations

from typing import Any

from generator.build import read_library
from generator.search.facets import facets
from tests.conftest import PROJECT


def test_every_facet_of_a_page_is_one_that_the_search_offers() -> None:
    library = read_library(PROJECT)
    offered = {
        (facet["id"], value["id"])
        for facet in facets(library)["facets"]
        for value in facet["values"]
    }
    marked: set[tuple[str, str]] = set()
    for kind in library.kinds.values():
        if kind.view is not None:
            for record in library.all(kind.name, kind.model):
                view: Any = kind.view(record, library)
                marked |= set(view.page.search.filters if view.page.search else ())
    assert marked <= offered
