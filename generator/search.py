"""
The search index, by Pagefind: what is indexed, and the names of the facets.

What a page puts into the index is marked in its HTML (``data-pagefind-*``) by the template, from the
view's `Search`. Pages without ``data-pagefind-body`` are left out of the index.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from pagefind.index import IndexConfig, PagefindIndex

from .library import Library
from .models.case_study import Direction, Setting, Status
from .models.fields import Choice, Record
from .models.policy import PolicyStatus


def index(site: Path) -> int:
    """
    Index every page of a built site into /pagefind/ and return the number of pages.

    The pages are handed over as a folder: one message to Pagefind's process, which reads them itself.
    """
    return asyncio.run(_index(site))


async def _index(site: Path) -> int:
    config = IndexConfig(
        output_path=str(site / "pagefind"), force_language="en", exclude_selectors=[".headerlink"]
    )
    async with PagefindIndex(config=config) as pagefind:
        done = await pagefind.add_directory(str(site))
    return int(done["page_count"])


_VOCABULARY_FACETS = (
    ("practice", "Practice"),
    ("population", "Who was served"),
    ("sector", "Sector"),
    ("state", "State"),
    ("program-area", "Program area"),
    ("policy", "Policy"),
)
_CHOICE_FACETS: tuple[tuple[str, str, type[Choice]], ...] = (
    ("direction", "What was found", Direction),
    ("setting", "Kind of place", Setting),
    ("status", "Program status", Status),
    ("policy-status", "Policy status", PolicyStatus),
)


def write_facets(library: Library, site: Path) -> None:
    """Write the facets with the labels of their values, in the order of the page: /search/facets.json."""
    facets = [
        _facet(
            "kind",
            "Kind",
            [(k.name, k.plural) for k in library.kinds.values() if k.view] + [("page", "Pages")],
        )
    ]
    facets += [
        _facet(name, label, [(r.id, r.title) for r in library.all(name, Record)])
        for name, label in _VOCABULARY_FACETS
    ]
    levels = [(level.id, level.title) for level in library.all("evidence-level", Record)]
    facets.append(_facet("evidence", "Strength of evidence", levels))
    facets += [
        _facet(name, label, [(choice.value, choice.label) for choice in choices])
        for name, label, choices in _CHOICE_FACETS
    ]
    target = site / "search" / "facets.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"facets": facets}, ensure_ascii=False, separators=(",", ":"))
    target.write_text(text, encoding="utf-8")


def _facet(name: str, label: str, values: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "id": name,
        "label": label,
        "values": [{"id": value, "label": text} for value, text in values],
    }
