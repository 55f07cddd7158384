"""Makes realistic records: seeded, with the lengths, tags and prose of the real library."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import yaml

from generator.formatting.files import formatted
from generator.models.case_study import CaseStudy
from generator.reading.yaml_reader import load

PROSE = ("challenge", "approach", "employer_engagement", "results")


def make(real: Path, target: Path, count: int, seed: int = 2016) -> None:
    """
    Write `count` case studies into `target`, each put together from three real ones.

    Facts (tags, outcomes, sources) come from one real record, so that the result passes the check;
    the sentences of its prose are drawn, whole, from the others, without their citations.
    """
    pick = random.Random(seed)
    originals = [load(path.read_text("utf-8")) for path in sorted(real.glob("*.yaml"))]
    target.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        record = _mixed(pick, originals)
        record["id"] = f"record-{number:05}"
        record["title"] = f"{record['title'][:90]} ({number})"
        text = yaml.dump(record, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
        text = formatted(text, CaseStudy)  # as `kb fmt` writes it, and so as real records look
        (target / f"{record['id']}.yaml").write_text(text, encoding="utf-8")


def _mixed(pick: random.Random, originals: list[dict[str, Any]]) -> dict[str, Any]:
    facts, *others = pick.sample(originals, 3)
    record = {**facts, "related": []}
    for field in PROSE:
        sentences = [s for other in others for s in _sentences(other[field])]
        keep = pick.sample(sentences, k=min(len(sentences), 3))
        record[field] = " ".join([str(facts[field]).strip(), *keep])
    return record


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
