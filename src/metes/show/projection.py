"""An equal-area projection fitted to what is to be shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from metes.errors import BadInput

LONGEST_EDGE_DEG = 0.25
"""Edges are filled to this length before projecting, so that parallels bend as they should.

A chord of 0.25° strays from a parallel at 50° by 30 m on the ground.
"""
CONE_FROM_DEG, CONE_TO_DEG = 15.0, 66.0
"""Middle latitudes for which a cone fits better than a plane (Snyder, USGS Prof. Paper 1395, p. 35)."""
CONE_WIDEST_DEG = 170.0
TURN_DEG = 360.0

Coords = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Projection:
    """A projection to metres: its PROJ definition and central meridian.

    Longitudes are turned to within half a turn of `lon_0_deg` before projecting, so that land on
    both sides of the antimeridian comes out in one piece; only the meridian opposite is a cut.
    """

    definition: str
    lon_0_deg: float

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_crs("OGC:CRS84", self.definition, always_xy=True)

    def unwrap(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Turn longitudes to [lon_0 − 180, lon_0 + 180] and join what the antimeridian had cut."""
        west, east = self.lon_0_deg - TURN_DEG / 2, self.lon_0_deg + TURN_DEG / 2
        low, _, high, _ = geometry.bounds
        if geometry.is_empty or (low >= west and high <= east):
            return geometry
        pieces = []
        for turn in (-TURN_DEG, 0.0, TURN_DEG):
            moved = _shifted(geometry, turn)
            piece = clip(moved, (west, -90.0, east, 90.0))
            if not piece.is_empty:
                pieces.append(piece)
        joined = shapely.union_all(pieces)
        return shapely.line_merge(joined) if geometry.geom_type.endswith("LineString") else joined

    def forward(
        self, geometry: shapely.Geometry, window: tuple[float, float, float, float] | None = None
    ) -> shapely.Geometry:
        """Project longitude and latitude to metres; `window` (unwrapped degrees) cuts before projecting."""
        turned = self.unwrap(geometry)
        if window is not None:
            turned = clip(turned, window)
        if turned.is_empty:
            return turned
        return shapely.transform(shapely.segmentize(turned, LONGEST_EDGE_DEG), self._project)

    def point(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Project one point to metres."""
        west = self.lon_0_deg - TURN_DEG / 2
        x, y = self._transformer.transform((lon_deg - west) % TURN_DEG + west, lat_deg)
        return float(x), float(y)

    def backward(self, x_m: Coords, y_m: Coords) -> tuple[Coords, Coords]:
        """Give unwrapped longitudes and latitudes; infinite where the plane has no counterpart."""
        lon, lat = self._transformer.transform(x_m, y_m, direction="INVERSE")
        west = self.lon_0_deg - TURN_DEG / 2
        turned = np.where(np.isfinite(lon), (lon - west) % TURN_DEG + west, lon)
        return turned, lat

    def window(self, frame_m: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Give a box of unwrapped degrees that holds all that a frame in metres shows."""
        x = np.linspace(frame_m[0], frame_m[2], 61)
        y = np.linspace(frame_m[1], frame_m[3], 61)
        grid_x, grid_y = np.meshgrid(x, y)
        lon, lat = self.backward(grid_x.ravel(), grid_y.ravel())
        seen = np.isfinite(lon) & np.isfinite(lat)
        lon, lat = lon[seen], lat[seen]
        west, east = self.lon_0_deg - TURN_DEG / 2, self.lon_0_deg + TURN_DEG / 2
        margin_deg = 1.0
        box = (
            max(west, float(lon.min()) - margin_deg),
            max(-90.0, float(lat.min()) - margin_deg),
            min(east, float(lon.max()) + margin_deg),
            min(90.0, float(lat.max()) + margin_deg),
        )
        for pole in (-90.0, 90.0):
            px, py = self.point(self.lon_0_deg, pole)
            if frame_m[0] <= px <= frame_m[2] and frame_m[1] <= py <= frame_m[3]:
                box = (west, min(box[1], pole), east, max(box[3], pole))
        return box

    def _project(self, coords: Coords) -> Coords:
        x, y = self._transformer.transform(coords[:, 0], coords[:, 1])
        return np.column_stack((x, y))


def fit(geometries: Sequence[shapely.Geometry]) -> Projection:
    """Choose a projection for the geometries together.

    Albers with parallels a sixth from the edges (Kavrayskiy's rule; Snyder 1987, p. 99) for middle
    latitudes, else Lambert's azimuthal about the middle. Raises BadInput where there is nothing to show.
    """
    coords = shapely.get_coordinates(list(geometries))
    if len(coords) == 0:
        raise BadInput(
            "there is no land and no line here that could be drawn: ask about another span or record"
        )
    west, width = narrowest_arc(coords[:, 0])
    south, north = float(coords[:, 1].min()), float(coords[:, 1].max())
    lon_0 = _tidy((west + width / 2 + TURN_DEG / 2) % TURN_DEG - TURN_DEG / 2)
    lat_0 = _tidy((south + north) / 2)
    cone = CONE_FROM_DEG <= abs(lat_0) <= CONE_TO_DEG and south * north > 0 and width < CONE_WIDEST_DEG
    if not cone:
        return Projection(f"+proj=laea +lat_0={lat_0} +lon_0={lon_0} +datum=WGS84 +units=m", lon_0)
    sixth = max((north - south) / 6, 0.1)
    lat_1, lat_2 = _tidy(south + sixth), _tidy(max(north - sixth, south + sixth + 0.2))
    return Projection(
        f"+proj=aea +lat_1={lat_1} +lat_2={lat_2} +lat_0={lat_0} +lon_0={lon_0} +datum=WGS84 +units=m",
        lon_0,
    )


def narrowest_arc(lons_deg: Coords) -> tuple[float, float]:
    """Give western end and width of the narrowest arc of longitude that holds all values."""
    turned = np.unique(np.asarray(lons_deg) % TURN_DEG)
    gaps = np.diff(np.append(turned, turned[0] + TURN_DEG))
    widest = int(np.argmax(gaps))
    west = float(turned[(widest + 1) % len(turned)])
    return (west + TURN_DEG / 2) % TURN_DEG - TURN_DEG / 2, TURN_DEG - float(gaps[widest])


def clip(geometry: shapely.Geometry, box: tuple[float, float, float, float]) -> shapely.Geometry:
    """Cut to a rectangle; what comes out is valid and of the same dimension."""
    low_x, low_y, high_x, high_y = geometry.bounds if not geometry.is_empty else (math.inf,) * 4
    if low_x >= box[0] and low_y >= box[1] and high_x <= box[2] and high_y <= box[3]:
        return geometry
    cut = shapely.clip_by_rect(geometry, *box)
    if not cut.is_valid:
        cut = shapely.intersection(shapely.make_valid(geometry), shapely.box(*box))
    return of_dimension(cut, shapely.get_dimensions(geometry))


def of_dimension(geometry: shapely.Geometry, dimension: int) -> shapely.Geometry:
    """Keep only the parts of one dimension (1 lines, 2 polygons)."""
    if geometry.geom_type != "GeometryCollection":
        return geometry if shapely.get_dimensions(geometry) == dimension else shapely.MultiPolygon()
    parts = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == dimension]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def _shifted(geometry: shapely.Geometry, turn_deg: float) -> shapely.Geometry:
    return (
        shapely.transform(geometry, lambda coords: coords + np.array((turn_deg, 0.0)))
        if turn_deg
        else geometry
    )


def _tidy(value_deg: float) -> float:
    return round(value_deg, 2) + 0.0
