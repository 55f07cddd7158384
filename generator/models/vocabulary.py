"""The terms that records are described with. Each file of content/vocabulary/ is a list of terms."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from .fields import Line, Many, Record, Summary, Url


class Term(Record):
    """A word of the controlled vocabulary, with the other words that people use for it."""

    definition: Summary
    also_called: Many[Line] = ()
    """Other words for it, older ones and acronyms included; they find it in the search."""
    found_by: Many[Line] = ()
    """Plain words with which people look for it; they find it in the search and are not shown."""

    @property
    def gist(self) -> str:
        return self.definition

    @property
    def other_names(self) -> tuple[str, ...]:
        return self.also_called + self.found_by


class Population(Term):
    """A group of people whom programs set out to serve."""

    wioa: Line | None = None
    """Where WIOA names the group as facing barriers to employment, such as ``sec. 3(24)(F)``; left out where it does not."""


class State(Term):
    """A state, the District of Columbia or a territory. The id is its postal code."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    """Two capital letters, as the Postal Service writes them."""


class Metric(Term):
    """What an outcome measures."""

    difference: bool = False
    """True where the value is itself a difference between two groups, such as a gain."""


class EvidenceLevel(Term):
    """How sure one can be, strongest first in the file."""

    rule: Line
    """Where the rule stands, such as ``34 CFR 77.1(c)``."""
    rule_url: Url
