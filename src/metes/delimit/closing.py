"""The ends of the lines that bound a territory, closed on each other or on the coast.

```
      line A
   ─────────────┐          an end on another line or outside the land: nothing to do
                │
                ┊ gap ≤ join_km: a straight piece closes it
   ─────────────┼───────   line B
```
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import shapely
from pyproj import Geod

from metes.base.area import length_km
from metes.base.geography import Unit
from metes.base.grid import GRID_DEG, snap
from metes.delimit.leg import CompiledLeg, where
from metes.delimit.line import CompiledLine
from metes.errors import DelimitError
from metes.records.gazette import Gazette
from metes.records.territory import Shape

_GEOD = Geod(ellps="WGS84")


def close_ends(
    gazette: Gazette, lines: Mapping[str, CompiledLine], units: Sequence[Unit]
) -> tuple[list[CompiledLeg], list[str]]:
    """Close the ends of all lines of all bounded territories; returns the pieces and what they close.

    Raises DelimitError where an end lies inside the land, further from the rest of the boundary than its
    line allows, naming both and the distance in metres.
    """
    lands: dict[tuple[str, ...], tuple[Any, Any]] = {}
    pieces: dict[bytes, CompiledLeg] = {}
    notes: list[str] = []
    for territory in sorted(gazette.territories):
        for shape in gazette.territories[territory].shapes:
            if shape.by != "bounded":
                continue
            if shape.countries not in lands:
                mine = [u.geometry for u in units if not shape.countries or u.country in shape.countries]
                land = shapely.union_all(mine)
                shapely.prepare(land)
                lands[shape.countries] = (land, shapely.boundary(land))
            for piece, note in _close(territory, shape, lines, *lands[shape.countries]):
                if piece.geometry.wkb not in pieces:
                    pieces[piece.geometry.wkb] = piece
                    notes.append(note)
    return list(pieces.values()), notes


def _close(
    territory: str, shape: Shape, lines: Mapping[str, CompiledLine], land: Any, coast: Any
) -> list[tuple[CompiledLeg, str]]:
    found = []
    for name in shape.lines:
        line = lines[name]
        rest = shapely.union_all([coast, *(lines[other].geometry for other in shape.lines if other != name)])
        for leg, at in ((line.legs[0], 0), (line.legs[-1], -1)):
            end = shapely.Point(leg.geometry.coords[at])
            if not shapely.intersects(land, end) or shapely.dwithin(end, rest, GRID_DEG):
                continue
            gap = shapely.shortest_line(end, rest)
            (x1, y1), (x2, y2) = gap.coords
            gap_m = float(_GEOD.inv(x1, y1, x2, y2)[2])
            if gap_m > line.line.join_km * 1000:
                raise DelimitError(
                    f"territory {territory}: the end of {where(line.line, leg.number)} lies {gap_m:,.0f} m from the "
                    f"rest of the boundary ({', '.join(o for o in shape.lines if o != name) or 'the coast'}), near "
                    f"{x2:.3f}, {y2:.3f}: more than the {line.line.join_km:g} km that a straight piece may close"
                )
            # The piece runs on past the other line by a hair, so that noding finds a crossing.
            geometry = snap(shapely.LineString([(x1, y1), (x2 + (x2 - x1) * 1e-3, y2 + (y2 - y1) * 1e-3)]))
            if geometry.is_empty or geometry.length == 0:
                continue
            piece = replace(leg, geometry=geometry, length_km=length_km(geometry))
            found.append(
                (
                    piece,
                    f"{where(line.line, leg.number)}: a straight piece of {gap_m:,.0f} m closes it for {territory}",
                )
            )
    return found
