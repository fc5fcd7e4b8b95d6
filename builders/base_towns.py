"""towns.parquet: populated places, for orientation on a map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from builders.base_names import name_lists, names_inside
from builders.geoparquet import write_geoparquet
from builders.shapefile import Row, read_shapefile
from metes.base.grid import snap

COUNTRY_WITHOUT_CODE = {"SOL": "SO", "KOS": "XK", "CYN": "CY"}
"""Natural Earth's code → the code under which the units of that land stand."""

LOST_LETTER = "?"


def write_towns(path: Path, source: Path) -> None:
    """Write towns.parquet, by id.

    An id is "t" and the GeoNames id, or "n" and the place in the source where it has none.
    """
    rows = read_shapefile(source, "cp1252")
    ids = [_id(row, place) for place, row in enumerate(rows, start=1)]
    order = sorted(range(len(rows)), key=lambda place: ids[place])
    rows = [rows[place] for place in order]
    columns = {
        "id": pa.array([ids[place] for place in order]),
        "country": pa.array([_country(row) for row in rows]),
        "name": pa.array([row.text("name") for row in rows]),
        "aliases": name_lists(_other_names(row) for row in rows),
        "population": pa.array([max(0, row.integer("pop_max")) for row in rows], pa.int32()),
        "scalerank": pa.array([row.integer("scalerank") for row in rows], pa.int8()),
    }
    write_geoparquet(path, columns, np.array([snap(row.geometry) for row in rows], dtype=object))
    print(f"towns: {len(rows):,}")


def _id(row: Row, place: int) -> str:
    geonames = row.integer("geonameid")
    return f"t{geonames}" if geonames > 0 else f"n{place}"


def _country(row: Row) -> str:
    return COUNTRY_WITHOUT_CODE.get(row.text("adm0_a3"), row.text("iso_a2"))


def _other_names(row: Row) -> list[str]:
    others = [row.text(field) for field in ("namepar", "namealt", "nameascii")]
    return names_inside(row.text("name"), [n for n in others if LOST_LETTER not in n])
