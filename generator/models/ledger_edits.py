"""Changes to the ledger of addresses, each a new list of entries, and the ledger as text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence

from .permalinks import Codes, Key, Ledger, Permalink, Removed

_HEAD = """\
# Every address that was ever published, and the short code of every record. Nothing in it is ever deleted.
# `kb permalinks` shows it and writes it: `record` enters new records, `rename` and `remove` keep the old
# addresses alive. A new record needs no entry in a pull request; `kb check` says when one is needed.
"""


def with_records(ledger: Ledger, paths: Mapping[Key, str]) -> list[Permalink]:
    """Entries with those of new records added; `paths` maps every record to its address."""
    codes = Codes.of(ledger, paths)
    new = [
        Permalink(kind=key[0], id=key[1], code=codes[key], addresses=(path,))
        for key, path in paths.items()
        if key not in ledger.by_key
    ]
    return [*ledger.entries, *new]


def with_renamed(ledger: Ledger, old: Key, new: Key, path: str) -> list[Permalink]:
    """Entries in which the record `old` is now `new` and stands at `path`; its code stays."""
    entry = ledger.by_key[old]
    others = [address for address in entry.addresses if address != path]
    # A new record that was entered before anybody said what it is has had its address and no code on slides.
    known = ledger.by_key.get(new)
    if known is not None:
        others += [a for a in known.addresses if a != path and a not in others]
    moved = entry.model_copy(update={"id": new[1], "addresses": (path, *others), "removed": None})
    return [moved if e is entry else e for e in ledger.entries if e is not known]


def with_removed(ledger: Ledger, key: Key, removed: Removed) -> list[Permalink]:
    """Entries in which a record is gone for good."""
    entry = ledger.by_key[key]
    gone = entry.model_copy(update={"removed": removed})
    return [gone if e is entry else e for e in ledger.entries]


def removal(title: str, on: dt.date, why: str, see: Sequence[str]) -> Removed:
    """What a removed record's readers are told. Raises pydantic's ValidationError for empty or long words."""
    return Removed(title=title, on=on, why=why, see=tuple(see))


def written(entries: Iterable[Permalink]) -> str:
    """The ledger as text: one entry a line, by kind and id, so that changes to it are easy to read."""
    lines = [line(entry) for entry in sorted(entries, key=lambda e: e.key)]
    return _HEAD + "\n".join(lines) + "\n"


def line(entry: Permalink) -> str:
    """An entry as the ledger has it."""
    addresses = ", ".join(entry.addresses)
    removed = f", removed: {_removed(entry.removed)}" if entry.removed else ""
    return (
        f"- {{code: {entry.code}, kind: {entry.kind}, id: {_quoted(entry.id)}, "
        f"addresses: [{addresses}]{removed}}}"
    )


def _removed(removed: Removed) -> str:
    see = f", see: [{', '.join(_quoted(name) for name in removed.see)}]" if removed.see else ""
    return (
        f"{{title: {_quoted(removed.title)}, on: {removed.on.isoformat()}, "
        f"why: {_quoted(removed.why)}{see}}}"
    )


def _quoted(text: str) -> str:
    """JSON's strings are YAML's; quotes also keep `NO` and numbers what they are."""
    return json.dumps(text, ensure_ascii=False)
