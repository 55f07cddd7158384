"""MkDocs with Material, which everything is made for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ..build import Written
from ..failures import BadSettings, BuildFailed
from ..library import Library
from ..printing.frame import slot
from .engine import Pages


def settings(root: Path, **changes: Any) -> MkDocsConfig:
    """Return what mkdocs.yml in the folder `root` says. Raises `BadSettings`."""
    try:
        return load_config(str(root.resolve() / "mkdocs.yml"), **changes)
    except (Abort, ConfigurationError) as error:
        raise BadSettings(f"mkdocs.yml: {error}") from None


def spelled(config: MkDocsConfig) -> str:
    """Return settings as text, the same for the same settings. What is an object stands there by its kind."""
    said = {name: value for name, value in config.items() if name != "site_dir"}
    return json.dumps(said, sort_keys=True, default=lambda value: type(value).__name__)


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """Nothing to configure: where things are is the project's layout."""


class PagesPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """MkDocs' hooks for pages, each one call."""

    pages: Pages | None = None
    """Set before MkDocs begins."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add one frame for each kind of record that has pages."""
        assert self.pages
        for path, text in self.pages.frames():
            files.append(File.generated(config, path, content=text))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Put the generated parts of the pages for contributors into their places."""
        assert self.pages
        return self.pages.markdown(markdown)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Turn links by id on written pages into addresses, and explain the glossary's terms."""
        assert self.pages
        return self.pages.html(html, page.url, page.meta)

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a frame its canonical slot and its place in the navigation; note what a page asks for."""
        assert self.pages
        frame = page.meta.get("frame")
        if frame and config.site_url:
            page.canonical_url = slot("canonical")
        for entry in nav.pages:
            entry.active = False  # and with it the sections that it is in, so all of them go first
        for entry in nav.pages:
            if entry is page or (frame and entry.meta.get("listing") == frame):
                entry.active = True
        self.pages.note(str(page.title), page.url, page.meta)
        return context


class MkDocs:
    """The engine of `kb build` where nobody asks for another."""

    def __init__(self, root: Path, served_at: str = "") -> None:
        """`served_at` is a host and port, where the site is to be looked at and not to be published."""
        self._config = settings(root, strict=not served_at)
        if served_at:
            path = urlsplit(self._config.site_url or "/").path
            self._config.site_url = f"http://{served_at}/{path.strip('/')}".rstrip("/") + "/"
        plugin = self._config.plugins.get("rewire")
        if not isinstance(plugin, PagesPlugin):
            raise BadSettings("mkdocs.yml must name the plugin `rewire` under `plugins`.")
        self._plugin = plugin

    @property
    def url(self) -> str:
        """Where the site will stand, with a slash at the end; empty where nobody has said."""
        return str(self._config.site_url or "")

    @property
    def settings(self) -> str:
        """All that mkdocs.yml says."""
        return spelled(self._config)

    def build(self, library: Library, theme: jinja2.Environment, into: Path) -> Written:
        """Build all pages in this process."""
        pages = Pages(library, theme, str(self._config.extra.get("repository") or ""))
        self._plugin.pages = pages
        self._config.site_dir = str(into)
        try:
            build(self._config)
        except Abort as abort:
            raise BuildFailed(str(abort)) from None
        return pages.made(into, self._config.site_url)
