"""
What was read before, so that a file that is as it was need not be parsed and checked again.

A record is always made from its plain data as JSON, whether a moment ago that was parsed or an earlier build kept it:
so what is kept gives the record that the file would.
"""

from __future__ import annotations

import marshal
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic
from ..digests import write_whole
from ..stamps import Stamp, stamp_of
from .case_study import Brief
from .entry import Entry
from .extract import Extract, pair
from .kind import Kind
from .permalinks import Ledger
from .store import Data, Store, Stored, headed, read, size_and_digest

FILE = "read.kept"
"""In the folder of the cache."""
_ENOUGH = 100
"""The file is written anew when one in so many records had to be parsed: it is as long as all of them."""


class Parsed(NamedTuple):
    """What a text holds of which a record can be made."""

    data: Data
    body: str
    """The text below the front matter."""
    extract: Extract
    findings: Sequence[Diagnostic] = ()
    """What is wrong with the record all the same; never of one that is kept."""


class Standing(NamedTuple):
    """A record, and its file as it was when it was read."""

    stamp: Stamp | None
    """None where it does not tell enough."""
    entry: Entry


class Listed(NamedTuple):
    """What a text holds of which several records can be made."""

    records: Sequence[tuple[Extract, bytes]]
    """Of each its extract, and its plain data as JSON."""
    container: bytes = b""
    """The same of all that the text says, where it holds more than the list."""


Held = tuple[Kind, str, Parsed]
"""A kind, the mark of a file of a record of that kind, and what it holds."""


@dataclass(slots=True)
class Kept:
    """
    The records of the last library that had no findings.

    From one build to the next their data are in a file; from one round of a preview to the next, they are in memory.
    """

    file: Path | None = None
    """None where nothing stays for the next build."""
    names: str = ""
    """A digest of the names of all records in that library, to which its rules compared each of them."""
    lists: Mapping[str, Listed] = field(default_factory=dict)
    """By the key of its text: what each file in it holds that lists several records."""
    ledger: Ledger = field(default_factory=Ledger)
    """The ledger of that library's addresses."""
    texts: dict[str, Parsed] = field(default_factory=dict)
    """By the key of a text: what it holds."""
    marks: dict[str, Parsed] = field(default_factory=dict)
    """By the mark of a file that was not touched since: what it holds."""
    standing: Mapping[str, Standing] = field(default_factory=dict)
    """By the path of the file, from the library's root."""

    @classmethod
    def read(cls, file: Path) -> Kept:
        """What an earlier build has left in a file: nothing where that is missing, damaged or of another version."""
        kept = cls(file)
        with suppress(OSError, ValueError):
            kept._take(Store.of(file))
        return kept

    def _take(self, store: Store) -> None:
        """Take what `_parts` has written. The data are not looked into until a record is made of them."""
        found = store.head()
        if found is None:
            return
        heads, start = found
        # Quicker than JSON. Nobody else wrote it, nor another Python: the seal is of both.
        names, lists, (text, data), texts = marshal.loads(heads)
        if start + sum(size for _, _, size, *_ in texts) != store.size:
            return
        for key, mark, size, digest, body, told in texts:
            parsed = Parsed(Stored(store, start, size, digest), body, _extract(*told))
            self.texts[key] = parsed
            if mark:
                self.marks[mark] = parsed
            start += size
        self.names = names
        self.ledger = Ledger(data, text=text)
        self.lists = {
            key: Listed([(_extract(*told), data) for told, data in records], container)
            for key, records, container in lists
        }

    def is_of(self, names: str, ledger: Ledger) -> bool:
        """Whether the last library had the same names of records, and the same ledger."""
        return names == self.names and ledger.text == self.ledger.text

    def keep(
        self,
        names: str,
        lists: Mapping[str, Listed],
        ledger: Ledger,
        held: Sequence[Held],
        standing: Mapping[str, Standing],
    ) -> None:
        """Keep a library that has no findings. Its file is left alone if it has nearly all of that."""
        if self.file and not self.standing:
            missing = sum(self.marks.get(mark) is not parsed for _, mark, parsed in held)
            if not self.is_of(names, ledger) or missing * _ENOUGH > len(held):
                write_whole(self.file, _parts(names, lists, ledger, held))
        self.names, self.lists, self.ledger = names, lists, ledger
        self.texts, self.marks, self.standing = {}, {}, standing


def _parts(
    names: str, lists: Mapping[str, Listed], ledger: Ledger, held: Sequence[Held]
) -> Iterator[bytes]:
    """A file that `Kept` can read: under a seal all but the data, which are as long as all files together, and these."""
    texts = []
    for kind, mark, parsed in held:
        size, digest = size_and_digest(parsed.data)
        key = text_key(kind, parsed.extract.text)
        texts.append((key, mark, size, digest, parsed.body, _told(*parsed.extract)))
    listed = [
        (key, [(_told(*extract), data) for extract, data in records], container)
        for key, (records, container) in lists.items()
    ]
    heads = marshal.dumps((names, listed, (ledger.text, ledger.data), texts))
    return headed(heads, map(_data, held))


def _data(held: Held) -> bytes:
    _, _, parsed = held
    data = read(parsed.data)
    if data is None:
        raise OSError("what was kept is damaged")
    return data


def _told(*extract: Any) -> Sequence[object]:
    """An extract as plain data, in which a pair that others have too is the same: records refer to the same few again and again."""
    *others, refers_to, links, brief, text = extract
    if brief:
        *fields, places, leads = brief
        brief = (*fields, tuple(starmap(pair, places)), leads)
    return (*others, tuple(starmap(pair, refers_to)), links, brief, text)


def _extract(*told: Any) -> Extract:
    """The extract that `_told` made plain."""
    *others, brief, text = told
    return Extract._make((*others, brief and Brief._make(brief), text))


def text_key(kind: Kind, digest: str) -> str:
    """The key of what a text of that digest holds as a record of a kind."""
    return f"{kind.name}/{digest}"


def file_mark(kind: Kind, stamp: Stamp | None) -> str:
    """What a file of a kind has as long as it is not touched; empty where that can't be told."""
    return f"{kind.name}/{stamp.hex()}" if stamp else ""


def stamp_before_reading(path: str, sure: bytes) -> Stamp | None:
    """The stamp of a file; None where it was saved a moment ago, and might be once more without another stamp."""
    try:
        state = os.lstat(path)
    except OSError:
        return None
    stamp = stamp_of(state)
    return stamp if stamp < sure and stat.S_ISREG(state.st_mode) else None
