"""
Rules about published addresses: none may stop working, and none may come to mean something else.

The ledger (content/permalinks.yaml) says what was published; each finding says what to write into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..diagnostics import Diagnostic
from ..models.entry import Entry
from ..models.kind import Kind
from ..models.loading import Loaded
from ..models.permalinks import LEDGER, Key, Ledger, Permalink, has_address
from ..near import near
from ..resolver import Resolver, Unresolved


@dataclass(frozen=True)
class Addresses:
    """What the ledger promises, beside what the library holds."""

    ledger: Ledger
    loaded: Loaded
    kinds: Sequence[Kind]

    @cached_property
    def by_name(self) -> dict[str, Kind]:
        return {kind.name: kind for kind in self.kinds if has_address(kind)}

    @cached_property
    def roots(self) -> set[str]:
        """What a record's address begins with: nothing else may be written over."""
        return {kind.address for kind in self.by_name.values()}

    @cached_property
    def records(self) -> dict[Key, Entry]:
        """Every good record that has a page of its own."""
        return {
            (entry.kind.name, entry.id): entry
            for entry in self.loaded.entries
            if has_address(entry.kind)
        }

    @cached_property
    def unknown(self) -> set[Key]:
        """Keys that may be those of broken records, whose findings are reported elsewhere."""
        stems = {(e.kind.name, e.stem) for e in self.loaded.entries if not e.kind.is_list}
        return stems | self.loaded.broken

    @cached_property
    def unreadable(self) -> set[str]:
        """Kinds whose one file has findings: which of its records are gone can't be told then."""
        paths = {finding.path for finding in self.loaded.findings}
        return {kind.name for kind in self.kinds if kind.is_list and kind.source in paths}

    def is_there(self, key: Key) -> bool:
        return key in self.records or key in self.unknown or key[0] in self.unreadable

    def renamed_to(self, entry: Permalink) -> str:
        """The id that a lost record probably has now: a new one of its kind that is like it, or the only one."""
        new = [
            record_id
            for kind, record_id in self.records
            if kind == entry.kind and (kind, record_id) not in self.ledger.by_key
        ]
        return next(iter(near(entry.id, new, most=1) or (new if len(new) == 1 else [])), "")


def check(ledger: Ledger, loaded: Loaded, kinds: Sequence[Kind]) -> Iterator[Diagnostic]:
    """Yield a finding for everything that would break a published address or a short code."""
    yield from ledger.findings
    if ledger.broken or not ledger.entries:
        return
    addresses = Addresses(ledger, loaded, kinds)
    clashes = list(_clashes(addresses))
    yield from clashes
    if clashes:
        return  # whose an address is can't be told, and one cause gives one message
    for number, entry in enumerate(ledger.entries):
        yield from _entry(number, entry, addresses)
    yield from _taken(addresses)
    yield from _see(addresses)


def _clashes(addresses: Addresses) -> Iterator[Diagnostic]:
    """No two entries share a record, a code or an address."""
    seen: dict[tuple[str, object], int] = {}
    for number, entry in enumerate(addresses.ledger.entries):
        claims = [
            (
                "id",
                entry.key,
                "recorded-twice",
                f"the {entry.kind} `{entry.id}` has an entry already",
            ),
            (
                "code",
                entry.code,
                "code-reused",
                f"the short code `{entry.code}` is another record's",
            ),
            *(
                ("addresses", a, "address-taken", f"the address `{a}` is another record's")
                for a in dict.fromkeys(entry.addresses)
            ),
        ]
        for field, claim, code, message in claims:
            first = seen.setdefault((field, claim), number)
            if first != number:
                place = addresses.ledger.finding(first, field, "", "", "").place
                yield addresses.ledger.finding(
                    number, field, code, f"{message} ({place})", _CLASH_HINTS[field]
                )


_CLASH_HINTS = {
    "id": "Keep one entry, with the addresses of both.",
    "code": "Put back the code this entry had. A new record needs no entry: "
    "`kb permalinks record` makes it, with a code of its own.",
    "addresses": "An address belongs to the record that had it first. Take it out here.",
}


