"""
Prints what stands beside the records' pages: short links and old addresses that lead to them, and what hosts are told.

Neither the search index nor the sitemap should know of the links. A short link is `/s/CODE/`; beside it is what there is to share
of the record (`shares.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from markupsafe import Markup
from pydantic_core import to_json

from ..digests import key_of
from ..models.permalinks import Permalink, has_address
from .press import Press
from .site import Site

HEADERS = "_headers"
"""What some hosts read the headers of their answers from."""
EMBED = "embed"
"""The folder of the only pages that other sites may show in a frame."""
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asides:
    """Prints the asides of one library into one site."""

    press: Press

    def links(self) -> int:
        """Print short links, old addresses and removed records' pages; return how many they are."""
        library, memory = self.press.library, self.press.memory
        named = to_json([(kind.name, told.id, told.title) for kind, told in library.told()])
        key = key_of(self.press.keys.ground, library.ledger.digest, named)
        memory.once("links", key, self._links, aside=True)
        return len(memory.now["links"].files())

    def _links(self, site: Site) -> None:
        for kind, told in self.press.library.told():
            if has_address(kind):
                path = kind.path_of(told.id)
                aliases = self.press.library.aliases(kind.name, told.id)
                self._redirect(site, aliases, path, told.title)
        for entry in self.press.library.ledger.entries:
            if entry.removed is not None:
                self._removed(site, entry)
                here, *olds = entry.addresses
                self._redirect(site, [f"s/{entry.code}/", *olds], here, entry.removed.title)

    def _redirect(self, site: Site, addresses: Sequence[str], path: str, title: str) -> None:
        template = self.press.templates.get_template("records/redirect.html")
        for address in addresses:
            root = "../" * address.count("/")
            html = template.render(
                title=title, target=root + path, root=root, canonical=self._absolute(path)
            )
            site.write(f"{address}index.html", html)

    def _removed(self, site: Site, entry: Permalink) -> None:
        from ..views.removed import removed_view  # here, as `writer` imports what it prints

        view = removed_view(entry, self.press.library)
        root = view.page.root
        body = self.press.templates.get_template("records/removed.html").generate(
            view=view, root=root
        )
        toc = self.press.templates.get_template("records/parts/toc.html").generate(
            toc=view.page.toc, root=root
        )
        slots = {
            "title": view.page.title,
            "description": view.page.description,
            "canonical": self._absolute(view.page.path),
            "head": Markup('<meta name="robots" content="noindex">'),
            "toc": toc,
            "body": body,
        }
        site.write(f"{view.page.path}index.html", self.press.built.frames[entry.kind].fill(slots))

    def headers(self, more: Collection[str]) -> None:
        """
        Let only the embedded pages be shown in a frame, and browsers keep what never changes, for hosts that read ``_headers``.

        Such hosts join the headers of all rules that fit a path, and a second policy can only forbid more.
        So the rule that forbids frames is given for every folder but that one, also for those that there will be `more`.
        """
        file = self.press.built.root / HEADERS
        if file.exists():
            there = self.press.memory.in_root() | {f"{name}/" for name in more}
            folders = {f"/{name}*" for name in there if name.endswith("/")}
            pages = {f"/{name}" for name in there if name.endswith(".html")}
            paths = ["/", *sorted(pages), *sorted(folders - {f"/{EMBED}/*"})]
            rules = [
                f"{path}\n  Content-Security-Policy: frame-ancestors 'self'\n" for path in paths
            ]
            rules.append(f"/{self.press.site.assets}/*\n  Cache-Control: {_FOR_GOOD}\n")
            text = file.read_text("utf-8") + "".join(rules)
            write = partial(Site.write, path=HEADERS, content=text)
            self.press.memory.once(HEADERS, key_of(text), write)

    def _absolute(self, path: str) -> str:
        return self.press.site.url + quote(path)
