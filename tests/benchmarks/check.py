"""
How long `kb check` takes for many records of which some are broken, beside reading them with PyYAML alone.

    .venv/bin/python -m tests.benchmarks.check --records 10000 --broken 100 --rounds 3

The check is timed as a whole process, as a contributor waits for it; beside it a process that does nothing
but `yaml.load` with libyaml's safe loader for the same files. The ratio says what everything else costs:
models, rules, links between records, and explaining what is wrong.
"""

from __future__ import annotations

import argparse
import json
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

from tests.benchmarks.records import enter, make
from tests.conftest import PROJECT

Break = Callable[[str], str]


def _swap(pattern: str, new: str) -> Break:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.M)


BREAKS: dict[str, Break] = {
    "a value that is none of the choices": _swap(r"^status: \S+", "status: activ"),
    "an id that nobody has": _swap(r"^(practices:(?: \[|\n  - ))[\w-]+", r"\1stipendz"),
    "a field that is missing": _swap(r"^status: \S+\n", ""),
    "a field that nobody knows": _swap(r"^status:", "statuss: active\nstatus:"),
    "a bracket that is not closed": _swap(r"^status: .*", "status: [active"),
    "a tab": _swap(r"^places:\n", "places:\n\t"),
    "a text with a colon": _swap(r"^title: .*", "title: One: two: three"),
    "a figure without a source": lambda text: re.sub(r"^lessons:\n", "lessons:\n  - It cost $40.\n", text, flags=re.M),
    "a source that is not there": _swap(r"^( +source: )s\d+", r"\1s99"),
    "the same field twice": _swap(r"^(title: .*)$", r"\1\n\1"),
}  # fmt: skip
"""What contributors get wrong, from unreadable YAML to a rule about two fields."""

PLAIN = """
import sys, yaml
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    try:
        yaml.load(path.read_bytes(), yaml.CSafeLoader)
    except yaml.YAMLError:
        pass
"""


def library(folder: Path, records: int, broken: int) -> Path:
    """The real library with generated case studies, `broken` of them broken, spread over all."""
    root = folder / "library"
    for name in ("casestudies", "content"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    made = root / "casestudies"
    make(PROJECT / "casestudies", made, records)
    enter(root)
    breaks = list(BREAKS.items())
    for number in range(broken):
        what, change = breaks[number % len(breaks)]
        path = made / f"record-{number * records // broken:05}.yaml"
        text = path.read_text("utf-8")
        changed = change(text)
        assert changed != text, f"{path.name}: {what} changed nothing"
        path.write_text(changed, "utf-8")
    return root


def timed(command: list[str], expected: int) -> tuple[float, str]:
    """Seconds of one whole process, and what it printed. Raises where it ends otherwise than expected."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode != expected:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return seconds, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--broken", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = library(Path(name), options.records, options.broken)
        check = [sys.executable, "-m", "generator", "check", "--root", str(root)]
        check += ["--format", "json"]
        plain = [sys.executable, "-c", PLAIN, str(root / "casestudies")]
        ours, theirs, printed = [], [], ""
        for _ in range(options.rounds):
            seconds, printed = timed(check, expected=1)
            ours.append(seconds)
            theirs.append(timed(plain, expected=0)[0])
    summary = json.loads(printed)["summary"]
    took, reading = statistics.median(ours), statistics.median(theirs)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{options.records:,} records more, {options.broken:,} of them broken; {options.rounds} rounds\n")  # fmt: skip
    print(f"kb check                 {took:8.2f} s  {options.records / took:10,.0f} records/s")
    print(
        f"reading them with PyYAML {reading:8.2f} s  {options.records / reading:10,.0f} records/s"
    )
    print(f"ratio                    {took / reading:8.2f}")
    found = summary["findings"]
    print(f"\n{found:,} findings in {summary['files']:,} files, {found / took:,.0f} findings/s")
    for code, count in summary["codes"].items():
        print(f"  {count:>5,}  {code}")


if __name__ == "__main__":
    main()
