"""The real atlas, built once for all tests that ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

from metes.ask.atlas import Atlas
from metes.atlas.build import build
from metes.atlas.store import read_compiled
from metes.folders import gazette_folder


@pytest.fixture(scope="session")
def atlas_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the gazette of this checkout into a folder of its own; tests must not change it."""
    folder = tmp_path_factory.mktemp("atlas") / "built"
    build(gazette_folder(), folder)
    return folder


@pytest.fixture(scope="session")
def atlas(atlas_folder: Path) -> Atlas:
    """Open the real atlas."""
    return Atlas(read_compiled(atlas_folder))
