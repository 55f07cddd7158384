"""A report on some answers, as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..library import Library
from ..models.fields import Record
from ..models.policy import Policy, PolicyStatus
from ..models.rubric import Rubric
from .recommend import Match, Place, cases_for
from .scoring import (
    CriterionResult,
    DimensionResult,
    Result,
    Sheet,
    State,
    compare,
    score,
)
from .sheets import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made from."""

    rubric: Rubric
    library: Library
    sheets: Sequence[Sheet]
    earlier: Sequence[Sheet]
    """Those of an earlier year, if any."""
    problems: Sequence[Problem]
    site_url: str = ""
    """Where the library is published, with a slash at the end; empty: titles are not links."""

    def markdown(self) -> str:
        """Return the whole report."""
        result = score(self.rubric, self.sheets)
        parts = [
            self._head(),
            self._parts(result),
            self._listed("Strengths", result.strengths),
            self._weak(result),
            self._unknown(result),
            self._raters(result) if len(self.sheets) > 1 else (),
            self._moved() if self.earlier else (),
            self._left_out(),
            ("## How to read this", "", *_bullets(self.rubric.guide.limits), ""),
        ]
        return "\n".join(line for part in parts for line in part).rstrip() + "\n"

    def _head(self) -> Iterator[str]:
        titles = {role.id: role.title for role in self.rubric.roles}
        by_role = Counter(titles.get(s.role, "Role not given") for s in self.sheets)
        yield f"# {self.rubric.title}"
        yield ""
        yield from _known("Place", (s.place for s in self.sheets))
        yield from _known("Date", (s.date for s in self.sheets))
        for field, kind in (("population", "population"), ("state", "state")):
            ids = [getattr(s, field) for s in self.sheets]
            yield from _known(field.title(), (self._title(kind, i) for i in ids if i))
        yield from _known("Kind of place", (s.setting for s in self.sheets))
        who = ", ".join(f"{_md(role)} ({n})" for role, n in by_role.items())
        yield f"- Raters: {len(self.sheets)}: {who}"
        yield f"- Rubric: version {self.rubric.version}"
        yield ""

    def _parts(self, result: Result) -> Iterator[str]:
        yield "## Result by part"
        yield ""
        yield "| Part | Score, 1 to 4 | Level | Questions rated | Answers not sure | Lowest question |"
        yield "|---|---|---|---|---|---|"
        for part in result.dimensions:
            names = "; ".join(self._question(i) for i in part.at_lowest)
            if part.rated > 1 and len(part.at_lowest) == part.rated:
                names = "All rated"
            low = f"{names}: level {part.lowest}" if part.lowest else ""
            yield (
                f"| {part.dimension.title} | {_score(part)} | {part.band} | "
                f"{part.rated} of {len(part.dimension.criteria)} | "
                f"{part.not_sure} of {part.answers} | {low} |"
            )
        yield ""
        weak = [p.dimension.title for p in result.dimensions if p.lowest == 1]
        if weak:
            yield f"A question is at level 1 in: {'; '.join(weak)}. The average does not show it."
            yield ""

    def _listed(self, title: str, results: Sequence[CriterionResult]) -> Iterator[str]:
        yield f"## {title}"
        yield ""
        if not results:
            yield "None at level 3 or 4 yet."
        for found in results:
            claimed = " (claimed: no evidence named)" if found.claimed else ""
            yield f"- {found.criterion.title}: level {found.level}{claimed}"
        yield ""

    def _weak(self, result: Result) -> Iterator[str]:
        yield "## Weak spots, and what helps"
        yield ""
        if not result.weaknesses:
            yield "None at level 1 or 2."
            yield ""
        place = Place(
            *(
                _common(getattr(s, name) for s in self.sheets)
                for name in ("population", "setting", "state")
            )
        )
        for found in result.weaknesses:
            criterion = found.criterion
            yield f"### {criterion.title}: level {found.level}"
            yield ""
            yield criterion.question
            yield ""
            yield f"What the next level looks like: {criterion.levels[found.level or 0]}"
            yield ""
            yield f"- Practices: {'; '.join(self._link('practice', i) for i in criterion.practices)}"
            if criterion.policies:
                policies = "; ".join(self._policy(i) for i in criterion.policies)
                yield f"- Policy notes: {policies}"
            yield "- Case studies, those like your place first, in both the strongest evidence first:"
            for match in cases_for(self.library, criterion, place):
                yield f"    - {self._case(match)}"
            yield ""

    def _unknown(self, result: Result) -> Iterator[str]:
        if not result.unknown:
            return
        yield "## Find out first"
        yield ""
        yield "Too many answers to these are not sure. That is not level 1."
        yield ""
        for found in result.unknown:
            answers = found.not_sure + len(found.levels)
            yield f"- {found.criterion.title}: {found.not_sure} of {answers} not sure"
        yield ""

    def _raters(self, result: Result) -> Iterator[str]:
        yield "## Where raters agree and differ"
        yield ""
        yield from self._panel(result)
        groups = self.rubric.role_groups
        named = " | ".join(f"{g.title}, median" for g in groups)
        yield f"| Question | Median | Lowest to highest | Gave the commonest level | Not sure | {named} | Talk it through |"
        yield "|---|---|---|---|---|" + "---|" * (len(groups) + 1)
        for found in result.criteria:
            span = f"{found.levels[0]} to {found.levels[-1]}" if found.levels else ""
            agreed = f"{found.agreement}%" if found.agreement is not None else ""
            medians = " | ".join(_number(found.by_group.get(g.id)) for g in groups)
            yield (
                f"| {found.criterion.title} | {_number(found.median)} | {span} | {agreed} | "
                f"{found.not_sure} | {medians} | {self._why(found)} |"
            )
        yield ""

    def _panel(self, result: Result) -> Iterator[str]:
        panel, wanted = result.panel, self.rubric.counting.panel
        titles = {role.id: role.title.lower() for role in self.rubric.roles}
        if panel.enough:
            yield "Enough people of enough kinds rated."
        else:
            yield (
                f"{panel.people} people of {panel.roles} kinds rated. The rubric asks for at least "
                f"{wanted.people} people of {wanted.roles} kinds, among them "
                f"{' and '.join(titles[r] for r in wanted.must_include)}; "
                f"{titles[wanted.minority]} should be a minority."
            )
        yield ""

    def _why(self, found: CriterionResult) -> str:
        first, second = self.rubric.role_groups[:2]
        reasons = [f"{found.spread} levels apart"] if found.raters_differ else []
        if found.groups_differ:
            reasons.append(f"{first.title.lower()} and {second.title.lower()} differ")
        return "; ".join(reasons)

    def _moved(self) -> Iterator[str]:
        parts, changes = compare(self.rubric, self.earlier, self.sheets)
        yield "## What moved"
        yield ""
        yield "Only questions with a level both times, and with the same wording, are compared."
        yield ""
        yield "| Part | Earlier | Now | Change | Questions compared |"
        yield "|---|---|---|---|---|"
        for part in parts:
            chance = " (may be chance)" if part.maybe_chance else ""
            yield (
                f"| {part.dimension.title} | {_number(part.before)} | {_number(part.now)} | "
                f"{_signed(part.by)}{chance} | {part.compared} |"
            )
        yield ""
        for heading, wanted in (("Up", 1), ("Down", -1), ("Same", 0)):
            names = [
                f"{c.criterion.title} ({c.before} to {c.now})"
                for c in changes
                if c.by is not None and (c.by > 0) - (c.by < 0) == wanted
            ]
            if names:
                yield f"- {heading}: {'; '.join(names)}"
        apart = [c.criterion.title for c in changes if c.by is None]
        if apart:
            yield f"- Not compared: {'; '.join(apart)}"
        yield ""

    def _left_out(self) -> Iterator[str]:
        if self.problems:
            yield "## What was not used"
            yield ""
            yield from _bullets(_md(str(problem)) for problem in self.problems)
            yield ""

    # --- names ---------------------------------------------------------------------------------

    def _question(self, criterion_id: str) -> str:
        return next(c.title for c in self.rubric.criteria if c.id == criterion_id)

    def _title(self, kind: str, record_id: str) -> str:
        return self.library.find(kind, record_id, Record).title

    def _link(self, kind: str, record_id: str) -> str:
        title = self._title(kind, record_id)
        if not self.site_url:
            return title
        return f"[{title}]({self.site_url}{self.library.kinds[kind].path_of(record_id)})"

    def _policy(self, policy_id: str) -> str:
        policy = self.library.find("policy", policy_id, Policy)
        note = "" if policy.status is PolicyStatus.ACTIVE else f" ({policy.status.label.lower()})"
        return self._link("policy", policy_id) + note

    def _case(self, match: Match) -> str:
        case = match.case_study
        level = self.library.level(case.evidence.level).title
        shared = f"; same {' and '.join(_SHARED[s] for s in match.shared)}" if match.shared else ""
        return (
            f"{self._link('case-study', case.id)}. {level}; result: "
            f"{case.evidence.direction.label.lower()}{shared}"
        )


_SHARED = {"population": "group of people", "setting": "kind of place", "state": "state"}


def _score(part: DimensionResult) -> str:
    return {
        State.SCORED: _number(part.score),
        State.NOT_SURE: "not enough known",
        State.DOES_NOT_APPLY: "does not apply",
        State.UNANSWERED: "not rated",
    }[part.state]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _signed(value: float | None) -> str:
    if value is None:
        return "not compared"
    return f"{value:+g}" if value else "same"


def _known(label: str, texts: Iterable[str]) -> Iterator[str]:
    named = list(dict.fromkeys(_md(text) for text in texts if text))
    if named:
        yield f"- {label}: {'; '.join(named)}"


def _common(texts: Iterable[str]) -> str:
    """What all who say something say; empty where they do not agree."""
    said = {text for text in texts if text}
    return said.pop() if len(said) == 1 else ""


def _bullets(texts: Iterable[str]) -> Iterator[str]:
    return (f"- {text}" for text in texts)


def _md(text: str) -> str:
    """Foreign text that Markdown must not take for its own signs, or for HTML."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(text.split()))
