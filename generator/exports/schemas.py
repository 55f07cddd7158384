"""The JSON Schemas as files: in the site at a lasting address, and in the library for editors."""

from __future__ import annotations

from ..library import Library
from ..models.fields import Record
from ..models.kind import Kind
from ..models.loading import Loaded
from ..models.schema import Schema, json_schema, printed, schema_path


def schema_of(library: Library, kind: Kind, site_url: str = "") -> Schema:
    """The schema of a kind, with this library's vocabulary."""
    return json_schema(kind, lambda name: library.all(name, Record), site_url)


def schema_of_loaded(loaded: Loaded, kind: Kind) -> Schema:
    """The same for a library that has findings; broken terms are left out."""
    return json_schema(kind, lambda name: [e.record for e in loaded.entries if e.kind.name == name])


def described_kinds(library: Library) -> list[Kind]:
    """The kinds whose records are files of their own; each has a schema."""
    return [kind for kind in library.kinds.values() if not kind.is_list]


def editor_schemas(library: Library) -> dict[str, str]:
    """
    By path in the library's folder: the schemas that editors read, without a network.

    Those of YAML files; no language server reads the front matter of Markdown.
    """
    return {
        schema_path(kind): printed(schema_of(library, kind))
        for kind in described_kinds(library)
        if kind.ending == ".yaml"
    }


TEMPLATE = "docs/case-study-template.yaml"
"""A record whose comments are the manual, for those who write on GitHub's web page."""


def template(library: Library) -> str:
    """The text of the template record."""
    from ..drafts import draft  # here, because the schemas alone have no need of it

    return draft(library.kinds["case-study"], {}, library)
