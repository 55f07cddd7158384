"""
What the page of each case study shows of other case studies, which is little.

By that, an edit of one prints its own page and the few that show something of it, and not ten thousand. To find out which
they are takes as long as to print some hundred. So it stays for the next build, to which it is as good while records hang together
as they did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic_core import from_json, to_json

from ..digests import key_of, read_sealed, write_sealed
from ..library import Alike, Library
from ..models.permalinks import Key
from ..parallel import spread

FILE = "beside.json"
"""In the folder of the cache."""


Found = tuple[str, Sequence[str], Sequence[int]]
"""
What is found of a case study, in three parts.

A digest of what follows from all of them, its code and what it shares with others; the ids of those of which its page shows
something; and for those at the end that are there because they are like it, the numbers of what they share.
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the pages of a library's case studies show of other case studies."""

    facts: str = ""
    """`Library.facts` of that library."""
    ties: str = ""
    """Its `Library.ties`."""
    of_case: Mapping[str, Found] = field(default_factory=dict)
    """By the id of a case study."""
    shared: Sequence[Sequence[Sequence[str]]] = ()
    """The tags that make two case studies alike, each by its kind and id; of `Found` by their numbers."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """By the id of a case study: a digest of all that its page shows of others, and of what it is among them."""

    @classmethod
    def read(cls, file: Path) -> Beside:
        """What an earlier build has left in a file: nothing where that is missing, damaged or of another version."""
        data = read_sealed(file)
        return cls(*from_json(data, cache_strings="none")) if data else cls()

    def write(self, file: Path) -> None:
        """Leave it for the next build. A folder that can't be written costs time only."""
        write_sealed(file, to_json((self.facts, self.ties, self.of_case, self.shared, self.keys)))

    @classmethod
    def of(cls, library: Library, last: Beside, jobs: int) -> Beside:
        """
        What is shown in a library, taken over from the `last` one where it must be the same; the library is told of it.

        Up to `jobs` processes work it out.
        """
        beside = last if last.facts == library.facts else cls._anew(library, last, jobs)
        library.found_alike = beside.alike
        return beside

    @classmethod
    def _anew(cls, library: Library, last: Beside, jobs: int) -> Beside:
        ties = library.ties
        if last.ties == ties:
            of_case, shared = last.of_case, last.shared
        else:
            of_case, shared = _found(library, jobs)
        told = library.extracts
        keys = {
            case_id: key_of(said, *(told["case-study", other].facts for other in others))
            for case_id, (said, others, _) in of_case.items()
        }
        return cls(library.facts, ties, of_case, shared, keys)

    def alike(self, case_id: str) -> list[Alike] | None:
        """The case studies that are most like one, as `Library.found_alike` has them."""
        found = self.of_case.get(case_id)
        if found is None:
            return None
        _, others, numbers = found
        alike = zip(others[len(others) - len(numbers) :], numbers, strict=True)
        return [
            Alike(other, tuple((kind, term) for kind, term in self.shared[number]))
            for other, number in alike
        ]


def _found(library: Library, jobs: int) -> tuple[dict[str, Found], Sequence[tuple[Key, ...]]]:
    """`Beside.of_case` and `Beside.shared` of a library."""
    ids, found = library.ids("case-study"), dict[str, Found]()
    # One of them here: what that takes of the whole library, each process would make for itself.
    _found_of(library, ids[:1])
    numbers: dict[tuple[Key, ...], int] = {}
    for batch in spread(partial(_found_of, library), ids, jobs):
        for case_id, said, shown in batch:
            alike = [one.shared for one in shown if one.shared]
            tags = [numbers.setdefault(shared, len(numbers)) for shared in alike]
            found[case_id] = said, [one.case_study for one in shown], tags
    return found, list(numbers)


def _found_of(library: Library, ids: Sequence[str]) -> list[tuple[str, str, list[Alike]]]:
    """Of some case studies: the id, the digest that `Found` has, and of which others the page shows something."""
    codes, found = library.codes, []
    for case_id in ids:
        shown = library.shown_beside(case_id)
        said = key_of(codes["case-study", case_id], repr([one.shared for one in shown]))
        found.append((case_id, said, shown))
    return found
