"""A described line compiled: its legs walked, joined end to end, and put on the grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from pyproj import Geod

from metes.delimit.leg import CompiledLeg, finish, join_ends, walk_leg, where
from metes.delimit.network import Point
from metes.delimit.terrain import Terrain
from metes.errors import DelimitError
from metes.records.doubt import Doubt
from metes.records.line import Line

_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class CompiledLine:
    """A line's legs in order, and the notes of what joined them."""

    line: Line
    legs: tuple[CompiledLeg, ...]
    notes: tuple[str, ...]

    @property
    def geometry(self) -> Any:
        """The legs as one MultiLineString."""
        return shapely.MultiLineString([one.geometry for one in self.legs])


def compile_line(
    line: Line, terrain: Terrain, doubts: Mapping[str, Doubt], lines: Mapping[str, Any]
) -> CompiledLine:
    """Compile a line; raises DelimitError where two legs do not meet, naming both and the gap in metres."""
    walked = [walk_leg(line, number, terrain, lines) for number in range(len(line.legs))]
    paths: list[list[Point]] = []
    notes: list[str] = []
    for number, path in enumerate(walked):
        leg = line.legs[number]
        start = paths[-1][-1] if paths else line.points[leg.start].lon_lat
        if path is None:
            following = walked[number + 1] if number + 1 < len(walked) else None
            end = following[0] if following else line.points[leg.to].lon_lat
            paths.append(join_ends(line, number, start, end))
            continue
        if paths:
            path = _joined(line, number, paths[-1][-1], path, notes)
        paths.append(path)
    legs = tuple(finish(line, number, path, doubts, terrain) for number, path in enumerate(paths))
    return CompiledLine(line, legs, tuple(notes))


def _joined(line: Line, number: int, before: Point, path: list[Point], notes: list[str]) -> list[Point]:
    gap_m = float(_GEOD.inv(before[0], before[1], path[0][0], path[0][1])[2])
    if gap_m > line.join_km * 1000:
        raise DelimitError(
            f"a gap of {gap_m:,.0f} m between {where(line, number - 1)} and {where(line, number)}: "
            f"more than the {line.join_km:g} km that may be closed by a straight piece"
        )
    if gap_m > 0:
        notes.append(f"{where(line, number)}: a straight piece of {gap_m:,.0f} m joins it to the leg before")
        return [before, *path]
    return path


def compile_lines(
    lines: Iterable[Line], terrain: Terrain, doubts: Mapping[str, Doubt]
) -> dict[str, CompiledLine]:
    """Compile lines, those that others follow first."""
    waiting = {line.id: line for line in lines}
    done: dict[str, CompiledLine] = {}
    while waiting:
        ready = [line for line in waiting.values() if all(name in done for name in _followed(line))]
        if not ready:
            raise DelimitError(
                f"these lines follow each other in a circle or follow none: {', '.join(waiting)}"
            )
        for line in ready:
            shapes = {name: done[name].geometry for name in _followed(line)}
            done[line.id] = compile_line(line, terrain, doubts, shapes)
            del waiting[line.id]
    return done


def _followed(line: Line) -> set[str]:
    return {name for leg in line.legs if leg.follow == "line" for name in leg.feature}
