"""Rules about figures, sources and how sure one can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..models.case_study import COMPARED, DESIGNS_OF_LEVEL, CaseStudy, Direction
from ..models.entry import Entry
from ..models.fields import Source
from ..models.glossary import Glossary, GlossaryTerm
from ..models.walk import marked
from ..near import did_you_mean
from .rules import Context, LibraryRule, RecordRule, Rule, cited_by


def _sources(entry: Entry) -> Iterator[Diagnostic]:
    """Every source that a field names is there, is there once, and is cited somewhere."""
    sources = getattr(entry.record, "sources", ())
    if not all(isinstance(source, Source) for source in sources):
        return
    known = [source.id for source in sources]
    used = {source for _, cited in cited_by(entry) for source in cited}
    for found in marked(entry.record).sources:
        used.add(found.value)
        if found.value not in known:
            yield entry.finding(
                found.location,
                "unknown-source",
                f"the record has no source `{found.value}`",
                f"Add it under `sources`, or name one of: {', '.join(known)}.",
            )
    for number, source_id in enumerate(known):
        where = ("sources", number, "id")
        if source_id in known[:number]:
            yield entry.finding(
                where,
                "duplicate-id",
                f"there is a source `{source_id}` already",
                "Number the sources s1, s2, s3 and so on.",
            )
        elif source_id not in used:
            yield entry.finding(
                where,
                "unused-source",
                f"nothing cites the source `{source_id}`",
                f"Cite it where it is used, `[{source_id}]`; or take it out.",
            )


def _glossary_sources(context: Context) -> Iterator[Diagnostic]:
    """The glossary's terms name its sources, and every source of it is named."""
    container = context.containers.get("glossary-term")
    entries = [entry for entry in context.entries if entry.kind.name == "glossary-term"]
    if container is None or not entries:
        return
    glossary = container.file
    assert isinstance(glossary, Glossary)
    document = entries[0].document
    known = [source.id for source in glossary.sources]
    for entry in entries:
        assert isinstance(entry.record, GlossaryTerm)
        for number, source_id in enumerate(entry.record.sources):
            if source_id not in known:
                yield entry.finding(
                    ("sources", number),
                    "unknown-source",
                    f"the glossary has no source `{source_id}`",
                    did_you_mean(source_id, known) or "Add it under `sources`.",
                )
    used = {source for term in glossary.terms for source in term.sources}
    for number, source_id in enumerate(known):
        if source_id not in used:
            yield document.finding(
                ("sources", number, "id"),
                "unused-source",
                f"no term names the source `{source_id}`",
                "Name it where it is used, or take it out.",
            )


def _outcomes(entry: Entry) -> Iterator[Diagnostic]:
    """A figure says what it measures and whom it is compared with."""
    if not isinstance(entry.record, CaseStudy):
        return
    for number, outcome in enumerate(entry.record.outcomes):
        if outcome.metric == "other" and not outcome.name:
            yield entry.finding(
                ("outcomes", number, "metric"),
                "unnamed-outcome",
                "the metric is `other`, and nothing says what was measured",
                "Add `name:` with what was measured.",
            )
        if outcome.comparison is not None and not outcome.comparison_label:
            yield entry.finding(
                ("outcomes", number, "comparison"),
                "unnamed-comparison",
                "nothing says who the comparison is",
                "Add `comparison_label:`, such as `control group`.",
            )
        interval = outcome.confidence_interval
        if interval and interval[0] > interval[1]:
            yield entry.finding(
                ("outcomes", number, "confidence_interval"),
                "out-of-range",
                "the interval ends before it begins",
                "Write the lower bound first.",
            )


def _level(entry: Entry) -> Iterator[Diagnostic]:
    """The level fits the design, and a direction is claimed only where an effect was measured."""
    if not isinstance(entry.record, CaseStudy):
        return
    evidence = entry.record.evidence
    admitted = DESIGNS_OF_LEVEL.get(evidence.level)
    if admitted and evidence.design not in admitted:
        yield entry.finding(
            ("evidence", "level"),
            "level-too-high",
            f"a study of the design `{evidence.design.value}` cannot be `{evidence.level}`",
            "Choose the level that 34 CFR 77.1 gives to the design, or correct the design.",
        )
    if evidence.design not in COMPARED and evidence.direction is not Direction.NOT_MEASURED:
        yield entry.finding(
            ("evidence", "direction"),
            "effect-not-measured",
            f"with the design `{evidence.design.value}` nobody was compared, so no effect was measured",
            "Write `direction: not-measured`; tell what happened under `results`.",
        )


def _dates(entry: Entry) -> Iterator[Diagnostic]:
    """Nothing ends before it starts, and nothing has happened in the future."""
    record = entry.record
    if isinstance(record, CaseStudy):
        start, end = record.years.start, record.years.end
        if start and end and end < start:
            yield entry.finding(
                ("years", "end"),
                "out-of-range",
                f"it ends in {end}, before it starts in {start}",
                "Check the years.",
            )
    # One day of grace: it is tomorrow already in some time zones.
    latest = dt.date.today() + dt.timedelta(days=1)
    for name, happened in _HAPPENED.items():
        day = getattr(record, name, None)
        if isinstance(day, dt.date) and day > latest:
            yield entry.finding(
                (name,),
                "date-in-future",
                f"{day.isoformat()} has not come yet",
                f"Write the day on which {happened}.",
            )


_HAPPENED = {
    "checked": "somebody held the record against its sources",
    "added": "the record came into the library",
    "updated": "its content last changed",
}


RULES: tuple[Rule, ...] = (
    RecordRule("sources", _sources),
    LibraryRule("glossary-sources", _glossary_sources, of_list="glossary-term"),
    RecordRule("outcomes", _outcomes),
    RecordRule("level", _level),
    RecordRule("dates", _dates),
)
