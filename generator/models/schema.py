"""
JSON Schema (2020-12) of a kind of record, for editors and for the form in the browser.

Derived from the models and the vocabulary, so that no rule is stated twice. What JSON Schema can't
say is said in keywords that validators pass over:

- ``x-reference``: the string is the id of a record of that kind. Where the kind is a vocabulary, the
  ids are listed with their titles, definitions and, as ``x-also-called``, other words for them.
- ``x-source``: the string is the id of one of the record's own sources.
- ``x-prose``: the string is Markdown that may cite (``[s1]``) and link (``kb:id``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from .fields import ID_PATTERN, SCHEMA_VERSION, Record, described
from .kind import Kind

Schema = dict[str, Any]
Terms = Callable[[str], Iterable[Record]]
"""From the name of a kind to its records."""

GROWING = "case-study"
"""The kind whose ids are not listed: there may be ten thousand, and each new one would change the
schema."""


def schema_path(kind: Kind) -> str:
    """Where a kind's schema is, from the site's root and from the library's: ``schema/policy.v1.json``."""
    return f"schema/{kind.name}.v{SCHEMA_VERSION}.json"


def modeline(kind: Kind) -> str:
    """The first line of a record by which an editor finds the schema, from the record's own folder."""
    up = "../" * len(kind.source.split("/"))
    return f"# yaml-language-server: $schema={up}{schema_path(kind)}"


def json_schema(kind: Kind, terms: Terms, site_url: str = "") -> Schema:
    """
    Return the schema of one record of a kind; for Markdown, of its front matter.

    `site_url` is where the site stands, with a slash at the end; without it the schema has no ``$id``.
    """
    identity = {"$id": site_url + schema_path(kind)} if site_url else {}
    tidied: Schema = _tidy(kind.model.model_json_schema(), terms)
    definitions = tidied.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **identity,
        **tidied,
        "title": kind.label,
        "$defs": definitions,
    }


def printed(schema: Schema) -> str:
    """A schema as a file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _tidy(node: Any, terms: Terms) -> Any:
    """Return a part of pydantic's schema with vocabularies listed, and its quirks mended."""
    if isinstance(node, list):
        return [_tidy(part, terms) for part in node]
    if not isinstance(node, dict):
        return node
    first = {k: v for k in ("title", "description", "type") if isinstance(v := node.get(k), str)}
    tidied = {key: _tidy(value, terms) for key, value in (first | node).items()}
    if isinstance(tidied.get("description"), str):
        tidied["description"] = _plain(tidied["description"])
    if {"type": "integer"} in tidied.get("anyOf", ()) and {"type": "number"} in tidied["anyOf"]:
        _merge_numbers(tidied)
    if tidied.get("type") == "string" and tidied.get("minLength") == 1 and "pattern" not in tidied:
        tidied["pattern"] = r"\S"  # blanks at either end do not count
    reference = tidied.get("x-reference")
    if reference == GROWING:
        tidied["pattern"] = ID_PATTERN
    elif reference is not None:
        tidied["oneOf"] = [_term(record) for record in terms(reference)]
    return tidied


def _term(record: Record) -> Schema:
    choice = described(record.id, record.title, record.gist)
    return choice | {"x-also-called": list(record.other_names)} if record.other_names else choice


def _merge_numbers(node: Schema) -> None:
    """``int | float`` is one type in JSON Schema; pydantic writes two, and loses the lower bound."""
    others = [
        part for part in node["anyOf"] if part not in ({"type": "integer"}, {"type": "number"})
    ]
    number: Schema = {"type": "number"}
    if "ge" in node:
        number["minimum"] = node.pop("ge")
    if others:
        node["anyOf"] = [number, *others]
    else:
        del node["anyOf"]
        node |= number


def _plain(docstring: str) -> str:
    """A docstring as a reader sees it: one line, names in single marks."""
    return re.sub(r"\s+", " ", docstring.replace("``", "`")).strip()
