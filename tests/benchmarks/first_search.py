"""
What a first search costs in a library of a given size: bytes and milliseconds, in a real Chromium.

    .venv/bin/python -m tests.benchmarks.first_search --records 10000
    .venv/bin/python -m tests.benchmarks.first_search --site site --queries 30

For each query a browser with an empty cache opens the search page, waits until all is loaded, and asks. What
was loaded before the question and what the question itself loads are counted apart. The queries are the
first of the held half of tests/search/queries.yaml.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from generator.cli import main as kb
from tests.benchmarks import peers
from tests.benchmarks.growth import ours
from tests.benchmarks.relevance import (
    QUERIES,
    Answer,
    Searcher,
    chromium,
    p95,
    queries,
    table,
)
from tests.benchmarks.server import served


def built(folder: Path, records: int) -> Path:
    """The site of the real library with generated records added. Exits if it can't be built."""
    root, site = ours(folder, records), folder / "site"
    try:
        kb(["build", "--root", str(root), "--site", str(site)])
    except SystemExit as end:
        if end.code:
            raise
    return site


def first(site: Path, browser: Browser, most: int) -> tuple[list[int], list[Answer]]:
    """Of each query: the bytes loaded before it was asked, and its answer."""
    loads, answers = [], []
    system = peers.ours(site)
    with served(site) as server:
        for query in queries(QUERIES, "held")[:most]:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            tab = context.new_page()
            searcher = Searcher(system, server, tab)
            tab.wait_for_load_state("networkidle")
            loads.append(searcher.sent())
            answers.append(searcher.ask(query))
            context.close()
    return loads, answers


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--records", type=int, default=10_000, help="records to generate")
    parser.add_argument("--site", type=Path, help="measure a site that is built already")
    parser.add_argument("--queries", type=int, default=20, help="how many are asked")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        site = options.site or built(Path(name), options.records)
        loads, answers = first(site, browser, options.queries)
        pages = sum(1 for _ in (site / "pagefind" / "fragment").iterdir())
    sent = [answer.sent / 1000 for answer in answers]
    whole = [load / 1000 + more for load, more in zip(loads, sent, strict=True)]
    took = [answer.took for answer in answers]
    print(f"{platform.platform()}, {pages:,} pages in the index, {len(answers)} first searches\n")
    rows = [
        ["loaded with the search page, kB", *([f"{statistics.median(loads) / 1000:.0f}"] * 3)],
        ["loaded by the search, kB", *(f"{of(sent):.0f}" for of in (statistics.median, p95, max))],
        ["both, kB", *(f"{of(whole):.0f}" for of in (statistics.median, p95, max))],
        ["answered in, ms", *(f"{of(took):.0f}" for of in (statistics.median, p95, max))],
    ]
    print(table(["", "median", "95 of 100", "most"], rows))
    for answer in sorted(answers, key=lambda a: -a.sent)[:3]:
        print(f"most: {answer.sent / 1000:.0f} kB, {answer.query.words!r}", file=sys.stderr)


if __name__ == "__main__":
    main()
