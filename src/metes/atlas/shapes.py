"""Territories as sets of faces: each shape of each territory found in the arrangement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
import shapely

from metes.atlas.faces import OUTSIDE, Faces
from metes.base.geography import Unit
from metes.delimit.leg import CompiledLeg
from metes.errors import DelimitError
from metes.records.gazette import Gazette
from metes.records.territory import Shape, Territory

FaceSet = frozenset[int]


def ring_line(territory: str, reading: str | None) -> str:
    """Name the line that a ring digitised by hand makes."""
    return f"ring:{territory}" + (f":{reading}" if reading else "")


class Shapes:
    """Finds the faces of every territory under every reading that governs it."""

    def __init__(
        self, gazette: Gazette, units: Sequence[Unit], faces: Faces, legs: Sequence[CompiledLeg]
    ) -> None:
        self.gazette = gazette
        self.units = units
        self.faces = faces
        self._tree = shapely.STRtree(faces.polygons)
        self._legs_of: dict[str, set[int]] = {}
        for number, leg in enumerate(legs):
            self._legs_of.setdefault(leg.line, set()).add(number)
        self._by_unit = {unit.id: np.flatnonzero(faces.unit == n) for n, unit in enumerate(units)}
        self._country = np.asarray([units[n].country for n in faces.unit])
        self._shape: dict[tuple[str, str | None], FaceSet] = {}
        self.notes: list[str] = []

    def questions_of(self, territory: str, seen: tuple[str, ...] = ()) -> list[str]:
        """List the questions that govern a territory, through those it is made of."""
        if territory in seen:
            raise DelimitError(f"territory {territory!r} is part of itself: {' → '.join((*seen, territory))}")
        record = self.gazette.territories[territory]
        found = {record.question} if record.question else set()
        for shape in record.shapes:
            for other in (*shape.plus, *shape.minus):
                found.update(self.questions_of(other, (*seen, territory)))
        return sorted(found)

    def all_of(self, territory: str) -> dict[str, tuple[FaceSet, tuple[str, ...], bool]]:
        """Find a territory under each combination of readings: faces, bounding lines, only stated.

        Keys are `question=reading` joined by `&`, or empty where no question governs it.
        """
        questions = self.questions_of(territory)
        answers = [[one.id for one in self.gazette.questions[q].readings] for q in questions]
        found = {}
        for chosen in product(*answers):
            readings = dict(zip(questions, chosen, strict=True))
            key = "&".join(f"{q}={r}" for q, r in readings.items())
            faces, lines, stated = self.find(territory, readings)
            found[key] = (faces, tuple(sorted(lines)), stated)
        return found

    def find(self, territory: str, readings: Mapping[str, str]) -> tuple[FaceSet, set[str], bool]:
        """Find a territory's faces under given readings."""
        record = self.gazette.territories[territory]
        wanted = readings[record.question] if record.question else None
        shape = next(one for one in record.shapes if one.reading == wanted)
        own, stated = self._own(record, shape), shape.by == "stated"
        lines = set(shape.lines)
        if shape.by == "points":
            lines.add(ring_line(territory, shape.reading))
        for other in shape.plus:
            more, its_lines, _ = self.find(other, readings)
            own, lines = own | more, lines | its_lines
        for other in shape.minus:
            less, its_lines, _ = self.find(other, readings)
            own, lines = own - less, lines | its_lines
        if not own and not stated and not shape.plus:
            raise DelimitError(f"territory {territory}{_of(shape)} is empty: no land answers to it")
        return own, lines, stated

    def _own(self, record: Territory, shape: Shape) -> FaceSet:
        key = (record.id, shape.reading)
        if key not in self._shape:
            makers = {"bounded": self._bounded, "units": self._units, "points": self._ring}
            maker = makers.get(shape.by)
            self._shape[key] = maker(record, shape) if maker else frozenset()
        return self._shape[key]

    def _units(self, record: Territory, shape: Shape) -> FaceSet:
        return self._faces_of(record, shape.units) - self._faces_of(record, shape.minus_units)

    def _faces_of(self, record: Territory, codes: Sequence[str]) -> FaceSet:
        found: set[int] = set()
        for code in codes:
            here = self._by_unit.get(code)
            if here is None:
                here = np.flatnonzero(self._country == code)
            if not len(here):
                raise DelimitError(f"territory {record.id}: {code!r} is no unit or country of this atlas")
            found.update(int(face) for face in here)
        return frozenset(found)

    def _ring(self, record: Territory, shape: Shape) -> FaceSet:
        ring = shapely.Polygon(shape.ring)
        if not ring.is_valid:
            why = shapely.is_valid_reason(ring)
            raise DelimitError(f"territory {record.id}{_of(shape)}: the ring crosses itself ({why})")
        points = shapely.points(self.faces.point)
        shapely.prepare(ring)
        return frozenset(int(face) for face in np.flatnonzero(shapely.contains(ring, points)))

    def _bounded(self, record: Territory, shape: Shape) -> FaceSet:
        faces = self.faces
        barrier_legs = set().union(*(self._legs_of[line] for line in shape.lines))
        blocked = np.asarray([bool(barrier_legs & set(legs)) for legs in faces.leg_sets])
        real = (faces.left != OUTSIDE) & (faces.right != OUTSIDE)
        allowed = np.ones(len(faces.polygons), dtype=bool)
        if shape.countries:
            allowed = np.isin(self._country, shape.countries)
        open_ = real & ~blocked[faces.along] & allowed[faces.left] & allowed[faces.right]
        reached = _flood(len(faces.polygons), faces.left[open_], faces.right[open_])
        inside = {reached[self._face_at(record, shape, point)] for point in shape.inside}
        outside = {reached[self._face_at(record, shape, point)]: point for point in shape.outside}
        for group, point in outside.items():
            if group in inside:
                raise DelimitError(
                    f"territory {record.id}{_of(shape)} leaks: its land reaches {point}, which is outside; "
                    f"a line among {', '.join(shape.lines)} has a gap or stops short of the coast"
                )
        found = {face for face in range(len(reached)) if reached[face] in inside and allowed[face]}
        if shape.islands == "nearest":
            found |= self._islands(shape, reached, inside, set(outside), allowed, real)
        return frozenset(found)

    def _islands(
        self,
        shape: Shape,
        reached: list[int],
        inside: set[int],
        outside: set[int],
        allowed: Any,
        real: Any,
    ) -> set[int]:
        """Take the islands that lie nearest to the territory's own land.

        An island is a landmass that holds no inside or outside point and that no line of the shape
        touches. It goes with the landmass face that it lies nearest to.
        """
        faces = self.faces
        barrier_legs = set().union(*(self._legs_of[line] for line in shape.lines))
        masses = _flood(len(faces.polygons), faces.left[real], faces.right[real])
        known: set[int] = set()
        for face in range(len(masses)):
            if reached[face] in inside or reached[face] in outside:
                known.add(masses[face])
        for left, right, along in zip(faces.left, faces.right, faces.along, strict=True):
            if barrier_legs & set(faces.leg_sets[along]):
                known.update(masses[face] for face in (int(left), int(right)) if face != OUTSIDE)
        main = [face for face in range(len(masses)) if masses[face] in known]
        shrink = np.cos(np.radians(np.mean([point[1] for point in shape.inside])))
        flat = shapely.transform(faces.polygons, lambda xy: xy * [shrink, 1.0])
        tree = shapely.STRtree(flat[main])
        found = set()
        for face in map(int, np.flatnonzero(allowed)):
            if masses[face] not in known:
                nearest = main[int(tree.nearest(flat[face]))]
                if reached[nearest] in inside and allowed[nearest]:
                    found.add(face)
        return found

    def _face_at(self, record: Territory, shape: Shape, point: tuple[float, float]) -> int:
        hits = self._tree.query(shapely.Point(point), predicate="intersects")
        if not len(hits):
            raise DelimitError(
                f"territory {record.id}{_of(shape)}: the point {point} (lon, lat) is on no land of this atlas"
            )
        return int(hits[0])


def _flood(count: int, left: Any, right: Any) -> list[int]:
    """Number the groups of faces that are joined: union by find, with path halving."""
    parent = list(range(count))

    def root(face: int) -> int:
        while parent[face] != face:
            parent[face] = parent[parent[face]]
            face = parent[face]
        return face

    for one, two in zip(left, right, strict=True):
        a, b = root(int(one)), root(int(two))
        if a != b:
            parent[max(a, b)] = min(a, b)
    return [root(face) for face in range(count)]


def _of(shape: Shape) -> str:
    return f" ({shape.reading})" if shape.reading else ""
