"""Writes what is new as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import datetime as dt
from typing import Any
from xml.sax.saxutils import escape

from pydantic_core import to_json

from ..library import Library
from ..views.updates import Feed, Update, feeds
from .site import Site

_ATOM = "http://www.w3.org/2005/Atom"
_JSON_FEED = "https://jsonfeed.org/version/1.1"
_NEVER = dt.date(1970, 1, 1)
"""A feed must say when it last changed, also where nothing ever stood in it."""

_QUOTES = {'"': "&quot;"}
"""What is written otherwise inside quotes."""

_TAG = "tag:rewire,2026:"
"""Entries are named by the record's address on the site, not by the host: a site may move (RFC 4151)."""


def write_feeds(library: Library, site: Site) -> None:
    """Write each feed twice: /updates/NAME.xml and /updates/NAME.json."""
    for feed in feeds(library):
        site.write(f"{feed.path}.xml", _atom(feed, site.url))
        site.write(f"{feed.path}.json", to_json(_json(feed, site.url), indent=1) + b"\n")


def _atom(feed: Feed, url: str) -> str:
    latest = max((update.day for update in feed.updates), default=None)
    entries = "".join(_atom_entry(update, url) for update in feed.updates)
    return f"""\
<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="{_ATOM}">
  <title>{escape(f"Rewire: {feed.title}")}</title>
  <id>{escape(_TAG + feed.path)}</id>
  <updated>{_instant(latest or _NEVER)}</updated>
  <author>
    <name>Rewire</name>
  </author>
  <link rel="alternate" type="text/html" href="{escape(_address(url, feed.about), _QUOTES)}" />
  <link rel="self" href="{escape(_address(url, f"{feed.path}.xml"), _QUOTES)}" />
{entries}</feed>
"""


def _atom_entry(update: Update, url: str) -> str:
    published = f"\n    <published>{_instant(update.added)}</published>" if update.added else ""
    return f"""\
  <entry>
    <title>{escape(_headline(update))}</title>
    <id>{escape(_TAG + update.path)}</id>{published}
    <updated>{_instant(update.day)}</updated>
    <link rel="alternate" type="text/html" href="{escape(_address(url, update.path), _QUOTES)}" />
    <category term="{escape(update.kind_label, _QUOTES)}" />
    <summary>{escape(update.gist)}</summary>
  </entry>
"""


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
