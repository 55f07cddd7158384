"""
The types that fields of records are made of, shared by every kind.

Models are strict: a number in quotes is a string, and stays an error where a number is wanted.
What a value refers to is written in its type (`Reference`), so that one rule can check every
reference of every kind of record, and a new field needs no new rule.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.fields import ComputedFieldInfo, FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL_PATTERN = r'^https?://[^\s/?#@\\]+\.[^\s/?#@\\]+([/?#][^\s\\"<>]*)?$'
"""Only what a reader can follow. No javascript:, data: or file:, and no blanks that would let an
address pretend to be another one. Browsers' regular expressions read it as Python's do."""
SCHEMA_VERSION = 1
"""The version of the shape of records. A record states the one it was written for."""


_LABELS = {
    "url": "Web address",
    "n": "Number of people",
    "p_value": "p value",
    "per_participant_usd": "Per participant (US dollars)",
    "amount_usd": "Amount (US dollars)",
}


def _label(name: str, field: FieldInfo | ComputedFieldInfo) -> str:
    """A field's name as a form shows it: ``comparison_label`` becomes "Comparison label"."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def _class_label(model: type) -> str:
    """A group's name as a form shows it: ``RelatedCase`` becomes "Related case"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize()


# Before a model's first validator is built, pydantic would look in all that is installed for others' plugins.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

_NOT_NOTED: set[str] = set()


class Model(BaseModel):
    """The base of everything a contributor writes: strict, closed, immutable, self-documenting."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        defer_build=True,  # most builds make a record of few models
        field_title_generator=_label,
        model_title_generator=_class_label,
    )

    def model_post_init(self, context: Any, /) -> None:
        # pydantic gives each group a set of the fields that were written, which nothing here asks for. They are
        # nearly half of the memory that a record takes, and once more in each process that looks at it.
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_NOTED)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        found = handler(schema)
        properties = handler.resolve_ref_schema(found)["properties"]
        for name, meaning in meanings(cls).items():
            field = properties[name]
            if handler.resolve_ref_schema(field).get("description") != meaning:  # of its group
                field["description"] = meaning
        return found


@cache
def meanings(model: type[Model]) -> Mapping[str, str]:
    """
    What is written below the fields of a model, by their names.

    pydantic would look for that when a model is loaded, which takes as long as all else that is loaded with it.
    """
    told: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, Model):
            told |= dict.fromkeys(base.__annotations__, "")
            told |= _written_in(base.__module__).get(base.__name__, {})
    return {name: told[name] for name in model.model_fields if told[name]}


@cache
def _written_in(module: str) -> dict[str, dict[str, str]]:
    """What is written below the fields of each class in a module, by the class's name."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {found.name: dict(_below_fields(found)) for found in classes}


def _below_fields(found: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for pair in pairwise(found.body):
        match pair:
            case ast.AnnAssign(ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                yield name, inspect.cleandoc(text)


class Choice(StrEnum):
    """A closed list that is part of the program: each member has an id, a label and a meaning."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str, meaning: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        return member

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        # Strict models would want a member of the enum; YAML can only hold its id.
        return core_schema.enum_schema(cls, list(cls), sub_type="str", strict=False)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        # `oneOf` and `const` are the way of JSON Schema to give each value a label and a meaning;
        # editors complete and explain from it, and a form builds a list.
        return {
            "description": cls.__doc__ or "",
            "type": "string",
            "oneOf": [described(m.value, m.label, m.meaning) for m in cls],
        }


def described(value: str, label: str, meaning: str) -> dict[str, Any]:
    """One value of a vocabulary in JSON Schema."""
    choice = {"const": value, "title": label}
    return choice | {"description": meaning} if meaning else choice


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a string field as the id of a record or term of another kind."""

    kind: str
    """The name of a kind in the registry, such as ``population``."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "x-reference": self.kind}


@dataclass(frozen=True, slots=True)
class SourceMark:
    """Marks a string field as the id of one of the record's own sources."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "x-source": True}


@dataclass(frozen=True, slots=True)
class ProseMark:
    """Marks a string field as Markdown prose: it may cite (``[s1]``) and link (``kb:id``)."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "x-prose": True}


