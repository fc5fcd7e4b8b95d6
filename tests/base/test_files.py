"""The files can be shipped, and opened by others."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pyarrow.parquet as pq
import pytest

DATA = Path(str(resources.files("metes.base") / "data"))
FILES = ["units", "countries", "lakes", "rivers", "towns"]
MIB = 2**20


def test_no_file_is_too_big() -> None:
    sizes = {path.name: path.stat().st_size for path in DATA.iterdir()}
    assert all(size < 8 * MIB for size in sizes.values()), sizes
    assert sum(sizes.values()) <= 20_000_000, sizes


@pytest.mark.parametrize("name", FILES)
def test_a_file_tells_what_its_geometry_is(name: str) -> None:
    geo = json.loads(pq.read_schema(DATA / f"{name}.parquet").metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"


@pytest.mark.parametrize("name", FILES)
def test_geopandas_opens_a_file(name: str) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_parquet(DATA / f"{name}.parquet")
    assert frame.crs == "OGC:CRS84"
    assert len(frame) == pq.read_metadata(DATA / f"{name}.parquet").num_rows
    west, south, east, north = frame.total_bounds
    geo = json.loads(pq.read_schema(DATA / f"{name}.parquet").metadata[b"geo"])
    assert geo["columns"]["geometry"]["bbox"] == [west, south, east, north]
