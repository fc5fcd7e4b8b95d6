"""The features that a leg may follow, looked up in the base geography and kept as networks."""

from __future__ import annotations

from typing import Any

import shapely

from metes.base.geography import Geography, Unit
from metes.base.watersheds import Watershed, read_watersheds
from metes.delimit.network import Network
from metes.delimit.segments import shared
from metes.errors import DelimitError, UnknownName

BRIDGE_KM = 3.0
"""Named pieces of one river whose ends lie this close are the same river: a lake outlet or a gap left
by generalisation. Wider gaps are mended in the base geography, with a note."""


class Terrain:
    """Rivers, crests, shores and modern borders as networks, each built when first asked for."""

    def __init__(self, geography: Geography) -> None:
        self.geography = geography
        self._networks: dict[tuple[str, tuple[str, ...]], Network] = {}
        self._crests: dict[str, Watershed] | None = None

    def rivers(self, names: tuple[str, ...]) -> Network:
        """Give the network of all pieces that bear one of the names."""
        return self._kept(
            "river", names, lambda: [r.geometry for n in names for r in self.geography.rivers(n)]
        )

    def crest(self, crest_id: str) -> Network:
        """Give a crest by its id."""
        return self._kept("crest", (crest_id,), lambda: [self.watershed(crest_id).geometry])

    def watershed(self, crest_id: str) -> Watershed:
        """Find a crest; raises DelimitError with the known ids."""
        if self._crests is None:
            self._crests = dict(read_watersheds())
        if crest_id not in self._crests:
            raise DelimitError(
                f"no watershed is called {crest_id!r}; known are: {', '.join(sorted(self._crests))}"
            )
        return self._crests[crest_id]

    def shore(self, names: tuple[str, ...]) -> Network:
        """Give the outer shore of lakes by name."""
        return self._kept(
            "shore", names, lambda: [_outer(lake.geometry) for n in names for lake in self.geography.lakes(n)]
        )

    def modern(self, between: tuple[str, ...]) -> Network:
        """Give the border that units of two countries, or two units, share today."""
        key = ("modern", between)
        if key not in self._networks:
            if len(between) != 2:
                raise DelimitError(f"a modern border runs between two countries or units, not {len(between)}")
            left, right = (self.units(one) for one in between)
            found = shared([u.geometry for u in left], [u.geometry for u in right])
            if not len(found):
                raise DelimitError(f"{between[0]} and {between[1]} share no border in the base geography")
            self._networks[key] = Network.of_segments(found)
        return self._networks[key]

    def coast(self, place: tuple[str, ...]) -> Network:
        """Give the outer boundary of countries or units: coast where nobody is on the other side."""
        return self._kept(
            "coast",
            place,
            lambda: [shapely.boundary(shapely.union_all([u.geometry for p in place for u in self.units(p)]))],
        )

    def units(self, code: str) -> tuple[Unit, ...]:
        """Find the units that a code stands for: `RU` all of the country, `RU-AMU` that unit."""
        try:
            return self.geography.units([code]) if "-" not in code else (self.geography.unit(code),)
        except UnknownName as error:
            raise DelimitError(str(error)) from error

    def _kept(self, kind: str, names: tuple[str, ...], lines: Any) -> Network:
        key = (kind, names)
        if key not in self._networks:
            try:
                self._networks[key] = Network(lines(), BRIDGE_KM)
            except UnknownName as error:
                raise DelimitError(str(error)) from error
        return self._networks[key]


def _outer(geometry: Any) -> Any:
    return shapely.MultiLineString(
        [shapely.LineString(p.exterior.coords) for p in shapely.get_parts(geometry)]
    )
