"""The quick reader gives what the strict one would, or leaves the text to it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from generator.reading import quick_yaml, yaml_reader
from generator.reading.documents import Document, parse_document
from generator.reading.yaml_problems import YamlProblem
from tests.conftest import PROJECT

USUAL = """\
# A comment.
id: a-record
years: {start: 2010, end: null}
places:
  - {city: New York, state: NO, setting: 'urban'}
tags: [one, two words, "three"]
words: [no, null, true, a-word]
summary: >-
  Words that go on
  over lines.

  A second paragraph.
outcomes:
  - value: 40.1
    when: "2012"
    note: >-
      One.

      Two.
  - value: -3
text: plain
  goes on
mixed:
- a: [1.5e3, 'x, y', "z: q", 007]
  b: {c: 'it''s', d: http://x.y/z#a, e: [f, 'g'] , h: []}
- "it's: fine"  # why
- >-
   odd
   text # and no comment

nested:
    deep:
        deeper: yes  # a comment
        other:
        - true

        # another comment
        last: https://a.b/c?d=e#f
    end:
"""

UNUSUAL = {
    "a key twice": "a: 1\nb: 2\na: 3\n",
    "a key twice, further in": "a:\n  - b: 1\n    c: 2\n    b: 3\n",
    "a key twice in brackets": "a: {b: 1, b: 2}\n",
    "a key twice, once with a blank": "a: 1\na : 2\n",
    "a key twice, once in quotes": 'a: 1\n"a": 2\n',
    "an anchor and an alias": "a: &x 1\nb: *x\n",
    "a tag": "a: !!str 1\n",
    "a tag after a key with a blank": "a : !!str 1\n",
    "literal text": "a: |\n  one\n  two\n",
    "a merge": "<<: {a: 1}\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "a number as a key": "1: a\n",
    "infinity": "a: .inf\n",
    "an escape": 'a: "x\\ny"\n',
    "a tab": "a:\tb\n",
    "Windows' line ends": "a: 1\r\nb: 2\r\n",
    "plain text with a blank line": "a: x\n\n  y\nb: >-\n  x\n  y\n",
    "brackets over lines": "a: [b,\n  c]\n",
    "no fields": "words\n",
    "a surrogate": "a: \ud800\n",
    "a line of blanks in folded text": "a: >-\n  x\n     \nb: 1\n",
    "folded text with a line that goes in": "a: >-\n  x\n    # y\nb: 1\n",
    "a number in sixteens": "a: 0x1f\n",
    "a number that is too long": f"a: {'1' * 5000}\n",
    "a colon that brackets do not allow": "a: {b: c:?d}\n",
    "an item with nothing": "- \n- a\n",
    "a line that goes in too little": "a:\n    b: 1\n  c: 2\n",
    "a list that goes in less than its key": "  a:\n - b: 1\n",
    "a line that goes in too far": "a: 1\n  b: 2\n",
}


def strict(text: str) -> Any:
    """What the strict reader makes of a text; its finding where it refuses."""
    try:
        return yaml_reader.load(text)
    except YamlProblem as problem:
        return problem


def quick(text: str) -> Any:
    try:
        return quick_yaml.load(text)
    except quick_yaml.Unsure:
        return quick_yaml.Unsure


def same(left: Any, right: Any) -> bool:
    """Equal, with types (1 is not True) and the order of keys."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def test_a_usual_record_is_read_quickly_and_paragraphs_stay_apart() -> None:
    data = quick(USUAL)
    assert same(data, strict(USUAL))
    assert data["summary"] == "Words that go on over lines.\n\nA second paragraph."
    assert data["places"][0]["state"] == "NO"


@pytest.mark.parametrize("text", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_what_could_be_read_in_two_ways_is_left_to_the_strict_reader(text: str) -> None:
    assert quick(text) is quick_yaml.Unsure


def test_nearly_all_real_records_are_read_quickly_and_none_differently() -> None:
    files = sorted(PROJECT.glob("casestudies/*.yaml"))
    answers = [(quick(text), text) for text in (file.read_text("utf-8") for file in files)]
    sure = [(answer, text) for answer, text in answers if answer is not quick_yaml.Unsure]
    assert all(same(answer, strict(text)) for answer, text in sure)
    assert len(sure) >= 0.9 * len(files)


PIECES = (
    *("\n", "\n\n", " ", "  ", "- ", ": ", ":", "#", " #", '"', "'", ">-", "> ", "|", "[", "]"),
    *("{", "}", ",", "~", "null", "0", "1.5", ".", "?", "*", "&a", "!", "%", "\u00a0", "=", "+"),
    *("  id: 1\n", "- b\n", "\n  x\n\n  y\n", "\u2028", "id: >-\n  x\n", "{a: 1, a: 2}", "\\"),
    *(
        "    # c\n",
        "   \n",
        "      more\n",
        "0x1f",
        "1e5",
        ":x",
        "''",
        "k:\n",
        "  - ",
        "\n\n\n",
        "\u0663",
    ),
)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_record_is_never_read_otherwise_than_strictly(seed: int) -> None:
    pick = random.Random(seed)
    for _ in range(300):
        text = USUAL
        for _ in range(pick.randrange(1, 4)):
            at = pick.randrange(len(text))
            lines = text.splitlines(keepends=True)
            line = pick.randrange(len(lines))
            text = pick.choice(
                (
                    text[:at] + pick.choice(PIECES) + text[at:],
                    text[:at] + text[at + pick.randrange(1, 8) :],
                    "".join([*lines, pick.choice(lines)]),
                    "".join([*lines[:line], pick.choice(PIECES), *lines[line:]]),
                    "".join([*lines[:line], lines[line].lstrip(" "), *lines[line + 1 :]]),
                    "".join(pick.sample(lines, len(lines))) if at % 7 == 0 else text + "\n",
                )
            )
        answer = quick(text)
        assert answer is quick_yaml.Unsure or same(answer, strict(text)), text


def test_a_file_is_read_alike_whichever_reader_serves() -> None:
    usual = parse_document(USUAL, "casestudies/a.yaml")
    unusual = parse_document(USUAL + '"more": 1\n', "casestudies/a.yaml")
    assert isinstance(usual, Document)
    assert isinstance(unusual, Document)
    assert same({**usual.data, "more": 1}, unusual.data)  # type: ignore[dict-item]
