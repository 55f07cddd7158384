"""
What a reader pays for a first look at one case study, beside the same record on a plain MkDocs Material site.

    .venv/bin/python -m tests.benchmarks.page_weight
    .venv/bin/python -m tests.benchmarks.page_weight --site site --record cuny-asap --rounds 5
    .venv/bin/python -m tests.benchmarks.page_weight --beside Hugo=/tmp/hugo/public/records/cuny-asap/

Opens the page in a real Chromium with an empty cache, on a connection and a processor slowed down as Lighthouse
does for phones. See README.md in this folder for what is counted.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser

from tests.benchmarks import peers
from tests.benchmarks.growth import MKDOCS, timed
from tests.benchmarks.records import as_markdown
from tests.benchmarks.relevance import chromium, served, table
from tests.conftest import PROJECT

TYPES = ("HTML", "CSS", "JS", "fonts", "images", "other")
LATENCY = 562.5
"""Milliseconds before each response."""
THROUGHPUT = 1.6 * 1024 * 1024 * 0.9 / 8
"""Bytes a second."""
SLOWER = 4
"""So many times slower is the processor. These three are what Lighthouse 12 applies in devtools for its "slow 4G" phone."""
QUIET = 1500
"""Milliseconds after the load event in which late scripts, pictures and long tasks still count."""
PHONE = {"width": 412, "height": 823}


@dataclass(frozen=True, slots=True)
class View:
    """What one first view cost."""

    requests: dict[str, int]
    """By type of file."""
    sent: dict[str, int]
    """Bytes as they came, compressed and with their headers, by type of file."""
    blocking: list[str]
    """What the first paint waited for, beside the page itself."""
    first_paint: float
    """First contentful paint, milliseconds."""
    largest_paint: float
    """Largest contentful paint, milliseconds."""
    shift: float
    """Cumulative layout shift."""
    blocked: float
    """Total blocking time: what tasks took above 50 ms each, after the first paint, milliseconds."""


_OBSERVE = """
  window.benchmark = { largest: 0, shift: 0, tasks: [] };
  const on = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on("largest-contentful-paint", (entry) => (window.benchmark.largest = entry.startTime));
  on("layout-shift", (entry) => (window.benchmark.shift += entry.hadRecentInput ? 0 : entry.value));
  on("longtask", (entry) => window.benchmark.tasks.push([entry.startTime, entry.duration]));
"""

_READ = """() => {
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const blocked = window.benchmark.tasks
    .filter(([start]) => start >= first)
    .reduce((sum, [, took]) => sum + Math.max(0, took - 50), 0);
  const blocking = performance.getEntriesByType("resource")
    .filter((entry) => entry.renderBlockingStatus === "blocking")
    .map((entry) => new URL(entry.name).pathname);
  const { largest, shift } = window.benchmark;
  return { first, largest, shift, blocked, blocking };
}"""


def view(browser: Browser, url: str) -> View:
    """Open a page as somebody who was never there, and wait until it is at rest."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=1.75, is_mobile=True)
    tab = context.new_page()
    tab.add_init_script(_OBSERVE)
    devtools = context.new_cdp_session(tab)
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def received(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = _type(event["type"], event["response"]["mimeType"])

    def finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", received)
    devtools.on("Network.loadingFinished", finished)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": THROUGHPUT,
            "uploadThroughput": THROUGHPUT,
        },
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tab.goto(url, wait_until="load")
    tab.wait_for_load_state("networkidle")
    tab.wait_for_timeout(QUIET)
    read = tab.evaluate(_READ)
    context.close()
    return View(
        requests={name: sum(1 for kind in kinds.values() if kind == name) for name in TYPES},
        sent={
            name: sum(sizes.get(i, 0) for i, kind in kinds.items() if kind == name)
            for name in TYPES
        },
        blocking=read["blocking"],
        first_paint=read["first"],
        largest_paint=read["largest"],
        shift=read["shift"],
        blocked=read["blocked"],
    )


def _type(asked_as: str, mime: str) -> str:
    """One of `TYPES`, from what devtools say a file was asked for as."""
    known = {
        "Document": "HTML",
        "Stylesheet": "CSS",
        "Script": "JS",
        "Font": "fonts",
        "Image": "images",
    }
    return known.get(asked_as, "JS" if "javascript" in mime else "other")


