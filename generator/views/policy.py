"""The page of a policy note."""

from __future__ import annotations

from markupsafe import Markup

from ..library import Library
from ..models.policy import Policy
from .anchors import heading_anchors
from .explained import Explanation
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
    date_words,
    link,
    links,
    page,
    source_items,
    writer,
)
from .plain_data import plain_data

KIND = "policy"


@plain_data
class CitationRow:
    label: str
    url: str
    kind_label: str


@plain_data
class LimitRow:
    rule: str
    figure: str
    scope_label: str
    source: SourceItem
    as_printed: str


@plain_data
class PolicyView:
    """All that the template of a policy note shows."""

    page: Page
    summary: str
    also_called: tuple[str, ...]
    kind_label: str
    status: str
    """The id of the status, for the look of its mark."""
    status_label: str
    status_as_of: str
    status_shown_by: Markup
    status_source: SourceItem
    agency: str
    enacted: Markup
    citations: tuple[CitationRow, ...]
    background: Markup
    """The text below the front matter; empty where none is written."""
    what_it_allows: tuple[Markup, ...]
    who_can_use_it: Markup
    limits: tuple[LimitRow, ...]
    how_to_use_it: tuple[Markup, ...]
    watch_out: tuple[Markup, ...]
    questions: tuple[tuple[str, str, Markup], ...]
    """(anchor, question, answer)"""
    cases: CaseList
    mentioning: tuple[Link, ...]
    """Case studies that speak of it without having used it."""
    practices: tuple[Link, ...]
    populations: tuple[Link, ...]
    related: tuple[Link, ...]
    sources: tuple[SourceItem, ...]
    checked: Checked
    explained: tuple[Explanation, ...]
    """Terms of the glossary that the page uses."""


def policy_view(policy: Policy, library: Library) -> PolicyView:
    """Make the page of a policy note."""
    kind = library.kinds[KIND]
    text = writer(library, "../" * kind.path_of(policy.id).count("/"), policy.sources)
    sources = source_items(policy.sources)
    by_id = {source.id: item for source, item in zip(policy.sources, sources, strict=True)}
    cases = library.tagged(KIND, policy.id)
    tagged = set(cases.ids)
    search = Search(
        filters=(
            ("kind", KIND),
            ("policy", policy.id),
            ("policy-status", policy.status.value),
            *(("practice", p.id) for p in library.policy_practices(policy)),
            *(("population", i) for i in policy.populations),
        ),
        meta=(
            ("kind", kind.label),
            ("status", f"{policy.status.label} (as of {date_words(policy.status_as_of)})"),
            ("checked", policy.checked.isoformat()),
        ),
        other_words=policy.other_names,
    )
    return PolicyView(
        page=page(kind, policy, _toc(policy), search),
        summary=policy.summary,
        also_called=policy.also_called,
        kind_label=policy.kind.label,
        status=policy.status.value,
        status_label=policy.status.label,
        status_as_of=date_words(policy.status_as_of),
        status_shown_by=text.inline(policy.status_shown_by),
        status_source=by_id[policy.status_source],
        agency=policy.agency,
        enacted=text.inline(policy.enacted),
        citations=tuple(CitationRow(c.label, c.url or "", c.kind.label) for c in policy.citations),
        background=text.prose(library.body(KIND, policy.id)),
        what_it_allows=text.items(policy.what_it_allows),
        who_can_use_it=text.prose(policy.who_can_use_it),
        limits=tuple(
            LimitRow(
                limit.rule,
                limit.figure,
                limit.scope.label,
                by_id[limit.source],
                limit.as_printed,
            )
            for limit in policy.limits
        ),
        how_to_use_it=text.items(policy.how_to_use_it),
        watch_out=text.items(policy.watch_out),
        questions=tuple(
            (anchor, q.question, text.prose(q.answer))
            for anchor, q in zip(
                heading_anchors("question", (q.question for q in policy.questions)),
                policy.questions,
                strict=True,
            )
        ),
        cases=case_list(library, cases, (KIND, policy.id)),
        mentioning=links(
            library,
            "case-study",
            (i for i in library.mentioned_by(KIND, policy.id, "case-study") if i not in tagged),
        ),
        practices=tuple(link(library, "practice", p) for p in library.policy_practices(policy)),
        populations=links(library, "population", policy.populations),
        related=tuple(link(library, KIND, p) for p in library.related_policies(policy)),
        sources=sources,
        checked=checked(policy.checked),
        # Last: by now all prose is written, and its terms are known.
        explained=text.explainer.explanations(),
    )


def _toc(policy: Policy) -> list[TocEntry]:
    entries = [
        ("status", "Status", True),
        ("what-it-allows", "What it allows", True),
        ("limits", "Limits", bool(policy.limits)),
        ("how-to-use-it", "How to use it", True),
        ("watch-out", "What to watch for", bool(policy.watch_out)),
        ("questions", "Questions", bool(policy.questions)),
        ("case-studies", "Case studies that used it", True),
        ("practices", "Practices it permits or funds", True),
        ("related", "Related policy notes", bool(policy.related)),
        ("citations", "Where it is written", True),
        ("sources", "Sources", True),
    ]
    return [TocEntry(anchor, title) for anchor, title, there in entries if there]
