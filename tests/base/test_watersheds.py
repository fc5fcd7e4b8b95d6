"""The shipped watersheds: where they end, what they cross, and what they enclose."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import shapely

from metes.base.area import area_km2, length_km
from metes.base.geography import Geography
from metes.base.grid import GRID_DEG
from metes.base.watersheds import Watershed, read_watersheds

ROOT = Path(__file__).parents[2]
BASINS: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "authorities/basin-areas.toml").read_text(encoding="utf-8")
)["basin"]
MEASURED = tomllib.loads((ROOT / "builders/watersheds-measured.toml").read_text(encoding="utf-8"))

MOST_BYTES = 2 << 20
"""What the file may weigh, so that it stays readable at a glance in a repository."""

Points = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def watersheds() -> dict[str, Watershed]:
    return read_watersheds()


@pytest.fixture(scope="module")
def russia(geography: Geography) -> shapely.Geometry:
    return geography.countries(["RU"])[0].geometry


def test_every_line_lies_on_the_grid_is_simple_and_says_its_doubt(
    watersheds: dict[str, Watershed],
) -> None:
    for line in watersheds.values():
        points = shapely.get_coordinates(line.geometry)
        assert np.array_equal(points, np.round(points / GRID_DEG) * GRID_DEG), line.id
        assert line.geometry.is_simple, line.id
        assert 5_000 <= line.corridor_m <= 100_000, line.id
        assert 20 <= line.correlation_km <= 1_000, line.id
        assert line.method, line.id


def test_the_file_is_small() -> None:
    assert (ROOT / "src/metes/base/data/watersheds.parquet").stat().st_size < MOST_BYTES


def test_no_river_crosses_a_watershed(watersheds: dict[str, Watershed], geography: Geography) -> None:
    crossed = [
        (line.id, river.id, river.name)
        for line in watersheds.values()
        if line.id != "gorbitsa"  # a river itself, which ends in the Shilka
        for river in geography.rivers()
        if river.geometry.intersects(line.geometry)
    ]
    assert crossed == []


@pytest.mark.parametrize(
    ("line", "south", "north"),
    [
        ("amur-north", ["r405", "r1110", "r843"], ["r460", "r102", "r1113", "r950"]),
        ("uda-north", ["r950"], ["r1113"]),
        ("kholzun", ["r29"], ["r497"]),
        ("tannu-ola", [], ["r144", "r145"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rivers_lie_on_the_side_that_they_drain_to(
    watersheds: dict[str, Watershed],
    geography: Geography,
    line: str,
    south: list[str],
    north: list[str],
) -> None:
    # Zeya, Selemdzha, Amgun | Olyokma, Aldan, Uchur, Uda. Uda | Uchur. Irtysh | Katun.
    # — | the two Yeniseis.
    points = shapely.get_coordinates(watersheds[line].geometry)
    low = points[:, 1].min() - 10
    below = shapely.make_valid(shapely.Polygon([*points, (points[-1, 0], low), (points[0, 0], low)]))
    rivers = {river.id: river.geometry for river in geography.rivers()}
    near = shapely.box(points[:, 0].min(), low, points[:, 0].max(), 90)
    for names, share in ((south, 1.0), (north, 0.0)):
        for name in names:
            here = shapely.intersection(rivers[name], near)
            assert here.length > 0, name
            assert here.intersection(below).length / here.length == pytest.approx(share, abs=0.02), name


def test_the_gorbitsa_joins_the_shilka_and_the_northern_line(
    watersheds: dict[str, Watershed], geography: Geography
) -> None:
    gorbitsa = watersheds["gorbitsa"].geometry
    shilka = shapely.union_all([river.geometry for river in geography.rivers("Shilka")])
    assert gorbitsa.coords[0] == watersheds["amur-north"].geometry.coords[0]
    assert shilka.distance(shapely.Point(gorbitsa.coords[-1])) < GRID_DEG


@pytest.mark.parametrize("line", ["amur-north", "amur-north-east", "uda-north", "uda-south"])
def test_a_line_to_the_coast_ends_at_sea(
    watersheds: dict[str, Watershed], russia: shapely.Geometry, line: str
) -> None:
    last = shapely.Point(watersheds[line].geometry.coords[-1])
    assert not russia.intersects(last)
    assert 0 < russia.distance(last) < 0.2


@pytest.mark.parametrize(
    ("line", "end", "units"),
    [
        ("amur-north-west", -1, ("RU-AMU", "RU-SA")),
        ("amur-north-middle", 0, ("RU-AMU", "RU-KHA")),
        ("amur-north-middle", -1, ("RU-AMU", "RU-KHA")),
        ("amur-north-east", 0, ("RU-AMU", "RU-KHA")),
    ],
)
def test_a_stretch_is_tied_to_a_vertex_of_the_modern_border(
    watersheds: dict[str, Watershed],
    geography: Geography,
    line: str,
    end: int,
    units: tuple[str, str],
) -> None:
    joint = watersheds[line].geometry.coords[end]
    for unit in units:
        vertices = shapely.get_coordinates(geography.unit(unit).geometry)
        assert (vertices == joint).all(axis=1).any(), (line, unit, joint)


def test_the_amur_line_agrees_with_the_border_of_amur_and_sakha_within_its_doubt(
    watersheds: dict[str, Watershed], geography: Geography
) -> None:
    line = watersheds["amur-north"]
    amur, sakha = (geography.unit(unit).geometry for unit in ("RU-AMU", "RU-SA"))
    shared = shapely.line_merge(shapely.intersection(amur.boundary, sakha.boundary))
    border = shapely.get_coordinates(shared)
    if border[0, 0] > border[-1, 0]:
        border = border[::-1]
    border = border[border[:, 0] >= 124.6]
    points = shapely.get_coordinates(line.geometry)
    first, last = _nearest(points, border[0]), _nearest(points, border[-1])
    between = shapely.polygonize(
        [shapely.node(shapely.LinearRing([*points[first : last + 1], *border[::-1]]))]
    )
    apart_km2 = sum(area_km2(face) for face in between.geoms)
    length = length_km(shapely.LineString(border))
    # The rule is for the net area; this is the gross, since the two cross now and then.
    assert 0 < apart_km2 <= 1.2 * _half_width_km2(line, length)


@pytest.mark.parametrize("row", BASINS, ids=lambda row: row["name"])
def test_an_enclosed_basin_agrees_with_its_published_area_within_the_doubt(
    watersheds: dict[str, Watershed], row: dict[str, Any]
) -> None:
    ring, half_width_km2 = _close(row["ring"], watersheds)
    measured_km2 = area_km2(shapely.make_valid(shapely.Polygon(ring)))
    assert abs(measured_km2 - row["km2"]) <= half_width_km2
    assert half_width_km2 < row["km2"] / 4, "a doubt that admits everything shows nothing"


def test_every_published_basin_says_where_it_is_from() -> None:
    for row in BASINS:
        assert row["opened"] in {"yes", "excerpt"}
        assert row["url"].startswith("http")
        assert row["authority"]


def test_the_rule_for_areas_holds_on_the_measured_borders() -> None:
    # DESIGN.md, Interval of an area: a half-width should hold nine times in ten.
    for row in MEASURED["area"]:
        assert row["share_inside"] >= 0.85, row


def _close(pieces: list[str], watersheds: dict[str, Watershed]) -> tuple[Points, float]:
    """Join watersheds into a ring, and add up their doubts as squares."""
    points: list[Points] = []
    squares = 0.0
    for number, piece in enumerate(pieces):
        name, _, turned = piece.removeprefix("of ").partition(" ")
        own = shapely.get_coordinates(watersheds[name].geometry)
        if piece.startswith("of "):
            after = watersheds[pieces[number + 1]].geometry.coords[0]
            first, last = _nearest(own, points[-1][-1]), _nearest(own, np.array(after))
            own = own[min(first, last) : max(first, last) + 1]
            own = own if first <= last else own[::-1]
        elif turned:
            own = own[::-1]
        points.append(own)
        squares += _half_width_km2(watersheds[name], length_km(shapely.LineString(own))) ** 2
    return np.concatenate(points), math.sqrt(squares)


def _half_width_km2(line: Watershed, length: float) -> float:
    return line.corridor_m / 1_000 * math.sqrt(length * min(length, line.correlation_km))


def _nearest(points: Points, point: Points) -> int:
    return int(np.argmin(np.hypot(*(points - point).T)))
