"""``kb fmt``: records in the one form."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import click

from ..diagnostics import Diagnostic, Findings
from ..formatting.files import Formatted, Unsafe, formatted_file
from ..models.kind import Kind
from ..parallel import processors, spreading
from ..reading.sources import record_files, relative
from ..registry import KINDS
from ..reporters import report
from .options import ROOT, fail
from .progress import Teller


@click.command("fmt")
@ROOT
@click.option(
    "--check", is_flag=True, help="Change nothing; list what would change, and end with 1."
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def fmt(root: Path, check: bool, files: tuple[Path, ...]) -> None:
    """
    Put records into the one form: fields in order, prose wrapped, every comment kept.

    Without FILES, all case studies, practices and policy notes. What a record says is not changed,
    nor is the text below front matter, except for characters that cannot be seen. A file that cannot be read is
    left alone and reported.

    \b
    Examples:
      kb fmt
      kb fmt casestudies/cuny-asap.yaml
      kb fmt --check
    """
    gc.enable()  # trees of pieces are cycles, and there are as many as records
    root = root.resolve()
    findings, changed = Findings(), 0
    chosen, teller = list(_chosen(root, files)), Teller()
    goes_on = partial(teller.goes_on, "Form")
    try:
        with spreading(partial(_formatted, root), chosen, processors(), goes_on) as batches:
            for found in chain.from_iterable(batches):
                teller.rests()
                if isinstance(found, Diagnostic):
                    findings.add(found)
                else:
                    changed += 1
                    click.echo(f"{'Would change' if check else 'Changed'} {found.path}")
                    if not check:
                        _write(root / found.path, found)
    except Unsafe as path:
        fail(
            f"{path} was left as it is: put in order, it would lose something. "
            "Please report this with the file."
        )
    teller.rests()
    if findings:
        report(findings, root)
    click.echo(_told(len(chosen), changed, len(findings), check))
    sys.exit(1 if findings or (check and changed) else 0)


def _formatted(root: Path, chosen: Sequence[tuple[Path, Kind]]) -> list[Formatted | Diagnostic]:
    """The files among some that change, and what is wrong with those that can't be read. Raises `Unsafe` with a path."""
    found = []
    for path, kind in chosen:
        try:
            formatted = formatted_file(path, root, kind.model)
        except Unsafe:
            raise Unsafe(relative(path, root)) from None
        if isinstance(formatted, Diagnostic) or formatted.changed:
            found.append(formatted)
    return found


def _told(count: int, changed: int, broken: int, check: bool) -> str:
    done = f"{changed:,} of {count:,} records {'would change' if check else 'changed'}"
    if broken:
        return f"{done}; {broken:,} could not be read and {'was' if broken == 1 else 'were'} left alone."
    if check and changed:
        return f"{done}. Run `kb fmt` to change them."
    return f"{done}." if changed else f"{count:,} records are in the one form already."


def _chosen(root: Path, files: tuple[Path, ...]) -> Iterator[tuple[Path, Kind]]:
    """The records' files to work on, each with its kind."""
    kinds = [kind for kind in KINDS if not kind.is_list]
    if not files:
        for kind in kinds:
            for found in record_files(root, kind.source, kind.ending):
                if isinstance(found, str):
                    yield Path(found), kind
        return
    for file in files:
        path = file.parent.resolve() / file.name  # a symbolic link is refused, not followed
        fitting = [k for k in kinds if path.parent == root / k.source and path.suffix == k.ending]
        if not fitting:
            folders = ", ".join(f"{k.source}/*{k.ending}" for k in kinds)
            fail(f"{file} is not a record. Records are {folders}.")
        yield path, fitting[0]


def _write(path: Path, formatted: Formatted) -> None:
    """Replace the file in one step, so that a killed run leaves the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(formatted.after)
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        fail(f"{formatted.path} could not be written: {error.strerror}. It is as it was.")
