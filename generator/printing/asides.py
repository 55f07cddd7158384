"""
Prints what stands beside the records' pages: short links, old addresses, and what one takes along.

All of it is printed after the search index and the sitemap were made: neither should know of it.
Everything of a record is filed under its short code, so that it survives a rename too. Terms, playbooks and
collections have the first two only:

    /s/CODE/             leads to the record         /s/CODE/qr.svg, qr.png     its short link as QR code
    /s/CODE/cite.*       BibTeX, RIS, CSL-JSON       /s/CODE/card.png           its picture
    /s/CODE/oembed.json  oEmbed                      /embed/CODE/               the page shown elsewhere
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from ..library import Library
from ..models.permalinks import Permalink, has_address
from ..parallel import spread
from ..sharing import qr
from ..sharing.cache import Cache
from ..sharing.card import BUILD_ONLY, HEIGHT, WIDTH, Card, Painter
from ..sharing.citations import FILES, Reference, formatted, made_by
from ..views.removed import removed_view
from ..views.share import EMBED_HEIGHT, EMBED_WIDTH, Share
from .frame import Frame
from .site import Site

EMBED = "embed"
"""The folder of the only pages that other sites may show in a frame."""


@dataclass(frozen=True, slots=True)
class Asides:
    """Prints the asides of one library into one site."""

    library: Library
    site: Site
    env: jinja2.Environment
    cache: Cache
    jobs: int = 1

    def links(self, frames: Mapping[str, Frame]) -> int:
        """Print short links, old addresses and removed records' pages; return how many there are."""
        count = 0
        for kind, record in self.library.entries():
            if has_address(kind):
                path = kind.path_of(record.id)
                entry = self.library.ledger.by_key.get((kind.name, record.id))
                code = self.library.codes[kind.name, record.id]
                earlier = entry.addresses[1:] if entry else ()
                count += self._redirect([f"s/{code}/", *earlier], path, record.title)
        for entry in self.library.ledger.entries:
            if entry.removed is not None:
                self._removed(entry, frames[entry.kind])
                here, *olds = entry.addresses
                count += 1 + self._redirect([f"s/{entry.code}/", *olds], here, entry.removed.title)
        return count

    def _redirect(self, addresses: Sequence[str], path: str, title: str) -> int:
        template = self.env.get_template("records/redirect.html")
        for address in addresses:
            root = "../" * address.count("/")
            html = template.render(
                title=title, target=root + path, root=root, canonical=self._absolute(path)
            )
            self.site.write(f"{address}index.html", html)
        return len(addresses)

    def _removed(self, entry: Permalink, frame: Frame) -> None:
        view = removed_view(entry, self.library)
        root = view.page.root
        body = self.env.get_template("records/removed.html").render(view=view, root=root)
        toc = self.env.get_template("records/parts/toc.html").render(toc=view.page.toc, root=root)
        slots = {
            "title": view.page.title,
            "description": view.page.description,
            "canonical": self._absolute(view.page.path),
            "head": Markup('<meta name="robots" content="noindex">'),
            "toc": Markup(toc),
            "body": Markup(body),
        }
        self.site.write(f"{view.page.path}index.html", frame.fill(slots))

    def files(self, shares: Sequence[Share]) -> int:
        """
        Write what there is to share of each record; return how many pictures had to be painted.

        That is citations, QR codes, oEmbed answers, embedded pages, and the picture.
        """
        painter = Painter(self.site.root / "assets" / "vendor")
        painted = 0
        for count, used, kept in spread(partial(self._share, painter), shares, self.jobs):
            painted += count
            self.cache.used |= used
            self.site.kept.update(kept)
        for name in BUILD_ONLY:
            (painter.fonts / name).unlink(missing_ok=True)
        if self.site.url:
            self._other_codes({share.code for share in shares})
        return painted

    def _other_codes(self, shared: Set[str]) -> None:
        """Write the QR codes of pages that have nothing else to share: terms, playbooks, collections."""
        for kind, record in self.library.entries():
            if has_address(kind) and self.library.codes[kind.name, record.id] not in shared:
                self._qr(self.site, f"s/{self.library.codes[kind.name, record.id]}/")

    def _qr(self, site: Site, short_path: str) -> None:
        """Write the QR codes of a short link."""
        url = site.url + short_path
        for name, make in (("qr.svg", qr.svg), ("qr.png", qr.png)):
            code = self.cache.get(name + qr.MAKER, url, partial(make, url))
            site.write(short_path + name, code)

    def _share(self, painter: Painter, shares: Sequence[Share]) -> tuple[int, set[str], set[str]]:
        """Write the files of some records; return how many pictures were painted, what was used of the cache and kept of the site."""
        painted = 0
        site = self.site.part()
        template = self.env.get_template("records/embed.html")
        made_with = painter.version()

        def paint(card: Card) -> bytes:
            nonlocal painted
            painted += 1
            return painter.png(card)

        for share in shares:
            for name, text in cited(share, self.cache).files.items():
                site.write(share.short_path + name, text)
            self._qr(site, share.short_path)
            site.write(f"{share.short_path}oembed.json", self._oembed(share))
            card = _card(share)
            picture = self.cache.get(made_with, repr(card), partial(paint, card))
            site.write(f"{share.short_path}card.png", picture)
            html = template.render(share=share, root="../" * share.embed_path.count("/"))
            site.write(f"{share.embed_path}index.html", html)
        return painted, self.cache.used, site.kept

    def headers(self) -> None:
        """
        Let only the embedded pages be shown in a frame, for hosts that read ``_headers``.

        Such hosts join the headers of all rules that fit a path, and a second policy can only forbid more.
        So the rule that forbids frames is given for every folder but that one.
        """
        file = self.site.root / "_headers"
        if file.exists():
            there = sorted(p for p in self.site.root.iterdir() if p.name != EMBED)
            paths = ["/", *(f"/{p.name}" for p in there if p.suffix == ".html")]
            paths += [f"/{p.name}/*" for p in there if p.is_dir()]
            rules = [
                f"{path}\n  Content-Security-Policy: frame-ancestors 'self'\n" for path in paths
            ]
            file.write_text(file.read_text("utf-8") + "".join(rules), encoding="utf-8")

    def _oembed(self, share: Share) -> str:
        answer = {
            "version": "1.0",
            "type": "rich",
            "title": share.page.title,
            "provider_name": "Rewire",
            "provider_url": self.site.url,
            "cache_age": 86400,
            "width": EMBED_WIDTH,
            "height": EMBED_HEIGHT,
            "html": share.embed_code,
            "thumbnail_url": share.card_url,
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
        return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"

    def _absolute(self, path: str) -> str:
        return self.site.url + quote(path)


@dataclass(frozen=True, slots=True)
class Cited:
    """A record's citations."""

    styles: Mapping[str, Markup]
    """By style, as HTML."""
    files: Mapping[str, str]
    """By file name."""


def cited(share: Share, cache: Cache) -> Cited:
    """A record's citations, from the cache: making them takes some fifty milliseconds."""
    what = _reference(share)

    def make() -> bytes:
        files = {name: write(what) for name, write in FILES}
        return json.dumps([formatted(what), files]).encode()

    styles, files = json.loads(cache.get(made_by(), repr(what), make))
    return Cited({style: Markup(html) for style, html in styles.items()}, files)


def _reference(share: Share) -> Reference:
    """What a citation of a record says: its last check is the version that is cited."""
    page = share.page
    return Reference(
        key=share.code,
        title=" ".join(page.title.split()),
        genre=page.kind_label,
        day=share.headline.day,
        url=share.page_url,
        abstract=" ".join(page.description.split()),
    )


def _card(share: Share) -> Card:
    told = share.headline
    return Card(
        share.page.title,
        share.page.kind_label,
        told.level,
        told.marks,
        told.figure,
        told.figure_words,
    )
