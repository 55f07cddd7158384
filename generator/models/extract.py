"""What is asked of a record again and again, worked out once for each text of its file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic_core import to_json

from ..digests import key_of
from ..prose import kb_links
from .case_study import Brief, CaseStudy
from .fields import Record
from .kind import Kind
from .walk import marked

Pair = tuple[str, str]
"""Such as (kind, id)."""


class Extract(NamedTuple):
    """What links, orders and keys need to know of a record, which is not made for them."""

    id: str
    title: str
    whole: str
    """A digest of all that the record says."""
    facts: str
    """A digest of what the pages of others may show: all but its `shown_alone`, of which only what they refer to counts."""
    charted: str
    """A digest of what charts and the table of outcomes may show: the same without its `uncharted`."""
    refers_to: tuple[Pair, ...]
    """(kind, id) in each field that refers to another record, in their order, repeats included."""
    links: tuple[str, ...]
    """What the links in its text and its prose name behind ``kb:``, in their order, repeats included."""
    brief: Brief | None
    """None where it is no case study."""
    text: str = ""
    """The digest of its file's text; of no use where a file lists several records."""


@cache
def pair(first: str, second: str) -> Pair:
    """The same pair each time: many records refer to the same few, and ran in places of the same kind."""
    return first, second


def extract_of(
    kind: Kind,
    record: Record,
    data: Mapping[str, Any],
    written: bytes,
    body: str = "",
    text: str = "",
) -> Extract:
    """
    The extract of a record that was made of plain data, which are `written` as JSON, with the text below its front matter.

    `text` is the digest of its file's text, if the file is its own.
    """
    marks = marked(record)
    refers_to = tuple(pair(found.kind, found.value) for found in marks.references)
    texts = (body, *(found.value for found in marks.prose))
    links = tuple(link.target for text in texts for link in kb_links(text))
    shown = {name: value for name, value in data.items() if name not in record.shown_alone}
    told = {name: shown.pop(name) for name in record.uncharted & shown.keys()}
    charted = key_of(kind.name, to_json(shown))
    facts = key_of(charted, to_json((sorted(told.items()), body, refers_to, links)))
    whole = key_of(facts, written)
    brief = record.brief if isinstance(record, CaseStudy) else None
    return Extract(record.id, record.title, whole, facts, charted, refers_to, links, brief, text)
