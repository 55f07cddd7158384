"""
A new record to fill in: the answers given so far, and a comment on every field.

The template is the manual: what a field means and which values it takes stands above it, from the
models. What only a person can say holds the words `FILL_IN`, and the check lists those places.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from .formatting.scalars import WIDTH, on_one_line
from .library import Library
from .models.case_study import Design, Direction
from .models.fields import Model, Record
from .models.kind import Kind
from .models.schema import modeline
from .models.shape import Shape, shapes
from .models.validation import FILL_IN
from .views.contribute import what_is_wanted

Answers = Mapping[str, Any]
"""By the way to a field, such as ``years.start`` or ``sources.url``: its value, or a list of values."""

_USUAL: dict[str, Any] = {
    "schema_version": 1,
    "sources.id": "s1",
    "evidence.level": "rationale",
    "evidence.direction": Direction.NOT_MEASURED.value,
    "evidence.design": Design.DESCRIPTIVE.value,
    "evidence.source": "s1",
    "status_source": "s1",
}
"""What a new record begins with. The evidence is that of a program that counted its outcomes and
compared them with nobody: no claim, until somebody makes one."""

_IN_FULL = {"years.end", "places.city", "places.state", "sources.year"}
"""Optional fields that most records have; they stand in the template as if they were required."""


_SENTENCES = {"summary", "definition"}
"""Texts that are no Markdown and yet so long that they go on lines of their own."""


def draft(kind: Kind, answers: Answers, library: Library) -> str:
    """Return the text of a new record."""
    given = {**_USUAL, **answers}
    lines = [
        f"# A new {kind.label.lower()}. Replace each {FILL_IN}; delete comments as you like.",
        "# Text of several lines stands below its field, after `>-`, indented by two spaces.",
        *_fields(kind.model, "", 0, given, library),
    ]
    yaml = "\n".join(lines) + "\n"
    if kind.ending == ".yaml":
        return f"{modeline(kind)}\n{yaml}"
    return f"---\n{yaml}---\n\n{FILL_IN}\n"


def _fields(
    model: type[Model], way: str, indent: int, answers: Answers, library: Library
) -> Iterator[str]:
    margin = " " * indent
    for shape in shapes(model):
        here = f"{way}.{shape.name}" if way else shape.name
        given = here in answers or any(name.startswith(f"{here}.") for name in answers)
        if not way:
            yield ""
        shown = shape.required or given or here in _IN_FULL or _may_be_empty(shape, way)
        for line in _about(shape, library):
            yield f"{margin}# {line}"
        lines = list(_field(shape, here, indent, answers, library))
        if shown:
            yield from lines
        else:
            yield f"{margin}# To use it, take out the marks:"
            yield from (f"{margin}# {line[indent:]}".rstrip() for line in lines if _bare(line))


def _may_be_empty(shape: Shape, way: str) -> bool:
    """Whether an empty list says enough: none of the record's optional lists of ids or words."""
    return shape.is_list and not shape.required and shape.model is None and not way


def _bare(line: str) -> bool:
    """Whether a line of an optional group is worth showing: its comments would stand twice."""
    return not line.strip().startswith("#")


def _field(
    shape: Shape, here: str, indent: int, answers: Answers, library: Library
) -> Iterator[str]:
    """The field with its value, or what is to be filled in."""
    name = f"{' ' * indent}{shape.name}:"
    if shape.model is not None:
        inner = list(_fields(shape.model, here, indent + 2, answers, library))
        yield name
        yield from (_entry(inner, indent + 2) if shape.is_list else inner)
    elif here in answers:
        yield f"{name} {_value(answers[here])}"
    elif here in _IN_FULL:
        yield f"{name} null"
    elif _may_be_empty(shape, here.rpartition(".")[0]):
        yield f"{name} []"
    elif shape.is_list and not shape.is_prose:
        yield f"{name} [{FILL_IN}]"
    elif shape.is_list:
        yield from (name, f"{' ' * indent}  - >-", f"{' ' * indent}    {FILL_IN}")
    elif shape.is_prose or shape.name in _SENTENCES:
        yield from (f"{name} >-", f"{' ' * indent}  {FILL_IN}")
    else:
        yield f"{name} {FILL_IN}"


def _entry(lines: list[str], indent: int) -> Iterator[str]:
    """The fields of a group as one entry of a list: the first one begins behind a dash."""
    first = next(number for number, line in enumerate(lines) if _bare(line))
    for number, line in enumerate(lines):
        if number == first:
            yield f"{' ' * indent}- {line.strip()}"
        else:
            yield f"  {line}" if number > first else line


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    if value is None:
        return "null"
    return on_one_line(value, in_brackets=True) if isinstance(value, str) else str(value)


def _about(shape: Shape, library: Library) -> Iterator[str]:
    """What a field means, what goes into it, and the values to choose from."""
    if shape.name == "schema_version":
        return
    told = [] if shape.required else ["Optional."]
    told += [shape.meaning] if shape.meaning else []
    wanted = what_is_wanted(shape, library)
    if shape.model is None and not shape.pattern and wanted != "plain text":
        told.append(f"{wanted[0].upper()}{wanted[1:]}.")
    yield from textwrap.wrap(" ".join(told), WIDTH - 8)
    many = bool(shape.refers_to) and library.count(shape.refers_to) > MOST_SHOWN
    choices = [] if many else [choice for choice in choices_of(shape, library) if choice[1]]
    if 1 < len(choices) <= MOST_SHOWN:
        width = max(len(value) for value, _ in choices)
        for value, words in choices:
            rows = textwrap.wrap(words, WIDTH - 12 - width) or [""]
            yield f"  {value:<{width}}  {rows[0]}"
            yield from (f"  {'':<{width}}  {row}" for row in rows[1:])
    elif shape.refers_to:
        kind = library.kinds[shape.refers_to]
        where = f"{kind.source}" if kind.is_list else f"the file names in {kind.source}/"
        yield f"All of them: {where}"


MOST_SHOWN = 14
"""So many values are shown with their meanings; more are looked up."""


def choices_of(shape: Shape, library: Library) -> list[tuple[str, str]]:
    """The values of a field to choose from, each with its label and meaning; none for free text."""
    if shape.refers_to:
        records = library.all(shape.refers_to, Record)
        return [(record.id, f"{record.title}: {record.gist}") for record in records]
    return [
        (value, ": ".join(part for part in (label, meaning) if part))
        for value, label, meaning in shape.choices
    ]
