"""The whole pipeline: read, check, link, print, index. The command line and the MkDocs plugin use it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import jinja2

from .checks import (
    collections,
    communities,
    evidence,
    pages,
    permalinks,
    playbooks,
    prose,
    references,
    rubric,
)
from .checks.rules import Context, by_itself, run
from .diagnostics import CheckFailed, Findings
from .digests import digest_of_file, key_of
from .exports.files import Files
from .failures import BuildFailed
from .library import Library
from .models.kept import FILE as KEPT
from .models.kept import Kept
from .models.loading import Loaded, load
from .models.permalinks import Key, Ledger, read_ledger
from .noted import Made
from .offline.names import FILE as EDITION
from .parallel import no_collector, processors
from .printing.asides import HEADERS, Asides
from .printing.beside import FILE as BESIDE
from .printing.beside import Beside
from .printing.built import FORM, Built
from .printing.memory import Keys, Memory, Piece
from .printing.press import Press
from .printing.site import Site
from .printing.writer import Printer
from .reading.documents import Changed
from .registry import KINDS, LISTINGS
from .search import pagefind
from .search.names import WrittenPage
from .sharing.cache import FOLDER, Cache
from .steps import Steps, Stopped

RULES = (
    *references.RULES,
    *prose.RULES,
    *evidence.RULES,
    *collections.RULES,
    *communities.RULES,
    *playbooks.RULES,
    *rubric.RULES,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A library as read, and all that is wrong with it."""

    loaded: Loaded
    ledger: Ledger
    findings: Findings


def check_library(
    root: Path, jobs: int | None = None, steps: Steps | None = None, kept: Kept | None = None
) -> Checked:
    """
    Read and check every record below `root`, and the ledger of their addresses.

    `jobs` is how many processes may do so; one for each processor where nobody says. What is `kept` of the last
    library is not looked at again, and what nothing is wrong with is kept.
    """
    jobs, steps = jobs or processors(), steps or Steps()
    with no_collector():
        with steps.part("reading records"):
            loaded = load(root, KINDS, jobs, steps.goes_on, kept, partial(by_itself, RULES))
            ledger = read_ledger(root, kept.ledger if kept else None)
        with steps.part("rules"):
            context = Context.of(loaded)
            findings = run(RULES, loaded, context)
            findings.add(pages.check(root, context))
            # Of records it asks for their names only, so it need not look at the same again.
            if not (kept and kept.is_of(context.names, ledger)):
                findings.add(permalinks.check(ledger, loaded, KINDS))
        if kept and not findings:
            with steps.part("keeping what was read"):
                kept.keep(context.names, loaded.lists, ledger, loaded.held, loaded.standing)
        loaded.held.clear()  # as long as all files together
    return Checked(loaded, ledger, findings)


def read_library(
    root: Path,
    jobs: int | None = None,
    steps: Steps | None = None,
    kept: Kept | None = None,
    last: Library | None = None,
) -> Library:
    """
    Read, check and link every record below `root`, as `check_library` and `library_of` do.

    Raises `CheckFailed` with every finding: nothing may be published then.
    """
    checked = check_library(root, jobs, steps, kept)
    if checked.findings:
        raise CheckFailed(checked.findings)
    return library_of(checked, last)


def library_of(checked: Checked, last: Library | None = None) -> Library:
    """Link records that nothing is wrong with, or take over how the `last` library's hang together."""
    loaded = checked.loaded
    return Library(KINDS, loaded.entries, loaded.containers, checked.ledger, last)


def kept_of(root: Path) -> Kept:
    """What the last check or build of the library in a folder has kept of what it read."""
    return Kept.read(root / FOLDER / KEPT)


@dataclass(slots=True)
class Before:
    """What earlier builds of a library have left, so that nothing is read or checked twice, or asked of it."""

    kept: Kept
    beside: Beside
    library: Library | None = None
    """What the last round of a preview has read."""

    @classmethod
    def read(cls, root: Path) -> Before:
        """What is in the folder of the cache."""
        return cls(kept_of(root), Beside.read(root / FOLDER / BESIDE))


@contextmanager
def unchanged() -> Iterator[None]:
    """Raise `BuildFailed` where a file that has to be read again is not what it was."""
    try:
        yield
    except Changed as file:
        raise BuildFailed(f"{file} was changed while the site was made. Build it again.") from None


@unchanged()
def read_to_build(root: Path, steps: Steps, jobs: int, before: Before | None = None) -> Library:
    """
    Read the library that is to be built. Tells of every finding, and raises `BuildFailed` then.

    What has been read `before` is not read again.
    """
    try:
        with steps.step("Check"):
            kept, last = (before.kept, before.library) if before else (None, None)
            library = read_library(root, jobs, steps, kept, last)
            steps.made(contents(library))
    except CheckFailed as failed:
        from .reporters import report

        report(failed.findings, root)
        raise BuildFailed("The library has findings, so nothing was built.") from None
    if before:
        before.library = library
    return library


