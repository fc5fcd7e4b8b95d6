"""The one reader of the base geography."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import pyarrow.parquet as pq
import shapely

from metes.errors import AtlasError, UnknownName

NEAR_MATCHES = 3


@dataclass(frozen=True)
class Unit:
    """A first-level division of a country as it stands today.

    `id` is its ISO 3166-2 code where that is one unit's alone, else as README.md tells;
    `country` the ISO 3166-1 code under which ISO lists it, which says nothing of who
    holds it; `names` by BCP 47 tag; `note` why the base differs from its source.
    """

    id: str
    country: str
    name: str
    names: Mapping[str, str]
    kind: str
    geometry: shapely.Polygon | shapely.MultiPolygon
    wikidata: str = ""
    note: str = ""


@dataclass(frozen=True)
class Country:
    """All units under one ISO 3166-1 alpha-2 code, joined: for orientation on a map."""

    id: str
    a3: str
    name: str
    names: Mapping[str, str]
    geometry: shapely.Polygon | shapely.MultiPolygon


@dataclass(frozen=True)
class River:
    """A named river or a named piece of one, with its line in no set direction.

    `names` are all names it answers to; `kind` is River or Lake Centerline, the line on
    which a river is carried through a lake; `scalerank` is 1 for the greatest.
    """

    id: str
    name: str
    names: tuple[str, ...]
    geometry: shapely.LineString | shapely.MultiLineString
    kind: str = "River"
    scalerank: int = 0
    note: str = ""


@dataclass(frozen=True)
class Lake:
    """A lake or reservoir as it stands today."""

    id: str
    name: str
    names: Mapping[str, str]
    geometry: shapely.Polygon | shapely.MultiPolygon
    aliases: tuple[str, ...] = ()
    kind: str = "Lake"
    scalerank: int = 0
    note: str = ""


@dataclass(frozen=True)
class Town:
    """A populated place, for orientation on a map."""

    id: str
    country: str
    name: str
    names: tuple[str, ...]
    lat_deg: float
    lon_deg: float
    population: int = 0
    scalerank: int = 0


T = TypeVar("T", River, Lake, Country, Town)


class Geography:
    """Present-day units, countries, rivers, lakes and towns, each read when first asked for.

    `folder` is where the Parquet files lie; without it, the ones shipped with metes.
    Raises AtlasError where a file is missing or cannot be read.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(str(resources.files("metes.base") / "data"))
        self._units: dict[str, tuple[Unit, ...]] = {}

    def units(self, countries: Collection[str] | None = None) -> tuple[Unit, ...]:
        """Return the units of some countries, or of all, ordered by country and id.

        Raises UnknownName for a country without units.
        """
        wanted = self._countries_of_units if countries is None else frozenset(countries)
        missing = sorted(wanted - self._units.keys())
        for country in missing:
            if country not in self._countries_of_units:
                raise _unknown("country", country, self._countries_of_units)
        if missing:
            read: dict[str, list[Unit]] = {country: [] for country in missing}
            for unit in self._read("units", _unit, [("country", "in", missing)]):
                read[unit.country].append(unit)
            self._units.update({country: tuple(units) for country, units in read.items()})
        return tuple(unit for country in sorted(wanted) for unit in self._units[country])

    def unit(self, unit_id: str) -> Unit:
        """Return one unit. Raises UnknownName, with the nearest ids and names."""
        country = self._country_by_unit.get(unit_id)
        if country is None:
            known = dict(self._index)
            raise _unknown("unit", unit_id, known, {name: i for i, name in known.items()})
        return next(unit for unit in self.units([country]) if unit.id == unit_id)

    def rivers(self, name: str | None = None) -> tuple[River, ...]:
        """Return the pieces of one river, by any of its names, or all rivers.

        Raises UnknownName, with the nearest names.
        """
        return self._all_rivers if name is None else _named("river", name, self._all_rivers)

    def lakes(self, name: str | None = None) -> tuple[Lake, ...]:
        """Return the lakes of one name in any language, or all lakes.

        Raises UnknownName, with the nearest names.
        """
        return self._all_lakes if name is None else _named("lake", name, self._all_lakes)

    def countries(self, codes: Collection[str] | None = None) -> tuple[Country, ...]:
        """Return the countries of some ISO 3166-1 alpha-2 codes, or all.

        Raises UnknownName for a code that is not there.
        """
        by_code = {country.id: country for country in self._all_countries}
        for wanted in sorted(codes or ()):
            if wanted not in by_code:
                raise _unknown("country", wanted, by_code)
        return tuple(c for c in self._all_countries if codes is None or c.id in codes)

    def towns(self, name: str | None = None) -> tuple[Town, ...]:
        """Return the towns of one name, or all towns. Raises UnknownName."""
        return self._all_towns if name is None else _named("town", name, self._all_towns)

    @cached_property
    def _index(self) -> tuple[tuple[str, str], ...]:
        table = self._table("units", columns=["id", "name"])
        return tuple(zip(table["id"].to_pylist(), table["name"].to_pylist(), strict=True))

    @cached_property
    def _country_by_unit(self) -> Mapping[str, str]:
        table = self._table("units", columns=["id", "country"])
        return dict(zip(table["id"].to_pylist(), table["country"].to_pylist(), strict=True))

    @cached_property
    def _countries_of_units(self) -> frozenset[str]:
        return frozenset(self._country_by_unit.values())

    @cached_property
    def _all_rivers(self) -> tuple[River, ...]:
        return tuple(self._read("rivers", _river))

    @cached_property
    def _all_lakes(self) -> tuple[Lake, ...]:
        return tuple(self._read("lakes", _lake))

    @cached_property
    def _all_countries(self) -> tuple[Country, ...]:
        return tuple(self._read("countries", _country))

    @cached_property
    def _all_towns(self) -> tuple[Town, ...]:
        return tuple(self._read("towns", _town))

    def _read(
        self,
        name: str,
        make: Callable[[dict[str, Any], Any], Any],
        filters: list[tuple[str, str, list[str]]] | None = None,
    ) -> list[Any]:
        table = self._table(name, filters=filters)
        geometries = shapely.from_wkb(table["geometry"].to_numpy())
        rows = table.drop_columns(["geometry"]).to_pylist()
        return [make(row, geometry) for row, geometry in zip(rows, geometries, strict=True)]

    def _table(self, name: str, **how: Any) -> Any:
        path = self._folder / f"{name}.parquet"
        try:
            return pq.read_table(path, **how)
        except (OSError, ValueError) as fault:
            raise AtlasError(
                f"the base geography cannot be read from {path}: {fault}. Install metes "
                "again, or build it with `python -m builders.base_geography`"
            ) from fault


