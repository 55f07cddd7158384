"""
Builds of the same generated library by this project and by its peers, each followed by Pagefind, in one run.

    make bench-builds
    .venv/bin/python -m tests.benchmarks.builds --records 100 1000 --ours-only --rounds 1

Prints tables in Markdown: for each number of records seconds, memory and output of each builder, ratios, and
what a build cannot do without; then what one more record costs as the library grows. README.md in this folder
says what is counted and where the pages differ.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from generator.build import read_library
from generator.library import Library
from tests.benchmarks import builders, growth, peer_programs
from tests.benchmarks.builders import EXTRAS, Builder, Ours, Peer
from tests.benchmarks.builds_report import Floor, Measured, growth_section, section
from tests.benchmarks.measuring import machine, tree, written

PEERS: dict[str, Callable[[Library, Path], Peer]] = {
    "hugo": builders.hugo,
    "hugo-lean": builders.hugo_lean,
    "zensical": builders.zensical,
    "mkdocs": builders.mkdocs,
}


def prepared(folder: Path, records: int, peers: list[str]) -> tuple[Ours, list[Peer]]:
    """Ours, and the peers that are wanted, each with the same library in a folder of its own."""
    ours = Ours(growth.ours(folder, records))
    if not peers:
        return ours, []
    library = read_library(ours.root)
    return ours, [PEERS[name](library, folder) for name in peers]


def measure(
    folder: Path, records: int, peers: list[str], rounds: int
) -> tuple[list[Measured], Floor]:
    """Build one number of records in rounds, each of which begins with another builder. Ours comes first."""
    folder.mkdir()
    say(f"{records:,} records: writing them")
    ours, others = prepared(folder, records, peers)
    all_of_them: list[Builder] = [ours, *others]
    measured = {builder.name: Measured(builder.name, records) for builder in all_of_them}
    floor = Floor()
    for number in range(rounds):
        first = number % len(all_of_them)
        for builder in all_of_them[first:] + all_of_them[:first]:
            say(f"{records:,} records, round {number + 1} of {rounds}: {builder.name}")
            one(builder, measured[builder.name])
        say(f"{records:,} records, round {number + 1} of {rounds}: what no build can do without")
        floor.pagefind.append(builders.pagefind_alone(ours, folder))
        floor.writing.append(written(ours.site, folder / "written"))
        shutil.rmtree(folder / "written")
    return list(measured.values()), floor


def one(builder: Builder, measured: Measured) -> None:
    """Build once from nothing and once after an edit."""
    measured.builds.append(builder.cold())
    measured.output = tree(builder.site)
    measured.plain_output = tree(builder.site, without=EXTRAS)
    measured.indexed = sum(1 for _ in (builder.site / "pagefind").rglob("*.pf_fragment"))
    warm = builder.warm()
    if warm is not None:
        measured.warm.append(warm)


def say(what: str) -> None:
    """Tell of progress where it does not mix with the tables."""
    print(f"{dt.datetime.now():%H:%M:%S} {what}", file=sys.stderr, flush=True)


@contextmanager
def place(keep: Path | None) -> Iterator[Path]:
    """A folder to build in, which stays if it was named."""
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
    else:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name)


def title(options: argparse.Namespace, folder: Path) -> str:
    """What was measured, with what, where and when."""
    pinned = peer_programs.pinned()
    versions = {
        "hugo": f"Hugo {pinned['hugo']}",
        "hugo-lean": f"Hugo {pinned['hugo']}",
        "zensical": f"Zensical {pinned['zensical']}",
        "mkdocs": f"MkDocs {version('mkdocs')} with Material {version('mkdocs-material')}",
    }
    ours = [f"Rewire {version('rewire')}", f"Pagefind {version('pagefind_bin')}"]
    names = dict.fromkeys([*ours, *(versions[name] for name in options.peers)])
    rounds = f"medians of {options.rounds} rounds" if options.rounds > 1 else "one round"
    return f"""\
# Builds beside peers

{dt.date.today()}, {rounds}: {", ".join(names)}.
{machine(folder)}."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    add = parser.add_argument
    add("--records", type=int, nargs="*", default=[100, 1000, 10_000], help="numbers of records")
    add("--ours-only", type=int, nargs="*", default=[50_000], help="numbers of records that the peers don't build")  # fmt: skip
    add("--rounds", type=int, default=3)
    add("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="the peers that build")
    add("--keep", type=Path, metavar="DIR", help="build in this new folder, and leave it")
    add("--write", type=Path, metavar="FILE", help="write the results to this file as well")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        parser.error(f"{options.keep} is there already.")
    everything: list[Measured] = []
    with place(options.keep) as folder:
        parts = [title(options, folder)]
        for records in sorted({*options.records, *options.ours_only}):
            peers = options.peers if records in options.records else []
            measured, floor = measure(folder / str(records), records, peers, options.rounds)
            everything += measured
            parts.append(section(measured, floor))
            if not options.keep:
                shutil.rmtree(folder / str(records))
            if options.write:  # now, so that what is measured stays if a larger number fails
                options.write.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    parts.append(growth_section(everything))
    text = "\n\n".join(part for part in parts if part) + "\n"
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
