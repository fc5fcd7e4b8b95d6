"""The atlas as GeoParquet tables."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from metes.atlas.compiled import Compiled
from metes.atlas.partition import Partition
from metes.delimit.line import CompiledLine
from metes.records.gazette import Gazette


def tables(compiled: Compiled, parts: Partition, lines: Mapping[str, CompiledLine]) -> dict[str, pa.Table]:
    """Make every table of an atlas, by file name."""
    return {
        "tracts": _tracts(compiled, parts),
        "territories": _territories(compiled, parts),
        "lines": _lines(compiled.gazette, lines),
        "edges": _edges(compiled, parts),
        "entries": _entries(compiled.gazette),
    }


def _geo(columns: dict[str, Any], geometry: Sequence[Any]) -> pa.Table:
    """Add a WKB geometry column and the GeoParquet 1.1 description."""
    shapes = np.asarray(geometry, dtype=object)
    kinds = sorted({shape.geom_type for shape in geometry})
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": kinds, "edges": "planar"}
    if len(geometry):
        column["bbox"] = [float(v) for v in shapely.total_bounds(shapes)]
    description = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    table = pa.table({**columns, "geometry": pa.array(shapely.to_wkb(shapes), pa.binary())})
    return table.replace_schema_metadata({"geo": json.dumps(description)})


def _tracts(compiled: Compiled, parts: Partition) -> pa.Table:
    rows = compiled.tracts
    return _geo(
        {
            "tract": np.arange(len(rows)),
            "unit": [one.unit for one in rows],
            "country": [one.country for one in rows],
            "area_km2": [one.area_km2 for one in rows],
        },
        parts.geometry,
    )


def _territories(compiled: Compiled, parts: Partition) -> pa.Table:
    rows = [
        (territory, key, shape)
        for territory, readings in sorted(compiled.shapes.items())
        for key, shape in sorted(readings.items())
        if shape.tracts
    ]
    return _geo(
        {
            "territory": [territory for territory, _, _ in rows],
            "readings": [key for _, key, _ in rows],
            "name": [
                next(n.text for n in compiled.gazette.territories[t].names if n.lang == "en")
                for t, _, _ in rows
            ],
            "area_km2": [sum(compiled.tracts[n].area_km2 for n in shape.tracts) for _, _, shape in rows],
        },
        [shapely.union_all([parts.geometry[n] for n in shape.tracts]) for _, _, shape in rows],
    )


def _lines(gazette: Gazette, lines: Mapping[str, CompiledLine]) -> pa.Table:
    legs = [leg for line in lines.values() for leg in line.legs]
    return _geo(
        {
            "line": [leg.line for leg in legs],
            "leg": [leg.number + 1 for leg in legs],
            "since": [gazette.lines[leg.line].since for leg in legs],
            "instrument": [gazette.lines[leg.line].instrument for leg in legs],
            "from": [leg.leg.start for leg in legs],
            "follow": [leg.leg.follow for leg in legs],
            "to": [leg.leg.to for leg in legs],
            "article": [leg.leg.article or "" for leg in legs],
            "source": [leg.leg.source for leg in legs],
            "doubt": [leg.doubt for leg in legs],
            "corridor_m": [leg.corridor_m for leg in legs],
            "guess": [leg.leg.guess for leg in legs],
            "length_km": [leg.length_km for leg in legs],
        },
        [leg.geometry for leg in legs],
    )


def _edges(compiled: Compiled, parts: Partition) -> pa.Table:
    """One row for each arc: its merged geometry, the tracts beside it, its doubts."""
    order = np.argsort(parts.edge_arc, kind="stable")
    order = order[parts.edge_arc[order] >= 0]
    arcs = parts.edge_arc[order]
    bounds = np.flatnonzero(np.diff(arcs, prepend=-1, append=len(compiled.arcs)))
    geometry = []
    for first, end in itertools.pairwise(bounds):
        pieces = shapely.linestrings(parts.edges[order[first:end]])
        geometry.append(shapely.line_merge(shapely.multilinestrings(pieces)))
    rows = compiled.arcs
    return _geo(
        {
            "left": [arc.left for arc in rows],
            "right": [arc.right for arc in rows],
            "km": [arc.km for arc in rows],
            "doubts": [json.dumps(arc.doubts, sort_keys=True) for arc in rows],
        },
        geometry,
    )


def _entries(gazette: Gazette) -> pa.Table:
    rows = gazette.entries()
    return pa.table(
        {
            "entry": [entry.id for _, entry in rows],
            "instrument": [one.id for one, _ in rows],
            "date": [entry.date for _, entry in rows],
            "books": [list(entry.books) for _, entry in rows],
            "territory": [entry.territory for _, entry in rows],
            "from": [entry.giver for _, entry in rows],
            "to": [entry.taker for _, entry in rows],
            "form": [entry.form for _, entry in rows],
            "circumstance": [entry.circumstance for _, entry in rows],
        }
    )
