"""A map of the states as tiles of one size: nothing on it is larger because there is more land."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..library import Library
from ..models.vocabulary import State
from .plain_data import plain_data

TILE = 36
"""Width and height of a tile, in units of the drawing."""

_ROWS = (
    "AK .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. WI .. .. .. VT NH",
    "WA ID MT ND MN IL MI .. NY MA ..",
    "OR NV WY SD IA IN OH PA NJ CT RI",
    "CA UT CO NE MO KY WV VA MD DE ..",
    ".. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. OK LA MS AL GA .. .. ..",
    "HI .. .. TX .. .. .. .. FL .. ..",
    "GU MP AS .. .. .. .. .. .. PR VI",
)
"""Where each state stands: its neighbors stay its neighbors as far as squares allow."""

_PLACES = {
    code: (column * TILE, row * TILE)
    for row, line in enumerate(_ROWS)
    for column, code in enumerate(line.split())
    if code != ".."
}


@plain_data
class Tile:
    """One state on the map."""

    code: str
    title: str
    x: int
    y: int
    count: int
    shade: int
    """0 for none, then 1 to 3: more is darker."""
    label: str
    """What it says, in words."""
    path: str
    """Where it leads; empty where there is nothing."""


@plain_data
class StateMap:
    """A map and the table behind it."""

    id: str
    title: str
    about: str
    """What the numbers count, in a sentence."""
    noun: str
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[int, str], ...]
    """(shade, the counts it stands for)"""
    width: int = 11 * TILE
    height: int = len(_ROWS) * TILE

    @property
    def rows(self) -> tuple[Tile, ...]:
        """States that have something, most first."""
        return tuple(sorted((t for t in self.tiles if t.count), key=lambda t: (-t.count, t.title)))


def state_map(
    library: Library,
    counts: Mapping[str, int],
    path_of: Callable[[State], str],
    *,
    id: str,
    title: str,
    about: str,
    noun: tuple[str, str],
) -> StateMap:
    """Make a map of `counts` by postal code; `noun` is what is counted, for one and for more."""
    first, second = _bounds(max(counts.values(), default=0))
    tiles = []
    for state in library.all("state", State):
        if state.id in _PLACES:
            count = counts.get(state.id, 0)
            x, y = _PLACES[state.id]
            words = f"{count:,} {noun[count != 1]}" if count else f"no {noun[1]}"
            shade = 0 if not count else 1 if count <= first else 2 if count <= second else 3
            path = path_of(state) if count else ""
            tiles.append(
                Tile(state.id, state.title, x, y, count, shade, f"{state.title}: {words}", path)
            )
    return StateMap(
        id, title, about, noun[1].capitalize(), tuple(tiles), _legend(first, second, tiles)
    )


def _bounds(most: int) -> tuple[int, int]:
    """The largest counts of the first two shades: thirds of the largest count."""
    first = max(1, most // 3)
    return first, max(first + 1, 2 * most // 3)


def _legend(first: int, second: int, tiles: list[Tile]) -> tuple[tuple[int, str], ...]:
    spans = (
        (0, "none"),
        (1, _span(1, first)),
        (2, _span(first + 1, second)),
        (3, f"{second + 1:,} or more"),
    )
    shown = {tile.shade for tile in tiles}
    return tuple(entry for entry in spans if entry[0] in shown)


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
