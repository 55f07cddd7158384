"""Makes the search index of a site, and what the search page loads beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..library import Library
from ..packing import gzipped
from ..printing.site import Site, compact_json
from .bundle import Bundle
from .catalog import catalog, page_ids
from .facets import facets
from .names import WrittenPage, names
from .runs import Run
from .words import words


def write(
    library: Library,
    site: Site,
    bundle: Bundle,
    runs: Sequence[Run],
    written: Iterable[WrittenPage],
) -> None:
    """
    Write the facets, names, catalog and words of an indexed site into /search/.

    Names and catalog are compressed here, as Pagefind does it: not every server does, and an ending of
    our own keeps those that do from doing it twice. Of the others, a search needs many that are small: a browser
    takes longer to unpack them itself than to load them.
    """
    named = names(library, written)
    paths = {page.path for page in bundle.pages}
    for entry in named:
        if entry.get("path") in paths:
            entry.pop("gist", None)  # its own page is in the results, and says it there
    site.write_json("search/facets.json", facets(library))
    site.write("search/names.kb", _compressed(compact_json(named)))
    addresses = [entry["path"] for entry in named if "path" in entry]
    site.write("search/catalog.kb", _compressed(compact_json(catalog(bundle, addresses))))
    for part, ids in enumerate(page_ids(bundle)):
        site.write(f"search/pages/{part}.txt", ids)
    called = (name for entry in named for name in (entry["title"], *entry.get("names", ())))
    for letter, families in words(lambda letter: [run.spellings(letter) for run in runs], called):
        site.write(f"search/words/{letter}.txt", families)


def _compressed(text: str) -> bytes:
    return gzipped(text.encode("utf-8"), level=9)
