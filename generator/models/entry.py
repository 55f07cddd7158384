"""A record and where it is written. The record itself is made when it is asked for, and let go when nobody has it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import ref

from pydantic_core import to_json

from ..diagnostics import Diagnostic
from ..reading.documents import Document, LeftDocument
from ..reading.positions import Location
from .extract import Extract, extract_of
from .fields import Model, Record
from .kind import Kind
from .store import Data, read

M = TypeVar("M", bound=Model)

_latest: deque[Record] = deque(maxlen=1000)
"""The records that were made last. They stay, so that all of a small library are made once."""


@dataclass(eq=False, slots=True)
class Entry:
    """
    A record, and where it is written.

    To order, link and list records takes no more than their extracts. The record itself takes longer to make, and ten times
    the memory: who goes through all records has one of them at a time.
    """

    kind: Kind
    extract: Extract
    document: Document
    _record: Record | ref[Record] | None
    """The record itself where its file lists several; of others, one that somebody may still have."""
    _data: Data
    """What it is made of again where nobody has it any more."""
    at: Location = ()
    """Where in the document the record stands: nowhere further for a file of its own."""

    @classmethod
    def of(cls, kind: Kind, record: Record, document: Document, at: Location = ()) -> Entry:
        """The entry of a record that was made of a document's data."""
        data: Any = document.data
        for step in at:
            data = data[step]
        written = to_json(data)
        return cls(kind, extract_of(kind, record, data, written), document, record, written, at)

    @property
    def id(self) -> str:
        return self.extract.id

    @property
    def title(self) -> str:
        return self.extract.title

    @property
    def record(self) -> Record:
        """The record. Raises `Changed` where neither its data nor its file are what they were."""
        record = self._record() if isinstance(self._record, ref) else self._record
        if record is None:
            record = self.part(self.kind.model)
            if self.kind.is_list:  # there are few, which many pages show
                self._record = record
            else:
                self._record = ref(record)
                _latest.append(record)
        return record

    def part(self, model: type[M]) -> M:
        """The fields of the record that a model has. Raises `Changed` as `record` does."""
        return model.model_validate_json(self.data())

    def data(self) -> bytes:
        """Its plain data, as JSON. Raises `Changed` as `record` does."""
        data = read(self._data)
        if data is None:  # somebody has damaged what was kept
            assert isinstance(self.document, LeftDocument)
            data = to_json(self.document.data_again(self.extract.text))
        return data

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        # With plain strings: a path as an object takes longer than all else that is asked of a name.
        return self.document.path.rpartition("/")[2].rpartition(".")[0]

    def finding(
        self, location: Location, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> Diagnostic:
        """A finding about a field of the record."""
        return self.document.finding((*self.at, *location), code, message, hint, key=key)

    def finding_in(
        self, location: Location, needle: str, code: str, message: str, hint: str = "", nth: int = 0
    ) -> Diagnostic:
        """
        A finding about some words in a field, or in the text below the front matter (``("body",)``).

        `nth` is how many times the words stand there before the place that is meant.
        """
        where = location if tuple(location) == ("body",) else (*self.at, *location)
        return self.document.finding_in(where, needle, code, message, hint, nth)
