"""
How often a search finds what a librarian would hand out, here and in two others, in one run.

    .venv/bin/python -m tests.benchmarks.relevance
    .venv/bin/python -m tests.benchmarks.relevance --half tuning --only ours --show-misses

Runs the queries of tests/search/queries.yaml in a real Chromium: through the search page of the built
site, through Pagefind out of the box and through Material's built-in search, on the same pages.
See README.md in this folder for what is counted.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from tests.benchmarks import peers
from tests.benchmarks.peers import System
from tests.benchmarks.server import Served, served
from tests.conftest import PROJECT

QUERIES = PROJECT / "tests" / "search" / "queries.yaml"
DEPTH = 10
"""Results that are looked at."""
QUIET = 100
"""Milliseconds without a change after which an answer counts as whole."""
LIMIT = 20_000
"""Milliseconds after which an answer is given up, and the run with it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the addresses in the site, without slashes at the ends, that answer it."""

    id: str
    words: str
    wanted: frozenset[str]

    @property
    def half(self) -> str:
        """``tuning`` where the number in the id is odd, else ``held``."""
        return "tuning" if int(self.id[1:]) % 2 else "held"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave for a query."""

    query: Query
    results: list[list[str]]
    """Addresses of each result, its own first, then those of its sections; none stands twice."""
    sent: int
    """Bytes of the bodies of responses."""
    took: float
    """Milliseconds from the last input to the last change of the results."""

    @property
    def rank(self) -> int:
        """The place of the first result that was wanted, from 1; 0 if there is none."""
        ranks = (i for i, r in enumerate(self.results, 1) if not self.query.wanted.isdisjoint(r))
        return next(ranks, 0)


