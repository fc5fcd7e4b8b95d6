"""The base geography, read once for all tests of it."""

from __future__ import annotations

import pytest

from metes.base.geography import Geography


@pytest.fixture(scope="session")
def geography() -> Geography:
    """Give the base geography shipped with metes."""
    return Geography()
