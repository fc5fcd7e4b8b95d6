"""The reviewable table of what is set right in the sources, and why."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MENDS = Path(__file__).with_name("mends.toml")

LonLat = tuple[float, float]


@dataclass(frozen=True)
class UnitMend:
    """A unit's labels set right; what is None stays as the source has it.

    `names`, where given, replaces all names by language; `labels_of` is the adm1_code of
    the unit whose id, name, names and Wikidata id belong to this one.
    """

    adm1_code: str
    why: str
    id: str | None = None
    country: str | None = None
    name: str | None = None
    names: Mapping[str, str] | None = None
    wikidata: str | None = None
    labels_of: str | None = None


@dataclass(frozen=True)
class LineMend:
    """A river carried on from one of its ends, by hand or along another river's line.

    `start` is the end to carry on (`from` in the table), `add` the points that follow it;
    with `take_from` the stretch of that river between `start` and the last of `add`.
    """

    river: str
    start: LonLat
    add: tuple[LonLat, ...]
    why: str
    take_from: str | None = None


@dataclass(frozen=True)
class Mends:
    """All mends; the builder fails where one finds nothing to mend."""

    units: Mapping[str, UnitMend]
    lines: tuple[LineMend, ...]
    river_names: Mapping[str, str]
    river_names_by_id: Mapping[str, str]
    river_aliases: Mapping[str, tuple[str, ...]]
    lake_names: Mapping[str, str]


class UselessMendError(ValueError):
    """A mend names something that is not in the source."""


def read_mends(path: Path = MENDS) -> Mends:
    """Read the table of mends."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Mends(
        units={row["adm1_code"]: UnitMend(**row) for row in table["unit"]},
        lines=tuple(_line(row) for row in table["line"]),
        river_names=table["river_names"],
        river_names_by_id=table["river_names_by_id"],
        river_aliases={key: tuple(names) for key, names in table["river_aliases"].items()},
        lake_names=table["lake_names"],
    )


def check_used(what: str, mended: Mapping[str, Any], found: set[str]) -> None:
    """Raise UselessMendError for a mend whose key the source does not have."""
    useless = sorted(mended.keys() - found)
    if useless:
        raise UselessMendError(f"{MENDS.name}: {what} not in the source: {', '.join(useless)}")


def _line(row: dict[str, Any]) -> LineMend:
    return LineMend(
        river=row["river"],
        start=(float(row["from"][0]), float(row["from"][1])),
        add=tuple((float(lon), float(lat)) for lon, lat in row["add"]),
        why=row["why"],
        take_from=row.get("take_from"),
    )
