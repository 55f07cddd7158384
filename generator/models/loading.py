"""Every file of a library to records. A broken file adds its findings and hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pydantic_core import to_json

from ..diagnostics import Diagnostic, Findings
from ..digests import digest_of
from ..parallel import spreading, untold
from ..reading.documents import Document, LeftDocument, parse_document
from ..reading.positions import Location
from ..reading.sources import read_text, record_files
from ..stamps import Stamp, sure
from .entry import Entry
from .extract import extract_of
from .glossary import Container
from .kept import (
    Held,
    Kept,
    Listed,
    Parsed,
    Standing,
    file_mark,
    stamp_before_reading,
    text_key,
)
from .kind import Kind
from .store import Store
from .validation import validate


@dataclass(slots=True)
class Loaded:
    """What was read: the good records, what is wrong, and the ids of records that are broken."""

    entries: list[Entry] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    broken: set[tuple[str, str]] = field(default_factory=set)
    """(kind, id) of records with findings: a reference to one is not wrong as well."""
    containers: dict[str, Container] = field(default_factory=dict)
    """By the name of the kind: what a file says beside its list of records."""
    sound_beside: str = ""
    """`Context.names` of a library in which nothing was wrong with the records that are not `anew`."""
    anew: list[Entry] = field(default_factory=list)
    standing: dict[str, Standing] = field(default_factory=dict)
    lists: dict[str, Listed] = field(default_factory=dict)
    """By the key of its text: what each file holds that lists several records."""
    held: list[Held] = field(default_factory=list)
    """What `Kept` is to keep: the records with a file of their own."""

    def add(self, standing: Standing, anew: bool) -> None:
        """Take a record that has a file of its own."""
        entry = standing.entry
        self.entries.append(entry)
        self.standing[entry.document.path] = standing
        if anew:
            self.anew.append(entry)

    def add_listed(self, entry: Entry, anew: bool) -> None:
        """Take a record of a file that lists several."""
        self.entries.append(entry)
        if anew:
            self.anew.append(entry)

    def broke(self, kind: Kind, path: Path, findings: Iterable[Diagnostic]) -> None:
        """Note what is wrong with a file."""
        self.findings.add(findings)
        self.broken.add((kind.name, path.stem))


def load(
    root: Path,
    kinds: Sequence[Kind],
    jobs: int = 1,
    goes_on: Callable[[int, int], None] = untold,
    kept: Kept | None = None,
    look: Look = lambda _: (),
) -> Loaded:
    """
    Read and validate every record below `root`, vocabulary first, in up to `jobs` processes.

    `goes_on` is told how many files of a folder are parsed, and of how many: those that are not `kept`. `look` says what is wrong
    with a record by itself, and is asked of each that is made.
    """
    kept = kept or Kept()
    loaded = Loaded(sound_beside=kept.names)
    for kind in sorted(kinds, key=lambda kind: not kind.is_list):
        if kind.is_list:
            _load_list(root, kind, loaded, kept, look)
        else:
            _load_folder(root, kind, loaded, jobs, goes_on, kept, look)
    return loaded


Look = Callable[[Entry], Sequence[Diagnostic]]
"""Says what is wrong with a record by itself."""


class _File(NamedTuple):
    """A file of a record."""

    path: str
    shown: str
    stamp: Stamp | None
    mark: str
    known: Parsed | None
    """What it holds, where its mark tells that."""


def _load_folder(
    root: Path,
    kind: Kind,
    loaded: Loaded,
    jobs: int,
    goes_on: Callable[[int, int], None],
    kept: Kept,
    look: Look,
) -> None:
    files: list[Standing | _File] = []
    told = sure()
    for path in record_files(root, kind.source, kind.ending):
        if isinstance(path, Diagnostic):
            loaded.findings.add(path)
        else:
            files.append(_look(kind, path, kept, told))
    unknown = [file for file in files if isinstance(file, _File) and not file.known]
    store = _store(len(unknown))
    with spreading(partial(_parsed, root, kind, kept, look), unknown, jobs, goes_on) as batches:
        found = chain.from_iterable(batches)  # taken while others are parsed
        for file in files:
            if isinstance(file, Standing):
                loaded.add(file, anew=False)
                continue
            held = file.known or next(found)
            if isinstance(held, list):
                loaded.broke(kind, Path(file.path), held)
                continue
            anew = isinstance(held, Parsed) and held is not file.known
            parsed = kept.texts[held] if isinstance(held, str) else held
            if parsed.findings:
                loaded.findings.add(parsed.findings)
            if anew and store:
                parsed = parsed._replace(data=store.put(parsed.data))
            if kept.file:
                loaded.held.append((kind, file.mark, parsed))
            loaded.add(_standing(root, kind, file, parsed), anew)


_FEW = 100
"""The data of so many records may stay in memory."""


def _store(records: int) -> Store | None:
    """Where the data of so many records go until these are made; None where they stay in memory."""
    with suppress(OSError):
        return Store.temporary() if records > _FEW else None
    return None


def _look(kind: Kind, path: str, kept: Kept, sure: bytes) -> Standing | _File:
    """What is known of a file without reading it: its record, if it has not been touched."""
    # First: a file that is saved meanwhile must look touched.
    stamp = stamp_before_reading(path, sure)
    shown = f"{kind.source}/{path.rpartition('/')[2]}"
    standing = kept.standing.get(shown)
    if standing and stamp and standing.stamp == stamp:
        return standing
    mark = file_mark(kind, stamp)
    return _File(path, shown, stamp, mark, kept.marks.get(mark))


def _parsed(
    root: Path, kind: Kind, kept: Kept, look: Look, files: Sequence[_File]
) -> list[Parsed | str | list[Diagnostic]]:
    """Read, parse and check some files: of each, what it holds, or its key where that is kept, or what is wrong with it."""
    return [_parse(root, kind, kept, look, file) for file in files]


def _parse(
    root: Path, kind: Kind, kept: Kept, look: Look, file: _File
) -> Parsed | str | list[Diagnostic]:
    text = read_text(file.path, root)
    if isinstance(text, Diagnostic):
        return [text]
    digest = digest_of(text.encode())
    key = text_key(kind, digest)
    if key in kept.texts:
        return key
    document = parse_document(text, file.shown)
    if isinstance(document, Diagnostic):
        return [document]
    record = validate(kind.model, document)
    if isinstance(record, list):
        return record
    assert isinstance(document.data, dict)  # otherwise it is no record
    data = to_json(document.data)
    extract = extract_of(kind, record, document.data, data, document.body, digest)
    findings = look(Entry(kind, extract, document, record, data))
    return Parsed(data, document.body, extract, findings)


def _standing(root: Path, kind: Kind, file: _File, parsed: Parsed) -> Standing:
    """The record that a file holds."""
    document = LeftDocument(file.shown, "", None, parsed.body, root=root)
    return Standing(file.stamp, Entry(kind, parsed.extract, document, None, parsed.data))


def _load_list(root: Path, kind: Kind, loaded: Loaded, kept: Kept, look: Look) -> None:
    path = root / kind.source
    if not path.exists() and not path.is_symlink():
        return
    text = read_text(path, root)
    if isinstance(text, Diagnostic):
        loaded.findings.add(text)
        return
    key = text_key(kind, digest_of(text.encode()))
    listed = kept.lists.get(key)
    if listed is None:
        listed = _parse_list(kind, text, loaded, look)
    else:
        document = LeftDocument(kind.source, "", None, root=root)
        for number, (extract, data) in enumerate(listed.records):
            entry = Entry(kind, extract, document, None, data, _place(kind, number))
            loaded.add_listed(entry, anew=False)
    loaded.lists[key] = listed
    if kind.container and listed.container:
        loaded.containers[kind.name] = Container(kind.container, listed.container)


def _parse_list(kind: Kind, text: str, loaded: Loaded, look: Look) -> Listed:
    """Take the records of a file that lists several from its text, and what is wrong with it; return what it holds."""
    document = parse_document(text, kind.source)
    if isinstance(document, Diagnostic):
        loaded.findings.add(document)
        return Listed(())
    records, sound = [], True
    for entry in _entries(kind, document):
        if isinstance(entry, Entry):
            loaded.add_listed(entry, anew=True)
            loaded.findings.add(look(entry))
            records.append((entry.extract, entry.data()))
        else:
            loaded.findings.add(entry)
            sound = False
    return Listed(records, to_json(document.data) if kind.container and sound else b"")


def _place(kind: Kind, number: int) -> Location:
    """Where in its file the record of that number stands."""
    if kind.single:
        return ()
    return (kind.container.records_field, number) if kind.container else (number,)


def _entries(kind: Kind, document: Document) -> Iterator[Entry | Iterable[Diagnostic]]:
    if kind.container is not None:
        container = validate(kind.container, document)
        if isinstance(container, list):
            yield container
            return
        for number, listed in enumerate(container.records):
            yield Entry.of(kind, listed, document, _place(kind, number))
        return
    if kind.single:
        single = validate(kind.model, document)
        yield single if isinstance(single, list) else Entry.of(kind, single, document)
        return
    if not isinstance(document.data, list):
        yield [
            document.finding(
                (),
                "wrong-type",
                f"this file must hold a list of {kind.plural.lower()}",
                "Write one entry after the other, each begun with `- id: `.",
            )
        ]
        return
    for number in range(len(document.data)):
        record = validate(kind.model, document, (number,))
        at = _place(kind, number)
        yield record if isinstance(record, list) else Entry.of(kind, record, document, at)
