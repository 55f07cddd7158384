"""The page of a practice."""

from __future__ import annotations

from markupsafe import Markup

from ..library import Library
from ..models.practice import Practice
from .explained import Explanation
from .glance import Glance, glance
from .page import (
    CaseList,
    Checked,
    Link,
    Page,
    Search,
    SourceItem,
    TocEntry,
    case_list,
    checked,
    counted_links,
    link,
    page,
    source_items,
    writer,
)
from .plain_data import plain_data

KIND = "practice"


@plain_data
class EvidenceCount:
    """How many of a practice's case studies have one level of evidence, and what those found."""

    level_label: str
    count: int
    directions: tuple[tuple[str, int], ...]
    """(what was found, how many)"""


@plain_data
class PracticeView:
    """All that the template of a practice shows."""

    page: Page
    definition: str
    glance: Glance | None
    """How sure, what was found and what it costs; None without case studies."""
    group: str
    also_called: tuple[str, ...]
    why: tuple[Markup, ...]
    how: tuple[Markup, ...]
    watch_out: tuple[Markup, ...]
    evidence: Markup
    """The editors' account of what the case studies show; empty where none is written."""
    evidence_counts: tuple[EvidenceCount, ...]
    cases: CaseList
    populations: tuple[Link, ...]
    """Whom its case studies serve, most often first."""
    policies: tuple[Link, ...]
    related: tuple[Link, ...]
    sources: tuple[SourceItem, ...]
    checked: Checked
    explained: tuple[Explanation, ...]
    """Terms of the glossary that the page uses."""


def practice_view(practice: Practice, library: Library) -> PracticeView:
    """Make the page of a practice."""
    kind = library.kinds[KIND]
    text = writer(library, "../" * kind.path_of(practice.id).count("/"), practice.sources)
    cases = library.tagged(KIND, practice.id)
    search = Search(
        filters=(("kind", KIND), ("practice", practice.id)),
        meta=(
            ("kind", kind.label),
            ("cases", _cases(len(cases))),
            ("checked", practice.checked.isoformat()),
        ),
        other_words=practice.other_names,
    )
    return PracticeView(
        page=page(kind, practice, _toc(practice), search),
        definition=practice.definition,
        glance=glance(library, cases.briefs()),
        group=library.term("practice-group", practice.group).title,
        also_called=practice.also_called,
        why=text.items(practice.why),
        how=text.items(practice.how),
        watch_out=text.items(practice.watch_out),
        evidence=text.prose(library.body(KIND, practice.id)),
        evidence_counts=_evidence_counts(library, practice),
        cases=case_list(library, cases, (KIND, practice.id)),
        populations=counted_links(library, "population", library.most_common("population", cases)),
        policies=tuple(link(library, "policy", p) for p in library.practice_policies(practice)),
        related=tuple(
            link(library, KIND, p, len(library.tagged(KIND, p.id)))
            for p in library.related_practices(practice)
        ),
        sources=source_items(practice.sources),
        checked=checked(practice.checked),
        # Last: by now all prose is written, and its terms are known.
        explained=text.explainer.explanations(),
    )


def _cases(count: int) -> str:
    return "1 case study" if count == 1 else f"{count or 'No'} case studies"


def _toc(practice: Practice) -> list[TocEntry]:
    entries = [
        ("why", "Why do it", True),
        ("how", "How to do it", True),
        ("watch-out", "What to watch for", bool(practice.watch_out)),
        ("evidence", "What the evidence says", True),
        ("case-studies", "Case studies", True),
        ("policies", "Policies that permit or fund it", True),
        ("related", "Related practices", True),
        ("sources", "Sources", True),
    ]
    return [TocEntry(anchor, title) for anchor, title, there in entries if there]


def _evidence_counts(library: Library, practice: Practice) -> tuple[EvidenceCount, ...]:
    by_level: dict[str, dict[str, int]] = {}
    for case in library.tagged(KIND, practice.id).briefs():
        found = by_level.setdefault(case.level, {})
        label = case.direction.label
        found[label] = found.get(label, 0) + 1
    return tuple(
        EvidenceCount(library.level(level).title, sum(found.values()), tuple(found.items()))
        for level, found in by_level.items()
    )
