"""A case study: one program or change, what was done, and what came of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import ConfigDict, Field, StringConstraints

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


COMPARED = (Design.RCT, Design.QUASI_EXPERIMENT, Design.CORRELATIONAL)
"""The designs that measure an effect, because somebody was compared."""

DESIGNS_OF_LEVEL = {
    "strong": (Design.RCT,),
    "moderate": (Design.RCT, Design.QUASI_EXPERIMENT),
    "promising": COMPARED,
}
"""The designs that each level of 34 CFR 77.1(c) admits; the lowest admits all.

"Strong" asks for an experimental study, "moderate" for an experimental or quasi-experimental one,
"promising" for at least a correlational study with controls for selection.
"""


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


_DIRECTIONS = tuple(Direction)
"""Among equals, what was found stands before what was not measured."""


class Brief(NamedTuple):
    """What orders, counts and charts need to know of a case study, which is not made for them."""

    level: str
    """The level of evidence, by its id."""
    found: int
    """The place of what was found among `Direction`."""
    checked: int
    """The day of the last check, as an ordinal."""
    latest: int
    """The day on which anything happened to it last, as an ordinal."""
    start: int | None
    """The year in which it began."""
    cost: int | float | None
    """US dollars a participant, as the source states them."""
    places: tuple[tuple[str, str], ...]
    """(state, setting) of each place; the state is empty for a national program."""
    leads: tuple[str, ...]
    """The names of the organizations that lead it."""

    @property
    def direction(self) -> Direction:
        return _DIRECTIONS[self.found]


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
    """The year in which it began; null when no source says."""
    end: Year | None = None
    """Null while it runs, or when no source gives an end."""


class Place(Model):
    """One place where it ran."""

    city: Line | None = None
    """The city or county; left out for a whole state."""
    state: StateCode | None = None
    """Two capital letters, such as ``KY``; null for a national program."""
    setting: Setting
    """The kind of place."""


class Organization(Model):
    """An organization in the role that a source gives it. No private person is named."""

    name: Line
    """The organization's own name, written out."""
    role: OrganizationRole
    """The part it took, as a source says."""
    url: Url | None = None
    """Its page about the program, or its home page."""


class Cost(Model):
    """What it cost, in US dollars as the source states them."""

    per_participant_usd: UsDollars
    """Digits only: 1500, not $1,500."""
    basis: Line
    """What the figure includes, per whom and over what time."""
    dollar_year: Year | None = None
    """The year whose prices the figure is in, where the source says."""
    source: SourceId
    """The source that gives the figure, such as `s1`."""


class Funding(Model):
    """Money it was paid with."""

    name: Line
    """The fund, grant or giver."""
    amount_usd: UsDollars | None = None
    """Digits only; left out where no source gives it."""
    year: Year | None = None
    """The year of the award."""
    source: SourceId
    """The source that says so, such as `s1`."""


def _when(condition: dict[str, Any], consequence: dict[str, Any]) -> dict[str, Any]:
    """In JSON Schema: where the fields are as in the condition, they are as in the consequence."""
    return {
        "if": {"properties": condition, "required": list(condition)},
        "then": {"properties": consequence, "required": list(consequence)},
    }


class Outcome(Model):
    """One figure that a source reports, as the source states it."""

    # As `checks.evidence` has it, for editors and the form.
    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                _when({"metric": {"const": "other"}}, {"name": {"type": "string"}}),
                _when({"comparison": {"type": "number"}}, {"comparison_label": {"type": "string"}}),
            ]
        }
    )

    metric: MetricId
    """What was measured; `other` where no metric fits."""
    name: Line | None = None
    """Says what was measured where the metric alone does not; required with ``other``."""
    value: int | float
    """For the people in the program; or the difference itself, where only that was reported."""
    unit: Unit
    """What the value counts."""
    per: Literal["year", "quarter", "month", "week", "hour"] | None = None
    """The span of time that a sum is for, where the metric does not say."""
    comparison: int | float | None = None
    """The same figure for the people it is compared with."""
    comparison_label: Line | None = None
    """Who they are, such as "control group"."""
    n: Annotated[int, Field(ge=1)] | None = None
    """How many people the figure rests on, both groups together."""
    when: Line
    """When it was measured, such as "3 years after enrolment"."""
    design: Design
    """How it was measured."""
    significant: bool | None = None
    """Whether the source calls the difference statistically significant; left out where it does not say."""
    confidence_interval: Annotated[tuple[float, float], Field(strict=False)] | None = None
    """Lower and upper bound of the difference, in the outcome's unit."""
    p_value: Annotated[float, Field(ge=0, le=1)] | None = None
    """The p value that the source gives, from 0 to 1."""
    dollar_year: Year | None = None
    """The year whose prices a sum is in, where the source says."""
    note: Line | None = None
    """What a reader must know to read the figure rightly."""
    source: SourceId
    """The source that reports the figure, such as `s1`."""
    as_printed: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    """The figure in the source's own words, at most a dozen of them, so that anybody can check it."""


