"""A record as a reference: what any citation of it is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

AUTHOR = "Rewire"
"""
One word: programs that take a citation from the page (Zotero) would make a first and a last name of two.
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation of a record needs."""

    key: str
    """The record's short code."""
    title: str
    genre: str
    """The kind of record, such as ``Case study``."""
    day: dt.date
    """When the record was last checked: the version that is cited."""
    url: str
    abstract: str


def csl(reference: Reference) -> dict[str, Any]:
    """The reference as a CSL-JSON item (schema of the CSL project, version 1.0)."""
    day = reference.day
    return {
        "id": f"rewire-{reference.key}",
        "type": "webpage",
        "title": reference.title,
        "author": [{"literal": AUTHOR}],
        "container-title": "Rewire",
        "genre": reference.genre,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": reference.url,
        "abstract": reference.abstract,
        "language": "en-US",
    }
