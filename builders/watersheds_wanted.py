"""What watersheds.toml asks for, checked as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import shapely

LonLat = tuple[float, float]
Edges = tuple[float, float, float, float]


@dataclass(frozen=True)
class ReliefRules:
    """How the relief is prepared: the same for every line, so that one doubt fits all.

    `per_source` cells are cut out of a source cell, `burn_m` is taken off rivers and
    lakes, `smooth_source_cells` is the span of the running mean.
    """

    per_source: int
    burn_m: float
    smooth_source_cells: int


@dataclass(frozen=True)
class WantedRiver:
    """A river drawn through published or guessed points, from source to mouth.

    One with a `name` is shipped, ending on the river `into`.
    """

    id: str
    points: list[LonLat]
    source: str
    name: str = ""
    into: str = ""
    corridor_m: float = 0.0
    note: str = ""

    @property
    def line(self) -> shapely.LineString:
        """Give the points as a line, straight between them."""
        return shapely.LineString(self.points)


@dataclass(frozen=True)
class WantedPart:
    """The part of a river, or of another water, that lies in a box."""

    id: str
    of: str
    box: Edges


@dataclass(frozen=True)
class WantedWatershed:
    """A stretch of the edge of one basin, with the rivers on its two sides.

    `window` is west, south, east, north in whole tenths of a degree; `sinks` are lakes
    that water does not leave. `tied` ends ("start", "end") are joined to the line as they
    are, straight; `to_sea` lets the line run on to beyond the coast.
    """

    id: str
    name: str
    separates: str
    window: Edges
    drains: list[str]
    beyond: list[str]
    start: LonLat
    via: LonLat
    end: LonLat
    border: str
    note: str
    corridor_m: float = 30000.0
    correlation_km: float = 150.0
    sinks: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)
    to_sea: bool = False


@dataclass(frozen=True)
class Wanted:
    """The whole file."""

    relief: ReliefRules
    river: list[WantedRiver]
    part: list[WantedPart]
    watershed: list[WantedWatershed]


def read_wanted(path: Path) -> Wanted:
    """Read and check the file. Raises ValueError for an id given twice."""
    wanted = msgspec.toml.decode(path.read_bytes(), type=Wanted)
    ids = [*(water.id for water in (*wanted.river, *wanted.part)), *(line.id for line in wanted.watershed)]
    again = sorted({i for i in ids if ids.count(i) > 1})
    if again:
        raise ValueError(f"{path.name}: ids given twice: {', '.join(again)}")
    return wanted
