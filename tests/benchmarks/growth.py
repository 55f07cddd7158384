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
from pathlib import Path

import yaml

from tests.benchmarks.records import as_markdown, make
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
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ}
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed in {cwd}:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start, done.stdout


def indexing(printed: str) -> float:
    """Seconds that `kb build` says the search index took."""
    found = re.search(r"^Index .*?([\d.]+) s$", printed, re.M)
    assert found, printed
    return float(found[1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    kb = [sys.executable, "-m", "generator", "build", "--root"]
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = ours(folder, 0), ours(folder, options.records)
        none, all_pages = theirs(folder, 0), theirs(folder, options.records)
        rows: dict[str, list[float]] = {}
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
            for label, root in (("few", few), ("many", many)):
                seconds, printed = timed([*kb, str(root)], PROJECT)
                rows.setdefault(f"ours {label}", []).append(seconds)
                rows.setdefault(f"ours {label}, no index", []).append(seconds - indexing(printed))
            for label, root in (("few", none), ("many", all_pages)):
                rows.setdefault(f"mkdocs {label}", []).append(timed(mkdocs, root)[0])
    median = {label: statistics.median(times) for label, times in rows.items()}

    def each(side: str, what: str = "") -> float:
        """Milliseconds for one more record."""
        return 1000 * (median[f"{side} many{what}"] - median[f"{side} few{what}"]) / options.records

    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{options.records:,} records more, medians of {options.rounds} rounds\n")
    print(f"real library, whole build                   {median['ours few']:8.2f} s")
    print(f"with the records, whole build               {median['ours many']:8.2f} s")
    print(f"with the records, without the search index  {median['ours many, no index']:8.2f} s")
    print(f"MkDocs with Material, the same records      {median['mkdocs many']:8.2f} s\n")
    print(f"one more record, whole build                {each('ours'):8.2f} ms")
    print(f"one more record, without the search index   {each('ours', ', no index'):8.2f} ms")
    print(f"one more MkDocs page (no search index)      {each('mkdocs'):8.2f} ms")
    print(
        f"ratio, without the search index             {each('mkdocs') / each('ours', ', no index'):8.1f}"
    )


if __name__ == "__main__":
    main()