def keys_of(library: Library, root: Path, before: Before, steps: Steps, jobs: int) -> Keys:
    """
    The keys of what is printed of the library in a folder, of which there is something from `before`.

    What its pages show of each other stays for the next build. Up to `jobs` processes work it out.
    """
    with steps.part("what pages show of each other"):
        beside = Beside.of(library, before.beside, jobs)
        if beside is not before.beside:
            before.beside = beside
            beside.write(root / FOLDER / BESIDE)
        return Keys.of(library, root / "theme" / "records", beside)


def contents(library: Library) -> str:
    """What a library holds, in one line."""
    return ", ".join(
        f"{library.count(name):,} {(kind.label if library.count(name) == 1 else kind.plural).lower()}"
        for name, kind in library.kinds.items()
        if not kind.is_list and library.count(name)
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What an engine has built of the written pages, what they ask for, and what the settings say."""

    root: Path
    """The folder."""
    url: str
    """Where the site will stand, with a slash at the end; empty where nobody has said."""
    repository: str
    """Where contributors' work goes, or empty."""
    lists: Mapping[str, str]
    """By the address of a page: the name of the list that it is to be filled with."""
    found_by: Sequence[WrittenPage]
    """The pages that say by which words they are looked for."""
    assets: str
    """The folder of style sheets, scripts and fonts, from the site's root."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What a site is printed of: a library, and what an engine has built for it."""

    root: Path
    """The library's folder."""
    library: Library
    keys: Keys
    """Those of the library."""
    theme: jinja2.Environment
    written: Written

    def press(self, site: Site, memory: Memory, steps: Steps, jobs: int = 1) -> Press:
        """What prints it into a site, with up to `jobs` processes; the site has the written pages and assets then."""
        site = replace(site, url=self.written.url, assets=self.written.assets)
        self.theme.globals["assets"] = site.assets
        with steps.part("keys of what is printed"):
            built = Built.read(self.written.root, KINDS, self.written.lists, site.assets)
            keys = self.keys.within(site.url, *built.frame_texts)
        with steps.part("written pages and assets"):
            memory.site, but = site, {*built.unfinished, HEADERS}
            memory.make(_WRITTEN, "", lambda part: part.take(self.written.root, but))
        cache = Cache(self.root / FOLDER)
        return Press(self.library, site, self.theme, built, keys, memory, cache, steps, jobs)


_WRITTEN = "written"
"""The name in the memory of what the engine has finished. It has no key: to look at it takes no longer than to take one."""


@dataclass(frozen=True, slots=True)
class Index:
    """The search index of a site whose pages are all printed, but for one that waits."""

    press: Press
    pages: Mapping[str, str]
    """The digests of all pages that may be found, by their addresses, in the order of these."""
    found_by: Sequence[WrittenPage]
    waits_for: Callable[[], None] | None = None
    """Makes the downloads, and so the page that lists them, where they follow too."""

    @property
    def count(self) -> int:
        """How many pages can be found, once it is made."""
        files = self.press.memory.now[_INDEX].files()
        return sum(path.startswith(pagefind.FRAGMENTS) for path in files)

    def recall(self) -> bool:
        """Take over the index of an earlier build, if it would be the same; return whether it was."""
        memory = self.press.memory
        stays = memory.stays(_INDEX, self._key())
        return stays and memory.stays(_PROGRAM, pagefind.VERSION)

    def leave(self) -> None:
        """Let the index that an earlier build has made, if one has, stand until this one is made."""
        for name in (_INDEX, _PROGRAM):
            self.press.memory.leave(name, "")

    @unchanged()
    def make(self) -> None:
        """
        Make it, and before that what it waits for.

        Raises `BuildFailed`, and `Stopped` once the steps are to stop.
        """
        if self.waits_for:
            self.waits_for()
            whole = replace(self, pages=self.press.memory.pages(), waits_for=None)
            if not whole.recall():
                whole.make()
            return
        # Here, because a build that leaves the index to others, or as it is, has no need of them.
        from .search import data
        from .search.bundle import write as write_bundle
        from .search.runs import FOLDER as RUNS
        from .search.runs import Runs

        press = self.press
        steps, memory = press.steps, press.memory
        part = memory.part(_INDEX)
        try:
            with steps.part("reading pages"):
                runs = Runs(part, self.pages, press.cache.folder / RUNS)
                found = runs.of(press.jobs, steps.goes_on)
            with steps.part("joining what was read"):
                memory.once(_PROGRAM, pagefind.VERSION, pagefind.write_program)
                bundle = write_bundle(part, found, press.jobs, steps.look)
            # Nothing stops this: the catalog and what it names are of one state.
            with steps.part("what the search page loads"):
                data.write(press.library, part, bundle, found, self.found_by)
        except pagefind.IndexFailed as failed:
            raise BuildFailed(f"The search index could not be made: {failed}") from None
        except Stopped:
            memory.doubt(_INDEX)
            memory.left.update(part.files)  # they go with the next one
            raise
        memory.now[_INDEX] = Made.of(self._key(), part.files)

    def _key(self) -> str:
        """The key of an index of the pages with these digests."""
        pages = (f"{page} {digest}" for page, digest in self.pages.items())
        return key_of(self.press.keys.world, repr(self.found_by), *pages)


_INDEX, _PROGRAM = "index", "pagefind"
"""The names in the memory of the index, and of Pagefind's own files beside it."""
_SEARCH = (pagefind.FOLDER, pagefind.BESIDE)
"""The folders that have its files."""


@unchanged()
@no_collector()
def publish(
    ready: Ready,
    site: Site,
    memory: Memory,
    steps: Steps,
    jobs: int = 1,
    offline: bool = False,
    later: Callable[[Index], None] | None = None,
) -> None:
    """
    Make a site of what the engine has built, print every record into it, and index all of it.

    `jobs` is how many processes may work on it. `offline`: put a copy to read without a network beside it. `later` takes over the
    making of the downloads and the search index, if they are to be made; those that are there stay meanwhile. `memory` is of what was
    made before. Raises `BuildFailed`, and `Stopped` once the steps are to stop.
    """
    memory.begin()
    press = ready.press(site, memory, steps, jobs)
    printer, asides, cache = Printer(press), Asides(press), press.cache
    files = Files(ready.library, cache.folder, offline)
    while True:
        waits = _print(ready, printer, asides, files, later is not None)
        with steps.part("waiting for a look at all files that are there"):
            if memory.holds():
                break  # most often at once; otherwise again, with what somebody has damaged
    pages = memory.pages()
    downloads = partial(memory.once, *printer.downloads(files)) if waits else None
    index = Index(press, pages, ready.written.found_by, downloads)
    stands = not waits and index.recall()
    follows = later is not None and not stands
    printer.for_engines(pages)
    with steps.step("Index"):
        if follows:
            index.leave()
        elif not stands:
            index.make()
        steps.made("follows" if follows else f"{index.count:,} pages for the search")
    asides.headers(_SEARCH)
    if later is None:
        with steps.part("what the cache no longer needs"):
            if memory.drops():
                cache.used.update(memory.used(memory.now))
                cache.sweep()
    with steps.part("what earlier sites left"):
        memory.clear()
    if offline:
        from .offline.edition import write_edition

        with steps.step("Offline"):
            copy = write_edition(ready.library, press.site, ready.theme)
            memory.now[EDITION] = Made.of("", {EDITION: digest_of_file(str(copy))})
            steps.made(f"{copy.stat().st_size / 1e6:.1f} MB to unpack")
    if later is not None and follows:
        later(index)


def _print(
    ready: Ready,
    printer: Printer,
    asides: Asides,
    files: Files,
    may_wait: bool,
) -> bool:
    """Print all that search and sitemap are made of; return whether the downloads that are there stay meanwhile, which may be."""
    press = printer.press
    memory, keys, steps = press.memory, press.keys, press.steps
    templates = Piece("templates", keys.ground, files.templates)
    downloads = printer.downloads(files)
    memory.look_first(templates.name)
    waits = may_wait and memory.leave(downloads.name, downloads.key)
    # Records are printed while this process makes what it makes by itself. So are the downloads, if what they read of other
    # files stands there: after an edit, they take as long as all else.
    with ExitStack() as others:
        finish_downloads = None
        if not waits and memory.stays(templates.name, templates.key):
            finish_downloads = others.enter_context(memory.meanwhile(*downloads))
        finish_records = others.enter_context(printer.records())
        with steps.step("Data"):
            with steps.part("what the form loads"):
                _form(press, ready.written.repository)
            with steps.part("what is to be filled in, and schemas"):
                memory.once(*templates)
            if not (waits or finish_downloads):
                with steps.part("downloads"):
                    memory.once(*downloads)
            with steps.part("what the tools load"):
                memory.once("tools", keys.charts, files.tools)
            with steps.part("feeds"):
                memory.once("feeds", keys.world, files.feeds)
            steps.made("downloads, feeds, and what the tools load")
        with steps.step("Links"):
            steps.made(f"{asides.links():,} short and old addresses")
        with steps.step("Print"):
            printer.lists(LISTINGS, {"explore": files.outcomes})
            printer.home()
            steps.made(str(finish_records()))
        if finish_downloads:
            with steps.part("waiting for the downloads"):
                finish_downloads()
    return waits


@unchanged()
def publish_first(
    ready: Ready, site: Site, memory: Memory, steps: Steps, first: Collection[Key]
) -> None:
    """Print nothing but the pages of some records, by their kinds and ids; all else in the site stays as it is."""
    with steps.step("Print"):
        count = Printer(ready.press(site, memory, steps)).some(first)
        steps.made(f"{count:,} {'page' if count == 1 else 'pages'} first; all others follow")


def _form(press: Press, repository: str) -> None:
    """Write what the form loads, if the site has the form's page."""
    if not press.built.page(FORM):
        return

    def write(site: Site) -> None:
        from . import form

        try:
            form.write(press.library, site, repository)
        except form.NoSuchRepository as failed:
            raise BuildFailed(
                f"mkdocs.yml: `extra.repository` is {failed}; it must be https://github.com/OWNER/NAME."
            ) from None

    press.memory.once("form", key_of(press.keys.world, repository), write)
