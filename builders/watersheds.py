"""Build src/metes/base/data/watersheds.parquet from a relief and the rivers that hold it.

Run as `python -m builders.watersheds [--cache DIR]` from the root of the project, after
builders.base_geography. What is wanted stands in watersheds.toml, how well the lines do
in watersheds-measured.toml. The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from builders.geoparquet import write_geoparquet
from builders.packages import Package, describe, sha256, unpack
from builders.watersheds_divide import nearest, outline, smooth_ring, stretch
from builders.watersheds_doubt import Kilometres, Measured, gaps_km, read_measured
from builders.watersheds_ground import Ground, Surveyor
from builders.watersheds_relief import cheapest_way, read_elevation
from builders.watersheds_wanted import (
    WantedRiver,
    WantedStretch,
    WantedWatershed,
    read_wanted,
)
from builders.watersheds_window import Bools, Points, Window
from metes.base.area import length_km
from metes.base.geography import Geography
from metes.base.grid import snap

ROOT = Path(__file__).parents[1]
WANTED = Path(__file__).with_suffix(".toml")
MEASURED = Path(__file__).with_name("watersheds-measured.toml")
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

GAP_EVERY_DEG = 0.05
"""Spacing of the points of a line at which the gap between known waters is taken."""


@dataclass(frozen=True)
class Row:
    """One line of the file, as metes.base.watersheds.Watershed has it."""

    id: str
    name: str
    separates: str
    corridor_m: float
    correlation_km: float
    method: str
    note: str
    geometry: shapely.LineString


@dataclass(frozen=True)
class Traced:
    """A watershed as followed on the ground, before it is put on the grid."""

    asked: WantedWatershed
    ground: Ground
    drained: Bools
    points: Points

    def gaps_km(self, points: Points) -> Kilometres:
        """Measure how far apart the known waters stand along a piece of the line."""
        line = shapely.segmentize(shapely.LineString(points), GAP_EVERY_DEG)
        along = shapely.get_coordinates(line)
        return gaps_km(along, self.ground.known, self.drained, self.ground.window)


def main() -> None:
    """Build the file and print what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/builders")
    cache = parser.parse_args().cache.resolve()
    print(describe(RELIEF, cache))
    wanted = read_wanted(WANTED)
    measured = read_measured(MEASURED)
    grid = unpack(RELIEF, cache, (GRID,)) / GRID
    surveyor = Surveyor(
        grid=grid,
        geography=Geography(),
        rules=wanted.relief,
        rivers=wanted.river,
        parts=wanted.part,
        estuaries=wanted.estuary,
    )
    traced = {line.id: trace(line, surveyor) for line in wanted.watershed}
    rows = {i: watershed_row(one, measured) for i, one in traced.items()}
    for piece in wanted.stretch:
        whole = traced[piece.of]
        rows[piece.id] = stretch_row(piece, whole, rows[piece.of], surveyor, measured)
    for river in wanted.river:
        if river.name:
            rows[river.id] = river_row(river, surveyor)
    ordered = [rows[i] for i in sorted(rows)]
    for row in ordered:
        (west, south), (east, north) = row.geometry.coords[0], row.geometry.coords[-1]
        print(
            f"{row.id}: {west:.4f} {south:.4f} → {east:.4f} {north:.4f}, "
            f"{length_km(row.geometry):,.0f} km, corridor {row.corridor_m:,.0f} m, "
            f"correlation {row.correlation_km:.0f} km"
        )
    write(ordered)
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size:,} bytes · sha256 {sha256(OUTPUT)}")


