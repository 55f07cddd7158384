"""Every file of a library to records. A broken file adds its findings and hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from ..diagnostics import Diagnostic, Findings
from ..digests import digest_of
from ..parallel import spreading, untold
from ..reading.documents import Document, LeftDocument, parse_document, read_document
from ..reading.positions import Location
from ..reading.sources import read_text, record_files
from ..stamps import Stamp
from .extract import Extract, extract_of
from .fields import Record
from .glossary import TermsFile
from .kept import Kept, Parsed, Standing, file_mark, stamp_before_reading
from .kind import Kind
from .validation import validate


@dataclass(frozen=True, eq=False)
class Entry:
    """A record, and where it is written."""

    kind: Kind
    record: Record
    document: Document
    at: Location = ()
    """Where in the document the record stands: nowhere further for a file of its own."""

    @cached_property
    def stem(self) -> str:
        """The file's name without its ending."""
        # With plain strings: a path as an object takes longer than all else that is asked of a name.
        return self.document.path.rpartition("/")[2].rpartition(".")[0]

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
    extracts: dict[tuple[str, str], Extract] = field(default_factory=dict)
    """By (kind, id)."""
    sound_beside: str = ""
    """`Context.names` of a library in which nothing was wrong with the records that are not `anew`."""
    anew: list[Entry] = field(default_factory=list)
    standing: dict[str, Standing] = field(default_factory=dict)
    lines: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """What `Kept` is to keep of records with a file of their own, by the key of its text and its mark."""

    def add(self, standing: Standing, anew: bool) -> None:
        """Take a record that has a file of its own."""
        entry = standing.entry
        self.entries.append(entry)
        self.extracts[entry.kind.name, entry.record.id] = standing.extract
        self.standing[entry.document.path] = standing
        if anew:
            self.anew.append(entry)

    def add_listed(self, entry: Entry) -> None:
        """Take a record of a file that lists several."""
        data: Any = entry.document.data
        for step in entry.at:
            data = data[step]
        self.entries.append(entry)
        self.anew.append(entry)
        extract = extract_of(entry.kind, entry.record, data)
        self.extracts[entry.kind.name, entry.record.id] = extract

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
) -> Loaded:
    """
    Read and validate every record below `root`, vocabulary first, in up to `jobs` processes.

    `goes_on` is told how many files of a folder are parsed, and of how many: those that are not `kept`.
    """
    kept = kept or Kept()
    loaded = Loaded(sound_beside=kept.names)
    for kind in sorted(kinds, key=lambda kind: not kind.is_list):
        if kind.is_list:
            _load_list(root, kind, loaded)
        else:
            _load_folder(root, kind, loaded, jobs, goes_on, kept)
    return loaded


@dataclass(frozen=True, slots=True)
class _File:
    """A file that has to be looked into."""

    shown: str
    stamp: Stamp | None
    mark: str
    key: str
    """Of what the text holds as a record of its kind."""
    text: str = ""
    """Empty, as its digest, where the mark tells what it holds."""
    digest: str = ""


def _load_folder(
    root: Path,
    kind: Kind,
    loaded: Loaded,
    jobs: int,
    goes_on: Callable[[int, int], None],
    kept: Kept,
) -> None:
    files: list[tuple[Path, Standing | _File | Diagnostic]] = []
    for path in record_files(root, kind.source, kind.ending):
        if isinstance(path, Diagnostic):
            loaded.findings.add(path)
        else:
            files.append((path, _look(root, kind, path, kept)))
    unknown = [f for _, f in files if isinstance(f, _File) and f.key not in kept.lines]
    with spreading(partial(_parsed, kind), unknown, jobs, goes_on) as batches:
        found = chain.from_iterable(batches)  # records are made of it while others are parsed
        for path, file in files:
            if isinstance(file, _File):
                known = kept.lines.get(file.key)
                line = next(found) if known is None else known
                if isinstance(line, bytes):
                    if kept.file:
                        loaded.lines[file.key, file.mark] = line
                    loaded.add(_standing(root, kind, file, line), anew=known is None)
                else:
                    loaded.broke(kind, path, line)
            elif isinstance(file, Diagnostic):
                loaded.broke(kind, path, [file])
            else:
                loaded.add(file, anew=False)


def _look(root: Path, kind: Kind, path: Path, kept: Kept) -> Standing | _File | Diagnostic:
    """What is known of a file: its record, if it has not been touched, or else its text."""
    stamp = stamp_before_reading(path)  # first: a file that is saved meanwhile must look touched
    shown = f"{kind.source}/{path.name}"
    standing = kept.standing.get(shown)
    if standing and stamp and standing.stamp == stamp:
        return standing
    mark = file_mark(kind, stamp)
    key = kept.keys.get(mark) if stamp else None
    if key:
        return _File(shown, stamp, mark, key)
    text = read_text(path, root)
    if isinstance(text, Diagnostic):
        return text
    digest = digest_of(text.encode())
    return _File(shown, stamp, mark, f"{kind.name}/{digest}", text, digest)


def _parsed(kind: Kind, files: Sequence[_File]) -> list[bytes | list[Diagnostic]]:
    """Parse and check some files: of each, what it holds, or what is wrong with it."""
    return [_parse(kind, file) for file in files]


def _parse(kind: Kind, file: _File) -> bytes | list[Diagnostic]:
    document = parse_document(file.text, file.shown)
    if isinstance(document, Diagnostic):
        return [document]
    record = validate(kind.model, document)
    if isinstance(record, list):
        return record
    assert isinstance(document.data, dict)  # otherwise it is no record
    extract = extract_of(kind, record, document.data, document.body, file.digest)
    return Parsed(to_json(document.data), document.body, extract).as_line()


def _standing(root: Path, kind: Kind, file: _File, line: bytes) -> Standing:
    """The record that a file holds by its line."""
    parsed = Parsed.of_line(line)
    document = LeftDocument(file.shown, "", None, parsed.body, root=root)
    record = kind.model.model_validate_json(parsed.data)
    return Standing(file.stamp, Entry(kind, record, document), parsed.extract)


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
            loaded.add_listed(entry)
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
