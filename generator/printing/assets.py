"""
Readies what pages load: one style sheet in the place of many, and addresses that never change what they hold.

Works on what the theme's engine has built, before anything is printed: a link in a frame is then right on the page of
every record, and no record costs anything.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import shutil
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

import rcssmin

FOLDER = "assets"
"""Where the theme has its files, and where they stand until `settle` moves them."""
JOINED = f"{FOLDER}/css/site.css"
"""The sheet in the place of those that all pages have in common."""
_FIXED = ("css", "js", "vendor")
"""Folders of files that only our pages load. Pictures stay where they are: others keep their addresses."""
_UNUSED = (f"{FOLDER}/javascripts", f"{FOLDER}/stylesheets")
"""Material's scripts, in whose place theme/assets/js/shell.js is, and its sheets, once they are joined."""

_SHEET = re.compile(rf'[ \t]*<link rel="stylesheet" href="((?:[^":]*/)?)({FOLDER}/[^"]+)">\n?')
_ADDRESS = re.compile(
    rf'(<(?:link|script)\b[^>]*\s(?:href|src)="(?:[^":]*/)?{FOLDER}/)(?=(?:{"|".join(_FIXED)})/)'
)
_CSS_ADDRESS = re.compile(r"url\(\s*([\"']?)(?![a-z]+:|/|#)([^\"')]+)\1\s*\)")
_RULE = re.compile(r"([^{}]*)(\{[^{}]*\})")
_DARK = re.compile(r'\[data-md-color-scheme="?slate"?\]')
_OTHER = re.compile(r":not\(|data-md-color-primary")
"""In selectors of Material's other palettes, which no page has."""
_LIGHT = '[data-md-color-scheme="default"]'


def settle(built: Path) -> str:
    """
    Join, shrink and move the style sheets and scripts of a built site, and mend the pages that load them.

    Returns the folder they are in now, from the site's root. Its name is a hash of all that is in it: what has an
    address there never changes, so browsers may keep it for good, and modules still find each other.
    """
    pages = {file: file.read_text("utf-8") for file in sorted(built.rglob("*.html"))}
    common = _common([[path for _, path in _SHEET.findall(text)] for text in pages.values()])
    joined = "\n".join(_sheet(built, path) for path in common)
    for file in sorted((built / FOLDER / "css").glob("*.css")):
        path = file.relative_to(built).as_posix()
        file.write_text(_shrunk(_sheet(built, path)), "utf-8")
    (built / JOINED).write_text(_shrunk(joined), "utf-8")
    for folder in _UNUSED:
        shutil.rmtree(built / folder, ignore_errors=True)
    fixed = f"{FOLDER}/{_hash(built / FOLDER)}"
    (built / fixed).mkdir()
    for name in _FIXED:
        (built / FOLDER / name).rename(built / fixed / name)
    version = fixed.removeprefix(f"{FOLDER}/")
    for file, text in pages.items():
        file.write_text(_ADDRESS.sub(rf"\g<1>{version}/", _joined(text, common)), "utf-8")
    return fixed


def _common(pages: Sequence[Sequence[str]]) -> Sequence[str]:
    """The sheets with which every page begins, in their order: what comes later refines them."""
    if not pages:
        return []
    alike = takewhile(lambda paths: len(set(paths)) == 1, zip(*pages, strict=False))
    return [path for path, *_ in alike]


def _sheet(built: Path, path: str) -> str:
    """A sheet in which what it loads is named as from where sheets are in the end."""

    def moved(found: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
        return f'url("{posixpath.relpath(_place(there), posixpath.dirname(_place(JOINED)))}")'

    return _CSS_ADDRESS.sub(moved, (built / path).read_text("utf-8"))


def _place(path: str) -> str:
    """Where a file is in the end, with ``-`` for the folder whose name is not known yet."""
    folder, _, rest = path.partition("/")
    return f"{FOLDER}/-/{rest}" if folder == FOLDER and rest.split("/")[0] in _FIXED else path


def _shrunk(css: str) -> str:
    return _dark(rcssmin.cssmin(css))


def _joined(text: str, common: Sequence[str]) -> str:
    """A page that loads the joined sheet where it loaded the first of those that are in it."""

    def instead(found: re.Match[str]) -> str:
        root, path = found.groups()
        if path not in common:
            return found[0]
        return f'<link rel="stylesheet" href="{root}{JOINED}">\n' if path == common[0] else ""

    return _SHEET.sub(instead, text)


def _dark(css: str) -> str:
    """
    Give each rule of the dark colors a second one, for readers whose system asks for dark and whose browser has not
    run the script that sets the colors. So no page waits for that script, and none flashes.

    `:where` adds no weight: the second rule wins over the same ones as the first. `html` has the class
    ``no-js`` until the script has set the colors.
    """

    def both(found: re.Match[str]) -> str:
        selectors, body = found.groups()
        if not _DARK.search(selectors) or "data-md-color-scheme=default" in selectors.replace(
            '"', ""
        ):
            return found[0]
        light = [
            _DARK.sub(f":where(.no-js) {_LIGHT}", one)
            for one in selectors.split(",")
            if not _OTHER.search(one)
        ]
        if not light:
            return found[0]
        return f"{found[0]}@media (prefers-color-scheme:dark){{{','.join(light)}{body}}}"

    return _RULE.sub(both, css)


def _hash(folder: Path) -> str:
    """Says what all files that are moved hold and are called, in ten digits."""
    digest = hashlib.sha256()
    for name in _FIXED:
        for file in sorted((folder / name).rglob("*")):
            if file.is_file():
                digest.update(
                    f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode()
                )
                digest.update(file.read_bytes())
    return digest.hexdigest()[:10]
