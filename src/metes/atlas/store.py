"""An atlas on disk: a directory of GeoParquet files and one ledger, written whole, swapped in atomically.

```
DIR/atlas.json            which build is the atlas: {"build": HASH, …}; replaced in one rename
DIR/HASH/ledger.msgpack   what a cold check reads (compiled.py)
DIR/HASH/tracts.parquet   DIR/HASH/territories.parquet   DIR/HASH/lines.parquet   DIR/HASH/edges.parquet
DIR/HASH/entries.parquet
```
A reader opens `atlas.json`, then only files of that build; a writer that dies leaves the old build as it
was. The files are plain GeoParquet: QGIS, DuckDB and R open them as they are.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from metes.atlas.compiled import FORMAT, Compiled, decode, encode
from metes.errors import AtlasError

POINTER = "atlas.json"
LEDGER = "ledger.msgpack"


def built_in() -> Path:
    """Say where the atlas that comes with the program lies."""
    return Path(str(resources.files("metes"))) / "_atlas"


def build_folder(folder: Path) -> Path:
    """Find the current build of an atlas; raises AtlasError with what to do."""
    return folder / str(_pointer(folder)["build"])


def _pointer(folder: Path) -> dict[str, Any]:
    pointer = folder / POINTER
    try:
        known = json.loads(pointer.read_bytes())
        if not isinstance(known, dict) or not {"build", "ledger_crc32", "format"} <= set(known):
            raise ValueError("it does not name a build")
    except FileNotFoundError as error:
        raise AtlasError(
            f"there is no atlas in {folder}: run `metes build`, or give one with --atlas"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AtlasError(f"{pointer} is damaged ({error}): run `metes build`") from error
    if known.get("format") != FORMAT:
        raise AtlasError(
            f"the atlas in {folder} has format {known.get('format')}, this program reads {FORMAT}: run `metes build`"
        )
    return known


def read_compiled(folder: Path) -> Compiled:
    """Read an atlas without its geometry."""
    pointer = _pointer(folder)
    path = folder / str(pointer["build"]) / LEDGER
    try:
        data = path.read_bytes()
        if zlib.crc32(data) != pointer["ledger_crc32"]:
            raise ValueError("its bytes are not those that were built")
        return decode(data)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise AtlasError(f"{path} is damaged ({error}): run `metes build`") from error


def write(folder: Path, compiled: Compiled, tables: Mapping[str, Any]) -> Path:
    """Write an atlas whole, then swap it in; returns the folder of the build.

    `tables` are pyarrow tables by file name. A build that is there already is kept as it is.
    """
    try:
        return _write(folder, compiled, tables)
    except OSError as error:
        raise AtlasError(
            f"the atlas cannot be written to {folder} ({error.strerror}): give a folder with --out"
        ) from error


def _write(folder: Path, compiled: Compiled, tables: Mapping[str, Any]) -> Path:
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / compiled.hash
    if not (target / LEDGER).exists():
        work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
        try:
            for name, table in tables.items():
                pq.write_table(table, work / f"{name}.parquet", compression="zstd")
            (work / LEDGER).write_bytes(encode(compiled))
            if target.exists():
                shutil.rmtree(target)
            work.rename(target)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
    pointer = {
        "format": FORMAT,
        "build": compiled.hash,
        "name": compiled.name,
        "version": compiled.version,
        "ledger_crc32": zlib.crc32((target / LEDGER).read_bytes()),
    }
    _replace(folder / POINTER, json.dumps(pointer, indent=1).encode() + b"\n")
    _sweep(folder, compiled.hash)
    return target


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".pointer-", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, 0o644)
    os.replace(name, path)


def _sweep(folder: Path, keep: str) -> None:
    """Remove older builds and what killed writers left."""
    for path in folder.iterdir():
        if (
            path.is_dir()
            and path.name != keep
            and (path / LEDGER).exists() | path.name.startswith(".building-")
        ):
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(".pointer-"):
            path.unlink(missing_ok=True)
