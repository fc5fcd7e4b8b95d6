"""One leg of a description compiled to a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Geod

from metes.base.area import length_km
from metes.base.grid import snap
from metes.delimit.network import Network, Point
from metes.delimit.terrain import Terrain
from metes.errors import DelimitError
from metes.records.doubt import Doubt
from metes.records.line import Leg, Line

_GEOD = Geod(ellps="WGS84")
DENSIFY_KM = 10.0
"""A geodesic or parallel gets a vertex this often: its edges are drawn straight in lon/lat."""


@dataclass(frozen=True)
class CompiledLeg:
    """A leg with its geometry (WGS84, on the grid), its length, and the doubt that it has as one error.

    `corridor_m` and `correlation_km` (none for the whole length) are those of that error.
    """

    line: str
    number: int
    leg: Leg
    geometry: Any
    length_km: float
    doubt: str
    corridor_m: float
    correlation_km: float | None


def doubt_key(doubt: Doubt, leg: Leg) -> str:
    """Name the error that a leg shares: with all legs of its feature, or with all that cite the doubt."""
    if doubt.per == "source":
        return doubt.id
    feature = leg.feature or tuple(sorted(leg.between)) or (leg.source,)
    return f"{doubt.id}|{'+'.join(feature)}"


def walk_leg(line: Line, number: int, terrain: Terrain, lines: Mapping[str, Any]) -> list[Point] | None:
    """Walk a leg that follows a feature; None for a kind that only its two ends define.

    Raises DelimitError where a turning point lies further from the feature than its own doubt, or no
    way leads from one to the other.
    """
    leg = line.legs[number]
    network = _network(leg, terrain, lines)
    if network is None:
        return None
    stops: list[Point] = []
    for key in (leg.start, leg.to):
        point = line.points[key]
        on, far_km = network.nearest(point.lon_lat)
        if far_km > max(point.within_km, line.join_km):
            raise DelimitError(
                f"{where(line, number)}: turning point {key!r} lies {far_km:.1f} km from "
                f"{_feature(leg)}, further than its ± {point.within_km:g} km; move it, widen it, or follow "
                "another feature"
            )
        stops.append(on)
    stops[1:1] = [network.nearest(one)[0] for one in leg.via]
    path = network.walk(stops)
    if path is None:
        raise DelimitError(
            f"{where(line, number)}: no way along {_feature(leg)} from {leg.start!r} to {leg.to!r}: "
            "its pieces do not meet; name the missing piece or mend the gap"
        )
    return path


def _network(leg: Leg, terrain: Terrain, lines: Mapping[str, Any]) -> Network | None:
    kinds: dict[str, Callable[[], Network]] = {
        "river": lambda: terrain.rivers(leg.feature),
        "watershed": lambda: terrain.crest(leg.feature[0]),
        "lake-shore": lambda: terrain.shore(leg.feature),
        "coast": lambda: terrain.coast(leg.feature),
        "modern": lambda: terrain.modern(leg.between),
        "line": lambda: Network([_line(lines, one) for one in leg.feature]),
    }
    return kinds[leg.follow]() if leg.follow in kinds else None


def _line(lines: Mapping[str, Any], line_id: str) -> Any:
    if line_id not in lines:
        raise DelimitError(f"line {line_id!r} is followed before it is compiled, or by itself")
    return lines[line_id]


def join_ends(line: Line, number: int, start: Point, end: Point) -> list[Point]:
    """Draw a leg that its two ends define: straight, parallel, meridian or points by hand.

    Raises DelimitError where a parallel or meridian does not lead from one end to the other.
    """
    leg = line.legs[number]
    if leg.follow in ("parallel", "meridian"):
        corner = (end[0], start[1]) if leg.follow == "parallel" else (start[0], end[1])
        jog_m = float(_GEOD.inv(corner[0], corner[1], end[0], end[1])[2])
        if jog_m > line.join_km * 1000:
            raise DelimitError(
                f"{where(line, number)}: the {leg.follow} of {leg.start!r} passes {jog_m:,.0f} m from {leg.to!r}, "
                f"more than the {line.join_km:g} km that a straight piece may close"
            )
    if leg.follow == "points":
        return [start, *leg.through, end]
    if leg.follow == "parallel":
        steps = _steps(start, (end[0], start[1]))
        return [*((float(lon), start[1]) for lon in np.linspace(start[0], end[0], steps + 1)), end]
    if leg.follow == "meridian":
        return [start, (start[0], end[1]), end]
    steps = _steps(start, end)
    between = _GEOD.npts(start[0], start[1], end[0], end[1], steps - 1) if steps > 1 else []
    return [start, *between, end]


def _steps(one: Point, two: Point) -> int:
    distance_km = float(_GEOD.inv(one[0], one[1], two[0], two[1])[2]) / 1000
    return max(1, int(np.ceil(distance_km / DENSIFY_KM)))


def finish(
    line: Line, number: int, path: list[Point], doubts: Mapping[str, Doubt], terrain: Terrain
) -> CompiledLeg:
    """Put a leg's path on the grid, measure it, and give it its error.

    A crest of the elevation model has the error that was measured for just that crest.
    """
    leg, doubt = line.legs[number], doubts[line.legs[number].doubt]
    geometry = snap(shapely.LineString(path if len(path) > 1 else [path[0], path[0]]))
    corridor_m, correlation_km = doubt.corridor_m, doubt.correlation_km
    if leg.follow == "watershed" and doubt.kind == "crest":
        crest = terrain.watershed(leg.feature[0])
        corridor_m, correlation_km = crest.corridor_m, crest.correlation_km
    key = doubt_key(doubt, leg)
    return CompiledLeg(line.id, number, leg, geometry, length_km(geometry), key, corridor_m, correlation_km)


def where(line: Line, number: int) -> str:
    """Name a leg as a message does: line, number, ends."""
    leg = line.legs[number]
    return f"line {line.id}, leg {number + 1} ({leg.start} – {leg.to})"


def _feature(leg: Leg) -> str:
    return f"{leg.follow} {' / '.join(leg.feature or leg.between)}"
