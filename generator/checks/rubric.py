"""Rules about the rubric: its ids, its levels' bands, and the roles of raters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import Diagnostic
from ..models.entry import Entry
from ..models.rubric import Rubric, as_version
from ..models.walk import Location
from ..near import did_you_mean
from .rules import RecordRule, Rule


def _ids(entry: Entry) -> Iterator[Diagnostic]:
    """No two dimensions, questions, roles or tools share an id: people's files name them by it."""
    rubric = entry.record
    if not isinstance(rubric, Rubric):
        return
    questions = [
        (("dimensions", d, "criteria", c, "id"), criterion.id)
        for d, dimension in enumerate(rubric.dimensions)
        for c, criterion in enumerate(dimension.criteria)
    ]
    for named in (
        questions,
        [(("dimensions", n, "id"), d.id) for n, d in enumerate(rubric.dimensions)],
        [(("roles", n, "id"), role.id) for n, role in enumerate(rubric.roles)],
        [(("role_groups", n, "id"), group.id) for n, group in enumerate(rubric.role_groups)],
        [(("tools", n, "id"), tool.id) for n, tool in enumerate(rubric.tools)],
    ):
        seen: set[str] = set()
        for location, name in named:
            if name in seen:
                yield entry.finding(
                    location,
                    "duplicate-id",
                    f"the id `{name}` is taken already",
                    "Give each an id of its own.",
                )
            seen.add(name)


def _references(entry: Entry) -> Iterator[Diagnostic]:
    """What the rubric names of its own parts is there."""
    rubric = entry.record
    if not isinstance(rubric, Rubric):
        return
    roles, groups = [r.id for r in rubric.roles], [g.id for g in rubric.role_groups]
    tools = [tool.id for tool in rubric.tools]
    named: list[tuple[Location, str, str, list[str]]] = [
        (("roles", n, "group"), role.group, "role group", groups)
        for n, role in enumerate(rubric.roles)
    ]
    panel = rubric.counting.panel
    named += [
        (("counting", "panel", "must_include", n), role, "role", roles)
        for n, role in enumerate(panel.must_include)
    ]
    named.append((("counting", "panel", "minority"), panel.minority, "role", roles))
    named += [
        (("dimensions", d, "criteria", c, "draws_on", n), tool, "tool", tools)
        for d, dimension in enumerate(rubric.dimensions)
        for c, criterion in enumerate(dimension.criteria)
        for n, tool in enumerate(criterion.draws_on)
    ]
    for location, written, what, known in named:
        if written not in known:
            yield entry.finding(
                location,
                "unknown-id",
                f"the rubric has no {what} `{written}`",
                did_you_mean(written, known) or f"One of: {', '.join(known)}.",
            )


def _bands(entry: Entry) -> Iterator[Diagnostic]:
    """The levels' bands begin at 1 and rise, so that every average has one name."""
    rubric = entry.record
    if not isinstance(rubric, Rubric):
        return
    starts = [level.from_score for level in rubric.levels]
    if starts[0] != 1:
        yield _band(entry, 0, f"the first level begins at {starts[0]:g}; averages begin at 1")
    for number in _not_rising(starts):
        yield _band(entry, number, "the level begins no higher than the one before it")


def _not_rising(starts: Iterable[float]) -> Iterator[int]:
    last = 0.0
    for number, start in enumerate(starts):
        if start <= last:
            yield number
        last = start


def _band(entry: Entry, number: int, message: str) -> Diagnostic:
    return entry.finding(
        ("levels", number, "from_score"), "out-of-range", message, "Check the figure."
    )


def _versions(entry: Entry) -> Iterator[Diagnostic]:
    """No question is newer than the rubric."""
    rubric = entry.record
    if not isinstance(rubric, Rubric):
        return
    for d, dimension in enumerate(rubric.dimensions):
        for c, criterion in enumerate(dimension.criteria):
            if as_version(criterion.worded_in) > as_version(rubric.version):
                yield entry.finding(
                    ("dimensions", d, "criteria", c, "worded_in"),
                    "out-of-range",
                    f"worded in version {criterion.worded_in}, but the rubric is {rubric.version}",
                    "Raise `version` of the rubric.",
                )


RULES: tuple[Rule, ...] = (
    RecordRule("rubric-ids", _ids),
    RecordRule("rubric-references", _references),
    RecordRule("rubric-bands", _bands),
    RecordRule("rubric-versions", _versions),
)
