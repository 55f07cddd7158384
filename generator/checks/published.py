"""
Rule about the ledger's own lines: what was published before is still promised.

The ledger says what was published, but not that one of its lines was deleted. That shows only beside the
version from which the work set out, which Git has.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..models.ledger_edits import line
from ..models.permalinks import LEDGER, Ledger, Permalink

CODE = "promise-deleted"


def check(before: Ledger, now: Ledger) -> Iterator[Diagnostic]:
    """Yield a finding for each entry and each address that `before` has and `now` has not."""
    if now.broken:
        return  # what is missing may be in an entry that can't be read, which is a finding already
    numbers = {entry.code: number for number, entry in enumerate(now.entries)}
    promised = {entry.code for entry in before.entries}
    kept = {a for entry in now.entries if entry.code in promised for a in entry.addresses}
    for entry in before.entries:
        number = numbers.get(entry.code)
        if number is None:
            # `kb permalinks rename` joins two entries where the new name had been entered as a new record.
            if not kept.issuperset(entry.addresses):
                yield _gone(entry, now)
            continue
        lost = [a for a in entry.addresses if a not in now.entries[number].addresses]
        if lost:
            yield now.finding(
                number,
                "addresses",
                CODE,
                f"the published address {' and '.join(f'`{a}`' for a in lost)} was taken out of this entry",
                f"Put it back at the end: `addresses: [{', '.join([*now.entries[number].addresses, *lost])}]`.",
            )


def _gone(entry: Permalink, now: Ledger) -> Diagnostic:
    message = (
        f"the entry of the {entry.kind} `{entry.id}` was taken out or has another code, so that its "
        f"short link `/s/{entry.code}/` would stop working"
    )
    hint = f"Put it back: `{line(entry)}`. Of a record that is gone, `kb permalinks remove` says so in its entry."
    if now.document is None:
        return Diagnostic(LEDGER, 1, 1, CODE, message, hint)
    return now.document.finding((), CODE, message, hint)
