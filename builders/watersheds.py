"""Build src/metes/base/data/watersheds.parquet from a relief and the rivers that hold it.

Run as `python -m builders.watersheds [--cache DIR]` from the root of the project, after
builders.base_geography. What is wanted stands in watersheds.toml, how well the lines do
in watersheds-measured.toml. The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from builders.geoparquet import write_geoparquet
from builders.packages import Package, describe, sha256, unpack
from builders.watersheds_divide import (
    Points,
    basin,
    flow_directions,
    outline,
    smooth_ring,
    stretch,
)
from builders.watersheds_relief import (
    OCEAN_M,
    Floats,
    Ints,
    Window,
    cheapest_way, press,
    read_elevation,
)
from builders.watersheds_wanted import (
    Edges,
    Wanted,
    WantedRiver,
    WantedWatershed,
    read_wanted,
)
from metes.base.area import length_km
from metes.base.geography import Geography
from metes.base.grid import snap

ROOT = Path(__file__).parents[1]
WANTED = Path(__file__).with_suffix(".toml")
OUTPUT = ROOT / "src/metes/base/data/watersheds.parquet"

RELIEF = Package(
    registry="pypi",
    name="pybacktrack",
    version="1.5.0",
    archive="pybacktrack-1.5.0-py3-none-any.whl",
    licence="GPL-2.0",
    data_licence="ETOPO1 (NOAA), public domain",
)
GRID = "pybacktrack/bundle_data/topography/ETOPO1_0.1.grd"

OFFSHORE_DEG = 0.05
"""How far a line that ends at the sea runs on beyond the coast, so that it meets it."""


@dataclass(frozen=True)
class Ground:
    """A window's relief with water pressed in, and the cells of each river and lake."""

    window: Window
    pressed_m: Floats
    water: dict[str, Ints]


@dataclass(frozen=True)
class Shipped:
    """One row of the file."""

    id: str
    name: str
    separates: str
    corridor_m: float
    correlation_km: float
    method: str
    note: str
    geometry: shapely.LineString


