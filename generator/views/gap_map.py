"""The evidence gap map: practices by populations, and how much is known where they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import urlencode

from ..library import Library
from ..models.case_study import Brief, Direction
from ..models.fields import Record
from ..models.practice import Practice
from ..models.vocabulary import EvidenceLevel, Population
from .page import Link, link, search_path
from .plain_data import plain_data

CONTRIBUTE = "contribute/new/"
"""Where an empty cell leads, with the practice and the population in its address."""


@plain_data
class Cell:
    """Where a practice and a population meet."""

    population: str
    count: int
    level: str
    """The id of the surest level of evidence; empty where there is no case study."""
    label: str
    """What is known there, in words."""
    path: str


@plain_data
class MapRow:
    """One practice."""

    practice: Link
    cells: tuple[Cell, ...]


@plain_data
class MapGroup:
    """The practices of one group."""

    id: str
    title: str
    rows: tuple[MapRow, ...]


@plain_data
class GapMap:
    """The whole map."""

    populations: tuple[tuple[str, Link], ...]
    """(id, link), the columns."""
    groups: tuple[MapGroup, ...]
    levels: tuple[tuple[str, str], ...]
    """(id, title), surest first: the legend."""
    filled: int
    empty: int


def gap_map(library: Library) -> GapMap:
    """Make the map of every practice and every population."""
    meeting: dict[tuple[str, str], list[Brief]] = defaultdict(list)
    for case_id in library.case_studies.ids:
        case, tags = library.brief(case_id), library.tags(case_id)
        practices, served = (
            [i for k, i in tags if k == kind] for kind in ("practice", "population")
        )
        for practice_id in practices:
            for population_id in served:
                meeting[practice_id, population_id].append(case)
    populations = library.populations()
    groups = []
    for group in library.all("practice-group", Record):
        rows = tuple(
            MapRow(
                link(library, "practice", practice),
                tuple(_cell(library, practice, p, meeting[practice.id, p.id]) for p in populations),
            )
            for practice in library.practices
            if practice.group == group.id
        )
        if rows:
            groups.append(MapGroup(group.id, group.title, rows))
    cells = [cell for group in groups for row in group.rows for cell in row.cells]
    filled = sum(cell.count > 0 for cell in cells)
    return GapMap(
        populations=tuple((p.id, link(library, "population", p)) for p in populations),
        groups=tuple(groups),
        levels=tuple(
            (level.id, level.title) for level in library.all("evidence-level", EvidenceLevel)
        ),
        filled=filled,
        empty=len(cells) - filled,
    )


def _cell(
    library: Library, practice: Practice, population: Population, cases: Sequence[Brief]
) -> Cell:
    where = f"{practice.title} for {population.title}"
    pair = (("practice", practice.id), ("population", population.id))
    if not cases:
        label = f"{where}: no case study, so nothing is known here. Tell us of one"
        return Cell(population.id, 0, "", label, f"{CONTRIBUTE}?{urlencode(pair)}")
    # Case studies come surest first.
    level = library.level(cases[0].level)
    noun = "case study" if len(cases) == 1 else "case studies"
    label = f"{where}: {len(cases):,} {noun}, the surest with {_inside(level.title)}. Found: {_found(cases)}"
    return Cell(
        population.id, len(cases), level.id, label, search_path(("kind", "case-study"), *pair)
    )


def _found(cases: Sequence[Brief]) -> str:
    directions = [case.direction for case in cases]
    return ", ".join(
        f"{_inside(direction.label)} {directions.count(direction):,}"
        for direction in Direction
        if direction in directions
    )


def _inside(label: str) -> str:
    return label[:1].lower() + label[1:]