def _unit(row: dict[str, Any], geometry: Any) -> Unit:
    return Unit(**{**row, "names": _frozen(row["names"])}, geometry=geometry)


def _country(row: dict[str, Any], geometry: Any) -> Country:
    return Country(**{**row, "names": _frozen(row["names"])}, geometry=geometry)


def _lake(row: dict[str, Any], geometry: Any) -> Lake:
    changed = {"names": _frozen(row["names"]), "aliases": tuple(row["aliases"])}
    return Lake(**{**row, **changed}, geometry=geometry)


def _river(row: dict[str, Any], geometry: Any) -> River:
    aliases = row.pop("aliases")
    names = tuple(name for name in (row["name"], *aliases) if name)
    return River(**row, names=names, geometry=geometry)


def _town(row: dict[str, Any], geometry: Any) -> Town:
    names = (row["name"], *row.pop("aliases"))
    return Town(**row, names=names, lat_deg=geometry.y, lon_deg=geometry.x)


def _frozen(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    return MappingProxyType(dict(pairs))


def _names(feature: River | Lake | Country | Town) -> set[str]:
    names = feature.names.values() if isinstance(feature.names, Mapping) else feature.names
    aliases = feature.aliases if isinstance(feature, Lake) else ()
    return {name.casefold() for name in (feature.name, *names, *aliases) if name}


def _named(kind: str, name: str, features: tuple[T, ...]) -> tuple[T, ...]:
    found = tuple(f for f in features if name.casefold() in _names(f))
    if not found:
        raise _unknown(kind, name, {f.name for f in features if f.name})
    return found


def _unknown(
    kind: str, name: str, known: Collection[str], by_name: Mapping[str, str] | None = None
) -> UnknownName:
    by_fold = {k.casefold(): k for k in sorted(known)}
    by_fold |= {n.casefold(): f"{i} ({n})" for n, i in sorted((by_name or {}).items())}
    near = difflib.get_close_matches(name.casefold(), list(by_fold), n=NEAR_MATCHES)
    hint = f"; near: {', '.join(by_fold[n] for n in near)}" if near else ""
    return UnknownName(f"no {kind} {name!r} in the base geography{hint}")
