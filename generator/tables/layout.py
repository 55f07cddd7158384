"""Which columns a case study has, and which of them a header means. Derived from the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..models.schema import Schema

MAIN = "Case studies"
"""The name of the sheet with one row for each case study."""
LINK = "Case study"
"""The column of the other sheets that says which case study a row belongs to."""

Path = tuple[str, ...]
_FROM_TITLE = (
    "Lower-case words joined by hyphens; the last part of the page's address. "
    "Left empty, it is made from the title."
)
_IN_ORDER = "s1, s2 and so on, as the text cites them. Left empty, sources are numbered in order."
_UNWRITTEN = {"schema_version"}
"""Fields that no column has, because there is only one value for them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a cell can say."""

    path: Path
    """The field's way from the record, or from an entry of its group: ``("years", "start")``."""
    label: str
    """Its header in our workbooks, such as ``Years: start``."""
    schema: Schema
    """Of one value."""
    required: bool
    """True where a cell may not be empty."""
    many: bool = False
    """True where the field is a list, and a cell may hold several values or columns be numbered."""
    null_if_empty: bool = False
    """True where the record must say that nothing is known."""

    @property
    def help(self) -> str:
        return str(self.schema.get("description", ""))

    @property
    def one(self) -> str:
        """What one value of it is called: ``Population`` for the list of populations."""
        return singular(self.label) if self.many else self.label

    @property
    def wanted(self) -> str:
        """What a cell may hold, in words."""
        schema = self.schema
        if self.choices:
            listed = "; ".join(str(choice["title"]) for choice in self.choices)
            return f"One of: {listed}." if len(listed) <= 200 else "Choose from the list."
        if schema.get("format") == "date":
            return "A date, such as 2026-11-24."
        match schema.get("type"):
            case "integer":
                return "A whole number."
            case "number":
                return "Two numbers, such as 1.5; 3." if self.many else "A number, digits only."
            case "boolean":
                return "Yes or no."
        if schema.get("x-source"):
            return "The id of a source of this case study, such as s1."
        if schema.get("x-prose"):
            return "Sentences, each figure with its source, such as [s1]."
        longest = schema.get("maxLength")
        return f"Text of at most {longest} characters." if longest else "Text."

    @property
    def choices(self) -> list[Schema]:
        """The values that may be chosen, each with ``const``, ``title`` and perhaps more; or none."""
        listed = list(self.schema.get("oneOf", ()))
        return listed or [{"const": v, "title": v} for v in self.schema.get("enum", ())]


