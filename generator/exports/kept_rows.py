"""
What the downloads of an earlier build have of each case study, for those that are as they were.

It depends on nothing of other records. To make it of all anew takes longer than all else after an edit.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..digests import key_of, read_sealed, write_sealed
from ..library import Library
from ..printing.site import Site, compact_json
from ..tables.layout import Layout
from .flat import NEXT, Flat, Rows

CASES, OUTCOMES, LIBRARY = FILES = (
    "data/case-studies.csv",
    "data/outcomes.csv",
    "data/library.json",
)
"""The downloads that hold all case studies, from the site's root."""
NOTE = "rows.json"
"""In the folder of the cache: what stands where in them."""


def read_rows(folder: Path, library: Library, layout: Layout, site: Site) -> dict[str, Rows]:
    """
    What the files of an earlier site have of the case studies that are as they were, by their ids.

    `folder` is that of the cache. Nothing where a file is not, to the byte, what `write_rows` was told of.
    """
    note = json.loads(read_sealed(folder / NOTE) or b"{}")
    if note.get("key") != _key(layout, site):
        return {}
    files = [site.held(path, digest) for path, digest in zip(FILES, note["files"], strict=True)]
    cases, outcomes, entries = (memoryview(data or b"") for data in files)
    if None in files:
        return {}
    rows = {}
    case, outcome, entry = note["starts"]
    for case_id, digest, of_case, of_outcomes, of_entry, count in note["rows"]:
        extract = library.extracts.get(("case-study", case_id))
        if extract and extract.whole == digest:
            rows[case_id] = Rows(
                cases[case : case + of_case],
                outcomes[outcome : outcome + of_outcomes],
                entries[entry : entry + of_entry],
                count,
            )
        case, outcome, entry = case + of_case, outcome + of_outcomes, entry + of_entry + len(NEXT)
    return rows


def write_rows(folder: Path, library: Library, layout: Layout, site: Site, flat: Flat) -> None:
    """Note for the next build what stands where in the files, once they are in the site."""
    held = flat.rows.values()
    starts = (
        len(flat.case_studies) - sum(len(rows.case) for rows in held),
        len(flat.outcomes) - sum(len(rows.outcomes) for rows in held),
        flat.library.find(next(iter(held)).entry) if held else 0,
    )
    note = {
        "key": _key(layout, site),
        "files": [site.files[path] for path in FILES],
        "starts": starts,
        "rows": [
            (case_id, library.extracts["case-study", case_id].whole, *map(len, texts), count)
            for case_id, (*texts, count) in flat.rows.items()
        ],
    }
    write_sealed(folder / NOTE, compact_json(note).encode())


def _key(layout: Layout, site: Site) -> str:
    """Of all that a case study's rows depend on beside it, and the program, for which the seal answers."""
    return key_of(repr(layout.columns), repr(layout.groups), site.url)
