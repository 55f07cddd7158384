"""The library as a project of Markdown pages, which MkDocs with Material and Zensical both build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from generator.library import Cases, Library
from generator.views.case_study import FundingRow, OutcomeRow
from generator.views.page import SHORT_LIST, SourceItem, card
from tests.benchmarks import markdown_files, same_content
from tests.benchmarks.same_content import PROSE, TERMS, Case, Fact, Term

SETTINGS = """\
site_name: Rewire
site_url: http://127.0.0.1:8000/
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.prune, navigation.top, toc.follow]
markdown_extensions:
  - attr_list
  - def_list
  - tables
  - toc:
      permalink: true
nav:
  - Home: index.md
  - Case studies: casestudies/index.md
  - Practices: practices/index.md
  - Policies: policies/index.md
  - Who was served: populations/index.md
  - Sectors: sectors/index.md
  - Program areas: program-areas/index.md
  - States: states/index.md
  - Glossary: glossary.md
not_in_nav: |
  /casestudies/*
  /practices/*
  /policies/*
  /populations/*
  /sectors/*
  /program-areas/*
  /states/*
  /embed/*
"""
"""Records stand outside the navigation: every page would list all of them otherwise."""
NO_SEARCH: dict[str, dict[str, Any]] = {
    "mkdocs": {"plugins": []},
    "zensical": {"plugins": [{"search": {"enabled": False}}]},
}
"""The settings by which each engine's own search, whose place Pagefind's takes, is off."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|])")


def write(library: Library, root: Path, engine: str, *, files: bool = False) -> None:
    """
    Write the project into a new folder, for one of the engines in `NO_SEARCH`.

    `files`: for MkDocs, to make what stands beside the pages too, as far as it can.
    """
    settings = {**yaml.safe_load(SETTINGS), **NO_SEARCH[engine]}
    texts = pages(library)
    if files:
        settings |= markdown_files.settings(library)
        settings["theme"]["custom_dir"] = markdown_files.THEME
        texts = chain(texts, markdown_files.embedded(library, settings["site_url"]))
        markdown_files.write(root)
    for name, text in texts:
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False))


def pages(library: Library) -> Iterator[tuple[str, str]]:
    """Every page: its file below docs/ and its text."""
    cases = library.case_studies
    yield (
        "index.md",
        _page("Rewire", f"{len(cases):,} case studies.", *_cards(library, cases, 6, docs="")),
    )
    yield "casestudies/index.md", _page("Case studies", *_cards(library, cases, 60))
    for case in same_content.cases(library, _address):
        yield f"casestudies/{case.record.id}.md", case_page(case)
    for kind in TERMS:
        address, terms = library.kinds[kind].address, same_content.terms(library, kind)
        listed = [
            f"- [{_text(t.title)}]({t.id}.md) ({len(t.cases)}): {_text(t.definition)}"
            for t in terms
        ]
        yield f"{address}/index.md", _page(library.kinds[kind].plural, "\n".join(listed))
        for term in terms:
            yield f"{address}/{term.id}.md", _term_page(library, term)
    explained = (
        f"## {_text(t.title)} {{#{t.id}}}\n\n{_text(t.definition)}"
        for t in same_content.glossary(library)
    )
    yield "glossary.md", _page("Glossary", *explained)


def case_page(case: Case) -> str:
    """A case study as somebody who writes Markdown would write it."""
    view = case.view
    badge = view.badge
    sections = [
        _text(view.summary),
        f"**How sure can we be?** {badge.level_label}: {badge.level_meaning}",
        f"**What was found?** {badge.direction_label}: {badge.direction_meaning}",
        f"{_text(view.evidence_note)} {view.evidence_design}. {_mark(view.evidence_source)}",
        "## Key facts {#key-facts}",
        *map(_fact, case.facts),
        f"Who took part\n:   {'; '.join(_participants(case))}",
        *(f"## {title} {{#{anchor}}}\n\n{case.prose[f]}" for f, (anchor, title) in PROSE.items()),
        *(f"{_text(title)}\n:   {_text(meaning)}" for title, meaning in view.employer_roles),
        *_outcomes(view.outcomes),
        "## Lessons {#lessons}",
        "\n".join(f"- {lesson}" for lesson in case.lessons),
        *_funding(view.funding),
        "## Sources {#sources}",
        "\n".join(map(_source, view.sources)),
        f"Last checked against its sources on {view.checked.words}.",
    ]
    return _page(view.page.title, *sections, description=view.summary)


def _page(title: str, *sections: str, description: str = "") -> str:
    head = {"title": title, "description": description or title}
    # A text in JSON's quotes is a text in YAML's as well.
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items())
    return "\n\n".join(["---\n" + "\n".join(lines) + "\n---", f"# {_text(title)}", *sections, ""])


def _term_page(library: Library, term: Term) -> str:
    listed = _cards(library, term.cases, SHORT_LIST)
    return _page(term.title, _text(term.definition), "## Case studies", *listed)


def _cards(library: Library, cases: Cases, most: int, docs: str = "../") -> Iterator[str]:
    """The first of some case studies; `docs` is the way to the folder of all pages."""
    for case_id in cases.ids[:most]:
        shown = card(library, case_id)
        link = f"[{_text(shown.title)}]({docs}casestudies/{case_id}.md)"
        about = f"{shown.places}; {shown.years}; {shown.status_label}"
        found = f"{shown.badge.level_label}; {shown.badge.direction_label}"
        yield f"### {link}\n\n{_text(about)}\n\n{_text(shown.summary)}\n\n{found}"
    if len(cases) > most:
        yield f"These are {most} of {len(cases):,}."


def _address(path: str) -> str:
    """How a page in casestudies/ links to an address in the site."""
    page, _, part = path.partition("#")
    return f"../{page.rstrip('/')}.md{'#' if part else ''}{part}"


def _fact(fact: Fact) -> str:
    links = (f"[{_text(link.title)}]({_address(link.path)})" + (f" ({note.lower()})" if note else "") for link, note in fact.links)  # fmt: skip
    return f"{fact.label}\n:   {'; '.join([*([_text(fact.text)] if fact.text else []), *links])}"


def _participants(case: Case) -> Iterator[str]:
    for part in case.view.participants:
        names = (f"[{_text(name)}](<{url}>)" if url else _text(name) for name, url in part.organizations)  # fmt: skip
        yield f"*{part.role_label}*: {', '.join(names)}"


def _outcomes(rows: tuple[OutcomeRow, ...]) -> Iterator[str]:
    if rows:
        yield "## Outcomes in figures {#outcomes}"
        head = ["Outcome", "Program", "Comparison", "Difference", "How it was measured"]
        yield _table(head, map(_outcome, rows))


def _outcome(row: OutcomeRow) -> list[str]:
    size = f", n = {row.n}" if row.n else ""
    how = f"{row.design_label}{size} {_mark(row.source)} {_text(row.note)} As printed: “{_text(row.as_printed)}”"  # fmt: skip
    compared = f"{row.comparison} {row.comparison_label}".strip()
    return [
        _text(f"{row.title}, {row.when}"),
        _text(row.value),
        _text(compared),
        _text(f"{row.difference} {row.significance}".strip()),
        how,
    ]


def _funding(rows: tuple[FundingRow, ...]) -> Iterator[str]:
    if rows:
        yield "## How it was paid for {#funding}"
        yield _table(
            ["Paid by", "Amount", "Year"],
            ([f"{_text(r.name)} {_mark(r.source)}", r.amount, r.year or "not given"] for r in rows),
        )


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


def _mark(source: SourceItem) -> str:
    return f"([{source.number}](#{source.anchor}))"


def _source(source: SourceItem) -> str:
    link = f"[{_text(source.title)}](<{source.url}>){{#{source.anchor}}}"
    about = f"{source.publisher}, {source.year}. {source.kind_label}. {source.note}".strip()
    archived = f" [Archived copy](<{source.archived}>)" if source.archived else ""
    return f"{source.number}. {link} {_text(about)}{archived}"


def _text(text: str) -> str:
    """Words that Markdown is to take as they are."""
    return _SPECIAL.sub(r"\\\1", text)
