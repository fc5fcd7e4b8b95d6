"""The geometry of a built atlas, read table by table when it is asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import shapely

from metes.atlas.store import build_folder
from metes.errors import AtlasError
from metes.folders import atlas_folder


class Shelf:
    """Opens the GeoParquet files of an atlas; `folder` is the built-in atlas if it is not given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._build = build_folder(folder or atlas_folder())

    def table(self, name: str) -> Any:
        """Read one table (tracts, territories, lines, edges, entries) as pyarrow has it."""
        path = self._build / f"{name}.parquet"
        try:
            return pq.read_table(path)
        except (OSError, ValueError) as error:
            raise AtlasError(f"{path} cannot be read ({error}): run `metes build`") from error

    @cached_property
    def tracts(self) -> Any:
        """The tracts' geometry by number, WGS84."""
        return shapely.from_wkb(self.table("tracts")["geometry"].to_numpy(zero_copy_only=False))

    def tract_tree(self) -> Any:
        """A spatial index over the tracts."""
        return shapely.STRtree(self.tracts)
