"""Makes the search index of a site, and what the search page loads beside it."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping, Set

from ..digests import key_of, read_sealed, write_sealed
from ..library import Library
from ..packing import gzipped
from ..printing.site import Site, compact_json
from .bundle import Bundle
from .catalog import catalog, page_ids
from .facets import facets
from .names import WrittenPage, names
from .runs import WORDS, Series
from .words import by_letter, families


def write(
    library: Library,
    site: Site,
    bundle: Bundle,
    runs: Series,
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
    write_words(site, runs, by_letter(called))


def write_words(site: Site, runs: Series, named: Mapping[str, Set[str]]) -> None:
    """Write the words of each letter, unless the last index was made of the same; `named` are those in names."""
    data = read_sealed(runs.folder / WORDS)
    last = marshal.loads(data) if data else {}
    made = {}
    for letter, in_names in named.items():
        file = f"search/words/{letter}.txt"
        key = key_of(" ".join(sorted(in_names)), *(run.spelt(letter) for run in runs))
        earlier, digest = last.get(letter, (None, ""))
        if earlier != key or not site.keep({file: digest}):
            site.write(file, families([run.spellings(letter) for run in runs], in_names))
        made[letter] = key, site.files[file]
    write_sealed(runs.folder / WORDS, marshal.dumps(made))


def _compressed(text: str) -> bytes:
    return gzipped(text.encode("utf-8"), level=9)
