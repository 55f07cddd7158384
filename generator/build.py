"""The whole pipeline: read, check, link, print, index. The command line and the MkDocs plugin use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from . import form
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
from .checks.rules import run
from .diagnostics import CheckFailed, Findings
from .exports.comparison import write_comparison
from .exports.downloads import DataView, write_downloads
from .exports.outcomes import write_outcomes
from .library import Library
from .models.community import Network
from .models.glossary import Glossary
from .models.loading import Loaded, load
from .models.permalinks import Ledger, read_ledger
from .offline.edition import listed, write_edition
from .parallel import no_collector, processors
from .printing.asides import Asides
from .printing.built import Built
from .printing.feeds import write_feeds
from .printing.memory import FILE as MEMORY
from .printing.memory import Keys, Memory, key_of
from .printing.press import Press
from .printing.rubric_json import write_rubric
from .printing.site import ASIDE, Site
from .printing.writer import Printer
from .registry import KINDS, LISTINGS
from .search import data, pagefind
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


def check_library(root: Path, jobs: int | None = None, steps: Steps | None = None) -> Checked:
    """
    Read and check every record below `root`, and the ledger of their addresses.

    `jobs` is how many processes may do so; one for each processor where nobody says.
    """
    jobs, steps = jobs or processors(), steps or Steps()
    with no_collector():
        with steps.part("reading records"):
            loaded = load(root, KINDS, jobs, steps.goes_on)
            ledger = read_ledger(root)
        with steps.part("rules"):
            findings = run(RULES, loaded, jobs)
            findings.add(pages.check(root, loaded))
            findings.add(permalinks.check(ledger, loaded, KINDS))
    return Checked(loaded, ledger, findings)


def read_library(root: Path, jobs: int | None = None, steps: Steps | None = None) -> Library:
    """
    Read, check and link every record below `root`, as `check_library` does.

    Raises `CheckFailed` with every finding: nothing may be published then.
    """
    checked = check_library(root, jobs, steps)
    if checked.findings:
        raise CheckFailed(checked.findings)
    return library_of(checked)


def library_of(checked: Checked) -> Library:
    """Link records that nothing is wrong with."""
    loaded = checked.loaded
    glossary = loaded.containers.get("glossary-term")
    network = loaded.containers.get("community")
    return Library(
        KINDS,
        [(entry.kind, entry.record) for entry in loaded.entries],
        {(e.kind.name, e.record.id): e.document.body for e in loaded.entries if e.document.body},
        glossary if isinstance(glossary, Glossary) else None,
        checked.ledger,
        network if isinstance(network, Network) else None,
    )


def contents(library: Library) -> str:
    """What a library holds, in one line."""
    return ", ".join(
        f"{library.count(name):,} {(kind.label if library.count(name) == 1 else kind.plural).lower()}"
        for name, kind in library.kinds.items()
        if not kind.is_list and library.count(name)
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What the engine has built of the written pages, and what they ask for."""

    root: Path
    """The folder."""
    lists: Mapping[str, str]
    """By the address of a page: the name of the list that it is to be filled with."""
    found_by: Sequence[WrittenPage]
    """The pages that say by which words they are looked for."""


def publish(
    library: Library,
    site: Site,
    theme: jinja2.Environment,
    root: Path,
    written: Written,
    repository: str,
    steps: Steps,
    jobs: int = 1,
    offline: bool = False,
) -> None:
    """
    Make a site of what the engine has built, print every record into it, and index all of it.

    `root` is the library's folder, where what is slow to make is kept for the next build. `repository` is
    where contributors' work goes, or empty. `jobs` is how many processes may work on it.
    `offline`: put a copy to read without a network beside it.
    """
    cache = Cache(root / FOLDER)
    memory = Memory.read(cache.folder / MEMORY)
    with steps.step("Print"):
        with steps.part("keys of what is printed"):
            built = Built.read(written.root, KINDS, written.lists)
            keys = Keys.of(library, site.url, root / "theme" / "records", built.frame_texts)
        with steps.part("written pages and assets"):
            site.take(written.root, but=built.unfinished)
        press = Press(library, site, theme, built, keys, memory, cache, steps, jobs)
        printer = Printer(press)
        count, anew = printer.records()
        printer.lists(LISTINGS)
        printer.home()
        steps.made(f"{count:,} pages, {anew:,} of them anew")
    with steps.step("Data"):
        with steps.part("the form's copies of records"):
            form.write(library, root, site, repository)

        def downloads(part: Site) -> DataView:
            view = write_downloads(library, part)
            return listed(view) if offline else view

        def tools(part: Site) -> None:
            write_rubric(library, part)
            write_feeds(library, part)
            write_outcomes(library, part)
            write_comparison(library, part)

        with steps.part("downloads"):
            printer.data(downloads, offline)
        with steps.part("what the tools load"):
            memory.once("tools", keys.world, site, tools)
        steps.made("downloads, feeds, and what the tools load")
    asides = Asides(press)
    with steps.step("Links"):
        links = asides.links()
        steps.made(f"{len(links):,} short and old addresses")
    with steps.step("Share"):
        count, painted = asides.files(printer.share_of)
        steps.made(f"{count:,} records, {painted:,} pictures new")
    with steps.step("Index"):
        pages = site.pages(but=links)
        printer.for_engines(pages)
        held = [f"{path} {site.files[f'{path}index.html']}" for path in pages]

        def index(part: Site) -> None:
            site.clear()  # an earlier site's pages must not be found
            with steps.part("Pagefind"):
                pagefind.index(site.root, leave=ASIDE)
            with steps.part("what the search page loads"):
                for folder in pagefind.LOADED:
                    part.adopt(folder)
                data.write(library, part, written.found_by)

        memory.once("index", key_of(keys.world, repr(written.found_by), *held), site, index)
        count = sum(path.startswith(pagefind.FRAGMENTS) for path in site.files)
        steps.made(f"{count:,} pages for the search")
    with steps.part("what earlier sites left"):
        asides.headers()
        site.clear()
        cache.used.update(name for made in memory.now.values() for name in made.used)
        cache.sweep()
    if offline:
        with steps.step("Offline"):
            copy = write_edition(library, site, theme)
            steps.made(f"{copy.stat().st_size / 1e6:.1f} MB to unpack")
    memory.write()
