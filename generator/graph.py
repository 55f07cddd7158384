"""
How records hang together, by their ids: their order, who refers to whom, what is tagged with what.

All of it follows from what a record's page tells the pages of others: the facts of all records (`Extract.facts`) and
the ledger. Two libraries with the same of these have the same graph, whatever else their records say.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .models.extract import Extract
from .models.kind import Kind
from .models.permalinks import Codes, Key, Ledger, has_address
from .resolver import Resolver, Target

_WEIGHTS = {
    "practice": 1.0,
    "population": 1.0,
    "policy": 1.2,
    "state": 0.6,
    "sector": 0.4,
}
"""How much a shared tag says about two case studies being alike."""

_FOLLOWED = 60
"""Case studies of one tag that are looked at: following all would cost the square of them."""


@dataclass(frozen=True)
class Graph:
    """
    The graph of some records, each part of it made when it is first asked for.

    Of an extract it reads only what its `facts` are a digest of.
    """

    kinds: Mapping[str, Kind]
    extracts: Mapping[str, Mapping[str, Extract]]
    """By kind and id, in the order of their files."""
    ledger: Ledger
    _ordered: dict[str, Sequence[str]] = field(default_factory=dict)
    _references: dict[str, Mapping[Key, Sequence[str]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, kinds: Mapping[str, Kind], extracts: Mapping[Key, Extract], ledger: Ledger
    ) -> Graph:
        """The graph of the records with these extracts."""
        by_kind: dict[str, dict[str, Extract]] = {name: {} for name in kinds}
        for (name, record_id), extract in extracts.items():
            by_kind[name][record_id] = extract
        return cls(kinds, by_kind, ledger)

    def ordered(self, kind: str) -> Sequence[str]:
        """All records of a kind: files by title, terms in the order of their file."""
        ordered = self._ordered.get(kind)
        if ordered is None:  # not of all kinds at once: of case studies there are very many
            extracts: Iterable[Extract] = self.extracts[kind].values()
            if not self.kinds[kind].is_list:
                extracts = sorted(extracts, key=lambda e: (e.title.casefold(), e.id))
            ordered = self._ordered[kind] = tuple(extract.id for extract in extracts)
        return ordered

    @cached_property
    def case_studies(self) -> tuple[str, ...]:
        """All case studies, strongest evidence first, then latest checked, then by id."""
        ranks = {level: rank for rank, level in enumerate(self.extracts["evidence-level"])}

        def strength(case: Extract) -> tuple[int, int, int, str]:
            """Sorts the surest evidence first; among equals, what was found before what was not measured."""
            assert case.brief is not None  # every case study has one
            return ranks[case.brief.level], case.brief.found, -case.brief.checked, case.id

        return tuple(case.id for case in sorted(self.extracts["case-study"].values(), key=strength))

    @cached_property
    def codes(self) -> Codes:
        """The short code of every record that has a page of its own, by kind and id."""
        return Codes.of(
            self.ledger,
            ((kind.name, extract.id) for kind, extract in self.every() if has_address(kind)),
        )

    @cached_property
    def resolver(self) -> Resolver:
        """What ``kb:`` links lead to."""
        return Resolver(self.every())

    def every(self) -> Iterator[tuple[Kind, Extract]]:
        """Every record's extract with its kind; kinds in their order."""
        for name, kind in self.kinds.items():
            for extract in self.extracts[name].values():
                yield kind, extract

    def references_from(self, kind: str) -> Mapping[Key, Sequence[str]]:
        """By record: the ids of all others of a kind that refer to it in a field or in their prose, each once."""
        found = self._references.get(kind)
        if found is None:  # as in `ordered`
            referring: dict[Key, list[str]] = defaultdict(list)
            for extract in self.extracts[kind].values():
                linked = map(self.resolver.resolve, extract.links)
                targets = {(found.kind, found.id) for found in linked if isinstance(found, Target)}
                for target in targets.union(extract.refers_to) - {(kind, extract.id)}:
                    referring[target].append(extract.id)
            found = self._references[kind] = dict(referring)
        return found

    @cached_property
    def tags(self) -> dict[str, tuple[Key, ...]]:
        """What each case study is tagged with, each once; its `related` are not tags."""
        told = self.extracts["case-study"]
        return {
            case: tuple(
                [key for key in dict.fromkeys(told[case].refers_to) if key[0] != "case-study"]
            )
            for case in self.case_studies
        }

    @cached_property
    def tagged(self) -> dict[Key, tuple[str, ...]]:
        """The case studies by what they are tagged with, strongest evidence first."""
        tagged: dict[Key, list[str]] = defaultdict(list)
        for case, tags in self.tags.items():
            for tag in tags:
                tagged[tag].append(case)
        return {tag: tuple(cases) for tag, cases in tagged.items()}

    @cached_property
    def telling(self) -> list[Key]:
        """The tags by which case studies may be alike, those that fewest have first."""
        telling = (key for key in self.tagged if key[0] in _WEIGHTS)
        return sorted(telling, key=lambda key: (len(self.tagged[key]), key))

    @cached_property
    def _bits(self) -> dict[Key, int]:
        return {key: 1 << place for place, key in enumerate(self.telling)}

    def likeness(self, case_id: str) -> int:
        """Those of them that a case study has, as a number in which each is the bit of its place in `telling`."""
        return sum(self._bits.get(key, 0) for key in self.tags[case_id])

    def rarest(self, tags: int, most: int) -> tuple[Key, ...]:
        """Of tags, given as their bits, at most so many, those that fewest have first."""
        found: list[Key] = []
        while tags and len(found) < most:
            lowest = tags & -tags
            found.append(self.telling[lowest.bit_length() - 1])
            tags ^= lowest
        return tuple(found)

    @cached_property
    def ids(self) -> list[str]:
        """The case studies by their ids. Their places are their numbers, by which they are counted more quickly."""
        return sorted(self.case_studies)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Of each case study, its place in `ids`."""
        return {case: number for number, case in enumerate(self.ids)}

    @cached_property
    def followed(self) -> dict[Key, tuple[float, tuple[int, ...]]]:
        """By tag: how much it says that two case studies share it, and the numbers of those that are looked at."""
        count = len(self.case_studies)
        return {
            key: (
                _WEIGHTS[key[0]] * math.log(1 + count / len(cases)),
                tuple(self.numbers[case] for case in cases[:_FOLLOWED]),
            )
            for key in self.telling
            for cases in (self.tagged[key],)
        }
