"""What a project of Markdown pages has beyond them to make what stands beside ours, as far as MkDocs' own ways and plugins go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.library import Library
from generator.models.fields import Record
from generator.views.share import headline
from tests.benchmarks import fonts
from tests.benchmarks.same_content import TERMS

THEME = "overrides"
"""The folder of what the theme has beyond Material."""
_FAMILY = "Atkinson"
_TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{{ page.meta.title }} - {{ config.site_name }}</title>
  <link rel="canonical" href="{{ page.meta.of }}">
  <meta name="robots" content="noindex">
  <meta name="viewport" content="width=device-width,initial-scale=1">
  <link rel="stylesheet" href="{{ 'assets/stylesheets/main.css' | url }}">
</head>
<body>
  <main>
    <p class="kind">{{ page.meta.kind }} from {{ config.site_name }}</p>
    <h1><a href="{{ page.meta.of }}" target="_blank" rel="noopener">{{ page.meta.title }}</a></h1>
    <ul>{% for mark in page.meta.marks %}<li>{{ mark }}</li>{% endfor %}</ul>
    {{ page.content }}
    <p><a href="{{ page.meta.of }}" target="_blank" rel="noopener">Read it with its sources</a></p>
  </main>
</body>
</html>
"""
"""An embedded page, with what that of Hugo has (hugo/layouts/all.embed.html)."""
_FONTS = f"""\
import shutil


def on_config(config):
    cache = config.plugins["material/social"].config.cache_dir
    shutil.copytree("fonts", f"{{cache}}/fonts/{_FAMILY}", dirs_exist_ok=True)
"""
"""Gives Material the font that it would fetch from elsewhere otherwise."""


def settings(library: Library) -> dict[str, Any]:
    """What the settings say beyond those for the pages."""
    options = {"cards_layout_options": {"font_family": _FAMILY}, "cards_exclude": ["embed/*"]}
    redirects = {"redirect_maps": dict(_redirects(library))}
    return {
        "plugins": [{"social": options}, {"redirects": redirects}],
        "hooks": ["fonts.py"],
    }


def _records(library: Library) -> Iterator[tuple[str, Record]]:
    """Every record that has a page in the project, with its kind."""
    for kind in ("case-study", *TERMS):
        for record in library.all(kind, Record):
            yield kind, record


def _file(library: Library, kind: str, record: Record) -> str:
    return f"{library.kinds[kind].address}/{record.id.lower()}.md"


def _redirects(library: Library) -> Iterator[tuple[str, str]]:
    """The files that pages with a short link or an earlier address would have; with each, that of the page to which it leads."""
    for kind, record in _records(library):
        for address in library.aliases(kind, record.id):
            yield f"{address.rstrip('/')}.md", _file(library, kind, record)


def embedded(library: Library, url: str) -> Iterator[tuple[str, str]]:
    """A page to embed for each record that is shared: its file below docs/ and its text."""
    for name, record in _records(library):
        kind = library.kinds[name]
        if not (kind.shared and kind.view):
            continue
        view = kind.view(record, library)
        told = headline(view)
        assert told is not None
        file = _file(library, name, record)
        head = {
            "template": "embed.html",
            "title": view.page.title,
            "of": f"{url}{file.removesuffix('.md')}/",
            "kind": kind.label,
            "marks": [mark for mark in told.marks if mark],
        }
        said = f"**{told.figure}** {told.figure_words}" if told.figure else view.page.description
        yield f"embed/{file}", f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n\n{said}\n"


def write(root: Path) -> None:
    """Write the template of embedded pages, and the font of pictures in the weights that Material asks for."""
    template = root / THEME / "embed.html"
    template.parent.mkdir(parents=True)
    template.write_text(_TEMPLATE)
    (root / "fonts.py").write_text(_FONTS)
    for name, weight in (("Regular", 400), ("Bold", 700)):
        fonts.unpack(fonts.PLAIN, root / "fonts" / f"{name}.ttf", weight)
