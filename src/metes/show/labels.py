"""Labels that do not overlap: each wish has places it would take, the most important choose first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import shapely

from metes.show.typeface import Style

CLEARANCE_PX = 1.2
"""Room that is kept free around every label."""
HAIR_PX = 0.5


@dataclass(frozen=True)
class TextLine:
    """One line of a label as it is set."""

    text: str
    size: float
    width: float
    style: Style = "regular"
    fill: str = "#1a1a1a"
    spacing: float = 0.0


@dataclass(frozen=True)
class Seat:
    """A place for a label: the middle of its box, its turn, the alignment of its lines, and its cost.

    `toward` is the point that a leader line runs to, if the label stands away from what it names.
    """

    x: float
    y: float
    turn_deg: float = 0.0
    align: str = "middle"
    cost: float = 0.0
    toward: tuple[float, float] | None = None


@dataclass(frozen=True)
class Wish:
    """A label to be placed: lines of text, and where it would stand. Lower `order` chooses first.

    `dot` is the point sign that belongs to it: drawn only with it, and kept free of other labels.
    """

    id: str
    lines: tuple[TextLine, ...]
    seats: tuple[Seat, ...]
    order: tuple[float, str]
    dot: tuple[float, float] | None = None
    halo: float = 2.4

    @property
    def width(self) -> float:
        """Width of the widest line."""
        return max(line.width for line in self.lines)

    @property
    def height(self) -> float:
        """Height of all lines."""
        return sum(line_height(line) for line in self.lines)


@dataclass(frozen=True)
class Placed:
    """A label with the seat it got and the ground it covers."""

    wish: Wish
    seat: Seat
    box: shapely.Polygon


def line_height(line: TextLine) -> float:
    """Give the height that a line of text takes."""
    return line.size * 1.18


def box_of(wish: Wish, seat: Seat, grow: float = 0.0) -> shapely.Polygon:
    """Give the ground that a label covers in a seat, grown on every side."""
    half_w, half_h = wish.width / 2 + grow, wish.height / 2 + grow
    cos, sin = math.cos(math.radians(seat.turn_deg)), math.sin(math.radians(seat.turn_deg))
    corners = [
        (seat.x + x * cos - y * sin, seat.y + x * sin + y * cos)
        for x, y in ((-half_w, -half_h), (half_w, -half_h), (half_w, half_h), (-half_w, half_h))
    ]
    return shapely.Polygon(corners)


@dataclass
class Board:
    """The sheet as far as it is taken: a frame, labels placed, signs and lines to keep clear of."""

    frame: shapely.Polygon
    crossing: shapely.STRtree
    _taken: list[shapely.Geometry] = field(default_factory=list)

    def block(self, geometry: shapely.Geometry) -> None:
        """Keep ground free of labels."""
        self._taken.append(geometry)

    def place(self, wishes: Iterable[Wish]) -> tuple[list[Placed], list[Wish]]:
        """Seat each wish at its cheapest free place, in order; return those seated and those not."""
        placed: list[Placed] = []
        left: list[Wish] = []
        for wish in sorted(wishes, key=lambda one: one.order):
            seat = self._choose(wish)
            if seat is None:
                left.append(wish)
                continue
            box = box_of(wish, seat)
            placed.append(Placed(wish, seat, box))
            self._taken.append(box_of(wish, seat, CLEARANCE_PX))
            if wish.dot is not None:
                self._taken.append(shapely.Point(wish.dot).buffer(2.6))
            if seat.toward is not None:
                self._taken.append(shapely.LineString([(seat.x, seat.y), seat.toward]).buffer(HAIR_PX))
        return placed, left

    def _choose(self, wish: Wish) -> Seat | None:
        if wish.dot is not None:
            sign = shapely.Point(wish.dot).buffer(2.0)
            if not self.frame.contains(sign) or any(sign.intersects(one) for one in self._taken):
                return None
        best: tuple[float, int] | None = None
        for number, seat in enumerate(wish.seats):
            if best is not None and seat.cost >= best[0]:
                continue
            box = box_of(wish, seat)
            if not self.frame.contains(box) or any(box.intersects(one) for one in self._taken):
                continue
            if seat.toward is not None:
                leader = shapely.LineString([(seat.x, seat.y), seat.toward])
                if any(leader.intersects(one) for one in self._taken):
                    continue
            cost = seat.cost + self._crossed(box)
            if best is None or cost < best[0]:
                best = (cost, number)
        return None if best is None else wish.seats[best[1]]

    def _crossed(self, box: shapely.Polygon) -> float:
        """Cost of the lines that a label would cover: their length against its width."""
        hits: Sequence[int] = self.crossing.query(box, predicate="intersects").tolist()
        lines = self.crossing.geometries
        covered = sum(float(lines[hit].intersection(box).length) for hit in sorted(hits))
        return 2.0 * covered / math.sqrt(float(box.area))
