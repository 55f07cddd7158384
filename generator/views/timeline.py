"""When the programs of the case studies ran."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from ..library import Cases, Library
from ..models.case_study import CaseStudy, Status
from ..models.vocabulary import EvidenceLevel
from .chart_frame import TOP, WIDTH, Frame, Scale, shortened
from .page import record_path, search_path, years
from .plain_data import plain_data

_FRAME = Frame(right=388, row=34, foot=26)

MOST_ROWS = 20
"""Programs drawn for each level of evidence; the search shows the rest."""

BAR_ROOM = 110
"""Height of the tallest bar of the count by year."""

_BARS_BASE = TOP + 12 + BAR_ROOM
"""Where the bars stand; above the tallest one there is room for its number."""


@plain_data
class Span:
    """One program on the line of time."""

    title: str
    label: str
    path: str
    years: str
    start: float
    end: float
    open: bool
    """True where no end is known and nobody says that it still runs."""
    y: int


@plain_data
class TimePanel:
    """The programs with one level of evidence."""

    level: str
    title: str
    spans: tuple[Span, ...]
    total: int
    search_path: str
    ticks: tuple[tuple[float, str], ...]
    height: int
    width: int = WIDTH


@plain_data
class YearBar:
    """How many programs started in a year."""

    year: int
    count: int
    x: float
    width: float
    height: float
    label: str


@plain_data
class Timeline:
    """Programs by the year they started, and when each ran."""

    bars: tuple[YearBar, ...]
    ticks: tuple[tuple[float, str], ...]
    panels: tuple[TimePanel, ...]
    undated: int
    """Case studies whose sources give no start."""
    bars_height: int = _BARS_BASE + _FRAME.foot
    bars_base: int = _BARS_BASE
    width: int = WIDTH


def timeline(library: Library) -> Timeline:
    """Make the line of time of every case study with a year."""
    cases = library.case_studies
    starts = Counter(case.start for case in cases.briefs() if case.start)
    if not starts:
        return Timeline((), (), (), len(cases))
    first = min(starts)
    last = dt.date.fromordinal(max(case.checked for case in cases.briefs())).year
    scale = _FRAME.scale(first, last + 1)
    ticks = tuple((scale(year), str(year)) for year in range(-(-first // 10) * 10, last + 1, 10))
    panels = []
    for level in library.all("evidence-level", EvidenceLevel):
        briefs = ((case_id, library.brief(case_id)) for case_id in cases.ids)
        of_level = [i for i, case in briefs if case.start and case.level == level.id]
        if of_level:
            panels.append(_panel(library, level, of_level, scale, ticks, last))
    return Timeline(_bars(starts, scale), ticks, tuple(panels), len(cases) - starts.total())


def _bars(counts: Counter[int], scale: Scale) -> tuple[YearBar, ...]:
    most = max(counts.values())
    return tuple(
        YearBar(
            year,
            count,
            scale(year),
            round(scale(year + 1) - scale(year) - 1, 1),
            round(BAR_ROOM * count / most, 1),
            f"{year}: {count:,} {'program' if count == 1 else 'programs'} started",
        )
        for year, count in sorted(counts.items())
    )


def _panel(
    library: Library,
    level: EvidenceLevel,
    ids: Sequence[str],
    scale: Scale,
    ticks: tuple[tuple[float, str], ...],
    last: int,
) -> TimePanel:
    cases = Cases(library, ids[:MOST_ROWS])
    shown = sorted(cases, key=lambda case: (case.years.start or 0, case.title))
    return TimePanel(
        level=level.id,
        title=level.title,
        spans=tuple(_span(library, case, scale, at, last) for at, case in enumerate(shown)),
        total=len(ids),
        search_path=search_path(("kind", "case-study"), ("evidence", level.id)),
        ticks=ticks,
        height=_FRAME.height(len(shown)),
    )


def _span(library: Library, case: CaseStudy, scale: Scale, at: int, last: int) -> Span:
    start, end = case.years.start or last, case.years.end
    runs = end is None and case.status in (Status.ACTIVE, Status.EXPANDED)
    until = end if end is not None else last
    return Span(
        title=shortened(case.title, 62),
        label=f"{case.title}: {years(case)}. {case.status.label}: {case.status.meaning}",
        path=record_path(library, "case-study", case.id),
        years=years(case),
        start=scale(start),
        end=scale(until + 1),
        open=end is None and not runs,
        y=_FRAME.y(at),
    )
