"""Tables with a geometry column, written as GeoParquet 1.1."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from builders.coverage import Geometries

ZSTD_LEVEL = 19
ROWS_PER_GROUP = 512


def write_geoparquet(path: Path, columns: dict[str, pa.Array], geometry: Geometries) -> None:
    """Write columns and a WKB column `geometry` in longitude and latitude (OGC:CRS84).

    Same input, same bytes: nothing in the file tells time or machine.
    Format: GeoParquet 1.1.0, section "File metadata".
    """
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(geometry))
    kinds = sorted({g.geom_type for g in geometry})
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": kinds,
                "edges": "planar",
                "bbox": [west, south, east, north],
            }
        },
    }
    wkb = pa.array(shapely.to_wkb(geometry, byte_order=1), pa.binary())
    table = pa.table({**columns, "geometry": wkb})
    table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=ROWS_PER_GROUP,
        use_dictionary=[name for name in columns if name in ("country", "kind")],
        write_statistics=["country"] if "country" in columns else False,
    )
