"""The library as CSV and JSON: for spreadsheets, statistics and other programs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pydantic_core import to_json

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.fields import Record
from ..models.kind import Kind
from ..models.plain import Plain
from ..models.schema import schema_path
from ..tables.layout import Column, Layout

LICENSE = "https://creativecommons.org/licenses/by/4.0/"

_OF_CASE = ("case_study", "case_study_title", "page", "evidence_level", "evidence_direction")
"""The columns that say which case study an outcome is of."""
_FORMULA = frozenset("=+-@\t\r")
"""With what a spreadsheet takes a text for a formula."""
_NEXT = b",\n"
"""What stands between two entries of a list in the JSON file."""
BETWEEN = (b"", b"", _NEXT)
"""What stands between two case studies in each of the files, in the order of `Rows`."""


class Rows(NamedTuple):
    """What the files have of one case study, UTF-8."""

    case: bytes
    outcomes: bytes
    entry: bytes
    """Without what stands between two entries."""
    figures: int
    """How many outcomes there are."""


class File(NamedTuple):
    """What one of the files has before all case studies and behind them, UTF-8."""

    head: bytes
    tail: bytes = b""


def plain(record: Record) -> dict[str, Any]:
    """A record as plain data, without the fields that hold nothing."""
    return record.model_dump(mode="json", exclude_none=True)


class Flat:
    """
    The library as three files, a case study at a time: all of them would need as much memory as the files.

    Case studies as CSV, one row each; lists are joined by semicolons, prose keeps its Markdown. Outcomes as CSV, one row each, with
    the case study that it is of, how sure that is, and its source. And everything as JSON: case studies, practices, policy notes, the
    vocabulary and the glossary.
    """

    def __init__(self, library: Library, layout: Layout, site_url: str = "") -> None:
        """`layout` is that of case studies."""
        self._library = library
        self._kind = library.kinds["case-study"]
        self._url = site_url
        self._plain = Plain(CaseStudy)
        self._columns = _Columns(layout.columns)
        self._groups = [group.name for group in layout.groups]
        self._of_outcome = _Columns(next(g.columns for g in layout.groups if g.name == "outcomes"))

    @property
    def ids(self) -> Sequence[str]:
        """The case studies as they follow each other in each of the files."""
        return self._library.ids(self._kind.name)

    def files(self) -> tuple[File, File, File]:
        """The files in the order of `Rows`."""
        counts = (f"{name}_count" for name in self._groups)
        before, behind = _around_cases(self._library, self._url)
        return (
            File(_csv_head(["page", *self._columns.names, *counts])),
            File(_csv_head([*_OF_CASE, *self._of_outcome.names, "source_title", "source_url"])),
            File(before, behind),
        )

    def rows(self, case_id: str) -> Rows:
        """What the files have of a case study."""
        record = self._plain.read(self._library.data(self._kind.name, case_id))
        record["page"] = self._url + self._kind.path_of(case_id)
        return Rows(
            _case_row(record, self._columns, self._groups).encode(),
            "".join(_outcome_rows(record, self._of_outcome)).encode(),
            _listed(self._plain.nested(record)),
            len(record["outcomes"]),
        )

    def whole(self) -> list[bytes]:
        """The files as bytes, in the order of `Rows`."""
        rows = [self.rows(case_id)[:3] for case_id in self.ids]
        return [
            file.head + between.join(row[n] for row in rows) + file.tail
            for n, (file, between) in enumerate(zip(self.files(), BETWEEN, strict=True))
        ]


class _Columns:
    """What some columns of a CSV file have of a record, or of an entry of its group, that is plain data."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.names = ["_".join(column.path) for column in columns]
        self._columns = [
            (
                column.path[0],
                column.path[1:],
                "\n" if column.schema.get("x-prose") else "; ",
                bool(column.choices),
            )
            for column in columns
        ]
        """Of each: where the value is, what stands between several, and whether it is an id: those need no quotes."""

    def of(self, data: dict[str, Any]) -> str:
        """The values, with commas between them."""
        texts = []
        for first, others, separator, is_id in self._columns:
            value = data.get(first)
            for step in others:
                value = None if value is None else value.get(step)
            if value.__class__ is tuple:
                value = separator.join(map(str, value))
            texts.append("" if value is None else value if is_id else _value(value))
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


def _csv_head(names: Iterable[str]) -> bytes:
    """The names of the columns, after the mark by which Excel knows that a file is UTF-8."""
    return codecs.BOM_UTF8 + f"{_values(names)}\r\n".encode()


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
    # In the order in which they are likely; one pattern for all takes longer.
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _around_cases(library: Library, site_url: str) -> tuple[bytes, bytes]:
    """What a file with a list for each kind has before the case studies, and behind them."""
    head = {"name": "Rewire", "license": LICENSE, "schemas": _schemas(library, site_url)}
    if site_url:
        head["url"] = site_url
    pieces = [to_json(head, indent=1).removesuffix(b"\n}")]
    before = b""
    for kind in library.kinds.values():
        key = re.sub(r"[^a-z]+", "_", kind.plural.lower())
        pieces.append(f',\n "{key}": ['.encode())
        some = library.count(kind.name) > 0
        pieces += [b"\n"] if some else []
        if kind.name == "case-study":
            before, pieces = b"".join(pieces), []
        else:
            records = library.all(kind.name, Record)
            entries = (_entry(_whole(library, kind, record, site_url)) for record in records)
            pieces.append(_NEXT.join(entries))
        pieces.append(b"\n ]" if some else b"]")
    return before, b"".join([*pieces, b"\n}\n"])


def _entry(record: dict[str, Any]) -> bytes:
    """A record as it stands in the JSON file: inside a list that is inside an object."""
    return _listed(to_json([[record]], indent=1))


def _listed(nested: bytes) -> bytes:
    """What stands in a list in a list: the same indent as in a list that is in an object."""
    return nested.removeprefix(b"[\n [\n").removesuffix(b"\n ]\n]")


def _schemas(library: Library, site_url: str) -> Any:
    return {k.name: site_url + schema_path(k) for k in library.kinds.values() if not k.is_list}


def _whole(library: Library, kind: Kind, record: Record, site_url: str) -> dict[str, Any]:
    page = {"page": site_url + kind.path_of(record.id)} if kind.address else {}
    body = library.body(kind.name, record.id)
    return plain(record) | page | ({"body": body} if body else {})
