"""Countries, rivers, lakes and named places for orientation, from base geography and gazette."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import shapely
from babel import Locale, UnknownLocaleError

from metes.ask.naming import beside_in, has_name_in, name_in, reads_latin
from metes.base.geography import Geography
from metes.records.gazette import Gazette
from metes.records.place import Place
from metes.show.picture import Country, Lake, PointKind, River, Spot, Surroundings

TOWN_RANK = 2
"""Towns of the base geography stand behind those of the gazette by this many ranks."""
TOWN_LARGEST = 4
"""Smallest towns (Natural Earth scale rank) that orient a reader."""
_KINDS: Mapping[str, PointKind] = {
    "town": "town",
    "post": "town",
    "mountain": "mountain",
    "pass": "pass",
    "island": "region",
    "region": "region",
    "sea": "sea",
}


def surroundings(
    geography: Geography,
    gazette: Gazette,
    lang: str,
    held: Iterable[tuple[str, str, shapely.Geometry]] = (),
) -> Surroundings:
    """Gather what is drawn for orientation, named for a reader.

    `held` lists land (base country, holder, geometry) that the viewpoint gives to another country than
    the base geography does.
    """
    places = list(gazette.places.values())
    return Surroundings(
        _countries(geography, lang, held),
        _rivers(geography, places, lang),
        _lakes(geography, places, lang),
        _spots(geography, places, lang),
    )


def country_names(lang: str) -> Mapping[str, str]:
    """Give the names of today's countries by ISO code, as CLDR has them; English for an unknown tag."""
    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    return dict(locale.territories)


def _countries(
    geography: Geography, lang: str, held: Iterable[tuple[str, str, shapely.Geometry]]
) -> tuple[Country, ...]:
    names = country_names(lang)
    shapes = {country.id: country.geometry for country in geography.countries()}
    own = {country.id: country.name for country in geography.countries()}
    for base, holder, land in held:
        if base in shapes and holder in shapes and base != holder:
            shapes[base] = shapely.difference(shapes[base], land)
            shapes[holder] = shapely.union(shapes[holder], land)
    return tuple(Country(id, shape, names.get(id, own[id])) for id, shape in sorted(shapes.items()))


def _rivers(geography: Geography, places: list[Place], lang: str) -> tuple[River, ...]:
    known = _by_name(places, "river")
    rivers = []
    for river in geography.rivers():
        place = next((known[name.casefold()] for name in river.names if name.casefold() in known), None)
        name, also = _named(place, river.name, lang)
        rivers.append(River(river.id, river.geometry, name, also, _rank(place, river.scalerank)))
    return tuple(rivers)


def _lakes(geography: Geography, places: list[Place], lang: str) -> tuple[Lake, ...]:
    known = _by_name(places, "lake")
    lakes = []
    for lake in geography.lakes():
        mine = {lake.name, *lake.aliases, *lake.names.values()}
        place = next((known[name.casefold()] for name in sorted(mine) if name.casefold() in known), None)
        own = lake.names.get(lang) or lake.names.get(lang.partition("-")[0], "")
        name, also = _named(place, lake.name, lang)
        lakes.append(
            Lake(lake.id, lake.geometry, name if place else own or name, also, _rank(place, lake.scalerank))
        )
    return tuple(lakes)


def _spots(geography: Geography, places: list[Place], lang: str) -> tuple[Spot, ...]:
    spots = []
    taken: set[str] = set()
    for place in places:
        taken.update(one.text.casefold() for one in place.names)
        if place.kind not in _KINDS or not has_name_in(place.names, lang):
            continue
        name, also = name_in(place.names, lang), beside_in(place.names, lang)
        lon, lat = place.lon_lat
        spots.append(Spot(place.id, name, lon, lat, also, _KINDS[place.kind], place.rank))
    if not reads_latin(lang):
        return tuple(spots)
    for town in geography.towns():
        if town.scalerank > TOWN_LARGEST or taken & {name.casefold() for name in town.names}:
            continue
        rank = TOWN_RANK + town.scalerank
        spots.append(Spot(town.id, town.name, town.lon_deg, town.lat_deg, "", "town", rank))
    return tuple(spots)


def _by_name(places: list[Place], kind: str) -> dict[str, Place]:
    return {one.text.casefold(): place for place in places if place.kind == kind for one in place.names}


def _rank(place: Place | None, scalerank: int) -> int:
    return scalerank if place is None else min(scalerank, place.rank + 1)


def _named(place: Place | None, own: str, lang: str) -> tuple[str, str]:
    """Name water from the gazette, else from the base geography if the reader can read that."""
    if place is not None and has_name_in(place.names, lang):
        return name_in(place.names, lang), beside_in(place.names, lang)
    if not reads_latin(lang) or "?" in own:
        return "", ""
    name, _, rest = own.partition(" (")
    return name, rest.rstrip(")")