def main() -> None:
    """Build the file and print what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/builders")
    cache = parser.parse_args().cache.resolve()
    print(describe(RELIEF, cache))
    grid = unpack(RELIEF, cache, (GRID,)) / GRID
    wanted = read_wanted(WANTED)
    geography = Geography()
    rows = []
    for asked in wanted.watershed:
        ground = survey(asked.window, wanted, geography, grid)
        line = divide(asked, ground, wanted, geography)
        rows.append(
            Shipped(
                id=asked.id,
                name=asked.name,
                separates=asked.separates,
                corridor_m=asked.corridor_m,
                correlation_km=asked.correlation_km,
                method="edge of a drainage basin",
                note=asked.note,
                geometry=line,
            )
        )
    rows += [river_row(river, wanted, geography, grid) for river in wanted.river if river.name]
    rows.sort(key=lambda row: row.id)
    for row in rows:
        first, last = row.geometry.coords[0], row.geometry.coords[-1]
        print(f"{row.id}: {first} → {last}, {length_km(row.geometry):,.0f} km")
    write(rows)
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size:,} bytes · sha256 {sha256(OUTPUT)}")


def river_row(river: WantedRiver, wanted: Wanted, geography: Geography, grid: Path) -> Shipped:
    """Draw a river without a line of its own: the cheapest way, its ends as given."""
    west, south, east, north = shapely.total_bounds(river.line)
    edges = (np.floor(west) - 1, np.floor(south) - 1, np.ceil(east) + 1, np.ceil(north) + 1)
    window = Window(*(float(edge) for edge in edges), wanted.relief.per_source)
    cells = cheapest_way(read_elevation(grid, window), window, river.line)
    points = window.centres(cells)
    receiver = shapely.union_all([r.geometry for r in geography.rivers() if r.id == river.into])
    mouth = shapely.shortest_line(shapely.Point(river.points[-1]), receiver).coords[-1]
    points = np.vstack((river.points[0], points[1:-1], mouth))
    line = snap(shapely.LineString(points))
    return Shipped(
        id=river.id,
        name=river.name,
        separates="",
        corridor_m=river.corridor_m,
        correlation_km=length_km(line),
        method="cheapest way over the relief between points given by hand",
        note=f"{river.note}; {river.source}",
        geometry=line,
    )


def survey(edges: Edges, wanted: Wanted, geography: Geography, grid: Path) -> Ground:
    """Prepare the relief of one window."""
    window = Window(*edges, wanted.relief.per_source)
    sea = ~window.covered(land(geography, window))
    elevation_m = np.where(sea, 0, np.maximum(read_elevation(grid, window), 1)).astype(np.float32)
    water: dict[str, Ints] = {}
    ways = []
    for river in wanted.river:
        if window.inner.contains(river.line):
            ways.append(cheapest_way(elevation_m, window, river.line))
            water[river.id] = ways[-1]
    for known in geography.rivers():
        if known.geometry.intersects(window.inner):
            water[known.id] = window.cells(known.geometry)
    for part in wanted.part:
        if part.of in water:
            inside = window.covered([shapely.box(*part.box)])
            water[part.id] = water[part.of][inside.flat[water[part.of]]]
    lakes = [lake for lake in geography.lakes() if lake.geometry.intersects(window.inner)]
    for lake in lakes:
        water[lake.id] = np.flatnonzero(window.covered([lake.geometry]))
    wet = np.zeros(window.shape, dtype=np.bool_)
    for cells in water.values():
        wet.flat[cells] = True
    pressed_m = press(elevation_m, window, wet, ways, wanted.relief.burn_m)
    pressed_m[sea] = OCEAN_M
    ashore = {name: cells[~sea.flat[cells]] for name, cells in water.items()}
    return Ground(window, pressed_m, ashore)


def divide(
    asked: WantedWatershed, ground: Ground, wanted: Wanted, geography: Geography
) -> shapely.LineString:
    """Trace one watershed, on the grid of the base geography."""
    sinks = cells_of(asked, asked.sinks, ground)
    directions = flow_directions(ground.pressed_m, sinks)
    inside = cells_of(asked, asked.drains, ground)
    outside = cells_of(asked, asked.beyond, ground)
    edge = outline(basin(directions, inside, np.setdiff1d(outside, inside)), ground.window)
    span = wanted.relief.smooth_source_cells * ground.window.per_source
    ring = smooth_ring(edge, ground.window.step_deg, span)
    points = stretch(ring, *(np.array(point) for point in (asked.start, asked.end, asked.via)))
    if "start" in asked.tied:
        points = np.vstack((asked.start, points))
    if "end" in asked.tied:
        points = np.vstack((points, asked.end))
    if asked.to_sea:
        points = to_sea(points, land(geography, ground.window))
    return snap(shapely.LineString(points))


def cells_of(asked: WantedWatershed, names: list[str], ground: Ground) -> Ints:
    """Collect the cells of rivers and lakes by id. Raises ValueError for an unknown one."""
    missing = [name for name in names if not ground.water.get(name, np.empty(0)).size]
    if missing:
        raise ValueError(f"{asked.id}: not in its window: {', '.join(missing)}")
    return np.unique(np.concatenate([np.empty(0, np.int64), *(ground.water[n] for n in names)]))


def land(geography: Geography, window: Window) -> list[shapely.Geometry]:
    """Return the land of a window, a degree wider, as polygons."""
    countries = [c.geometry for c in geography.countries() if c.geometry.intersects(window.box)]
    clipped = shapely.clip_by_rect(countries, *window.box.bounds)
    parts = shapely.get_parts(clipped)
    return [part for part in parts if part.geom_type == "Polygon"]


def to_sea(points: Points, polygons: list[shapely.Geometry]) -> Points:
    """Let a line end beyond the coast: over the nearest point of it, and on.

    The edge of a basin ends at the last cell of land, within a cell of the coast.
    """
    coast = shapely.boundary(shapely.union_all(polygons))
    last = shapely.Point(points[-1])
    landfall = shapely.get_coordinates(shapely.shortest_line(last, coast))[1]
    away = landfall - points[-1]
    if shapely.union_all(polygons).intersects(last):
        away = away / max(float(np.hypot(*away)), 1e-9)
        return np.vstack((points, landfall, landfall + away * OFFSHORE_DEG))
    return points


def write(rows: list[Shipped]) -> None:
    """Write the file."""
    columns = {
        "id": pa.array([row.id for row in rows]),
        "name": pa.array([row.name for row in rows]),
        "separates": pa.array([row.separates for row in rows]),
        "corridor_m": pa.array([row.corridor_m for row in rows], pa.float64()),
        "correlation_km": pa.array([row.correlation_km for row in rows], pa.float64()),
        "method": pa.array([row.method for row in rows]),
        "note": pa.array([row.note for row in rows]),
    }
    geometry = np.array([row.geometry for row in rows], dtype=object)
    write_geoparquet(OUTPUT, columns, geometry)


if __name__ == "__main__":
    main()
