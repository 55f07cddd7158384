"""The library as CSV and JSON: for spreadsheets, statistics and other programs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
_QUOTED = re.compile('[",\r\n]')
"""What a value of a CSV file stands in quotes for."""


@dataclass(frozen=True, slots=True)
class Flat:
    """The library as files, UTF-8."""

    case_studies: bytes
    """CSV, one row a case study; lists are joined by semicolons, prose keeps its Markdown."""
    outcomes: bytes
    """CSV, one row an outcome, with the case study that it is of, how sure that is, and its source."""
    library: bytes
    """JSON, everything: case studies, practices, policy notes, the vocabulary and the glossary."""


def plain(record: Record) -> dict[str, Any]:
    """A record as plain data, without the fields that hold nothing."""
    return record.model_dump(mode="json", exclude_none=True)


def flat(library: Library, layout: Layout, site_url: str = "") -> Flat:
    """Return the files; `layout` is that of case studies."""
    columns = [_Cell(column) for column in layout.columns]
    groups = [group.name for group in layout.groups]
    of_outcome = next(
        [_Cell(column) for column in group.columns]
        for group in layout.groups
        if group.name == "outcomes"
    )
    header = ["page", *(cell.name for cell in columns), *(f"{name}_count" for name in groups)]
    of_outcomes = [*_OF_CASE, *(cell.name for cell in of_outcome), "source_title", "source_url"]
    cases, outcomes, entries = [_line(header)], [_line(of_outcomes)], []
    kind = library.kinds["case-study"]
    for case in library.all(kind.name, CaseStudy):
        # Plain data takes longest to make and most room: once, for one record at a time.
        record = _whole(library, kind, case, site_url)
        cases.append(_line(_case_row(record, columns, groups)))
        outcomes += map(_line, _outcome_rows(record, of_outcome))
        entries.append(_entry(record))
    return Flat(_csv(cases), _csv(outcomes), _json(library, site_url, entries))


class _Cell:
    """What a column of a CSV file has of a record that is plain data."""

    def __init__(self, column: Column) -> None:
        self.name = "_".join(column.path)
        self._path = column.path
        self._separator = "\n" if column.schema.get("x-prose") else "; "

    def of(self, data: dict[str, Any]) -> Any:
        value: Any = data
        for step in self._path:
            value = value.get(step)
            if value is None:
                return None
        return self._separator.join(map(str, value)) if isinstance(value, list) else value


def _case_row(
    record: dict[str, Any], columns: Iterable[_Cell], groups: Iterable[str]
) -> Iterator[Any]:
    yield record["page"]
    for cell in columns:
        yield cell.of(record)
    for name in groups:
        yield len(record.get(name, ()))


def _outcome_rows(record: dict[str, Any], columns: Sequence[_Cell]) -> Iterator[list[Any]]:
    evidence = record["evidence"]
    about = [record["id"], record["title"], record["page"]]
    about += [evidence["level"], evidence["direction"]]
    sources = {source["id"]: source for source in record["sources"]}
    for outcome in record.get("outcomes", ()):
        source = sources[outcome["source"]]
        yield [*about, *(cell.of(outcome) for cell in columns), source["title"], source["url"]]


def _csv(lines: Iterable[str]) -> bytes:
    """A file of these lines, with the mark by which Excel knows that it is UTF-8."""
    return codecs.BOM_UTF8 + "".join(lines).encode()


def _line(row: Iterable[Any]) -> str:
    """
    A row as Python's own writer of CSV has it.

    That one looks each character up among those of the line's end, and so takes four times as long.
    """
    return ",".join(map(_value, row)) + "\r\n"


def _value(value: Any) -> str:
    """A value between commas. What a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text: str = f"'{value}" if value[:1] in _FORMULA else value
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _json(library: Library, site_url: str, cases: Sequence[bytes]) -> bytes:
    """A file with a list for each kind; `cases` are the entries of that of case studies."""
    head = {"name": "Rewire", "license": LICENSE, "schemas": _schemas(library, site_url)}
    if site_url:
        head["url"] = site_url
    members = [to_json(head, indent=1).removesuffix(b"\n}")]
    for kind in library.kinds.values():
        entries = cases if kind.name == "case-study" else _entries(library, kind, site_url)
        listed = b"[\n%s\n ]" % b",\n".join(entries) if entries else b"[]"
        key = re.sub(r"[^a-z]+", "_", kind.plural.lower())
        members.append(b' "%s": %s' % (key.encode(), listed))
    return b",\n".join(members) + b"\n}\n"


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
