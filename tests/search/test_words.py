"""The words from which the search page knows stems, guesses spellings, and leaves out what tells nothing."""

from __future__ import annotations

from collections.abc import Sequence

from generator.search.places import Places
from generator.search.reading import ReadPage
from generator.search.words import Spellings, by_letter, families


def made(*texts: str, names: Sequence[str] = ()) -> dict[str, str]:
    runs = Places(), Places()
    for number, text in enumerate(texts):
        found = text.split()
        runs[number % 3 // 2].add(ReadPage(found, [(len(found), 24)]))

    def spelt(letter: str) -> list[Spellings]:
        return [
            {word: pages for word, pages in run.spellings().items() if word[0] == letter}
            for run in runs
        ]

    return {letter: families(spelt(letter), named) for letter, named in by_letter(names).items()}


def test_families_stand_under_the_stem_of_the_index() -> None:
    found = made("Training trained", "international trains")
    assert found["t"].split("\n") == ["train trained? training? trains?"]
    assert found["i"] == "internat international?"
    assert found["x"] == ""


def test_words_of_names_and_of_several_pages_are_well_spelt() -> None:
    found = made(*["common"] * 3, "apprenticeship zeal", names=["Apprenticeship (RA)"])
    assert found["c"] == "common common"
    assert found["a"] == "apprenticeship apprenticeship"
    assert found["z"] == "zeal zeal?"


def test_families_that_very_many_pages_have_are_marked() -> None:
    texts = ["trained in welding", "training in carpentry"] * 700
    found = made(*texts)
    assert found["t"] == "*train trained training"
    assert found["w"] == "weld welding"


def test_pages_that_have_several_words_of_a_family_count_once() -> None:
    found = made(*["trained in training"] * 700)
    assert found["t"] == "train trained training"


def test_a_word_is_a_run_of_three_letters_or_more() -> None:
    found = made("It's a 2-year café\N{EM DASH}welding job: C++, IS")
    assert [line for lines in found.values() for line in lines.split("\n") if line] == [
        "caf caf?",
        "job job?",
        "weld welding?",
        "year year?",
    ]
