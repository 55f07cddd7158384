"""The glossary: terms of the field in plain words."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from .fields import Date, GlossaryGroupId, Line, Many, Model, Record, Source, Summary


class GlossarySource(Source):
    """A source of the glossary, numbered for the glossary as a whole."""

    id: Annotated[str, StringConstraints(pattern=r"^g[1-9]\d*$")]


class GlossaryTerm(Record):
    """A term in plain words, with the pages that say more."""

    acronym: Line | None = None
    also_called: Many[Line] = ()
    group: GlossaryGroupId
    definition: Summary
    see: Many[Line] = ()
    """Records that say more, by id as in a ``kb:`` link."""
    sources: Many[Line] = ()
    """Ids of the glossary's sources; empty where the meaning is common usage."""

    @property
    def gist(self) -> str:
        return self.definition

    @property
    def other_names(self) -> tuple[str, ...]:
        return ((self.acronym,) if self.acronym else ()) + self.also_called


class TermsFile(Model):
    """A file that holds a list of records and something about the list."""

    records_field: ClassVar[str] = "terms"
    """The field that holds the list."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of the file, in its order."""
        records: tuple[Record, ...] = getattr(self, self.records_field)
        return records


class Container:
    """A file that holds a list of records and something about the list, which few pages show: it is made when it is asked for."""

    def __init__(self, model: type[TermsFile], data: bytes) -> None:
        """`data` are the plain data of the file, as JSON, in which nothing is wrong."""
        self._model = model
        self.data = data

    @cached_property
    def file(self) -> TermsFile:
        return self._model.model_validate_json(self.data)


class Glossary(TermsFile):
    """The file content/glossary.yaml."""

    terms: Many[GlossaryTerm]
    checked: Date
    """When somebody last held the glossary against its sources."""
    sources: Many[GlossarySource] = ()
