"""
What the page of each case study shows of other case studies, which is little.

By that, an edit of one prints its own page and the few that show something of it, and not ten thousand. To find out which
they are takes as long as to print some hundred. So it stays for the next build, to which it is as good while records hang together
as they did.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic_core import from_json, to_json

from ..digests import key_of, read_sealed, write_sealed
from ..library import Library
from ..parallel import spread

FILE = "beside.json"
"""In the folder of the cache."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the pages of a library's case studies show of other case studies."""

    facts: str = ""
    """`Library.facts` of that library."""
    ties: str = ""
    """Its `Library.ties`."""
    of_case: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """
    By the id of a case study: a digest of what follows from all case studies, its code and why others are like it; and then
    their ids.
    """
    keys: Mapping[str, str] = field(default_factory=dict)
    """By the id of a case study: a digest of all that its page shows of others, and of what it is among them."""

    @classmethod
    def read(cls, file: Path) -> Beside:
        """What an earlier build has left in a file: nothing where that is missing, damaged or of another version."""
        data = read_sealed(file)
        return cls(*from_json(data, cache_strings="none")) if data else cls()

    def write(self, file: Path) -> None:
        """Leave it for the next build. A folder that can't be written costs time only."""
        write_sealed(file, to_json((self.facts, self.ties, self.of_case, self.keys)))

    @classmethod
    def of(cls, library: Library, last: Beside, jobs: int) -> Beside:
        """
        What is shown in a library, taken over from the `last` one where it must be the same.

        Up to `jobs` processes work it out.
        """
        if last.facts == library.facts:
            return last
        ties = library.ties
        of_case = last.of_case if last.ties == ties else _found(library, jobs)
        told = library.extracts
        keys = {
            case_id: key_of(said, *(told["case-study", other].facts for other in others))
            for case_id, (said, *others) in of_case.items()
        }
        return cls(library.facts, ties, of_case, keys)


def _found(library: Library, jobs: int) -> dict[str, Sequence[str]]:
    """For each case study, by its id, what `Beside.of_case` has of it."""
    ids, found = library.ids("case-study"), {}
    # One of them here: what that takes of the whole library, each process would make for itself.
    _found_of(library, ids[:1])
    for some, likest in spread(partial(_found_of, library), ids, jobs):
        found.update(some)
        library.likest.update(likest)  # for those that print the pages
    return found


def _found_of(
    library: Library, ids: Sequence[str]
) -> tuple[dict[str, Sequence[str]], dict[str, array[int]]]:
    """The same of some case studies, and `Library.likest` of them."""
    codes, found = library.codes, dict[str, Sequence[str]]()
    for case_id in ids:
        shown = library.shown_beside(case_id)
        said = key_of(codes["case-study", case_id], *(reason for _, reason in shown))
        found[case_id] = said, *(other for other, _ in shown)
    return found, {case_id: library.likest[case_id] for case_id in ids}
