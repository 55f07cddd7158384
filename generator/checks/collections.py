"""Rules about collections that their model can't state."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..models.collection import Collection
from ..models.entry import Entry
from .rules import RecordRule, Rule


def _entries(entry: Entry) -> Iterator[Diagnostic]:
    """Every entry names one record, and no record is shown twice."""
    if not isinstance(entry.record, Collection):
        return
    seen: set[tuple[str, str]] = set()
    for number, shown in enumerate(entry.record.entries):
        named = shown.named
        if len(named) != 1:
            yield entry.finding(
                ("entries", number),
                "entry-names-one-record",
                "the entry names no record" if not named else "the entry names several records",
                "Write one of `case_study: ID`, `practice: ID` and `policy: ID`; "
                "give each record an entry of its own.",
            )
        elif named[0] in seen:
            kind, record_id = named[0]
            yield entry.finding(
                ("entries", number, kind.replace("-", "_")),
                "listed-twice",
                f"`{record_id}` is in the collection already",
                "Take it out.",
            )
        else:
            seen.add(named[0])


RULES: tuple[Rule, ...] = (RecordRule("collections", _entries),)
