"""An atlas on disk: whole or not at all, whatever kills the writer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

from metes.atlas.store import LEDGER, POINTER, read_compiled, write
from metes.errors import AtlasError
from tests.world import board

TABLE = {"tracts": pa.table({"x": [1, 2, 3]})}


def world(hash: str) -> object:
    return msgspec.structs.replace(board(2, 2, {}), hash=hash)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    compiled = world("one")
    write(tmp_path, compiled, TABLE)
    assert read_compiled(tmp_path) == compiled


def test_a_new_build_replaces_the_old_and_leaves_no_rubbish(tmp_path: Path) -> None:
    write(tmp_path, world("one"), TABLE)
    write(tmp_path, world("two"), TABLE)
    assert read_compiled(tmp_path).hash == "two"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([POINTER, "two"])


def test_a_failed_build_leaves_the_old_atlas(tmp_path: Path) -> None:
    write(tmp_path, world("one"), TABLE)
    with pytest.raises(AttributeError):
        write(tmp_path, world("two"), {"tracts": object()})
    assert read_compiled(tmp_path).hash == "one"


@pytest.mark.parametrize("moment", range(12))
def test_a_writer_killed_at_any_step_leaves_the_old_atlas_whole(tmp_path: Path, moment: int) -> None:
    """Kill a real second process at its n-th call into the file system."""
    write(tmp_path, world("one"), TABLE)
    code = textwrap.dedent(f"""
        import os, signal, sys
        import pyarrow as pa, pyarrow.parquet as pq
        from metes.atlas import store
        from tests.atlas.test_store import world, TABLE
        import pathlib, shutil, tempfile
        calls = 0
        def counted(function):
            def call(*a, **k):
                global calls
                if calls == {moment}:
                    os.kill(os.getpid(), signal.SIGKILL)
                calls += 1
                return function(*a, **k)
            return call
        pathlib.Path.mkdir = counted(pathlib.Path.mkdir)
        pathlib.Path.write_bytes = counted(pathlib.Path.write_bytes)
        pathlib.Path.rename = counted(pathlib.Path.rename)
        tempfile.mkdtemp = counted(tempfile.mkdtemp)
        tempfile.mkstemp = counted(tempfile.mkstemp)
        pq.write_table = counted(pq.write_table)
        os.replace = counted(os.replace)
        shutil.rmtree = counted(shutil.rmtree)
        store.write(pathlib.Path({str(tmp_path)!r}), world("two"), TABLE)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    found = read_compiled(tmp_path)
    assert found.hash in ("one", "two")
    assert (tmp_path / found.hash / "tracts.parquet").exists()
    write(tmp_path, world("three"), TABLE)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([POINTER, "three"])


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / POINTER).unlink(),
        lambda folder: (folder / POINTER).write_text("{"),
        lambda folder: (folder / POINTER).write_text(json.dumps({"format": 1})),
        lambda folder: (folder / POINTER).write_text(json.dumps({"format": 99, "build": "one"})),
        lambda folder: (folder / "one" / LEDGER).write_bytes(b"\x00\xff"),
        lambda folder: (folder / "one" / LEDGER).unlink(),
    ],
)
def test_a_damaged_atlas_says_what_to_do(tmp_path: Path, damage: object) -> None:
    write(tmp_path, world("one"), TABLE)
    damage(tmp_path)  # type: ignore[operator]
    with pytest.raises(AtlasError, match="metes build") as caught:
        read_compiled(tmp_path)
    assert "\n" not in str(caught.value)


def test_the_pointer_is_readable_by_others(tmp_path: Path) -> None:
    write(tmp_path, world("one"), TABLE)
    assert os.stat(tmp_path / POINTER).st_mode & 0o044
