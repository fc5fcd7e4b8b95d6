"""A map's subject made of present-day units: the shapes are real, the history is not."""

from __future__ import annotations

from functools import cache

import shapely

from metes.base.geography import Geography
from metes.interval import Interval
from metes.show.picture import Area, Band, Country, Hatch, Lake, MapSubject, River, Row, Spot, Surroundings


@cache
def geography() -> Geography:
    """Open the base geography once for all tests."""
    return Geography()


def land(*units: str) -> shapely.Geometry:
    """Join present-day units."""
    return shapely.union_all([geography().unit(one).geometry for one in units])


def around() -> Surroundings:
    """All countries, rivers, lakes, and a few towns in two languages."""
    base = geography()
    return Surroundings(
        tuple(Country(c.id, c.geometry, c.name) for c in base.countries()),
        tuple(River(r.id, r.geometry, r.name.replace("?", ""), rank=r.scalerank) for r in base.rivers()),
        tuple(Lake(lake.id, lake.geometry, lake.name, rank=lake.scalerank) for lake in base.lakes()),
        (
            Spot("vladivostok", "Vladivostok", 131.9, 43.1, "海參崴", rank=1),
            Spot("khabarovsk", "Khabarovsk", 135.07, 48.48, "伯力", rank=1),
            Spot("blagoveshchensk", "Blagoveshchensk", 127.5, 50.28, "海蘭泡", rank=1),
            Spot("near-by", "A place near by", 136.0, 48.5, rank=2),
            Spot("heihe", "Heihe", 127.5, 50.24, "黑河", rank=2),
            Spot("okhotsk-sea", "Sea of Okhotsk", 146.0, 54.0, kind="sea", rank=1),
        ),
    )


def subject(rows: dict[str, tuple[str, ...]], lang: str = "en", title: str = "A map") -> MapSubject:
    """Make a map with one legend row for each group of units; the last one turns on a question."""
    names = list(rows)
    areas = tuple(
        Area(name, name, land(*units), name, reading="open" if name == names[-1] and len(names) > 2 else "")
        for name, units in rows.items()
    )
    edge = shapely.boundary(areas[0].geometry)
    return MapSubject(
        title,
        "stand-ins from present-day units",
        areas,
        tuple(Row(name, f"row {name}", Interval(90_000, 100_000, 112_000), "Russia") for name in names),
        "a test",
        ("nobody, 1900",),
        bands=(Band("doubt", shapely.intersection(edge, shapely.box(120, 53, 140, 60)), 25_000.0),),
        hatches=(Hatch("open", "turns on a question"),) if len(names) > 2 else (),
        around=around(),
        total=Row("total", "together", Interval(280_000, 300_000, 330_000)),
        lang=lang,
    )


EAST = {"Amur": ("RU-AMU", "RU-YEV"), "Khabarovsk": ("RU-KHA",), "Primorye": ("RU-PRI",)}
