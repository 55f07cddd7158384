"""A practice: something that programs do, and the tag by which case studies are found."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import (
    Date,
    Line,
    Many,
    PolicyId,
    PracticeGroupId,
    PracticeId,
    Prose,
    Record,
    Sources,
    Summary,
)


class Practice(Record):
    """Something that programs do: what it is, why and how, and what to watch for."""

    schema_version: Literal[1]
    """The version of this shape; 1."""
    group: PracticeGroupId
    """The part of the list of practices in which it stands."""
    also_called: Many[Line] = ()
    """Acronyms and other names; they find the practice in the search."""
    found_by: Many[Line] = ()
    """Plain words with which people look for it; they find it in the search and are not shown."""
    definition: Summary
    """What it is, in one or two plain sentences."""
    why: Annotated[Many[Prose], Field(min_length=1)]
    """Why somebody would do it, one reason an entry."""
    how: Annotated[Many[Prose], Field(min_length=1)]
    """Steps, in order."""
    watch_out: Many[Prose] = ()
    """What goes wrong, or costs more than expected."""
    related: Many[PracticeId] = ()
    """Practices that a reader of this one should know of."""
    policies: Many[PolicyId] = ()
    """Policies that permit it or pay for it."""
    sources: Sources
    """What the page rests on, numbered s1, s2 and so on. Each is cited somewhere."""
    checked: Date
    """When somebody last held the page against its sources."""
    added: Date | None = None
    """When it came into the library."""
    updated: Date | None = None
    """When its content last changed in a way that readers should hear of; left out until it does."""

    @property
    def gist(self) -> str:
        return self.definition

    @property
    def other_names(self) -> tuple[str, ...]:
        return self.also_called + self.found_by
