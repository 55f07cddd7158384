"""
Prints what there is to share of a record: what one takes along, or shows elsewhere.

Neither the search index nor the sitemap should know of any of it. All of it is filed under the record's short code,
so that it survives a rename too:

    /s/CODE/qr.svg, qr.png     the short link as QR code      /s/CODE/card.png      its picture
    /s/CODE/cite.*             BibTeX, RIS, CSL-JSON          /s/CODE/oembed.json   oEmbed
    /embed/CODE/               the page shown elsewhere

Terms, playbooks and collections have the QR codes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup
from pydantic_core import to_json

from ..digests import key_of
from ..models.kind import Kind
from ..models.permalinks import has_address
from ..noted import Made
from ..sharing import qr
from ..sharing.cache import Cache
from ..sharing.card import HEIGHT, WIDTH, Card, fonts_key
from ..sharing.reference import Reference
from .memory import Keys
from .press import Press
from .site import Site

if TYPE_CHECKING:
    from ..sharing.painter import Painter
    from ..views.share import Share

PICTURES = ("qr.svg", "qr.png", "card.png")
"""What of a record's files is drawn."""


@dataclass(frozen=True)
class Shares:
    """Prints what there is to share of one library's records into one site."""

    press: Press
    fonts: str
    """The key of those with which pictures are painted."""
    keys: Keys
    """Those of what is shared."""

    @classmethod
    def of(cls, press: Press) -> Shares:
        """What prints by the means of a press."""
        fonts = fonts_key(press.built.fonts)
        return cls(press, fonts, press.keys.within(fonts))

    @cached_property
    def _painter(self) -> Painter:
        from ..sharing.painter import Painter  # here: most builds paint nothing

        return Painter(self.press.built.fonts)

    def stays(self, kind: Kind, record_id: str) -> bool:
        """
        Whether nothing is to be printed of a record: what the last build made is in the site then.

        Also where nobody has said where the site will stand, or the record has no address of its own.
        """
        if not (self.press.site.url and has_address(kind)):
            return True
        key = self.keys.share(kind, record_id)
        return self.press.memory.stays(self.name(kind, record_id), key)

    @staticmethod
    def name(kind: Kind, record_id: str) -> str:
        """What the memory calls what there is to share of a record."""
        return f"share {kind.path_of(record_id)}"

    def print(self, kind: Kind, record_id: str, share: Share | None) -> tuple[Made, bool]:
        """Print all of a record; return what was made, and whether its picture was painted."""
        site = self.press.memory.part(self.name(kind, record_id))
        code = self.press.library.codes[kind.name, record_id]
        pictures, painted = self._pictures(kind, record_id, f"s/{code}/", share, site)
        if share:
            self._words(share, site)
        key = self.keys.share(kind, record_id)
        return Made.of(key, site.files, pictures=pictures, aside=True), painted

    def _pictures(
        self, kind: Kind, record_id: str, short_path: str, share: Share | None, site: Site
    ) -> tuple[str, bool]:
        """
        Have the QR codes of a record's short link in the site, and its picture; return their key, and whether it was painted.

        They take longer than all else that is shared, and change less often: what they show is their key. So they are
        kept where all pages change.
        """
        link, card = site.url + short_path, _card(share) if share else None
        key = key_of(self.fonts, link, repr(card))
        made = self.press.memory.earlier.get(self.name(kind, record_id))
        if made and made.pictures == key:
            names = {short_path + name for name in PICTURES}
            if site.keep({name: told for name, told in made.digested().items() if name in names}):
                return key, False
        site.write(f"{short_path}qr.svg", qr.svg(link))
        site.write(f"{short_path}qr.png", qr.png(link))
        if card:
            site.write(f"{short_path}card.png", self._painter.png(card))
        return key, card is not None

    def _words(self, share: Share, site: Site) -> None:
        """Write a record's citations, its oEmbed answer, and the page that is shown elsewhere."""
        from ..sharing.reference_files import FILES

        reference = _reference(share)
        for name, citation in FILES:
            site.write(share.short_path + name, citation(reference))
        site.write(f"{share.short_path}oembed.json", self._oembed(share))
        template = self.press.templates.get_template("records/embed.html")
        html = template.render(share=share, root="../" * share.embed_path.count("/"))
        site.write(f"{share.embed_path}index.html", html)

    def _oembed(self, share: Share) -> bytes:
        from ..views.share import EMBED_HEIGHT, EMBED_WIDTH

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


def cited(share: Share, cache: Cache) -> dict[str, Markup]:
    """A record's citations by style, as HTML."""
    from ..sharing.citations import formatted

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
