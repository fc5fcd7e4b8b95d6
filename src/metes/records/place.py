"""A named point or region that a sentence, a map or a description may speak of."""

from __future__ import annotations

from typing import Literal

from metes.records.common import LonLat, Name, Record

PlaceKind = Literal[
    "town", "river", "lake", "mountain", "pass", "island", "region", "sea", "post", "country", "unit"
]


class Place(Record, frozen=True, kw_only=True):
    """A place with its names in every script, where it is, and what land it stands for.

    `lon_lat` is a point inside it; `territories` and `units` are the land that its name stands for
    when a claim speaks of it (a region has them, a town does not). `rank` 1 to 5 orders it on maps.
    """

    id: str
    names: tuple[Name, ...]
    kind: PlaceKind
    lon_lat: LonLat
    within_km: float = 1.0
    territories: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    rank: int = 3
    sources: tuple[str, ...] = ()
    comment: str | None = None


class PlaceFile(Record, frozen=True, kw_only=True):
    """One file of places."""

    places: tuple[Place, ...]
