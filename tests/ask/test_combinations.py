"""A total put together from regions is the total measured whole, under every combination of readings."""

from __future__ import annotations

import pytest

from metes.ask.atlas import Atlas
from metes.ask.transfers import passes, transfers
from metes.span import FOREVER


@pytest.mark.parametrize(
    ("giver", "taker"),
    [("china", "russia"), ("russia", "china"), ("russia", "japan"), ("dzungar-khanate", "china")],
)
def test_every_combination_is_measured_as_if_whole(atlas: Atlas, giver: str, taker: str) -> None:
    answer = transfers(atlas, giver, taker)
    best = atlas.ledger.best_readings()
    for readings, interval in answer.total.under[::7]:
        replay = atlas.ledger.replay("title", {**best, **readings})
        rows = [one for one in replay.movements if passes(one.entry, one.day, answer.giver, answer.taker)]
        whole = atlas.measure.interval(
            [one.tracts for one in rows], {line for one in rows for line in one.lines}
        )
        assert interval.best_km2 == pytest.approx(whole.best_km2, rel=1e-12)
        assert interval.high_km2 == pytest.approx(whole.high_km2, rel=1e-9)
        assert interval.low_km2 == pytest.approx(whole.low_km2, rel=1e-9)


def test_a_question_that_matters_only_under_another_reading_is_found(atlas: Atlas) -> None:
    # Who held the Chu and Talas in 1864 turns on 1825 only where they were Qing at all.
    answer = transfers(atlas, "china", "russia", until=FOREVER)
    assert "kokand-seizure" in answer.total.moves_km2
    values = set(answer.total.moves_km2["kokand-seizure"].values())
    assert len(values) == 1
