"""Every file of a library to records. A broken file adds its findings and hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from ..diagnostics import Diagnostic, Findings
from ..parallel import spread, untold
from ..reading.documents import Document, read_document
from ..reading.positions import Location
from ..reading.sources import record_files
from .fields import Record
from .glossary import TermsFile
from .kind import Kind
from .validation import validate


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A record, and where it is written."""

    kind: Kind
    record: Record
    document: Document
    at: Location = ()
    """Where in the document the record stands: nowhere further for a file of its own."""

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return PurePosixPath(self.document.path).stem

    def finding(
        self, location: Location, code: str, message: str, hint: str = "", *, key: bool = False
    ) -> Diagnostic:
        """A finding about a field of the record."""
        return self.document.finding((*self.at, *location), code, message, hint, key=key)

    def finding_in(
        self, location: Location, needle: str, code: str, message: str, hint: str = "", nth: int = 0
    ) -> Diagnostic:
        """
        A finding about some words in a field, or in the text below the front matter (``("body",)``).

        `nth` is how many times the words stand there before the place that is meant.
        """
        where = location if tuple(location) == ("body",) else (*self.at, *location)
        return self.document.finding_in(where, needle, code, message, hint, nth)


@dataclass(slots=True)
class Loaded:
    """What was read: the good records, what is wrong, and the ids of records that are broken."""

    entries: list[Entry] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    broken: set[tuple[str, str]] = field(default_factory=set)
    """(kind, id) of records with findings: a reference to one is not wrong as well."""
    containers: dict[str, TermsFile] = field(default_factory=dict)
    """By the name of the kind: what a file says beside its list of records."""


def load(
    root: Path,
    kinds: Sequence[Kind],
    jobs: int = 1,
    goes_on: Callable[[int, int], None] = untold,
) -> Loaded:
    """
    Read and validate every record below `root`, vocabulary first, in up to `jobs` processes.

    `goes_on` is told how many files of a folder are read, and of how many.
    """
    loaded = Loaded()
    for kind in sorted(kinds, key=lambda kind: not kind.is_list):
        if kind.is_list:
            _load_list(root, kind, loaded)
        else:
            _load_folder(root, kind, loaded, jobs, goes_on)
    return loaded


def _load_folder(
    root: Path, kind: Kind, loaded: Loaded, jobs: int, goes_on: Callable[[int, int], None]
) -> None:
    paths = []
    for path in record_files(root, kind.source, kind.ending):
        if isinstance(path, Diagnostic):
            loaded.findings.add(path)
        else:
            paths.append(path)
    for read in spread(partial(_read, root, kind), paths, jobs, goes_on):
        for path, found in read:
            if isinstance(found, list):
                loaded.findings.add(found)
                loaded.broken.add((kind.name, path.stem))
            else:
                loaded.entries.append(Entry(kind, *found))


def _read(
    root: Path, kind: Kind, paths: Sequence[Path]
) -> list[tuple[Path, tuple[Record, Document] | list[Diagnostic]]]:
    """Read some files: of each, its record and document, or what is wrong with it."""
    return [(path, _read_one(root, kind, path)) for path in paths]


def _read_one(root: Path, kind: Kind, path: Path) -> tuple[Record, Document] | list[Diagnostic]:
    document = read_document(path, root)
    if isinstance(document, Diagnostic):
        return [document]
    record = validate(kind.model, document)
    if isinstance(record, list):
        return record
    return record, replace(document, data=None)  # what it held is in the record now


def _load_list(root: Path, kind: Kind, loaded: Loaded) -> None:
    path = root / kind.source
    if not path.exists() and not path.is_symlink():
        return
    document = read_document(path, root)
    if isinstance(document, Diagnostic):
        loaded.findings.add(document)
        return
    for entry in _entries(kind, document, loaded):
        if isinstance(entry, Entry):
            loaded.entries.append(entry)
        else:
            loaded.findings.add(entry)


def _entries(
    kind: Kind, document: Document, loaded: Loaded
) -> Iterator[Entry | Iterable[Diagnostic]]:
    if kind.container is not None:
        container = validate(kind.container, document)
        if isinstance(container, list):
            yield container
            return
        loaded.containers[kind.name] = container
        for number, listed in enumerate(container.records):
            yield Entry(kind, listed, document, (container.records_field, number))
        return
    if kind.single:
        single = validate(kind.model, document)
        yield single if isinstance(single, list) else Entry(kind, single, document)
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
        yield record if isinstance(record, list) else Entry(kind, record, document, (number,))
