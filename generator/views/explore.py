"""The page that shows the whole library at once: map of gaps, outcomes, effects, time and places."""

from __future__ import annotations

from typing import ClassVar

from ..library import Library
from ..models.case_study import Setting
from .communities import community_map
from .effects import EffectPanel, effect_panels
from .gap_map import GapMap, gap_map
from .outcome_table import OutcomeTable, outcome_table
from .page import record_path, search_path
from .plain_data import plain_data
from .state_map import StateMap, state_map
from .timeline import Timeline, timeline


@plain_data
class ExploreView:
    """All that the page shows."""

    template: ClassVar[str] = "records/explore.html"

    case_studies: int
    gaps: GapMap
    outcomes: OutcomeTable
    effects: tuple[EffectPanel, ...]
    timeline: Timeline
    maps: tuple[StateMap, ...]
    elsewhere: tuple[tuple[str, str], ...]
    """(kind of place, search): programs that stand under no state."""


def explore_view(library: Library) -> ExploreView:
    """Make the page."""
    counts = {state.id: len(cases) for state, cases in library.states()}
    case_map = state_map(
        library,
        counts,
        lambda state: record_path(library, "state", state.id),
        id="case-study-map",
        title="Case studies by state",
        about="A program with sites in several states counts in each of them.",
        noun=("case study", "case studies"),
    )
    maps = (case_map, community_map(library)) if library.communities else (case_map,)
    cases = library.case_studies
    settings = {setting for case in cases.briefs() for state, setting in case.places if not state}
    outcomes = outcome_table(library)
    return ExploreView(
        case_studies=len(cases),
        gaps=gap_map(library),
        outcomes=outcomes,
        effects=effect_panels(library, outcomes),
        timeline=timeline(library),
        maps=maps,
        elsewhere=tuple(
            (setting.label, search_path(("kind", "case-study"), ("setting", setting.value)))
            for setting in Setting
            if setting in settings
        ),
    )
