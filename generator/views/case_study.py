"""The page of a case study."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from ..library import Library
from ..models.case_study import CaseStudy, Outcome
from .anchors import outcome_anchors
from .explained import Explanation
from .figures import (
    PERCENT,
    difference,
    dollars,
    figure,
    is_itself_a_difference,
    significance,
)
from .page import (
    Badge,
    Card,
    Checked,
    Link,
    Page,
    Search,
    SourceItem,
    TocEntry,
    badge,
    card,
    checked,
    links,
    page,
    places_line,
    source_items,
    writer,
    years,
)
from .plain_data import plain_data

KIND = "case-study"


@plain_data
class PlaceLine:
    """One place: its name, the link to its state if it is in one, and the kind of place."""

    name: str
    state: Link | None
    setting_label: str


@plain_data
class Participant:
    """Organizations that took one part."""

    role_label: str
    organizations: tuple[tuple[str, str], ...]
    """(name, address or empty)"""


@plain_data
class Bar:
    """One bar of a figure: how long it is on a scale of 0 to 100, and what it says."""

    label: str
    text: str
    length: float
    value: float
    """As the source has it, in the outcome's unit."""


@plain_data
class OutcomeRow:
    """One outcome, ready to be read and to be compared."""

    anchor: str
    title: str
    metric: str
    value: str
    comparison: str
    difference: str
    """With its sign, such as ``+18.3 points``; empty where there is nothing to compare."""
    unit: str
    """The id of what the value counts, such as ``percent``."""
    bars: tuple[Bar, ...]
    """Program and comparison on one scale; empty where a bar would say nothing."""
    is_difference: bool
    """True where the value is itself the difference between two groups."""
    comparison_label: str
    n: str
    when: str
    design_label: str
    significance: str
    """In words."""
    tested: bool
    """Whether the source says if the difference may be chance."""
    note: str
    source: SourceItem
    as_printed: str


@plain_data
class FundingRow:
    name: str
    amount: str
    year: str
    source: SourceItem


@plain_data
class CaseStudyView:
    """All that the template of a case study shows."""

    page: Page
    summary: str
    badge: Badge
    evidence_note: str
    evidence_design: str
    evidence_rule: str
    evidence_rule_url: str
    evidence_source: SourceItem
    external_ratings: tuple[tuple[str, str, str], ...]
    """(clearinghouse, rating in its words, address)"""
    status_label: str
    status_meaning: str
    years: str
    places: tuple[PlaceLine, ...]
    places_line: str
    """Where it ran, in one line."""
    participants: tuple[Participant, ...]
    populations: tuple[Link, ...]
    sectors: tuple[Link, ...]
    program_areas: tuple[Link, ...]
    practices: tuple[Link, ...]
    policies: tuple[Link, ...]
    employer_roles: tuple[tuple[str, str], ...]
    """(title, definition)"""
    cost: str
    cost_basis: str
    cost_source: SourceItem | None
    challenge: Markup
    approach: Markup
    employer_engagement: Markup
    results: Markup
    lessons: tuple[Markup, ...]
    outcomes: tuple[OutcomeRow, ...]
    headline: OutcomeRow | None
    """The outcome that stands for the record on a slide or in a picture; None where there is no figure."""
    funding: tuple[FundingRow, ...]
    related: tuple[tuple[Card, str], ...]
    """(case study, why it is here)"""
    mentioned_in: tuple[Link, ...]
    """Practices, policy notes and playbooks that speak of it."""
    sources: tuple[SourceItem, ...]
    checked: Checked
    explained: tuple[Explanation, ...]
    """Terms of the glossary that the page uses."""


