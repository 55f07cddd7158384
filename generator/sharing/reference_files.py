"""A reference as files for programs that keep references: CSL-JSON, BibTeX by pybtex, and RIS by rispy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache

import rispy
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer
from pydantic_core import to_json

from .reference import AUTHOR, Reference, csl


def csl_json(reference: Reference) -> bytes:
    """A CSL-JSON file of one item."""
    return to_json([csl(reference)], indent=2) + b"\n"


def bibtex(reference: Reference) -> str:
    """A BibTeX file of one entry. The title is braced twice, so that its capitals stay."""
    if not (_SAFE.fullmatch(reference.title) and _SAFE.fullmatch(reference.url)):
        return bibtex_whole(reference)
    return _filled(bibtex_whole, reference)


_SAFE = re.compile(r"[A-Za-z0-9 .,:;()/'+=?!-]*")
"""What pybtex writes as it is. Most titles are no more than that, and to look at each letter takes it half a millisecond."""
_KEY, _TITLE, _LINK, _ABSTRACT = "\ue010", "\ue011", "\ue012", "\ue013"


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
