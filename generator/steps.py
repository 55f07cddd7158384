"""The steps of long work: told to whoever waits for it, and timed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol


class Stopped(Exception):
    """Somebody wants the work no more."""


class Teller(Protocol):
    """Somebody who is told how the work goes."""

    def begins(self, step: str) -> None: ...

    def goes_on(self, step: str, done: int, of: int) -> None: ...

    def ends(self, step: str, made: str, seconds: float) -> None: ...


class Nobody:
    """A teller for work that nobody waits for."""

    def begins(self, step: str) -> None:
        pass

    def goes_on(self, step: str, done: int, of: int) -> None:
        pass

    def ends(self, step: str, made: str, seconds: float) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Part:
    """How long a part of a step took."""

    step: str
    name: str
    seconds: float


@dataclass(slots=True)
class Steps:
    """
    Times the steps of some work and their parts, and tells of the steps.

    Once `stop` is set, the work ends with `Stopped` where its next part begins, or when it next says how far it is.
    """

    teller: Teller = field(default_factory=Nobody)
    stop: threading.Event = field(default_factory=threading.Event)
    parts: list[Part] = field(default_factory=list)
    _step: str = ""
    _made: str = ""

    @contextmanager
    def step(self, name: str) -> Iterator[Steps]:
        """A step, from here to the end of the block; nothing is said of one that fails."""
        self._step, self._made = name, ""
        self.teller.begins(name)
        start = time.perf_counter()
        yield self
        self.teller.ends(name, self._made, time.perf_counter() - start)
        self._step = ""

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A part of the step that goes on, or of what is between two steps."""
        self.look()
        start = time.perf_counter()
        yield
        self.took(name, time.perf_counter() - start)

    def took(self, name: str, seconds: float) -> None:
        """Note how long a part took, where several processes measured it."""
        self.parts.append(Part(self._step, name, seconds))

    def goes_on(self, done: int, of: int) -> None:
        """Say how many of the step's items are done."""
        self.look()
        self.teller.goes_on(self._step, done, of)

    def made(self, what: str) -> None:
        """Say what the step made."""
        self._made = what

    def look(self) -> None:
        """Raise `Stopped` if the work is to end."""
        if self.stop.is_set():
            raise Stopped
