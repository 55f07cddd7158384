"""
Finds the marked fields of a record: references, source ids, prose. One walk for every kind.

What to visit is worked out once for each model from its annotations; a record is then visited
along that plan only.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from .fields import Model, ProseMark, Reference, SourceMark

Mark = Reference | SourceMark | ProseMark
Location = tuple[str | int, ...]


class Marked(NamedTuple):
    """One marked string of a record."""

    location: Location
    value: str
    kind: str = ""
    """Of a reference: the kind of what it names."""


class Marks(NamedTuple):
    """The marked strings of a record by their marks, in the order of its fields."""

    references: list[Marked]
    sources: list[Marked]
    prose: list[Marked]


_PLACES = {Reference: 0, SourceMark: 1, ProseMark: 2}
"""Where in `Marks` strings with a mark are."""


class _Visit(NamedTuple):
    name: str
    is_list: bool
    place: int | None
    """Where in `Marks` its strings are; None where it holds models."""
    kind: str


_last: tuple[Model | None, Marks] = None, Marks([], [], [])
"""The record that was walked last, and what was found."""


def marked(record: Model) -> Marks:
    """Return every marked string of a record. Kept until the next record is asked about."""
    global _last
    if _last[0] is not record:
        found = Marks([], [], [])
        _visit(record, (), found)
        _last = record, found
    return _last[1]


def _visit(record: Model, at: Location, found: Marks) -> None:
    values = vars(record)  # to ask a model for its fields takes longer
    for name, is_list, place, kind in _plan(type(record)):
        value = values[name]
        if value is None:
            continue
        if place is None and is_list:
            for n, entry in enumerate(value):
                _visit(entry, (*at, name, n), found)
        elif place is None:
            _visit(value, (*at, name), found)
        elif is_list:
            found[place].extend([Marked((*at, name, n), v, kind) for n, v in enumerate(value)])
        else:
            found[place].append(Marked((*at, name), value, kind))


@cache
def _plan(model: type[Model]) -> tuple[_Visit, ...]:
    visits = []
    for name, field in model.model_fields.items():
        marks = [m for m in field.metadata if isinstance(m, Mark)]
        is_list, mark, inner = _look_into(field.annotation)
        mark = marks[0] if marks else mark
        if mark is not None or (inner is not None and _plan(inner)):
            place = None if mark is None else _PLACES[type(mark)]
            kind = mark.kind if isinstance(mark, Reference) else ""
            visits.append(_Visit(name, is_list, place, kind))
    return tuple(visits)


def _look_into(annotation: Any) -> tuple[bool, Mark | None, type[Model] | None]:
    """Whether an annotation is a list, and what mark or model its entries have."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return False, None, annotation
    is_list = get_origin(annotation) is tuple
    mark: Mark | None = None
    inner: type[Model] | None = None
    for part in get_args(annotation):
        if get_origin(annotation) is Annotated and isinstance(part, Mark):
            mark = part
            continue
        part_is_list, part_mark, part_inner = _look_into(part)
        is_list = is_list or part_is_list
        mark, inner = mark or part_mark, inner or part_inner
    return is_list, mark, inner
