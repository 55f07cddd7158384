"""Those whose builds are compared: this project and its peers, each with its copy of the same library."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pagefind.service import get_executable

from generator.library import Library
from tests.benchmarks import growth, hugo_site, markdown_site
from tests.benchmarks.measuring import Run, run
from tests.benchmarks.peer_programs import installed
from tests.benchmarks.trash import Trash
from tests.conftest import ASIDE, PROJECT

EDIT = "Read again. "
"""What an edit puts before the results of one case study."""
EDITED = "record-00000"
EXTRAS = (*ASIDE, "data")
"""Folders of our site that peers which make pages only have nothing like: short links, pictures, citations; data."""
_ENGLISH = ("--force-language", "en")


@dataclass(frozen=True, slots=True)
class Build:
    """What one build cost."""

    pages: float
    """Seconds for everything but the search index."""
    index: float
    """Seconds for the search index."""
    extras: float
    """Seconds, out of those for the pages, for what peers which make pages only don't make."""
    worked: float
    """Seconds that processors worked for all of it."""
    own: int
    """Bytes of memory at most, Pagefind's left out; see `Run`."""
    indexer: int
    """Bytes of memory that Pagefind had at most."""

    @property
    def whole(self) -> float:
        return self.pages + self.index


class Builder(Protocol):
    """One that builds a site of the library, again and again."""

    name: str
    complete: bool
    """Whether it makes what stands beside the pages too, and not the pages only."""
    site: Path
    """Where the site is once it is built."""

    def clear(self) -> None:
        """Take away all that was built: sites, caches, notes of the last build."""

    def cold(self) -> Build:
        """Build with nothing there but the library. Raises `RunFailed`."""

    def warm(self) -> float | None:
        """
        Edit a case study and build once more.

        Returns the seconds for everything but the search index; None for a builder that keeps nothing.
        """


class _InFolder:
    """A builder with a folder of its own."""

    __slots__ = ()
    root: Path
    library: frozenset[str]
    trash: Trash

    def clear(self) -> None:
        for name in _names(self.root) - self.library:
            self.trash.take(self.root / name)


@dataclass(slots=True)
class Ours(_InFolder):
    """Rewire itself."""

    root: Path
    """Its copy of the library."""
    trash: Trash
    name: str = "Rewire"
    complete: bool = True
    site: Path = field(init=False)
    library: frozenset[str] = field(init=False)
    """What is in its folder before anything was built."""

    def __post_init__(self) -> None:
        self.site = self.root / "site"
        self.library = _names(self.root)

    def cold(self) -> Build:
        self.clear()
        done = self._run()
        parts = growth.apart(done.seconds, done.printed)
        extras, index = parts["share"], parts["index"]
        pages = done.seconds - index  # the check too: the peers' seconds are of a whole process
        return Build(pages, index, extras, done.worked, done.own, done.indexer)

    def warm(self) -> float:
        self._run()  # from the second build on there are two trees, of which one is made anew
        _edit(self.root / "casestudies" / f"{EDITED}.yaml", r"^results: \S+\n  ")
        done = self._run()
        return done.seconds - growth.apart(done.seconds, done.printed)["index"]

    def _run(self) -> Run:
        build = [sys.executable, "-m", "generator", "build", "--profile", "--root"]
        return run([*build, str(self.root)], PROJECT)


@dataclass(slots=True)
class Peer(_InFolder):
    """Another program, followed by Pagefind."""

    name: str
    root: Path
    """The folder of its project."""
    site: Path
    command: list[str]
    trash: Trash
    complete: bool = False
    again: list[str] | None = None
    """The command for a build after an edit; None where it keeps nothing from the build before."""
    page: str = ""
    """The file of the case study that is edited."""
    search: tuple[str, ...] = ()
    """What Pagefind is told to read: its options."""
    library: frozenset[str] = field(init=False)
    """What is in its folder before anything was built."""

    def __post_init__(self) -> None:
        self.library = _names(self.root)

    def cold(self) -> Build:
        self.clear()
        pages = run(self.command, self.root)
        index = pagefind(self.site, *self.search, *_searched(self.site))
        worked = pages.worked + index.worked
        return Build(pages.seconds, index.seconds, 0.0, worked, pages.own, index.indexer)

    def warm(self) -> float | None:
        if self.again is None:
            return None
        _edit(self.root / self.page, r"\{#results\}\n\n")
        return run(self.again, self.root).seconds


def _names(root: Path) -> frozenset[str]:
    return frozenset(path.name for path in root.iterdir())


