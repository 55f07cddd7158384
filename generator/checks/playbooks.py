"""Rules about playbooks: each step names records that are there, and links in it are among them."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..models.entry import Entry
from ..models.playbook import Playbook
from ..prose import kb_links
from ..resolver import Target, Unresolved
from .rules import Context, NamesRule, Rule


def _records(entry: Entry, context: Context) -> Iterator[Diagnostic]:
    """Every record a step names is there, named once; every record its text links to is named."""
    if not isinstance(entry.record, Playbook):
        return
    for number, step in enumerate(entry.record.steps):
        named: set[str] = set()
        misspelt = False
        for at, name in enumerate(step.records):
            where = ("steps", number, "records", at)
            found = context.resolver.resolve(name)
            if isinstance(found, Unresolved):
                misspelt = True
                if name.rpartition("/")[2] not in context.excused:
                    yield entry.finding(where, found.code, found.message, found.hint)
            elif found.path in named:
                yield entry.finding(
                    where, "listed-twice", f"`{name}` is in the list already", "Take it out."
                )
            else:
                named.add(found.path)
        # A name that leads nowhere may be meant for any link of the text: one cause, one message.
        for link in () if misspelt else kb_links(step.text):
            target = context.resolver.resolve(link.target.partition("#")[0])
            if isinstance(target, Target) and target.path not in named:
                yield entry.finding_in(
                    ("steps", number, "text"),
                    f"kb:{link.target}",
                    "record-not-named",
                    f"the text links to `{link.target}`, which `records` does not name",
                    "Add it under `records` of the step.",
                )


RULES: tuple[Rule, ...] = (
    NamesRule("playbook-records", _records, lambda entry, _: entry.kind.model is Playbook),
)
