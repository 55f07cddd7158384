"""Runs of tags are read once for all pages, and yet each page has its own."""

from __future__ import annotations

import pytest

from generator.search.reading import read


@pytest.mark.parametrize("id_", ["one", "two"])
def test_pages_that_differ_in_an_id(id_: str) -> None:
    page = read(f'<div><h2 id="{id_}">Part</h2><p>Words</p></div>')
    assert [(anchor["id"], anchor["text"]) for anchor in page.anchors] == [(id_, "Part")]


def test_the_same_tags_in_other_elements() -> None:
    assert read("<div><form>Name <b>of</b> whom</form> <p>Words</p></div>").words == ["Words."]
    assert read("<div><p>Name <b>of</b> whom</p></div>").words == ["Name", "of", "whom."]


def test_brackets_in_an_attribute_end_no_tag() -> None:
    page = read("""<div><p title="1 > 0, <b>0 < 1</b>">Said</p> <i title='"'>once</i></div>""")
    assert page.words == ["Said.", "once"]


def test_words_of_elements_with_nothing_between_are_two() -> None:
    assert read("<div><b>One</b><b>two</b></div>").words == ["One", "two"]


def test_nothing_is_read_behind_the_element() -> None:
    assert read("<div><p>In</p></div> <p>out</p>").words == ["In."]
