"""
Finds the marked fields of a record: references, source ids, prose. One walk for every kind.

What to visit is worked out once for each model from its annotations; a record is then visited
along that plan only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from .fields import Model, ProseMark, Reference, SourceMark

Mark = Reference | SourceMark | ProseMark
Location = tuple[str | int, ...]


class Marked(NamedTuple):
    """One marked string of a record."""

    location: Location
    value: str
    mark: Mark


class _Visit(NamedTuple):
    name: str
    is_list: bool
    mark: Mark | None
    model: type[Model] | None


_last: tuple[Model | None, Sequence[Marked]] = None, ()
"""The record that was walked last, and what was found."""


def marked(record: Model) -> Sequence[Marked]:
    """Return every marked string of a record, in the order of its fields. Kept until the next record is asked about."""
    global _last
    if _last[0] is not record:
        found: list[Marked] = []
        _visit(record, (), found)
        _last = record, found
    return _last[1]


def _visit(record: Model, at: Location, found: list[Marked]) -> None:
    values = vars(record)  # to ask a model for its fields takes longer
    for name, is_list, mark, _ in _plan(type(record)):
        value = values[name]
        if value is None:
            continue
        here = (*at, name)
        if mark is None and is_list:
            for n, entry in enumerate(value):
                _visit(entry, (*here, n), found)
        elif mark is None:
            _visit(value, here, found)
        elif is_list:
            found += [Marked((*here, n), entry, mark) for n, entry in enumerate(value)]
        else:
            found.append(Marked(here, value, mark))


@cache
def _plan(model: type[Model]) -> tuple[_Visit, ...]:
    visits = []
    for name, field in model.model_fields.items():
        marks = [m for m in field.metadata if isinstance(m, Mark)]
        is_list, mark, inner = _look_into(field.annotation)
        mark = marks[0] if marks else mark
        if mark is not None or (inner is not None and _plan(inner)):
            visits.append(_Visit(name, is_list, mark, inner))
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
