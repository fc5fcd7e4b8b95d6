"""Faces joined to tracts: the smallest pieces of land that no line of the atlas cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Geod

from metes.atlas.compiled import Arc, ErrorModel, ShapeTracts, Tract
from metes.atlas.faces import ON_LINE_DEG, OUTSIDE, Faces, arrange
from metes.atlas.shapes import FaceSet, Shapes, ring_line
from metes.base.geography import Geography, Unit
from metes.base.grid import snap
from metes.delimit.closing import close_ends
from metes.delimit.leg import CompiledLeg
from metes.delimit.line import CompiledLine
from metes.delimit.segments import keys, segments_of
from metes.errors import AtlasError
from metes.records.gazette import Gazette
from metes.records.line import Leg
from metes.records.viewpoint import Viewpoint

COAST, BORDER, UNIT_BORDER = "base-coast", "base-border", "base-unit-border"
"""Doubts of the base geography that every gazette must describe (gazette/doubts.toml)."""


@dataclass(frozen=True)
class Partition:
    """The tracts of an atlas with all that is known of them, and what was found on the way.

    `geometry` is one (Multi)Polygon for each tract; `edges` are the boundary segments with the arc that
    each belongs to, for drawing. `notes` says what was joined or left.
    """

    tracts: tuple[Tract, ...]
    geometry: tuple[Any, ...]
    arcs: tuple[Arc, ...]
    edges: Any
    edge_arc: Any
    shapes: dict[str, dict[str, ShapeTracts]]
    doubts: dict[str, ErrorModel]
    notes: tuple[str, ...]


def partition(
    gazette: Gazette, viewpoint: Viewpoint, geography: Geography, lines: Mapping[str, CompiledLine]
) -> Partition:
    """Cut the units of the viewpoint's countries along all lines, and find every territory in them."""
    for doubt in (COAST, BORDER, UNIT_BORDER):
        if doubt not in gazette.doubts:
            raise AtlasError(
                f"the gazette has no doubt {doubt!r}: every atlas needs it for its base geography"
            )
    units = geography.units(sorted(viewpoint.holds))
    closing, notes = close_ends(gazette, lines, units)
    legs = [leg for line in lines.values() for leg in line.legs] + closing + _rings(gazette)
    faces = arrange(units, [leg.geometry for leg in legs])
    shapes = Shapes(gazette, units, faces, legs)
    found = {territory: shapes.all_of(territory) for territory in sorted(gazette.territories)}
    country = _countries(viewpoint, units, faces, found)
    number = _number(units, faces, found, country)
    count = int(number.max()) + 1
    members = [np.flatnonzero(number == tract) for tract in range(count)]
    tracts = tuple(_tract(units, faces, country, faces_of) for faces_of in members)
    geometry = tuple(shapely.union_all(faces.polygons[faces_of]) for faces_of in members)
    base = _base_doubts(geography, viewpoint, units, faces)
    arcs, edge_arc = _arcs(number, faces, legs, base)
    compiled = {
        territory: {
            key: ShapeTracts(tuple(sorted({int(number[face]) for face in some})), lines_of, stated)
            for key, (some, lines_of, stated) in readings.items()
        }
        for territory, readings in found.items()
    }
    models = {leg.doubt: ErrorModel(leg.corridor_m, leg.correlation_km) for leg in legs}
    used = {doubt for arc in arcs for doubt in arc.doubts.values()}
    for doubt in used - set(models):
        record = gazette.doubts[doubt.split("|")[0]]
        models[doubt] = ErrorModel(record.corridor_m, record.correlation_km)
    doubts = {doubt: models[doubt] for doubt in sorted(used)}
    return Partition(tracts, geometry, arcs, faces.edges, edge_arc, compiled, doubts, (*notes, *shapes.notes))


def _rings(gazette: Gazette) -> list[CompiledLeg]:
    """Make a leg of every ring digitised by hand, so that it cuts and bounds as a line does."""
    legs = []
    for territory in gazette.territories.values():
        for shape in territory.shapes:
            if shape.by != "points":
                continue
            name = ring_line(territory.id, shape.reading)
            ring = snap(shapely.LineString([*shape.ring, shape.ring[0]]))
            leg = Leg(
                start="ring",
                follow="points",
                to="ring",
                through=shape.ring,
                doubt=shape.doubt or "",
                source="",
                guess=True,
                comment=shape.comment,
            )
            doubt = gazette.doubts[shape.doubt or ""]
            key = f"{doubt.id}|{territory.id}"
            legs.append(CompiledLeg(name, 0, leg, ring, 0.0, key, doubt.corridor_m, doubt.correlation_km))
    return legs


def _countries(
    viewpoint: Viewpoint,
    units: Sequence[Unit],
    faces: Faces,
    found: Mapping[str, Mapping[str, tuple[FaceSet, tuple[str, ...], bool]]],
) -> list[str]:
    """Say whose each face is on the viewpoint's map of today: the base geography, then corrections."""
    country = [units[int(n)].country for n in faces.unit]
    for correction in viewpoint.corrections:
        for some, _, _ in found[correction.territory].values():
            for face in some:
                country[face] = correction.country
    return country


