"""``kb permalinks``: show the ledger of published addresses, and write it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from pydantic import ValidationError

from ..build import kept_of
from ..diagnostics import Findings
from ..models.ledger_edits import removal, with_records, with_removed, with_renamed, written
from ..models.loading import Loaded, load
from ..models.permalinks import LEDGER, Codes, Key, Ledger, Permalink, has_address, read_ledger
from ..near import did_you_mean
from ..parallel import processors
from ..registry import KINDS
from ..reporters import report
from .options import ROOT, fail

_KINDS = {kind.address: kind for kind in KINDS if has_address(kind)}


@click.group("permalinks", invoke_without_command=True)
@ROOT
@click.pass_context
def permalinks(context: click.Context, root: Path) -> None:
    """
    Show every short code with its addresses; or write the ledger, by a command below.

    \b
    Examples:
      kb permalinks
      kb permalinks record
      kb permalinks rename practices/pay-for-skill practices/skill-based-pay
      kb permalinks remove casestudies/old-program --why "Its only source was withdrawn."
    """
    context.obj = root.resolve()
    if context.invoked_subcommand is None:
        _show(context.obj)


@permalinks.command()
@click.pass_obj
def record(root: Path) -> None:
    """
    Enter every new record into the ledger: from then on, its address is kept for ever.

    Do this when you publish. It changes no entry that is there.

    \b
    Example:
      kb permalinks record
    """
    ledger, paths, _ = _read(root)
    entries = with_records(ledger, paths)
    _write(root, ledger, entries)
    new = len(entries) - len(ledger.entries)
    click.echo(f"{new:,} new in {LEDGER}." if new else f"Nothing new: {LEDGER} is as it was.")


@permalinks.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
def rename(root: Path, old: str, new: str) -> None:
    """
    Say that the record OLD is now NEW, after you have renamed its file and its id.

    Its short code stays, and every address it had leads to the new one.

    \b
    Example:
      kb permalinks rename casestudies/asap casestudies/cuny-asap
    """
    ledger, paths, loaded = _read(root)
    was, now = _key(old, ledger.by_key, "ledger"), _key(new, paths, "library")
    if was in {(e.kind.name, e.id) for e in loaded.entries}:
        fail(f"{old} is still there. Rename its file and its `id` first.")
    if was[0] != now[0]:
        fail(
            f"{old} and {new} are of different kinds. Use `kb permalinks remove {old} --see {new}`."
        )
    _write(root, ledger, with_renamed(ledger, was, now, paths[now]))
    click.echo(f"{paths[now]} has the code {ledger.by_key[was].code} and all addresses of {old}.")


@permalinks.command()
@click.argument("old")
@click.option("--why", required=True, help="Why it is gone, in a sentence for its readers.")
@click.option("--title", help="What it was called. Default: its id in words.")
@click.option("--see", multiple=True, help="A record to read instead; may be given several times.")
@click.pass_obj
def remove(root: Path, old: str, why: str, title: str | None, see: tuple[str, ...]) -> None:
    """
    Say that the record OLD is gone for good, after you have deleted its file.

    Its addresses then show why, and where to go.

    \b
    Example:
      kb permalinks remove casestudies/old --why "Split in two." --see casestudies/a --see casestudies/b
    """
    ledger, paths, _ = _read(root)
    key = _key(old, ledger.by_key, "ledger")
    if key in paths:
        fail(f"{old} is still there. Delete its file first.")
    try:
        gone = removal(title or key[1].replace("-", " ").capitalize(), dt.date.today(), why, see)
    except ValidationError:
        fail("--why and --title must have between 1 and 300 characters.")
    _write(root, ledger, with_removed(ledger, key, gone))
    click.echo(f"{ledger.by_key[key].addresses[0]} will say that it was removed, and why.")


def _read(root: Path) -> tuple[Ledger, dict[Key, str], Loaded]:
    """The ledger, every record's address, and what was read. Ends with 1 where the ledger is broken."""
    kept = kept_of(root)
    ledger = read_ledger(root, kept.ledger)
    loaded = load(root, KINDS, processors(), kept=kept)
    if ledger.findings:
        findings = Findings()
        findings.add(ledger.findings)
        report(findings, root)
        raise SystemExit(1)
    paths = {
        (entry.kind.name, entry.id): entry.kind.path_of(entry.id)
        for entry in loaded.entries
        if has_address(entry.kind)
    }
    return ledger, paths, loaded


def _key(written_as: str, known: Iterable[Key], where: str) -> Key:
    """The record that ``casestudies/cuny-asap`` names. Ends with 2 where there is none."""
    address, _, record_id = written_as.strip("/").partition("/")
    kind = _KINDS.get(address)
    if kind is None:
        fail(f"{written_as} is not a record. Write it as {', '.join(f'{a}/ID' for a in _KINDS)}.")
    ids = {key[1].lower(): key for key in known if key[0] == kind.name}
    if record_id.lower() not in ids:
        problem = f"The {where} has no {kind.label.lower()} `{record_id}`."
        fail(f"{problem} {did_you_mean(record_id, ids)}".strip())
    return ids[record_id.lower()]


def _write(root: Path, ledger: Ledger, entries: Iterable[Permalink]) -> None:
    entries = list(entries)
    if entries != list(ledger.entries):
        path = root / LEDGER
        path.parent.mkdir(exist_ok=True)
        path.write_text(written(entries), encoding="utf-8")


def _show(root: Path) -> None:
    ledger, paths, _ = _read(root)
    codes = Codes.of(ledger, paths)
    for entry in sorted(ledger.entries, key=lambda e: e.key):
        note = f"  (removed {entry.removed.on})" if entry.removed else ""
        click.echo(f"/s/{entry.code}/  {' <- '.join(entry.addresses)}{note}")
    new = {key: path for key, path in paths.items() if key not in ledger.by_key}
    for key, path in sorted(new.items()):
        click.echo(f"/s/{codes[key]}/  {path}  (new, not yet in the ledger)")
    lost = [e for e in ledger.entries if e.removed is None and e.key not in paths]
    counts = Counter(
        {"in the ledger": len(ledger.entries), "new": len(new), "without their record": len(lost)}
    )
    click.echo(", ".join(f"{count:,} {what}" for what, count in counts.items()))
    if new:
        click.echo("To enter the new ones when you publish: kb permalinks record")
    if lost:
        click.echo("`kb check` says what to write for those without their record.")
