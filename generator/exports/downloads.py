"""What the site offers for download at /data/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic_core import from_json

from ..library import Library
from ..models.schema import printed, schema_path
from ..printing.site import Site
from ..tables.layout import layout_of
from .kept_rows import CASES, LIBRARY, OUTCOMES, write_rows
from .schemas import described_kinds, schema_of, template


@dataclass(frozen=True, slots=True)
class Download:
    """One file, as the page lists it."""

    path: str
    """From the site's root."""
    title: str
    what: str
    size: str
    """As people read it, such as ``210 kB``; empty where the file is made later than the page."""


@dataclass(frozen=True, slots=True)
class DataView:
    """Everything that the list of downloads shows."""

    template: ClassVar[str] = "records/data.html"

    downloads: tuple[Download, ...]


_WORKBOOK = "data/case-studies-template.xlsx"
_RECORD = "data/case-study-template.yaml"


def write_templates(library: Library, site: Site) -> None:
    """Write what does not depend on the words of any record: what is to be filled in, and the schemas."""
    # Here, because openpyxl takes a fifth of a second to load, and most builds write no workbook.
    from ..tables.workbook_writer import workbook

    schemas = {kind.name: schema_of(library, kind, site.url) for kind in described_kinds(library)}
    site.write(_WORKBOOK, workbook(layout_of(schemas["case-study"])))
    site.write(_RECORD, template(library))
    for name, schema in schemas.items():
        site.write(schema_path(library.kinds[name]), printed(schema))


def write_downloads(library: Library, site: Site, cache: Path) -> DataView:
    """
    Write the files that hold all records into a site, which has the templates, and return what the page about all of them shows.

    `cache` is the folder in which a build leaves what spares the next one work.
    """
    # As the site has it: to derive it again takes as long as all rows that stay.
    schema = (site.root / schema_path(library.kinds["case-study"])).read_bytes()
    outcomes = write_rows(cache, library, layout_of(from_json(schema)), site)
    return DataView(
        tuple(
            Download(path, title, what, size_of(site.size(path)))
            for path, title, what in _described(library, outcomes)
        )
    )


def _described(library: Library, outcomes: int) -> Iterator[tuple[str, str, str]]:
    """Each file, its title, and what it is."""
    cases = library.count("case-study")
    yield (
        CASES,
        "Case studies (CSV)",
        f"One row for each of the {cases:,} case studies: who, where, when, practices, evidence and text.",
    )
    yield (
        OUTCOMES,
        "Outcomes (CSV)",
        f"One row for each of the {outcomes:,} reported outcomes, with its source and how it was measured.",
    )
    yield (
        LIBRARY,
        "Everything (JSON)",
        "Case studies, practices, policy notes, the vocabulary and the glossary, as the library holds them.",
    )
    yield (
        _WORKBOOK,
        "Workbook to fill in (Excel)",
        "For programs to send: drop-downs for the vocabulary, and a sheet that explains each column.",
    )
    yield (
        _RECORD,
        "Template record (YAML)",
        "A case study to fill in by hand: a comment on every field says what it means and what goes into it.",
    )
    for kind in described_kinds(library):
        what = f"What a {kind.label.lower()} may hold, with the vocabulary and what it means."
        yield schema_path(kind), f"{kind.label} (JSON Schema)", what


def size_of(size: int) -> str:
    """A number of bytes as people read it: ``210 kB``, ``1.4 MB``."""
    return f"{max(1, round(size / 1000)):,} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"