def _number(
    units: Sequence[Unit],
    faces: Faces,
    found: Mapping[str, Mapping[str, tuple[FaceSet, tuple[str, ...], bool]]],
    country: Sequence[str],
) -> Any:
    """Number the tracts: faces of one unit that the same territories hold, in order of first face."""
    signs: list[list[str]] = [[] for _ in faces.polygons]
    for territory, readings in found.items():
        for key, (some, _, _) in readings.items():
            for face in some:
                signs[face].append(f"{territory}?{key}")
    numbers: dict[tuple[Any, ...], int] = {}
    return np.asarray(
        [
            numbers.setdefault((int(unit), country[face], tuple(signs[face])), len(numbers))
            for face, unit in enumerate(faces.unit)
        ]
    )


def _tract(units: Sequence[Unit], faces: Faces, country: Sequence[str], members: Any) -> Tract:
    largest = members[int(np.argmax(faces.area_km2[members]))]
    lon, lat = faces.point[largest]
    return Tract(
        float(np.sum(faces.area_km2[members])),
        units[int(faces.unit[largest])].id,
        country[int(largest)],
        round(float(lon), 5),
        round(float(lat), 5),
    )


def _base_doubts(
    geography: Geography, viewpoint: Viewpoint, units: Sequence[Unit], faces: Faces
) -> list[str]:
    """Name the base doubt of each edge segment: coast, border, border of units; empty inside a unit."""
    abroad = [unit for unit in geography.units() if unit.country not in viewpoint.holds]
    theirs, whose = segments_of([unit.geometry for unit in abroad])
    foreign = dict(zip(map(tuple, keys(theirs).tolist()), whose.tolist(), strict=True))
    ours, owner = segments_of([unit.geometry for unit in units])
    border: dict[tuple[int, ...], list[int]] = {}
    for key, unit in zip(map(tuple, keys(ours).tolist()), owner.tolist(), strict=True):
        border.setdefault(key, []).append(unit)
    found = _original(ours, list(map(tuple, keys(ours).tolist())), faces, border)
    names = []
    for key in found:
        sides = border.get(key, [])
        if len(sides) == 2:
            names.append(_between(units[sides[0]], units[sides[1]]))
        elif len(sides) == 1 and key in foreign:
            names.append(_between(units[sides[0]], abroad[foreign[key]]))
        elif len(sides) == 1:
            names.append(f"{COAST}|{units[sides[0]].id}")
        else:
            names.append("")
    return names


def _original(
    ours: Any, ours_keys: Sequence[tuple[int, ...]], faces: Faces, border: Mapping[tuple[int, ...], list[int]]
) -> list[tuple[int, ...]]:
    """Find the base segment that each edge segment is, or lies on where noding has split it."""
    found = list(map(tuple, keys(faces.edges).tolist()))
    lost = [edge for edge, key in enumerate(found) if key not in border]
    if lost:
        tree = shapely.STRtree(shapely.linestrings(ours))
        middles = shapely.points(faces.edges[lost].mean(axis=1))
        which, near = tree.query(middles, predicate="dwithin", distance=ON_LINE_DEG)
        for position, segment in zip(which.tolist(), near.tolist(), strict=True):
            found[lost[position]] = ours_keys[segment]
    return found


def _between(one: Unit, two: Unit) -> str:
    if one.country == two.country:
        return f"{UNIT_BORDER}|{'+'.join(sorted((one.id, two.id)))}"
    return f"{BORDER}|{'+'.join(sorted((one.country, two.country)))}"


def _arcs(
    number: Any, faces: Faces, legs: Sequence[CompiledLeg], base: Sequence[str]
) -> tuple[tuple[Arc, ...], Any]:
    """Join edge segments to arcs: all that runs between the same two tracts with the same doubts."""

    _, _, meters = Geod(ellps="WGS84").inv(*faces.edges[:, 0].T, *faces.edges[:, 1].T)
    arcs: dict[tuple[int, int, tuple[tuple[str, str], ...]], int] = {}
    km: list[float] = []
    edge_arc = np.full(len(faces.edges), -1, dtype=np.int64)
    for edge, stretch in enumerate(faces.edge_stretch.tolist()):
        one, two = int(faces.left[stretch]), int(faces.right[stretch])
        left = int(number[one]) if one != OUTSIDE else OUTSIDE
        right = int(number[two]) if two != OUTSIDE else OUTSIDE
        if left == right:
            continue
        doubts = {legs[n].line: legs[n].doubt for n in faces.leg_sets[int(faces.along[stretch])]}
        if base[edge]:
            doubts[""] = base[edge]
        if not doubts:
            # Noding moved this piece of a unit's edge by a cell, so that it is no longer found by its
            # ends. It is metres long and inherits what its tracts' edge has: the border of units.
            doubts[""] = f"{UNIT_BORDER}|noded"
        key = (min(left, right), max(left, right), tuple(sorted(doubts.items())))
        arc = arcs.setdefault(key, len(arcs))
        if arc == len(km):
            km.append(0.0)
        km[arc] += float(meters[edge]) / 1000
        edge_arc[edge] = arc
    found = tuple(Arc(left, right, km[n], dict(doubts)) for (left, right, doubts), n in arcs.items())
    return found, edge_arc
