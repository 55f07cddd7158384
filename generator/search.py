"""
The search index, by Pagefind: what is indexed, and the names of the facets.

What a page puts into the index is marked in its HTML (``data-pagefind-*``) by the template, from the
view's `Search`. Pages without ``data-pagefind-body`` are left out of the index.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

from pagefind.service import get_executable

from .library import Library
from .models.case_study import Direction, Setting, Status
from .models.fields import Choice, Record
from .models.policy import PolicyStatus


class IndexFailed(Exception):
    """Pagefind could not index the site; what it said."""


def index(site: Path) -> int:
    """
    Index every page of a built site into /pagefind/ and return the number of pages.

    Runs Pagefind's program, not its Python interface: the interface ends the program as soon as it says
    that it has written, and files then stay empty or cut (Pagefind issue 1271). The program by itself
    ends when all is on the disk.

    Raises `IndexFailed`.
    """
    program = get_executable()
    if program is None:
        raise IndexFailed("Pagefind's program is not installed.")
    arguments = ["--site", ".", "--force-language", "en", "--exclude-selectors", ".headerlink"]
    # In the site's own folder and without PAGEFIND_* settings, so that nothing around changes the index.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    done = subprocess.run(
        [program, *arguments],
        cwd=site,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    pages = re.search(r"Indexed (\d+) pages?", done.stdout)
    if done.returncode or pages is None:
        raise IndexFailed((done.stderr or done.stdout).strip())
    for unused in (site / "pagefind").glob("pagefind-*ui.*"):
        unused.unlink()  # Pagefind's own pages; we have one of ours
    (site / "pagefind" / "pagefind-highlight.js").unlink(missing_ok=True)
    return int(pages[1])


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
