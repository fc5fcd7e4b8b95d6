"""The doubts of the base geography hold official areas as often as they promise."""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest
from pyproj import Geod

from metes.base.area import area_km2
from metes.base.geography import Geography
from metes.delimit.segments import keys, segments_of
from metes.records.doubt import Doubt, DoubtFile

ROOT = Path(__file__).parents[2]


def doubts() -> dict[str, Doubt]:
    data = tomllib.loads((ROOT / "gazette" / "doubts.toml").read_text(encoding="utf-8"))
    return {one.id: one for one in msgspec.convert(data, DoubtFile).doubts}


@pytest.fixture(scope="module")
def misfits() -> list[tuple[str, float, float, bool]]:
    """Name, misfit in km², half-width in km², whether it has a coast; for each row without an exception."""
    units = Geography().units()
    segments, owner = segments_of([unit.geometry for unit in units])
    sides: dict[tuple[int, ...], list[int]] = defaultdict(list)
    names = list(map(tuple, keys(segments).tolist()))
    for key, unit in zip(names, owner.tolist(), strict=True):
        sides[key].append(unit)
    _, _, meters = Geod(ellps="WGS84").inv(*segments[:, 0].T, *segments[:, 1].T)
    known = doubts()
    rows = tomllib.loads((ROOT / "authorities" / "admin1-areas.toml").read_text(encoding="utf-8"))["area"]
    found = []
    for row in rows:
        if row.get("exception"):
            continue
        wanted = row.get("units") or [row["country"]]
        mine = {n for n, unit in enumerate(units) if unit.id in wanted or unit.country in wanted}
        length_km = {"base-coast": 0.0, "base-border": 0.0, "base-unit-border": 0.0}
        for edge, unit in enumerate(owner.tolist()):
            if unit not in mine or len(mine.intersection(sides[names[edge]])) > 1:
                continue
            both = sides[names[edge]]
            abroad = len({units[n].country for n in both}) > 1
            kind = "base-coast" if len(both) == 1 else "base-border" if abroad else "base-unit-border"
            length_km[kind] += float(meters[edge]) / 1000
        half = 0.0
        for kind, length in length_km.items():
            doubt = known[kind]
            reach = length if doubt.correlation_km is None else min(length, doubt.correlation_km)
            half += (doubt.corridor_m / 1000) ** 2 * length * reach
        measured = sum(area_km2(units[n].geometry) for n in mine)
        found.append((row["name"], measured - row["km2"], math.sqrt(half), length_km["base-coast"] > 0))
    return found


def test_nine_in_ten_inland_areas_lie_within_their_half_width(
    misfits: list[tuple[str, float, float, bool]],
) -> None:
    inland = [(name, off, half) for name, off, half, coast in misfits if not coast]
    outside = [name for name, off, half in inland if abs(off) > half]
    assert len(inland) >= 12
    assert len(outside) <= len(inland) / 10, outside


def test_most_coastal_areas_lie_within_their_half_width(
    misfits: list[tuple[str, float, float, bool]],
) -> None:
    coastal = [(name, off, half) for name, off, half, coast in misfits if coast]
    outside = [name for name, off, half in coastal if abs(off) > half]
    # Alaska, Texas and Sakha: which bays and estuaries count as land differs by more than a coast's doubt.
    assert len(outside) <= 3, outside
    assert len(coastal) - len(outside) >= 6
