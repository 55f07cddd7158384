"""
What the page of each case study shows of other case studies, which is little.

By that, an edit of one prints its own page and the few that show something of it, and not ten thousand. To find out which
they are takes as long as to print some hundred. So it stays for the next build, to which it is as good while records hang together
as they did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..digests import key_of
from ..library import Library


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

    @classmethod
    def of(cls, library: Library, last: Beside) -> Beside:
        """What is shown in a library, taken over from the `last` one where it must be the same."""
        if last.facts == library.facts:
            return last
        ties = library.ties
        if last.ties == ties:
            return replace(last, facts=library.facts)
        codes, found = library.codes, {}
        for case_id in library.ids("case-study"):
            shown = library.shown_beside(case_id)
            said = key_of(codes["case-study", case_id], *(reason for _, reason in shown))
            found[case_id] = (said, *(other for other, _ in shown))
        return cls(library.facts, ties, found)

    def key(self, library: Library, case_id: str) -> str:
        """A digest of what the page of a case study shows of others, and of how they hang together."""
        said, *others = self.of_case[case_id]
        return key_of(said, *(library.extracts["case-study", other].facts for other in others))