def _searched(site: Path) -> list[str]:
    """Have Pagefind look into no folder of short links and embedded pages, as `kb build` does, if there are any."""
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    if not folders & {*ASIDE}:
        return []
    looked = (f"{name}/**/*.html" for name in sorted(folders - {*ASIDE}))
    return ["--glob", "{" + ",".join(["*.html", *looked]) + "}"]


def pagefind(site: Path, *options: str) -> Run:
    """Index a site with Pagefind's program."""
    return run([str(get_executable()), "--site", ".", *_ENGLISH, *options], site)


def pagefind_alone(ours: Ours, folder: Path) -> float:
    """Seconds that Pagefind's program takes for our finished pages."""
    copy = folder / "pages"
    left = shutil.ignore_patterns("pagefind", *ASIDE)
    shutil.copytree(ours.site, copy, ignore=left, copy_function=_link)
    taken = pagefind(copy, "--exclude-selectors", ".headerlink, .kb-cite").seconds
    ours.trash.take(copy)
    return taken


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def _edit(path: Path, before: str) -> None:
    """Put a sentence behind what matches `before`."""
    text, edits = re.subn(before, rf"\g<0>{EDIT}", path.read_text("utf-8"), count=1, flags=re.M)
    assert edits, f"{path} holds nothing like {before!r}"
    path.write_text(text, encoding="utf-8")


def hugo(library: Library, folder: Path, trash: Trash) -> Peer:
    """Hugo, with all that its pages can have in common with ours."""
    hugo_site.write(library, folder / "hugo")
    return _hugo("Hugo", folder / "hugo", trash)


def hugo_lean(library: Library, folder: Path, trash: Trash) -> Peer:
    """Hugo as quick as it can be: front matter in JSON, and no lists of what is related."""
    hugo_site.write(library, folder / "hugo-lean", lean=True)
    return _hugo("Hugo, lean", folder / "hugo-lean", trash, "lean")


def hugo_files(library: Library, folder: Path, trash: Trash) -> Peer:
    """Lean Hugo that makes what stands beside our pages as well, as far as it can, but for pictures."""
    hugo_site.write(library, folder / "hugo-files", lean=True, files=True)
    return _hugo("Hugo, lean, files", folder / "hugo-files", trash, "lean", "files")


def hugo_pictures(library: Library, folder: Path, trash: Trash) -> Peer:
    """The same with the pictures: the only thing that Hugo keeps for the build after an edit."""
    name, root = "Hugo, lean, files, pictures", folder / "hugo-pictures"
    hugo_site.write(library, root, lean=True, files=True)
    peer = _hugo(name, root, trash, "lean", "files", "pictures")
    peer.again, peer.page = peer.command, f"content/casestudies/{EDITED}.md"
    return peer


def _hugo(name: str, root: Path, trash: Trash, *changes: str) -> Peer:
    """Hugo with the settings of hugo.toml and with what the files `changes` change in them."""
    settings = ",".join(f"{file}.toml" for file in ("hugo", *changes))
    return Peer(
        name=name,
        root=root,
        site=root / "public",
        command=[str(installed().hugo), "--quiet", "--noBuildLock", "--config", settings],
        trash=trash,
        complete="files" in changes,
    )


def mkdocs(library: Library, folder: Path, trash: Trash) -> Peer:
    """MkDocs with Material. After an edit it builds the changed pages only (`--dirty`)."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    again = [*command, "--dirty"]
    markdown_site.write(library, folder / "mkdocs", "mkdocs")
    return _markdown("MkDocs Material", folder / "mkdocs", trash, command, again)


def mkdocs_pictures(library: Library, folder: Path, trash: Trash) -> Peer:
    """The same with Material's own pictures, which it keeps for the build after an edit, and some files beside the pages."""
    name, root = "MkDocs Material, files, pictures", folder / "mkdocs-pictures"
    command = [str(installed().mkdocs), "build", "--quiet"]
    markdown_site.write(library, root, "mkdocs", files=True)
    return _markdown(name, root, trash, command, [*command, "--dirty"], complete=True)


def zensical(library: Library, folder: Path, trash: Trash) -> Peer:
    """Zensical. After an edit it builds what its cache does not hold."""
    command = [str(installed().zensical), "build"]
    markdown_site.write(library, folder / "zensical", "zensical")
    return _markdown("Zensical", folder / "zensical", trash, command, command)


def _markdown(
    name: str,
    root: Path,
    trash: Trash,
    command: list[str],
    again: list[str],
    *,
    complete: bool = False,
) -> Peer:
    return Peer(
        name=name,
        root=root,
        site=root / "site",
        command=command,
        trash=trash,
        again=again,
        page=f"docs/casestudies/{EDITED}.md",
        complete=complete,
        search=("--root-selector", "article"),
    )
