"""Makes realistic records: seeded, with the lengths, tags and prose of the real library."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from generator.formatting.files import formatted
from generator.models.case_study import CaseStudy
from generator.models.ledger_edits import with_records, written
from generator.models.permalinks import LEDGER, read_ledger
from generator.parallel import processors, spread
from generator.reading.yaml_reader import load

PROSE = ("challenge", "approach", "employer_engagement", "results")
_FIELD = re.compile(r"^(?=(\w+):)", re.M)


def make(real: Path, target: Path, count: int, seed: int = 2016) -> None:
    """
    Write `count` case studies into `target`, each put together from three real ones.

    Facts (tags, outcomes, sources) come from one real record, so that the result passes the check;
    the sentences of its prose are drawn, whole, from the others, without their citations. Each is
    as `kb fmt` writes it, if the real ones are. The same seed gives the same bytes, and a smaller
    `count` the same records but for the last. Each record is drawn by itself, so that several processes can do it.
    """
    texts = [path.read_text("utf-8") for path in sorted(real.glob("*.yaml"))]
    originals = [(text, load(text)) for text in texts]
    target.mkdir(parents=True, exist_ok=True)
    spread(partial(_make, originals, target, seed), range(count), processors())


def enter(root: Path) -> None:
    """Enter all case studies of a library into its ledger, as `kb permalinks record` does: those of a real one are."""
    ids = (path.stem for path in sorted((root / "casestudies").glob("*.yaml")))
    paths = {("case-study", name): f"casestudies/{name}/" for name in ids}
    (root / LEDGER).write_text(written(with_records(read_ledger(root), paths)), encoding="utf-8")


def _make(
    originals: list[tuple[str, Any]], target: Path, seed: int, numbers: Sequence[int]
) -> None:
    for number in numbers:
        pick = random.Random(f"{seed} {number}")
        (text, facts), *others = pick.sample(originals, 3)
        identity = f"record-{number:05}"
        changes = {"id": identity, "title": f"{facts['title'][:90]} ({number})"}
        changes |= _mixed(pick, facts, [record for _, record in others])
        (target / f"{identity}.yaml").write_text(_changed(text, changes), encoding="utf-8")


def _mixed(
    pick: random.Random, facts: dict[str, Any], others: list[dict[str, Any]]
) -> dict[str, str]:
    """The prose of a record: its own, with up to three sentences of the others behind each field."""
    mixed = {}
    for field in PROSE:
        sentences = [s for other in others for s in _sentences(other[field])]
        keep = pick.sample(sentences, k=min(len(sentences), 3))
        mixed[field] = " ".join([str(facts[field]).strip(), *keep])
    return mixed


def _changed(text: str, changes: dict[str, str]) -> str:
    """
    The text of a record with some fields changed and what it is related to left out.

    Only the changed fields are put into form: the whole record takes twenty times as long.
    """
    dumped = yaml.dump(changes, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    new = _fields(formatted(dumped, CaseStudy)) | {"related": ""}
    return "".join(new.get(field, written) for field, written in _fields(text).items())


def _fields(text: str) -> dict[str, str]:
    """The lines of each field, by its name; under no name, those before the first."""
    before, *rest = _FIELD.split(text)
    return {"": before, **dict(zip(rest[::2], rest[1::2], strict=True))}


def _sentences(prose: str) -> list[str]:
    """Whole sentences without figures, links or citations, which would belong to another record."""
    bare = re.sub(r"\s*\[s\d+(?:,\s*s\d+)*\]", "", prose)
    found = re.split(r"(?<=[.!?])\s+", bare)
    return [s for s in found if not re.search(r"[\d\[<]", s)]


def as_markdown(record: dict[str, Any]) -> str:
    """The same record as a page that a writer of Markdown would make of it."""
    parts = [
        f"---\ntitle: {record['title']!r}\n---\n\n# {record['title']}\n\n{record['summary']}\n"
    ]
    parts += [f"## {field.replace('_', ' ').capitalize()}\n\n{record[field]}\n" for field in PROSE]
    parts.append("## Lessons\n\n" + "\n".join(f"- {lesson}" for lesson in record["lessons"]) + "\n")
    parts.append("## Outcomes\n\n| What | Value | Comparison | When |\n|---|---|---|---|")
    parts += [
        f"| {o.get('name') or o['metric']} | {o['value']} | {o.get('comparison', '')} | {o['when']} |"
        for o in record.get("outcomes", [])
    ]
    parts.append("\n## Sources\n")
    parts += [f"1. [{s['title']}]({s['url']}), {s['publisher']}" for s in record["sources"]]
    return "\n".join(parts) + "\n"
