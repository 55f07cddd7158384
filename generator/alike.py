"""
Records that may be about the same thing as one that somebody is about to write.

Two names are compared by the words they share, a word counting the more the fewer records have it; a
letter more or less makes no other word. The form in the browser does the same
(theme/assets/js/form/alike.js), and a test holds the two together.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from .models.case_study import CaseStudy
from .models.fields import Record

ENOUGH = 0.6
"""
The share of a name's words, by weight, that two records have in common when they may be one.

Of the case studies that the library began with, no two share half.
"""

ENOUGH_WITH_LEAD = 0.3
"""The same where one organization leads both: it may well lead two programs, but seldom of one name."""

MOST = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A record as its name tells of it."""

    id: str
    title: str
    leads: tuple[str, ...] = ()
    """The organizations that lead it."""

    @classmethod
    def of(cls, record: Record) -> Named:
        return cls(record.id, record.title, record.leads if isinstance(record, CaseStudy) else ())


class Alike:
    """The records that are known, ready to be asked."""

    def __init__(self, known: Iterable[Named]) -> None:
        self._known = list(known)
        self._having: dict[str, set[int]] = defaultdict(set)
        for number, record in enumerate(self._known):
            for word in words(" ".join((record.title, *record.leads))):
                self._having[word].add(number)
        self._titles = [
            sum(self._weight(len(self._having[word])) for word in words(record.title))
            for record in self._known
        ]

    def to(self, named: Named) -> list[Named]:
        """Return the few known records that may be this one, likeliest first; never one of its id."""
        asked = {word: self._with_word(word) for word in words(named.title)}
        weights = {word: self._weight(len(having)) for word, having in asked.items()}
        shared: dict[int, list[str]] = defaultdict(list)
        for word, having in asked.items():
            for number in having:
                shared[number].append(word)
        found = []
        for number, common in shared.items():
            record = self._known[number]
            # One word that many have, such as "apprenticeship", makes nothing alike.
            telling = len(common) > 1 or len(asked[common[0]]) <= MOST
            if record.id == named.id or not telling:
                continue
            least = min(sum(weights.values()), self._titles[number])
            share = sum(weights[word] for word in common) / least if least else 0.0
            if share >= (ENOUGH_WITH_LEAD if _one_lead(named, record) else ENOUGH):
                found.append((-share, record.title, number))
        return [self._known[number] for _, _, number in sorted(found)[:MOST]]

    def _with_word(self, word: str) -> set[int]:
        """The records that have a word or one that is spelt nearly so."""
        return set().union(
            *(having for other, having in self._having.items() if _near(word, other))
        )

    def _weight(self, having: int) -> float:
        return math.log(1 + len(self._known) / max(1, having))


def words(text: str) -> list[str]:
    """The words of a name, each once, without accents and in lower case; ``I-BEST`` is one word."""
    plain = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text)).lower()
    whole = re.sub(r"\b([a-z])-(?=[a-z])", r"\1", plain)
    return list(dict.fromkeys(re.findall(r"[a-z0-9]{2,}", whole)))


def _near(word: str, other: str) -> bool:
    """Whether two words are one, but for a slip: one letter from five letters on, two from nine on."""
    shorter = min(len(word), len(other))
    slips = 2 if shorter >= 9 else 1 if shorter >= 5 else 0
    return word == other or (
        slips > 0 and Levenshtein.distance(word, other, score_cutoff=slips) <= slips
    )


def _one_lead(named: Named, other: Named) -> bool:
    return bool({_bare(lead) for lead in named.leads} & {_bare(lead) for lead in other.leads})


def _bare(organization: str) -> str:
    """The words of an organization's name, without what stands in brackets."""
    return " ".join(words(re.sub(r"\([^)]*\)", "", organization)))
