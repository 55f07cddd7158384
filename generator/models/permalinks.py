"""
The ledger of addresses, content/permalinks.yaml: every address that was ever published keeps working.

An entry is one record: its short code, which never changes, and every address it ever had, the present
one first. A record without an entry is new: it has the code that follows from its kind and id, and
the ledger takes that code over when the record is entered. So a contributor need not know of the
ledger, and a code that stands in a preview is the code that is published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter
from pydantic_core import from_json, to_json

from ..diagnostics import Diagnostic
from ..digests import digest_of, key_of
from ..reading.documents import Document, outline, parse_document
from ..reading.sources import read_text
from .fields import Date, Line, Many, Model
from .kind import Kind
from .validation import validate

LEDGER = "content/permalinks.yaml"
MAX_LEDGER_BYTES = 16 * 1024 * 1024
"""Some hundred bytes an entry: room for more than a hundred thousand."""

_LETTERS = "fhkmrwxy"
_SYMBOLS = _LETTERS + "23456789"
"""
Sixteen symbols of which no two look alike (no 0 and o, no 1, l and i) or rhyme when they are spelled out
(of b, c, d, e, g, p, t, v and z there is none; m without n, f without s, k without a and j), and without
vowels, so that no code is a word. A code begins with a letter: YAML and spreadsheets leave it as it is.
"""
_SYMBOL_OF = (_SYMBOLS * 16).encode()
"""For each byte the symbol that it gives."""

CODE_LENGTH = 6
CODE_PATTERN = rf"^[{_LETTERS}][{_SYMBOLS}]{{{CODE_LENGTH - 1}}}$"
ADDRESS_PATTERN = r"^[a-z0-9-]+/[a-z0-9-]+/$"
Key = tuple[str, str]
"""(name of the kind, id)"""


class Removed(Model):
    """What readers of a removed record are told at its old addresses."""

    title: Line
    """What it was called."""
    on: Date
    """When it was removed."""
    why: Line
    """Why, in a sentence a reader understands."""
    see: Many[Line] = ()
    """Records to read instead, by id as in a ``kb:`` link; several where it was split."""


class Permalink(Model):
    """One record's entry in the ledger."""

    kind: Line
    """Name of the kind, such as ``case-study``."""
    id: Line
    """The id the record has now, or had last."""
    code: Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
    """The short code of ``/s/CODE/``. It never changes and is never given to another record."""
    addresses: Annotated[
        Many[Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN)]],
        Field(min_length=1),
    ]
    """Every address it ever had, from the site's root, the present one first."""
    removed: Removed | None = None
    """Says why, where the record is gone for good."""

    @property
    def key(self) -> Key:
        return self.kind, self.id


@dataclass(frozen=True)
class Ledger:
    """All entries, with where they are written. They are made when somebody asks for them: most builds do not."""

    data: bytes = b"[]"
    """The good entries as JSON, UTF-8."""
    document: Document | None = None
    findings: Sequence[Diagnostic] = ()
    """What is wrong with the form of the file; entries that are broken are not among `entries`."""
    broken: bool = False
    """True where entries may be missing, so that nothing can be said of records without one."""
    text: str = ""
    """The digest of the file's text."""

    @cached_property
    def entries(self) -> Sequence[Permalink]:
        return TypeAdapter(list[Permalink]).validate_json(self.data)

    @cached_property
    def by_key(self) -> dict[Key, Permalink]:
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def codes(self) -> dict[Key, str]:
        """The short code of each record that has an entry."""
        return {(entry["kind"], entry["id"]): entry["code"] for entry in from_json(self.data)}

    @cached_property
    def digest(self) -> str:
        """A digest of all that the entries say."""
        return key_of(self.data)

    def finding(self, number: int, field: str, code: str, message: str, hint: str) -> Diagnostic:
        """A finding about a field of an entry, or about the entry where it has no such field."""
        assert self.document is not None
        return self.document.finding((number, field), code, message, hint)


def read_ledger(root: Path, last: Ledger | None = None) -> Ledger:
    """
    Read the ledger below `root`. A library without one has published nothing yet.

    `last` is a ledger in which nothing was wrong: one of the same text is not parsed again.
    """
    path = root / LEDGER
    if not path.exists() and not path.is_symlink():
        return Ledger()
    text = read_text(path, root, MAX_LEDGER_BYTES)
    if isinstance(text, Diagnostic):
        return Ledger(findings=[text], broken=True)
    digest = digest_of(text.encode())
    if last and last.text == digest:
        document = outline(text, LEDGER)
        assert isinstance(document, Document)  # as it was the last time
        return replace(last, document=document)
    return replace(ledger_of(parse_document(text, LEDGER)), text=digest)


def ledger_of(document: Document | Diagnostic) -> Ledger:
    """The ledger that a file holds, or what is wrong with it."""
    if isinstance(document, Diagnostic):
        return Ledger(findings=[document], broken=True)
    if document.data is None:
        return Ledger(document=document)
    if not isinstance(document.data, list):
        hint = f"Put back {LEDGER} as it was, then run `kb permalinks record`."
        found = document.finding((), "wrong-type", "this file must hold a list of entries", hint)
        return Ledger(document=document, findings=[found], broken=True)
    good: list[Permalink] = []
    findings: list[Diagnostic] = []
    for number in range(len(document.data)):
        entry = validate(Permalink, document, (number,))
        if isinstance(entry, Permalink):
            good.append(entry)
        else:
            findings += entry
    return Ledger(to_json(good), document, findings, bool(findings))


def has_address(kind: Kind) -> bool:
    """True for kinds whose records have a page, and so an address, of their own."""
    return bool(kind.address) and not kind.anchored and not kind.single


@dataclass(frozen=True)
class Codes:
    """The short code of every record: as the ledger has it, or as it follows from kind and id."""

    ledger: Ledger
    _by_key: dict[Key, str] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger, records: Iterable[Key]) -> Codes:
        """The codes of some records; the order in which they are given makes no difference."""
        codes = dict(ledger.codes)
        taken = set(codes.values())
        for key in sorted(set(records) - codes.keys()):
            codes[key] = next(code for code in _derived(key) if code not in taken)
            taken.add(codes[key])
        return cls(ledger, codes)

    def __getitem__(self, key: Key) -> str:
        return self._by_key[key]


def _derived(key: Key) -> Iterator[str]:
    """The codes that follow from kind and id, first the one that is used unless it is taken."""
    number = 0
    while True:
        yield spelled("/".join((*key, str(number) if number else "")))
        number += 1


def spelled(text: str, length: int = CODE_LENGTH) -> str:
    """A text's hash in the symbols of short codes, beginning with a letter."""
    digest = hashlib.sha256(text.encode()).digest()
    return _LETTERS[digest[0] % 8] + digest[1:length].translate(_SYMBOL_OF).decode()
