"""Where labels would stand: inside land, beside a point, along a river."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import shapely
import shapely.ops

from metes.show.labels import Seat, TextLine, Wish, box_of, line_height

GRID = 13
"""Places tried inside land, along each side of its bounding box."""
AWAY = (26.0, 44.0, 66.0, 92.0)
"""How far from its land, in pixels, a label may stand on a leader line."""
LEAST_INSIDE = 0.84
"""Share of its box that must lie on its land for a label to stand there without a leader line."""


def inside(wish: Wish, land: shapely.Geometry, leader_off: shapely.Geometry | None = None) -> Wish:
    """Seat a label inside land, near its middle.

    With `leader_off`, land that a label may stand beside it on a leader line, best clear of that land.
    """
    parts = sorted(
        (part for part in shapely.get_parts(land) if part.area), key=lambda part: -float(part.area)
    )[:4]
    seats: list[Seat] = []
    for rank, part in enumerate(parts):
        low_x, low_y, high_x, high_y = part.bounds
        if high_x - low_x < wish.width or high_y - low_y < wish.height:
            continue
        deep = shapely.maximum_inscribed_circle(part, tolerance=2.0)
        middle = shapely.get_coordinates(deep)[0]
        shapely.prepare(part)
        points = [(float(middle[0]), float(middle[1]))]
        points += [
            (float(x), float(y))
            for x in np.linspace(low_x, high_x, GRID + 2)[1:-1]
            for y in np.linspace(low_y, high_y, GRID + 2)[1:-1]
        ]
        size = math.sqrt(float(part.area))
        for x, y in points:
            seat = Seat(x, y)
            box = box_of(wish, seat)
            off = math.dist((x, y), middle) / size
            if part.contains(box):
                seats.append(replace(seat, cost=off * 2 + rank * 3))
            elif leader_off is not None:
                share = float(part.intersection(box).area / box.area)
                if share >= LEAST_INSIDE:
                    seats.append(replace(seat, cost=off * 2 + rank * 3 + 40 * (1 - share)))
    if leader_off is not None and parts:
        anchor = shapely.get_coordinates(shapely.maximum_inscribed_circle(parts[0], tolerance=1.0))[0]
        for seat in _around(wish, (float(anchor[0]), float(anchor[1]))):
            box = box_of(wish, seat)
            covered = float(leader_off.intersection(box).area / box.area)
            seats.append(replace(seat, cost=seat.cost + 25 * covered))
    return replace(wish, seats=tuple(seats))


def _around(wish: Wish, anchor: tuple[float, float]) -> list[Seat]:
    seats = []
    for ring, away in enumerate(AWAY):
        for step in range(16):
            angle = math.tau * step / 16
            dx, dy = math.cos(angle), math.sin(angle)
            # The box starts where the leader ends, so its middle lies half its size further out.
            x = anchor[0] + dx * (away + wish.width / 2)
            y = anchor[1] + dy * (away + wish.height / 2)
            tip = shapely.LineString([(x, y), anchor]).difference(box_of(wish, Seat(x, y), 1.0))
            if tip.is_empty:
                continue
            seats.append(Seat(x, y, toward=anchor, cost=20.0 + 6.0 * ring + (0.1 * step)))
    return seats


def beside(wish: Wish, x: float, y: float, gap: float = 4.0) -> Wish:
    """Seat a label beside its point: right first, then left, above, below and the corners."""
    w, h = wish.width / 2, wish.height / 2
    # The first line stands level with the sign, as a reader expects the name there.
    first = line_height(wish.lines[0]) / 2
    level = y + h - first
    options = (
        (x + gap + w, level, "start", 0.0),
        (x - gap - w, level, "end", 1.0),
        (x + gap + w, y - h + first, "start", 1.2),
        (x - gap - w, y - h + first, "end", 1.6),
        (x + gap * 0.7 + w, y - gap * 0.7 - h, "start", 1.4),
        (x + gap * 0.7 + w, y + gap * 0.7 + h, "start", 1.5),
        (x, y - gap - h, "middle", 1.7),
        (x, y + gap + h, "middle", 1.8),
        (x - gap * 0.7 - w, y - gap * 0.7 - h, "end", 2.2),
        (x - gap * 0.7 - w, y + gap * 0.7 + h, "end", 2.3),
    )
    return replace(wish, seats=tuple(Seat(a, b, align=c, cost=d) for a, b, c, d in options))


def over(wish: Wish, x: float, y: float, reach: float) -> Wish:
    """Seat a label of a region or sea over its point, or up to `reach` pixels off."""
    offsets = (0.0, -0.5, 0.5, -1.0, 1.0)
    seats = [
        Seat(x + dx * reach, y + dy * reach, cost=2 * math.hypot(dx, dy)) for dx in offsets for dy in offsets
    ]
    return replace(wish, seats=tuple(seats))


def along(wish: Wish, course: shapely.Geometry) -> Wish:
    """Seat a label along the straightest stretches of a line, on either side of it."""
    seats: list[Seat] = []
    for part in shapely.get_parts(shapely.line_merge(course)):
        length = float(part.length)
        if length < wish.width * 1.15:
            continue
        step = max(wish.width / 3, 6.0)
        for start in np.arange(0.0, length - wish.width, step):
            stretch = shapely.ops.substring(part, start, start + wish.width)
            seats += _on_stretch(wish, stretch, abs((start + wish.width / 2) / length - 0.5))
    return replace(wish, seats=tuple(seats))


def _on_stretch(wish: Wish, stretch: shapely.Geometry, off_middle: float) -> list[Seat]:
    coords = shapely.get_coordinates(stretch)
    (x0, y0), (x1, y1) = coords[0].tolist(), coords[-1].tolist()
    chord = math.hypot(x1 - x0, y1 - y0)
    if chord < 0.86 * wish.width:
        return []
    if x1 < x0:
        x0, y0, x1, y1 = x1, y1, x0, y0
    turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
    nx, ny = -(y1 - y0) / chord, (x1 - x0) / chord
    side = (coords[:, 0] - x0) * nx + (coords[:, 1] - y0) * ny
    above, below = float(side.min()), float(side.max())
    seats = []
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    steep = abs(turn) / 90
    for edge, sign in ((above, -1.0), (below, 1.0)):
        reach = edge + sign * (wish.height / 2 + 0.8)
        bend = (below - above) / wish.height
        cost = 1.5 * bend + steep + off_middle + (0.3 if sign > 0 else 0.0)
        if bend < 1.4:
            seats.append(Seat(middle_x + nx * reach, middle_y + ny * reach, turn, cost=cost))
    return seats


def lines_of(*lines: TextLine | None) -> tuple[TextLine, ...]:
    """Drop the lines that are not there."""
    return tuple(line for line in lines if line is not None and line.text)
