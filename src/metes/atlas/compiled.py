"""What a built atlas knows without its geometry: one small file that a cold check reads.

It holds the records, the tracts with their areas, the arcs between tracts with their lengths and
doubts, and which tracts each territory is made of under each reading. That is all that the area and
the interval of any union of tracts need.
"""

from __future__ import annotations

from typing import Any

import msgspec

from metes.records.gazette import Gazette

FORMAT = 1
"""Raised whenever a reader of the older form would misread the newer one."""

OUTSIDE = -1
"""The neighbour of an arc beyond which there is no tract: sea, or a country outside the atlas."""


class Tract(msgspec.Struct, frozen=True, array_like=True):
    """The smallest piece of land that no line of the atlas cuts. Area in km², a point inside it."""

    area_km2: float
    unit: str
    country: str
    lon: float
    lat: float


class Arc(msgspec.Struct, frozen=True, array_like=True):
    """All boundary between two tracts that has the same doubts.

    `doubts` maps the id of a line (empty for the base geography) to the doubt it has there.
    """

    left: int
    right: int
    km: float
    doubts: dict[str, str]


class ErrorModel(msgspec.Struct, frozen=True, array_like=True):
    """A doubt as one error: half-corridor in metres; correlation in km, none for the whole length."""

    corridor_m: float
    correlation_km: float | None


class ShapeTracts(msgspec.Struct, frozen=True):
    """The tracts of a territory under one reading, and the lines that bound it."""

    tracts: tuple[int, ...]
    lines: tuple[str, ...]
    stated: bool = False


class Compiled(msgspec.Struct, frozen=True):
    """A built atlas without its geometry.

    `shapes` is territory → reading (empty if no question governs it) → tracts.
    `units` is unit id → names by language, `countries` likewise; `areas_km2` is the land of today's
    countries and units of the whole world, for comparisons. `place_tracts` is place id → the tracts that
    its name stands for, or the one that its point lies in; `town_points` is town id → longitude,
    latitude. `lexicon` is what the reader of texts knows.
    """

    format: int
    name: str
    version: str
    hash: str
    viewpoint: str
    gazette: Gazette
    tracts: tuple[Tract, ...]
    arcs: tuple[Arc, ...]
    doubts: dict[str, ErrorModel]
    shapes: dict[str, dict[str, ShapeTracts]]
    units: dict[str, dict[str, str]]
    countries: dict[str, dict[str, str]]
    areas_km2: dict[str, float] = {}
    place_tracts: dict[str, tuple[int, ...]] = {}
    town_points: dict[str, tuple[float, float]] = {}
    lexicon: msgspec.Raw = msgspec.Raw(b"\xc0")
    report: tuple[str, ...] = ()


def encode(compiled: Compiled) -> bytes:
    """Write as MessagePack."""
    return msgspec.msgpack.encode(compiled, order="deterministic")


def decode(data: bytes) -> Compiled:
    """Read what `encode` wrote; the caller turns a msgspec error into one about its file."""
    return msgspec.msgpack.decode(data, type=Compiled)


def as_json(value: Any) -> Any:
    """Turn records into plain JSON values."""
    return msgspec.to_builtins(value)
