"""Writing SVG: escaped, with fixed decimals, the same bytes for the same picture."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import shapely

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}

TENTH = 10.0
"""Coordinates are written in tenths of a pixel."""


def escape(text: str) -> str:
    """Make a text safe as content or attribute; characters that XML forbids become U+FFFD."""
    return "".join(_ESCAPES.get(sign, sign) for sign in _FORBIDDEN.sub("\ufffd", text))


def number(value: float) -> str:
    """Write a number with at most two decimals and no needless sign or zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(name: str, content: str | Iterable[str] = "", /, **attributes: str | float | None) -> str:
    """Write an element. `class_` stands for class, other underscores for hyphens; None is left out.

    `content` is markup: escape texts before.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        text = value if isinstance(value, str) else number(value)
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(text)}"')
    inside = content if isinstance(content, str) else "".join(content)
    head = " ".join(parts)
    return f"<{head}>{inside}</{name}>" if inside else f"<{head}/>"


def path_data(geometry: shapely.Geometry) -> str:
    """Write lines or polygons (in pixels, y down) as path data, in relative steps of a tenth."""
    rings: list[tuple[npt.NDArray[np.float64], bool, bool]] = []
    for part in shapely.get_parts(geometry):
        if isinstance(part, shapely.Polygon):
            rings.append((shapely.get_coordinates(part.exterior), True, True))
            rings.extend((shapely.get_coordinates(hole), True, True) for hole in part.interiors)
        elif isinstance(part, shapely.LineString):
            rings.append((shapely.get_coordinates(part), part.is_closed, False))
        else:
            deeper = path_data(part) if isinstance(part, shapely.GeometryCollection) else ""
            if deeper:
                raise TypeError("nested collections are not drawn: take them apart first")
    return "".join(_ring(*ring) for ring in rings)


def _ring(coords: npt.NDArray[np.float64], closed: bool, area: bool) -> str:
    tenths = np.rint(coords * TENTH).astype(np.int64)
    steps = np.diff(tenths, axis=0)
    moved = steps[np.any(steps != 0, axis=1)]
    if area and len(moved) < 3:
        return ""
    if closed:
        moved = moved[:-1]
    if not len(moved):
        return ""
    head = f"M{_tenth(int(tenths[0, 0]))},{_tenth(int(tenths[0, 1]))}l"
    body = " ".join(f"{_tenth(x)},{_tenth(y)}" for x, y in moved.tolist())
    return head + body + ("z" if closed else "")


def _tenth(value: int) -> str:
    sign = "-" if value < 0 else ""
    whole, tenth = divmod(abs(value), 10)
    return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"
