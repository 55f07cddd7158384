"""A case study: one program or change, what was done, and what came of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .fields import (
    CaseStudyId,
    Choice,
    Date,
    EmployerRoleId,
    EvidenceLevelId,
    Line,
    Many,
    MetricId,
    Model,
    PolicyId,
    PopulationId,
    PracticeId,
    ProgramAreaId,
    Prose,
    Record,
    SectorId,
    SourceId,
    Sources,
    StateCode,
    Summary,
    Url,
    UsDollars,
    Year,
)


class Status(Choice):
    """What has become of the program."""

    ACTIVE = "active", "Active", "It runs."
    COMPLETED = "completed", "Completed", "It ended as planned."
    EXPANDED = "expanded", "Expanded", "It runs, and has grown or been copied elsewhere."
    DISCONTINUED = "discontinued", "Discontinued", "It was stopped before its planned end."
    UNKNOWN = "unknown", "Not known", "The sources read do not say whether it still runs."


class Setting(Choice):
    """The kind of place."""

    URBAN = "urban", "Urban"
    SUBURBAN = "suburban", "Suburban"
    RURAL = "rural", "Rural"
    STATEWIDE = "statewide", "Statewide"
    MULTI_STATE = "multi-state", "Several states"
    NATIONAL = "national", "National"


class OrganizationRole(Choice):
    """The part an organization took."""

    LEAD = "lead", "Lead"
    INTERMEDIARY = "intermediary", "Intermediary"
    EMPLOYER = "employer", "Employer"
    TRAINING_PROVIDER = "training-provider", "Training provider"
    COMMUNITY_COLLEGE = "community-college", "Community college"
    UNIVERSITY = "university", "University"
    ADULT_EDUCATION = "adult-education", "Adult education provider"
    WORKFORCE_BOARD = "workforce-board", "Workforce board"
    UNION = "union", "Union"
    FUNDER = "funder", "Funder"
    EVALUATOR = "evaluator", "Evaluator"
    COMMUNITY_ORGANIZATION = "community-organization", "Community organization"
    GOVERNMENT = "government", "Government"


class Design(Choice):
    """How an outcome was measured, from the most to the least able to show cause."""

    RCT = (
        "rct",
        "Randomized trial",
        "People were assigned by chance to the program or to a control group.",
    )
    QUASI_EXPERIMENT = (
        "quasi-experiment",
        "Quasi-experiment",
        "A comparison group was built without assignment by chance.",
    )
    CORRELATIONAL = (
        "correlational",
        "Correlational study",
        "A statistical link, with other differences allowed for.",
    )
    PRE_POST = (
        "pre-post",
        "Before and after",
        "The same people before and after; nobody to compare.",
    )
    DESCRIPTIVE = "descriptive", "Count or description", "Counted or described; nobody to compare."


class Direction(Choice):
    """What was found, which is not the same as how sure we can be."""

    POSITIVE = "positive", "Positive", "The main outcomes improved."
    MIXED = "mixed", "Mixed", "Some main outcomes improved and others did not, or sites differed."
    # Not `null`, which YAML reads as nothing: an empty field must never become a finding.
    NO_EFFECT = (
        "no-effect",
        "No effect found",
        "A null result: the study looked for an effect and found none to speak of.",
    )
    NEGATIVE = "negative", "Negative", "A main outcome got worse."
    NOT_MEASURED = (
        "not-measured",
        "Effect not measured",
        "Outcomes were counted or described; nothing tells what would have happened without it.",
    )


class Unit(Choice):
    """What a value counts."""

    PERCENT = "percent", "percent"
    PERCENTAGE_POINTS = "percentage-points", "percentage points"
    USD = "usd", "US dollars"
    COUNT = "count", "count"
    CREDITS = "credits", "credits"
    HOURS = "hours", "hours"


class Clearinghouse(Choice):
    """Who rated the study from outside."""

    CLEAR = "clear", "CLEAR", "Clearinghouse for Labor Evaluation and Research."
    WWC = "wwc", "What Works Clearinghouse", "Institute of Education Sciences."
    PATHWAYS = (
        "pathways-to-work",
        "Pathways to Work",
        "Evidence clearinghouse of the Administration for Children and Families.",
    )


class Years(Model):
    """When it ran."""

    start: Year | None
    end: Year | None = None
    """Null while it runs, or when no source gives an end."""


class Place(Model):
    """One place where it ran."""

    city: Line | None = None
    state: StateCode | None = None
    """Two capital letters, such as ``KY``; null for a national program."""
    setting: Setting


class Organization(Model):
    """An organization in the role that a source gives it. No private person is named."""

    name: Line
    role: OrganizationRole
    url: Url | None = None


class Cost(Model):
    """What it cost, in US dollars as the source states them."""

    per_participant_usd: UsDollars
    basis: Line
    """What the figure includes, per whom and over what time."""
    dollar_year: Year | None = None
    """The year whose prices the figure is in, where the source says."""
    source: SourceId


class Funding(Model):
    """Money it was paid with."""

    name: Line
    amount_usd: UsDollars | None = None
    year: Year | None = None
    source: SourceId


class Outcome(Model):
    """One figure that a source reports, as the source states it."""

    metric: MetricId
    name: Line | None = None
    """Says what was measured where the metric alone does not; required with ``other``."""
    value: int | float
    """For the people in the program; or the difference itself, where only that was reported."""
    unit: Unit
    per: Literal["year", "quarter", "month", "week", "hour"] | None = None
    comparison: int | float | None = None
    """The same figure for the people it is compared with."""
    comparison_label: Line | None = None
    """Who they are, such as "control group"."""
    n: Annotated[int, Field(ge=1)] | None = None
    """How many people the figure rests on, both groups together."""
    when: Line
    """When it was measured, such as "3 years after enrolment"."""
    design: Design
    significant: bool | None = None
    """Whether the source calls the difference statistically significant; left out where it does not say."""
    confidence_interval: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """Lower and upper bound of the difference, in the outcome's unit."""
    p_value: Annotated[float, Field(ge=0, le=1)] | None = None
    dollar_year: Year | None = None
    """The year whose prices a sum is in, where the source says."""
    note: Line | None = None
    """What a reader must know to read the figure rightly."""
    source: SourceId
    as_printed: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """The figure in the source's own words, at most a dozen of them, so that anybody can check it."""


