"""Laws of the interval of a union, and a Monte-Carlo of moved lines as an independent judge."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metes.atlas.compiled import Arc, ErrorModel
from metes.atlas.ledger import mask_of
from metes.atlas.measure import Measure
from tests.world import SIDE_KM, board

SETS = st.sets(st.integers(0, 15))


def half(measure: Measure, *sets: set[int]) -> float:
    return measure.interval([mask_of(one) for one in sets], ()).half_width_km2


@given(SETS, SETS)
def test_the_area_of_disjoint_sets_adds_up(one: set[int], two: set[int]) -> None:
    measure = Measure(board(4, 4, {}))
    two = two - one
    together = measure.interval([mask_of(one | two)], ()).best_km2
    apart = measure.interval([mask_of(one)], ()).best_km2 + measure.interval([mask_of(two)], ()).best_km2
    assert together == apart


def test_a_line_shared_by_two_parts_costs_a_union_nothing() -> None:
    measure = Measure(board(2, 1, {}, doubts={"0-1": "inner"}))
    assert half(measure, {0}) > half(measure, {0, 1}) / 2
    assert "inner" in measure.by_doubt((mask_of({0}),), frozenset())
    assert "inner" not in measure.by_doubt((mask_of({0, 1}),), frozenset())


@given(SETS.filter(bool), st.integers(1, 8))
def test_cutting_a_leg_changes_no_interval(tracts: set[int], pieces: int) -> None:
    whole = board(4, 4, {})
    cut = []
    for arc in whole.arcs:
        cut += [Arc(arc.left, arc.right, arc.km / pieces, arc.doubts)] * pieces
    import msgspec

    other = msgspec.structs.replace(whole, arcs=tuple(cut))
    assert half(Measure(whole), tracts) == pytest.approx(half(Measure(other), tracts), rel=1e-12)


@given(SETS.filter(bool))
def test_land_counted_twice_is_twice_as_wide(tracts: set[int]) -> None:
    measure = Measure(board(4, 4, {}))
    assert half(measure, tracts, tracts) == pytest.approx(2 * half(measure, tracts), rel=1e-12)


def test_the_formula_of_the_design_is_what_is_computed() -> None:
    # w·√(L·min(L, λ)): L = 400 km of outer boundary, w = 1 km.
    for correlation, wanted in ((50.0, math.sqrt(400 * 50)), (None, 400.0), (1000.0, 400.0)):
        measure = Measure(board(1, 1, {}, doubt=ErrorModel(1000.0, correlation)))
        assert half(measure, {0}) == pytest.approx(wanted)


@pytest.mark.parametrize("correlation_km", [20.0, 100.0, 400.0])
def test_half_width_agrees_with_a_monte_carlo_of_moved_lines(correlation_km: float) -> None:
    """Move a line of 2,000 km sideways by a noise that keeps its sign over λ; compare the area's spread.

    The noise is constant over stretches of λ, normal, and scaled so that 90 % of the line lies within w.
    """
    length_km, corridor_km, inside = 2000.0, 5.0, 1.6449
    sigma = corridor_km / inside
    stretches = max(1, round(length_km / correlation_km))
    random.seed(1689)
    moved = [
        sum(random.gauss(0, sigma) for _ in range(stretches)) * length_km / stretches for _ in range(4000)
    ]
    moved.sort(key=abs)
    ninety = abs(moved[int(0.9 * len(moved))])
    formula = corridor_km * math.sqrt(length_km * min(length_km, correlation_km))
    assert ninety == pytest.approx(formula, rel=0.06)


def test_an_area_is_never_below_nothing() -> None:
    measure = Measure(board(1, 1, {}, doubt=ErrorModel(1e6, None)))
    assert measure.interval([1], ()).low_km2 == 0.0
    assert measure.interval([1], ()).best_km2 == SIDE_KM**2
