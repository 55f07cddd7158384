"""``kb``: arguments in, exit code out. 0: done. 1: the library has findings. 2: it could not be done."""

from __future__ import annotations

import shlex
import sys
import time
from importlib import import_module
from pathlib import Path

import click

from .build import BuildFailed
from .commands.options import ROOT, fail
from .commands.progress import Teller, slowest
from .engines.engine import BadSettings, Engine
from .engines.kept import made
from .engines.mkdocs import MkDocs
from .engines.zensical import Zensical
from .offline.edition import FILE as EDITION
from .offline.edition import START
from .parallel import no_collector, processors
from .publishing import Busy, beside
from .steps import Steps

ENGINES: dict[str, type[Engine]] = {"mkdocs": MkDocs, "zensical": Zensical}
"""What builds the theme, by the name in `kb build --engine`."""


_COMMANDS = {
    "check": "check",
    "explain": "explain",
    "export": "export",
    "fmt": "fmt",
    "import": "import_",
    "new": "new",
    "permalinks": "permalinks",
    "report": "report",
    "rubric": "rubric",
    "schema": "schema",
    "serve": "serve",
}
"""By the name of a command: the module in `commands` that has it, and its name there."""


class _Group(click.Group):
    """Commands whose modules are imported once they are wanted: some need libraries that take long to load."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = _COMMANDS.get(cmd_name)
        if name is None:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(f".commands.{name}", __package__), name)
        return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """
    Write, check, build and preview the library.

    \b
    Examples:
      kb new                   begin a record
      kb check                 list everything that is wrong, or say that nothing is
      kb explain unknown-id    say what a finding means, with an example
      kb fmt                   put records into the one form
      kb report                list what a maintainer should look at again
      kb build                 write the site to site/
      kb serve                 preview at http://127.0.0.1:8000/, renewed as you save
    """


@main.command()
@ROOT
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write the site. Default: site/ in the library's folder.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=processors,
    help="How many processes print pages at once. Default: one for each processor.",
)
@click.option("--profile", is_flag=True, help="Say which parts of the build took longest.")
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="mkdocs",
    show_default=True,
    help="What builds the theme: MkDocs with Material, or Zensical, by the same authors.",
)
@click.option(
    "--offline", is_flag=True, help=f"Also write {EDITION}: the site for rooms without a network."
)
@click.pass_obj
def build(
    stays: list[object] | None,
    root: Path,
    site: Path | None,
    jobs: int,
    engine: str,
    profile: bool,
    offline: bool,
) -> None:
    """
    Build the site. The site that was there stays until the new one is whole.

    \b
    Examples:
      kb build
      kb build --site /tmp/preview --jobs 1
      kb build --profile
      kb build --engine zensical
      kb build --offline
    """
    root = root.resolve()
    target = (site or root / "site").resolve()
    start = time.perf_counter()
    steps = Steps(Teller())
    try:
        builder = ENGINES[engine](root)
        with no_collector(), beside(target, steps) as making:
            of = made(builder, root, making, steps, jobs, offline)
    except BadSettings as bad:
        fail(str(bad))
    except Busy:
        fail(f"Another build is writing to {target}. Wait for it to end.")
    except BuildFailed as failed:
        click.echo(f"{failed} {_what_stays(target)}", err=True)
        sys.exit(1)
    if stays is not None:
        stays += (of, making)
    changes = making.changes
    assert changes is not None  # where all went well, the site has taken its place
    click.echo(
        f"Built {target} ({changes.size / 1e6:.1f} MB, {changes})"
        f" in {time.perf_counter() - start:.1f} s."
    )
    if profile:
        click.echo(slowest(steps.parts, time.perf_counter() - start))
    click.echo(
        f"To see it: python3 -m http.server --directory {shlex.quote(str(target))} 8000"
        "  and open http://127.0.0.1:8000/"
    )
    if offline:
        click.echo(
            f"Without a network: unpack {target / EDITION} anywhere, and open {START} in it."
        )


def _what_stays(target: Path) -> str:
    return f"The site in {target} is as it was." if target.exists() else "There is no site yet."
