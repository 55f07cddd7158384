"""Drafts to records: checked by the same models and rules as `kb check`, then written one file each."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ..alike import Alike, Named
from ..checks.rules import Context, NamesRule, Rule, by_itself
from ..diagnostics import Diagnostic
from ..models.case_study import CaseStudy
from ..models.entry import Entry
from ..models.fields import Record
from ..models.kind import Kind
from ..models.loading import Loaded
from ..models.validation import validate
from ..reading.documents import Document
from .cells import Cell
from .drafts import Draft, Drafts, Fault, Location
from .layout import Layout
from .record_text import record_text

NO_COLUMN = 0
"""The column of a fault that is about a row and not about one of its cells."""


@dataclass(frozen=True)
class CellDocument(Document):
    """A draft as the checks see it: a document whose places are cells."""

    draft: Draft = field(default_factory=lambda: Draft("", 0))
    columns: Mapping[tuple[str, ...], tuple[int, str]] = field(default_factory=dict)

    def finding(
        self,
        location: Sequence[str | int],
        code: str,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
    ) -> Diagnostic:
        """A finding about a cell: path, line and column are the sheet's name, row and column."""
        cell = self._cell(tuple(location))
        return Diagnostic(cell.sheet, cell.row, cell.column, code, message, hint)

    def finding_in(
        self,
        location: Sequence[str | int],
        needle: str,
        code: str,
        message: str,
        hint: str = "",
        nth: int = 0,
    ) -> Diagnostic:
        return self.finding(location, code, message, hint)

    @cached_property
    def _first(self) -> dict[Location, Cell]:
        """By each part of the way to a cell: the first cell that is on that way."""
        found: dict[Location, Cell] = {}
        for location, cell in self.draft.cells.items():
            for length in range(1, len(location)):
                found.setdefault(location[:length], cell)
        return found

    def _cell(self, location: Location) -> Cell:
        known = self.draft.cells
        if location in known:
            return known[location]
        column = self.columns.get(tuple(step for step in location if isinstance(step, str)))
        if column is not None:
            return Cell(self.draft.sheet, self.draft.row, column[0], column[1], None)
        for length in range(len(location) - 1, 0, -1):
            cell = self._first.get(location[:length])
            # An entry of a list has a row of its own; a field of the record is its own place only.
            if cell is not None and any(isinstance(step, int) for step in location[:length]):
                return Cell(cell.sheet, cell.row, NO_COLUMN, "", None)
        return Cell(self.draft.sheet, self.draft.row, NO_COLUMN, "", None)


@dataclass(slots=True)
class Intake:
    """What came of an import."""

    good: list[tuple[Entry, str]] = field(default_factory=list)
    """Each record that can be written, with its text."""
    replaced: set[str] = field(default_factory=set)
    """Ids whose files were there already."""
    faults: list[Fault] = field(default_factory=list)


def take_in(
    drafts: Drafts,
    *,
    kind: Kind,
    layout: Layout,
    loaded: Loaded,
    rules: Iterable[Rule],
    root: Path,
    force: bool,
) -> Intake:
    """Check every draft beside the library that is there. Nothing is written."""
    intake = Intake(faults=list(drafts.faults))
    entries: list[Entry] = []
    taken: dict[str, Draft] = {}
    for draft in drafts.drafts:
        intake.faults += draft.faults
        entry = None if draft.faults else _entry(draft, drafts, kind, layout, intake)
        if entry is None:
            continue
        fault = _taken(entry, draft, taken, root, kind, force)
        taken.setdefault(entry.id, draft)
        if fault:
            intake.faults.append(fault)
        else:
            entries.append(entry)
    entries = _keep_good(entries, {d.id for d in drafts.drafts}, loaded, rules, intake)
    for entry in entries:
        assert isinstance(entry.document, CellDocument)
        path = root / kind.source / f"{entry.id}{kind.ending}"
        if os.path.lexists(path):
            intake.replaced.add(entry.id)
        else:
            entry.document.draft.data.setdefault("added", dt.date.today().isoformat())
        intake.good.append((entry, record_text(kind, entry.document.draft.data)))
    intake.faults = sorted(set(intake.faults))
    return intake


def _entry(
    draft: Draft, drafts: Drafts, kind: Kind, layout: Layout, intake: Intake
) -> Entry | None:
    path = f"{kind.source}/{draft.id}{kind.ending}"
    document = CellDocument(path, "", draft.data, draft=draft, columns=drafts.columns)
    record = validate(CaseStudy, document)
    if isinstance(record, Record):
        return Entry.of(kind, record, document)
    intake.faults += [_fault(found, document, layout) for found in record]
    return None


