"""Which files depend on others: the records and written pages that name what a file holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from ..models.entry import Entry
from ..models.glossary import GlossaryTerm
from ..models.kind import Kind
from ..models.loading import Loaded
from ..prose import kb_links
from ..reading.sources import read_text, relative
from .pages import written_pages

Named = tuple[str, str]
"""(kind, id). A link in a text has no kind here; a file that lists records stands for any id."""


def dependents(
    changed: Collection[str], kinds: Collection[Kind], loaded: Loaded, root: Path
) -> set[str]:
    """
    Return the paths of files that name a record of one of the changed files; deleted files count too.

    A change of a vocabulary concerns every record that uses it.
    """
    moved = set(_held(changed, kinds))
    links = {record_id for _, record_id in moved if record_id}
    any_link = any(kind.is_list and kind.address and kind.source in changed for kind in kinds)

    def meets(kind: str, record_id: str) -> bool:
        if not kind:
            return any_link or record_id in links
        return (kind, record_id) in moved or (kind, "") in moved

    found = {
        entry.document.path
        for entry in loaded.entries
        if any(meets(*named) for named in _named(entry))
    }
    for page in written_pages(root):
        text = read_text(page, root)
        if isinstance(text, str) and any(meets("", _id(link.target)) for link in kb_links(text)):
            found.add(relative(page, root))
    return found - set(changed)


def _held(changed: Collection[str], kinds: Collection[Kind]) -> Iterator[Named]:
    """What the changed files hold, or held."""
    for path in changed:
        for kind in kinds:
            if kind.is_list and path == kind.source:
                yield kind.name, ""
            elif not kind.is_list and str(PurePosixPath(path).parent) == kind.source:
                yield kind.name, PurePosixPath(path).stem


def _named(entry: Entry) -> Iterator[Named]:
    """What a record names, in its fields and in its text."""
    yield from entry.extract.refers_to
    yield from (("", _id(link)) for link in entry.extract.links)
    if isinstance(entry.record, GlossaryTerm):
        yield from (("", _id(name)) for name in entry.record.see)


def _id(target: str) -> str:
    return target.partition("#")[0].rpartition("/")[2].lower()
