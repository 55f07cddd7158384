"""The words from which the search page knows stems, guesses spellings, and leaves out what tells nothing."""

from __future__ import annotations

from generator.search.words import Spellings, spellings, words


def pages(*texts: str) -> Spellings:
    return spellings(texts)


def test_families_stand_under_the_stem_of_the_index() -> None:
    found = words(pages("Training trained", "international trains"), [])
    assert found["t"].split("\n") == ["train trained? training? trains?"]
    assert found["i"] == "internat international?"
    assert found["x"] == ""


def test_words_of_names_and_of_several_pages_are_well_spelt() -> None:
    found = words(pages(*["common"] * 3, "apprenticeship zeal"), ["Apprenticeship (RA)"])
    assert found["c"] == "common common"
    assert found["a"] == "apprenticeship apprenticeship"
    assert found["z"] == "zeal zeal?"


def test_families_that_very_many_pages_have_are_marked() -> None:
    texts = ["trained in welding", "training in carpentry"] * 700
    found = words(pages(*texts), [])
    assert found["t"] == "*train trained training"
    assert found["w"] == "weld welding"


def test_a_word_is_a_run_of_three_letters_or_more() -> None:
    found = words(pages("It's a 2-year café\N{EM DASH}welding job: C++, IS"), [])
    assert [line for lines in found.values() for line in lines.split("\n") if line] == [
        "caf caf?",
        "job job?",
        "weld welding?",
        "year year?",
    ]
