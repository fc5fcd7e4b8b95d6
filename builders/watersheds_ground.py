"""A window made ready: relief with water pressed in, and the cells of every water."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
from scipy import ndimage

from builders.watersheds_divide import basin, flow_directions, solid
from builders.watersheds_relief import OCEAN_M, cheapest_way, press, read_elevation
from builders.watersheds_wanted import ReliefRules, WantedEstuary, WantedPart, WantedRiver
from builders.watersheds_window import Bools, Floats, Ints, Window
from metes.base.geography import Geography


@dataclass(frozen=True)
class Ground:
    """A window's relief, and the cells of its waters by id.

    `mapped` are cells whose side of a divide is known well: waters of the base geography,
    and the published points, not the ways, of rivers drawn by hand.
    """

    window: Window
    pressed_m: Floats
    water: dict[str, Ints]
    mapped: Ints

    @cached_property
    def land(self) -> Bools:
        """Tell which cells are land."""
        return np.asarray(self.pressed_m != OCEAN_M)

    @cached_property
    def shore(self) -> Ints:
        """List the cells from which water leaves: beside the sea and on the window's edge."""
        inner = ndimage.binary_erosion(self.land, np.ones((3, 3)), border_value=0)
        return np.flatnonzero(self.land & ~inner)

    @cached_property
    def known(self) -> Ints:
        """List the mapped cells and the shore: where the side of a divide is known."""
        return np.union1d(self.shore, self.mapped)

    def cells(self, names: Sequence[str]) -> Ints:
        """Collect the cells of waters by id. Raises ValueError for one that is not here."""
        missing = [name for name in names if not self.water.get(name, np.empty(0)).size]
        if missing:
            raise ValueError(f"not in the window: {', '.join(missing)}")
        found = [np.empty(0, np.int64), *(self.water[name] for name in names)]
        return np.unique(np.concatenate(found))

    def drained(self, inside: Ints, outside: Ints, sinks: Ints) -> Bools:
        """Draw the basin of `inside` as one solid piece."""
        directions = flow_directions(self.pressed_m, sinks)
        return solid(basin(directions, inside, np.setdiff1d(outside, inside)))


@dataclass(frozen=True)
class Surveyor:
    """What every window is made ready from."""

    grid: Path
    geography: Geography
    rules: ReliefRules
    rivers: Sequence[WantedRiver] = ()
    parts: Sequence[WantedPart] = ()
    estuaries: Sequence[WantedEstuary] = ()

    def survey(self, edges: tuple[float, float, float, float]) -> Ground:
        """Make a window ready: west, south, east, north in whole tenths of a degree."""
        window = Window(*edges, self.rules.per_source)
        sea = ~window.covered(self.land(window))
        for estuary in self.estuaries:
            sea &= ~window.covered([shapely.box(*estuary.box)])
        dry_m = np.where(sea, 0, np.maximum(read_elevation(self.grid, window), 1))
        elevation_m = dry_m.astype(np.float32)
        drawn = [river for river in self.rivers if window.inner.contains(river.line)]
        ways = [cheapest_way(elevation_m, window, river.line) for river in drawn]
        water = {river.id: way for river, way in zip(drawn, ways, strict=True)}
        for river in self.geography.rivers():
            if river.geometry.intersects(window.inner):
                water[river.id] = window.cells(river.geometry)
        for lake in self.geography.lakes():
            if lake.geometry.intersects(window.inner):
                water[lake.id] = np.flatnonzero(window.covered([lake.geometry]))
        published = [window.cells(shapely.multipoints(r.points)) for r in drawn if r.published]
        mapped = [cells for name, cells in water.items() if name not in {r.id for r in drawn}]
        for part in self.parts:
            if part.of in water:
                inside = window.covered([shapely.box(*part.box)])
                water[part.id] = water[part.of][inside.flat[water[part.of]]]
        wet = np.zeros(window.shape, dtype=np.bool_)
        for cells in water.values():
            wet.flat[cells] = True
        pressed_m = press(elevation_m, window, wet, ways, self.rules.burn_m)
        pressed_m[sea] = OCEAN_M
        ashore = {name: cells[~sea.flat[cells]] for name, cells in water.items()}
        known = np.unique(np.concatenate([np.empty(0, np.int64), *mapped, *published]))
        return Ground(window, pressed_m, ashore, known[~sea.flat[known]])

    def land(self, window: Window) -> list[shapely.Polygon]:
        """Return the land of a window, a degree wider."""
        whole = [country.geometry for country in self.geography.countries()]
        near = [geometry for geometry in whole if geometry.intersects(window.box)]
        clipped = shapely.clip_by_rect(near, *window.box.bounds)
        return [part for part in shapely.get_parts(clipped) if part.geom_type == "Polygon"]
