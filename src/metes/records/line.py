"""A line as an instrument describes it: turning points and legs."""

from __future__ import annotations

from typing import Literal

from metes.records.common import Decision, LonLat, Name, Record, WayPoint

Follow = Literal[
    "river",
    "watershed",
    "coast",
    "lake-shore",
    "straight",
    "parallel",
    "meridian",
    "line",
    "modern",
    "points",
]


class Leg(Record, frozen=True, kw_only=True, rename={"start": "from"}):
    """One call of a description: from, follow, to.

    `from` and `to` name turning points of the line. What is followed:

    - `river`: `feature` names the pieces of the river network that may be walked;
    - `watershed`: `feature` is the id of a crest in the base geography;
    - `modern`: `between` names two countries or units whose shared border is walked;
    - `line`: `feature` is the id of another line, walked between the two points;
    - `coast`, `lake-shore`: `feature` is the country or the lake, `via` tells which way round;
    - `straight`: the geodesic; `parallel`, `meridian`: along it;
    - `points`: digitised by hand through `through`, a `guess` unless a source gives the coordinates.

    `doubt` is the id of the doubt that this leg has; `article` and `source` say where it stands.
    """

    start: str
    follow: Follow
    to: str
    feature: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    via: tuple[LonLat, ...] = ()
    through: tuple[LonLat, ...] = ()
    bank: Literal["thalweg", "median", "left", "right"] | None = None
    doubt: str
    article: str | None = None
    source: str
    guess: bool = False
    comment: str | None = None


class Line(Record, frozen=True, kw_only=True):
    """A described line: whose words, since when, and its legs in order.

    `since` is the day from which it counts as the boundary; the legs must join end to end.
    `join_km` is the largest gap between two legs that a short straight piece may close.
    """

    id: str
    names: tuple[Name, ...]
    instrument: str
    since: str
    summary: str
    join_km: float = 1.0
    points: dict[str, WayPoint]
    legs: tuple[Leg, ...]
    decisions: tuple[Decision, ...] = ()
    unknown: tuple[str, ...] = ()
    comment: str | None = None
