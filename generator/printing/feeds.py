"""Writes what is new as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.etree import ElementTree

from pydantic_core import to_json

from ..library import Library
from ..views.updates import Feed, Update, feeds
from .site import Site

_ATOM = "http://www.w3.org/2005/Atom"
_JSON_FEED = "https://jsonfeed.org/version/1.1"
_NEVER = dt.date(1970, 1, 1)
"""A feed must say when it last changed, also where nothing ever stood in it."""

_TAG = "tag:rewire,2026:"
"""Entries are named by the record's address on the site, not by the host: a site may move (RFC 4151)."""


def write_feeds(library: Library, site: Site) -> None:
    """Write each feed twice: /updates/NAME.xml and /updates/NAME.json."""
    ElementTree.register_namespace("", _ATOM)
    for feed in feeds(library):
        site.write(f"{feed.path}.xml", _atom(feed, site.url))
        site.write(f"{feed.path}.json", to_json(_json(feed, site.url), indent=1) + b"\n")


def _atom(feed: Feed, url: str) -> bytes:
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(root, "title", f"Rewire: {feed.title}")
    _add(root, "id", _TAG + feed.path)
    latest = max((update.day for update in feed.updates), default=None)
    _add(root, "updated", _instant(latest or _NEVER))
    _add(_add(root, "author", ""), "name", "Rewire")
    _add(root, "link", "", rel="alternate", type="text/html", href=_address(url, feed.about))
    _add(root, "link", "", rel="self", href=_address(url, f"{feed.path}.xml"))
    for update in feed.updates:
        entry = _add(root, "entry", "")
        _add(entry, "title", _headline(update))
        _add(entry, "id", _TAG + update.path)
        if update.added:
            _add(entry, "published", _instant(update.added))
        _add(entry, "updated", _instant(update.day))
        _add(entry, "link", "", rel="alternate", type="text/html", href=_address(url, update.path))
        _add(entry, "category", "", term=update.kind_label)
        _add(entry, "summary", update.gist)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str, **fields: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", fields)
    child.text = text or None
    return child


def _json(feed: Feed, url: str) -> dict[str, Any]:
    return {
        "version": _JSON_FEED,
        "title": f"Rewire: {feed.title}",
        "home_page_url": _address(url, feed.about),
        "feed_url": _address(url, f"{feed.path}.json"),
        "items": [
            {
                # A record that is checked again is news to a reader who saw the older state.
                "id": f"{_TAG}{update.path}#{update.day.isoformat()}",
                "url": _address(url, update.path),
                "title": _headline(update),
                "content_text": update.gist,
                "date_published": _instant(update.added or update.day),
                "date_modified": _instant(update.day),
                "tags": [update.kind_label],
            }
            for update in feed.updates
        ],
    }


def _headline(update: Update) -> str:
    """Readers of a feed see little more than this: ``Added: CUNY ASAP``."""
    return f"{update.what}: {update.title}"


def _instant(day: dt.date) -> str:
    """The day as an instant, as both formats want it: records carry no time of day."""
    return f"{day.isoformat()}T00:00:00Z"


def _address(url: str, path: str) -> str:
    """An address on the published site; from its root where nobody has said where that is."""
    return f"{url or '/'}{path}"
