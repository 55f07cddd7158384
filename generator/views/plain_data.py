"""What views are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def plain_data(view: type[T]) -> type[T]:
    """
    A dataclass whose fields nothing sets again, as mypy sees to.

    Where Python sees to it (`frozen`), it takes twice as long to make one, and a page is made of some hundred of them.
    """
    return dataclass(slots=True, unsafe_hash=True)(view)
