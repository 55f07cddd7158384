"""
Zensical, by the authors of Material for MkDocs: the same settings and templates, but no plugins.

So what the plugin does while MkDocs runs is done before and after: the pages are written into a project of their
own, Zensical builds that, and what it built is finished.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import click
import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel, get_files
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load

from ..build import Written
from ..failures import BadSettings, BuildFailed
from ..library import Library
from ..printing.frame import slot
from .engine import Pages
from .mkdocs import settings, spelled

_START, _END = "<!--kb-content-->", "<!--/kb-content-->"
"""Where a page's own words begin and end in what Zensical builds around them."""

_KEPT = ("site_name", "site_description", "site_url", "nav", "extra", "extra_css")
"""Settings that mean the same to both."""

_NAVIGATION = ('<nav class="md-tabs"', '<nav class="md-nav md-nav--primary')
"""How the two elements begin that show where a page stands: the tabs, and the sidebar or drawer."""

_NAV_TAG = re.compile(r"<(/?)nav\b[^>]*>")
_ADDRESS = re.compile(r'\b(href|src)="([^"#:]+)"')


@dataclass(frozen=True, slots=True)
class _Page:
    """A page in Zensical's project."""

    url: str
    """Relative to the site's root."""
    title: str
    meta: dict[str, Any]

    def file(self, built: Path) -> Path:
        """The page in the folder that Zensical has built."""
        return built / self.url / "index.html"


class Zensical:
    """Builds by running Zensical over a project that is made for it."""

    def __init__(self, root: Path) -> None:
        if find_spec("zensical") is None:
            raise BadSettings(
                "Zensical is not installed. In the project's folder: .venv/bin/pip install -e '.[zensical]'"
            )
        self._root = root.resolve()
        self._config = settings(root)

    @property
    def settings(self) -> str:
        """All that mkdocs.yml says."""
        return spelled(self._config)

    def build(self, library: Library, theme: jinja2.Environment, into: Path) -> Written:
        """Build all pages in another process."""
        pages = Pages(library, theme, str(self._config.extra.get("repository") or ""))
        with tempfile.TemporaryDirectory(prefix="rewire-") as folder:
            project = Path(folder)
            made = [*self._written(pages, project), *self._frames(pages, project)]
            text = json.dumps(project_settings(self._config, self._root / "theme"), default=str)
            (project / "mkdocs.yml").write_text(text, encoding="utf-8")  # JSON is YAML
            _run(project)
            built = project / "site"
            _finish(made, pages, built, self._config.site_url or "")
            (built / "search.json").unlink()  # for Zensical's own search
            shutil.copytree(built, into, dirs_exist_ok=True)
        return pages.made(into, self._config.site_url)

    def _written(self, pages: Pages, project: Path) -> Iterator[_Page]:
        """Write the pages that people write, and copy what lies beside them."""
        titles = dict(_titles(self._config.nav or []))
        for file in get_files(self._config):
            if file.inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT):
                continue
            there = project / "content" / file.src_uri
            there.parent.mkdir(parents=True, exist_ok=True)
            if not file.is_documentation_page():
                there.write_bytes(file.content_bytes)
                continue
            text = file.content_string
            body, meta = get_data(text)
            head = text.removesuffix(body)
            there.write_text(marked(head, pages.markdown(body)), encoding="utf-8")
            title = titles.get(file.src_uri) or meta.get("title") or file.name
            url = "" if file.url in (".", "./") else file.url
            yield _Page(url, str(title), meta)

    def _frames(self, pages: Pages, project: Path) -> Iterator[_Page]:
        for path, text in pages.frames():
            there = project / "content" / path
            there.parent.mkdir(exist_ok=True)
            there.write_text(text, encoding="utf-8")
            _, meta = get_data(text)
            yield _Page(f"{path.removesuffix('.md')}/", "", meta)


def project_settings(config: MkDocsConfig, theme: Path) -> dict[str, Any]:
    """Zensical's settings for what mkdocs.yml says. What it does not know, and our plugin, is left out."""
    with Path(config.config_file_path).open("rb") as file:
        given = yaml_load(file)
    # Zensical adds an extension of its own for code if it is not named. Named first, it yields to MkDocs'.
    extensions = ["pymdownx.superfences", *config.markdown_extensions]
    return {
        **{key: given[key] for key in _KEPT if key in given},
        "docs_dir": "content",
        "site_dir": "site",
        "theme": {**given["theme"], "custom_dir": str(theme), "variant": "classic"},
        "markdown_extensions": [{name: config.mdx_configs.get(name, {})} for name in extensions],
        "plugins": [{"search": {"enabled": False}}],
    }


def _titles(nav: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield (file, title) for each page that the navigation gives a title."""
    for entry in nav:
        for title, inside in entry.items() if isinstance(entry, dict) else ():
            if isinstance(inside, list):
                yield from _titles(inside)
            else:
                yield inside, title


def marked(head: str, body: str) -> str:
    """Join a page's front matter and its words, with marks around these. Its lines keep their numbers if possible."""
    if head.endswith("\n\n"):
        head = head[:-1]  # the mark takes the place of the blank line
    return f"{head}{_START}\n{body}\n\n{_END}\n"


def _run(project: Path) -> None:
    """Run Zensical over a project. Raises `BuildFailed` with what it finds wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        said, _, trace = click.unstyle(done.stderr).partition("Traceback (most recent call last)")
        last = trace.strip().rpartition("\n")[2]
        raise BuildFailed(f"Zensical stopped.\n{said}{last}\n")


def _finish(made: list[_Page], pages: Pages, built: Path, site_url: str) -> None:
    """Do to the built pages what MkDocs' hooks do while it builds."""
    lists = {page.meta["listing"]: page for page in made if "listing" in page.meta}
    for page in made:
        html = page.file(built).read_text(encoding="utf-8")
        if "frame" in page.meta:
            if site_url:
                html = html.replace(site_url + page.url, slot("canonical"))
            if listed := lists.get(page.meta["frame"]):
                like = listed.file(built).read_text(encoding="utf-8")
                html = placed(html, page.url, like, listed.url)
        else:
            before, _, rest = html.partition(_START)
            content, found, after = rest.partition(_END)
            if found:  # a few templates show nothing of what their page says
                html = before + pages.html(content, page.url, page.meta) + after
        page.file(built).write_text(html, encoding="utf-8")
        pages.note(page.title, page.url, page.meta)


def placed(html: str, url: str, like: str, like_url: str) -> str:
    """Return a page that is not in the navigation with the navigation of another: it stands where that stands."""

    def readdressed(found: re.Match[str]) -> str:
        path = urljoin(f"/{like_url}", found[2]).removeprefix("/")
        return f'{found[1]}="{get_relative_url(path or ".", url)}"'

    for begins in _NAVIGATION:
        if begins in html and begins in like:
            start, end = _element(html, begins)
            there = like[slice(*_element(like, begins))]
            html = html[:start] + _ADDRESS.sub(readdressed, there) + html[end:]
    return html


def _element(html: str, begins: str) -> tuple[int, int]:
    """Where the first `nav` that begins so starts and ends."""
    start, depth = html.index(begins), 0
    for tag in _NAV_TAG.finditer(html, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return start, tag.end()
    raise ValueError(f"{begins} has no end")