def case_study_view(case: CaseStudy, library: Library) -> CaseStudyView:
    """Make the page of a case study."""
    kind = library.kinds[KIND]
    root = "../" * kind.path_of(case.id).count("/")
    text = writer(library, root, case.sources)
    sources = source_items(case.sources)
    by_id = {source.id: item for source, item in zip(case.sources, sources, strict=True)}
    level = library.level(case.evidence.level)
    rows = tuple(
        [
            _row(library, anchor, outcome, by_id[outcome.source])
            for anchor, outcome in zip(outcome_anchors(case.outcomes), case.outcomes, strict=True)
        ]
    )
    toc = _toc(bool(case.outcomes), bool(case.funding or case.cost))
    return CaseStudyView(
        page=page(kind, case, toc, _search(library, case)),
        summary=case.summary,
        badge=badge(library, case.id),
        evidence_note=case.evidence.note,
        evidence_design=case.evidence.design.label,
        evidence_rule=level.rule,
        evidence_rule_url=level.rule_url,
        evidence_source=by_id[case.evidence.source],
        external_ratings=tuple(
            (r.clearinghouse.label, r.rating, r.url) for r in case.external_ratings
        ),
        status_label=case.status.label,
        status_meaning=case.status.meaning,
        years=years(case),
        places=_places(library, case),
        places_line=places_line(case),
        participants=_participants(case),
        populations=links(library, "population", case.populations),
        sectors=links(library, "sector", case.sectors),
        program_areas=links(library, "program-area", case.program_areas),
        practices=links(library, "practice", case.practices),
        policies=links(library, "policy", case.policies),
        employer_roles=tuple(
            (term.title, term.definition)
            for term in (library.term("employer-role", i) for i in case.employer_roles)
        ),
        cost=dollars(case.cost.per_participant_usd) if case.cost else "",
        cost_basis=case.cost.basis if case.cost else "",
        cost_source=by_id[case.cost.source] if case.cost else None,
        challenge=text.prose(case.challenge),
        approach=text.prose(case.approach),
        employer_engagement=text.prose(case.employer_engagement),
        results=text.prose(case.results),
        lessons=text.items(case.lessons),
        outcomes=rows,
        headline=_headline(case, rows),
        funding=tuple(
            FundingRow(
                row.name,
                dollars(row.amount_usd) if row.amount_usd is not None else "amount not given",
                str(row.year) if row.year else "",
                by_id[row.source],
            )
            for row in case.funding
        ),
        related=tuple((card(library, r.case_study), r.reason) for r in library.related_cases(case)),
        mentioned_in=_mentions(library, case),
        sources=sources,
        checked=checked(case.checked),
        # Last: by now all prose is written, and its terms are known.
        explained=text.explainer.explanations(),
    )


def _headline(case: CaseStudy, rows: Sequence[OutcomeRow]) -> OutcomeRow | None:
    """
    The first outcome of the best study that is held against something, whatever it found.

    Where there is none, the first with a comparison, then the first: never the one that looks best.
    """

    def unfit(number: int) -> tuple[bool, bool]:
        row, outcome = rows[number], case.outcomes[number]
        return not (row.comparison or row.is_difference), outcome.design != case.evidence.design

    return rows[min(range(len(rows)), key=unfit)] if rows else None


@cache
def _toc(outcomes: bool, funding: bool) -> tuple[TocEntry, ...]:
    """The headings of a page that has outcomes, or money, or neither: few pages differ."""
    entries = [
        ("key-facts", "Key facts", True),
        ("challenge", "The challenge", True),
        ("approach", "What they did", True),
        ("employers", "How employers took part", True),
        ("results", "Results", True),
        ("outcomes", "Outcomes in figures", outcomes),
        ("lessons", "Lessons", True),
        ("funding", "How it was paid for", funding),
        ("related", "Related case studies", True),
        ("sources", "Sources", True),
    ]
    return tuple(TocEntry(anchor, title) for anchor, title, there in entries if there)


