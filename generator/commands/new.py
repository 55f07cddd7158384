"""``kb new``: asks, or takes flags, and writes a record that is ready to be filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..alike import Alike, Named
from ..build import check_library, library_of
from ..checks.rules import Context, as_id
from ..drafts import MOST_SHOWN, choices_of, draft
from ..library import Library
from ..models.fields import ID_PATTERN, Model, Record
from ..models.kind import Kind
from ..models.shape import Shape, shape_of
from ..models.validation import FILL_IN, problem_with
from ..near import did_you_mean
from ..registry import KINDS
from .options import ROOT, fail

_KINDS = {kind.name: kind for kind in KINDS if not kind.is_list}

_SOURCE = ("sources.title", "sources.publisher", "sources.url", "sources.kind")
_ASKED = {
    "case-study": (
        *("status", "years.start", "years.end", "places.city", "places.state", "places.setting"),
        *("populations", "sectors", "program_areas", "practices", *_SOURCE),
    ),
    "practice": ("group", *_SOURCE),
    "policy": ("kind", "status", "status_as_of", "agency", *_SOURCE),
}
"""By kind: the fields that are asked for, all with short answers. The rest is written in the file."""


@click.command()
@ROOT
@click.argument(
    "kind_name", metavar="[KIND]", type=click.Choice(list(_KINDS)), default="case-study"
)
@click.option("--title", default="", help="What a reader would call it.")
@click.option(
    "--id", "record_id", default="", help="The last part of its address. Default: from the title."
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Fill a field in, such as --set years.start=2019 or --set practices=stipends,cohort-model.",
)
@click.option("--no-questions", is_flag=True, help="Ask nothing; leave the rest to be filled in.")
def new(
    root: Path,
    kind_name: str,
    title: str,
    record_id: str,
    settings: tuple[str, ...],
    no_questions: bool,
) -> None:
    """
    Write a new case study, practice or policy note, ready to be filled in.

    Asks for what is quickly answered, then writes the file with a comment on every field. What only
    you know is marked FILL IN; `kb check` lists what is left. A file that is there is never overwritten.

    \b
    Examples:
      kb new
      kb new practice --title "Peer tutoring"
      kb new --title "Springfield bridge" --set status=active --set years.start=2019 --no-questions
    """
    root = root.resolve()
    checked = check_library(root)
    desk = _Desk(_KINDS[kind_name], library_of(checked), Context.of(checked.loaded))
    for setting in settings:
        desk.take(setting)
    if not title and no_questions:
        fail("A record needs a title: --title.")
    if title:
        title = desk.checked("title", title)
        desk.tell_of_alike(title)
    else:
        title = desk.ask_title()
    desk.answers["title"] = title
    record_id = record_id or as_id(title)[:60].strip("-")
    if not no_questions:
        record_id = desk.ask_id(record_id, root)
    if not re.fullmatch(ID_PATTERN, record_id):
        fail(f"--id {record_id}: An id is lower-case letters, digits and single hyphens.")
    path = desk.path(record_id, root)
    if path.exists():
        fail(
            f"{path.relative_to(root)} is there already and was left as it is. Choose another --id."
        )
    desk.answers["id"] = record_id
    if not no_questions:
        desk.ask_the_rest()
    today = date.today().isoformat()
    text = draft(desk.kind, {**desk.answers, "checked": today, "added": today}, desk.library)
    _write(path, text, root)


def _write(path: Path, text: str, root: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        fail(f"{path.relative_to(root)} could not be written: {error.strerror}.")
    left = len(re.findall(rf"^(?!\s*#).*{FILL_IN}", text, re.M))
    click.echo(f"\nWrote {path.relative_to(root)}. {left} places are marked {FILL_IN}.")
    click.echo(
        "Open it in a text editor. `kb check` lists what is left, `kb serve` shows the page."
    )


@dataclass(slots=True)
class _Desk:
    """Where the questions are asked: the kind of record, the library, and the answers so far."""

    kind: Kind
    library: Library
    context: Context
    answers: dict[str, Any] = field(default_factory=dict)

    def path(self, record_id: str, root: Path) -> Path:
        return root / self.kind.source / f"{record_id}{self.kind.ending}"

    def take(self, setting: str) -> None:
        """Take ``FIELD=VALUE`` from the command line, or give up with what is wrong."""
        name, equals, value = setting.partition("=")
        if not equals:
            fail(f"--set {setting}: write FIELD=VALUE, such as --set status=active.")
        self.answers[name] = self.checked(name, value)

    def checked(self, name: str, written: str) -> Any:
        """The value of a field as it was written on the command line, or an end with what is wrong."""
        found = self._find(name)
        if found is None or found[1].model is not None:
            known = _ASKED[self.kind.name]
            fail(f"--set {name}: there is no such field. {did_you_mean(name, known)}".strip())
        value, problem = self._value(*found, written)
        if problem:
            fail(f"{name}: {problem}")
        return value

    def ask_title(self) -> str:
        """Ask for the title until there is one, and tell of records that may be the same."""
        click.echo(f"A new {self.kind.label.lower()}.")
        title = str(self._ask("title", required=True))
        self.tell_of_alike(title)
        return title

    def tell_of_alike(self, title: str) -> None:
        """Say which records of the library may be about the same; it is no reason to stop."""
        known = Alike(Named.of(record) for record in self.library.all(self.kind.name, Record))
        for alike in known.to(Named("", title)):
            click.echo(
                f'  The library has "{alike.title}" '
                f"({self.kind.source}/{alike.id}{self.kind.ending}). "
                "If it is the same, better add to that record.",
                err=True,
            )

    def ask_id(self, suggested: str, root: Path) -> str:
        """Ask for the id until it can be one and its file is not there."""
        while True:
            record_id = str(
                click.prompt("Id, the last part of its address", default=suggested or None)
            ).strip()
            if not re.fullmatch(ID_PATTERN, record_id):
                click.echo("  Use lower-case letters, digits and single hyphens.")
            elif self.path(record_id, root).exists():
                click.echo(f"  There is a record {record_id} already.")
            else:
                return record_id

    def ask_the_rest(self) -> None:
        """Ask for each field that was not given. Ending it early (Ctrl-C) keeps what was answered."""
        left = [name for name in _ASKED[self.kind.name] if name not in self.answers]
        click.echo("\nEnter leaves a question for later. ? shows the choices. Ctrl-C stops asking.")
        try:
            for name in left:
                value = self._ask(name)
                if value is not None:
                    self.answers[name] = value
        except click.Abort:
            click.echo("\nStopped. What you answered is kept.")

    def _ask(self, name: str, *, required: bool = False) -> Any:
        """Ask for one field until the answer is right; None where it is left for later."""
        found = self._find(name)
        assert found is not None, name
        model, shape = found
        click.echo(f"\n{shape.meaning}" if shape.meaning else "")
        choices = choices_of(shape, self.library)
        if 1 < len(choices) <= MOST_SHOWN:
            self._show(choices)
        several = " (several with commas between)" if shape.is_list else ""
        while True:
            written = str(click.prompt(f"{name}{several}", default="", show_default=False)).strip()
            if written == "?" and choices:
                self._show(choices)
            elif not written and not required:
                return None
            elif written:
                value, problem = self._value(model, shape, written)
                if not problem:
                    return value
                click.echo(f"  {problem}")

    def _show(self, choices: list[tuple[str, str]]) -> None:
        width = max(len(value) for value, _ in choices)
        for value, words in choices:
            click.echo(
                click.wrap_text(
                    f"{value:<{width}}  {words}",
                    96,
                    "  ",
                    " " * (width + 4),
                    preserve_paragraphs=False,
                )
            )

    def _find(self, name: str) -> tuple[type[Model], Shape] | None:
        """The model and the field at the end of a way such as ``years.start``."""
        model: type[Model] | None = self.kind.model
        shape = None
        for step in name.split("."):
            owner, shape = model, shape_of(model, step)
            model = shape.model if shape else None
        return (owner, shape) if owner is not None and shape is not None else None

    def _value(self, model: type[Model], shape: Shape, written: str) -> tuple[Any, str]:
        """The value that is meant, and what is wrong with it."""
        words = [word.strip() for word in written.split(",")] if shape.is_list else [written]
        values = [_plain(shape, word) for word in words if word]
        if shape.refers_to:
            known = {value for value, _ in choices_of(shape, self.library)}
            meant = self.context.other_words.get(shape.refers_to, {})
            values = [v if v in known else meant.get(as_id(str(v)), v) for v in values]
            for value in values:
                if value not in known:
                    guess = did_you_mean(str(value), known) or "? shows the choices."
                    return (
                        None,
                        f"There is no {shape.refers_to.replace('-', ' ')} `{value}`. {guess}",
                    )
        value = tuple(values) if shape.is_list else values[0] if values else ""
        problem = problem_with(model, shape.name, value)
        return (list(value) if isinstance(value, tuple) else value), problem


def _plain(shape: Shape, word: str) -> Any:
    """A word as YAML would read it where a number or a yes or no is wanted; else the word itself."""
    if shape.basic in ("number", "whole number") and re.fullmatch(r"-?\d+(\.\d+)?", word):
        return float(word) if "." in word else int(word)
    if word == "null":
        return None
    return (
        {"true": True, "false": False}.get(word, word) if shape.basic == "true or false" else word
    )
