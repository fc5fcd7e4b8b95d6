"""A named piece of land, defined by the plainest means that is true to the text."""

from __future__ import annotations

from typing import Literal

from metes.records.common import Decision, LonLat, Name, Record


class Shape(Record, frozen=True, kw_only=True):
    """One definition of a territory; one for each reading if a question governs it.

    - `bounded`: the land reached from the `inside` points without crossing `lines`, within
      `countries`; an `outside` point that is reached is a leak and an error. Islands follow
      `islands`: `nearest` (with the coast that they lie off), `none`, or only those with an inside point;
    - `units`: present-day units (ISO 3166-2, or ISO 3166-1 for a whole country), minus `minus_units`;
    - `points`: a ring digitised by hand, with its `doubt`;
    - `stated`: located by one point, its area only as published; out of the balance;
    - `sum`: other territories, `plus` and `minus`.

    `plus` and `minus` territories may be added to any of them.
    """

    reading: str | None = None
    by: Literal["bounded", "units", "points", "stated", "sum"]
    lines: tuple[str, ...] = ()
    inside: tuple[LonLat, ...] = ()
    outside: tuple[LonLat, ...] = ()
    countries: tuple[str, ...] = ()
    islands: Literal["nearest", "none", "inside"] = "nearest"
    units: tuple[str, ...] = ()
    minus_units: tuple[str, ...] = ()
    ring: tuple[LonLat, ...] = ()
    at: LonLat | None = None
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    doubt: str | None = None
    sources: tuple[str, ...] = ()
    comment: str | None = None


class Territory(Record, frozen=True, kw_only=True):
    """A piece of land with a name. `question` names the open matter that its shapes answer, if any."""

    id: str
    names: tuple[Name, ...]
    question: str | None = None
    shapes: tuple[Shape, ...]
    lived: str | None = None
    decisions: tuple[Decision, ...] = ()
    comment: str | None = None


class TerritoryFile(Record, frozen=True, kw_only=True):
    """One file of territories."""

    territories: tuple[Territory, ...]
