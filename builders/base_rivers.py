"""rivers.parquet: named river lines, joined so that they can be walked as a network."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from builders.base_names import name_lists, names_inside
from builders.geoparquet import write_geoparquet
from builders.mends import LineMend, LonLat, Mends, UselessMendError, check_used
from builders.shapefile import Row, read_shapefile
from builders.weld import weld
from metes.base.area import length_km
from metes.base.grid import snap

Line = npt.NDArray[np.float64]

SAME_END_DEG = 0.001
"""How near a mend must name the end that it carries on; a slip of the pen is further."""


def write_rivers(path: Path, source: Path, mends: Mends) -> None:
    """Write rivers.parquet, by id; print what was mended and joined.

    An id is "r" and Natural Earth's rivernum, "-lake" added for the line through a lake,
    and a number where both are used again.
    """
    rows = read_shapefile(source, "cp1252")
    ids = river_ids(rows)
    raw = [row.text("name") for row in rows]
    other = [row.text("name_alt") for row in rows]
    check_used("river name", mends.river_names, {*raw, *other})
    check_used("river id", mends.river_names_by_id, set(ids))
    check_used("river alias", mends.river_aliases, set(ids))
    names = [
        mends.river_names_by_id.get(i) or mends.river_names.get(name, name)
        for i, name in zip(ids, raw, strict=True)
    ]
    others = [
        names_inside(name, [mends.river_names.get(alt, alt), *mends.river_aliases.get(i, ())])
        for i, name, alt in zip(ids, names, other, strict=True)
    ]
    rivers = {i: _parts(row.geometry) for i, row in zip(ids, rows, strict=True)}
    before = sum(len(part) for parts in rivers.values() for part in parts)
    notes: dict[str, list[str]] = {i: [] for i in ids}
    for mend in mends.lines:
        print(f"  {mend.river}: {_mend(rivers, mend):.2f} km added: {mend.why}")
        notes[mend.river].append(mend.why)
    welded = weld(rivers)
    order = sorted(range(len(rows)), key=lambda place: ids[place])
    columns = {
        "id": pa.array([ids[place] for place in order]),
        "name": pa.array([names[place] for place in order]),
        "aliases": name_lists(others[place] for place in order),
        "kind": pa.array([rows[place].text("featurecla") for place in order]),
        "scalerank": pa.array([rows[place].integer("scalerank") for place in order], pa.int8()),
        "note": pa.array([" ".join(notes[ids[place]]) for place in order]),
    }
    lines = np.array([_line(rivers[ids[place]]) for place in order], dtype=object)
    write_geoparquet(path, columns, lines)
    after = int(shapely.get_num_coordinates(lines).sum())
    print(
        f"rivers: {len(rows):,}, {sum(a != b for a, b in zip(raw, names, strict=True))} names "
        f"mended, {sum(not name for name in names)} without a name; vertices {before:,} → "
        f"{after:,} ({after - before:+,}); ends joined {welded.count}, the longest by "
        f"{welded.longest_m:.0f} m"
    )


def river_ids(rows: list[Row]) -> list[str]:
    """Give each row an id that no other has, from its number, kind and place in the file."""
    seen = Counter[str]()
    ids = []
    for row in rows:
        lake = row.text("featurecla") == "Lake Centerline"
        stem = f"r{row.integer('rivernum')}{'-lake' if lake else ''}"
        seen[stem] += 1
        ids.append(stem if seen[stem] == 1 else f"{stem}.{seen[stem]}")
    return ids


def _parts(geometry: shapely.Geometry) -> list[Line]:
    parts = (shapely.get_coordinates(part) for part in shapely.get_parts(snap(geometry)))
    return [part for part in parts if len(part) > 1]


def _line(parts: list[Line]) -> shapely.Geometry:
    lines = [shapely.LineString(part) for part in parts]
    return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)


def _mend(rivers: dict[str, list[Line]], mend: LineMend) -> float:
    parts = rivers[mend.river]
    place, at_start = _end(parts, mend)
    added = (
        _snapped(mend.add)
        if mend.take_from is None
        else _taken(rivers, mend.take_from, parts[place][0 if at_start else -1], mend.add[-1])
    )
    before_km = length_km(_line(parts))
    grown = [added[::-1], parts[place]] if at_start else [parts[place], added]
    parts[place] = np.concatenate(grown)
    return length_km(_line(parts)) - before_km


def _end(parts: list[Line], mend: LineMend) -> tuple[int, bool]:
    ends = [(place, start) for place in range(len(parts)) for start in (True, False)]
    off = [np.abs(parts[p][0 if start else -1] - mend.start).max() for p, start in ends]
    if min(off) > SAME_END_DEG:
        raise UselessMendError(f"{mend.river} has no end at {mend.start}")
    return ends[int(np.argmin(off))]


def _taken(rivers: dict[str, list[Line]], giver: str, start: Line, upto: LonLat) -> Line:
    """Cut the stretch from `start`, an end of the giver, to its vertex or point at `upto`."""
    place = next(k for k, part in enumerate(rivers[giver]) if (part[[0, -1]] == start).all(axis=1).any())
    part = rivers[giver][place]
    backwards = bool((part[-1] == start).all())
    line = shapely.LineString(part[::-1] if backwards else part)
    cut = snap(line.interpolate(line.project(shapely.Point(upto))))
    passed = np.array([line.project(shapely.Point(vertex)) < line.project(cut) for vertex in line.coords])
    met = shapely.get_coordinates(cut)
    taken = np.concatenate([np.asarray(line.coords)[passed], met])
    left = np.concatenate([met, np.asarray(line.coords)[~passed]])
    rivers[giver][place] = left[::-1] if backwards else left
    return taken[1:]


def _snapped(points: tuple[LonLat, ...]) -> Line:
    return np.array([shapely.get_coordinates(snap(shapely.Point(point)))[0] for point in points])
