"""The library as CSV and JSON: for spreadsheets, statistics and other programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import Any

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.fields import Record
from ..models.kind import Kind
from ..models.schema import schema_path
from ..tables.layout import Column, Layout

LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def plain(record: Record) -> dict[str, Any]:
    """A record as plain data, without the fields that hold nothing."""
    return record.model_dump(mode="json", exclude_none=True)


def case_studies_csv(library: Library, layout: Layout, site_url: str = "") -> str:
    """One row a case study; lists are joined by semicolons, prose keeps its Markdown."""
    columns = [(_name(column), column) for column in layout.columns]
    counts = [group.name for group in layout.groups]
    header = ["page", *(name for name, _ in columns), *(f"{name}_count" for name in counts)]
    rows = []
    for case in library.all("case-study", CaseStudy):
        data = plain(case)
        rows.append(
            [
                _page(library, case, site_url),
                *(_value(data, column) for _, column in columns),
                *(len(data.get(name, ())) for name in counts),
            ]
        )
    return _csv(header, rows)


def outcomes_csv(library: Library, layout: Layout, site_url: str = "") -> str:
    """One row an outcome, with the case study that it is of, how sure that is, and its source."""
    group = next(group for group in layout.groups if group.name == "outcomes")
    names = [column.path[0] for column in group.columns]
    of_case = ["case_study", "case_study_title", "page", "evidence_level", "evidence_direction"]
    header = [*of_case, *names, "source_title", "source_url"]
    rows = []
    for case in library.all("case-study", CaseStudy):
        about = [case.id, case.title, _page(library, case, site_url)]
        sources = {source.id: source for source in case.sources}
        for outcome, data in zip(case.outcomes, plain(case).get("outcomes", ()), strict=True):
            source = sources[outcome.source]
            rows.append(
                [
                    *about,
                    case.evidence.level,
                    case.evidence.direction.value,
                    *(_value(data, column) for column in group.columns),
                    source.title,
                    source.url,
                ]
            )
    return _csv(header, rows)


def library_json(library: Library, site_url: str = "") -> str:
    """Everything: case studies, practices, policy notes, the vocabulary and the glossary."""
    kinds = {}
    for kind in library.kinds.values():
        key = re.sub(r"[^a-z]+", "_", kind.plural.lower())
        kinds[key] = [_whole(library, kind, r, site_url) for r in library.all(kind.name, Record)]
    head = {"name": "Rewire", "license": LICENSE, "schemas": _schemas(library, site_url)}
    if site_url:
        head["url"] = site_url
    return json.dumps(head | kinds, ensure_ascii=False, indent=1) + "\n"


def _schemas(library: Library, site_url: str) -> Any:
    return {k.name: site_url + schema_path(k) for k in library.kinds.values() if not k.is_list}


def _whole(library: Library, kind: Kind, record: Record, site_url: str) -> dict[str, Any]:
    page = {"page": site_url + kind.path_of(record.id)} if kind.address else {}
    body = library.body(kind.name, record.id)
    return plain(record) | page | ({"body": body} if body else {})


def _page(library: Library, case: CaseStudy, site_url: str) -> str:
    return site_url + library.kinds["case-study"].path_of(case.id)


def _name(column: Column) -> str:
    return "_".join(column.path)


def _value(data: dict[str, Any], column: Column) -> Any:
    value: Any = data
    for step in column.path:
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, list):
        separator = "\n" if column.schema.get("x-prose") else "; "
        return separator.join(str(part) for part in value)
    return value


def _csv(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_guarded(value) for value in row] for row in rows)
    return text.getvalue()


def _guarded(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value
