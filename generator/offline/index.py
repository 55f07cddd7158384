"""
The search index of the offline edition, as MiniSearch 7 reads it: ``MiniSearch.loadJSON``.

Made here and not in the browser, which would otherwise read every page again whenever the search is
opened. What a page says comes from the search index's own files, so that both searches know the same of it.
The shape is MiniSearch's published type `AsPlainObject`, in its version 2.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..library import Library
from ..printing.site import compact_json
from ..search.facets import facets
from ..search.names import names
from ..search.pagefind import FoundPage

FIELDS = ("title", "names", "tags", "text")
"""What is searched; their weights stand in theme/assets/js/offline-search.js."""
_WORD = re.compile(r"[^\W_]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_MARKS = ("evidence", "direction", "place", "years", "cases")
"""What a result shows of a page beside its title, where it is known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page, or one term of the glossary."""

    fields: tuple[str, ...]
    """Text to search, in the order of `FIELDS`."""
    shown: dict[str, Any]
    """What a result shows: ``title``, ``path``, ``kind``, ``gist``, ``marks``; and ``facets`` to filter by."""


def script(library: Library, pages: Iterable[FoundPage], gists: Mapping[str, str]) -> str:
    """
    A plain script that holds the index and the facets with their labels.

    `gists` are the descriptions of pages by their address.
    """
    index = minisearch(entries(library, pages, gists))
    data = compact_json({"facets": facets(library)["facets"], "index": index})
    # As a text to parse: browsers read that faster than the same data written as code.
    return f"globalThis.rewireOffline = JSON.parse({compact_json(data)});\n"


def entries(
    library: Library, pages: Iterable[FoundPage], gists: Mapping[str, str]
) -> Sequence[Entry]:
    """Every page of the index, then the terms of the glossary, which have no page of their own."""
    known = names(library)
    called = {entry["path"]: entry.get("names", []) for entry in known if "path" in entry}
    tags = {
        (entry["facet"], entry["value"]): (entry["title"], *entry.get("names", []))
        for entry in known
        if "facet" in entry
    }
    found = [
        _page(page, gists.get(page.path, ""), called.get(page.path, []), tags) for page in pages
    ]
    return found + [_term(entry) for entry in known if "#" in entry.get("path", "")]


def _page(
    page: FoundPage,
    gist: str,
    called: Iterable[str],
    tags: Mapping[tuple[str, str], Sequence[str]],
) -> Entry:
    words = (
        word
        for facet, values in page.facets.items()
        for value in values
        for word in tags.get((facet, value), ())
    )
    title = page.meta.get("title", page.path)
    return Entry(
        (title, " ".join(called), " ".join(words), page.text),
        {
            "title": title,
            "path": f"{page.path}index.html",
            "kind": page.meta.get("kind", "Page"),
            "gist": gist,
            "marks": [page.meta[name] for name in _MARKS if page.meta.get(name)],
            "facets": page.facets,
        },
    )


def _term(entry: Mapping[str, Any]) -> Entry:
    path, _, anchor = entry["path"].partition("#")
    gist = entry.get("gist", "")
    return Entry(
        (entry["title"], " ".join(entry.get("names", [])), "", gist),
        {
            "title": entry["title"],
            "path": f"{path}index.html#{anchor}",
            "kind": entry["kind"],
            "gist": gist,
            "marks": [],
            "facets": {"kind": ["page"]},
        },
    )


def minisearch(found: Sequence[Entry]) -> str:
    """The index of some entries, as JSON of MiniSearch's type `AsPlainObject`."""
    # Pairs of entry and count, side by side: as objects they would fill the memory of a small machine.
    postings: dict[str, dict[int, array[int]]] = {}
    lengths: dict[int, list[int]] = {}
    for number, entry in enumerate(found):
        counts = [Counter(tokens(text)) for text in entry.fields]
        lengths[number] = [len(count) for count in counts]
        for place, count in enumerate(counts):
            for term, times in count.items():
                of_term = postings.setdefault(term, {})
                of_term.setdefault(place, array("L")).extend((number, times))
    size = max(1, len(found))
    head = {
        "documentCount": len(found),
        "nextId": len(found),
        "documentIds": {number: number for number in range(len(found))},
        "fieldIds": {name: place for place, name in enumerate(FIELDS)},
        "fieldLength": lengths,
        "averageFieldLength": [
            sum(of[place] for of in lengths.values()) / size for place in range(len(FIELDS))
        ],
        "storedFields": {number: entry.shown for number, entry in enumerate(found)},
        "dirtCount": 0,
        "serializationVersion": 2,
    }
    terms = ",".join(
        compact_json(
            [
                term,
                {
                    place: dict(zip(of[place][::2], of[place][1::2], strict=True))
                    for place in sorted(of)
                },
            ]
        )
        for term, of in sorted(postings.items())
    )
    return f'{compact_json(head)[:-1]},"index":[{terms}]}}'


def tokens(text: str) -> list[str]:
    """
    The words of a text, without accents, in lower case.

    The script of the search page cuts what one types in the same way.
    """
    plain = _FOREIGN.sub(_without_marks, unicodedata.normalize("NFKD", text))
    return _WORD.findall(plain.lower())


def _without_marks(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.category(c).startswith("M"))
