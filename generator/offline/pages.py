"""
Turns a page of the built site into one that works when it is opened from a folder.

A browser that opens a file shows no index.html for a folder, loads no script module and answers no
`fetch`. So links name index.html, modules go, and what needs them says so.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from ..printing.site import Site

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; "
    "font-src 'self' file:; form-action 'self' file:; base-uri 'none'"
)
"""``file:`` beside ``'self'``, because not every browser takes two files for one site. Nothing may be fetched."""

_TAG = re.compile(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ADDRESS = re.compile(r'(\s(?:href|src|action)=")([^"]*)(")')
_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_POLICY_TAG = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_MODULE = re.compile(r'<script type="module"[^>]*></script>\s*')
_NOSCRIPT = re.compile(r"<noscript>(.*?)</noscript>", re.S)
_FOOTER = '<p class="kb-footer__who">'
_LEFT_OUT = re.compile(r"^embed/|^s/[^/]+/card\.png$|^opensearch\.xml$|\.zip$")
"""Files that are of use on the web only, or too large to carry for what they give."""


def leads_on(page: str) -> bool:
    """True for a page that only leads to another: an old address, a short link."""
    return '<meta http-equiv="refresh"' in page


@dataclass(slots=True)
class Folder:
    """Edits pages and stylesheets, and notes which other files they need."""

    site: Site
    pages: Collection[str]
    """Folders of the pages that are in the edition, from the site's root; ``.`` is the home page."""
    made: Collection[str]
    """Files that only the edition has, from the site's root."""
    edition: str
    """Said at the foot of each page: what this is, and of which day."""
    files: set[str] = field(default_factory=set)
    """What the pages edited so far load or link to, from the site's root."""

    def page(self, path: str, text: str) -> str:
        """The page of the folder `path`."""
        text = _POLICY_TAG.sub(
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">', text
        )
        text = _MODULE.sub("", text)
        text = _NOSCRIPT.sub(lambda found: self._instead(path, found[1]), text)
        told = f'<p class="kb-footer__offline">{html.escape(self.edition)}</p>'
        text = text.replace(_FOOTER, told + _FOOTER)
        return _TAG.sub(lambda found: self._tag(path, found[0]), text)

    def stylesheet(self, path: str, text: str) -> None:
        """Note what a stylesheet loads; its addresses hold in a folder too."""
        for address in _CSS_ADDRESS.findall(text):
            if not urlsplit(address).scheme and not address.startswith("#"):
                self._take(_joined(posixpath.dirname(path), urlsplit(address).path))

    def _instead(self, path: str, inside: str) -> str:
        """What stands where a page says that it needs JavaScript. Those in the head are for programs."""
        if "<link" in inside:
            return ""
        address = html.escape(self.site.url + ("" if path == "." else f"{path}/"))
        there = f' (<a href="{address}">{address}</a>)' if self.site.url else ""
        return (
            f'<p class="kb-empty">What one clicks or fills in here works on the website only{there}. '
            "What stands here can be read and printed.</p>"
        )

    def _tag(self, path: str, tag: str) -> str:
        lost = False

        def edited(found: re.Match[str]) -> str:
            nonlocal lost
            address = self._address(path, html.unescape(found[2]))
            lost = address is None
            return "" if address is None else f"{found[1]}{html.escape(address)}{found[3]}"

        done = _ADDRESS.sub(edited, tag)
        return "" if lost and tag.startswith("<link") else done

    def _address(self, path: str, address: str) -> str | None:
        """An address as it works in the folder; None where it leads to what is not there."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return address
        target = _joined(path, unquote(parts.path))
        if target in self.pages:
            there = posixpath.join(parts.path, "index.html")
        elif self._take(target):
            there = parts.path
        elif self.site.url:
            there = self.site.url + target + ("/" if parts.path.endswith("/") else "")
        else:
            return None
        return (
            there
            + (f"?{parts.query}" if parts.query else "")
            + (f"#{parts.fragment}" if parts.fragment else "")
        )

    def _take(self, target: str) -> bool:
        """True for a file of the site that is in the edition; it is then noted."""
        if target in self.made:
            return True
        if (
            target.startswith("..")
            or _LEFT_OUT.search(target)
            or not (self.site.root / target).is_file()
        ):
            return False
        self.files.add(target)
        return True


def between(text: str, start: str, end: str, make: Callable[[str], str]) -> str:
    """
    Put what `make` makes of the part from `start` up to `end` in its place, both included.

    Raises `ValueError` where the page has no such part.
    """
    first = text.index(start)
    last = text.index(end, first) + len(end)
    return text[:first] + make(text[first:last]) + text[last:]


def _joined(folder: str, path: str) -> str:
    """A path as seen from the site's root; ``.`` is the root itself."""
    return posixpath.normpath(
        path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    )
