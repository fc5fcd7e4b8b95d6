"""Which tracts a place stands for, worked out while geometry is at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from metes.atlas.compiled import ShapeTracts, Tract
from metes.base.geography import Town
from metes.records.gazette import Gazette
from metes.records.place import Place

NEAR_DEG = 0.15
"""A port may fall a little off a generalised coast: the nearest tract within about 15 km is meant."""


def place_tracts(
    gazette: Gazette,
    tracts: Sequence[Tract],
    geometry: Sequence[Any],
    shapes: Mapping[str, Mapping[str, ShapeTracts]],
    towns: Iterable[Town] = (),
) -> dict[str, tuple[int, ...]]:
    """Find the tracts of every place: of its territories and units if it names any, else of its point.

    Towns of the base geography come under their own ids. What is on no land of the atlas is left out.
    """
    tree = shapely.STRtree(np.asarray(geometry, dtype=object))
    found = {}
    for place in gazette.places.values():
        tracts_of = _named(gazette, place, tracts, shapes) or tract_at(tree, *place.lon_lat)
        if tracts_of:
            found[place.id] = tuple(sorted(tracts_of))
    for town in towns:
        at = tract_at(tree, town.lon_deg, town.lat_deg)
        if at:
            found[town.id] = at
    return found


def _named(
    gazette: Gazette,
    place: Place,
    tracts: Sequence[Tract],
    shapes: Mapping[str, Mapping[str, ShapeTracts]],
) -> set[int]:
    found: set[int] = set()
    for territory in place.territories:
        # A region's name stands for the land under the best reading of what governs it.
        best = _best(gazette, shapes[territory])
        found.update(best.tracts)
    codes = set(place.units)
    if codes:
        found.update(
            n for n, one in enumerate(tracts) if one.unit in codes or one.unit.split("-")[0] in codes
        )
    return found


def _best(gazette: Gazette, readings: Mapping[str, ShapeTracts]) -> ShapeTracts:
    for key, shape in readings.items():
        pairs = [pair.split("=") for pair in key.split("&") if pair]
        if all(gazette.questions[question].best == reading for question, reading in pairs):
            return shape
    return next(iter(readings.values()))


def tract_at(tree: Any, lon: float, lat: float) -> tuple[int, ...]:
    """Find the tract at a point, or the nearest one close by."""
    point = shapely.Point(lon, lat)
    hits = tree.query(point, predicate="intersects")
    if len(hits):
        return (int(hits[0]),)
    near = tree.query_nearest(point, max_distance=NEAR_DEG)
    return (int(near[0]),) if len(near) else ()