def _taken(
    entry: Entry, draft: Draft, taken: Mapping[str, Draft], root: Path, kind: Kind, force: bool
) -> Fault | None:
    cell = draft.cells.get(("id",), Cell(draft.sheet, draft.row, NO_COLUMN, "", None))
    other = taken.get(entry.id)
    if other is not None:
        return Fault.at(
            cell,
            f"row {other.row} has the id `{entry.id}` as well",
            "Give each case study an id of its own.",
        )
    if os.path.lexists(root / kind.source / f"{entry.id}{kind.ending}") and not force:
        return Fault.at(
            cell,
            f"the library has a case study `{entry.id}` already",
            "Give this one another id, or replace the one that is there with --force.",
        )
    return None


def _keep_good(
    entries: list[Entry], wanted: set[str], loaded: Loaded, rules: Iterable[Rule], intake: Intake
) -> list[Entry]:
    """Apply the rules about single records until none of the rest breaks one."""
    rules = list(rules)
    about_names = [rule for rule in rules if isinstance(rule, NamesRule)]
    while True:
        new = {entry.id for entry in entries}
        there = [e for e in loaded.entries if e.kind.name != "case-study" or e.id not in new]
        context = Context([*there, *entries], frozenset(loaded.broken), loaded.containers)
        good = []
        for entry in entries:
            found = by_itself(rules, entry)
            found += [finding for rule in about_names for finding in rule.check(entry, context)]
            assert isinstance(entry.document, CellDocument)
            for finding in found:
                fault = _fault(finding, entry.document)
                left_out = next((i for i in wanted - new if f"`{i}`" in fault.message), None)
                if left_out:
                    hint = f"`{left_out}` is a row of this file that was left out; mend that row first."
                    fault = replace(fault, hint=hint)
                intake.faults.append(fault)
            if not found:
                good.append(entry)
        if len(good) == len(entries):
            return good
        entries = good  # what named a record that is not taken over is wrong now too


def _fault(found: Diagnostic, document: CellDocument, layout: Layout | None = None) -> Fault:
    headers = {(c.sheet, c.column): c.header for c in document.draft.cells.values()}
    headers |= {(document.draft.sheet, n): header for n, header in document.columns.values()}
    message, hint = found.message, found.hint
    if found.code == "missing-field" and layout is not None:
        message, hint = _missing(message.split("`")[1], layout)
    header = headers.get((found.path, found.column), "")
    return Fault(found.path, found.line, found.column, header, message, hint)


def _missing(name: str, layout: Layout) -> tuple[str, str]:
    """A missing field in the words of somebody who fills in a table."""
    group = next((g for g in layout.groups if g.name == name), None)
    if group is not None:
        columns = ", ".join(c.label for c in group.columns if c.required)
        return (
            f"nothing is given for {group.label}",
            f"Add a row to the sheet {group.label} (in a CSV file: numbered columns) with: {columns}. {group.help}",
        )
    nested = [c for c in layout.columns if c.path[0] == name and len(c.path) > 1]
    if nested:
        wanted = ", ".join(f"`{c.label}`" for c in nested if c.required)
        return f"nothing is given for {name.replace('_', ' ')}", f"Fill in {wanted}."
    every = [*layout.columns, *(c for g in layout.groups for c in g.columns)]
    label, told = next(((c.label, c.help) for c in every if c.path[-1] == name), (name, ""))
    return f"`{label}` is empty", f"Fill it in. {told}".strip()


def may_be_there(intake: Intake, loaded: Loaded) -> list[Fault]:
    """
    Return a note for each good row that may be about the same program as another case study.

    One of the library, or one of another row; the row is written all the same.
    """
    new = {entry.id: entry.document for entry, _ in intake.good}
    there = [e.record for e in loaded.entries if e.kind.name == "case-study"]
    known = Alike(
        Named.of(record)
        for record in (
            *(record for record in there if record.id not in new),
            *(entry.record for entry, _ in intake.good),
        )
    )
    notes = []
    for entry, _ in intake.good:
        assert isinstance(entry.document, CellDocument)
        cell = entry.document.draft.cells[("title",)]
        for alike in known.to(Named.of(entry.record)):
            other = new.get(alike.id)
            where = f"{entry.kind.source}/{alike.id}{entry.kind.ending}"
            if isinstance(other, CellDocument):
                where = f"row {other.draft.row}"
            message = f'this may be the same program as "{alike.title}" ({where})'
            hint = "It is no fault. If it is the same, keep one of the two and add to it."
            notes.append(Fault.at(cell, message, hint))
    return sorted(notes)


def write(intake: Intake, root: Path, kind: Kind) -> list[Path]:
    """Write the good records, each in one step, and return their files. Raises OSError."""
    folder = root / kind.source
    folder.mkdir(exist_ok=True)
    written = []
    for entry, text in intake.good:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{entry.id}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(0o644)
        path = folder / f"{entry.id}{kind.ending}"
        Path(name).replace(path)  # a symbolic link is replaced, not followed
        written.append(path)
    return written
