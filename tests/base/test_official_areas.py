"""Measured areas against official ones, which come from authorities/ and nowhere else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from metes.base.area import area_km2
from metes.base.geography import Geography

AUTHORITIES = Path(__file__).parents[2] / "authorities/admin1-areas.toml"
ROWS: list[dict[str, Any]] = tomllib.loads(AUTHORITIES.read_text(encoding="utf-8"))["area"]

AGREES = 0.015
"""Natural Earth at 1:10 million generalises coasts and borders; issue 2 sets the bar."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_an_area_agrees_with_the_official_one_or_says_why_not(
    geography: Geography, row: dict[str, Any]
) -> None:
    units = (
        geography.units([row["country"]])
        if "country" in row
        else [geography.unit(unit_id) for unit_id in row["units"]]
    )
    measured = sum(area_km2(unit.geometry) for unit in units)
    off = measured / row["km2"] - 1
    if "exception" in row:
        assert abs(off) > AGREES, f"{row['name']} agrees now ({off:+.2%}): drop its exception"
        assert row["exception"].startswith(f"{100 * off:+.1f} %")
    else:
        assert abs(off) <= AGREES, f"{row['name']}: {off:+.2%}"


def test_every_figure_says_where_it_is_from() -> None:
    for row in ROWS:
        assert row["opened"] in {"yes", "excerpt"}, f"{row['name']} was not opened"
        assert row["url"].startswith("http")
        assert row["authority"]
        assert row["definition"]
