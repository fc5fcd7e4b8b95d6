"""Watersheds, computed once by a builder and shipped as lines with their doubts."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

import pyarrow.parquet as pq
import shapely

from metes.errors import AtlasError


@dataclass(frozen=True)
class Watershed:
    """A drainage divide, from one named end to the other.

    `separates` names the basins on its two sides; `corridor_m` holds the true crest on
    either side along 90 % of the length, and `correlation_km` says how far an error keeps
    its sign: both as measured in builders/watersheds-measured.toml. `method` says how the
    line was made, `note` what is weak, and which modern border to prefer where.
    """

    id: str
    name: str
    separates: str
    corridor_m: float
    correlation_km: float
    method: str
    note: str
    geometry: shapely.LineString


def read_watersheds() -> dict[str, Watershed]:
    """Read every shipped watershed, by id, in degrees of WGS84.

    Raises AtlasError where the file is missing or cannot be read.
    """
    path = resources.files("metes.base") / "data" / "watersheds.parquet"
    try:
        with resources.as_file(path) as file:
            table = pq.read_table(file)
    except (OSError, ValueError) as fault:
        raise AtlasError(
            f"the watersheds cannot be read from {path}: {fault}. Install metes again, or "
            "build them with `python -m builders.watersheds`"
        ) from fault
    geometries = shapely.from_wkb(table["geometry"].to_numpy())
    rows = table.drop_columns(["geometry"]).to_pylist()
    return {
        row["id"]: Watershed(**row, geometry=geometry) for row, geometry in zip(rows, geometries, strict=True)
    }