@dataclass(frozen=True, slots=True)
class Group:
    """A list of entries with fields of their own: a sheet, or numbered columns."""

    name: str
    label: str
    """The name of its sheet, such as ``Outcomes``."""
    help: str
    columns: tuple[Column, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Target:
    """What a column of a table holds."""

    column: Column
    group: Group | None = None
    number: int | None = None
    """Which entry of the list, from 0; none where the header has no number."""


@dataclass(frozen=True)
class Layout:
    """Every column and group of a kind of record."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @cached_property
    def headers(self) -> Mapping[str, Target]:
        """By what a header says (see `said`), numbers taken out: what it means in the main table."""
        found: dict[str, Target] = {}
        for column in self.columns:
            for name in _names(column):
                found.setdefault(name, Target(column))
        for group in self.groups:
            for column in group.columns:
                for name in _names(column):
                    for owner in (said(group.name), singular(said(group.name))):
                        found.setdefault(f"{owner} {name}", Target(column, group))
        return found

    def main_target(self, header: str) -> Target | None:
        """What a header of the main table means; None where it means nothing."""
        words = said(header)
        exact = self.headers.get(words)
        if exact is not None:
            # "Source title" without a number is that of the first source.
            return Target(exact.column, exact.group, 0) if exact.group else exact
        numbered = re.fullmatch(r"(.*?) ?\b(\d{1,3})\b ?(.*)", words)
        if numbered is None or int(numbered[2]) == 0:
            return None
        found = self.headers.get(f"{numbered[1]} {numbered[3]}".strip())
        if found is None or (found.group is None and not found.column.many):
            return None
        return Target(found.column, found.group, int(numbered[2]) - 1)

    def group_of(self, sheet: str) -> Group | None:
        """The group whose entries a sheet of that name holds."""
        words = said(sheet)
        for group in self.groups:
            name = said(group.name)
            if words in (name, singular(name), said(group.label)):
                return group
        return None


def group_target(group: Group, header: str) -> Target | None:
    """What a header of a group's sheet means; None where it means nothing."""
    words = said(header)
    owner = singular(said(group.name))
    for column in group.columns:
        if words in _names(column) or words.removeprefix(f"{owner} ") in _names(column):
            return Target(column, group)
    return None


def said(header: str) -> str:
    """A header or a name reduced to what it says: small letters and digits, single blanks."""
    return re.sub(r"[^a-z0-9]+", " ", header.lower()).strip()


def singular(words: str) -> str:
    """``policies`` to ``policy``, ``places`` to ``place``; for the names of our fields."""
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words.removesuffix("s")


def _names(column: Column) -> set[str]:
    by_path, by_label = said(" ".join(column.path)), said(column.label)
    names = {by_path, by_label}
    if len(column.path) == 2:  # "start year" is how people say `years.start`
        names.add(f"{column.path[1]} {singular(column.path[0])}".replace("_", " "))
    if column.many:
        names |= {singular(name) for name in names}
    return names


def layout_of(schema: Schema) -> Layout:
    """Return the layout of a record's schema."""
    columns: list[Column] = []
    groups: list[Group] = []
    for name, field, required in _fields(schema, schema):
        if name in _UNWRITTEN:
            continue
        entries = _resolved(field.get("items"), schema) if field.get("type") == "array" else None
        if entries is not None and "properties" in entries:
            groups.append(_group(name, field, entries, schema, required))
        elif "properties" in field:
            columns += _nested(name, field, schema, required)
        else:
            column = _column((name,), field, schema, required)
            columns.append(_filled_in(column, _FROM_TITLE) if name == "id" else column)
    return Layout(tuple(columns), tuple(groups))


def _group(name: str, field: Schema, entries: Schema, root: Schema, required: bool) -> Group:
    columns = tuple(_column((n,), f, root, r) for n, f, r in _fields(entries, root))
    if name == "sources":
        columns = tuple(_filled_in(c, _IN_ORDER) if c.path == ("id",) else c for c in columns)
    return Group(name, str(field["title"]), str(field.get("description", "")), columns, required)


def _filled_in(column: Column, told: str) -> Column:
    """A column that may be left empty, because `drafts` fills it in."""
    return replace(column, required=False, schema={**column.schema, "description": told})


def _nested(name: str, field: Schema, root: Schema, required: bool) -> Iterator[Column]:
    for inner, inner_field, inner_required in _fields(field, root):
        column = _column((name, inner), inner_field, root, required and inner_required)
        title = name.replace("_", " ").capitalize()
        label = f"{title}: {column.label[:1].lower()}{column.label[1:]}"
        yield replace(column, label=label)


def _column(path: Path, field: Schema, root: Schema, required: bool) -> Column:
    label = str(field.get("title", path[-1]))
    if field.get("type") != "array":
        nullable = bool(field.get("nullable"))
        return Column(path, label, field, required and not nullable, False, required and nullable)
    item = field.get("items") or field["prefixItems"][0]
    value = _resolved(item, root)
    told = {"description": field.get("description", "")}
    return Column(path, label, {**value, **told}, required and field.get("minItems", 0) > 0, True)


def _fields(node: Schema, root: Schema) -> Iterator[tuple[str, Schema, bool]]:
    required = node.get("required", ())
    for name, field in node["properties"].items():
        yield name, _resolved(field, root), name in required


def _resolved(node: Any, root: Schema) -> Schema:
    """A schema without references; of "this or nothing" the first, marked as ``nullable``."""
    schema: Schema = dict(node or {})
    if "anyOf" in schema:
        parts = schema.pop("anyOf")
        first = next(part for part in parts if part != {"type": "null"})
        nullable = {"nullable": True} if {"type": "null"} in parts else {}
        schema = {**_resolved(first, root), **schema, **nullable}
    if "$ref" in schema:
        target = root["$defs"][schema.pop("$ref").rpartition("/")[2]]
        schema = {**_resolved(target, root), **schema}
    return schema
