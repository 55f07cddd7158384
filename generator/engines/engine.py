"""What an engine is, and what all engines do to pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import jinja2
from mkdocs.utils import get_relative_url

from ..build import Written
from ..library import Library
from ..printing.assets import settle
from ..printing.built import FRAME_NAME
from ..printing.explain import explained
from ..printing.frame import slot
from ..registry import KINDS
from ..resolver import Target
from ..search.names import WrittenPage
from ..views.contribute import filled

_KB_HREF = re.compile(r'href="kb:([^"]*)"')


class Engine(Protocol):
    """Builds the theme around pages. Each implementation is a module beside this one."""

    def __init__(self, root: Path) -> None:
        """Read the settings of the library in the folder `root`. Raises `BadSettings`."""

    @property
    def settings(self) -> str:
        """All that mkdocs.yml says to the engine, with what it takes from the environment."""

    def build(self, library: Library, theme: jinja2.Environment, into: Path) -> Written:
        """
        Build all written pages and a frame for each kind of record into an empty folder.

        `theme` are the templates of records. Raises `BuildFailed`, also where a written page links to nothing.
        """


@dataclass(slots=True)
class Pages:
    """What is done to each page on its way through an engine, and what the pages say of themselves."""

    library: Library
    theme: jinja2.Environment
    repository: str
    """The address of the library's repository, or nothing."""
    lists: dict[str, str] = field(default_factory=dict)
    found_by: list[WrittenPage] = field(default_factory=list)

    def frames(self) -> Iterator[tuple[str, str]]:
        """Yield, for each kind of record that has pages, the path and the text of the page that becomes its frame."""
        for kind in KINDS:
            if kind.view is not None:
                yield f"{kind.address}/{FRAME_NAME}.md", _frame_page(kind.name)

    def markdown(self, text: str) -> str:
        """Put the generated parts of the pages for contributors into their places."""
        return filled(text, self.library, self.repository)

    def html(self, html: str, url: str, meta: Mapping[str, Any]) -> str:
        """
        Turn links by id in a page's content into addresses, and explain the glossary's terms.

        `url` is the page's address relative to the site's root, `meta` its front matter.
        """
        linked = _KB_HREF.sub(lambda found: f'href="{self._address(found[1], url)}"', html)
        if "frame" in meta or "listing" in meta:
            return linked  # frames have no words of their own, and lists open with a line or two
        return explained(linked, self.library, get_relative_url(".", url), self.theme)

    def _address(self, written: str, url: str) -> str:
        target = self.library.resolver.resolve(written)
        assert isinstance(target, Target), written  # the check has refused all others
        return get_relative_url(target.path, url)

    def note(self, title: str, url: str, meta: Mapping[str, Any]) -> None:
        """Note what a page asks for: a list, or to be found by other words."""
        if "listing" in meta:
            self.lists[url] = meta["listing"]
        if "found_by" in meta:
            self.found_by.append(WrittenPage(title, url, tuple(meta["found_by"])))

    def made(self, root: Path, site_url: str | None) -> Written:
        """Ready what pages load in the folder that was built, and return what the printer needs to know of it."""
        return Written(
            root, site_url or "", self.repository, self.lists, self.found_by, settle(root)
        )


def _frame_page(kind: str) -> str:
    matter = {
        "title": slot("title"),
        "description": slot("description"),
        "template": "frames/record.html",
        "frame": kind,
        "hide": "[navigation]",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in matter.items())
    return f"---\n{lines}---\n"
