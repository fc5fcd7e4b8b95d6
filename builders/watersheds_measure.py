"""Measure watersheds against modern borders that follow them.

Run as `python -m builders.watersheds_measure [--cache DIR]` from the root of the project,
after builders.base_geography and before builders.watersheds: it writes watersheds-measured.toml,
from which that takes its doubts. With --check, after builders.watersheds, it compares the
lines as shipped instead and writes watersheds-checked.toml. Which borders, and why they
should lie on a divide, stands in watersheds_borders.toml.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import shapely
from scipy.spatial import cKDTree

from builders.packages import describe, unpack
from builders.watersheds import GRID, MEASURED, RELIEF, ROOT, WANTED
from builders.watersheds_divide import outline, smooth_ring
from builders.watersheds_doubt import (
    FAR_GAP_KM,
    HELD_SHARE,
    WITHIN_KM,
    Kilometres,
    gaps_km,
    held_km,
    plane,
)
from builders.watersheds_ground import Ground, Surveyor
from builders.watersheds_wanted import Edges, read_wanted
from builders.watersheds_window import Bools, Points
from metes.base.area import M_PER_KM
from metes.base.geography import Geography
from metes.base.watersheds import read_watersheds

BORDERS = Path(__file__).with_name("watersheds_borders.toml")

CHECKED = Path(__file__).with_name("watersheds-checked.toml")

MARGIN_DEG = 4
"""How far a window reaches beyond its border, so that water finds its way round."""

STATION_KM = 2.0
"""Spacing of the points of a border at which the offset is taken."""

BIN_KM = 10.0
"""Spacing along a border at which the area between the lines is summed up."""

FAR_KM = 100.0
"""Land on the wrong side counts as far as this from the border: beyond, other divides begin."""

GAPS_KM = (0.0, 60.0, 100.0, 170.0, 240.0, 1000.0)
"""Classes of distance between the nearest known waters on the two sides."""

LONGEST_LAG_KM = 400.0
"""Beyond this no correlation is looked for: few borders are twice as long."""

STRETCHES_KM = (50, 100, 200, 400)
"""Lengths over which the error of the area is tried."""


@dataclass(frozen=True)
class Border:
    """A stretch of modern border that should lie on a divide.

    `sides` are ids of countries or units on its two sides; the first is the basin.
    """

    id: str
    sides: tuple[list[str], list[str]]
    box: Edges
    says: str
    sinks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Check:
    """A stretch of modern border that a shipped line should follow."""

    line: str
    sides: tuple[list[str], list[str]]
    box: Edges


@dataclass(frozen=True)
class Borders:
    """The file of borders."""

    border: list[Border]
    check: list[Check]


@dataclass(frozen=True)
class Found:
    """What one border shows.

    `offset_km` and `gap_km` at stations STATION_KM apart along the border; `error_km` the
    signed area between the lines for every BIN_KM, by its length: positive where the
    basin was drawn too large.
    """

    border: Border
    offset_km: Kilometres
    gap_km: Kilometres
    error_km: Kilometres

    @property
    def length_km(self) -> float:
        """Give the length measured."""
        return self.offset_km.size * STATION_KM


def main() -> None:
    """Measure every border, or check every line; write the file and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/builders")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    wanted = msgspec.toml.decode(BORDERS.read_bytes(), type=Borders)
    geography = Geography()
    if arguments.check:
        text = check(wanted.check, geography)
        CHECKED.write_text(text, encoding="utf-8")
        print(text)
        return
    cache = arguments.cache.resolve()
    print(describe(RELIEF, cache))
    grid = unpack(RELIEF, cache, (GRID,)) / GRID
    surveyor = Surveyor(grid, geography, read_wanted(WANTED).relief)
    text = report([measure(border, surveyor) for border in wanted.border])
    MEASURED.write_text(text, encoding="utf-8")
    print(text)


def measure(border: Border, surveyor: Surveyor) -> Found:
    """Draw the divide of the two sides' waters, and compare it with their border."""
    first, second = (_land(ids, surveyor.geography) for ids in border.sides)
    line = _common(first, second, border.box)
    west, south, east, north = line.bounds
    low, high = np.floor([west, south]) - MARGIN_DEG, np.ceil([east, north]) + MARGIN_DEG
    ground = surveyor.survey((low[0], low[1], high[0], high[1]))
    side = ground.window.covered(_parts(first, ground))
    known = ground.known
    drained = ground.drained(known[side.flat[known]], known[~side.flat[known]], ground.cells(border.sinks))
    span = surveyor.rules.smooth_source_cells * ground.window.per_source
    ring = smooth_ring(outline(drained, ground.window), ground.window.step_deg, span)
    flat = plane(shapely.get_coordinates(line))
    fine = shapely.segmentize(line, ground.window.step_deg / 4)
    border_m = shapely.transform(fine, flat)
    ring_m = shapely.LineString(flat(ring))
    stations_m = np.arange(0, border_m.length, STATION_KM * M_PER_KM)
    points_m = shapely.line_interpolate_point(border_m, stations_m)
    vertices = shapely.get_coordinates(fine)
    at = cKDTree(flat(vertices)).query(shapely.get_coordinates(points_m))[1]
    points = vertices[at]
    return Found(
        border=border,
        offset_km=shapely.distance(points_m, ring_m) / M_PER_KM,
        gap_km=gaps_km(points, known, side, ground.window),
        error_km=_error_km(ground, drained, side, points),
    )


