"""Figures of outcomes in words: values, differences and whether they may be chance."""

from __future__ import annotations

from ..models.case_study import Outcome, Unit
from ..models.vocabulary import Metric

# By themselves: to look a member up in its class takes longer than all else that a figure asks of it.
PERCENT, _POINTS, _USD, _COUNT = Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.USD, Unit.COUNT


def figure(value: float, outcome: Outcome, *, signed: bool = False) -> str:
    """A value of the outcome in its unit: ``40.1%``, ``$18,701 a year``; signed for differences."""
    per = f" a {outcome.per}" if outcome.per else ""
    number = with_sign(value) if signed else plain(value)
    unit = outcome.unit
    if unit is PERCENT:
        return f"{number}%{per}"
    if unit is _POINTS:
        return f"{number} points{per}"
    if unit is _USD:
        sign = number[0] if number[0] in "+\N{MINUS SIGN}" else ""
        return f"{sign}{dollars(abs(value))}{per}"
    if unit is _COUNT:
        return f"{number}{per}"
    return f"{number} {unit.label}{per}"


def is_itself_a_difference(outcome: Outcome, metric: Metric) -> bool:
    """Whether the value of an outcome is the difference between two groups, since only that was reported or is measured."""
    return outcome.unit is _POINTS or metric.difference


def plain(value: float) -> str:
    """A number with at most two decimals and a real minus sign."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text.replace("-", "\N{MINUS SIGN}")


def with_sign(value: float) -> str:
    """A number with a plus or minus sign, for differences."""
    return f"+{plain(value)}" if value > 0 else plain(value)


def dollars(value: float) -> str:
    """US dollars, cents only where there are any: ``$13,838``, ``$15.50``."""
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def difference(outcome: Outcome) -> str:
    """Program less comparison with its sign; empty where there is nothing to compare."""
    if outcome.comparison is None:
        return ""
    gap = round(outcome.value - outcome.comparison, 2)
    if outcome.unit is PERCENT:
        return f"{with_sign(gap)} points"
    return figure(gap, outcome, signed=True)


def significance(outcome: Outcome) -> str:
    """Whether the difference may be chance, as the source has it."""
    words = {
        True: "Statistically significant",
        False: "Not statistically significant: it may be chance",
        None: ""
        if outcome.comparison is None
        else "The source does not say whether it may be chance",
    }[outcome.significant]
    if outcome.p_value is None:
        return words
    return f"{words} (p = {outcome.p_value:g})" if words else f"p = {outcome.p_value:g}"


def gap(outcome: Outcome, *, is_difference: bool) -> float | None:
    """
    The difference between program and comparison as a number; None where there is none.

    In the outcome's unit, but for two shares: those differ by percentage points. `is_difference` says
    that the value is itself a difference.
    """
    if is_difference:
        return outcome.value
    if outcome.comparison is None:
        return None
    return round(outcome.value - outcome.comparison, 2)