class Evidence(Model):
    """How sure one can be (level), and what was found (direction): two different things."""

    level: EvidenceLevelId
    """Rates the best study, by 34 CFR 77.1."""
    direction: Direction
    """What that study found."""
    design: Design
    """The design of the best study."""
    note: Line
    """Why this level and direction."""
    source: SourceId


class ExternalRating(Model):
    """What a clearinghouse made of the study; never merged with our own level."""

    clearinghouse: Clearinghouse
    rating: Line
    """In the clearinghouse's own words."""
    url: Url


class RelatedCase(Model):
    """Another case study that a reader of this one should know of."""

    id: CaseStudyId
    reason: Line
    """What the other one tells that this one does not."""


class CaseStudy(Record):
    """One program, what it did, with whom, for whom, what came of it and how we know."""

    schema_version: Literal[1]
    """The version of this shape; 1."""
    summary: Summary
    """What was done and what came of it, in one or two plain sentences."""
    status: Status
    years: Years
    places: Annotated[Many[Place], Field(min_length=1)]
    organizations: Annotated[Many[Organization], Field(min_length=1)]
    populations: Many[PopulationId]
    """Whom it set out to serve."""
    sectors: Annotated[Many[SectorId], Field(min_length=1)]
    program_areas: Annotated[Many[ProgramAreaId], Field(min_length=1)]
    practices: Annotated[Many[PracticeId], Field(min_length=1)]
    policies: Many[PolicyId] = ()
    """Laws or funding authorities really used; none rather than the nearest."""
    employer_roles: Many[EmployerRoleId] = ()
    """What employers did, where a source says so."""
    challenge: Prose
    """The problem, in two to four sentences."""
    approach: Prose
    """What they did, in three to eight sentences or a list."""
    employer_engagement: Prose
    """How employers took part, in two to five sentences; or that they did not."""
    results: Prose
    """What happened, with what did not work."""
    lessons: Annotated[Many[Prose], Field(min_length=1)]
    """Two to five things a reader could reuse, each supported by a source."""
    cost: Cost | None = None
    """Left out where no source gives it."""
    funding: Many[Funding] = ()
    outcomes: Many[Outcome] = ()
    evidence: Evidence
    external_ratings: Many[ExternalRating] = ()
    related: Many[RelatedCase] = ()
    """Written only where there is something to say; the rest is found by what records share."""
    sources: Sources
    checked: Date
    """When somebody last held the record against its sources."""

    @property
    def gist(self) -> str:
        return self.summary
