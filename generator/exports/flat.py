"""The library as CSV and JSON: for spreadsheets, statistics and other programs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic_core import to_json

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.fields import Record
from ..models.kind import Kind
from ..models.schema import schema_path
from ..tables.layout import Column, Layout

LICENSE = "https://creativecommons.org/licenses/by/4.0/"

_OF_CASE = ("case_study", "case_study_title", "page", "evidence_level", "evidence_direction")
"""The columns that say which case study an outcome is of."""
_FORMULA = frozenset("=+-@\t\r")
"""With what a spreadsheet takes a text for a formula."""
NEXT = b",\n"
"""What stands between two entries of a list in the JSON file."""
_QUOTED = re.compile('[",\r\n]')
"""What a value of a CSV file stands in quotes for."""


Bytes = bytes | memoryview


class Rows(NamedTuple):
    """What the files have of one case study, UTF-8."""

    case: Bytes
    outcomes: Bytes
    entry: Bytes
    """Without what stands between two entries (`NEXT`)."""
    figures: int
    """How many outcomes there are."""


@dataclass(frozen=True, slots=True)
class Flat:
    """The library as files, UTF-8."""

    case_studies: bytes
    """CSV, one row a case study; lists are joined by semicolons, prose keeps its Markdown."""
    outcomes: bytes
    """CSV, one row an outcome, with the case study that it is of, how sure that is, and its source."""
    library: bytes
    """JSON, everything: case studies, practices, policy notes, the vocabulary and the glossary."""
    rows: Mapping[str, Rows]
    """By the ids of case studies, as they follow each other in each of the files."""


def plain(record: Record) -> dict[str, Any]:
    """A record as plain data, without the fields that hold nothing."""
    return record.model_dump(mode="json", exclude_none=True)


def flat(
    library: Library, layout: Layout, site_url: str = "", known: Mapping[str, Rows] | None = None
) -> Flat:
    """Return the files; `layout` is that of case studies, and `known` what the files have of some of these, by their ids."""
    columns = _Columns(layout.columns)
    groups = [group.name for group in layout.groups]
    of_outcome = _Columns(next(g.columns for g in layout.groups if g.name == "outcomes"))
    header = ["page", *columns.names, *(f"{name}_count" for name in groups)]
    of_outcomes = [*_OF_CASE, *of_outcome.names, "source_title", "source_url"]
    kind = library.kinds["case-study"]
    known = known or {}
    rows = {}
    for case_id in library.ids(kind.name):
        there = known.get(case_id)
        if there is None:
            # Plain data takes longest to make and most room: once, for one record at a time.
            record = _whole(library, kind, library.find(kind.name, case_id, CaseStudy), site_url)
            there = Rows(
                _case_row(record, columns, groups).encode(),
                "".join(_outcome_rows(record, of_outcome)).encode(),
                _entry(record),
                len(record.get("outcomes", ())),
            )
        rows[case_id] = there
    return Flat(
        _csv(header, (row.case for row in rows.values())),
        _csv(of_outcomes, (row.outcomes for row in rows.values())),
        _json(library, site_url, [row.entry for row in rows.values()]),
        rows,
    )


class _Columns:
    """What some columns of a CSV file have of a record, or of an entry of its group, that is plain data."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.names = ["_".join(column.path) for column in columns]
        self._columns = [
            (column.path[0], column.path[1:], "\n" if column.schema.get("x-prose") else "; ")
            for column in columns
        ]

    def of(self, data: dict[str, Any]) -> str:
        """The values, with commas between them."""
        texts = []
        for first, others, separator in self._columns:
            value = data.get(first)
            for step in others:
                value = None if value is None else value.get(step)
            if value.__class__ is list:
                value = separator.join(map(str, value))
            texts.append("" if value is None else _value(value))
        return ",".join(texts)


def _case_row(record: dict[str, Any], columns: _Columns, groups: Iterable[str]) -> str:
    counts = _values(len(record.get(name, ())) for name in groups)
    return f"{_value(record['page'])},{columns.of(record)},{counts}\r\n"


def _outcome_rows(record: dict[str, Any], columns: _Columns) -> Iterator[str]:
    evidence = record["evidence"]
    about = _values(
        [record["id"], record["title"], record["page"], evidence["level"], evidence["direction"]]
    )
    sources = {
        source["id"]: _values([source["title"], source["url"]]) for source in record["sources"]
    }
    for outcome in record.get("outcomes", ()):
        yield f"{about},{columns.of(outcome)},{sources[outcome['source']]}\r\n"


def _csv(header: Iterable[str], rows: Iterable[Bytes]) -> bytes:
    """A file of these rows, with the mark by which Excel knows that it is UTF-8."""
    return b"".join([codecs.BOM_UTF8, _values(header).encode(), b"\r\n", *rows])


def _values(values: Iterable[Any]) -> str:
    """
    Values with commas between them, as Python's own writer of CSV has them.

    That one looks each character up among those of the line's end, and so takes four times as long.
    """
    return ",".join(map(_value, values))


def _value(value: Any) -> str:
    """A value between commas. What a spreadsheet would take for a formula gets an apostrophe before it."""
    if value.__class__ is not str:
        return "" if value is None else str(value)
    text: str = f"'{value}" if value[:1] in _FORMULA else value
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _json(library: Library, site_url: str, cases: Sequence[Bytes]) -> bytes:
    """A file with a list for each kind; `cases` are the entries of that of case studies."""
    head = {"name": "Rewire", "license": LICENSE, "schemas": _schemas(library, site_url)}
    if site_url:
        head["url"] = site_url
    pieces: list[Bytes] = [to_json(head, indent=1).removesuffix(b"\n}")]
    for kind in library.kinds.values():
        entries: Sequence[Bytes] = (
            cases if kind.name == "case-study" else _entries(library, kind, site_url)
        )
        key = re.sub(r"[^a-z]+", "_", kind.plural.lower())
        pieces.append(f',\n "{key}": ['.encode())
        for number, entry in enumerate(entries):
            pieces += (NEXT if number else b"\n", entry)
        pieces.append(b"\n ]" if entries else b"]")
    return b"".join([*pieces, b"\n}\n"])


def _entries(library: Library, kind: Kind, site_url: str) -> list[bytes]:
    records = library.all(kind.name, Record)
    return [_entry(_whole(library, kind, record, site_url)) for record in records]


def _entry(record: dict[str, Any]) -> bytes:
    """A record as it stands in the JSON file: inside a list that is inside an object."""
    return to_json([[record]], indent=1).removeprefix(b"[\n [\n").removesuffix(b"\n ]\n]")


def _schemas(library: Library, site_url: str) -> Any:
    return {k.name: site_url + schema_path(k) for k in library.kinds.values() if not k.is_list}


def _whole(library: Library, kind: Kind, record: Record, site_url: str) -> dict[str, Any]:
    page = {"page": site_url + kind.path_of(record.id)} if kind.address else {}
    body = library.body(kind.name, record.id)
    return plain(record) | page | ({"body": body} if body else {})
