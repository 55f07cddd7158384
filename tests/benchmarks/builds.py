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
from tests.benchmarks.measuring import RunFailed, machine, tree, written
from tests.benchmarks.trash import Trash

PEERS: dict[str, Callable[[Library, Path, Trash], Peer]] = {
    "hugo": builders.hugo,
    "hugo-lean": builders.hugo_lean,
    "hugo-files": builders.hugo_files,
    "hugo-pictures": builders.hugo_pictures,
    "zensical": builders.zensical,
    "mkdocs": builders.mkdocs,
    "mkdocs-pictures": builders.mkdocs_pictures,
}
TRASH = "trash"
"""The folder, beside those of the numbers of records, for what is in the way."""


def prepared(folder: Path, records: int, peers: list[str], trash: Trash) -> tuple[Ours, list[Peer]]:
    """Ours, and the peers that are wanted, each with the same library in a folder of its own."""
    ours = Ours(growth.ours(folder, records), trash)
    if not peers:
        return ours, []
    library = read_library(ours.root)
    return ours, [PEERS[name](library, folder, trash) for name in peers]


def measure(
    folder: Path, records: int, peers: list[str], rounds: int, trash: Trash, keep: bool
) -> tuple[list[Measured], Floor]:
    """
    Build one number of records in rounds, each of which begins with another builder. Ours comes first.

    `keep`: leave what the peers built, which a file system in memory has hardly room for. Raises `RunFailed`.
    """
    folder.mkdir()
    say(f"{records:,} records: writing them")
    ours, others = prepared(folder, records, peers, trash)
    all_of_them: list[Builder] = [ours, *others]
    measured = {b.name: Measured(b.name, records, b.complete) for b in all_of_them}
    floor = Floor()
    for number in range(rounds):
        first = number % len(all_of_them)
        for builder in all_of_them[first:] + all_of_them[:first]:
            say(f"{records:,} records, round {number + 1} of {rounds}: {builder.name}")
            one(builder, measured[builder.name])
            if builder is not ours and not keep:
                builder.clear()
        say(f"{records:,} records, round {number + 1} of {rounds}: what no build can do without")
        floor.pagefind.append(builders.pagefind_alone(ours, folder))
        floor.writing.append(written(ours.site, folder / "written"))
        trash.take(folder / "written")
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
        "zensical": f"Zensical {pinned['zensical']}",
        "mkdocs": f"MkDocs {version('mkdocs')} with Material {version('mkdocs-material')}",
    }
    ours = [f"Rewire {version('rewire')}", f"Pagefind {version('pagefind_bin')}"]
    programs = (versions[name.partition("-")[0]] for name in options.peers)
    names = dict.fromkeys([*ours, *programs])
    rounds = f"medians of {options.rounds} rounds" if options.rounds > 1 else "one round"
    return f"""\
# Builds beside peers

{dt.date.today()}, {rounds}: {", ".join(names)}.
{machine(folder)}."""


def whole(parts: list[str], everything: list[Measured]) -> str:
    """What was measured so far, as one text in Markdown."""
    return "\n\n".join(part for part in [*parts, growth_section(everything)] if part) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    add = parser.add_argument
    add("--records", type=int, nargs="*", default=[100, 1000, 10_000], help="numbers of records")
    add("--ours-only", type=int, nargs="*", default=[50_000], help="numbers of records that the peers don't build, and ours builds in one round")  # fmt: skip
    add("--rounds", type=int, default=3)
    add("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="the peers that build")
    add("--keep", type=Path, metavar="DIR", help="build in this new folder, and leave it")
    add("--write", type=Path, metavar="FILE", help="write the results to this file as well")
    options = parser.parse_args()
    if options.keep and options.keep.exists():
        parser.error(f"{options.keep} is there already.")
    everything: list[Measured] = []
    failed = ""
    with place(options.keep) as folder:
        parts, trash = [title(options, folder)], Trash(folder / TRASH)
        for records in sorted({*options.records, *options.ours_only}):
            at = folder / str(records)
            peers, rounds = (options.peers, options.rounds) if records in options.records else ([], 1)  # fmt: skip
            try:
                measured, floor = measure(at, records, peers, rounds, trash, bool(options.keep))
            except RunFailed as error:
                failed = str(error)
                parts.append(f"## {records:,} records\n\nNot measured: a build {error.why}")
                break
            everything += measured
            parts.append(section(measured, floor))
            if options.write:  # now, so that what is measured stays if a larger number fails
                options.write.write_text(whole(parts, everything), encoding="utf-8")
            if not options.keep:
                trash.take(at)
        trash.empty()
    if options.write:
        options.write.write_text(whole(parts, everything), encoding="utf-8")
    print(whole(parts, everything), end="")
    if failed:
        sys.exit(failed)


if __name__ == "__main__":
    main()
