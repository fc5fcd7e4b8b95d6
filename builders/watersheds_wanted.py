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
    def published(self) -> bool:
        """Tell whether the points are published coordinates, not guesses."""
        return not self.source.startswith("guess")

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
class WantedEstuary:
    """A box in which the sea counts as the river that flows out there."""

    id: str
    box: Edges
    why: str


@dataclass(frozen=True)
class WantedWatershed:
    """A stretch of the edge of one basin, with the rivers on its two sides.

    `window` is west, south, east, north in whole tenths of a degree; `sinks` are lakes
    that water does not leave. `tied` ends ("start", "end") are joined to the line as they
    are, straight: a line to the coast ends a few km out at sea, so that it meets the coast.
    `border` is a modern border to prefer, where it runs on the crest; `least_corridor_m` and
    `least_correlation_km` a doubt by judgement, where the measured one would be too small.
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
    least_corridor_m: float = 0.0
    least_correlation_km: float = 0.0
    sinks: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class WantedStretch:
    """A piece of a watershed between two points, tied to the points.

    A `start_on` or `end_on` names the two units on whose common border the nearest vertex
    is that end, so that a leg along the modern border begins there.
    """

    id: str
    of: str
    start: LonLat
    end: LonLat
    note: str
    least_corridor_m: float = 0.0
    least_correlation_km: float = 0.0
    start_on: list[str] = field(default_factory=list)
    end_on: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """The whole file."""

    relief: ReliefRules
    river: list[WantedRiver]
    part: list[WantedPart]
    estuary: list[WantedEstuary]
    watershed: list[WantedWatershed]
    stretch: list[WantedStretch]


def read_wanted(path: Path) -> Wanted:
    """Read and check the file. Raises ValueError for an id given twice."""
    wanted = msgspec.toml.decode(path.read_bytes(), type=Wanted)
    ids = [river.id for river in wanted.river] + [part.id for part in wanted.part]
    ids += [line.id for line in wanted.watershed] + [piece.id for piece in wanted.stretch]
    again = sorted({i for i in ids if ids.count(i) > 1})
    if again:
        raise ValueError(f"{path.name}: ids given twice: {', '.join(again)}")
    return wanted
