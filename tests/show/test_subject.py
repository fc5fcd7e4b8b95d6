"""From an answer of the engine to the subject of a map, on a made-up board."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely

from metes.ask.atlas import Atlas
from metes.ask.transfers import Transfers, transfers
from metes.atlas.compiled import Compiled
from metes.errors import UnknownName
from metes.show.map import draw
from metes.show.picture import MapSubject
from metes.show.sheet import PHONE
from metes.show.subject import Cartographer
from tests.show.stand_in import geography
from tests.world import board, entry, question


class BoardShelf:
    """The geometry of a board: squares of one degree round the tracts' points."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.tracts = np.array([square(one.lon, one.lat) for one in compiled.tracts], dtype=object)

    def table(self, name: str) -> Any:
        assert name == "edges"
        arcs = self.compiled.arcs
        shapes = [self._edge(arc.left, arc.right) for arc in arcs]
        return pa.table(
            {
                "left": [arc.left for arc in arcs],
                "right": [arc.right for arc in arcs],
                "doubts": [json.dumps(arc.doubts) for arc in arcs],
                "geometry": pa.array(shapely.to_wkb(shapes), pa.binary()),
            }
        )

    def _edge(self, left: int, right: int) -> shapely.Geometry:
        if -1 in (left, right):
            return shapely.boundary(self.tracts[max(left, right)])
        return shapely.intersection(self.tracts[left], self.tracts[right])


def square(lon: float, lat: float) -> shapely.Polygon:
    return shapely.box(lon - 0.5, lat - 0.5, lon + 0.5, lat + 0.5)


@pytest.fixture(scope="module")
def world() -> Compiled:
    return board(
        4,
        2,
        {"all": range(8), "east": (0, 1), "west": (4,)},
        [
            entry("opening", "1600", "all", "unrecorded", "a", form="opening"),
            entry("first", "1858", "east", "a", "b"),
            entry("second", "1860", "open", "a", "b"),
        ],
        questions=[question("how-far", "near", "far")],
        readings={"open": {"how-far=near": (2,), "how-far=far": (2, 3)}},
    )


@pytest.fixture(scope="module")
def cartographer(world: Compiled) -> Cartographer:
    return Cartographer(Atlas(world), BoardShelf(world), geography(), "en")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def answer(world: Compiled) -> Transfers:
    return transfers(Atlas(world), "a", "b")


@pytest.fixture(scope="module")
def drawn(cartographer: Cartographer, answer: Transfers) -> MapSubject:
    return cartographer.transfers(answer)


def land(subject: MapSubject, hatched: bool) -> dict[str, shapely.Geometry]:
    found: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for area in subject.areas:
        if bool(area.reading) == hatched:
            found[area.row].append(area.geometry)
    return {row: shapely.union_all(shapes) for row, shapes in found.items()}


def test_each_instrument_has_a_row_and_its_own_land(drawn: MapSubject) -> None:
    assert [row.id for row in drawn.rows] == ["first", "second"]
    sure = land(drawn, hatched=False)
    assert sure["first"].equals(shapely.union(square(0, 0), square(1, 0)))
    assert sure["second"].equals(square(2, 0))


def test_land_that_turns_on_a_question_is_hatched_and_says_under_which_reading(drawn: MapSubject) -> None:
    assert land(drawn, hatched=True) == {"second": square(3, 0)}
    (hatch,) = drawn.hatches
    assert "How-Far" in hatch.text or "how-far" in hatch.text.lower()
    assert "far" in hatch.text
    assert "near" not in hatch.text


def test_legend_figures_are_the_answer_s_own(drawn: MapSubject, answer: Transfers) -> None:
    by_row = {row.id: row.km2 for row in drawn.rows}
    assert by_row == {one.instrument.id: one.km2 for one in answer.passed}
    assert drawn.total is not None
    assert drawn.total.km2 == answer.total.interval


def test_bands_lie_on_edges_of_the_drawn_land_only(drawn: MapSubject) -> None:
    edge = shapely.union_all([shapely.boundary(area.geometry) for area in drawn.areas])
    assert drawn.bands
    for band in drawn.bands:
        assert shapely.difference(band.geometry, edge).is_empty
        assert band.corridor_m == 1000.0


def test_title_names_the_parties_and_the_years(drawn: MapSubject) -> None:
    assert drawn.title == "What passed from A to B, 1858–1860"


def test_map_of_an_answer_is_drawn(drawn: MapSubject) -> None:
    made = draw(drawn, PHONE)
    assert made.svg.count('data-row="first"') == 1
    assert made.svg.count('data-row="second"') == 2


def test_territory_and_question_can_be_drawn_and_a_polity_cannot(cartographer: Cartographer) -> None:
    assert [row.id for row in cartographer.record("east").rows] == ["east"]
    both = cartographer.record("open")
    assert land(both, hatched=True) == {"open": square(3, 0)}
    with pytest.raises(UnknownName, match="no land or line"):
        cartographer.record("a")
