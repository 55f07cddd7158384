"""The page of a collection, and the list of all collections."""

from __future__ import annotations

from markupsafe import Markup

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.collection import Collection, CollectionEntry
from ..models.fields import Record
from .explained import Explanation
from .listing import Group, ListingView
from .page import (
    Badge,
    Checked,
    Page,
    Search,
    TocEntry,
    Writer,
    badge,
    checked,
    link,
    page,
    places_line,
    record_path,
    writer,
    years,
)
from .plain_data import plain_data

KIND = "collection"


@plain_data
class CollectionRow:
    """One record of a collection."""

    kind_label: str
    title: str
    path: str
    gist: str
    about: tuple[str, ...]
    """Place and years of a case study; nothing for other kinds."""
    badge: Badge | None
    case_study: str
    """The id of a case study, which can be compared; empty for other kinds."""
    note: Markup
    """Why it is shown here; empty where nothing is written."""


@plain_data
class CollectionView:
    """All that the template of a collection shows."""

    page: Page
    collection_id: str
    short_path: str
    """Its short address, relative to the site's root."""
    summary: str
    rows: tuple[CollectionRow, ...]
    checked: Checked
    explained: tuple[Explanation, ...]
    """Terms of the glossary that the page uses."""


def collection_view(collection: Collection, library: Library) -> CollectionView:
    """Make the page of a collection."""
    kind = library.kinds[KIND]
    search = Search(
        filters=(("kind", "page"),),
        meta=(("kind", kind.label), ("checked", collection.checked.isoformat())),
    )
    made = page(kind, collection, [TocEntry("records", "What it shows")], search)
    text = writer(library, made.root)
    return CollectionView(
        page=made,
        collection_id=collection.id,
        short_path=f"s/{library.codes[KIND, collection.id]}/",
        summary=collection.summary,
        rows=tuple(_row(library, entry, text) for entry in collection.entries),
        checked=checked(collection.checked),
        # Last: by now all prose is written, and its terms are known.
        explained=text.explainer.explanations(),
    )


def _row(library: Library, entry: CollectionEntry, text: Writer) -> CollectionRow:
    kind, record_id = entry.record
    record = library.find(kind, record_id, Record)
    case = record if isinstance(record, CaseStudy) else None
    return CollectionRow(
        kind_label=library.kinds[kind].label,
        title=record.title,
        path=record_path(library, kind, record_id),
        gist=record.gist,
        about=(places_line(case), years(case)) if case else (),
        badge=badge(library, case.id) if case else None,
        case_study=case.id if case else "",
        note=text.prose(entry.note) if entry.note else Markup(),
    )


def collection_listing(library: Library) -> ListingView:
    """All collections, by title."""
    found = library.all(KIND, Collection)
    group = Group(
        "all",
        "All collections",
        "Each can be read as a page, presented from the browser, or taken along as PowerPoint.",
        tuple(link(library, KIND, collection) for collection in found),
    )
    return ListingView(len(found), "collections", (group,) if found else ())
