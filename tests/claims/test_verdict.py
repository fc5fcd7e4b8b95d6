"""The thresholds of DESIGN.md."""

from __future__ import annotations

from metes.claims.verdict import of_amount, of_claim
from metes.interval import Interval

NARROW = Interval(95.0, 100.0, 105.0)
WIDE = Interval(70.0, 100.0, 130.0)


def test_overlap_is_supported_where_the_range_is_narrow_and_within_range_where_it_is_wide() -> None:
    assert of_amount(98, 102, [NARROW], NARROW) == "supported"
    assert of_amount(98, 102, [WIDE], WIDE) == "within-range"


def test_depends_where_one_reading_meets_the_figure_and_another_does_not() -> None:
    assert of_amount(98, 102, [NARROW, Interval(190, 200, 210)], Interval(95, 100, 210)) == "depends"


def test_the_nearest_ends_decide_how_far_off_a_figure_is() -> None:
    assert of_amount(200, 220, [NARROW], NARROW) == "too-high"
    assert of_amount(400, 420, [NARROW], NARROW) == "contradicted"
    assert of_amount(40, 50, [NARROW], NARROW) == "too-low"
    assert of_amount(10, 20, [NARROW], NARROW) == "contradicted"


def test_a_claim_is_its_worst_part_or_mixed() -> None:
    assert of_claim([("amount", "supported"), ("date", "supported")]) == "supported"
    assert of_claim([("amount", "within-range"), ("date", "supported")]) == "within-range"
    assert of_claim([("amount", "depends"), ("taker", "contradicted")]) == "mixed"
    assert of_claim([("amount", "supported"), ("date", "contradicted")]) == "mixed"
    assert of_claim([("list", "supported"), ("list", "contradicted")]) == "mixed"


def test_a_right_party_does_not_soften_a_wrong_figure() -> None:
    assert (
        of_claim([("taker", "supported"), ("taken-from", "supported"), ("amount", "too-high")]) == "too-high"
    )


def test_what_is_on_record_is_never_judged() -> None:
    assert of_claim([("manner", "on-record"), ("date", "supported")]) == "supported"


def test_what_the_best_readings_support_is_within_range_and_what_another_does_depends() -> None:
    other = Interval(190, 200, 210)
    whole = Interval(95, 100, 210)
    assert of_amount(98, 102, [NARROW, other], whole, NARROW) == "within-range"
    assert of_amount(198, 202, [NARROW, other], whole, NARROW) == "depends"
    assert of_amount(148, 152, [NARROW, other], whole, NARROW) == "within-range"
