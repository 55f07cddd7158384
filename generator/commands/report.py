"""``kb report``: what a maintainer should look at, since time, thin sources or dead links have made it so."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from ..library import Library
from ..upkeep.addresses import addresses
from ..upkeep.link_memory import FILE, Memory
from ..upkeep.link_sections import link_sections
from ..upkeep.links import LinkCheck
from ..upkeep.printers import FORMATS
from ..upkeep.questions import Section, sections
from .check import site_address
from .options import ROOT, fail, good_library


@click.command()
@ROOT
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people; markdown is a list of tasks for an issue; json for programs.",
)
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=365,
    show_default=True,
    help="A record that was checked longer ago is stale.",
)
@click.option("--links", is_flag=True, help="Ask every web address whether it is still there.")
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="With --links: how long to leave a host alone between two requests.",
)
def report(root: Path, form: str, days: int, links: bool, pause: float) -> None:
    """
    List what a maintainer should look at: stale records, thin sources, practices without evidence,
    terms that nothing uses, and dead links.

    None of it is wrong; `kb check` lists what is. With --links each host gets one request at a time. The answers
    are kept in .cache/links.jsonl for a week, so that a check that was stopped goes on where it was.

    \b
    Exit code: 0 nothing to look at, 1 something, 2 the report could not be made.

    \b
    Examples:
      kb report
      kb report --days 180
      kb report --format markdown > upkeep.md
      kb report --links
    """
    root = root.resolve()
    library = good_library(root, "Mend these first; a report on half a library would mislead.")
    found = sections(library, dt.date.today(), days)
    if links:
        found += _asked(library, root, pause)
    click.echo(FORMATS[form](found), nl=False)
    sys.exit(1 if any(section.items for section in found) else 0)


def _asked(library: Library, root: Path, pause: float) -> list[Section]:
    """Ask the addresses, telling how far it is on the standard error stream."""
    known = addresses(library, root)
    try:
        memory = Memory(root / FILE, dt.datetime.now(dt.UTC))
        left = [address for address in known if address not in memory.answers]
        label = f"Asking {len(left):,} of {len(known):,} addresses; the rest answered this week"
        with click.progressbar(length=len(left), label=label, file=sys.stderr) as bar:
            check = LinkCheck(memory, site_url=site_address(root), pause=pause)
            check.run(left, lambda: bar.update(1))
    except KeyboardInterrupt:
        fail("\nStopped. What was answered is kept: run it again to go on.")
    except OSError as error:
        fail(f"{FILE} could not be written: {error.strerror}.")
    return link_sections(known, memory.answers)
