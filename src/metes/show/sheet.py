"""The paper: its width, margins and text size; and the frame that the map itself fills."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Coords = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

MARGIN_SHARE = 0.05
"""Room around the subject, as a share of its longer side."""
LEAST_M = 60_000.0
"""A frame is never narrower: the base geography shows nothing closer."""


@dataclass(frozen=True)
class Sheet:
    """A format: width in pixels, text size, and the most upright and flattest frame it takes.

    `width_mm` is the printed width, if the sheet is for print.
    """

    id: str
    width: float
    text: float
    left: float
    right: float
    flattest: float
    tallest: float
    width_mm: float | None = None


SCREEN = Sheet("screen", 960, 12, 34, 16, 2.0, 0.95)
A4 = Sheet("a4", 1040, 12, 34, 16, 1.9, 1.25, 277)
PHONE = Sheet("phone", 390, 11, 12, 12, 1.35, 0.8)
SHEETS = {sheet.id: sheet for sheet in (SCREEN, A4, PHONE)}


@dataclass(frozen=True)
class Frame:
    """The map's window: what of the projected plane it shows (metres), and where on the sheet (pixels)."""

    plane_m: Box
    left: float
    top: float
    width: float
    height: float

    @property
    def px_per_m(self) -> float:
        """Scale."""
        return self.width / (self.plane_m[2] - self.plane_m[0])

    @property
    def box(self) -> Box:
        """The frame on the sheet: left, top, right, bottom."""
        return (self.left, self.top, self.left + self.width, self.top + self.height)

    def point(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Give a point of the plane in pixels."""
        return (
            self.left + (x_m - self.plane_m[0]) * self.px_per_m,
            self.top + (self.plane_m[3] - y_m) * self.px_per_m,
        )

    def place(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Turn metres into pixels, y down."""
        return shapely.transform(geometry, self._to_px)

    def _to_px(self, coords: Coords) -> Coords:
        x = self.left + (coords[:, 0] - self.plane_m[0]) * self.px_per_m
        y = self.top + (self.plane_m[3] - coords[:, 1]) * self.px_per_m
        return np.column_stack((x, y))


def frame_around(bounds_m: Box, sheet: Sheet, top: float) -> Frame:
    """Lay the frame round the subject's bounds, within the shapes that the sheet takes."""
    x0, y0, x1, y1 = bounds_m
    margin = max(x1 - x0, y1 - y0) * MARGIN_SHARE
    width = max(x1 - x0 + 2 * margin, LEAST_M)
    height = max(y1 - y0 + 2 * margin, LEAST_M / sheet.flattest)
    ratio = min(max(width / height, sheet.tallest), sheet.flattest)
    width, height = max(width, height * ratio), max(height, width / ratio)
    mid_x, mid_y = (x0 + x1) / 2, (y0 + y1) / 2
    inner = sheet.width - sheet.left - sheet.right
    plane = (mid_x - width / 2, mid_y - height / 2, mid_x + width / 2, mid_y + height / 2)
    return Frame(plane, sheet.left, top, inner, round(inner * height / width, 1))
