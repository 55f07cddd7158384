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
from ..models.glossary import Container
from ..models.kind import Kind
from ..models.loading import Loaded
from ..models.walk import Location, marked
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
    containers: Mapping[str, Container] = field(default_factory=dict)
    """By kind: what a file says beside its list of records."""

    @classmethod
    def of(cls, loaded: Loaded) -> Context:
        return cls(loaded.entries, frozenset(loaded.broken), loaded.containers)

    @cached_property
    def names(self) -> str:
        """A digest of which records there are, by id and by file, and which of them are broken."""
        good = (f"{e.kind.name}/{e.extract.id}/{e.document.path}" for e in self.entries)
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
    """A rule about one record by itself, which is looked at when it is read: then it is there."""

    name: str
    check: Callable[[Entry], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class NamesRule:
    """A rule about what one record names, which of all others may ask only for `Context.names`: then it need not look again."""

    name: str
    check: Callable[[Entry, Context], Iterable[Diagnostic]]
    may_find: Callable[[Entry, Context], bool]
    """Whether it may find anything, by what is told of a record that is not made."""


@dataclass(frozen=True, slots=True)
class LibraryRule:
    """A rule about all records together."""

    name: str
    check: Callable[[Context], Iterable[Diagnostic]]
    of_names: bool = False
    """Whether it asks for nothing but `Context.names`: then it need not look at the same again."""
    of_list: str = ""
    """The kind whose list is all that it asks for: it need not look at the same again either."""


Rule = RecordRule | NamesRule | LibraryRule


def run(rules: Iterable[Rule], loaded: Loaded, context: Context) -> Findings:
    """
    Return what is wrong with a library, of which `context` is made: findings of reading and of the models, and of the rules.

    Those about a record by itself have looked at it when it was read (`by_itself`); those about what it names look at the records
    that were not found sound beside the same names.
    """
    findings = Findings()
    findings.add(loaded.findings)
    known = loaded.sound_beside == context.names
    anew = {entry.kind.name for entry in loaded.anew}
    for rule in rules:
        if isinstance(rule, NamesRule):
            for entry in loaded.anew if known else loaded.entries:
                if rule.may_find(entry, context):
                    findings.add(rule.check(entry, context))
        elif isinstance(rule, LibraryRule):
            stays = rule.of_names or (rule.of_list and rule.of_list not in anew)
            if not (known and stays):
                findings.add(rule.check(context))
    return findings


def by_itself(rules: Iterable[Rule], entry: Entry) -> list[Diagnostic]:
    """Return what is wrong with a record by itself."""
    alone = (rule for rule in rules if isinstance(rule, RecordRule))
    return [finding for rule in alone for finding in rule.check(entry)]


@lru_cache(maxsize=1)  # until the next record is asked about
def prose_of(entry: Entry) -> tuple[tuple[Location, str], ...]:
    """Every piece of prose of a record with its place, the text below the front matter included."""
    found = [(m.location, m.value) for m in marked(entry.record).prose]
    if entry.document.body:
        found.append((("body",), entry.document.body))
    return tuple(found)


@lru_cache(maxsize=1)
def cited_by(entry: Entry) -> tuple[tuple[Location, tuple[str, ...]], ...]:
    """The ids of sources that each piece of prose cites, each once, with the place of the piece."""
    return tuple((at, tuple(dict.fromkeys(citations(text)))) for at, text in prose_of(entry))
