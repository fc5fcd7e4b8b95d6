"""The plain data that a map is drawn from: no engine, no projection, no style.

Geometries are shapely, longitude and latitude in WGS84 degrees, cut along the antimeridian or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from metes.interval import Interval

if TYPE_CHECKING:
    from shapely import LineString, MultiLineString, MultiPolygon, Polygon

    Land: TypeAlias = Polygon | MultiPolygon
    Course: TypeAlias = LineString | MultiLineString

PointKind = Literal["town", "region", "sea", "mountain", "pass", "island", "point"]


@dataclass(frozen=True)
class Area:
    """Land that the map is about. `row` is the legend row that it belongs to.

    `label` stands on the map, `also` under it; `reading` is the hatch it carries because it counts
    only under a reading of an open question, empty if it counts under all.
    """

    id: str
    row: str
    geometry: Land
    label: str = ""
    also: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Row:
    """One entry of the legend: what was counted together under one grey."""

    id: str
    text: str
    km2: Interval | None = None
    held_by: str = ""


@dataclass(frozen=True)
class Hatch:
    """What the hatching of a reading means, in the reader's language."""

    id: str
    text: str


@dataclass(frozen=True)
class Band:
    """A stretch of line that may lie anywhere within `corridor_m` on either side."""

    id: str
    geometry: Course
    corridor_m: float


@dataclass(frozen=True)
class Country:
    """A country as the viewpoint draws it today; `also` is a second name. Unlabelled if `name` is empty."""

    id: str
    geometry: Land
    name: str = ""
    also: str = ""


@dataclass(frozen=True)
class River:
    """A named river or piece of one; rank 1 is the greatest, and lines the drawing more strongly."""

    id: str
    geometry: Course
    name: str = ""
    also: str = ""
    rank: int = 5


@dataclass(frozen=True)
class Lake:
    """A lake or reservoir as it stands today."""

    id: str
    geometry: Land
    name: str = ""
    also: str = ""
    rank: int = 5


@dataclass(frozen=True)
class Spot:
    """A named point: in the reader's language, and beside it another current or older name."""

    id: str
    name: str
    lon_deg: float
    lat_deg: float
    also: str = ""
    kind: PointKind = "town"
    rank: int = 3


@dataclass(frozen=True)
class Surroundings:
    """What is drawn for orientation."""

    countries: tuple[Country, ...] = ()
    rivers: tuple[River, ...] = ()
    lakes: tuple[Lake, ...] = ()
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class MapSubject:
    """A map to be drawn.

    `rows` are in legend order, each with at least one area. `lines` are described lines drawn for
    themselves (`show LINE --map`). `total` closes the legend. `viewpoint` and `sources` are printed
    on the face of the map, `note` under the legend; `lang` is a BCP 47 tag.
    """

    title: str
    subtitle: str
    areas: tuple[Area, ...]
    rows: tuple[Row, ...]
    viewpoint: str
    sources: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    lines: tuple[River, ...] = ()
    hatches: tuple[Hatch, ...] = ()
    around: Surroundings = Surroundings()
    total: Row | None = None
    note: str = ""
    lang: str = "en"
