"""
What earlier builds made, and from what, so that nothing is made twice.

A piece of work (a record's page, a list, the search index) has a name and a key: a digest of all that its
files depend on. Where the last build made it from the same key and its files are still what they were, they
stay. Nothing is believed of a file that was touched but what its bytes say, so that a memory that is lost, damaged
or from another version costs time and never gives a wrong page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from pydantic_core import from_json, to_json

from ..digests import files_key, key_of, program, read_sealed, write_sealed
from ..library import Library
from ..models.kind import Kind
from ..models.permalinks import Key
from .beside import Beside
from .site import Site

FILE = "printed.json"
"""In the folder of the cache."""


class Made(NamedTuple):
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
    beside: Beside = field(default_factory=Beside)
    """What pages show of other case studies, in the last library of which there are keys."""

    @classmethod
    def read(cls, file: Path) -> Memory:
        """The memory in a file; an empty one where the file is missing, damaged or of another version."""
        text = read_sealed(file)
        if text is None:
            return cls(file)
        beside, held = from_json(text, cache_strings="none")
        return cls(file, {name: Made(*made) for name, made in held.items()}, beside=Beside(*beside))

    def begin(self) -> None:
        """Begin a build: what the last one of this process made, if there was one, is what was made earlier."""
        self.earlier, self.now = {**self.earlier, **self.now}, {}

    def write(self) -> None:
        """Leave for the next build what this one has made. A folder that can't be written costs time only."""
        held = {
            name: (made.key, made.files, made.used, made.pictures)
            for name, made in self.now.items()
        }
        now = self.beside
        beside = now.facts, now.ties, now.of_case, now.keys
        write_sealed(self.file, to_json((beside, held)))

    def stays(self, name: str, key: str, site: Site) -> bool:
        """Whether the last build made what this one would make; it is then made, and its files are in the site."""
        made = self.earlier.get(name)
        if made is None or made.key != key or not site.keep(made.files):
            return False
        self.now[name] = made
        return True

    @staticmethod
    def used(pieces: Mapping[str, Made]) -> set[str]:
        """What some pieces of work took from the cache."""
        return {name for made in pieces.values() for name in made.used}

    def leave(self, name: str, key: str, site: Site) -> bool:
        """Take over what the last build made although this one would make another; return whether that is so."""
        made = self.earlier.get(name)
        return made is not None and made.key != key and site.keep(made.files)

    def once(self, name: str, key: str, site: Site, work: Callable[[Site], object]) -> None:
        """Let `work` print into the site unless the last build has made the same."""
        if not self.stays(name, key, site):
            part = site.part()
            work(part)
            site.files.update(part.files)
            self.now[name] = Made(key, part.files, ())


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of what is printed of one library."""

    world: str
    """Of all that any page may depend on: the program, templates, addresses, and the facts of all records."""
    ground: str
    """Of what the page of any case study depends on: the same, but for the facts of case studies and how they hang together."""
    charts: str
    """Of what charts, the table of outcomes and the rubric depend on: the world, but for what none of them shows of case studies."""
    _own: Mapping[Key, str]
    """By record: of what only its own page shows."""
    _beside: Mapping[str, str]
    """By case study: of what its page shows of others, and of what it is among them."""

    @classmethod
    def of(cls, library: Library, templates: Path, memory: Memory, jobs: int) -> Keys:
        """
        The keys for a library that is printed by the templates below a folder, worked out by up to `jobs` processes.

        The memory is of what was made of an earlier one, and learns what pages show in this one.
        """
        beside = memory.beside = Beside.of(library, memory.beside, jobs)
        made_by = program(), files_key(templates)
        return cls(
            key_of(*made_by, library.facts),
            key_of(*made_by, library.common_facts),
            key_of(*made_by, library.charted),
            {name: extract.whole for name, extract in library.extracts.items()},
            beside.keys,
        )

    def within(self, *settings: str) -> Keys:
        """The keys where pages depend on settings as well, such as the frames."""
        return replace(
            self,
            world=key_of(self.world, *settings),
            ground=key_of(self.ground, *settings),
            charts=key_of(self.charts, *settings),
        )

    def changed(self, since: Keys) -> Collection[Key]:
        """The records, by their kinds and ids, that were not there or otherwise in the library of earlier keys."""
        return {name for name, own in self._own.items() if since._own.get(name) != own}

    @property
    def library(self) -> str:
        """Of the world, and of all that the records say."""
        return key_of(self.world, *self._own.values())

    def record(self, kind: Kind, record_id: str) -> str:
        """The key of what is printed of one record: digests side by side, since to take theirs would need as long as all else."""
        own = self._own[kind.name, record_id]
        if kind.name == "case-study":
            return f"{self.ground} {own} {self._beside[record_id]}"
        return f"{self.world} {own}"
