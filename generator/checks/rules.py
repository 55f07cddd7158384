"""The rules that models can't state, each a small object with a name and a scope, and their runner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ..diagnostics import Diagnostic, Findings
from ..digests import key_of
from ..models.entry import Entry
from ..models.fields import ProseMark
from ..models.glossary import TermsFile
from ..models.kind import Kind
from ..models.loading import Loaded
from ..models.walk import Location, Marked, marked
from ..parallel import spread
from ..prose import citations
from ..resolver import Resolver


def as_id(name: str) -> str:
    """A name as an id would be written: ``Returning citizens`` becomes ``returning-citizens``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold().replace("'", "")).strip("-")


@dataclass(frozen=True)
class Context:
    """What a rule may look at beside the record it checks."""

    entries: Sequence[Entry]
    broken: frozenset[tuple[str, str]]
    """(kind, id) of records that could not be read; their ids are known all the same."""
    containers: Mapping[str, TermsFile] = field(default_factory=dict)
    """By kind: what a file says beside its list of records."""

    @classmethod
    def of(cls, loaded: Loaded) -> Context:
        return cls(loaded.entries, frozenset(loaded.broken), loaded.containers)

    @cached_property
    def names(self) -> str:
        """A digest of which records there are, by id and by file, and which of them are broken."""
        good = (f"{e.kind.name}/{e.id}/{e.stem}" for e in self.entries)
        return key_of(*sorted(good), "", *sorted("/".join(key) for key in self.broken))

    @cached_property
    def resolver(self) -> Resolver:
        return Resolver((entry.kind, entry.extract) for entry in self.entries)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """By name: the kinds that have a record."""
        return {entry.kind.name: entry.kind for entry in self.entries}

    @cached_property
    def other_words(self) -> dict[str, dict[str, str]]:
        """For each kind: the id of what people also call so; titles and other names, written as ids."""
        words: dict[str, dict[str, str]] = {}
        for entry in self.entries:
            for name in (entry.title, *entry.record.other_names):
                words.setdefault(entry.kind.name, {}).setdefault(as_id(name), entry.id)
        return words

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """The known ids of each kind, broken records' included."""
        known: dict[str, set[str]] = {}
        for entry in self.entries:
            known.setdefault(entry.kind.name, set()).add(entry.id)
            if not entry.kind.is_list:
                known[entry.kind.name].add(entry.stem)
        for kind, record_id in self.broken:
            known.setdefault(kind, set()).add(record_id)
        return known

    @cached_property
    def excused(self) -> set[str]:
        """
        Ids that a link may name although no good record has them: the fault is reported elsewhere.

        Those of broken records, and the names of files whose records give another id.
        """
        return {record_id for _, record_id in self.broken} | {
            entry.stem
            for entry in self.entries
            if not entry.kind.is_list and entry.stem != entry.id
        }


@dataclass(frozen=True, slots=True)
class RecordRule:
    """A rule about one record, which of all others may ask only for `Context.names`: then it need not look again."""

    name: str
    check: Callable[[Entry, Context], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class LibraryRule:
    """A rule about all records together."""

    name: str
    check: Callable[[Context], Iterable[Diagnostic]]
    of_names: bool = False
    """Whether it asks for nothing but `Context.names`: then it need not look at the same again."""


Rule = RecordRule | LibraryRule

_FEW = 1000
"""So many records are looked at before other processes would have begun: most are terms of the vocabulary."""


def run(rules: Iterable[Rule], loaded: Loaded, context: Context, jobs: int = 1) -> Findings:
    """
    Return what is wrong with a library, of which `context` is made: findings of reading, of the models, and of the rules.

    Up to `jobs` processes look at the records: at those that were not found sound beside the same names.
    """
    findings = Findings()
    findings.add(loaded.findings)
    rules = list(rules)
    record_rules = [rule for rule in rules if isinstance(rule, RecordRule)]
    library_rules = [rule for rule in rules if isinstance(rule, LibraryRule)]

    def look(entries: Sequence[Entry]) -> list[Diagnostic]:
        return [
            finding
            for entry in entries
            for rule in record_rules
            for finding in rule.check(entry, context)
        ]

    known = loaded.sound_beside == context.names
    unsure = loaded.anew if known else loaded.entries
    for found in spread(look, unsure, jobs, few=_FEW):
        findings.add(found)
    for library_rule in library_rules:
        if not (known and library_rule.of_names):
            findings.add(library_rule.check(context))
    return findings


@lru_cache(maxsize=1)
def marks_of(entry: Entry) -> tuple[Marked, ...]:
    """A record's references, source ids and prose. Kept until the next record is asked about."""
    return tuple(marked(entry.record))


@lru_cache(maxsize=1)
def prose_of(entry: Entry) -> tuple[tuple[Location, str], ...]:
    """Every piece of prose of a record with its place, the text below the front matter included."""
    found = [(m.location, m.value) for m in marks_of(entry) if isinstance(m.mark, ProseMark)]
    if entry.document.body:
        found.append((("body",), entry.document.body))
    return tuple(found)


@lru_cache(maxsize=1)
def cited_by(entry: Entry) -> tuple[tuple[Location, tuple[str, ...]], ...]:
    """The ids of sources that each piece of prose cites, each once, with the place of the piece."""
    return tuple((at, tuple(dict.fromkeys(citations(text)))) for at, text in prose_of(entry))
