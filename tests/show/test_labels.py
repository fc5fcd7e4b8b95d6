"""The placing of labels, whatever is wished for."""

from __future__ import annotations

import itertools

import shapely
from hypothesis import given
from hypothesis import strategies as st

from metes.show.labels import Board, Seat, TextLine, Wish
from metes.show.seats import along, beside, inside

FRAME = shapely.box(0, 0, 300, 200)


def wish(id: str, width: float, order: float = 0.0, dot: tuple[float, float] | None = None) -> Wish:
    return Wish(id, (TextLine(id, 10.0, width),), (), (order, id), dot)


def board() -> Board:
    return Board(FRAME, shapely.STRtree([]))


points = st.tuples(st.floats(-20, 320), st.floats(-20, 220))


@given(st.lists(st.tuples(points, st.floats(5, 120)), max_size=25))
def test_whatever_is_wished_for_nothing_overlaps(rows: list[tuple[tuple[float, float], float]]) -> None:
    wishes = [beside(wish(f"{n}", width, dot=at), *at) for n, (at, width) in enumerate(rows)]
    placed, left = board().place(wishes)
    assert len(placed) + len(left) == len(rows)
    for one, other in itertools.combinations(placed, 2):
        assert not one.box.intersects(other.box)
    for one, other in itertools.permutations(placed, 2):
        assert not one.box.intersects(shapely.Point(other.wish.dot).buffer(1.5))
    assert all(FRAME.contains(one.box) for one in placed)


def test_the_more_important_label_chooses_first() -> None:
    seat = (Seat(100, 100),)
    first, second = (
        Wish(name, (TextLine(name, 10.0, 40.0),), seat, (order, name))
        for name, order in (("b", 1.0), ("a", 2.0))
    )
    placed, left = board().place([second, first])
    assert [one.wish.id for one in placed] == ["b"]
    assert [one.id for one in left] == ["a"]


def test_label_that_fits_stands_on_its_land_and_one_that_does_not_has_a_leader() -> None:
    land = shapely.box(50, 50, 150, 120)
    wide = inside(wish("fits", 60), land, shapely.MultiPolygon())
    small = inside(wish("does not", 60, order=1), shapely.box(200, 50, 212, 60), land)
    (roomy, tight), _ = board().place([wide, small])
    assert roomy.seat.toward is None
    assert land.contains(roomy.box)
    assert tight.seat.toward is not None
    assert not tight.box.intersects(land)


def test_river_name_runs_along_its_river_and_not_on_it() -> None:
    river = shapely.LineString([(20, 20), (120, 70), (240, 130)])
    (name,), _ = board().place([along(wish("river", 50), river)])
    assert 20 < name.seat.turn_deg < 35
    assert not name.box.buffer(-0.5).intersects(river)


def test_blocked_ground_stays_free() -> None:
    made = board()
    made.block(shapely.box(0, 0, 300, 150))
    placed, left = made.place([beside(wish("a", 30), 100, 60), beside(wish("b", 30), 100, 180)])
    assert [one.wish.id for one in placed] == ["b"]
    assert [one.id for one in left] == ["a"]


def test_sign_of_a_place_is_never_covered_whichever_comes_first() -> None:
    town = beside(wish("town", 30, dot=(100, 100)), 100, 100)
    sea = Wish("sea", (TextLine("sea", 10.0, 60.0),), (Seat(100, 100),), (1, "sea"))
    placed, left = board().place([town, sea])
    assert [one.wish.id for one in placed] == ["town"]
    assert [one.id for one in left] == ["sea"]
    speck = Wish("sea", (TextLine("i", 10.0, 4.0),), sea.seats, (-1, "sea"))
    placed, left = board().place([speck, town])
    assert [one.wish.id for one in placed] == ["sea"]
    assert [one.id for one in left] == ["town"]


def test_sign_stays_clear_even_where_its_own_label_stands_apart() -> None:
    apart = Wish("town", (TextLine("town", 10.0, 20.0),), (Seat(200, 150),), (0, "town"), dot=(100, 100))
    sea = Wish("sea", (TextLine("sea", 10.0, 60.0),), (Seat(100, 100),), (1, "sea"))
    assert [one.id for one in board().place([apart, sea])[1]] == ["sea"]
