"""A place that a user names, or a point that a user gives, found in the atlas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from metes.ask.atlas import Atlas
from metes.atlas.ledger import tracts_in
from metes.claims.words import key_of
from metes.errors import BadInput, UnknownName
from metes.records.common import Name

_POINT = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True)
class Spot:
    """Where a question points: a label, a position (WGS84 degrees), its tracts, and its names."""

    label: str
    lat: float
    lon: float
    tracts: tuple[int, ...]
    names: tuple[Name, ...]


def find_spot(atlas: Atlas, text: str, folder: Path | None = None) -> Spot:
    """Find a place by id or name, or a point given as LAT,LON.

    A point needs the geometry of the atlas in `folder`. Raises BadInput for a point that is no point,
    UnknownName for a name that no record has, with near matches.
    """
    point = _POINT.fullmatch(text)
    if point:
        return _at(float(point[1]), float(point[2]), folder)
    if not text.strip():
        raise BadInput("an empty place: give a name, or LAT,LON such as 43.12,131.89")
    if text in atlas.gazette.places:
        return _of_place(atlas, text)
    meanings = atlas.lexicon.names.get(key_of(text), ())
    for kind in ("place", "territory", "unit", "town"):
        for one in meanings:
            spot = _of(atlas, kind, one.id) if one.kind == kind and not one.adjective else None
            if spot is not None:
                return spot
    raise UnknownName(f"no place is called {text!r}{_near(atlas, text)}; or give a point as LAT,LON")


def _of(atlas: Atlas, kind: str, record: str) -> Spot | None:
    if kind == "place":
        return _of_place(atlas, record)
    if kind == "territory":
        mask, _, _ = atlas.ledger.territory(record, atlas.ledger.best_readings())
        names = atlas.gazette.territories[record].names
        return _around(atlas, _english(names), tuple(tracts_in(mask)), names)
    if kind == "unit":
        tracts = tuple(n for n, one in enumerate(atlas.compiled.tracts) if one.unit == record)
        return _around(atlas, atlas.compiled.units[record]["en"], tracts, ()) if tracts else None
    tracts = atlas.compiled.place_tracts.get(record, ())
    lon, lat = atlas.compiled.town_points.get(record, (0.0, 0.0))
    return Spot(atlas.lexicon.labels.get(f"town:{record}", record), lat, lon, tracts, ()) if tracts else None


def _of_place(atlas: Atlas, record: str) -> Spot:
    place = atlas.gazette.places[record]
    lon, lat = place.lon_lat
    return Spot(_english(place.names), lat, lon, atlas.compiled.place_tracts.get(record, ()), place.names)


def _around(atlas: Atlas, label: str, tracts: tuple[int, ...], names: tuple[Name, ...]) -> Spot:
    largest = max(tracts, key=lambda n: atlas.compiled.tracts[n].area_km2, default=None)
    at = atlas.compiled.tracts[largest] if largest is not None else None
    return Spot(label, at.lat if at else 0.0, at.lon if at else 0.0, tracts, names)


def _at(lat: float, lon: float, folder: Path | None) -> Spot:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadInput(f"{lat}, {lon} is no point on Earth: give LAT,LON, latitude first, in degrees")
    from metes.atlas.places import tract_at
    from metes.atlas.shelf import Shelf

    return Spot(f"{lat:g}, {lon:g}", lat, lon, tract_at(Shelf(folder).tract_tree(), lon, lat), ())


def _english(names: tuple[Name, ...]) -> str:
    return next((one.text for one in names if one.lang == "en"), names[0].text)


def _near(atlas: Atlas, text: str) -> str:
    from rapidfuzz import process

    known = [name for name, found in atlas.lexicon.names.items() if any(m.kind == "place" for m in found)]
    found = process.extract(key_of(text), known, limit=3, score_cutoff=75)
    return f"; did you mean {', '.join(name for name, _, _ in found)}?" if found else ""
