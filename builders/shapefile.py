"""Shapefiles as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio.raw
import shapely


@dataclass(frozen=True)
class Row:
    """One feature: its fields, with empty ones left out, and its geometry in degrees."""

    fields: dict[str, Any]
    geometry: shapely.Geometry

    def text(self, field: str) -> str:
        """Return a field as text without stray blanks, "" where it is empty."""
        return " ".join(str(self.fields.get(field, "")).split())

    def integer(self, field: str) -> int:
        """Return a field as a whole number."""
        return int(self.fields[field])


def read_shapefile(path: Path, encoding: str) -> list[Row]:
    """Read every feature, in file order."""
    meta, _fids, wkb, columns = pyogrio.raw.read(path, encoding=encoding)
    geometries = shapely.from_wkb(wkb)
    names = list(meta["fields"])
    return [
        Row(
            {n: v for n, v in zip(names, values, strict=True) if v is not None and v == v},
            shapely.force_2d(geometry),
        )
        for geometry, *values in zip(geometries, *columns, strict=True)
    ]
