"""lakes.parquet: present-day lakes and reservoirs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from builders.base_names import name_lists, name_maps, names_by_language, names_inside
from builders.geoparquet import write_geoparquet
from builders.mends import Mends, check_used
from builders.shapefile import Row, read_shapefile
from metes.base.grid import snap


def write_lakes(path: Path, source: Path, mends: Mends) -> None:
    """Write lakes.parquet, by id; print what changed."""
    rows = sorted(read_shapefile(source, "utf-8"), key=lambda row: row.integer("ne_id"))
    right = mends.lake_names
    texts = [[_texts(row, field) for field in ("name", "name_alt")] for row in rows]
    check_used("lake name", right, {part for pair in texts for parts in pair for part in parts})
    named = [["|".join(right.get(part, part) for part in parts) for parts in pair] for pair in texts]
    shapes = np.array([snap(shapely.make_valid(row.geometry)) for row in rows], dtype=object)
    columns = {
        "id": pa.array([f"l{row.integer('ne_id')}" for row in rows]),
        "name": pa.array([name for name, _other in named]),
        "aliases": name_lists(names_inside(name, [other]) for name, other in named),
        "names": name_maps(names_by_language(row.fields) for row in rows),
        "kind": pa.array([row.text("featurecla") for row in rows]),
        "scalerank": pa.array([row.integer("scalerank") for row in rows], pa.int8()),
    }
    write_geoparquet(path, columns, shapes)
    before = int(shapely.get_num_coordinates([row.geometry for row in rows]).sum())
    after = int(shapely.get_num_coordinates(shapes).sum())
    print(f"lakes: {len(rows):,}; vertices {before:,} → {after:,} ({after - before:+,})")


def _texts(row: Row, field: str) -> list[str]:
    return row.text(field).split("|")
