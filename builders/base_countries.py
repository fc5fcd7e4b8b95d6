"""countries.parquet: units joined by country code, with names from Natural Earth admin-0."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from builders.base_names import name_maps, names_by_language, one_line
from builders.base_units import Units
from builders.coverage import joined
from builders.geoparquet import write_geoparquet
from builders.shapefile import Row, read_shapefile
from metes.base.area import area_km2

NO_CODE = "ZZ"
"""CLDR's code for an unknown region: land that no ISO 3166-1 code names."""

DIFFERENCE_KM2 = 100.0
"""Countries whose outline differs from admin-0 by more than this are printed."""


def write_countries(path: Path, admin0: Path, units: Units) -> None:
    """Write countries.parquet and print where its outlines are not those of admin-0.

    Outlines are the units' own, so that a country's border and its units' are one line;
    admin-0 gives names and three-letter codes.
    """
    rows = [row for row in read_shapefile(admin0, "utf-8") if iso(row)]
    # Several admin-0 features may carry one code (Australia and its outlying islands).
    named = {iso(row): row for row in sorted(rows, key=lambda row: row.geometry.area)}
    of_unit = np.array([labels.country for labels in units.labels])
    codes = sorted({labels.country for labels in units.labels})
    outlines = np.array([joined(units.polygons[of_unit == c]) for c in codes], dtype=object)
    columns = {
        "id": pa.array(codes),
        "a3": pa.array([named[c].text("ISO_A3_EH") if c in named else "" for c in codes]),
        "name": pa.array([_name(c, named, units) for c in codes]),
        "names": name_maps(names_by_language(named[c].fields) if c in named else {} for c in codes),
    }
    write_geoparquet(path, columns, outlines)
    print(
        f"countries: {len(rows)} admin-0 features with a code, {len(codes)} written; "
        f"without a feature: {sorted(set(codes) - set(named))}; "
        f"without units: {sorted(set(named) - set(codes))}"
    )
    for code, outline in zip(codes, outlines, strict=True):
        drawn = [shapely.make_valid(row.geometry) for row in rows if iso(row) == code]
        _compare(code, outline, shapely.union_all(drawn))


def iso(row: Row) -> str:
    """Return a feature's ISO 3166-1 alpha-2 code, "" where it has none."""
    return row.text("ISO_A2_EH").replace("-99", "")


def _name(code: str, named: dict[str, Row], units: Units) -> str:
    if code in named:
        return one_line(named[code].text("NAME_LONG"))
    if code == NO_CODE:
        return "no ISO 3166-1 code"
    return next(labels.name for labels in units.labels if labels.country == code)


def _compare(code: str, outline: shapely.Geometry, admin0: shapely.Geometry) -> None:
    here = area_km2(shapely.difference(outline, admin0))
    there = area_km2(shapely.difference(admin0, outline))
    if max(here, there) > DIFFERENCE_KM2:
        print(f"  {code}: {here:,.0f} km² not in admin-0, {there:,.0f} km² only there")
