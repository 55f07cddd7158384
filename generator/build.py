"""The whole pipeline: read, check, link, print, index. The command line and the MkDocs plugin use it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from .digests import key_of
from .exports.files import Files
from .failures import BuildFailed
from .library import Library
from .models.kept import FILE as KEPT
from .models.kept import Kept
from .models.loading import Loaded, load
from .models.permalinks import Key, Ledger, read_ledger
from .parallel import no_collector, processors
from .printing.asides import Asides
from .printing.built import Built
from .printing.memory import FILE as MEMORY
from .printing.memory import Keys, Made, Memory
from .printing.press import Press
from .printing.site import Site
from .printing.writer import Printer
from .reading.documents import Changed
from .registry import KINDS, LISTINGS
from .search import pagefind
from .search.names import WrittenPage
from .sharing.cache import FOLDER, Cache
from .steps import Steps

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
            ledger = read_ledger(root)
        with steps.part("rules"):
            context = Context.of(loaded)
            findings = run(RULES, loaded, context)
            findings.add(pages.check(root, context))
            findings.add(permalinks.check(ledger, loaded, KINDS))
        if kept and not findings:
            with steps.part("keeping what was read"):
                kept.keep(context.names, loaded.lists, loaded.held, loaded.standing)
        loaded.held.clear()  # as long as all files together
    return Checked(loaded, ledger, findings)


def read_library(
    root: Path, jobs: int | None = None, steps: Steps | None = None, before: Before | None = None
) -> Library:
    """
    Read, check and link every record below `root`, as `check_library` does.

    What has been read and linked `before` is not read and linked again. Raises `CheckFailed` with every finding:
    nothing may be published then.
    """
    checked = check_library(root, jobs, steps, before.kept if before else None)
    if checked.findings:
        raise CheckFailed(checked.findings)
    library = library_of(checked, before.library if before else None)
    if before:
        before.library = library
    return library


def library_of(checked: Checked, last: Library | None = None) -> Library:
    """Link records that nothing is wrong with, or take over how the `last` library's hang together."""
    loaded = checked.loaded
    return Library(KINDS, loaded.entries, loaded.containers, checked.ledger, last)


def kept_of(root: Path) -> Kept:
    """What the last check or build of the library in a folder has kept of what it read."""
    return Kept.read(root / FOLDER / KEPT)


@dataclass(slots=True)
class Before:
    """What earlier builds of a library have left, so that nothing is read, checked or made twice."""

    kept: Kept
    memory: Memory
    library: Library | None = None
    """What the last round of a preview has read."""

    @classmethod
    def read(cls, root: Path, memory: str = MEMORY) -> Before:
        """What is in the folder of the cache; `memory` is the name of the file with what was made."""
        return cls(kept_of(root), Memory.read(root / FOLDER / memory))


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
            library = read_library(root, jobs, steps, before)
            steps.made(contents(library))
    except CheckFailed as failed:
        from .reporters import report

        report(failed.findings, root)
        raise BuildFailed("The library has findings, so nothing was built.") from None
    return library


def keys_of(library: Library, root: Path, memory: Memory, steps: Steps, jobs: int) -> Keys:
    """
    The keys of what is printed of the library in a folder, of which the memory has what was made before.

    Up to `jobs` processes work them out.
    """
    with steps.part("what pages show of each other"):
        return Keys.of(library, root / "theme" / "records", memory, jobs)


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
        memory.begin()
        with steps.part("keys of what is printed"):
            built = Built.read(self.written.root, KINDS, self.written.lists, site.assets)
            keys = self.keys.within(site.url, *built.frame_texts)
        with steps.part("written pages and assets"):
            site.take(self.written.root, but=built.unfinished)
        cache = Cache(self.root / FOLDER)
        return Press(self.library, site, self.theme, built, keys, memory, cache, steps, jobs)