class Evidence(Model):
    """How sure one can be (level), and what was found (direction): two different things."""

    # As `checks.evidence` has it, for editors and the form.
    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                *(
                    _when(
                        {"level": {"const": level}},
                        {"design": {"enum": [d.value for d in designs]}},
                    )
                    for level, designs in DESIGNS_OF_LEVEL.items()
                ),
                {
                    "if": {
                        "properties": {"design": {"not": {"enum": [d.value for d in COMPARED]}}},
                        "required": ["design"],
                    },
                    "then": {"properties": {"direction": {"const": Direction.NOT_MEASURED.value}}},
                },
            ]
        }
    )

    level: EvidenceLevelId
    """Rates the best study, by 34 CFR 77.1."""
    direction: Direction
    """What that study found."""
    design: Design
    """The design of the best study."""
    note: Line
    """Why this level and direction."""
    source: SourceId
    """The best study, such as `s1`."""


class ExternalRating(Model):
    """What a clearinghouse made of the study; never merged with our own level."""

    clearinghouse: Clearinghouse
    """Who rated the study."""
    rating: Line
    """In the clearinghouse's own words."""
    url: Url
    """The page with the rating."""


class RelatedCase(Model):
    """Another case study that a reader of this one should know of."""

    id: CaseStudyId
    """The last part of the address of its page."""
    reason: Line
    """What the other one tells that this one does not."""


class Measured(Model):
    """What the table of all outcomes shows of a case study: a third of the time that it takes to make the whole of it."""

    model_config = ConfigDict(extra="ignore")

    practices: Many[PracticeId]
    populations: Many[PopulationId]
    cost: Cost | None = None
    outcomes: Many[Outcome] = ()


class Introduced(Model):
    """What a card shows of a case study: a sixth of the time that it takes to make the whole of it."""

    model_config = ConfigDict(extra="ignore")

    summary: Summary
    status: Status
    years: Years
    places: Many[Place]


class CaseStudy(Record):
    """One program, what it did, with whom, for whom, what came of it and how we know."""

    schema_version: Literal[1]
    """The version of this shape; 1."""
    summary: Summary
    """What was done and what came of it, in one or two plain sentences."""
    status: Status
    """What has become of the program."""
    years: Years
    """When it ran."""
    places: Annotated[Many[Place], Field(min_length=1)]
    """Where it ran, the main place first."""
    organizations: Annotated[Many[Organization], Field(min_length=1)]
    """Who took part, each in the role that a source gives it. No private person is named."""
    populations: Many[PopulationId]
    """Whom it set out to serve."""
    sectors: Annotated[Many[SectorId], Field(min_length=1)]
    """The industries that people were trained for or hired in."""
    program_areas: Annotated[Many[ProgramAreaId], Field(min_length=1)]
    """The public systems that it belongs to."""
    practices: Annotated[Many[PracticeId], Field(min_length=1)]
    """What it did, as the library names it. Fewer and right is better than many."""
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
    """What paid for it, where a source says so."""
    outcomes: Many[Outcome] = ()
    """One entry for each figure that a source reports."""
    evidence: Evidence
    """How sure one can be, and what was found."""
    external_ratings: Many[ExternalRating] = ()
    """What clearinghouses made of the study; never merged with the level above."""
    related: Many[RelatedCase] = ()
    """Written only where there is something to say; the rest is found by what records share."""
    sources: Sources
    """What the record rests on, numbered s1, s2 and so on. Each is cited somewhere."""
    checked: Date
    """When somebody last held the record against its sources."""
    added: Date | None = None
    """When it came into the library."""
    updated: Date | None = None
    """When its content last changed in a way that readers should hear of; left out until it does."""

    shown_alone = frozenset({"challenge", "approach", "employer_engagement", "results", "lessons"})
    uncharted = frozenset(
        {"summary", "organizations", "sources", "funding", "related", "external_ratings"}
    )
    # A test edits them and compares the site with one made anew.

    @property
    def gist(self) -> str:
        return self.summary

    @property
    def leads(self) -> tuple[str, ...]:
        """The names of the organizations that lead it."""
        return tuple(o.name for o in self.organizations if o.role is OrganizationRole.LEAD)

    @property
    def brief(self) -> Brief:
        days = (self.checked, self.added, self.updated)
        return Brief(
            self.evidence.level,
            _DIRECTIONS.index(self.evidence.direction),
            self.checked.toordinal(),
            max(day.toordinal() for day in days if day),
            self.years.start,
            self.cost.per_participant_usd if self.cost else None,
            tuple((place.state or "", place.setting.value) for place in self.places),
            self.leads,
        )
