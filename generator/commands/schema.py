"""``kb schema``: the JSON Schema of a kind of record."""

from __future__ import annotations

from pathlib import Path

import click

from ..exports.issue_form import PATH, issue_form
from ..exports.schemas import TEMPLATE, editor_schemas, schema_of, template
from ..models.schema import printed
from ..registry import KINDS
from .options import ROOT, good_library

_NAMES = [kind.name for kind in KINDS if not kind.is_list]


@click.command()
@ROOT
@click.argument("kind", type=click.Choice(_NAMES), default=_NAMES[0])
@click.option(
    "--write",
    is_flag=True,
    help="Renew what is derived from it: schema/ for editors, the issue form and the template record.",
)
def schema(root: Path, kind: str, write: bool) -> None:
    """
    Print the JSON Schema of a kind of record, with this library's vocabulary.

    For Markdown it describes the front matter. Editors read the one in schema/, and GitHub has an issue
    form made from it, and docs/ a template record; renew them after a change of the vocabulary, a practice, a policy note or the models.

    \b
    Examples:
      kb schema
      kb schema policy > policy.json
      kb schema --write
    """
    library = good_library(root.resolve())
    if not write:
        click.echo(printed(schema_of(library, library.kinds[kind])), nl=False)
        return
    derived = {PATH: issue_form(library), TEMPLATE: template(library)}
    for path, text in (editor_schemas(library) | derived).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {path}")
