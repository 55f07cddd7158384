"""
Effects by metric: differences between two groups, drawn on one scale for each metric and unit.

Only designs that compare two groups count (34 CFR 77.1(c) admits no others above "rationale"). Rows stand by
design and size of the study, never by size of the effect: it is no league table.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from ..library import Library
from ..models.case_study import CaseStudy, Design, Unit
from .anchors import outcome_anchors
from .chart_frame import WIDTH, Frame, Scale, shortened
from .figures import plain, significance, with_sign
from .outcome_table import OutcomeLine, OutcomeTable
from .page import record_path
from .plain_data import plain_data

_FRAME = Frame(right=300, row=38, foot=30)

MOST_ROWS = 16
"""Effects drawn in a panel; the rest is counted and left to the table."""

_DESIGNS = (Design.RCT, Design.QUASI_EXPERIMENT, Design.CORRELATIONAL)


@plain_data
class Effect:
    """One difference."""

    title: str
    """The case study and what was measured when, cut to the width of the panel."""
    label: str
    """The same in full, with the figure and how it was measured."""
    path: str
    text: str
    value: float
    design: str
    design_label: str
    n: str
    certain: bool
    """Whether the source calls the difference statistically significant."""
    significance: str
    case_title: str
    when: str
    x: float
    low: float | None
    high: float | None
    """The ends of the confidence interval on the drawing; None where the source gives none."""
    y: int


@plain_data
class EffectPanel:
    """The effects on one metric in one unit."""

    id: str
    title: str
    unit: str
    spread: str
    """How far they lie apart, in a sentence."""
    effects: tuple[Effect, ...]
    total: int
    metric: str
    ticks: tuple[tuple[float, str], ...]
    zero: float
    height: int
    width: int = WIDTH


class _Found(NamedTuple):
    """A difference before it is drawn. They are drawn in their order: by design, the larger studies first."""

    design: int
    """Its place among `_DESIGNS`."""
    fewer: int
    """How many people the figure rests on, less than nothing."""
    case: str
    """The id of the case study."""
    place: int
    """Where the outcome stands among those of the case study."""
    value: float


def effect_panels(library: Library, table: OutcomeTable) -> tuple[EffectPanel, ...]:
    """Make a panel for each metric and unit, those with most effects first."""
    groups: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for at, lines in groupby(table.lines, lambda line: line.case):
        for place, line in enumerate(lines):
            unit, value = _unit(library, line), line.raw_difference
            if unit and value is not None:
                design = _DESIGNS.index(line.design)
                found = _Found(design, -(line.n or 0), table.cases[at].id, place, value)
                groups[line.metric, unit].append(found)
    order = sorted(groups, key=lambda key: (-len(groups[key]), key))
    return tuple(_panel(library, metric, unit, groups[metric, unit]) for metric, unit in order)


def _unit(library: Library, line: OutcomeLine) -> str:
    """The unit of the difference, as the axis says it; empty where it can't be drawn beside others."""
    if line.design not in _DESIGNS or line.metric == "other":
        return ""
    if line.unit == Unit.PERCENTAGE_POINTS.label:
        return "percentage points"
    difference = library.metric(line.metric).difference
    if line.unit == Unit.PERCENT.label:
        return "percent" if difference else "percentage points"
    if line.unit == Unit.USD.label and line.per:
        return f"US dollars a {line.per}"
    # A sum without a time is for whatever time its study chose: two such sums share no scale.
    return "" if line.unit != Unit.USD.label or difference else "US dollars"


def _panel(library: Library, metric: str, unit: str, found: list[_Found]) -> EffectPanel:
    cases = {f: library.find("case-study", f.case, CaseStudy) for f in sorted(found)[:MOST_ROWS]}
    ends = [
        end
        for f, case in cases.items()
        for end in (f.value, *(case.outcomes[f.place].confidence_interval or ()))
    ]
    ticks = nice_ticks(min(0.0, *ends), max(0.0, *ends))
    scale = _FRAME.scale(ticks[0], ticks[-1])
    title = library.metric(metric).title
    return EffectPanel(
        id=f"effects-{metric}-{unit.replace(' ', '-').lower()}",
        title=title if library.metric(metric).difference else f"{title}: difference",
        unit=unit,
        spread=_spread([f.value for f in found], unit),
        effects=tuple(
            _effect(library, case, f, unit, scale, at) for at, (f, case) in enumerate(cases.items())
        ),
        total=len(found),
        metric=metric,
        ticks=tuple((scale(tick), _amount(tick, unit, sign=False)) for tick in ticks),
        zero=scale(0.0),
        height=_FRAME.height(len(cases)),
    )


def _effect(
    library: Library, case: CaseStudy, found: _Found, unit: str, scale: Scale, at: int
) -> Effect:
    outcome = case.outcomes[found.place]
    text = _amount(found.value, unit, sign=True)
    interval = outcome.confidence_interval
    what = ", ".join(part for part in (outcome.name, outcome.when) if part)
    anchor = outcome_anchors(case.outcomes)[found.place]
    n = f"{outcome.n:,}" if outcome.n else ""
    words = significance(outcome) or "The source does not say whether it may be chance"
    about = [outcome.design.label, f"n = {n}" if n else "number of people not given", words]
    if interval:
        about.append(f"confidence interval {plain(interval[0])} to {plain(interval[1])}")
    return Effect(
        title=shortened(f"{_program(case)}, {what}", 64),
        label=f"{case.title}. {what}: {text} ({unit}). {'; '.join(about)}.",
        path=f"{record_path(library, 'case-study', case.id)}#{anchor}",
        text=text,
        value=found.value,
        design=outcome.design.value,
        design_label=outcome.design.label,
        n=n,
        certain=bool(outcome.significant),
        significance=words,
        case_title=case.title,
        when=what,
        x=scale(found.value),
        low=scale(interval[0]) if interval else None,
        high=scale(interval[1]) if interval else None,
        y=_FRAME.y(at),
    )


def _spread(values: Sequence[float], unit: str) -> str:
    if len(values) == 1:
        return "One effect: nothing to compare it with."
    low, middle, high = (
        _amount(value, unit, sign=True) for value in (min(values), median(values), max(values))
    )
    return f"{len(values):,} effects, from {low} to {high}; half of them lie below {middle}."


def _amount(value: float, unit: str, *, sign: bool) -> str:
    number = round(value, 1) if abs(value) < 1000 else round(value)
    if not unit.startswith("US dollars"):
        text = with_sign(number) if sign else plain(number)
        return f"{text}%" if unit == "percent" else text
    text = with_sign(number) if sign else plain(number)
    start = text[0] if text[0] in "+\N{MINUS SIGN}" else ""
    return f"{start}${text[len(start) :]}"


def _program(case: CaseStudy) -> str:
    """The program's name: what stands before the colon of a title that says more after it."""
    return shortened(case.title.partition(": ")[0], 36)


def nice_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers that span `low` to `high`, about as many as asked for, at least two."""
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]
