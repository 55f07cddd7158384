"""A playbook: practices, policies and case studies put in order for one task."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import Date, Line, Many, Model, Prose, Record, Summary, Title


class Step(Model):
    """One thing to do, and the records that back it."""

    title: Title
    """What to do, as an instruction."""
    text: Prose
    """How, in two to six sentences. Every claim in it stands in one of the records."""
    records: Annotated[Many[Line], Field(min_length=1)]
    """The records that back the step, by id as in a ``kb:`` link."""


class Playbook(Record):
    """A written guide to one task. It adds nothing of its own: what it claims stands in the records it names."""

    schema_version: Literal[1]
    """The version of this shape; 1."""
    summary: Summary
    """What one has at the end, and for whom it is."""
    also_called: Many[Line] = ()
    """Other words for the task; they find the playbook in the search."""
    before: Prose
    """What to know before starting, such as that the evidence is mixed."""
    steps: Annotated[Many[Step], Field(min_length=2)]
    """In order."""
    checked: Date
    """When somebody last held it against the records it names."""
    added: Date | None = None
    """When it came into the library."""
    updated: Date | None = None
    """When its content last changed in a way that readers should hear of; left out until it does."""

    @property
    def gist(self) -> str:
        return self.summary

    @property
    def other_names(self) -> tuple[str, ...]:
        return self.also_called
