"""
The fields of a model as people are told of them: name, meaning, what is wanted, choices.

Worked out from the models' annotations, so that what `kb fmt`, `kb new` and the page about the
fields say is what the check asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from .fields import Choice, Model, ProseMark, Reference, SourceMark, meanings

FIRST = "schema_version"
"""The field that stands first in a record, before those that every kind has."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of a model."""

    name: str
    meaning: str
    """What the model says of it, on one line; empty where the name says it all."""
    required: bool
    is_list: bool = False
    fewest: int = 0
    """How many entries a list must have."""
    is_prose: bool = False
    """True for Markdown that may cite and link."""
    longest: int | None = None
    """Characters that a text may have."""
    pattern: str = ""
    basic: str = ""
    """``text``, ``number``, ``whole number``, ``true or false``, ``date``; empty for the rest."""
    low: float | None = None
    high: float | None = None
    choices: tuple[tuple[str, str, str], ...] = ()
    """(id, label, meaning) of a closed list that is part of the program."""
    refers_to: str = ""
    """The kind whose ids it holds."""
    is_source: bool = False
    """True where it names one of the record's own sources."""
    model: type[Model] | None = None
    """The model of a group of fields."""


@cache
def shapes(model: type[Model]) -> tuple[Shape, ...]:
    """Return the fields of a model in the order in which a record holds them."""
    told = meanings(model)
    named = {
        name: _shape(name, info, told.get(name, "")) for name, info in model.model_fields.items()
    }
    first = [named.pop(FIRST)] if FIRST in named else []
    return (*first, *named.values())


def shape_of(model: type[Model] | None, name: str) -> Shape | None:
    """The field of that name; None where the model has none."""
    return next((s for s in shapes(model) if s.name == name), None) if model else None


@dataclass(slots=True)
class _Found:
    """What an annotation says, gathered from all its layers."""

    is_list: bool = False
    types: list[Any] = field(default_factory=list)
    metadata: list[Any] = field(default_factory=list)
    """Of the value, or of each entry of a list."""
    of_list: list[Any] = field(default_factory=list)
    choices: tuple[tuple[str, str, str], ...] = ()
    told_by: list[type] = field(default_factory=list)
    """The group or closed list, whose own docstring serves a field that has none."""


def _shape(name: str, info: FieldInfo, meaning: str) -> Shape:
    found = _Found()
    _look(info.annotation, list(info.metadata), found)
    marks = found.metadata
    reference = next((m for m in marks if isinstance(m, Reference)), None)
    model = next((t for t in found.types if isinstance(t, type) and issubclass(t, Model)), None)
    basic = "" if model or reference or found.choices else _basic(found.types)
    told = meaning or next((t.__doc__ for t in found.told_by if t.__doc__), "") or ""
    return Shape(
        name=name,
        meaning=" ".join(told.replace("``", "`").split()),
        required=info.is_required(),
        is_list=found.is_list,
        fewest=_limit(found.of_list, "min_length") or 0,
        is_prose=any(isinstance(m, ProseMark) for m in marks),
        longest=_limit(marks, "max_length"),
        pattern=next((m.pattern for m in marks if getattr(m, "pattern", None)), ""),
        basic=basic,
        low=_limit(marks, "ge"),
        high=_limit(marks, "le"),
        choices=found.choices,
        refers_to=reference.kind if reference else "",
        is_source=any(isinstance(m, SourceMark) for m in marks),
        model=model,
    )


def _look(annotation: Any, metadata: list[Any], found: _Found) -> None:
    """Gather what one layer of an annotation says, and the layers in it."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        _look(parts[0], [*metadata, *_flat(parts[1:])], found)
    elif origin is tuple:
        found.is_list = True
        found.of_list += metadata
        _look(parts[0], [], found)
    elif origin in (Union, UnionType):
        for part in parts:
            _look(part, metadata, found)
    elif origin is Literal:
        found.choices = tuple((str(value), "", "") for value in parts)
    elif isinstance(annotation, type) and issubclass(annotation, Choice):
        found.choices = tuple((m.value, m.label, m.meaning) for m in annotation)
        found.told_by.append(annotation)
    elif annotation is not type(None):
        found.types.append(annotation)
        found.metadata += metadata
        if isinstance(annotation, type) and issubclass(annotation, Model):
            found.told_by.append(annotation)


def _flat(metadata: tuple[Any, ...]) -> Iterator[Any]:
    for each in metadata:
        yield from each.metadata if isinstance(each, FieldInfo) else (each,)


def _limit(metadata: list[Any], name: str) -> Any:
    return next((getattr(m, name) for m in metadata if getattr(m, name, None) is not None), None)


def _basic(types: list[Any]) -> str:
    if dt.date in types:
        return "date"
    if bool in types:
        return "true or false"
    if float in types:
        return "number"
    return "whole number" if int in types else "text"
