"""
From an id to an address, and from a wrong id to the near ones. Links and hints share it.

A link in prose is written ``[words](kb:ID)``. Where two kinds have a record of that id, the link
names the kind by its address: ``kb:policies/vet-tec``. A part of a page follows as in any address:
``kb:cuny-asap#outcomes``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .models.extract import Extract
from .models.kind import Kind
from .near import did_you_mean


@dataclass(frozen=True, slots=True)
class Target:
    """What an id leads to."""

    kind: str
    id: str
    path: str
    """The page's address relative to the site's root, with the part of the page if one was named."""
    title: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why an id leads nowhere."""

    code: str
    message: str
    hint: str


class Resolver:
    """Resolves what ``kb:`` links and references name."""

    def __init__(self, records: Iterable[tuple[Kind, Extract]]) -> None:
        self._by_id: dict[str, list[tuple[Kind, Extract]]] = defaultdict(list)
        self._by_address: dict[str, tuple[Kind, Extract]] = {}
        for pair in records:
            kind, extract = pair
            if kind.address:
                key = extract.id.lower()
                address = f"{kind.address}/{key}"
                if address not in self._by_address:  # the check reports two records of one id
                    self._by_id[key].append(pair)
                    self._by_address[address] = pair

    def resolve(self, written: str) -> Target | Unresolved:
        """Resolve the part of a link after ``kb:``."""
        name, _, part = written.partition("#")
        key = name.strip("/").lower()
        found = self._by_address.get(key)
        candidates = [found] if found else self._by_id.get(key, [])
        # A record with a page of its own comes before a term of the glossary with the same id.
        candidates = [pair for pair in candidates if not pair[0].anchored] or candidates
        if len(candidates) > 1:
            choices = [f"`kb:{kind.address}/{key}`" for kind, _ in candidates]
            return Unresolved(
                "ambiguous-id",
                f"`{name}` is the id of {len(candidates)} pages",
                f"Say which: {' or '.join(sorted(choices))}.",
            )
        if not candidates:
            known = self._by_address if "/" in key else self._by_id
            guess = did_you_mean(key, known)
            return Unresolved(
                "unknown-id",
                f"no page has the id `{name}`",
                guess or "Look the id up: it is the last part of the page's address.",
            )
        kind, extract = candidates[0]
        path = kind.path_of(extract.id)
        if part and not kind.anchored:
            path += f"#{part}"
        return Target(kind.name, extract.id, path, extract.title)