def correlation(found: Sequence[Found]) -> tuple[float, float]:
    """Give how far an error keeps its sign, in km, and the mean spacing of its sign changes.

    The first is twice the integral of the pooled autocorrelation of `error_km` up to its
    first zero: the λ for which the area's standard deviation over a length L is σ·√(L·λ).
    """
    lags = int(LONGEST_LAG_KM / BIN_KM)
    products, counts = np.zeros(lags), np.zeros(lags)
    changes, length = 0, 0.0
    for one in found:
        error = one.error_km
        length += error.size * BIN_KM
        signs = np.sign(error[error != 0])
        changes += int(np.count_nonzero(signs[1:] != signs[:-1]))
        for lag in range(min(lags, error.size // 2)):
            products[lag] += float(error[: error.size - lag] @ error[lag:])
            counts[lag] += error.size - lag
    covariance = products / np.maximum(counts, 1)
    rho = covariance / covariance[0]
    zero = int(np.argmax(rho <= 0)) or lags
    return 2 * BIN_KM * (float(rho[:zero].sum()) - 0.5), length / max(changes, 1)


def share_classes(found: Sequence[Found]) -> list[tuple[float, list[float]]]:
    """Give, for each class of gaps, its lower end and the shares within WITHIN_KM."""
    offset = np.concatenate([one.offset_km for one in found])
    gap = np.concatenate([one.gap_km for one in found])
    here = [(low, offset[(gap >= low) & (gap < high)]) for low, high in pairwise(GAPS_KM)]
    return [(low, [float(np.mean(some <= km)) for km in WITHIN_KM]) for low, some in here]


def report(found: list[Found]) -> str:
    """Write the measurements as TOML."""
    offset = np.concatenate([one.offset_km for one in found])
    gap = np.concatenate([one.gap_km for one in found])
    near, far = (
        correlation([one for one in found if (float(np.median(one.gap_km)) > FAR_GAP_KM) == away])
        for away in (False, True)
    )
    lines = [
        "# Written by `python -m builders.watersheds_measure`: do not edit.",
        "#",
        "# How far the edges of basins, drawn as in builders/watersheds.py but with Natural Earth's",
        "# rivers alone, lie from modern borders that follow a divide by treaty or statute",
        f"# (watersheds_borders.toml): {offset.size * STATION_KM:,.0f} km in {len(found)} stretches.",
        "# `median_km`, `p90_km`: distances from points of the border, 2 km apart, to the edge drawn;",
        "# the border's own error, under 1 km, is inside. `correlation_km`: twice the integral of the",
        "# autocorrelation of the signed error. `gap`: distance between the nearest known waters on",
        "# the two sides; where it is small, rivers hold the line. `share_within`: shares of length",
        f"# within {', '.join(f'{km:g}' for km in WITHIN_KM)} km.",
        "",
        f"median_km = {np.median(offset):.1f}",
        f"p90_km = {np.quantile(offset, HELD_SHARE):.1f}",
        f"near_correlation_km = {near[0]:.0f}",
        f"far_correlation_km = {far[0]:.0f}",
        f"near_sign_changes_every_km = {near[1]:.0f}",
        f"far_sign_changes_every_km = {far[1]:.0f}",
        "",
    ]
    for (low, shares), high in zip(share_classes(found), GAPS_KM[1:], strict=True):
        here = offset[(gap >= low) & (gap < high)]
        lines += [
            "[[gap]]",
            f"from_km = {low:g}",
            f"to_km = {high:g}",
            f"length_km = {here.size * STATION_KM:g}",
            f"median_km = {np.median(here):.1f}",
            f"p90_km = {np.quantile(here, HELD_SHARE):.1f}",
            f"share_within = [{', '.join(f'{share:.3f}' for share in shares)}]",
            "",
        ]
    lines += [
        "# The rule of DESIGN.md, w·√(L·min(L, λ)), tried on the area between border and edge over",
        "# every piece of length L; w of each border from its gaps and the other borders' offsets.",
        "",
    ]
    for length in STRETCHES_KM:
        lines += [
            "[[area]]",
            f"length_km = {length}",
            f"share_inside = {_share_inside(found, length, near[0], far[0]):.2f}",
            "",
        ]
    for one in found:
        lines += [
            "[[border]]",
            f'id = "{one.border.id}"',
            f"length_km = {one.length_km:g}",
            f"gap_median_km = {np.median(one.gap_km):.0f}",
            f"median_km = {np.median(one.offset_km):.1f}",
            f"p90_km = {np.quantile(one.offset_km, HELD_SHARE):.1f}",
            f"net_km2 = {one.error_km.sum() * BIN_KM:.0f}",
            f"net_km2_per_km = {one.error_km.mean():.1f}",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def check(checks: list[Check], geography: Geography) -> str:
    """Compare shipped lines with the borders beside them, as TOML."""
    shipped = read_watersheds()
    lines = [
        "# Written by `python -m builders.watersheds_measure --check`: do not edit.",
        "#",
        "# How far the lines of watersheds.parquet lie from modern borders that follow the same",
        "# divide. Rivers drawn by hand help here, some of them seen beside these borders: it shows",
        "# that nothing is grossly wrong, and is no measure of the doubt elsewhere.",
        "",
    ]
    for one in checks:
        first, second = (_land(ids, geography) for ids in one.sides)
        border = _common(first, second, one.box)
        flat = plane(shapely.get_coordinates(border))
        border_m = shapely.transform(shapely.segmentize(border, 0.01), flat)
        stations_m = np.arange(0, border_m.length, STATION_KM * M_PER_KM)
        line_m = shapely.transform(shipped[one.line].geometry, flat)
        away = shapely.distance(shapely.line_interpolate_point(border_m, stations_m), line_m)
        (west, south), (east, north) = border.coords[0], border.coords[-1]
        within = np.mean(away <= shipped[one.line].corridor_m)
        lines += [
            "[[check]]",
            f'line = "{one.line}"',
            f"sides = {[list(ids) for ids in one.sides]}".replace("'", '"'),
            f"ends = [[{west:.4f}, {south:.4f}], [{east:.4f}, {north:.4f}]]",
            f"length_km = {away.size * STATION_KM:g}",
            f"median_km = {np.median(away) / M_PER_KM:.1f}",
            f"p90_km = {np.quantile(away, HELD_SHARE) / M_PER_KM:.1f}",
            f"share_in_corridor = {within:.2f}",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _share_inside(found: list[Found], length: int, near_km: float, far_km: float) -> float:
    """Count the pieces of a length whose error of area the rule covers, as a share."""
    count = int(length / BIN_KM)
    inside = total = 0
    for one in found:
        if one.error_km.size < count:
            continue
        held = held_km(one.gap_km, share_classes([other for other in found if other is not one]))
        keeps = far_km if float(np.median(one.gap_km)) > FAR_GAP_KM else near_km
        area_km2 = np.abs(np.convolve(one.error_km, np.full(count, BIN_KM), mode="valid"))
        inside += int(np.count_nonzero(area_km2 <= held * (length * min(length, keeps)) ** 0.5))
        total += area_km2.size
    return inside / total


def _error_km(ground: Ground, drained: Bools, side: Bools, points: Points) -> Kilometres:
    """Sum the land on the wrong side by the bin of the border that it is nearest to."""
    flat = plane(points)
    wrong = np.flatnonzero((drained != side) & ground.land)
    away_m, at = cKDTree(flat(points)).query(flat(ground.window.centres(wrong)))
    ends = (at == 0) | (at == points.shape[0] - 1)
    near = (away_m <= FAR_KM * M_PER_KM) & ~ends
    cell_km2 = ground.window.cell_km2[wrong // ground.window.shape[1]]
    km2 = np.where(drained.flat[wrong], cell_km2, -cell_km2)
    bins = (at[near] * STATION_KM / BIN_KM).astype(np.int64)
    count = int(points.shape[0] * STATION_KM / BIN_KM)
    summed = np.bincount(np.clip(bins, 0, count - 1), weights=km2[near], minlength=count)
    return np.asarray(summed / BIN_KM)


def _land(ids: list[str], geography: Geography) -> shapely.Geometry:
    countries = [country.geometry for country in geography.countries() if country.id in ids]
    units = [geography.unit(i).geometry for i in ids if "-" in i]
    return shapely.union_all([*countries, *units])


def _common(first: shapely.Geometry, second: shapely.Geometry, box: Edges) -> shapely.LineString:
    shared = shapely.intersection(shapely.boundary(first), shapely.boundary(second))
    clipped = shapely.get_parts(shapely.clip_by_rect(shared, *box))
    lines = [part for part in clipped if part.geom_type == "LineString"]
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    return max(merged, key=shapely.length)


def _parts(land: shapely.Geometry, ground: Ground) -> list[shapely.Polygon]:
    clipped = shapely.get_parts(shapely.clip_by_rect(land, *ground.window.box.bounds))
    return [part for part in clipped if part.geom_type == "Polygon"]


if __name__ == "__main__":
    main()
