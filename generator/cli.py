"""``kb``: arguments in, exit code out. 0: done. 1: the library has findings. 2: it could not be done."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "build": "build",
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
        return sorted(_COMMANDS)

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
