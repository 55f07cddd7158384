"""The page that stands in the place of a removed record: why it is gone, and where to go."""

from __future__ import annotations

from ..library import Library
from ..models.permalinks import Permalink
from ..resolver import Target
from .page import Checked, Link, Page, TocEntry, checked
from .plain_data import plain_data


@plain_data
class RemovedView:
    """All that the template shows."""

    page: Page
    on: Checked
    """The day it was removed."""
    why: str
    see: tuple[Link, ...]
    """What to read instead."""
    list_title: str


def removed_view(entry: Permalink, library: Library) -> RemovedView:
    """Make the page of a removed record's entry in the ledger."""
    assert entry.removed is not None
    kind, removed = library.kinds[entry.kind], entry.removed
    found = (library.resolver.resolve(name) for name in removed.see)
    instead = (TocEntry("instead", "Read instead"),) if removed.see else ()
    return RemovedView(
        page=Page(
            title=removed.title,
            description=f"Removed from the library. {removed.why}",
            path=entry.addresses[0],
            kind=kind.name,
            kind_label=kind.label,
            toc=(TocEntry("removed", "Why it was removed"), *instead),
            search=None,
        ),
        on=checked(removed.on),
        why=removed.why,
        see=tuple(Link(t.title, t.path) for t in found if isinstance(t, Target)),
        list_title=kind.plural,
    )
