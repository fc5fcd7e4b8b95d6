"""A rectangle of the source grid, cut finer, and what of a map lies in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Points = npt.NDArray[np.float64]

SOURCE_STEP_DEG = 0.1
"""Spacing of the source grid: 6 minutes, which is 11 km of latitude."""

KM_PER_DEG = 111.2
"""Of latitude, near enough for weights and costs."""


@dataclass(frozen=True)
class Window:
    """A rectangle of whole tenths of a degree, cut into `per_source` cells a source cell.

    Cells are centred on nodes; row 0 is the northern edge, column 0 the western.
    """

    west: float
    south: float
    east: float
    north: float
    per_source: int

    @property
    def step_deg(self) -> float:
        """Give the side of a cell, in degrees."""
        return SOURCE_STEP_DEG / self.per_source

    @property
    def shape(self) -> tuple[int, int]:
        """Give rows and columns."""
        rows = round((self.north - self.south) / self.step_deg) + 1
        return rows, round((self.east - self.west) / self.step_deg) + 1

    @property
    def inner(self) -> shapely.Polygon:
        """Give the rectangle."""
        return shapely.box(self.west, self.south, self.east, self.north)

    @property
    def lat_deg(self) -> npt.NDArray[np.float64]:
        """Give the latitude of each row."""
        return np.asarray(self.north - np.arange(self.shape[0]) * self.step_deg, dtype=np.float64)

    @property
    def cell_km2(self) -> npt.NDArray[np.float64]:
        """Give the area of a cell of each row, on a sphere: to weigh errors, not for answers."""
        side_km = self.step_deg * KM_PER_DEG
        return np.asarray(side_km**2 * np.cos(np.radians(self.lat_deg)))

    @property
    def box(self) -> shapely.Polygon:
        """Give the rectangle, a degree wider, to choose what lies inside."""
        return shapely.box(self.west - 1, self.south - 1, self.east + 1, self.north + 1)

    def cells(self, line: shapely.Geometry) -> Ints:
        """List the flat indices of the cells that a line runs through, in its order."""
        found: list[Ints] = []
        rows, columns = self.shape
        for part in shapely.get_parts(line):
            filled = shapely.segmentize(part, self.step_deg / 4)
            row, column = self.row_column(shapely.get_coordinates(filled))
            inside = (row >= 0) & (column >= 0) & (row < rows) & (column < columns)
            flat = row[inside] * columns + column[inside]
            if flat.size:
                found.append(flat[np.r_[True, flat[1:] != flat[:-1]]])
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def row_column(self, points: Points) -> tuple[Ints, Ints]:
        """Give the row and column that points in degrees lie in, inside the window or not."""
        column = np.rint((points[:, 0] - self.west) / self.step_deg).astype(np.int64)
        row = np.rint((self.north - points[:, 1]) / self.step_deg).astype(np.int64)
        return row, column

    def covered(self, polygons: Sequence[shapely.Geometry]) -> Bools:
        """Tell which cells have their centre in one of the polygons."""
        rows, columns = self.shape
        mask = np.zeros(self.shape, dtype=np.bool_)
        for polygon in polygons:
            west, south, east, north = shapely.bounds(polygon)
            top = max(int((self.north - north) / self.step_deg), 0)
            bottom = min(int((self.north - south) / self.step_deg) + 2, rows)
            left = max(int((west - self.west) / self.step_deg), 0)
            right = min(int((east - self.west) / self.step_deg) + 2, columns)
            if top >= bottom or left >= right:
                continue
            lon_deg = self.west + np.arange(left, right) * self.step_deg
            lat_deg = self.north - np.arange(top, bottom) * self.step_deg
            shapely.prepare(polygon)
            mask[top:bottom, left:right] |= shapely.contains_xy(polygon, *np.meshgrid(lon_deg, lat_deg))
        return mask

    def centres(self, cells: Ints) -> Points:
        """Give the centres of cells, in degrees."""
        row, column = np.divmod(cells, self.shape[1])
        return np.column_stack((self.west + column * self.step_deg, self.north - row * self.step_deg))

    def lonlat(self, corners: Points) -> Points:
        """Turn (column, row) of cell corners, 0 at the window's edge, into degrees."""
        half = self.step_deg / 2
        return np.column_stack(
            (
                self.west - half + corners[:, 0] * self.step_deg,
                self.north + half - corners[:, 1] * self.step_deg,
            )
        )
