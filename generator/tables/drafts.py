"""Tables to drafts: the fields of each case study, and the cell behind each field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..models.fields import SCHEMA_VERSION
from ..near import did_you_mean
from .cells import Cell, Unusable, clean, several, value_of
from .layout import LINK, MAIN, Column, Group, Layout, Target, group_target, said
from .table import Table

Location = tuple[str | int, ...]
_GUESSES = 20
"""Beyond so many rows that belong to nothing, another column is meant, and guessing would take long."""
EXPLAINING = ("columns", "choices")
"""Sheets of our workbooks that hold no case studies."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Why a row could not be taken over, and how to mend it."""

    sheet: str
    row: int
    column: int
    header: str
    message: str
    hint: str

    @classmethod
    def at(cls, cell: Cell, message: str, hint: str = "") -> Fault:
        return cls(cell.sheet, cell.row, cell.column, cell.header, message, hint)


@dataclass(slots=True)
class Draft:
    """One case study as the tables have it."""

    sheet: str
    row: int
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Location, Cell] = field(default_factory=dict)
    """By the way to a field: the cell that its value is from."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.data.get("id", ""))


@dataclass(slots=True)
class Drafts:
    """What was read from all tables of a file."""

    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """Of rows that belong to no case study, and of whole sheets."""
    unread: list[str] = field(default_factory=list)
    """Sheets and columns that mean nothing here, told so that nobody thinks they were taken over."""
    columns: dict[tuple[str, ...], tuple[int, str]] = field(default_factory=dict)
    """By the way to a field of the main table: its column and header."""


def drafts_of(tables: Iterable[Table], layout: Layout) -> Drafts:
    """Return a draft for each row of the main table, with what the other tables add to it."""
    found = Drafts()
    main, others = _sorted(list(tables), layout, found)
    if main is not None:
        _read_main(main, layout, found)
    for table, group in others:
        _read_group(table, group, found)
    for draft in found.drafts:
        _complete(draft, layout)
    return found


def _sorted(
    tables: list[Table], layout: Layout, found: Drafts
) -> tuple[Table | None, list[tuple[Table, Group]]]:
    main: Table | None = None
    others = []
    for table in tables:
        found.faults += [Fault.at(cell, *cell.fault) for cell in table.problems if cell.fault]
        group = layout.group_of(table.name)
        if group is not None:
            others.append((table, group))
        elif said(table.name) == said(MAIN) or (len(tables) == 1 and table.headers):
            main = table
        elif said(table.name) not in EXPLAINING and table.headers:
            found.unread.append(f"the sheet {table.name!r}")
    if main is None:
        # A workbook whose sheet bears another name: the one whose headers we know best.
        known = {id(t): sum(1 for h in t.headers.values() if layout.main_target(h)) for t in tables}
        best = max(tables, key=lambda t: known[id(t)], default=None)
        taken = [table for table, _ in others]
        if best is not None and known[id(best)] >= 3 and best not in taken:
            main = best
            found.unread = [u for u in found.unread if u != f"the sheet {best.name!r}"]
    return main, others


def _read_main(table: Table, layout: Layout, found: Drafts) -> None:
    targets: dict[int, Target] = {}
    for number, header in table.headers.items():
        target = layout.main_target(header)
        if target is None:
            guess = did_you_mean(header, [c.label for c in layout.columns])
            found.unread.append(
                f"the column {header!r}. {guess}".rstrip(". ")
                if guess
                else f"the column {header!r}"
            )
            continue
        targets[number] = target
        if target.group is None and target.number is None:
            found.columns.setdefault(target.column.path, (number, header))
    for row in table.rows:
        cells = {n: cell for n, cell in row.items() if n in targets}
        if not cells:
            continue
        first = next(iter(cells.values()))
        draft = Draft(first.sheet, first.row)
        found.drafts.append(draft)
        # In the order of the numbers, so that entries of a list come one after the other.
        for n in sorted(cells, key=lambda n: (targets[n].number or 0, n)):
            _take(draft, cells[n], targets[n])


def _take(draft: Draft, cell: Cell, target: Target) -> None:
    """Put what a cell says into a draft."""
    if target.group is None:
        _put(draft, cell, target.column, draft.data, ())
        return
    entries: dict[int, dict[str, Any]] = draft.data.setdefault(target.group.name, {})
    number = target.number or 0
    _put(draft, cell, target.column, entries.setdefault(number, {}), (target.group.name, number))


def _put(draft: Draft, cell: Cell, column: Column, into: dict[str, Any], at: Location) -> None:
    for name in column.path[:-1]:
        into, at = into.setdefault(name, {}), (*at, name)
    name = column.path[-1]
    where = (*at, name)
    draft.cells.setdefault(where, cell)
    try:
        if not column.many:
            into[name] = value_of(cell, column)
            return
        values = into.setdefault(name, [])
        if cell.fault:
            raise Unusable(*cell.fault)
        for part in several(cell, column):
            draft.cells[(*where, len(values))] = cell
            values.append(value_of(part, column))
    except Unusable as problem:
        draft.faults.append(Fault.at(cell, problem.message, problem.hint))


def _read_group(table: Table, group: Group, found: Drafts) -> None:
    owners = {said(draft.id): draft for draft in found.drafts if draft.id}
    for draft in found.drafts:
        owners.setdefault(said(str(draft.data.get("title", ""))), draft)
    link = next((n for n, h in table.headers.items() if said(h) in _LINKS), None)
    if link is None:
        if table.rows:
            at = Cell(table.name, 1, 1, "", None)
            message = "no column says which case study a row belongs to"
            found.faults.append(
                Fault.at(at, message, f"Add a column `{LINK}` with its id or title.")
            )
        return
    targets = {n: group_target(group, h) for n, h in table.headers.items() if n != link}
    found.unread += [
        f"the column {table.headers[n]!r} of the sheet {table.name!r}"
        for n, target in targets.items()
        if target is None
    ]
    for row in table.rows:
        owner = _owner(row, link, owners, table, found)
        if owner is None:
            continue
        entries: dict[int, dict[str, Any]] = owner.data.setdefault(group.name, {})
        number = len(entries)
        while number in entries:
            number += 1
        entry = entries.setdefault(number, {})
        for n, cell in row.items():
            target = targets.get(n)
            if target is not None:
                _put(owner, cell, target.column, entry, (group.name, number))


_LINKS = {said(LINK), "case study id", "program", "id of the case study"}


def _owner(
    row: Mapping[int, Cell], link: int, owners: Mapping[str, Draft], table: Table, found: Drafts
) -> Draft | None:
    cell = row.get(link)
    if cell is None:
        first = next(iter(row.values()))
        at = Cell(table.name, first.row, link, table.headers[link], None)
        found.faults.append(
            Fault.at(
                at, "nothing says which case study the row belongs to", "Write its id or title."
            )
        )
        return None
    named = clean(str(cell.value))
    owner = owners.get(said(named))
    if owner is None:
        known = [draft.id or str(draft.data.get("title", "")) for draft in found.drafts]
        guess = did_you_mean(named, known) if len(found.faults) < _GUESSES else ""
        hint = guess or f"Write the id or title of a row of the sheet {MAIN}."
        found.faults.append(Fault.at(cell, f"no case study of this file is `{named[:80]}`", hint))
    return owner


def _complete(draft: Draft, layout: Layout) -> None:
    """Add what nobody should have to type, and turn numbered entries into lists."""
    draft.data["schema_version"] = SCHEMA_VERSION
    if not draft.id and draft.data.get("title"):
        draft.data["id"] = slug(str(draft.data["title"]))
        draft.cells[("id",)] = draft.cells[("title",)]
    for name, entries in list(draft.data.items()):
        if isinstance(entries, dict) and entries and all(isinstance(k, int) for k in entries):
            draft.data[name] = _listed(draft, name, entries)
    for column in layout.columns:
        if column.null_if_empty:
            into = draft.data
            for name in column.path[:-1]:
                into = into.setdefault(name, {})
            into.setdefault(column.path[-1], None)
    for number, source in enumerate(draft.data.get("sources", ()), 1):
        if "id" not in source:
            source["id"] = f"s{number}"


def _listed(draft: Draft, name: str, entries: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    rank = {old: new for new, old in enumerate(sorted(entries))}
    draft.cells = {
        (name, rank[at[1]], *at[2:]) if at[0] == name and isinstance(at[1], int) else at: cell
        for at, cell in draft.cells.items()
    }
    if name == "sources":
        for old, entry in entries.items():
            entry.setdefault("id", f"s{old + 1}")
    return [entries[old] for old in rank]


def slug(title: str) -> str:
    """An id from a title: lower-case words joined by hyphens, 80 characters at most."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:80].rstrip("-")
