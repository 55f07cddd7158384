"""YAML as contributors mean it: the core schema of YAML 1.2, positions from 1."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.reading.documents import Document
from generator.reading.yaml_problems import YamlProblem
from generator.reading.yaml_reader import load


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("2026-11-24", "2026-11-24"),
        ("1_000", "1_000"),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("12e3", 12000.0),
        ("12:30:45", "12:30:45"),
        (".inf", ".inf"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("-3.5", -3.5),
        ("1.", 1.0),
        ("+5", 5),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    loaded = load(f"a: {text}")
    assert loaded == {"a": value}
    assert isinstance(loaded, dict)
    assert type(loaded["a"]) is type(value)


def test_nothing_is_none() -> None:
    assert load("") is None


@given(st.text(max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_loads_or_is_explained(text: str) -> None:
    problem = _problem(text)
    if problem is not None:
        assert problem.code.startswith(("yaml-", "duplicate-key"))
        assert problem.message
        assert problem.hint
        assert problem.line >= 0


def _problem(text: str) -> YamlProblem | None:
    try:
        load(text)
    except YamlProblem as problem:
        return problem
    return None


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_a_place_is_told_in_lines_that_editors_count(end: str) -> None:
    problem = _problem(f"id: x{end}\ntitle: [{end}0{end}")
    assert problem is not None
    assert problem.line == 1
    for text in (f"[{end}0", f"-{end}0"):  # of which the parser tells lines that are not there
        problem = _problem(text)
        assert problem is None or problem.line == 0


def test_a_long_number_is_no_crash() -> None:
    problem = _problem("a: " + "9" * 5000)
    assert problem is not None
    assert problem.code == "yaml-number"


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\x1f", "\\x7f", "\\uFFFE", "\\uffff"])
def test_what_may_not_stand_in_a_text_may_not_be_written_as_an_escape_either(escape: str) -> None:
    """Feeds are XML, and so are workbooks: neither can say it."""
    problem = _problem(f'a:\n  - "Night{escape} course"')
    assert problem is not None
    assert (problem.code, problem.line, problem.column) == ("yaml-control", 1, 4)


def test_escapes_of_what_may_stand_in_a_text_are_read() -> None:
    assert load(r'a: "\tNight\n\u00e9\\ \"course\""') == {"a": '\tNight\n\u00e9\\ "course"'}


TEXT = """\
title: A
list:
  - {a: 1, b: 2}
  - a: >-
      folded words
      and more words
"""


@pytest.fixture
def document() -> Document:
    return Document("x.yaml", TEXT, load(TEXT), first_line=2)


@pytest.mark.parametrize(
    ("location", "place"),
    [
        (("title",), (2, 8)),
        (("list", 0, "b"), (4, 15)),
        (("list", 1, "a"), (5, 8)),
        (("list", 7, "a"), (4, 3)),
        (("missing",), (2, 1)),
        ((), (2, 1)),
    ],
)
def test_a_value_is_placed_or_the_nearest_around_it(
    document: Document, location: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    assert document.positions.of_value(location) == place


def test_a_key_is_placed(document: Document) -> None:
    assert document.positions.of_key(("list", 0, "b")) == (4, 12)


def test_words_inside_a_folded_value_are_placed(document: Document) -> None:
    assert document.positions.in_text(("list", 1, "a"), "more") == (7, 11)
    assert document.positions.in_text(("list", 1, "a"), "absent") == (5, 8)
