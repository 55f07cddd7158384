"""MkDocs hooks, each one call. The work is done in `build` and the modules it calls."""

from __future__ import annotations

import re
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from .build import Written, contents, publish, read_library
from .diagnostics import CheckFailed
from .form import NoSuchRepository
from .library import Library
from .parallel import no_collector, processors
from .printing.assets import settle
from .printing.built import FRAME_NAME
from .printing.environment import environment
from .printing.explain import explained
from .printing.frame import slot
from .printing.site import Site
from .registry import KINDS
from .reporters import report
from .resolver import Target
from .search.names import WrittenPage
from .search.pagefind import IndexFailed
from .steps import Steps
from .views.contribute import filled

_KB_HREF = re.compile(r'href="kb:([^"]*)"')
_WATCHED = ("casestudies", "content", "theme")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """Nothing to configure: where things are is the project's layout."""


class RewirePlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Puts the library into a MkDocs site: frames in, records printed, everything indexed."""

    library: Library
    steps = Steps()
    """Set by `kb build`, which shows how long each step takes."""
    site: Site | None = None
    """Where to print; set by `kb build`. Where nobody says, it is where MkDocs builds."""
    jobs = processors()
    """How many processes print; set by `kb build --jobs`."""
    offline = False
    """Set by `kb build --offline`: make the offline edition too."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and link before MkDocs touches the site that is there."""
        self._root = Path(config.config_file_path).parent
        self._theme = environment(self._root / "theme")
        self._lists: dict[str, str] = {}
        self._written: list[WrittenPage] = []
        try:
            with self.steps.step("Check"):
                self.library = read_library(self._root, self.jobs, self.steps)
                self.steps.made(contents(self.library))
        except CheckFailed as failed:
            report(failed.findings, self._root)
            raise Abort("The library has findings, so nothing was built.") from None
        config.watch.extend(str(self._root / name) for name in _WATCHED)
        # MkDocs now renders the written pages, until `on_post_build`.
        self._pages = ExitStack()
        self._pages.enter_context(self.steps.step("Pages")).made("written pages and frames")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add one frame for each kind of record that has pages."""
        for kind in KINDS:
            if kind.view is not None:
                files.append(
                    File.generated(
                        config, f"{kind.address}/{FRAME_NAME}.md", content=_frame_page(kind.name)
                    )
                )
        return files

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Put the generated parts of the pages for contributors into their places."""
        return filled(markdown, self.library, str(config.extra.get("repository") or ""))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Turn links by id on written pages into addresses, and explain the glossary's terms."""
        linked = _KB_HREF.sub(lambda found: f'href="{self._address(found[1], page)}"', html)
        if "frame" in page.meta or "listing" in page.meta:
            return linked  # frames have no words of their own, and lists open with a line or two
        return explained(linked, self.library, get_relative_url(".", page.url), self._theme)

    def _address(self, written: str, page: Page) -> str:
        target = self.library.resolver.resolve(written)
        assert isinstance(target, Target), written  # the check has refused all others
        return get_relative_url(target.path, page.url)

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a frame its canonical slot and its place in the navigation; note who wants a list."""
        frame = page.meta.get("frame")
        if frame:
            page.canonical_url = slot("canonical")
        for entry in nav.pages:
            entry.active = entry is page or (bool(frame) and entry.meta.get("listing") == frame)
        if "listing" in page.meta:
            self._lists[page.url] = page.meta["listing"]
        if "found_by" in page.meta:
            self._written.append(
                WrittenPage(str(page.title), page.url, tuple(page.meta["found_by"]))
            )
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Print the records, and index all pages."""
        self._pages.close()
        target, url = Path(config.site_dir), config.site_url or ""
        repository = str(config.extra.get("repository") or "")
        if self.site is not None:
            self._publish(replace(self.site, url=url), target, repository)
            return
        # MkDocs by itself builds where the site is to stand: make room for it there.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as built:
            for file in target.iterdir():
                file.rename(Path(built, file.name))
            self._publish(Site(target, url), Path(built), repository)

    def _publish(self, site: Site, built: Path, repository: str) -> None:
        """Make the site of what MkDocs has built in a folder."""
        site = replace(site, assets=settle(built))
        self._theme.globals["assets"] = site.assets
        try:
            with no_collector():
                publish(
                    self.library,
                    site,
                    self._theme,
                    self._root,
                    Written(built, self._lists, self._written),
                    repository,
                    self.steps,
                    self.jobs,
                    self.offline,
                )
        except NoSuchRepository as failed:
            raise Abort(
                f"mkdocs.yml: `extra.repository` is {failed}; it must be https://github.com/OWNER/NAME."
            ) from None
        except IndexFailed as failed:
            raise Abort(f"The search index could not be made: {failed}") from None


def _frame_page(kind: str) -> str:
    matter: dict[str, Any] = {
        "title": slot("title"),
        "description": slot("description"),
        "template": "frames/record.html",
        "frame": kind,
        "hide": "[navigation]",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in matter.items())
    return f"---\n{lines}---\n"
