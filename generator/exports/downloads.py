"""What the site offers for download at /data/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ..library import Library
from ..models.schema import printed, schema_path
from ..printing.site import Site
from ..tables.layout import layout_of
from .flat import flat
from .kept_rows import CASES, LIBRARY, OUTCOMES, read_rows, write_rows
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


def write_downloads(library: Library, site: Site, cache: Path) -> DataView:
    """
    Write the files into a site, and return what the page about them shows.

    `cache` is the folder in which a build leaves what spares the next one work.
    """
    # Here, because openpyxl takes a fifth of a second to load, and most builds write no workbook.
    from ..tables.workbook_writer import workbook

    layout = layout_of(schema_of(library, library.kinds["case-study"]))
    files = flat(library, layout, site.url, read_rows(cache, library, layout, site))
    cases, outcomes = len(files.rows), sum(rows.figures for rows in files.rows.values())
    made = (
        (
            CASES,
            "Case studies (CSV)",
            f"One row for each of the {cases:,} case studies: who, where, when, practices, evidence and text.",
            files.case_studies,
        ),
        (
            OUTCOMES,
            "Outcomes (CSV)",
            f"One row for each of the {outcomes:,} reported outcomes, with its source and how it was measured.",
            files.outcomes,
        ),
        (
            LIBRARY,
            "Everything (JSON)",
            "Case studies, practices, policy notes, the vocabulary and the glossary, as the library holds them.",
            files.library,
        ),
        (
            "data/case-studies-template.xlsx",
            "Workbook to fill in (Excel)",
            "For programs to send: drop-downs for the vocabulary, and a sheet that explains each column.",
            workbook(layout),
        ),
        (
            "data/case-study-template.yaml",
            "Template record (YAML)",
            "A case study to fill in by hand: a comment on every field says what it means and what goes into it.",
            template(library).encode(),
        ),
    )
    downloads = []
    for path, title, what, data in made:
        site.write(path, data)
        downloads.append(Download(path, title, what, size_of(len(data))))
    write_rows(cache, library, layout, site, files)
    for kind in described_kinds(library):
        path = schema_path(kind)
        data = printed(schema_of(library, kind, site.url)).encode()
        site.write(path, data)
        what = f"What a {kind.label.lower()} may hold, with the vocabulary and what it means."
        downloads.append(Download(path, f"{kind.label} (JSON Schema)", what, size_of(len(data))))
    return DataView(tuple(downloads))


def size_of(size: int) -> str:
    """A number of bytes as people read it: ``210 kB``, ``1.4 MB``."""
    return f"{max(1, round(size / 1000)):,} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"
