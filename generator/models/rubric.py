"""The rubric: the questions with which a local group assesses itself, and how answers are counted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .fields import (
    Date,
    Id,
    Line,
    Many,
    Model,
    PolicyId,
    PracticeId,
    Prose,
    Record,
    SourceId,
    Sources,
    Summary,
    Title,
)

LEVELS = 4
"""How many levels a question has."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
"""Plain text of a few sentences, no Markdown."""
Texts = Annotated[Many[Text], Field(min_length=1)]
Score = Annotated[float, Field(ge=1, le=LEVELS)]


class Level(Model):
    """One of the four levels, the same for every question."""

    title: Line
    """Such as "Starting"."""
    meaning: Text
    from_score: Score
    """The lowest average, to one decimal place, that is called by this level's name."""


class Criterion(Model):
    """One question, with what each level looks like."""

    id: Id
    """Stands in people's files and never changes."""
    title: Title
    """The question in a few words, for tables and charts."""
    question: Line
    why: Prose
    """Why it matters, in a sentence or two."""
    levels: Annotated[Many[Text], Field(min_length=LEVELS, max_length=LEVELS)]
    """What can be seen or counted at each level, lowest first."""
    evidence_to_bring: Texts
    """What shows the level to somebody else."""
    practices: Annotated[Many[PracticeId], Field(min_length=1)]
    """Practices that help a group that is weak here."""
    policies: Many[PolicyId] = ()
    """Policies that permit or pay for them."""
    worded_in: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    """The version of the rubric in which the question got its present meaning."""
    draws_on: Many[Id] = ()
    """Ids of the tools (`tools`) that it was held against."""
    sources: Many[SourceId] = ()
    """What it rests on beside those tools."""
    threshold_source: SourceId | None = None
    """Where a number inside the levels comes from; left out where it is our own."""


class Dimension(Model):
    """A part of the rubric: questions whose average says something."""

    id: Id
    title: Title
    about: Text
    criteria: Annotated[Many[Criterion], Field(min_length=1)]


class RoleGroup(Model):
    """Kinds of rater whose answers are shown together."""

    id: Id
    title: Line
    """The first two groups are compared with each other."""


class Role(Model):
    """The kind of partner that a rater comes from."""

    id: Id
    title: Line
    group: Id
    """The id of one of `role_groups`."""


class Panel(Model):
    """Who should rate, at least."""

    people: Annotated[int, Field(ge=1)]
    roles: Annotated[int, Field(ge=1)]
    """Different kinds of partner."""
    must_include: Many[Id]
    """Roles of which there should be somebody."""
    minority: Id
    """The role that should be less than half."""


class Counting(Model):
    """The limits that the scoring works with (`generator/rubric/scoring.py`)."""

    not_sure_one_in: Annotated[int, Field(ge=2)]
    """More than one not-sure answer in so many, and a part gets no score."""
    raters_differ: Annotated[int, Field(ge=1)]
    """Answers that lie this many levels apart are to be talked through."""
    groups_differ: Annotated[float, Field(gt=0)]
    """So are employers' and providers' medians that lie this far apart."""
    chance_below: Annotated[float, Field(ge=0)]
    """A smaller change of a part's score may be chance when few people rate."""
    work_on: Annotated[int, Field(ge=1)]
    """How many questions to work on at most."""
    panel: Panel


class Guide(Model):
    """How to use the rubric, in sentences for readers."""

    choose_a_level: Texts
    not_sure: Texts
    does_not_apply: Texts
    adding_up: Texts
    several_raters: Texts
    acting_on_it: Texts
    each_year: Texts
    time_needed: Text
    limits: Texts
    precedents: Annotated[Many[Prose], Field(min_length=1)]
    """Where else the same is done."""


class Tool(Model):
    """Another assessment that exists, and how this one differs."""

    id: Id
    title: Line
    owner: Line
    level: Annotated[Many[Line], Field(min_length=1)]
    """What it rates: state, local, program, employer and so on."""
    measures: Text
    does_better: Text
    ours_differs: Text
    scale: Text | None = None
    items: Annotated[int, Field(ge=1)] | None = None
    """How many questions or elements it has, where that could be read."""
    note: Text | None = None
    sources: Annotated[Many[SourceId], Field(min_length=1)]


class Rubric(Record):
    """The file content/rubric.yaml."""

    schema_version: Literal[1]
    """The version of this shape; 1."""
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    """The version of the questions. Raised when the meaning of one changes."""
    about: Summary
    origin: Prose
    """Why there is a rubric, and where it comes from."""
    who_it_is_for: Texts
    not_for: Texts
    thresholds_note: Text
    levels: Annotated[Many[Level], Field(min_length=LEVELS, max_length=LEVELS)]
    counting: Counting
    role_groups: Annotated[Many[RoleGroup], Field(min_length=1)]
    roles: Annotated[Many[Role], Field(min_length=1)]
    guide: Guide
    could_not_confirm: Many[Prose] = ()
    """What was looked for and not found."""
    dimensions: Annotated[Many[Dimension], Field(min_length=1)]
    tools: Many[Tool] = ()
    sources: Sources
    checked: Date
    """When somebody last held it against its sources."""

    @property
    def gist(self) -> str:
        return self.about

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every question, in order."""
        return tuple(c for dimension in self.dimensions for c in dimension.criteria)


def as_version(text: str) -> tuple[int, ...]:
    """``1.10`` as numbers that compare rightly; nothing for what is not a version."""
    parts = text.split(".")
    return tuple(int(part) for part in parts) if all(p.isdecimal() for p in parts) else ()
