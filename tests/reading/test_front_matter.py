"""Front matter is split from the text below it, and both keep their lines."""

from __future__ import annotations

import pytest

from generator.reading.front_matter import split
from tests.conftest import Tree, findings_of, told


def test_both_parts_know_their_first_line() -> None:
    parts = split("---\nid: a\ntitle: A\n---\n\nWords.\n")
    assert parts is not None
    matter, body, first_line, body_line = parts
    assert matter.strip() == "id: a\ntitle: A"
    assert body.startswith("Words.")
    assert (first_line, body_line) == (1, 6)  # the first part begins with the line break after ---


@pytest.mark.parametrize("text", ["", "Words only.", "---\nid: a\n", "id: a\n---\n"])
def test_no_front_matter(text: str) -> None:
    assert split(text) is None


def test_a_finding_below_the_front_matter_is_placed_in_the_file(tree: Tree) -> None:
    root = tree(
        {"content/practices/stipends.md": ("the study compared", "\n\nthe <b>study</b> compared")}
    )
    assert told(findings_of(root)) == [
        "content/practices/stipends.md:22:5: html-in-prose HTML is not allowed in prose: `<b>`"
        " | Use Markdown: *emphasis*, **strong**, lists, [words](https://address)."
        " Write a less-than sign as `&lt;`."
    ]


@pytest.mark.parametrize("control", ["\f", "\x1b", "\x85"])
def test_a_control_character_below_the_front_matter_is_found(tree: Tree, control: str) -> None:
    # As copied from a PDF, or as it would steer a terminal. In front matter, YAML allows none either.
    root = tree(
        {"content/practices/stipends.md": ("the study compared", f"the {control}study compared")}
    )
    assert told(findings_of(root)) == [
        f"content/practices/stipends.md:20:54: yaml-control a control character stands here (U+{ord(control):04X})"
        " | Delete the letters on both sides of it, and type them again."
    ]


def test_a_finding_inside_the_front_matter_is_placed_in_the_file(tree: Tree) -> None:
    root = tree({"content/practices/stipends.md": ("group: supporting-learners", "group: money")})
    (finding,) = findings_of(root)
    assert finding.place == "content/practices/stipends.md:5:8"


def test_a_record_without_front_matter_says_how_to_begin(tree: Tree) -> None:
    root = tree({"content/practices/plain.md": "Just words.\n"})
    assert told(findings_of(root)) == [
        "content/practices/plain.md:1:1: no-front-matter the file does not begin with front matter"
        " | Begin with a line `---`, then the fields, then another line `---`, then the text."
    ]
