"""Rules about ids: that each is one record's own, and that what is referred to is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..models.entry import Entry
from ..models.glossary import GlossaryTerm
from ..models.walk import marked
from ..near import did_you_mean
from ..resolver import Unresolved
from .rules import Context, LibraryRule, NamesRule, RecordRule, Rule, as_id


def _ids(context: Context) -> Iterator[Diagnostic]:
    """A record's id is its file name; no two records of a kind share one."""
    by_id: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in context.entries:
        by_id[entry.kind.name, entry.id.lower()].append(entry)
    for (_, record_id), entries in sorted(by_id.items()):
        # The record whose file bears the name keeps the id; in a list, the first one does.
        entries.sort(key=lambda e: (e.stem != e.id and not e.kind.is_list, e.document.path))
        first, *others = entries
        for other in others:
            yield other.finding(
                ("id",),
                "duplicate-id",
                f"the id `{record_id}` is taken by {first.finding(('id',), '', '').place}",
                "Give each record an id of its own"
                + ("." if other.kind.is_list else f": this file's name, `{other.stem}`."),
            )
        if not first.kind.is_list and first.stem != first.id:
            yield first.finding(
                ("id",),
                "id-is-not-file-name",
                f"the id is `{first.id}`, but the file is named `{first.stem}`",
                f"Write `id: {first.stem}`, or rename the file.",
            )


def _names_unknown(entry: Entry, context: Context) -> bool:
    """Whether any id is that of no record."""
    return any(name not in context.ids.get(kind, ()) for kind, name in entry.extract.refers_to)


def _references(entry: Entry, context: Context) -> Iterator[Diagnostic]:
    """Every id in a field that refers to another record is the id of one."""
    for found in marked(entry.record).references:
        kind, known = found.kind, context.ids.get(found.kind, set())
        if found.value not in known:
            yield entry.finding(
                found.location,
                "unknown-id",
                f"there is no {kind.replace('-', ' ')} `{found.value}`",
                _where_to_look(found.value, kind, context),
            )


def _lists(entry: Entry) -> Iterator[Diagnostic]:
    """Every record that is referred to is another, and named once."""
    seen: dict[tuple[str | int, ...], set[str]] = defaultdict(set)
    for found in marked(entry.record).references:
        listed_in = found.location[:-1]
        if found.kind == entry.kind.name and found.value == entry.id:
            yield entry.finding(
                found.location, "refers-to-itself", "the record names itself", "Take it out."
            )
        elif isinstance(found.location[-1], int) and found.value in seen[listed_in]:
            yield entry.finding(
                found.location,
                "listed-twice",
                f"`{found.value}` is in the list already",
                "Take it out.",
            )
        seen[listed_in].add(found.value)


_LISTED = 12
"""So many ids are listed in a hint; where there are more, it says where they are."""


def _where_to_look(written: str, kind_name: str, context: Context) -> str:
    """How to find the right id: the near ones, all of a few, or the place where they are."""
    known = context.ids.get(kind_name, set())
    meant = context.other_words.get(kind_name, {}).get(as_id(written))
    if meant:
        return f"`{written}` is another word for `{meant}`. Write `{meant}`."
    guess = did_you_mean(written, known)
    kind = context.kinds.get(kind_name)
    if guess or not known or kind is None:
        return guess or "The library has none yet."
    if len(known) <= _LISTED:
        return f"One of: {', '.join(sorted(known))}."
    where = f"in `{kind.source}`" if kind.is_list else f"the files in `{kind.source}/`"
    return f"The {kind.plural.lower()} are {where}. A new one must be written there first."


def _glossary(entry: Entry, context: Context) -> Iterator[Diagnostic]:
    """A glossary term points to pages that are there."""
    if not isinstance(entry.record, GlossaryTerm):
        return
    for number, name in enumerate(entry.record.see):
        found = context.resolver.resolve(name)
        if isinstance(found, Unresolved) and name.rpartition("/")[2] not in context.excused:
            yield entry.finding(("see", number), found.code, found.message, found.hint)


RULES: tuple[Rule, ...] = (
    LibraryRule("ids", _ids, of_names=True),
    NamesRule("references", _references, _names_unknown),
    RecordRule("lists", _lists),
    NamesRule("glossary", _glossary, lambda entry, _: entry.kind.model is GlossaryTerm),
)