def queries(path: Path, half: str) -> list[Query]:
    """The queries of a half (``tuning``, ``held`` or ``all``), in the order of the file."""
    read = [
        Query(entry["id"], entry["query"], frozenset(entry["wanted"]))
        for entry in yaml.safe_load(path.read_text("utf-8"))
    ]
    return [query for query in read if half in ("all", query.half)]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of REWIRE_CHROMIUM, or the one that is installed."""
    path = os.environ.get("REWIRE_CHROMIUM") or shutil.which("chromium")
    if path is None:
        sys.exit("No browser: set REWIRE_CHROMIUM to a Chromium.")
    # Chromium refuses its sandbox to root, who runs it in containers.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


_WATCH = """(watched) => {
  const seen = (window.benchmark = { asked: 0, changed: 0 });
  for (const type of ["input", "keyup"]) {
    addEventListener(type, () => (seen.asked = seen.changed = performance.now()), true);
  }
  const whole = { attributes: true, characterData: true, childList: true, subtree: true };
  new MutationObserver(() => (seen.changed = performance.now()))
    .observe(document.querySelector(watched), whole);
}"""

_SETTLE = """async ([query, quiet, limit]) => {
  const answered = %s;
  const seen = window.benchmark;
  const still = () => seen.changed > seen.asked && performance.now() - seen.changed > quiet;
  const end = performance.now() + limit;
  while (!(answered(query) && still())) {
    if (performance.now() > end) return null;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  return seen.changed - seen.asked;
}"""

_READ = """(items) => [...document.querySelectorAll(items)]
  .filter((item) => item.checkVisibility())
  .map((item) => (item.matches("a") ? [item] : [...item.querySelectorAll("a[href]")]))
  .map((links) => links.map((link) => link.href))"""


class Searcher:
    """Somebody with the page of one search open, who asks one thing after another."""

    def __init__(self, system: System, server: Served, tab: Tab) -> None:
        self._system = system
        self._server = server
        self._tab = tab
        tab.goto(f"http://127.0.0.1:{server.port}/{system.start}")
        self._box = tab.locator(system.box)
        self._box.focus()
        tab.evaluate(_WATCH, system.watched)

    def ask(self, query: Query) -> Answer:
        """Write the query over what is in the box, and read the answer. Exits if none comes."""
        self._box.fill(query.words)
        if self._system.wake:
            self._tab.keyboard.press(self._system.wake)
        took = self._settled(query)
        sent = self.sent()
        if self._system.more and (more := self._tab.locator(self._system.more)).count():
            more.click()
            self._settled(query, quiet=0)
            self.sent()  # nobody who looks at the first results has to load these
        return Answer(query, results(self._tab.evaluate(_READ, self._system.items)), sent, took)

    def _settled(self, query: Query, quiet: int = QUIET) -> float:
        """Wait for the whole answer; milliseconds from the last input to the last change."""
        script = _SETTLE % self._system.answered
        took: float | None = self._tab.evaluate(script, [query.words, quiet, LIMIT])
        if took is None:
            sys.exit(f"{self._system.name} gave no answer to {query.id}, {query.words!r}.")
        return took

    def sent(self) -> int:
        """Bytes sent for searching since this was asked last."""
        return self._server.sent()


def address_of(link: str) -> str:
    """The address in the site, without slashes at the ends; a fragment counts in the glossary only."""
    there = urlsplit(link)
    path = there.path.removesuffix("index.html").strip("/")
    term = there.fragment.partition(":~:")[0]
    return f"{path}#{term}" if path == "glossary" and term else path


def results(read: list[list[str]]) -> list[list[str]]:
    """The first results as addresses. What stands a second time is not counted again."""
    seen: set[str] = set()
    found = []
    for links in read:
        fresh = [a for a in dict.fromkeys(map(address_of, links)) if a not in seen]
        seen.update(fresh)
        if fresh:
            found.append(fresh)
    return found[:DEPTH]


def measure(system: System, browser: Browser, asked: list[Query]) -> list[Answer]:
    """Answers to all queries from one page, opened with an empty cache."""
    with served(system.root) as server:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        searcher = Searcher(system, server, context.new_page())
        answers = []
        for number, query in enumerate(asked, 1):
            answers.append(searcher.ask(query))
            if number % 50 == 0 or number == len(asked):
                print(f"{system.name}: {number} of {len(asked)} queries", file=sys.stderr)
        context.close()
    return answers


def prepared(only: str, site: Path, browser: Browser, folder: Path) -> list[System]:
    """The searches to compare, ours first; `only` names one, or is empty for all."""
    makers: dict[str, Callable[[], System]] = {"ours": lambda: peers.ours(site)}
    if only != "ours":
        tab = browser.new_page()
        pages = list(peers.texts(site, tab))
        tab.close()
        makers["pagefind"] = lambda: peers.pagefind(pages, folder / "pagefind")
        makers["material"] = lambda: peers.material(pages, folder / "material")
    return [make() for name, make in makers.items() if only in ("", name)]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown; all columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def relevance(name: str, half: str, answers: list[Answer]) -> list[str]:
    """One row of the table of what was found."""
    ranks = [answer.rank for answer in answers]
    shares = [
        statistics.fmean(rank == 1 for rank in ranks),
        statistics.fmean(0 < rank <= 3 for rank in ranks),
        statistics.fmean(1 / rank if rank else 0 for rank in ranks),
    ]
    return [name, half, str(len(ranks)), *(f"{share:.3f}" for share in shares)]


def cost(name: str, first: Answer, later: list[Answer]) -> list[str]:
    """One row of the table of bytes and milliseconds."""
    sent = [float(answer.sent) for answer in later]
    took = [answer.took for answer in later]
    return [
        name,
        f"{first.sent / 1000:.1f}",
        f"{first.took:.0f}",
        *(f"{value / 1000:.1f}" for value in (statistics.median(sent), p95(sent))),
        *(f"{value:.0f}" for value in (statistics.median(took), p95(took))),
    ]


def report(measured: dict[str, list[Answer]]) -> str:
    """Both tables, in Markdown."""
    halves = sorted({a.query.half for a in next(iter(measured.values()))}, reverse=True)
    found = [
        relevance(name, half, [a for a in answers if a.query.half == half])
        for half in halves
        for name, answers in measured.items()
    ]
    costs = [cost(name, answers[0], answers[1:]) for name, answers in measured.items()]
    bytes_and_time = ["first search, kB", "ms", "later, median kB", "p95 kB", "median ms", "p95 ms"]
    return "\n\n".join(
        [
            table(["search", "half", "queries", "success@1", "success@3", f"MRR@{DEPTH}"], found),
            table(["search", *bytes_and_time], costs),
        ]
    )


def misses(measured: dict[str, list[Answer]]) -> str:
    """Each query without a wanted record among the first three, with what each search gave for it."""
    lines = []
    for answers in zip(*measured.values(), strict=True):
        missed = [(n, a) for n, a in zip(measured, answers, strict=True) if not 0 < a.rank <= 3]
        if missed:
            query = answers[0].query
            lines.append(f"{query.id} {query.words!r}, wanted: {', '.join(sorted(query.wanted))}")
        for name, answer in missed:
            place = f"at {answer.rank}" if answer.rank else "not found"
            first = ", ".join(result[0] for result in answer.results[:3]) or "no results"
            lines.append(f"  {name} ({place}): {first}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--half", choices=["tuning", "held", "all"], default="all")
    parser.add_argument(
        "--only", choices=["ours", "pagefind", "material"], default="", help="one search only"
    )
    parser.add_argument("--site", type=Path, help="a built site (default: build the library)")
    parser.add_argument(
        "--show-misses",
        action="store_true",
        help="each query that a search missed, with its first three results;\n"
        "those of the held half must not guide any change",
    )
    options = parser.parse_args()
    if options.site and not (options.site / "search" / "index.html").is_file():
        parser.error(f"{options.site} holds no built site: there is no search/index.html in it.")
    asked = queries(QUERIES, options.half)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        site = options.site or peers.build(PROJECT, Path(name))
        systems = prepared(options.only, site, browser, Path(name))
        measured = {system.name: measure(system, browser, asked) for system in systems}
        print(report(measured))
        print()
        print(", ".join(f"{system.name} {system.version}" for system in systems))
        machine = f"{platform.platform()}, {os.cpu_count()} cores"
        print(f"Chromium {browser.version}, Python {platform.python_version()}, {machine}")
    if options.show_misses:
        print(f"\n{misses(measured)}")


if __name__ == "__main__":
    main()
