"""What many pages show is made once: the link to a practice, the card of a case study."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from ..library import Library

Ts = TypeVarTuple("Ts")
T = TypeVar("T")


def once(make: Callable[[Library, *Ts], T]) -> Callable[[Library, *Ts], T]:
    """
    Return the function `make`, which makes each thing once for a library, as the library's own questions are answered once.

    For functions of ids, what they make of them being small and shown over and over.
    """

    @wraps(make)
    def made(library: Library, *of: *Ts) -> T:
        key = (make, *of)
        try:
            held: T = library.shown[key]
        except KeyError:
            held = library.shown[key] = make(library, *of)
        return held

    return made