@dataclass(frozen=True, slots=True)
class Index:
    """The search index of a site whose pages are all printed, but for one that waits."""

    press: Press
    pages: Sequence[str]
    """The addresses of all pages that may be found."""
    found_by: Sequence[WrittenPage]
    waits_for: Callable[[], None] | None = None
    """Makes the downloads, and so the page that lists them, where they follow too."""

    @property
    def count(self) -> int:
        """How many pages can be found, once it is made."""
        files = self.press.memory.now[_INDEX].files
        return sum(path.startswith(pagefind.FRAGMENTS) for path in files)

    def recall(self) -> bool:
        """Take over the index of an earlier build, if it would be the same; return whether it was."""
        memory, site = self.press.memory, self.press.site
        stays = memory.stays(_INDEX, self._key(), site)
        return stays and memory.stays(_PROGRAM, pagefind.VERSION, site)

    @unchanged()
    def make(self) -> None:
        """
        Make it, and before that what it waits for.

        Raises `BuildFailed`, and `Stopped` once the steps are to stop.
        """
        if self.waits_for:
            self.waits_for()
            if self.recall():
                return
        # Here, because a build that leaves the index to others, or as it is, has no need of them.
        from .search import data
        from .search.bundle import write as write_bundle
        from .search.runs import FOLDER as RUNS
        from .search.runs import Runs

        press = self.press
        site, steps = press.site, press.steps
        part = site.part()
        try:
            with steps.part("reading pages"):
                runs = Runs(site, press.cache.folder / RUNS)
                found = runs.of(self.pages, press.jobs, steps.goes_on)
            with steps.part("joining what was read"):
                press.memory.once(_PROGRAM, pagefind.VERSION, site, pagefind.write_program)
                bundle = write_bundle(part, found, press.jobs, steps.look)
            # Nothing stops this: the catalog and what it names are of one state.
            with steps.part("what the search page loads"):
                data.write(press.library, part, bundle, found, self.found_by)
        except pagefind.IndexFailed as failed:
            raise BuildFailed(f"The search index could not be made: {failed}") from None
        finally:
            # Also those of an index that is stopped: they go with the next one.
            site.files.update(part.files)
        for read in found:
            part.files.update(read.files)
        press.memory.now[_INDEX] = Made(self._key(), part.files, ())

    def _key(self) -> str:
        files = self.press.site.files
        pages = (f"{page} {files[f'{page}index.html']}" for page in self.pages)
        return key_of(self.press.keys.world, repr(self.found_by), *pages)


_INDEX, _PROGRAM = "index", "pagefind"
"""The names in the memory of the index, and of Pagefind's own files beside it."""
SEARCH = (pagefind.FOLDER, pagefind.BESIDE)
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
    library, written = ready.library, ready.written
    press = ready.press(site, memory, steps, jobs)
    site, keys, cache = press.site, press.keys, press.cache
    printer, asides = Printer(press), Asides(press)
    files = Files(library, cache.folder, offline)
    make_downloads = partial(printer.data, files.downloads, offline)
    # Records are printed while this process makes what it makes by itself.
    with printer.records() as finish_records:
        with steps.step("Data"):
            with steps.part("the form's copies of records"):
                _form(library, site, memory, keys, written.repository)
            with steps.part("what is to be filled in, and schemas"):
                memory.once("templates", keys.ground, site, files.templates)
            with steps.part("downloads"):
                waits = later is not None and printer.leave_data(offline)
                if not waits:
                    make_downloads()
            with steps.part("what the tools load"):
                memory.once("tools", keys.charts, site, files.tools)
            with steps.part("feeds"):
                memory.once("feeds", keys.world, site, files.feeds)
            steps.made("downloads, feeds, and what the tools load")
        with steps.step("Links"):
            links = asides.links()
            steps.made(f"{len(links):,} short and old addresses")
        with steps.step("Print"):
            printer.lists(LISTINGS, {"explore": files.outcomes})
            printer.home()
            steps.made(str(finish_records()))
    pages = site.pages(but=links)
    index = Index(press, pages, written.found_by, make_downloads if waits else None)
    stands = not waits and index.recall()
    follows = later is not None and not stands
    printer.for_engines(pages)
    with steps.step("Index"):
        if not (stands or follows):
            index.make()
        steps.made("follows" if follows else f"{index.count:,} pages for the search")
    asides.headers()
    with steps.part("what earlier sites left"):
        site.clear(but=SEARCH if follows else ())
    with steps.part("what the cache no longer needs"):
        if later is None:
            cache.used.update(memory.used(memory.now))
            if not cache.used.issuperset(memory.used(memory.earlier)):
                cache.sweep()
    if offline:
        from .offline.edition import write_edition

        with steps.step("Offline"):
            copy = write_edition(library, site, ready.theme)
            steps.made(f"{copy.stat().st_size / 1e6:.1f} MB to unpack")
    if later is not None and follows:
        later(index)  # last: from here on the site is another's, who writes down what was made
    else:
        memory.write()


@unchanged()
def publish_first(
    ready: Ready, site: Site, memory: Memory, steps: Steps, first: Collection[Key]
) -> None:
    """Print nothing but the pages of some records, by their kinds and ids; all else in the site stays as it is."""
    with steps.step("Print"):
        count = Printer(ready.press(site, memory, steps)).some(first)
        steps.made(f"{count:,} {'page' if count == 1 else 'pages'} first; all others follow")


def _form(library: Library, site: Site, memory: Memory, keys: Keys, repository: str) -> None:
    from . import form

    try:
        form.write(library, site, memory, keys.world, repository)
    except form.NoSuchRepository as failed:
        raise BuildFailed(
            f"mkdocs.yml: `extra.repository` is {failed}; it must be https://github.com/OWNER/NAME."
        ) from None
