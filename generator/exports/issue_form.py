"""GitHub's issue form "Suggest a case study": the fields that somebody can fill in from memory and a source."""

from __future__ import annotations

from typing import Any

import yaml

from ..library import Library
from ..tables.layout import Column, Layout, layout_of
from .schemas import schema_of

PATH = ".github/ISSUE_TEMPLATE/case-study.yml"
_HEAD = "# Derived from the models and the vocabulary: `make format` renews it.\n"

_WELCOME = """\
Thank you. You need one public source, and no evaluation: a program whose outcomes were only counted \
is welcome. Fill in what you know; an editor reads the sources, writes the record and asks you where \
something is missing. You see every step in this issue.
"""
_SOURCES = (
    "The address of each public page or report, one a line, and for each figure the words in which it "
    "stands there. One is enough to begin."
)
_FIELDS = ("title", "summary", "status", "years", "places", "organizations")
_CHOSEN = ("populations", "sectors", "program_areas", "practices", "policies")
_TOLD = ("challenge", "approach", "employer_engagement", "results")
_LONG = {*_TOLD, "summary", "organizations"}
_REQUIRED = {"title", "summary"}


def issue_form(library: Library) -> str:
    """Return the form as YAML. GitHub's forms can't repeat groups, so those are asked for as text."""
    kind = library.kinds["case-study"]
    schema = schema_of(library, kind)
    layout = layout_of(schema)
    names = (*_FIELDS, *_CHOSEN, *_TOLD)
    body = [{"type": "markdown", "attributes": {"value": _WELCOME}}]
    body += [_field(name, schema["properties"][name], layout) for name in names]
    body.append(_item("textarea", "sources", "Sources", _SOURCES, required=True))
    body.append(_promises())
    form = {
        "name": "Suggest a case study",
        "description": "You know a program that belongs here. No Git and no YAML needed.",
        "title": "Case study: ",
        "labels": ["case study"],
        "body": body,
    }
    return _HEAD + yaml.safe_dump(form, sort_keys=False, allow_unicode=True, width=100)


def _field(name: str, field: dict[str, Any], layout: Layout) -> dict[str, Any]:
    column = next((c for c in layout.columns if c.path == (name,)), None)
    label, told = _words(name, field, layout)
    if column is not None and column.choices:
        return _choice(name, label, told, column)
    kind = "textarea" if name in _LONG else "input"
    return _item(kind, name, label, told, required=name in _REQUIRED)


def _words(name: str, field: dict[str, Any], layout: Layout) -> tuple[str, str]:
    """A field's title and description; of a group, what belongs to it."""
    label = str(field.get("title") or name.replace("_", " ").capitalize())
    told = str(field.get("description", ""))
    group = next((g for g in layout.groups if g.name == name), None)
    if group is not None:
        wanted = ", ".join(c.label.lower() for c in group.columns)
        told = f"{told} For each: {wanted}."
    if name == "years":
        told = "The year in which it began, and the one in which it ended, if it has."
    return label, told.strip()


def _choice(name: str, label: str, told: str, column: Column) -> dict[str, Any]:
    item = _item("dropdown", name, label, told, required=False)
    if column.many:
        item["attributes"]["multiple"] = True
    item["attributes"]["options"] = [str(choice["title"]) for choice in column.choices]
    return item


def _item(kind: str, name: str, label: str, told: str, *, required: bool) -> dict[str, Any]:
    attributes = {"label": label, "description": told}
    item: dict[str, Any] = {"type": kind, "id": name, "attributes": attributes}
    return item | ({"validations": {"required": True}} if required else {})


def _promises() -> dict[str, Any]:
    options = [
        {"label": "No private person is named here, nor can be recognized.", "required": True},
        {"label": "What I write may be used under CC BY 4.0.", "required": True},
    ]
    return {
        "type": "checkboxes",
        "id": "promises",
        "attributes": {"label": "Before you send it", "options": options},
    }
