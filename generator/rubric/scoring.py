"""
How answers to the rubric are counted. The limits are in content/rubric.yaml, under `counting`.

theme/assets/js/rubric-scoring.js does the same in a browser; tests/rubric/examples.yaml holds worked
examples that both must get right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ..models.rubric import Criterion, Dimension, Rubric, as_version


class State(StrEnum):
    """What can be said of a question or a part."""

    SCORED = "scored"
    NOT_SURE = "not-sure"
    """Nobody who answered knows; for a part: more answers are not sure than the limit admits."""
    DOES_NOT_APPLY = "does-not-apply"
    UNANSWERED = "unanswered"


NOT_SURE = "not-sure"
DOES_NOT_APPLY = "does-not-apply"


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer to one question."""

    level: int | None = None
    """1 to 4; None for the two answers below."""
    other: str = ""
    """``not-sure``, ``does-not-apply``, or empty where there is a level."""
    evidence: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person answered, and who and where they are."""

    answers: dict[str, Answer]
    """By the id of the question; a question without an answer is not in it."""
    version: str
    """Of the rubric that was answered."""
    rater: str = ""
    role: str = ""
    place: str = ""
    date: str = ""
    """As year-month-day, or empty."""
    population: str = ""
    setting: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """What some people's answers to one question come to."""

    criterion: Criterion
    state: State
    level: int | None
    """The median rounded down: with one person, the level chosen."""
    median: float | None
    levels: tuple[int, ...]
    """Every level given, lowest first."""
    not_sure: int
    does_not_apply: int
    claimed: bool
    """True for level 3 or 4 where nobody who gave it named evidence."""
    agreement: int | None
    """Percent of the people who gave a level that gave the commonest one."""
    by_group: dict[str, float]
    """Median by role group, where somebody in it gave a level."""
    raters_differ: bool
    groups_differ: bool

    @property
    def spread(self) -> int:
        """How far the answers lie apart, in levels."""
        return self.levels[-1] - self.levels[0] if self.levels else 0


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """What the questions of one part come to."""

    dimension: Dimension
    state: State
    score: float | None
    """The average of its questions' levels to one decimal place; None unless the state is scored."""
    band: str
    """The name of the level that the score falls to; empty without a score."""
    rated: int
    """Questions with a level."""
    not_sure: int
    """Answers that are not sure, of all raters."""
    answers: int
    """Answers that are a level or not sure, of all raters."""
    unanswered: int
    """Questions that nobody answered."""
    lowest: int | None
    """The lowest level of a question in it."""
    at_lowest: tuple[str, ...]
    """Ids of the questions at the lowest level."""


@dataclass(frozen=True, slots=True)
class PanelResult:
    """Whether enough people of enough kinds rated."""

    people: int
    roles: int
    missing: tuple[str, ...]
    """Roles that should be among them and are not."""
    minority: int
    """How many come from the role that should be less than half."""
    enough: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that some answers come to."""

    dimensions: tuple[DimensionResult, ...]
    criteria: tuple[CriterionResult, ...]
    panel: PanelResult
    strengths: tuple[CriterionResult, ...] = field(default=())
    """Questions at level 3 or 4, highest first."""
    weaknesses: tuple[CriterionResult, ...] = field(default=())
    """Questions at level 1 or 2, lowest first."""
    unknown: tuple[CriterionResult, ...] = field(default=())
    """Questions to which too many answers are not sure: in neither of the two above."""


def score(rubric: Rubric, sheets: Sequence[Sheet]) -> Result:
    """Count one person's answers, or those of several."""
    by_id = {c.id: _criterion(rubric, c, sheets) for c in rubric.criteria}
    results = tuple(by_id.values())
    known = [r for r in results if r.level is not None and not _too_unsure(rubric, r)]
    return Result(
        dimensions=tuple(
            _dimension(rubric, d, [by_id[c.id] for c in d.criteria]) for d in rubric.dimensions
        ),
        criteria=results,
        panel=_panel(rubric, sheets),
        strengths=tuple(
            sorted((r for r in known if (r.level or 0) >= 3), key=lambda r: -(r.level or 0))
        ),
        weaknesses=tuple(
            sorted((r for r in known if (r.level or 0) <= 2), key=lambda r: r.level or 0)
        ),
        unknown=tuple(r for r in results if _too_unsure(rubric, r)),
    )


def _criterion(rubric: Rubric, criterion: Criterion, sheets: Sequence[Sheet]) -> CriterionResult:
    given = [(s, s.answers[criterion.id]) for s in sheets if criterion.id in s.answers]
    rated = [(s, a, a.level) for s, a in given if a.level is not None]
    levels = sorted(level for _, _, level in rated)
    not_sure = sum(a.other == NOT_SURE for _, a in given)
    apart = sum(a.other == DOES_NOT_APPLY for _, a in given)
    median = _median(levels)
    group_of = {role.id: role.group for role in rubric.roles}
    by_group: dict[str, list[int]] = {group.id: [] for group in rubric.role_groups}
    for sheet, _, given_level in rated:
        if sheet.role in group_of:
            by_group[group_of[sheet.role]].append(given_level)
    medians = {g: m for g, found in by_group.items() if (m := _median(sorted(found))) is not None}
    high = [a for _, a, one in rated if one >= 3]
    level = None if median is None else math.floor(median)
    first, second, *_ = [*by_group, "", ""]
    return CriterionResult(
        criterion=criterion,
        state=State.SCORED
        if levels
        else State.NOT_SURE
        if not_sure
        else State.DOES_NOT_APPLY
        if apart
        else State.UNANSWERED,
        level=level,
        median=median,
        levels=tuple(levels),
        not_sure=not_sure,
        does_not_apply=apart,
        claimed=(level or 0) >= 3 and not any(a.evidence.strip() for a in high),
        agreement=_percent(max(Counter(levels).values()), len(levels)) if levels else None,
        by_group=medians,
        raters_differ=bool(levels) and levels[-1] - levels[0] >= rubric.counting.raters_differ,
        groups_differ=first in medians
        and second in medians
        and abs(medians[first] - medians[second]) >= rubric.counting.groups_differ,
    )


