"""The communities of the TechHire network, as sources record them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from .case_study import OrganizationRole
from .fields import (
    CaseStudyId,
    Choice,
    Date,
    Line,
    Many,
    Model,
    Prose,
    Record,
    Source,
    StateCode,
    Summary,
)
from .glossary import TermsFile

NetworkSourceId = Annotated[str, StringConstraints(pattern=r"^s[1-9]\d*$")]
"""The id of a source of the file; one list serves all communities."""


class CommunityKind(Choice):
    """What sort of place joined."""

    CITY = "city", "City"
    COUNTY = "county", "County"
    REGION = "region", "Region"
    STATE = "state", "State"
    TERRITORY = "territory", "Territory"


class CommunityOrganization(Model):
    """An organization in the role that a source gives it."""

    name: Line
    role: OrganizationRole
    source: NetworkSourceId


class Goal(Model):
    """What a community said it would reach; a promise, not a result."""

    text: Line
    source: NetworkSourceId


class Community(Record):
    """A place that joined the network."""

    state: StateCode
    kind: CommunityKind
    joined: Date
    """The day of the announcement."""
    round: Annotated[int, Field(ge=1)]
    """The number of a round of the file."""
    organizations: Many[CommunityOrganization] = ()
    goal: Goal | None = None
    note: Line | None = None
    case_studies: Many[CaseStudyId] = ()
    """Case studies of technical training in that place in the years of the network."""
    sources: Annotated[Many[NetworkSourceId], Field(min_length=1)]

    @property
    def gist(self) -> str:
        return f"TechHire community since {self.joined:%B %Y}."


class Round(Model):
    """Communities that were announced together."""

    number: Annotated[int, Field(ge=1)]
    date: Date
    label: Line
    announced: Annotated[int, Field(ge=1)] | None = None
    """How many were announced; left out where no source says."""
    sources: Annotated[Many[NetworkSourceId], Field(min_length=1)]


class NetworkFact(Model):
    """Something a source says about the network as a whole."""

    text: Line
    when: Line
    """When it was so, such as ``March 2015``."""
    source: NetworkSourceId
    as_printed: Line
    """In the source's own words, at most a dozen of them."""


class Network(TermsFile):
    """The file content/communities.yaml."""

    records_field: ClassVar[str] = "communities"

    checked: Date
    """When somebody last held the file against its sources."""
    about: Summary
    rounds: Annotated[Many[Round], Field(min_length=1)]
    facts: Many[NetworkFact]
    """In the order of time: how the network grew, and what became of it."""
    sources_disagree: Many[Prose] = ()
    not_verified: Many[Line] = ()
    """What no source read could confirm."""
    communities: Many[Community]
    sources: Annotated[Many[Source], Field(min_length=1)]
