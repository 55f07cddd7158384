"""For a weak question: what the library holds on it, from places like theirs first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import partial
from itertools import product

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.rubric import Criterion, Rubric

MOST = 4
"""Case studies named for one question."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a group says of itself, as ids; empty where it does not say."""

    population: str = ""
    setting: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A case study and what its place shares with theirs."""

    case_study: CaseStudy
    shared: tuple[str, ...]
    """Of ``population``, ``setting`` and ``state``."""


def cases_for(library: Library, criterion: Criterion, place: Place) -> list[Match]:
    """
    Case studies of a question's practices: first those like their place, then others.

    In each of the two the strongest evidence comes first, among equals those that share more. What
    was found does not matter for the order: that nothing changed is worth knowing as well.
    """
    matches = [
        Match(case, _shared(case, place))
        for case in library.case_studies
        if set(case.practices) & set(criterion.practices)
    ]
    rank = {level.id: n for n, level in enumerate(library.evidence_levels)}
    matches.sort(
        key=lambda m: (not m.shared, rank[m.case_study.evidence.level], -len(m.shared))
    )  # the sort is stable: equals stay in the library's order
    return matches[:MOST]


@dataclass(frozen=True, slots=True)
class Nameable:
    """The case studies that `cases_for` can name for some question and place, by their ids, in the library's order."""

    anywhere: tuple[str, ...]
    """For a place that does not say its state."""
    by_state: dict[str, tuple[str, ...]]
    """What comes to those for a place in that state."""


def nameable(library: Library, rubric: Rubric) -> Nameable:
    """
    Choose the case studies that a browser needs to know, however many the library has.

    A case study is named only if fewer than `MOST` that come before it in the library answer the same question
    and share with the place whatever it shares. So the first `MOST` of each question and each combination of
    population, setting and state are enough.
    """
    questions_of: dict[str, set[str]] = defaultdict(set)
    for criterion in rubric.criteria:
        for practice in criterion.practices:
            questions_of[practice].add(criterion.id)
    taken = _Taken()
    anywhere: list[str] = []
    by_state: dict[str, list[str]] = defaultdict(list)
    for case_id in library.case_studies.ids:
        tags, places = library.tags(case_id), library.brief(case_id).places
        questions = set().union(
            *(questions_of.get(i, ()) for kind, i in tags if kind == "practice")
        )
        shares = product(
            ("", *(i for kind, i in tags if kind == "population")),
            ("", *{setting for _, setting in places}),
        )
        taken_by = partial(taken.add, questions, list(shares))
        states = sorted({state for state, _ in places if state})
        of_state = [state for state in states if taken_by(state)]
        if taken_by(""):
            anywhere.append(case_id)
        else:
            for state in of_state:
                by_state[state].append(case_id)
    return Nameable(tuple(anywhere), {state: tuple(some) for state, some in by_state.items()})


class _Taken:
    """How many case studies each combination of question, population, setting and state has, up to `MOST`."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, tuple[str, str, str]]] = Counter()
        self._full: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        """The questions that have enough, by population, setting and state: in a large library nearly all."""

    def add(self, questions: Set[str], shares: Iterable[tuple[str, str]], state: str) -> bool:
        """
        Count a case study in each combination with that state; true where one of them was not full.

        `shares` are its populations with its settings.
        """
        needed = False
        for population, setting in shares:
            place = population, setting, state
            for question in questions - self._full[place]:
                needed = True
                self._counts[question, place] += 1
                if self._counts[question, place] == MOST:
                    self._full[place].add(question)
        return needed


def _shared(case: CaseStudy, place: Place) -> tuple[str, ...]:
    there = {
        "population": place.population in case.populations,
        "setting": place.setting in {p.setting.value for p in case.places},
        "state": place.state in {p.state for p in case.places if p.state},
    }
    return tuple(name for name, same in there.items() if same)