def _entry(number: int, entry: Permalink, addresses: Addresses) -> Iterator[Diagnostic]:
    """What an entry says of its record is so."""
    ledger, kind = addresses.ledger, addresses.by_name.get(entry.kind)
    if kind is None:
        yield ledger.finding(
            number,
            "kind",
            "unknown-choice",
            f"`kind` may not be `{entry.kind}`",
            f"One of: {', '.join(addresses.by_name)}.",
        )
        return
    foreign = [a for a in entry.addresses if a.split("/")[0] not in addresses.roots]
    if foreign:
        yield ledger.finding(
            number,
            "addresses",
            "not-an-address",
            f"`{foreign[0]}` is not where records stand",
            f"Addresses of records begin with {', '.join(f'`{root}/`' for root in sorted(addresses.roots))}.",
        )
    elif entry.removed is not None:
        if entry.key in addresses.records:
            yield ledger.finding(
                number,
                "removed",
                "removed-but-there",
                f"the {kind.label.lower()} `{entry.id}` is recorded as removed, and is there",
                "Take out `removed`, or delete the record.",
            )
    elif not addresses.is_there(entry.key):
        yield ledger.finding(
            number,
            "id",
            "address-lost",
            f"there is no {kind.label.lower()} `{entry.id}` any more, so the published address "
            f"`{entry.addresses[0]}` would stop working",
            _lost_hint(entry, kind, addresses),
        )
    elif entry.addresses[0] != kind.path_of(entry.id):
        now = kind.path_of(entry.id)
        others = [address for address in entry.addresses if address != now]
        yield ledger.finding(
            number,
            "addresses",
            "address-changed",
            f"the {kind.label.lower()} `{entry.id}` now stands at `{now}`, not at `{entry.addresses[0]}`",
            f"Write `addresses: [{', '.join([now, *others])}]`: the present one first, no old one left out.",
        )


def _lost_hint(entry: Permalink, kind: Kind, addresses: Addresses) -> str:
    old, new = f"{kind.address}/{entry.id}", addresses.renamed_to(entry)
    shown = new or "NEW-ID"
    paths = ", ".join([kind.path_of(shown) if new else f"{kind.address}/NEW-ID/", *entry.addresses])
    first = f"Was it renamed to `{new}`? Then" if new else "If it was renamed,"
    return (
        f"{first} write in this entry `id: {shown}` and `addresses: [{paths}]`"
        f" (or run `kb permalinks rename {old} {kind.address}/{shown}`)."
        f" If it is gone for good, add to this entry `removed: {{title: ITS TITLE, on: DATE, why: ONE SENTENCE,"
        f" see: [RECORDS TO READ INSTEAD]}}` (or run `kb permalinks remove {old}`)."
    )


def _taken(addresses: Addresses) -> Iterator[Diagnostic]:
    """No record stands where the ledger sends readers of another one on."""
    owners = {a: entry for entry in addresses.ledger.entries for a in entry.addresses}
    for key, entry in addresses.records.items():
        path = entry.kind.path_of(entry.id)
        owner = owners.get(path)
        if owner is not None and owner.key != key and owner.kind in addresses.by_name:
            yield entry.finding(
                ("id",),
                "address-taken",
                f"the address `{path}` was published as that of the {owner.kind} `{owner.id}` ({LEDGER})",
                "Choose another id: links to the old address must keep leading where they led.",
            )


def _see(addresses: Addresses) -> Iterator[Diagnostic]:
    """What a removed record's readers are sent to is there."""
    entries = [(n, e) for n, e in enumerate(addresses.ledger.entries) if e.removed is not None]
    if not entries:
        return
    resolver = Resolver((entry.kind, entry.extract) for entry in addresses.loaded.entries)
    broken = {record_id for _, record_id in addresses.unknown}
    assert addresses.ledger.document is not None
    for number, entry in entries:
        for place, name in enumerate(entry.removed.see if entry.removed else ()):
            found = resolver.resolve(name)
            if isinstance(found, Unresolved) and name.rpartition("/")[2] not in broken:
                yield addresses.ledger.document.finding(
                    (number, "removed", "see", place), found.code, found.message, found.hint
                )
