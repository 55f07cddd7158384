"""
Finds the marked fields of a record: references, source ids, prose. One walk for every kind.

What to visit is worked out once for each model from its annotations; a record is then visited
along that plan only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from .fields import Model, ProseMark, Reference, SourceMark

Mark = Reference | SourceMark | ProseMark
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked string of a record."""

    location: Location
    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Visit:
    name: str
    is_list: bool
    mark: Mark | None
    model: type[Model] | None


def marked(record: Model, at: Location = ()) -> Iterator[Marked]:
    """Yield every marked string of a record, in the order of its fields."""
    for visit in _plan(type(record)):
        value = getattr(record, visit.name)
        if value is None:
            continue
        here = (*at, visit.name)
        entries = enumerate(value) if visit.is_list else ((None, value),)
        for number, entry in entries:
            location = here if number is None else (*here, number)
            if visit.mark is not None:
                yield Marked(location, entry, visit.mark)
            elif visit.model is not None:
                yield from marked(entry, location)


@cache
def _plan(model: type[Model]) -> tuple[_Visit, ...]:
    visits = []
    for name, field in model.model_fields.items():
        marks = [m for m in field.metadata if isinstance(m, Mark)]
        is_list, mark, inner = _look_into(field.annotation)
        mark = marks[0] if marks else mark
        if mark is not None or inner is not None:
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
