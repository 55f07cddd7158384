"""Near names, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable

_LEAST = 60
"""Per cent of two names that must be alike."""


def near(written: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return up to `most` known names that look like the written one, nearest first."""
    from rapidfuzz import fuzz, process  # here, because most often nothing is wrong

    by_folded = {name.casefold(): name for name in sorted(known)}
    found = process.extract(
        written.casefold(), list(by_folded), scorer=fuzz.ratio, limit=most, score_cutoff=_LEAST
    )
    return [by_folded[name] for name, _, _ in found]


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return ``Did you mean `a` or `b`?``, or nothing where no known name is near."""
    names = [f"`{name}`" for name in near(written, known)]
    if not names:
        return ""
    return (
        f"Did you mean {' or '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}?"
    )
