"""How an interval is printed: to the digits that it supports."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metes.interval import Interval, hull, plain, support

SIZES = st.floats(1e-3, 1e8, allow_nan=False)


@given(SIZES, SIZES)
def test_rounding_never_moves_a_figure_by_more_than_its_half_width(best: float, half: float) -> None:
    power = support(half, best)
    shown = float(plain(best, power).replace(",", ""))
    assert abs(shown - best) <= half / 2 + best * 1e-12 + 1e-9


def test_digits_follow_the_half_width() -> None:
    assert plain(583_145.7, Interval(560_000, 583_145.7, 606_000).digits()) == "583,000"
    assert plain(76_412.3, Interval(75_600, 76_412.3, 77_200).digits()) == "76,400"


@given(st.lists(st.tuples(SIZES, SIZES), min_size=1, max_size=5))
def test_a_hull_contains_each_of_its_parts(parts: list[tuple[float, float]]) -> None:
    intervals = [Interval(best - half, best, best + half) for best, half in parts]
    joined = hull(intervals, intervals[0].best_km2)
    assert all(joined.low_km2 <= one.low_km2 and one.high_km2 <= joined.high_km2 for one in intervals)
