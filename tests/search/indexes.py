"""Search indexes of a few pages, ours and the one that Pagefind's program makes, and what is in them."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pagefind.service import get_executable

from generator.digests import digest_of
from generator.parallel import untold
from generator.printing.site import Site
from generator.search import bundle, pagefind
from generator.search.extracts import extract
from generator.search.runs import Runs

_SIGNATURE = len("pagefind_dcd")
_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4
_BYTES = {24: 1, 25: 2, 26: 4, 27: 8}
"""In CBOR (RFC 8949): bytes that follow the first one and hold the number, by what the first one says of them."""


def by_us(site: Path, jobs: int = 1) -> bundle.Bundle:
    """Index the pages below a folder, as `kb build` does."""
    files = [file for file in site.rglob("index.html") if "pagefind" not in file.parts]
    pages = {
        file.relative_to(site).as_posix().removesuffix("index.html"): digest_of(file.read_bytes())
        for file in files
    }
    printed = Site(site)
    runs = Runs(printed, dict(sorted(pages.items())), site / ".cache").of(jobs, untold)
    pagefind.write_program(printed)
    return bundle.write(printed, runs, jobs, lambda: None)


def by_pagefind(site: Path, into: Path) -> None:
    """Have Pagefind's program index the same pages, without what we cut out of them as a whole."""
    for file in site.rglob("index.html"):
        # Where nothing but the style sheet parts two elements, the words of both are one for Pagefind, and two for us.
        text = extract(file.read_bytes()).replace(b"><", b"> <")
        if text:
            copy = into / "pages" / file.relative_to(site)
            copy.parent.mkdir(parents=True)
            copy.write_bytes(b'<!doctype html><html lang="en"><body>%s</body></html>' % text)
    program = [str(get_executable()), "--force-language", "en"]
    options = ["--site", str(into / "pages"), "--output-path", str(into / "pagefind")]
    subprocess.run([*program, *options], check=True, capture_output=True)


@dataclass(frozen=True, slots=True)
class Held:
    """What an index holds, whatever numbers and names it gives to pages and files."""

    version: str
    pages: dict[str, Any]
    """What results show, by address, and how many words the page has."""
    words: dict[str, Any]
    """By stem, and by each word with marks: where it stands, by address."""
    files: list[tuple[str, str]]
    """From where to where in the alphabet each file goes."""


def held(folder: Path) -> Held:
    """Read a whole index."""
    [meta] = folder.glob("*.pf_meta")
    version, listed, chunks, _, _, fields = decode(unpacked(meta))
    shown = [_shown(folder, name) for name, _ in listed]
    addresses = [page["url"] for page in shown]
    words: dict[str, Any] = {}
    for _, _, name in chunks:
        [of_file] = decode(unpacked(folder / "index" / f"{name}.pf_index"))
        for stem, pages, variants in of_file:
            found = {form: _places(of, addresses, fields) for form, of in variants}
            words[stem] = _places(pages, addresses, fields), found
    assert list(words) == sorted(words)
    lengths = [length for _, length in listed]
    pages = {page["url"]: (page, n) for page, n in zip(shown, lengths, strict=True)}
    return Held(version, pages, words, [(first, last) for first, last, _ in chunks])


def _shown(folder: Path, name: str) -> Any:
    return json.loads(unpacked(folder / "fragment" / f"{name}.pf_fragment"))


def _places(pages: Any, addresses: list[str], fields: list[str]) -> Mapping[str, Any]:
    number, found = 0, {}
    for further, in_text, in_meta in pages:
        number += further
        # The number of a field depends on which fields there are.
        named = [place if place >= 0 else fields[-1 - place] for place in in_meta]
        found[addresses[number]] = in_text, named
    return found


def unpacked(file: Path) -> bytes:
    """What a file of an index holds."""
    return gzip.decompress(file.read_bytes())[_SIGNATURE:]


def decode(data: bytes) -> Any:
    """The one item of CBOR that `data` holds."""
    item, end = _item(data, 0)
    assert end == len(data)
    return item


def _item(data: bytes, at: int) -> tuple[Any, int]:
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number in _BYTES:
        number, at = int.from_bytes(data[at : at + _BYTES[number]]), at + _BYTES[number]
    if kind == _UNSIGNED:
        return number, at
    if kind == _NEGATIVE:
        return -1 - number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    assert kind == _ARRAY
    items = []
    for _ in range(number):
        item, at = _item(data, at)
        items.append(item)
    return items, at