def _date(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("date_written", "not a date of the calendar")


def _partial_date(value: str) -> str:
    parts = value.split("-")
    try:
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
            year, month, day = (*parts, "1", "1")[:3]
            dt.date(int(year), int(month), int(day))
            return value
    except ValueError:
        pass
    raise PydanticCustomError("date_written", "not a year, month or date of the calendar")


_URL = re.compile(URL_PATTERN)


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise PydanticCustomError("web_address", "not a web address")
    return value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
"""Plain text, no Markdown: a name, a label."""
Title = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Summary = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
"""Plain text of one or two sentences. 300 characters is what a search result can show."""
Prose = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True), ProseMark()
]
Date = Annotated[
    dt.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}),
]
PartialDate = Annotated[
    str,
    AfterValidator(_partial_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d\d){0,2}$"}),
]
"""A year, a month or a day: ``2024``, ``2024-05`` or ``2024-05-01``."""
Url = Annotated[
    str,
    StringConstraints(max_length=2_000),
    AfterValidator(_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": URL_PATTERN, "maxLength": 2_000}),
]
Year = Annotated[int, Field(ge=1900, le=2100)]
UsDollars = Annotated[int | float, Field(ge=0)]
SourceId = Annotated[str, StringConstraints(pattern=r"^s[1-9]\d*$"), SourceMark()]

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A list in YAML; a tuple here, so that records stay immutable."""

CaseStudyId = Annotated[str, Reference("case-study")]
PracticeId = Annotated[str, Reference("practice")]
PolicyId = Annotated[str, Reference("policy")]
PopulationId = Annotated[str, Reference("population")]
SectorId = Annotated[str, Reference("sector")]
StateCode = Annotated[str, Reference("state")]
ProgramAreaId = Annotated[str, Reference("program-area")]
EmployerRoleId = Annotated[str, Reference("employer-role")]
MetricId = Annotated[str, Reference("metric")]
EvidenceLevelId = Annotated[str, Reference("evidence-level")]
PracticeGroupId = Annotated[str, Reference("practice-group")]
GlossaryGroupId = Annotated[str, Reference("glossary-group")]


class Record(Model):
    """What every kind of record and term has: an id, which is its file name or its key, and a title."""

    id: Id
    """Lower-case words joined by hyphens. For a record that is a file, the file name without its ending."""
    title: Title
    """What a reader would call it."""

    shown_alone: ClassVar[frozenset[str]] = frozenset()
    """Fields that no page shows but the record's own; what they link to counts for others as well."""
    uncharted: ClassVar[frozenset[str]] = frozenset()
    """Fields of which no chart, no table of outcomes and no rubric shows anything, though other pages do; nor do they order records."""

    @property
    def gist(self) -> str:
        """One or two plain sentences for cards, search results and the page's description."""
        raise NotImplementedError

    @property
    def other_names(self) -> tuple[str, ...]:
        """Acronyms and other words people use for this; they find it in the search."""
        return ()


class SourceKind(Choice):
    """What sort of publication a source is."""

    EVALUATION = "evaluation", "Evaluation", "A study of what the program did or achieved."
    GOVERNMENT = "government", "Government", "Published by a public agency."
    LAW = "law", "Law", "The text of a statute, regulation or notice, or a copy of it."
    NEWS = "news", "News", "A newspaper, magazine, broadcaster or press release."
    PROGRAM_PAGE = "program-page", "Program page", "What the program says about itself."
    RESEARCH_BRIEF = "research-brief", "Research brief", "A summary or analysis of research."


class Source(Model):
    """A public source, numbered on the page in the order of the list."""

    id: Annotated[str, StringConstraints(pattern=r"^s[1-9]\d*$")]
    """``s1``, ``s2`` and so on: what prose cites as ``[s1]``."""
    title: Line
    """As printed."""
    publisher: Line
    """Who published it, such as the agency, the journal or the newspaper."""
    year: Year | None = None
    """Year of publication; left out or null where the source does not say."""
    url: Url
    """Where it was read."""
    archived: Url | None = None
    """A copy kept by an archive, such as web.archive.org, for the day on which the address above leads nowhere."""
    kind: SourceKind
    """What sort of publication it is."""
    note: Line | None = None
    """What a reader should know about this copy, such as "read in an unofficial copy"."""


Sources = Annotated[Many[Source], Field(min_length=1)]
