"""
What a slide shows of a record: plain text and numbers, written as ``card.json`` beside its page.

A deck in the browser loads one of these for each of its entries and nothing else; so does the comparison,
whose column of a case study is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from markupsafe import Markup

from .case_study import CaseStudyView, OutcomeRow
from .collection import CollectionView
from .comparison import comparison
from .page import Page, SourceItem
from .policy import PolicyView
from .practice import PracticeView

CardData = dict[str, Any]
"""Data for JSON. Addresses are relative to the site's root; the printer makes them whole."""

_TAG = re.compile("<[^>]*>")
_BEFORE_NUMBER = re.compile(r"\s+\[(?=\d)")


def plain(html: Markup | str) -> str:
    """Text of prose in one line, citations as ``[1]`` or ``[2, 3]``."""
    # Of citations their numbers are left, with commas between them (`Marks`); nothing else in prose is a ``sup``.
    marked = str(html).replace('<sup class="kb-cite">', " [").replace("</sup>", "]")
    # As `Markup.striptags` does, which looks for comments too and takes much longer.
    text = unescape(" ".join(_TAG.sub("", marked).split()))
    return _BEFORE_NUMBER.sub(" [", text)


def case_study_card(view: CaseStudyView) -> CardData:
    """The card of a case study."""
    facts = (
        ("How sure can we be?", view.badge.level_label),
        ("What was found?", view.badge.direction_label),
        ("Where", view.places_line),
        ("When", _capital(view.years)),
        ("Who was served", ", ".join(link.title for link in view.populations)),
        ("Cost", f"{view.cost} a participant ({view.cost_basis})" if view.cost else ""),
    )
    return _card(
        view.page,
        view.summary,
        facts,
        (("Lessons", view.lessons),),
        view.sources,
        view.checked.words,
        note=view.evidence_note,
        outcomes=[_outcome(row) for row in view.outcomes],
    ) | {"comparison": comparison(view)}


def practice_card(view: PracticeView) -> CardData:
    """The card of a practice."""
    counts = "; ".join(
        f"{row.count} with {_small(row.level_label)}" for row in view.evidence_counts
    )
    facts = (
        ("Kind of practice", view.group),
        ("Case studies", f"{view.cases.total}{f' ({counts})' if counts else ''}"),
        ("Whom they served", ", ".join(link.title for link in view.populations[:4])),
    )
    sections = (
        ("Why do it", view.why),
        ("How to do it", view.how),
        ("What to watch for", view.watch_out),
    )
    return _card(view.page, view.definition, facts, sections, view.sources, view.checked.words)


def policy_card(view: PolicyView) -> CardData:
    """The card of a policy note."""
    facts = (
        ("Status", f"{view.status_label}, as of {view.status_as_of}"),
        ("Run by", view.agency),
        ("Where it is written", "; ".join(row.label for row in view.citations[:3])),
    )
    limits = tuple(f"{row.rule}: {row.figure} [{row.source.number}]" for row in view.limits)
    sections = (
        ("What it allows", view.what_it_allows),
        ("Limits", limits),
        ("How to use it", view.how_to_use_it),
        ("What to watch for", view.watch_out),
    )
    return _card(
        view.page,
        view.summary,
        facts,
        sections,
        view.sources,
        view.checked.words,
        note=plain(view.status_shown_by),
    )


def collection_card(view: CollectionView) -> CardData:
    """A collection: which records, in which order, and what to say about each."""
    return {
        "kind": view.page.kind,
        "title": view.page.title,
        "summary": view.summary,
        "path": view.page.path,
        "entries": [
            {
                "id": row.path.rstrip("/"),
                "kind": row.kind_label,
                "title": row.title,
                "note": plain(row.note),
            }
            for row in view.rows
        ],
    }


def _card(
    page: Page,
    summary: str,
    facts: Iterable[tuple[str, str]],
    sections: Iterable[tuple[str, tuple[Markup | str, ...]]],
    sources: Iterable[SourceItem],
    checked: str,
    note: str = "",
    outcomes: Iterable[CardData] = (),
) -> CardData:
    return {
        "id": page.path.rstrip("/"),
        "kind": page.kind_label,
        "title": page.title,
        "path": page.path,
        "summary": summary,
        "facts": [[name, text] for name, text in facts if text],
        "note": note,
        "sections": [
            {"title": title, "items": [plain(item) for item in items]}
            for title, items in sections
            if items
        ],
        "outcomes": list(outcomes),
        "sources": [
            {
                "number": s.number,
                "title": s.title,
                "about": f"{s.publisher}, {s.year}",
                "url": s.url,
            }
            for s in sources
        ],
        "checked": checked,
    }


def _outcome(row: OutcomeRow) -> CardData:
    return {
        "anchor": row.anchor,
        "title": row.title,
        "when": row.when,
        "unit": row.unit,
        "value": row.value,
        "comparison": row.comparison,
        "comparisonLabel": row.comparison_label,
        "difference": row.difference or (row.value if row.is_difference else ""),
        "significance": row.significance,
        "design": row.design_label,
        "n": row.n,
        "note": row.note,
        "printed": row.as_printed,
        "source": row.source.number,
        "bars": [{"label": bar.label, "value": bar.value, "text": bar.text} for bar in row.bars],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
