"""``kb check``: everything that is wrong with the library, for people or for programs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from mkdocs.utils.yaml import yaml_load
from yaml import YAMLError

from ..build import check_library, contents, kept_of, library_of
from ..checks import published
from ..checks.dependents import dependents
from ..diagnostics import Diagnostic, Findings
from ..digests import digest_of
from ..models.permalinks import LEDGER, Ledger, ledger_of
from ..reading.documents import parse_document
from ..registry import KINDS
from ..report_formats import FORMATS
from ..reporters import report
from ..revisions import NoRevision, changes_since, text_before
from .options import ROOT, fail


@click.command()
@ROOT
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="text for people; github for annotations on a pull request; json and sarif for programs.",
)
@click.option(
    "--changed",
    is_flag=False,
    flag_value="",
    metavar="[REVISION]",
    help="Report only files that changed since REVISION, and those that name what changed. "
    "Default: the main branch, or the pull request's base.",
)
def check(root: Path, form: str, changed: str | None) -> None:
    """
    Check every record, and list what is wrong with file, line and column.

    Ends with 0 where nothing is wrong, with 1 where something is. `kb explain CODE` says more about
    a finding. In a Git repository the ledger of addresses is compared with that of the base as well: no line
    of it may go. The formats are described at the head of generator/report_formats.py.

    \b
    Examples:
      kb check
      kb check --changed
      kb check --changed=origin/main --format github
      kb check --format sarif > findings.sarif
    """
    root = root.resolve()
    start = time.perf_counter()
    checked = check_library(root, kept=kept_of(root))
    loaded, findings = checked.loaded, checked.findings
    findings.add(_deleted_promises(root, checked.ledger, changed or ""))
    scope = None
    if changed is not None:
        try:
            changes = changes_since(root, changed)
        except NoRevision as reason:
            fail(str(reason))
        named = dependents(changes.paths, KINDS, loaded, root)
        scope = Scope(changes.base, changes.paths, frozenset(named), findings)
        findings = scope.findings
    if form != "text":
        click.echo(FORMATS[form](findings, site_address(root)), nl=False)
        click.echo(_one_line(findings, scope), err=True)
    elif findings:
        report(findings, root)
        click.echo(f"\n{scope}" if scope else "", nl=bool(scope))
    else:
        held = str(scope) if scope else contents(library_of(checked))
        click.echo(f"{held}: nothing to mend ({time.perf_counter() - start:.1f} s)")
    sys.exit(1 if findings else 0)


def _deleted_promises(root: Path, ledger: Ledger, base: str) -> Iterator[Diagnostic]:
    """What the ledger promised where the work parted from `base`; nothing where Git does not know that."""
    try:
        before = text_before(root, LEDGER, base)
    except NoRevision:
        return
    if before and digest_of(before.encode()) != ledger.text:
        yield from published.check(ledger_of(parse_document(before, LEDGER)), ledger)


@dataclass(frozen=True, slots=True)
class Scope:
    """The files that are reported on, out of all."""

    base: str
    changed: frozenset[str]
    named: frozenset[str]
    every: Findings
    """The findings of the whole library."""

    @property
    def findings(self) -> Findings:
        """Those of the files that changed, and of those that name what changed."""
        within = Findings()
        within.add(f for f in self.every if f.path in self.changed or f.path in self.named)
        return within

    def __str__(self) -> str:
        elsewhere = len(self.every) - len(self.findings)
        told = (
            f"Compared with {self.base}: {_many(len(self.changed), 'file')} changed, "
            f"{_many(len(self.named), 'other')} named what changed"
        )
        return f"{told} ({_many(elsewhere, 'finding')} elsewhere)" if elsewhere else told


def _one_line(findings: Findings, scope: Scope | None) -> str:
    """For whoever looks at the log of a run that wrote its findings for a program."""
    told = f"{_many(len(findings), 'finding')} in {_many(len({f.path for f in findings}), 'file')}"
    return f"{told}. {scope}." if scope else f"{told}."


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def site_address(root: Path) -> str:
    """Where the site will stand, by mkdocs.yml, with a slash at the end; empty where nobody has said."""
    try:
        settings = yaml_load((root / "mkdocs.yml").read_text("utf-8"))
    except (OSError, YAMLError):
        return ""
    return str(settings.get("site_url") or "") if isinstance(settings, dict) else ""
