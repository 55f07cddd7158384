"""``kb build``: the site, made beside the one that is there."""

from __future__ import annotations

import shlex
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..failures import BadSettings, BuildFailed
from ..offline.names import FILE as EDITION
from ..offline.names import START
from ..parallel import no_collector, processors
from ..publishing import Busy, beside
from ..steps import Steps
from .options import ROOT, fail
from .progress import Teller, slowest

if TYPE_CHECKING:
    from ..engines.engine import Engine

ENGINES = {"mkdocs": "MkDocs", "zensical": "Zensical"}
"""What builds the theme, by the name in `kb build --engine`, which is that of its module: its name there."""


@click.command()
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
        with no_collector(), beside(target, steps, jobs) as making:
            # Loaded while another process looks at the files that are there.
            from ..engines.kept import Late, made

            def load() -> Engine:
                module = import_module(f"..engines.{engine}", __package__)
                loaded: Engine = getattr(module, ENGINES[engine])(root)
                return loaded

            of = made(Late(engine, load), root, making, steps, jobs, offline)
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
