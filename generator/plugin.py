"""The plugin that `mkdocs build` and `mkdocs serve` load: it reads before MkDocs begins, and prints when it is done."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from .build import Before, Ready, keys_of, publish, read_to_build
from .engines.engine import Pages
from .engines.mkdocs import PagesPlugin
from .failures import BuildFailed
from .parallel import processors
from .printing.environment import environment
from .printing.memory import Memory
from .printing.site import Site
from .steps import Steps

_WATCHED = ("casestudies", "content", "theme")


class RewirePlugin(PagesPlugin):  # type: ignore[no-untyped-call]
    """Puts the library into a MkDocs site. Under `kb build`, which reads and prints by itself, it does pages only."""

    _alone = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and link before MkDocs touches the site that is there."""
        if self.pages is not None:
            return config
        self._alone = True
        root = Path(config.config_file_path).parent
        try:
            library = read_to_build(root, Steps(), processors())
        except BuildFailed as failed:
            raise Abort(str(failed)) from None
        repository = str(config.extra.get("repository") or "")
        self.pages = Pages(library, environment(root / "theme"), repository)
        config.watch.extend(str(root / name) for name in _WATCHED)
        return config

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Print the records, and index all pages."""
        if not self._alone:
            return
        assert self.pages
        target, root = Path(config.site_dir), Path(config.config_file_path).parent
        # MkDocs has built where the site is to stand: make room for it there.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            built = Path(folder)
            for file in target.iterdir():
                file.rename(built / file.name)
            written = self.pages.made(built, config.site_url)
            site = Site(target)
            library = self.pages.library
            steps, jobs = Steps(), processors()
            keys = keys_of(library, root, Before.read(root), steps, jobs)
            ready = Ready(root, library, keys, self.pages.theme, written)
            try:
                publish(ready, site, Memory(), steps, jobs)  # MkDocs has emptied the folder
            except BuildFailed as failed:
                raise Abort(str(failed)) from None
