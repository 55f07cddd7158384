"""``kb serve``: a preview that follows what is written."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from ..failures import BadSettings, BuildFailed
from ..preview import Preview, served
from ..publishing import Busy
from .options import ROOT, fail
from .progress import Teller


@click.command()
@ROOT
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
def serve(root: Path, address: str) -> None:
    """
    Preview the site in a browser, renewed whenever a file is saved. Ctrl-C ends it.

    \b
    Example:
      kb serve --address 127.0.0.1:8001
    """
    root = root.resolve()
    gc.enable()
    try:
        with Preview(root, address, Teller()) as preview:
            preview.renew()
            click.echo(f"Preview: {preview.url}  (Ctrl-C ends it)")
            server = served(preview)
            try:
                server.serve()  # type: ignore[no-untyped-call]
            except KeyboardInterrupt:
                click.echo()
            finally:
                server.shutdown()
    except BadSettings as bad:
        fail(str(bad))
    except Busy:
        fail("Another preview of this library runs. End it first.")
    except BuildFailed as failed:
        click.echo(str(failed), err=True)
        sys.exit(1)
    except OSError as error:
        fail(f"{address}: {error.strerror}. Choose another with --address.")
