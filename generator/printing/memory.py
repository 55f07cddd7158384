"""
What earlier builds made, and from what, so that nothing is made twice.

A piece of work (a record's page, a list, the search index) has a name and a key: a digest of all that its
files depend on. Where the last build made it from the same key and its files are still what they were, it
stays. Nothing is believed of a file that was touched but what its bytes say, so that a memory that is lost, damaged
or from another version costs time and never gives a wrong page.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ..digests import files_key, key_of, program
from ..library import Library
from ..looking import Looked
from ..models.extract import Extract
from ..models.kind import Kind
from ..models.permalinks import Key
from ..noted import Folders, Known, Made, Noted, parted
from ..parallel import meanwhile
from ..stamps import Stamp, stamp_of
from .beside import Beside
from .site import Site

_NOWHERE = Site(Path())
_NONE = Folders()


def untouched() -> Looked:
    """Of a tree to which nobody else writes."""
    return Looked()


class Piece(NamedTuple):
    """A piece of work."""

    name: str
    key: str
    work: Callable[[Site], object]
    """Prints it."""


@dataclass(slots=True)
class Memory:
    """What was made of a site so far: what the last build made, and what this one has."""

    earlier: Noted = field(default_factory=dict)
    """What is noted of the site of which this one is the next."""
    look: Callable[[], Looked] = untouched
    """Says how the tree in which the site is made compares with what is noted; it may be that one has to wait for it."""
    now: dict[str, Made] = field(default_factory=dict)
    """The pieces so far of the site that is made: the very same as earlier where one stays."""
    left: set[str] = field(default_factory=set)
    """Files in the tree that are in no piece: what was written for pieces that were not finished."""
    folders: Folders = _NONE
    """Those of the tree, as they stood when one has looked."""
    site: Site = _NOWHERE
    """What all is printed into."""
    _touched: set[str] = field(default_factory=set)
    """Pieces of which somebody has touched a file since it was noted, as far as one has looked, or may have."""

    def begin(self) -> None:
        """Begin a site of which nothing stays unless somebody asks for it."""
        self.now, self._touched = {}, set()

    def stays(self, name: str, key: str) -> bool:
        """
        Whether the last build made what this one would make; it is then made.

        That its files are untouched is found once one has looked: see `holds`.
        """
        made = self.now.get(name) or self.earlier.get(name)
        return made is not None and made.key == key and self._take(name, made)

    def leave(self, name: str, key: str) -> bool:
        """Take over what the last build made, whatever this one would make; return whether that is another."""
        made = self.earlier.get(name)
        return made is not None and self._take(name, made) and made.key != key

    def doubt(self, name: str) -> None:
        """Let what the last build made of a piece not stay: some of its files have been changed."""
        if name in self.earlier:
            doubted = self.now[name] = self.earlier[name]._replace(key="")
            self.earlier = {**self.earlier, name: doubted}

    def _take(self, name: str, made: Made) -> bool:
        self.now[name] = made
        return name not in self._touched or self._is_right(name)

    def look_first(self, name: str) -> None:
        """Have the files of a piece looked at before it stays, because other pieces read them."""
        self._touched.add(name)

    def once(
        self, name: str, key: str, work: Callable[[Site], object], *, aside: bool = False
    ) -> None:
        """Let `work` print into the site unless the last build has made the same; `aside` as `Made` has it."""
        if not self.stays(name, key):
            self.make(name, key, work, aside=aside)

    @contextmanager
    def meanwhile(
        self, name: str, key: str, work: Callable[[Site], object]
    ) -> Iterator[Callable[[], None]]:
        """The same as `once`, by another process while a block runs, which is given what waits until it is done."""
        if self.stays(name, key):
            yield lambda: None
            return
        part = self.part(name)

        def make() -> Made:
            work(part)
            return Made.of(key, part.files)

        with meanwhile(make) as made:

            def finish() -> None:
                self.now[name] = made()

            yield finish

    def make(
        self, name: str, key: str, work: Callable[[Site], object], *, aside: bool = False
    ) -> None:
        """Let `work` print into the site, which leaves alone what stands there already."""
        part = self.part(name)
        work(part)
        self.now[name] = Made.of(key, part.files, aside=aside)

    def part(self, name: str) -> Site:
        """The site with nothing in it yet, to print a piece into; it knows what the last build made of it."""
        made = self.earlier.get(name)
        return replace(self.site, files={}, known=made.known() if made else {})

    def is_kept(self, name: str) -> bool:
        """Whether a piece is, with all its files, the one that the last build made."""
        return self.now.get(name) is self.earlier.get(name)

    def holds(self) -> bool:
        """
        Look at the files of all that stays, and put right what somebody has touched since it was noted.

        Return False where some of them are nowhere as they were: what they are of does not stay then. From here on, pieces are
        looked at before they stay.
        """
        looked, self.look = self.look(), untouched
        self.site.clear(set(looked.others).difference(self.made()))
        self.folders = looked.folders
        self._touched.update(looked.touched)
        lost = self._forget(looked.links)
        wrong = [name for name in looked.touched if name in self.now and not self._is_right(name)]
        return not (lost or wrong)

    def _forget(self, folders: tuple[str, ...]) -> Collection[str]:
        """Let no piece stay unseen that has files in some folders, whose paths end with a slash; return their names."""
        names = {
            name
            for name, made in self.now.items()
            if folders and any(path.startswith(folders) for path in made.files())
        }
        self._touched |= names
        for name in names:
            del self.now[name]
        return names

    def _is_right(self, name: str) -> bool:
        """Whether a piece that was touched is made anew, or its files could be put right; it does not stay otherwise."""
        made = self.now[name]
        if self.is_kept(name):
            if not self.part(name).keep(made.digested()):
                del self.now[name]
                return False
            self.now[name] = made._replace(stamps=b"")  # they have others now
        return True

    def superseded(self) -> dict[str, dict[str, Known]]:
        """What is known of the files of each piece that does not stay as it was, by its name."""
        return {name: made.known() for name, made in _other_than(self.now, self.earlier).items()}

    def made(self) -> Iterator[str]:
        """The paths of all files of pieces that are not as they were."""
        new = _other_than(self.earlier, self.now).values()
        return chain.from_iterable(made.files() for made in new)

    def drops(self) -> bool:
        """Whether pieces that do not stay took something from the cache that no new one takes."""
        new, gone = _other_than(self.earlier, self.now), _other_than(self.now, self.earlier)
        return not self.used(gone) <= self.used(new)

    def settled(
        self, superseded: Mapping[str, Mapping[str, Known]], stamp: Callable[[str, str], Stamp]
    ) -> dict[str, Made]:
        """What is to be noted of the site; `stamp` says how a file stands there, by its path and its digest, if nobody has looked."""
        settled = dict(self.now)
        for name, made in _other_than(self.earlier, self.now).items():
            known = superseded.get(name, {})
            stamps = []
            for path, digest in made.digested().items():
                told = known.get(path)
                stands = told is not None and told.digest == digest and path in self.site.untouched
                stamps.append(told.stamp if told and stands else stamp(path, digest))
            settled[name] = made._replace(stamps=b"".join(stamps))
        return settled

    def clear(self) -> None:
        """Delete what stands in the tree and belongs to no piece any more."""
        gone = _other_than(self.now, self.earlier).values()
        files = self.left.union(*(made.files() for made in gone))
        self.site.clear(files.difference(self.made()))
        self.left = set()

    def go_on(self) -> None:
        """Go on from the site as it now is: all of it stays until the next build begins."""
        root = self.site.root
        self.earlier = self.settled(
            self.superseded(),
            lambda path, _: stamp_of(os.stat(f"{root}/{path}")),  # noqa: PTH116
        )
        self.now = dict(self.earlier)

    def pages(self) -> dict[str, str]:
        """
        The digests of all pages so far that search and sitemap should know of.

        By their addresses, in the order of these; ``""`` is the home page.
        """
        pages = {
            path.removesuffix(_PAGE): made.digest(number)
            for made in self.now.values()
            if not made.aside and _PAGE in made.paths
            for number, path in enumerate(made.files())
            if path == _PAGE or path.endswith(f"/{_PAGE}")
        }
        return dict(sorted(pages.items()))

    def in_root(self) -> set[str]:
        """The names of all files and folders in the root of the site; those of folders end with a slash."""
        return {
            name for roots in {made.roots for made in self.now.values()} for name in parted(roots)
        }

    @staticmethod
    def used(pieces: Noted) -> set[str]:
        """What some pieces of work took from the cache."""
        return {name for used in {made.used for made in pieces.values()} for name in used.split()}


_PAGE = "index.html"


def _other_than(these: Noted, those: Noted) -> Noted:
    """The pieces among `those` that are not the very same among `these`: of ten thousand records, nearly all are."""
    return {name: made for name, made in those.items() if these.get(name) is not made}


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of what is printed of one library."""

    world: str
    """Of all that any page may depend on: the program, templates, addresses, and the facts of all records."""
    ground: str
    """Of what the page of any case study depends on: the same, but for the facts of case studies and how they hang together."""
    charts: str
    """Of what charts, the table of outcomes and the rubric depend on: the world, but for what none of them shows of case studies."""
    _told: Mapping[Key, Extract]
    """By record: what it says, which its own page shows."""
    _beside: Mapping[str, str]
    """By case study: of what its page shows of others, and of what it is among them."""

    @classmethod
    def of(cls, library: Library, templates: Path, beside: Beside) -> Keys:
        """The keys for a library that is printed by the templates below a folder; `beside` is what its pages show of each other."""
        made_by = program(), files_key(templates)
        return cls(
            key_of(*made_by, library.facts),
            key_of(*made_by, library.common_facts),
            key_of(*made_by, library.charted),
            library.extracts,
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
        before = {name: told.whole for name, told in since._told.items()}
        return {name for name, told in self._told.items() if before.get(name) != told.whole}

    @property
    def library(self) -> str:
        """Of the world, and of all that the records say."""
        return key_of(self.world, *(told.whole for told in self._told.values()))

    def record(self, kind: Kind, record_id: str) -> str:
        """The key of what is printed of one record: digests side by side, since to take theirs would need as long as all else."""
        told = self._told[kind.name, record_id]
        if kind.name == "case-study":  # of which a copy stands beside the page, as its file has it
            return f"{self.ground} {told.whole} {told.text} {self._beside[record_id]}"
        return f"{self.world} {told.whole}"

    def share(self, kind: Kind, record_id: str) -> str:
        """The key of what there is to share of one record, which shows no more of it than its facts."""
        told = self._told[kind.name, record_id]
        if kind.name == "case-study":
            return f"{self.ground} {told.facts} {self._beside[record_id]}"
        return f"{self.world} {told.facts}"
