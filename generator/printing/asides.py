"""
Prints what stands beside the records' pages: short links, old addresses, and what one takes along.

Neither the search index nor the sitemap should know of any of it.
Everything of a record is filed under its short code, so that it survives a rename too. Terms, playbooks and
collections have the first two only:

    /s/CODE/             leads to the record         /s/CODE/qr.svg, qr.png     its short link as QR code
    /s/CODE/cite.*       BibTeX, RIS, CSL-JSON       /s/CODE/card.png           its picture
    /s/CODE/oembed.json  oEmbed                      /embed/CODE/               the page shown elsewhere
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from markupsafe import Markup
from pydantic_core import to_json

from ..digests import key_of
from ..models.kind import Kind
from ..models.permalinks import Permalink, has_address
from ..parallel import spread
from ..sharing import qr
from ..sharing.cache import Cache
from ..sharing.card import HEIGHT, WIDTH, Card, Painter
from ..sharing.citations import FILES, Reference, formatted
from ..views.removed import removed_view
from ..views.share import EMBED_HEIGHT, EMBED_WIDTH, Share
from .memory import Keys, Made
from .press import Press
from .site import Site

HEADERS = "_headers"
"""What some hosts read the headers of their answers from."""
EMBED = "embed"
"""The folder of the only pages that other sites may show in a frame."""
PICTURES = ("qr.svg", "qr.png", "card.png")
"""What of a record's files is drawn."""
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asides:
    """Prints the asides of one library into one site."""

    press: Press

    def links(self) -> Collection[str]:
        """Print short links, old addresses and removed records' pages; return their files."""
        library, memory = self.press.library, self.press.memory
        named = to_json([(kind.name, told.id, told.title) for kind, told in library.told()])
        key = key_of(self.press.keys.ground, repr(library.ledger.entries), named)
        memory.once("links", key, self.press.site, self._links)
        return memory.now["links"].files

    def _links(self, site: Site) -> None:
        for kind, told in self.press.library.told():
            if has_address(kind):
                path = kind.path_of(told.id)
                entry = self.press.library.ledger.by_key.get((kind.name, told.id))
                code = self.press.library.codes[kind.name, told.id]
                earlier = entry.addresses[1:] if entry else ()
                self._redirect(site, [f"s/{code}/", *earlier], path, told.title)
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

    def files(self, share_of: Callable[[Kind, str], Share]) -> tuple[int, int]:
        """
        Write what there is to share of each record that the last build has not written; return how many
        records there are, and how many pictures had to be painted.

        That is citations, QR codes, oEmbed answers, embedded pages, and the picture; of terms, playbooks and
        collections the QR codes only. Nothing where nobody has said where the site will stand.
        """
        if not self.press.site.url:
            return 0, 0
        work = [(kind, told.id) for kind, told in self.press.library.told() if has_address(kind)]
        painter = Painter(self.press.built.fonts)
        keys = self.press.keys.within(painter.version)
        changed = [pair for pair in work if not self._stays(keys, *pair)]
        painted = 0
        share = partial(self._files, painter, keys, share_of)
        goes_on = self.press.steps.goes_on
        for count, files, made in spread(share, changed, self.press.jobs, goes_on):
            painted += count
            self.press.site.files.update(files)
            self.press.memory.now.update(made)
        return sum(kind.shared for kind, _ in work), painted

    def _stays(self, keys: Keys, kind: Kind, record_id: str) -> bool:
        return self.press.memory.stays(*self._piece(keys, kind, record_id), self.press.site)

    def _piece(self, keys: Keys, kind: Kind, record_id: str) -> tuple[str, str]:
        """The name and the key of what there is to share of a record."""
        return f"share {kind.path_of(record_id)}", keys.record(kind, record_id)

    def _files(
        self,
        painter: Painter,
        keys: Keys,
        share_of: Callable[[Kind, str], Share],
        work: Sequence[tuple[Kind, str]],
    ) -> tuple[int, dict[str, str], dict[str, Made]]:
        """Write the files of some records; return how many pictures were painted, the files, and what was made."""
        painted = 0
        site = self.press.site.part()
        made: dict[str, Made] = {}
        for kind, record_id in work:
            part = site.part()
            share = share_of(kind, record_id) if kind.shared else None
            code = self.press.library.codes[kind.name, record_id]
            path = kind.path_of(record_id)
            pictures, count = self._pictures(path, f"s/{code}/", share, painter, part)
            painted += count
            if share:
                self._words(share, part)
            site.files.update(part.files)
            name, key = self._piece(keys, kind, record_id)
            made[name] = Made(key, part.files, (), pictures)
        return painted, site.files, made

    def _pictures(
        self, path: str, short_path: str, share: Share | None, painter: Painter, site: Site
    ) -> tuple[str, bool]:
        """
        Have the QR codes of a record's short link in the site, and its picture; return their key, and whether it was painted.

        They take longer than all else that is shared, and change less often: what they show is their key. So they are
        kept where all pages change.
        """
        link, card = site.url + short_path, _card(share) if share else None
        key = key_of(painter.version, link, repr(card))
        made = self.press.memory.earlier.get(f"share {path}")
        if made and made.pictures == key:
            names = (short_path + name for name in PICTURES)
            if site.keep({name: made.files[name] for name in names if name in made.files}):
                return key, False
        site.write(f"{short_path}qr.svg", qr.svg(link))
        site.write(f"{short_path}qr.png", qr.png(link))
        if card:
            site.write(f"{short_path}card.png", painter.png(card))
        return key, card is not None

    def _words(self, share: Share, site: Site) -> None:
        """Write a record's citations, its oEmbed answer, and the page that is shown elsewhere."""
        reference = _reference(share)
        for name, citation in FILES:
            site.write(share.short_path + name, citation(reference))
        site.write(f"{share.short_path}oembed.json", self._oembed(share))
        template = self.press.templates.get_template("records/embed.html")
        html = template.render(share=share, root="../" * share.embed_path.count("/"))
        site.write(f"{share.embed_path}index.html", html)

    def headers(self) -> None:
        """
        Let only the embedded pages be shown in a frame, and browsers keep what never changes, for hosts that read ``_headers``.

        Such hosts join the headers of all rules that fit a path, and a second policy can only forbid more.
        So the rule that forbids frames is given for every folder but that one.
        """
        file = self.press.built.root / HEADERS
        if file.exists():
            there = {path.partition("/")[0]: "/" in path for path in self.press.site.files}
            folders = {f"/{name}/*" for name, is_folder in there.items() if is_folder}
            pages = {f"/{name}" for name in there if name.endswith(".html")}
            paths = ["/", *sorted(pages), *sorted(folders - {f"/{EMBED}/*"})]
            rules = [
                f"{path}\n  Content-Security-Policy: frame-ancestors 'self'\n" for path in paths
            ]
            rules.append(f"/{self.press.site.assets}/*\n  Cache-Control: {_FOR_GOOD}\n")
            self.press.site.write(HEADERS, file.read_text("utf-8") + "".join(rules))

    def _oembed(self, share: Share) -> bytes:
        answer = {
            "version": "1.0",
            "type": "rich",
            "title": share.page.title,
            "provider_name": "Rewire",
            "provider_url": self.press.site.url,
            "cache_age": 86400,
            "width": EMBED_WIDTH,
            "height": EMBED_HEIGHT,
            "html": share.embed_code,
            "thumbnail_url": share.card_url,
            "thumbnail_width": WIDTH,
            "thumbnail_height": HEIGHT,
        }
        return to_json(answer, indent=2) + b"\n"

    def _absolute(self, path: str) -> str:
        return self.press.site.url + quote(path)


def cited(share: Share, cache: Cache) -> dict[str, Markup]:
    """A record's citations by style, as HTML."""
    return {style: Markup(html) for style, html in formatted(_reference(share), cache).items()}


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
