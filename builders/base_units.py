"""units.parquet: present-day first-level divisions of countries, on shared edges."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry import shape

from builders.base_names import name_maps, names_by_language, one_line
from builders.coverage import Geometries, Snapped, snap_coverage
from builders.geoparquet import write_geoparquet
from builders.mends import Mends, UnitMend, check_used
from metes.base.area import area_km2

AREA_CHANGE_KM2 = 0.02
"""A unit whose area moves by more than this and by AREA_CHANGE_SHARE is printed."""
AREA_CHANGE_SHARE = 0.001


@dataclass(frozen=True)
class Labels:
    """What a unit is called, from the source and then mended."""

    adm1_code: str
    code: str
    country: str
    name: str
    names: Mapping[str, str]
    kind: str
    wikidata: str
    note: str = ""


@dataclass(frozen=True)
class Units:
    """Units in the order of the file: by country, then by id."""

    ids: tuple[str, ...]
    labels: tuple[Labels, ...]
    polygons: Geometries


def read_units(path: Path, mends: Mends) -> Units:
    """Read, mend and snap the units; print what changed."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    raw = [_labels(feature["properties"]) for feature in features]
    source = np.array([shape(feature["geometry"]) for feature in features], dtype=object)
    check_used("unit", mends.units, {labels.adm1_code for labels in raw})
    by_code = {labels.adm1_code: labels for labels in raw}
    labels = [_mended(one, mends.units.get(one.adm1_code), by_code) for one in raw]
    ids = unit_ids(labels)
    snapped = snap_coverage(source)
    _report(ids, labels, source, snapped)
    shown = [i for i in range(len(ids)) if i not in snapped.lost]
    order = sorted(shown, key=lambda i: (labels[i].country, ids[i]))
    return Units(
        tuple(ids[i] for i in order),
        tuple(labels[i] for i in order),
        snapped.polygons[order],
    )


def write_units(path: Path, units: Units) -> None:
    """Write units.parquet."""
    columns = {
        "id": pa.array(units.ids),
        "country": pa.array([one.country for one in units.labels]),
        "name": pa.array([one.name for one in units.labels]),
        "names": name_maps(one.names for one in units.labels),
        "kind": pa.array([one.kind for one in units.labels]),
        "wikidata": pa.array([one.wikidata for one in units.labels]),
        "note": pa.array([one.note for one in units.labels]),
    }
    write_geoparquet(path, columns, units.polygons)


def unit_ids(labels: list[Labels]) -> list[str]:
    """Give each unit an id that no other has.

    1. The ISO 3166-2 code, mended, where one unit alone has it. 2. Where several have
    it, the code, a point and the number in Natural Earth's adm1_code: MG-T.5862.
    3. Where the code is the source's own invention (it ends in "~"), "ne." and the
    adm1_code: ne.TUV+00.
    """
    count = Counter(one.code for one in labels)
    ids = []
    for one in labels:
        serial = one.adm1_code.removesuffix("?")
        if one.code.endswith("~"):
            ids.append(f"ne.{serial}")
        elif count[one.code] > 1:
            ids.append(f"{one.code}.{serial.split('-')[-1]}")
        else:
            ids.append(one.code)
    twice = [i for i, n in Counter(ids).items() if n > 1]
    if twice:
        raise AssertionError(f"ids given twice: {twice}")
    return ids


def _labels(row: Mapping[str, Any]) -> Labels:
    return Labels(
        adm1_code=row["adm1_code"],
        code=row["iso_3166_2"],
        country=row["iso_a2"],
        name=one_line(row.get("name")) or one_line(row.get("admin")),
        names=names_by_language(row),
        kind=one_line(row.get("type_en")),
        wikidata=one_line(row.get("wikidataid")),
    )


def _mended(own: Labels, mend: UnitMend | None, by_code: Mapping[str, Labels]) -> Labels:
    if mend is None:
        return own
    if mend.labels_of is not None:
        other = by_code[mend.labels_of]
        own = replace(own, code=other.code, name=other.name, names=other.names, wikidata=other.wikidata)
    return replace(
        own,
        code=own.code if mend.id is None else mend.id,
        country=own.country if mend.country is None else mend.country,
        name=own.name if mend.name is None else mend.name,
        names=own.names if mend.names is None else mend.names,
        wikidata=own.wikidata if mend.wikidata is None else mend.wikidata,
        note=mend.why,
    )


def _report(ids: list[str], labels: list[Labels], source: Geometries, snapped: Snapped) -> None:
    before, after = (int(shapely.get_num_coordinates(g).sum()) for g in (source, snapped.polygons))
    print(
        f"units: {len(ids):,} read, {len(ids) - len(snapped.lost):,} written, "
        f"{sum(bool(one.note) for one in labels)} with mended labels; "
        f"vertices {before:,} → {after:,} ({after - before:+,})"
    )
    for place in np.flatnonzero(~shapely.is_valid(source)).tolist():
        print(f"  made valid: {ids[place]} ({shapely.is_valid_reason(source[place])})")
    for place in snapped.mended:
        print(f"  edge made one with its neighbour's: {ids[place]}")
    for km2, claims, keeper in snapped.overlaps:
        print(f"  overlap of {km2:.4f} km²: {[ids[c] for c in claims]} → {ids[keeper]}")
    for place in snapped.lost:
        print(f"  lost, smaller than the grid shows: {ids[place]} {labels[place].name}")
    was, now = ([area_km2(g) for g in these] for these in (source, snapped.polygons))
    print(f"  area {sum(was):,.1f} → {sum(now):,.1f} km²")
    for place, (old, new) in enumerate(zip(was, now, strict=True)):
        if abs(new - old) > max(AREA_CHANGE_KM2, AREA_CHANGE_SHARE * old):
            print(f"  area of {ids[place]} {labels[place].name}: {old:.3f} → {new:.3f} km²")
