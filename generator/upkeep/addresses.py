"""The web addresses that a library leads to, and where each is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..checks.pages import written_pages
from ..library import Library
from ..prose import without_code
from ..reading.sources import relative
from .questions import path_of

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_TRAILING = ".,;:!?*_'\u2019\u201d"


def addresses(library: Library, root: Path) -> dict[str, list[str]]:
    """
    Return every address outside the site with the files that hold it, both in the order of the alphabet.

    Those in fields, in prose and in the written pages; the part after ``#`` is left off, since no server is
    sent it.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for kind, record in library.entries():
        texts = [*_texts(record.model_dump()), library.body(kind.name, record.id)]
        for address in (a for text in texts for a in addresses_in(text)):
            found[address].add(path_of(kind, record))
    for page in written_pages(root):
        for address in addresses_in(without_code(page.read_text("utf-8"))):
            found[address].add(relative(page, root))
    return {address: sorted(found[address]) for address in sorted(found)}


def addresses_in(text: str) -> Iterator[str]:
    """Yield the addresses in a text, without the punctuation behind them."""
    for match in _ADDRESS.finditer(text):
        address = match[0]
        # A bracket inside an address has its partner there too; one that closes a Markdown link has not.
        for opening, closing in ("()", "[]"):
            while address.count(closing) > address.count(opening):
                address = address[: address.rindex(closing)]
        yield address.rstrip(_TRAILING).partition("#")[0]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
