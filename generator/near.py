"""Near names, for "did you mean"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def near(written: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return up to `most` known names that look like the written one, nearest first."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    found = difflib.get_close_matches(written.casefold(), list(by_folded), n=most, cutoff=0.6)
    return [by_folded[name] for name in found]


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Return ``Did you mean `a` or `b`?``, or nothing where no known name is near."""
    names = [f"`{name}`" for name in near(written, known)]
    if not names:
        return ""
    return (
        f"Did you mean {' or '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}?"
    )
