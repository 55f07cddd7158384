"""The questions of `kb report`, each a function from the library to the records that it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ..library import Library
from ..models.case_study import COMPARED, CaseStudy
from ..models.fields import Record, Source, SourceKind
from ..models.kind import Kind

_PARTIAL = frozenset({SourceKind.PROGRAM_PAGE, SourceKind.NEWS})
"""What a program says about itself, and what newspapers made of that: good to begin with, weak alone."""

_CHOSEN = (
    *("population", "sector", "program-area", "employer-role"),
    *("metric", "practice-group", "glossary-group"),
)
"""Lists from which contributors choose. States and levels of evidence are not ours to cut down."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One record that somebody should look at."""

    path: str
    """Its file, from the library's root, with forward slashes."""
    title: str
    reason: str
    """A sentence without its full stop, such as ``last checked 2025-01-02, 692 days ago``."""


@dataclass(frozen=True, slots=True)
class Section:
    """A question and the records that it concerns."""

    id: str
    title: str
    advice: str
    """What to do about them."""
    items: tuple[Item, ...]


def sections(library: Library, today: dt.date, days: int) -> list[Section]:
    """
    Return every question with its records, in the order in which they are worth looking at.

    A record is stale when it was last checked more than `days` days before `today`.
    """
    return [
        Section(
            "stale",
            f"Not checked for more than {days:,} days",
            "Hold the whole record against its sources, then set `checked` to that day.",
            tuple(item for _, item in sorted(_stale(library, today, days))),
        ),
        Section(
            "weak-sources",
            "Few or weak sources",
            "Look for an evaluation, a public agency's page or a research brief that says the same.",
            tuple(sorted(_weak(library))),
        ),
        Section(
            "no-evidence",
            "Practices without evidence",
            "Look for a case study that uses the practice and compares people with others.",
            tuple(sorted(_without_evidence(library))),
        ),
        Section(
            "unused-terms",
            "Terms that nothing uses",
            "Tag the records that they fit, or take them out of the list.",
            tuple(sorted(_unused(library))),
        ),
    ]


def path_of(kind: Kind, record: Record) -> str:
    """The file of a record, from the library's root."""
    return kind.source if kind.is_list else f"{kind.source}/{record.id}{kind.ending}"


def _stale(library: Library, today: dt.date, days: int) -> Iterator[tuple[dt.date, Item]]:
    for kind, record in library.entries():
        checked = getattr(record, "checked", None)
        if not isinstance(checked, dt.date):
            continue
        age = (today - checked).days
        if age > days:
            reason = f"last checked {checked}, {age:,} days ago"
            yield checked, Item(path_of(kind, record), record.title, reason)


def _weak(library: Library) -> Iterator[Item]:
    for kind, record in library.entries():
        sources: tuple[Source, ...] = getattr(record, "sources", ())
        if kind.is_list or not sources:
            continue
        reasons = [*_few(sources)]
        if isinstance(record, CaseStudy):
            reasons += _weak_study(record)
        if reasons:
            yield Item(path_of(kind, record), record.title, "; ".join(reasons))


def _few(sources: tuple[Source, ...]) -> Iterator[str]:
    publishers = {source.publisher.casefold() for source in sources}
    kinds = {source.kind for source in sources}
    if kinds == {SourceKind.LAW}:
        return  # a law is the last word on itself
    if len(sources) == 1:
        yield f"one source only, by {sources[0].publisher}"
    elif len(publishers) == 1:
        every = "both" if len(sources) == 2 else f"all {len(sources):,}"
        yield f"{every} sources are by {sources[0].publisher}"
    if kinds <= _PARTIAL:
        yield "no source but the program's own pages and the news"


def _weak_study(case: CaseStudy) -> Iterator[str]:
    study = next((s for s in case.sources if s.id == case.evidence.source), None)
    if study is not None and study.kind in _PARTIAL and case.evidence.design in COMPARED:
        level, kind = case.evidence.level, study.kind.label.lower()
        yield f"its level {level} rests on {study.id} ({kind}) and not on the study itself"


def _without_evidence(library: Library) -> Iterator[Item]:
    kind = library.kinds["practice"]
    for practice in library.practices:
        cases = library.tagged("practice", practice.id)
        if not cases:
            reason = "no case study uses it"
        elif not any(case.evidence.design in COMPARED for case in cases):
            many = "1 case study" if len(cases) == 1 else f"{len(cases):,} case studies"
            reason = f"{many}, and none compares people with others"
        else:
            continue
        yield Item(path_of(kind, practice), practice.title, reason)


def _unused(library: Library) -> Iterator[Item]:
    used = {key for _, told in library.told() for key in told.refers_to}
    for kind, term in library.told():
        if kind.name in _CHOSEN and (kind.name, term.id) not in used:
            yield Item(kind.source, term.title, f"no record has the id {term.id}")
