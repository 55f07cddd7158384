"""What search engines and browsers read: structured data of pages, the sitemap, and our search for their box."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .site import Site

if TYPE_CHECKING:
    from ..views.page import Page

NAME = "Rewire"


def structured_data(page: Page, site_url: str) -> dict[str, Any]:
    """
    A record's page by the terms of schema.org, as JSON-LD wants it.

    `site_url` ends with a slash. Records are articles; the pages of terms collect them.
    """
    address = site_url + quote(page.path)
    meta = dict(page.search.meta) if page.search else {}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article" if "checked" in meta else "CollectionPage",
        "headline": page.title,
        "description": page.description,
        "url": address,
        "inLanguage": "en-US",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": {"@type": "WebSite", "name": NAME, "url": site_url},
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": 1,
                    "name": page.kind_label,
                    "item": site_url + page.list_path,
                },
                {"@type": "ListItem", "position": 2, "name": page.title, "item": address},
            ],
        },
    }
    if "checked" in meta:
        organization = {"@type": "Organization", "name": NAME, "url": site_url}
        data |= {
            "author": organization,
            "publisher": organization,
            "dateModified": meta["checked"],
        }
    return data


def sitemap(site: Site, pages: Iterable[str]) -> str:
    """The sitemap of some pages of a site, by their addresses (sitemaps.org, version 0.9)."""
    urls = "".join(
        f"<url><loc>{escape(site.url + quote(path), quote=False)}</loc></url>\n" for path in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def opensearch(site: Site) -> str:
    """What lets a browser search the library from its own box (OpenSearch 1.1)."""
    url = escape(site.url)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{NAME}</ShortName>\n"
        "<Description>What works in skills-first hiring and training</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Image type="image/svg+xml">{url}assets/images/favicon.svg</Image>\n'
        f'<Url type="text/html" template="{url}search/?q={{searchTerms}}"/>\n'
        "</OpenSearchDescription>\n"
    )
