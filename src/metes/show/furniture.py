"""What stands around the land: graticule, scale bar."""

from __future__ import annotations

import math

import numpy as np
import shapely

from metes.show.labels import Board
from metes.show.projection import Projection
from metes.show.sheet import Frame, Sheet
from metes.show.svg import element, escape, path_data
from metes.show.tones import INK
from metes.show.typeface import Typeface

STEPS_DEG = (0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0)
NICE = (1, 2, 5)
SMALL = 0.72
"""Size of degree figures against the sheet's text."""


def graticule(projection: Projection, frame: Frame, sheet: Sheet, typeface: Typeface) -> tuple[str, str]:
    """Draw meridians and parallels, and their degrees where they meet the frame: (lines, figures)."""
    window = projection.window(frame.plane_m)
    step = _step(window, frame)
    lines: list[shapely.Geometry] = []
    figures: list[str] = []
    size = sheet.text * SMALL
    frame_box = shapely.box(*frame.box)
    taken: list[tuple[float, float, str]] = []
    for lon in _ticks(window[0], window[2], step):
        course = [(lon, lat) for lat in np.arange(max(window[1], -89.9), min(window[3], 89.9) + 0.5, 0.5)]
        line = _laid(course, projection, frame, frame_box)
        lines.append(line)
        text = _degrees(lon, "E", "W")
        for x, y in _ends(line):
            if abs(y - frame.box[3]) < 0.5:
                half = typeface.width(text, size) / 2
                if all(side != "s" or abs(x - other) > 2 * half + 6 for other, _, side in taken):
                    taken.append((x, y, "s"))
                    figures.append(_figure(text, x, y + size + 2, size, "middle"))
    for lat in _ticks(window[1], window[3], step):
        course = [(lon, lat) for lon in np.arange(window[0], window[2] + 0.5, 0.5)]
        line = _laid(course, projection, frame, frame_box)
        lines.append(line)
        if sheet.left < 24:
            continue
        for x, y in _ends(line):
            if abs(x - frame.box[0]) < 0.5:
                figures.append(_figure(_degrees(lat, "N", "S"), x - 4, y + size * 0.36, size, "end"))
    path = path_data(shapely.MultiLineString([p for one in lines for p in shapely.get_parts(one)]))
    drawn = element("path", d=path, fill="none", stroke="#5b6b73", stroke_opacity=0.32, stroke_width=0.5)
    return drawn, "".join(figures)


def scale_bar(frame: Frame, sheet: Sheet, board: Board, busy: shapely.Geometry, words_km: str) -> str:
    """Draw a bar of a round length in the corner that the subject leaves freest, and keep it free."""
    aim_km = frame.width * 0.2 / frame.px_per_m / 1000
    power = 10 ** math.floor(math.log10(aim_km))
    km = max(nice * power for nice in NICE if nice * power <= aim_km)
    length = km * 1000 * frame.px_per_m
    size = sheet.text * 0.8
    pad, height = 8.0, size + 12.0
    left, top, right, bottom = frame.box
    corners = [
        (left + 10, bottom - 8 - height),
        (right - 10 - length - 2 * pad, bottom - 8 - height),
        (left + 10, top + 8),
        (right - 10 - length - 2 * pad, top + 8),
    ]

    def cover(corner: tuple[float, float]) -> float:
        ground = shapely.box(corner[0], corner[1], corner[0] + length + 2 * pad, corner[1] + height)
        return float(ground.intersection(busy).area)

    x, y = min(corners, key=cover)
    board.block(shapely.box(x, y, x + length + 2 * pad, y + height))
    x0, base = x + pad, y + height - 4
    half = length / 2
    bar = element("path", d=_bar(x0, base, half), fill=INK)
    rim = element(
        "rect", x=x0, y=base - 3.5, width=length, height=3.5, fill="none", stroke=INK, stroke_width=0.7
    )
    text = f"{km:,.0f} {words_km}".replace(",", "\u2009")
    label = element(
        "text",
        escape(text),
        x=x0 + half,
        y=base - 7,
        font_size=size,
        text_anchor="middle",
        fill=INK,
        class_="halo",
    )
    return element("g", rim + bar + label)


def _bar(x: float, base: float, half: float) -> str:
    return f"M{x:.1f},{base:.1f}h{half:.1f}v-3.5h-{half:.1f}z"


def _step(window: tuple[float, float, float, float], frame: Frame) -> float:
    span = min(window[3] - window[1], window[2] - window[0])
    wanted = 4 if frame.width < 500 else 6
    return next((step for step in STEPS_DEG if span / step <= wanted), STEPS_DEG[-1])


def _ticks(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def _laid(
    course: list[tuple[float, float]], projection: Projection, frame: Frame, box: shapely.Polygon
) -> shapely.Geometry:
    points = [frame.point(*projection.point(lon, lat)) for lon, lat in course]
    seen = [point for point in points if math.isfinite(point[0]) and math.isfinite(point[1])]
    if len(seen) < 2:
        return shapely.MultiLineString()
    met = shapely.intersection(shapely.simplify(shapely.LineString(seen), 0.05), box)
    return shapely.MultiLineString([part for part in shapely.get_parts(met) if part.length])


def _ends(line: shapely.Geometry) -> list[tuple[float, float]]:
    ends = []
    for part in shapely.get_parts(line):
        if part.geom_type == "LineString" and not part.is_empty:
            coords = shapely.get_coordinates(part).tolist()
            ends += [tuple(coords[0]), tuple(coords[-1])]
    return ends


def _figure(text: str, x: float, y: float, size: float, anchor: str) -> str:
    return element("text", escape(text), x=x, y=y, font_size=size, text_anchor=anchor, fill="#5a6a72")


def _degrees(value: float, positive: str, negative: str) -> str:
    turned = (value + 180) % 360 - 180 if positive == "E" else value
    if positive == "E" and abs(turned) == 180:
        return "180°"
    side = "" if turned == 0 else positive if turned > 0 else negative
    return f"{abs(turned):g}°{side}"
