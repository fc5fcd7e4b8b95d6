"""How far a watershed may lie from the true one, from what was measured elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from scipy.spatial import cKDTree

from builders.watersheds_window import Bools, Ints, Points, Window
from metes.base.area import M_PER_KM

HELD_SHARE = 0.9
"""Of a line's length, what its corridor holds: DESIGN.md, Interval of an area."""

WITHIN_KM = (0.0, 2.5, 5.0, 7.5, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 70.0, 100.0)
"""Offsets at which the measured share of length is written down."""

FAR_GAP_KM = 200.0
"""Median gap beyond which a line counts as not held by rivers."""

Kilometres = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GapClass:
    """Measured offsets where the known waters on the two sides stand this far apart.

    `from_km` to `to_km` is the sum of the distances to the nearest on either side;
    `share_within` are shares of `length_km` within each of WITHIN_KM.
    """

    from_km: float
    to_km: float
    length_km: float
    median_km: float
    p90_km: float
    share_within: list[float]


@dataclass(frozen=True)
class Measured:
    """What watersheds-measured.toml tells the builder.

    An error keeps its sign over `near_correlation_km` where rivers hold the line, and over
    `far_correlation_km` where half of the gaps exceed FAR_GAP_KM.
    """

    near_correlation_km: float
    far_correlation_km: float
    gap: list[GapClass]

    def correlation_km(self, gaps_km: Kilometres) -> float:
        """Say how far an error keeps its sign along a line with such gaps, in km."""
        far = float(np.median(gaps_km)) > FAR_GAP_KM
        return self.far_correlation_km if far else self.near_correlation_km

    def corridor_m(self, gaps_km: Kilometres) -> float:
        """Give the half corridor that holds HELD_SHARE of a line with such gaps, in metres.

        Each class of gaps brings its measured offsets, in proportion to its share of the
        line; rounded to whole kilometres.
        """
        held = held_km(gaps_km, [(known.from_km, known.share_within) for known in self.gap])
        return round(held) * M_PER_KM


def held_km(gaps_km: Kilometres, classes: list[tuple[float, list[float]]]) -> float:
    """Give the offset within which HELD_SHARE of a line with such gaps is expected, in km.

    `classes` are lower ends of gaps, ascending from 0, each with its shares within WITHIN_KM.
    """
    lower, shares = np.array([low for low, _ in classes]), np.array([own for _, own in classes])
    which = np.searchsorted(lower, gaps_km, side="right") - 1
    return float(np.interp(HELD_SHARE, shares[which].mean(axis=0), WITHIN_KM))


def read_measured(path: Path) -> Measured:
    """Read the measurements, leaving what only readers need."""
    return msgspec.toml.decode(path.read_bytes(), type=Measured)


def gaps_km(points: Points, known: Ints, basin: Bools, window: Window) -> Kilometres:
    """Measure how far apart the known waters stand at points of a divide, in km.

    `points` are in degrees; `known` are cells whose side is known, and `basin` says which.
    """
    flat = plane(points)
    inside = basin.flat[known]
    away_m = [cKDTree(flat(window.centres(known[side]))).query(flat(points))[0] for side in (inside, ~inside)]
    return np.asarray((away_m[0] + away_m[1]) / M_PER_KM)


def plane(points: Points) -> Callable[[Points], Points]:
    """Give a projection from degrees to metres about the middle of some points.

    Azimuthal equidistant: 2,000 km from the middle, lengths across are 2 % too long.
    """
    lon_deg, lat_deg = (points.min(axis=0) + points.max(axis=0)) / 2
    transformer = Transformer.from_crs(
        "OGC:CRS84",
        f"+proj=aeqd +lat_0={lat_deg} +lon_0={lon_deg} +ellps=WGS84",
        always_xy=True,
    )
    return lambda some: np.column_stack(transformer.transform(some[:, 0], some[:, 1]))
