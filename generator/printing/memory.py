"""
What earlier builds made, and from what, so that nothing is made twice.

A piece of work (a record's page, a list, the search index) has a name and a key: a digest of all that its
files depend on. Where the last build made it from the same key and its files are still what they were, they
stay. Nothing is believed of a file but what its bytes say, so that a memory that is lost, damaged or from
another version costs time and never gives a wrong page.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.fields import Record
from ..models.kind import Kind
from .site import Site

FILE = "printed.json"
"""In the folder of the cache."""

_PACKAGE = Path(__file__).parent.parent
_OWN = {"challenge", "approach", "employer_engagement", "results", "lessons"}
"""
Fields of a case study that no page shows but its own.

What they link to counts for others as well. A test edits them and compares the site with one made anew.
"""


@dataclass(frozen=True, slots=True)
class Made:
    """What one piece of work made."""

    key: str
    files: Mapping[str, str]
    """The digest of each file, by its path from the site's root."""
    used: tuple[str, ...]
    """What it took from the cache, which must stay there."""
    pictures: str = ""
    """The key of a record's pictures, which depend on less than all else that is shared of it."""


@dataclass(slots=True)
class Memory:
    """What the last build made, and what this one has."""

    file: Path
    earlier: Mapping[str, Made] = field(default_factory=dict)
    now: dict[str, Made] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Memory:
        """The memory in a file; an empty one where the file is missing or not as it was written."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            digest, _, text = file.read_bytes().partition(b"\n")
            if digest.decode() == hashlib.sha256(text).hexdigest():
                held = json.loads(text)
                return cls(file, {name: Made(*made) for name, made in held.items()})
        return cls(file)

    def write(self) -> None:
        """Leave for the next build what this one has made. A folder that can't be written costs time only."""
        held = {
            name: (made.key, made.files, made.used, made.pictures)
            for name, made in self.now.items()
        }
        text = json.dumps(held, separators=(",", ":")).encode()
        new = self.file.with_suffix(".new")
        with contextlib.suppress(OSError):
            new.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
            new.replace(self.file)

    def recall(self, name: str, key: str, site: Site) -> Made | None:
        """What the last build made, if it is what this one would make; its files are then in the site."""
        made = self.earlier.get(name)
        return made if made and made.key == key and site.keep(made.files) else None

    def once(self, name: str, key: str, site: Site, work: Callable[[Site], object]) -> None:
        """Let `work` print into the site unless the last build has made the same."""
        made = self.recall(name, key, site)
        if made is None:
            part = site.part()
            work(part)
            site.files.update(part.files)
            made = Made(key, part.files, ())
        self.now[name] = made


def key_of(*parts: str | bytes) -> str:
    """A digest of all parts and of where each ends."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of what is printed of one library."""

    world: str
    """Of all that every page may depend on: the program, templates, addresses, and the facts of all records."""
    _own: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, library: Library, templates: Path) -> Keys:
        """The keys for a library that is printed by the templates below a folder."""
        facts, own = [], {}
        for kind, record in library.entries():
            shown, rest = _parted(library, kind, record)
            own[kind.name, record.id] = key_of(kind.name, *shown, *rest)
            facts += [kind.name, *shown]
        for container in (library.glossary_file, library.network):
            facts.append(container.model_dump_json() if container else "")
        facts.append(repr(library.ledger.entries))
        return cls(key_of(_program(), files_key(templates), *facts), own)

    def within(self, *settings: str) -> Keys:
        """The keys where pages depend on settings as well, such as the frames."""
        return replace(self, world=key_of(self.world, *settings))

    @property
    def library(self) -> str:
        """Of the world, and of all that the records say."""
        return key_of(self.world, *self._own.values())

    def record(self, kind: Kind, record: Record) -> str:
        """The key of what is printed of one record."""
        return key_of(self.world, self._own[kind.name, record.id])


def _parted(library: Library, kind: Kind, record: Record) -> tuple[list[str], list[str]]:
    """What other pages may show of a record, and what they do not."""
    if not isinstance(record, CaseStudy):
        return [record.model_dump_json(), library.body(kind.name, record.id)], []
    links = library.references_from[kind.name, record.id]
    facts = [record.model_dump_json(exclude=_OWN), *(f"{name} {other}" for name, other in links)]
    return facts, [record.model_dump_json(include=_OWN)]


@cache
def _program() -> str:
    """A digest of this program and of all libraries that it may use."""
    installed = sorted(f"{d.name} {d.version}" for d in importlib.metadata.distributions())
    return key_of(sys.version, *installed, files_key(_PACKAGE, ".py"))


def files_key(folder: Path, ending: str = "", but: Collection[str] = ()) -> str:
    """A digest of the files below a folder, by name; of those that end so, and not in the folders `but`."""
    parts: list[str | bytes] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if Path(where, name).as_posix() not in but)
        for name in sorted(names):
            if name.endswith(ending):
                file = Path(where, name)
                parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return key_of(*parts)
