"""``kb explain``: what a finding means, with an example before and after."""

from __future__ import annotations

import click

from ..checks.explanations import EXPLANATIONS, GROUPS, Explanation
from ..near import did_you_mean
from ..reading.invisible import shown
from .options import fail


@click.command()
@click.argument("code", required=False, default="")
def explain(code: str) -> None:
    """
    Say what a finding means and how to mend it, with an example. Without CODE, list them all.

    \b
    Examples:
      kb explain
      kb explain figure-without-source
    """
    if not code:
        click.echo(_all())
        return
    explained = EXPLANATIONS.get(code.strip().lower())
    if explained is None:
        guess = did_you_mean(code, EXPLANATIONS) or "`kb explain` lists them all."
        fail(f"There is no finding `{code}`. {guess}")
    click.echo(_one(explained))


def _all() -> str:
    width = max(map(len, EXPLANATIONS))
    lines: list[str] = []
    for group, title in GROUPS.items():
        lines += ["", title] if lines else [title]
        lines += [
            f"  {explained.code:<{width}}  {explained.title}"
            for explained in EXPLANATIONS.values()
            if explained.group == group
        ]
    return "\n".join(lines)


def _one(explained: Explanation) -> str:
    lines = [
        f"{explained.code}: {explained.title}",
        "",
        click.wrap_text(explained.meaning, width=88),
        "",
        "This gives the finding:",
        "",
        *_indented(explained.before),
        "",
        "This does not:",
        "",
        *_indented(explained.after),
    ]
    if explained.hides:
        lines += ["", "Nothing else in the file is checked before this is mended."]
    return "\n".join(lines)


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in shown(example).split("\n")]
