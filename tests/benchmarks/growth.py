"""
What one more record costs here, beside what one more MkDocs page costs, measured in one run.

    make bench
    .venv/bin/python -m tests.benchmarks.growth --records 1000 --rounds 3

Both sides build the same generated records, as whole processes and in turn: this project as it is,
and MkDocs with Material given the same records as Markdown pages outside its navigation, with
its own search switched off. The cost of one more is (time with N records minus time with none) / N.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from generator.parallel import processors
from tests.benchmarks.measuring import as_users_have_it
from tests.benchmarks.records import as_markdown, enter, make
from tests.conftest import PROJECT

MKDOCS = """\
site_name: Rewire
site_url: http://127.0.0.1:8000/
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.prune, navigation.top, toc.follow]
plugins: []
nav: [{Home: index.md}]
not_in_nav: /records/
validation: {links: {unrecognized_links: ignore}}
"""


def ours(folder: Path, records: int) -> Path:
    """A copy of the library with generated case studies added to the real ones."""
    root = folder / f"ours-{records}"
    for name in ("casestudies", "content", "theme"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    make(PROJECT / "casestudies", root / "casestudies", records)
    enter(root)
    return root


def theirs(folder: Path, records: int) -> Path:
    """A MkDocs project with the same generated records as Markdown pages."""
    root = folder / f"mkdocs-{records}"
    (root / "docs" / "records").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(MKDOCS)
    (root / "docs" / "index.md").write_text("# Records\n")
    made = folder / "made"
    make(PROJECT / "casestudies", made, records)
    for path in sorted(made.glob("*.yaml")):
        record = yaml.safe_load(path.read_text("utf-8"))
        page = root / "docs" / "records" / f"{path.stem}.md"
        page.write_text(as_markdown(record), encoding="utf-8")
    shutil.rmtree(made, ignore_errors=True)
    return root


def timed(command: list[str], cwd: Path) -> tuple[float, str]:
    """Seconds of one whole process, and what it printed. Raises if it fails."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=as_users_have_it()
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed in {cwd}:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start, done.stdout


def steps(printed: str) -> dict[str, float]:
    """Seconds of each step, as `kb build` prints them."""
    found = re.findall(r"^(\w+) .*? ([\d.]+) s$", printed, re.M)
    assert found, printed
    return {name: float(seconds) for name, seconds in found}


def apart(seconds: float, printed: str) -> dict[str, float]:
    """
    A build in parts, of what `kb build --profile` printed: checking, the pages, the search index, and what there is to share.

    "pages" is the whole process without the others: MkDocs, printing, what is made meanwhile (downloads, links), and
    putting the site in its place. What is shared is made by all processors together, between the pages.
    """
    took = steps(printed)
    worked = re.search(r"what there is to share, in all processes +([\d.]+) s", printed)
    share = float(worked[1]) / processors() if worked else 0.0
    rest = took["Check"] + took["Index"] + share
    return {
        "check": took["Check"],
        "pages": seconds - rest,
        "index": took["Index"],
        "share": share,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    kb = [sys.executable, "-m", "generator", "build", "--profile", "--root"]
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    rows: dict[tuple[str, str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sides = {
            "ours": (ours(folder, 0), ours(folder, options.records)),
            "mkdocs": (theirs(folder, 0), theirs(folder, options.records)),
        }
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
            for label, at in (("few", 0), ("many", 1)):
                seconds, printed = timed([*kb, str(sides["ours"][at])], PROJECT)
                for part, took in (apart(seconds, printed) | {"whole": seconds}).items():
                    rows.setdefault(("ours", label, part), []).append(took)
                rows.setdefault(("mkdocs", label, "pages"), []).append(
                    timed(mkdocs, sides["mkdocs"][at])[0]
                )

    def each(side: str, part: str, of: Callable[[list[float]], float]) -> float:
        """Milliseconds for one more record."""
        more: float = of(rows[side, "many", part]) - of(rows[side, "few", part])
        return 1000 * more / options.records

    def first(times: list[float]) -> float:
        return times[0]

    median = statistics.median
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{options.records:,} records more, {options.rounds} rounds\n")
    for label, text in (("few", "the real library"), ("many", "with the records")):
        times = rows["ours", label, "whole"]
        print(f"{text}: first build {times[0]:.2f} s, median {median(times):.2f} s")
    print(f"MkDocs with Material, the records: {median(rows['mkdocs', 'many', 'pages']):.2f} s\n")
    print("milliseconds for one more record      first build    median")
    for part, text in (
        ("check", "reading and checking it"),
        ("pages", "its page, and in the downloads"),
        ("index", "in the search index"),
        ("share", "what there is to share"),
        ("whole", "in all"),
    ):
        print(f"  {text:<36}{each('ours', part, first):>11.2f}{each('ours', part, median):>10.2f}")
    theirs_each = each("mkdocs", "pages", median)
    print(f"  {'MkDocs page (no search index)':<36}{theirs_each:>21.2f}")
    print("\none MkDocs page costs as much as")
    for of, when in ((first, "that are printed for the first time"), (median, "in later builds")):
        print(f"  {theirs_each / each('ours', 'pages', of):.1f} of our pages {when}")


if __name__ == "__main__":
    main()