def _search(library: Library, case: CaseStudy) -> Search:
    level, direction = library.level(case.evidence.level), case.evidence.direction
    facets: list[tuple[str, str]] = [("kind", KIND)]
    for facet, ids in (
        ("practice", case.practices),
        ("population", case.populations),
        ("sector", case.sectors),
        ("state", tuple(dict.fromkeys(p.state for p in case.places if p.state))),
        ("setting", tuple(dict.fromkeys(p.setting.value for p in case.places))),
        ("program-area", case.program_areas),
        ("policy", case.policies),
        ("evidence", (level.id,)),
        ("direction", (direction.value,)),
        ("status", (case.status.value,)),
    ):
        facets.extend((facet, value) for value in ids)
    return Search(
        filters=tuple(facets),
        meta=(
            ("kind", "Case study"),
            ("evidence", level.title),
            ("direction", direction.label),
            ("place", places_line(case)),
            ("years", years(case)),
            ("checked", case.checked.isoformat()),
            (
                "practices",
                ", ".join(p.title for p in links(library, "practice", case.practices[:4])),
            ),
        ),
    )


def _places(library: Library, case: CaseStudy) -> tuple[PlaceLine, ...]:
    return tuple(
        PlaceLine(
            name=place.city or "",
            state=links(library, "state", [place.state])[0] if place.state else None,
            setting_label=place.setting.label,
        )
        for place in case.places
    )


def _participants(case: CaseStudy) -> tuple[Participant, ...]:
    by_role: dict[str, list[tuple[str, str]]] = {}
    for organization in case.organizations:
        by_role.setdefault(organization.role.label, []).append(
            (organization.name, organization.url or "")
        )
    return tuple(Participant(role, tuple(names)) for role, names in by_role.items())


def _mentions(library: Library, case: CaseStudy) -> tuple[Link, ...]:
    found: list[Link] = []
    for kind in ("practice", "policy", "playbook"):
        found += links(library, kind, library.mentioned_by(KIND, case.id, kind))
    return tuple(found)


def _row(library: Library, anchor: str, outcome: Outcome, source: SourceItem) -> OutcomeRow:
    metric = library.metric(outcome.metric)
    is_difference = is_itself_a_difference(outcome, metric)
    value = figure(outcome.value, outcome, signed=is_difference)
    comparison = "" if outcome.comparison is None else figure(outcome.comparison, outcome)
    return OutcomeRow(
        anchor=anchor,
        title=outcome.name or metric.title,
        metric=metric.title,
        value=value,
        comparison=comparison,
        difference=difference(outcome),
        unit=outcome.unit.value,
        bars=() if is_difference else _bars(outcome, value, comparison),
        is_difference=is_difference,
        comparison_label=outcome.comparison_label or "",
        n=f"{outcome.n:,}" if outcome.n else "",
        when=outcome.when,
        design_label=outcome.design.label,
        significance=significance(outcome),
        tested=outcome.significant is not None,
        note=_note(outcome),
        source=source,
        as_printed=outcome.as_printed,
    )


def _bars(outcome: Outcome, value: str, comparison: str) -> tuple[Bar, ...]:
    """Program and comparison, in figures as given, on one scale: 0 to 100 for shares, 0 to the larger for sums."""
    program, others = outcome.value, outcome.comparison
    is_share = outcome.unit is PERCENT
    if others is None:
        if program < 0 or not is_share:
            return ()
        longest = max(program, 100)
        return (_bar("Program", value, program, longest),)
    if min(program, others) < 0:
        return ()
    longest = max(program, others, 100 if is_share else 0)
    return (
        _bar("Program", value, program, longest),
        _bar(outcome.comparison_label or "Comparison", comparison, others, longest),
    )


def _bar(label: str, text: str, value: float, longest: float) -> Bar:
    return Bar(label, text, round(100 * value / longest, 2) if longest else 0.0, value)


def _note(outcome: Outcome) -> str:
    notes = [outcome.note] if outcome.note else []
    if outcome.confidence_interval:
        low, high = outcome.confidence_interval
        notes.append(f"Confidence interval {low:g} to {high:g}.")
    if outcome.dollar_year:
        notes.append(f"In {outcome.dollar_year} dollars.")
    return " ".join(notes)
