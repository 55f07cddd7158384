"""A policy note: a law, rule, grant or authority, and how to use it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .fields import (
    Choice,
    Date,
    Line,
    Many,
    Model,
    PartialDate,
    PolicyId,
    PopulationId,
    PracticeId,
    Prose,
    Record,
    SourceId,
    Sources,
    Summary,
    Url,
)


class PolicyKind(Choice):
    """What sort of instrument it is."""

    STATUTORY_AUTHORITY = "statutory-authority", "Authority in law"
    PILOT_AUTHORITY = "pilot-authority", "Pilot authority"
    STUDENT_AID_EXPERIMENT = "student-aid-experiment", "Student-aid experiment"
    GRANT_PROGRAM = "grant-program", "Grant program"
    PERFORMANCE_RULE = "performance-rule", "Performance rule"
    TAX_CREDIT = "tax-credit", "Tax credit"


class PolicyStatus(Choice):
    """Whether it can be used."""

    ACTIVE = "active", "In force"
    EXPIRED = "expired", "Expired"
    SUPERSEDED = "superseded", "Superseded"
    UNKNOWN = "unknown", "Could not be confirmed"


class CitationKind(Choice):
    """What sort of text is cited."""

    STATUTE = "statute", "Statute"
    REGULATION = "regulation", "Regulation"
    GUIDANCE = "guidance", "Guidance"
    NOTICE = "notice", "Notice"


class LimitScope(Choice):
    """Who set a limit, and whether it still stands."""

    FEDERAL = "federal", "Federal"
    STATE = "state", "State"
    LOCAL = "local", "Local"
    HISTORICAL = "historical", "Historical"


class Citation(Model):
    """Where the authority itself is written."""

    label: Line
    """As lawyers cite it, such as ``20 CFR 683.500``."""
    url: Url | None = None
    """Where the text can be read."""
    kind: CitationKind
    """What sort of text it is."""


class Limit(Model):
    """One limit, with the figure and who set it."""

    rule: Line
    """What is limited."""
    figure: Line
    """Such as "10 percent", "required" or "until spent"."""
    scope: LimitScope
    """Who set it, and whether it still stands."""
    source: SourceId
    """The source that states it, such as `s1`."""
    as_printed: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """The limit in the source's own words, at most a dozen of them."""


class Question(Model):
    """A question that people ask about it."""

    question: Line
    """As somebody who needs the answer would ask it."""
    answer: Prose
    """Two or three sentences, with the source."""


class Policy(Record):
    """A law, rule, grant or authority: what it allows, its limits, and how to use it."""

    schema_version: Literal[1]
    """The version of this shape; 1."""
    summary: Summary
    """What it allows and whom, in one or two plain sentences."""
    also_called: Many[Line] = ()
    """Acronyms and other names; they find the note in the search."""
    found_by: Many[Line] = ()
    """Plain words with which people look for it; they find it in the search and are not shown."""
    kind: PolicyKind
    """What sort of instrument it is."""
    status: PolicyStatus
    """Whether it can be used."""
    status_as_of: PartialDate
    """The day, month or year for which the status is known."""
    status_shown_by: Prose
    """What shows the status."""
    status_source: SourceId
    """The source of that, such as `s1`."""
    agency: Line
    """Who administers it."""
    enacted: Prose
    """When and by what it came about."""
    citations: Annotated[Many[Citation], Field(min_length=1)]
    """Where the authority itself is written."""
    what_it_allows: Annotated[Many[Prose], Field(min_length=1)]
    """What can be done under it, one thing an entry."""
    who_can_use_it: Prose
    """Who may apply or spend."""
    limits: Many[Limit] = ()
    """Caps, shares and dates, each with its figure."""
    how_to_use_it: Annotated[Many[Prose], Field(min_length=1)]
    """Steps, in order."""
    watch_out: Many[Prose] = ()
    """What goes wrong, or is often misread."""
    practices: Many[PracticeId] = ()
    """Practices that it permits or pays for."""
    related: Many[PolicyId] = ()
    """Policy notes that a reader of this one should know of."""
    populations: Many[PopulationId] = ()
    """Whom it is for, where it names anybody."""
    questions: Many[Question] = ()
    """Questions that people ask about it."""
    sources: Sources
    """What the note rests on, numbered s1, s2 and so on. Each is cited somewhere."""
    checked: Date
    """When somebody last held the note against its sources."""
    added: Date | None = None
    """When it came into the library."""
    updated: Date | None = None
    """When its content last changed in a way that readers should hear of; left out until it does."""

    @property
    def gist(self) -> str:
        return self.summary

    @property
    def other_names(self) -> tuple[str, ...]:
        return self.also_called + self.found_by