def trace(asked: WantedWatershed, surveyor: Surveyor) -> Traced:
    """Draw the basin and follow its edge from start to end."""
    ground = surveyor.survey(asked.window)
    try:
        inside, outside = ground.cells(asked.drains), ground.cells(asked.beyond)
        drained = ground.drained(inside, outside, ground.cells(asked.sinks))
    except ValueError as fault:
        raise ValueError(f"{asked.id}: {fault}") from fault
    window = ground.window
    span = surveyor.rules.smooth_source_cells * window.per_source
    ring = smooth_ring(outline(drained, window), window.step_deg, span)
    points = stretch(ring, *(np.array(point) for point in (asked.start, asked.end, asked.via)))
    if "start" in asked.tied:
        points = np.vstack((asked.start, points))
    if "end" in asked.tied:
        points = np.vstack((points, asked.end))
    return Traced(asked, ground, drained, points)


def watershed_row(traced: Traced, measured: Measured) -> Row:
    """Put one watershed on the grid of the base geography, and say its doubt."""
    asked, points = traced.asked, traced.points
    gaps = traced.gaps_km(points)
    border = f"prefer the modern border where it follows the crest: {asked.border}"
    return Row(
        id=asked.id,
        name=asked.name,
        separates=asked.separates,
        corridor_m=max(measured.corridor_m(gaps), asked.least_corridor_m),
        correlation_km=max(measured.correlation_km(gaps), asked.least_correlation_km),
        method="edge of a drainage basin on ETOPO1 at 6 minutes, held by known rivers",
        note="; ".join(part for part in (asked.note, border if asked.border else "") if part),
        geometry=snap(shapely.LineString(points)),
    )


def stretch_row(
    asked: WantedStretch, traced: Traced, whole: Row, surveyor: Surveyor, measured: Measured
) -> Row:
    """Cut a piece out of a watershed, tie it to its ends, and say its own doubt."""
    points = shapely.get_coordinates(whole.geometry)
    start = joint(asked.start, asked.start_on, surveyor.geography)
    end = joint(asked.end, asked.end_on, surveyor.geography)
    piece = points[nearest(points, start) : nearest(points, end) + 1]
    gaps = traced.gaps_km(piece)
    line = shapely.LineString(np.vstack((start, piece, end)))
    return replace(
        whole,
        id=asked.id,
        note=asked.note,
        corridor_m=max(measured.corridor_m(gaps), asked.least_corridor_m),
        correlation_km=max(measured.correlation_km(gaps), asked.least_correlation_km),
        geometry=snap(shapely.remove_repeated_points(line)),
    )


def joint(point: tuple[float, float], units: list[str], geography: Geography) -> Points:
    """Give a point as it is, or the nearest vertex of the common border of two units."""
    if not units:
        return np.array(point)
    first, second = (geography.unit(unit).geometry for unit in units)
    shared = shapely.intersection(shapely.boundary(first), shapely.boundary(second))
    vertices = shapely.get_coordinates(shared)
    return np.asarray(vertices[nearest(vertices, np.array(point))])


def river_row(river: WantedRiver, surveyor: Surveyor) -> Row:
    """Draw a river without a line of its own: the cheapest way, its ends as given."""
    west, south, east, north = shapely.total_bounds(river.line)
    low, high = np.floor([west, south]) - 1, np.ceil([east, north]) + 1
    window = Window(low[0], low[1], high[0], high[1], surveyor.rules.per_source)
    cells = cheapest_way(read_elevation(surveyor.grid, window), window, river.line)
    rivers = surveyor.geography.rivers()
    receiver = shapely.union_all([known.geometry for known in rivers if known.id == river.into])
    mouth = shapely.shortest_line(shapely.Point(river.points[-1]), receiver).coords[-1]
    points = np.vstack((river.points[0], window.centres(cells)[1:-1], mouth))
    line = snap(shapely.LineString(points))
    return Row(
        id=river.id,
        name=river.name,
        separates="",
        corridor_m=river.corridor_m,
        correlation_km=round(length_km(line)),
        method="cheapest way over ETOPO1 at 6 minutes between points given by hand",
        note=f"{river.note}; {river.source}",
        geometry=line,
    )


def write(rows: list[Row]) -> None:
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
    write_geoparquet(OUTPUT, columns, np.array([row.geometry for row in rows], dtype=object))


if __name__ == "__main__":
    main()
