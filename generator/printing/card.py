"""What a slide shows of a record, as a file that the browser loads."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json

from ..library import Library
from ..models.kind import Kind
from .site import Site

CARD_NAME = "card.json"


def short_path(library: Library, kind: Kind, record_id: str) -> str:
    """The short address that will always lead to a record, relative to the site's root."""
    return f"s/{library.codes[kind.name, record_id]}/"


def write_card(card: dict[str, Any], short: str, path: str, site: Site) -> None:
    """
    Write a record's card, with its `short` address, beside its page at `path`.

    Addresses get the site's before them, so that what is on a slide leads to the published site wherever
    the deck was made; they stay relative to the site's root where nobody has said where that is.
    """
    whole = card | {"url": site.url + card["path"], "short": site.url + short}
    site.write(path + CARD_NAME, to_json(whole))
