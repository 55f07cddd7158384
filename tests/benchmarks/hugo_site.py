"""
The library as a Hugo project: templates and settings from the folder hugo/ beside this file, content as a
library of Hugo would hold it (facts in front matter, prose as Markdown, tags as taxonomies).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from generator.library import Library
from generator.views.case_study import OutcomeRow
from generator.views.page import SourceItem
from generator.views.share import headline
from tests.benchmarks import hugo_files, same_content
from tests.benchmarks.same_content import PROSE, TERMS, Case

TEMPLATES = Path(__file__).parent / "hugo"


def write(library: Library, root: Path, lean: bool = False, files: bool = False) -> None:
    """
    Write the project into a new folder.

    `lean`: with front matter in JSON, which Hugo reads faster than YAML. `files`: with what it needs to make
    what stands beside our pages.
    """
    shutil.copytree(TEMPLATES, root)
    if files:
        hugo_files.write(root)
    for name, fields, body in pages(library, files):
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{_json(fields) if lean else _yaml(fields)}\n{body}", encoding="utf-8")


def pages(library: Library, files: bool = False) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every page: its file below content/, its front matter and its Markdown. `files` as in `write`."""
    case_kind = library.kinds["case-study"]
    yield "_index.md", {"title": "Rewire"}, ""
    yield "casestudies/_index.md", {"title": "Case studies"}, ""
    for weight, case in enumerate(same_content.cases(library, _address), 1):
        told = {**fields(case), "weight": weight}
        if files:
            told |= hugo_files.fields(library, case_kind, case.record, headline(case.view))
        yield f"casestudies/{case.record.id}.md", told, body(case)
    for name in TERMS:
        kind = library.kinds[name]
        yield f"{kind.address}/_index.md", {"title": kind.plural}, ""
        for term in same_content.terms(library, name):
            head = {"title": term.title, "description": term.definition}
            if files:
                head |= hugo_files.term_fields(library, kind, term.record)
            yield f"{kind.address}/{term.id}/_index.md", head, ""
    explained = [f"## {t.title} {{#{t.id}}}\n\n{t.definition}\n" for t in same_content.glossary(library)]  # fmt: skip
    yield "glossary.md", {"title": "Glossary", "layout": "glossary"}, "\n".join(explained)


def fields(case: Case) -> dict[str, Any]:
    """What a case study holds in its front matter."""
    view = case.view
    tags: dict[str, Any] = dict(case.tags)
    return {
        "title": view.page.title,
        "description": view.summary,
        "date": case.record.checked,
        **tags,
        "evidence": {
            "level": view.badge.level_label,
            "level_meaning": view.badge.level_meaning,
            "direction": view.badge.direction_label,
            "direction_meaning": view.badge.direction_meaning,
            "note": view.evidence_note,
            "design": view.evidence_design,
            "source": _mark(view.evidence_source),
        },
        "years": view.years,
        "status": view.status_label,
        "status_meaning": view.status_meaning,
        "places": view.places_line,
        "cost": f"{view.cost} a participant ({view.cost_basis})" if view.cost else "",
        "participants": [
            {
                "role": part.role_label,
                "organizations": [{"name": n, "url": url} for n, url in part.organizations],
            }
            for part in view.participants
        ],
        "employer_roles": [{"title": t, "meaning": meaning} for t, meaning in view.employer_roles],
        "outcomes": [_outcome(row) for row in view.outcomes],
        "lessons": list(case.lessons),
        "funding": [
            {"name": r.name, "amount": r.amount, "year": r.year, "source": _mark(r.source)}
            for r in view.funding
        ],
        "sources": [asdict(source) for source in view.sources],
        "checked": view.checked.words,
    }


def body(case: Case) -> str:
    """The prose of a case study."""
    return "\n".join(
        f"## {heading} {{#{anchor}}}\n\n{case.prose[field]}\n"
        for field, (anchor, heading) in PROSE.items()
    )


def _yaml(fields: dict[str, Any]) -> str:
    written = yaml.dump(fields, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    return f"---\n{written}---\n"


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=2, default=str) + "\n"


def _outcome(row: OutcomeRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "when": row.when,
        "value": row.value,
        "comparison": row.comparison,
        "comparison_label": row.comparison_label,
        "difference": row.difference,
        "significance": row.significance,
        "design": row.design_label,
        "n": row.n,
        "note": row.note,
        "as_printed": row.as_printed,
        "source": _mark(row.source),
    }


def _mark(source: SourceItem) -> dict[str, Any]:
    return {"number": source.number, "anchor": source.anchor}


def _address(path: str) -> str:
    """How a case study links to an address in the site."""
    return f"../../{path}"
