"""
Anchors that stay: a link to a part of a page must lead there after the record was edited.

Headings of templates have fixed ids, sources have their own (``s1``). Outcome rows and written headings get
theirs from what they say, never from their place, so that reordering changes none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from ..models.case_study import Outcome
from ..models.permalinks import spelled

_LONGEST = 60


def outcome_anchors(outcomes: Sequence[Outcome]) -> list[str]:
    """
    One anchor for each outcome, such as ``outcome-graduated-k7wm``.

    It follows from what was measured, when, how and against whom. Value, n, significance, notes and source
    may be corrected without changing it. Outcomes that differ in nothing else are numbered by their value.
    """
    bases = [f"outcome-{o.metric}-{spelled(_identity(o), 4)}" for o in outcomes]
    if len(set(bases)) == len(bases):
        return bases
    order = sorted(
        range(len(outcomes)), key=lambda n: (outcomes[n].value, outcomes[n].as_printed, n)
    )
    numbered = dict(zip(order, _numbered(bases[n] for n in order), strict=True))
    return [numbered[n] for n in range(len(outcomes))]


def _identity(outcome: Outcome) -> str:
    parts = (
        outcome.metric,
        outcome.name or "",
        outcome.when,
        outcome.comparison_label or "",
        outcome.unit,
        outcome.per or "",
        outcome.design,
    )
    # No field has blanks around it, so all can be folded at once.
    return " ".join("\0".join(parts).casefold().split())


def heading_anchors(prefix: str, headings: Iterable[str]) -> list[str]:
    """One anchor for each heading, from its words: ``question-who-may-apply``."""
    return _numbered(f"{prefix}-{_slug(heading)}" for heading in headings)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[:_LONGEST].rpartition("-")[0] or slug[:_LONGEST]
    return slug or spelled(text)


def _numbered(anchors: Iterable[str]) -> list[str]:
    """The anchors, each once: the second of two equal ones ends in ``-2``."""
    seen: Counter[str] = Counter()
    unique = []
    for anchor in anchors:
        seen[anchor] += 1
        unique.append(anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
    return unique