def material(record: Path, root: Path) -> Path:
    """A plain MkDocs Material site with one record as Markdown; returns the folder of its page."""
    page = root / "docs" / "records" / f"{record.stem}.md"
    page.parent.mkdir(parents=True)
    (root / "mkdocs.yml").write_text(MKDOCS.replace("plugins: []", "plugins: [search]"))
    (root / "docs" / "index.md").write_text("# Records\n")
    page.write_text(as_markdown(yaml.safe_load(record.read_text("utf-8"))), encoding="utf-8")
    timed([sys.executable, "-m", "mkdocs", "build", "--quiet"], root)
    return root / "site" / "records" / record.stem


@contextmanager
def address(of: str) -> Iterator[str]:
    """The address of a page: given as one, or as the page's folder in a site, which is then served."""
    if of.startswith(("http://", "https://")):
        yield of
        return
    folder = Path(of).resolve()
    site = _root(folder)
    # In a process of its own, so that serving and measuring do not wait for each other.
    command = [sys.executable, "-m", "tests.benchmarks.page_weight", "--serve", str(site)]
    pipe = subprocess.PIPE
    server = subprocess.Popen(command, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True)
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        path = folder.relative_to(site).as_posix()
        yield f"http://127.0.0.1:{port}/{path}/"
    finally:
        server.terminate()
        server.wait()


def _root(page: Path) -> Path:
    """The site that a page's folder is in: the topmost folder that has an index.html on the way up."""
    found = page
    for folder in page.parents:
        if (folder / "404.html").is_file() or (folder / "index.html").is_file():
            found = folder
    return found


def serve(root: Path) -> None:
    """Print the port, and serve a folder until nothing more can come from who started this."""
    with served(root) as server:
        print(server.server_port, flush=True)
        sys.stdin.read()


def report(measured: dict[str, list[View]]) -> str:
    """Two tables: what was sent, and how it felt. Medians of all rounds; bytes are the same in each."""

    def middle(name: str, of: str) -> float:
        return statistics.median(getattr(view, of) for view in measured[name])

    weights, times = [], []
    for name, views in measured.items():
        last = views[-1]
        cells = [f"{last.sent[t] / 1000:.1f} ({last.requests[t]})" for t in TYPES]
        whole = f"{sum(last.sent.values()) / 1000:.1f} ({sum(last.requests.values())})"
        weights.append([name, *cells, whole, str(len(last.blocking))])
        paints = [f"{middle(name, of):,.0f}" for of in ("first_paint", "largest_paint")]
        rest = [f"{middle(name, 'shift'):.3f}", f"{middle(name, 'blocked'):,.0f}"]
        times.append([name, *paints, *rest])
    return "\n\n".join(
        (
            table(["kB (requests)", *TYPES, "all", "blocking"], weights),
            table(["", "FCP, ms", "LCP, ms", "CLS", "TBT, ms"], times),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--site", type=Path, help="measure a site that is built already")
    parser.add_argument("--record", default="cuny-asap", help="id of the case study")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--beside",
        action="append",
        default=[],
        metavar="NAME=PAGE",
        help="another page to measure: its address, or its folder in a built site",
    )
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    record = PROJECT / "casestudies" / f"{options.record}.yaml"
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        site = options.site or peers.build(PROJECT, folder)
        pages = {
            "Rewire": str(site / "casestudies" / options.record),
            f"Material {version('mkdocs-material')}": str(material(record, folder / "material")),
            **dict(given.split("=", 1) for given in options.beside),
        }
        measured: dict[str, list[View]] = {name: [] for name in pages}
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
            for name, page in pages.items():
                with address(page) as url:
                    measured[name].append(view(browser, url))
        print(f"{platform.platform()}, Chromium {browser.version}, {os.cpu_count()} cores")
        print(f"casestudies/{options.record}, {options.rounds} rounds\n")
    print(report(measured))
    for name, views in measured.items():
        print(f"\n{name}: the first paint waits for {', '.join(views[-1].blocking) or 'nothing'}")


if __name__ == "__main__":
    main()