def _dimension(
    rubric: Rubric, dimension: Dimension, results: Sequence[CriterionResult]
) -> DimensionResult:
    levels = [r.level for r in results if r.level is not None]
    not_sure = sum(r.not_sure for r in results)
    answers = not_sure + sum(len(r.levels) for r in results)
    if not_sure * rubric.counting.not_sure_one_in > answers:
        state = State.NOT_SURE
    elif levels:
        state = State.SCORED
    elif any(r.state is State.UNANSWERED for r in results):
        state = State.UNANSWERED
    else:
        state = State.DOES_NOT_APPLY
    average = _tenths(sum(levels), len(levels)) if state is State.SCORED else None
    lowest = min(levels, default=None)
    return DimensionResult(
        dimension=dimension,
        state=state,
        score=average,
        band="" if average is None else band(rubric, average),
        rated=len(levels),
        not_sure=not_sure,
        answers=answers,
        unanswered=sum(r.state is State.UNANSWERED for r in results),
        lowest=lowest,
        at_lowest=tuple(r.criterion.id for r in results if lowest and r.level == lowest),
    )


def _panel(rubric: Rubric, sheets: Sequence[Sheet]) -> PanelResult:
    wanted = rubric.counting.panel
    roles = [sheet.role for sheet in sheets if sheet.role]
    missing = tuple(role for role in wanted.must_include if role not in roles)
    minority = roles.count(wanted.minority)
    return PanelResult(
        people=len(sheets),
        roles=len(set(roles)),
        missing=missing,
        minority=minority,
        enough=len(sheets) >= wanted.people
        and len(set(roles)) >= wanted.roles
        and not missing
        and minority * 2 < len(sheets),
    )


def band(rubric: Rubric, average: float) -> str:
    """The name of the level that an average falls to."""
    return [level.title for level in rubric.levels if average >= level.from_score][-1]


def _too_unsure(rubric: Rubric, result: CriterionResult) -> bool:
    answers = result.not_sure + len(result.levels)
    return result.not_sure * rubric.counting.not_sure_one_in > answers


def _median(levels: Sequence[int]) -> float | None:
    """The middle one of sorted levels; halfway between the two in the middle where there are two."""
    if not levels:
        return None
    middle = len(levels) // 2
    return levels[middle] if len(levels) % 2 else (levels[middle - 1] + levels[middle]) / 2


def _tenths(total: int, count: int) -> float:
    """An average to one decimal place, a half rounded up. In whole numbers, so that every machine agrees."""
    return (20 * total + count) // (2 * count) / 10


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one question since an earlier time."""

    criterion: Criterion
    before: int | None
    now: int | None
    by: int | None
    """Levels up or, below zero, down; None where the two cannot be compared."""
    reworded: bool
    """True where the question means something else since the earlier answers."""


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """What became of one part."""

    dimension: Dimension
    before: float | None
    now: float | None
    by: float | None
    """Over the questions that can be compared, to one decimal place."""
    compared: int
    """How many those are."""
    maybe_chance: bool


def compare(
    rubric: Rubric, earlier: Sequence[Sheet], later: Sequence[Sheet]
) -> tuple[tuple[DimensionChange, ...], tuple[Change, ...]]:
    """What moved between two times: by part and by question. Only unchanged questions count."""
    versions = [as_version(sheet.version) for sheet in (*earlier, *later)]
    oldest = min(versions, default=as_version(rubric.version))
    reworded = {c.id for c in rubric.criteria if as_version(c.worded_in) > oldest}
    old, new = (
        score(rubric, [_without(sheet, reworded) for sheet in sheets])
        for sheets in (earlier, later)
    )
    changes = tuple(
        Change(
            a.criterion,
            a.level,
            b.level,
            b.level - a.level if a.level is not None and b.level is not None else None,
            a.criterion.id in reworded,
        )
        for a, b in zip(old.criteria, new.criteria, strict=True)
    )
    return tuple(_moved(rubric, d, changes) for d in rubric.dimensions), changes


def _without(sheet: Sheet, ids: Iterable[str]) -> Sheet:
    left = {name: answer for name, answer in sheet.answers.items() if name not in ids}
    return Sheet(left, sheet.version, sheet.rater, sheet.role)


def _moved(rubric: Rubric, dimension: Dimension, changes: Sequence[Change]) -> DimensionChange:
    inside = [c for c in changes if c.criterion in dimension.criteria]
    pairs = [
        (c.before, c.now) for c in inside if c.before is not None and c.now is not None
    ]  # the same questions on both sides, or the average would move by itself
    if not pairs:
        return DimensionChange(dimension, None, None, None, 0, False)
    before = _tenths(sum(b for b, _ in pairs), len(pairs))
    now = _tenths(sum(n for _, n in pairs), len(pairs))
    by = round(now - before, 1)
    return DimensionChange(
        dimension, before, now, by, len(pairs), 0 < abs(by) < rubric.counting.chance_below
    )
