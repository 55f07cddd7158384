"""A collection: records in an order worth showing, ready to be presented."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import CaseStudyId, Date, Many, Model, PolicyId, PracticeId, Prose, Record, Summary


class CollectionEntry(Model):
    """One record of a collection: exactly one of the three ids, and what to say about it."""

    case_study: CaseStudyId | None = None
    practice: PracticeId | None = None
    policy: PolicyId | None = None
    note: Prose | None = None
    """What the one who presents says here; it becomes the speaker note."""

    @property
    def record(self) -> tuple[str, str]:
        """(kind, id) of the record. Raises ValueError for an entry that the check refuses."""
        (found,) = self.named
        return found

    @property
    def named(self) -> list[tuple[str, str]]:
        """(kind, id) of every record that the entry names."""
        ids = {"case-study": self.case_study, "practice": self.practice, "policy": self.policy}
        return [(kind, record_id) for kind, record_id in ids.items() if record_id is not None]


class Collection(Record):
    """A ready-made deck: a handful of records with a reason to be shown together."""

    schema_version: Literal[1]
    """The version of this shape; 1."""
    summary: Summary
    """What the collection shows and for whom it is, in one or two plain sentences."""
    entries: Annotated[Many[CollectionEntry], Field(min_length=1, max_length=40)]
    """In the order in which they are shown."""
    checked: Date
    """When somebody last read the collection against its records."""
    added: Date | None = None
    """When it came into the library."""
    updated: Date | None = None
    """When its content last changed in a way that readers should hear of; left out until it does."""

    @property
    def gist(self) -> str:
        return self.summary
