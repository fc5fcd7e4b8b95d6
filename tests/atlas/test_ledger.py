"""Laws of double entry, on made-up worlds with made-up entries."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from metes.ask.atlas import Atlas
from metes.ask.transfers import transfers
from metes.atlas.ledger import UNRECORDED, Ledger, mask_of, tracts_in
from metes.records.instrument import Instrument
from metes.span import first_day
from tests.world import SIDE_KM, board, entry, question

POLITIES = ("a", "b", "c")
MOVES = st.lists(
    st.tuples(
        st.sets(st.integers(0, 8), min_size=1), st.sampled_from(POLITIES), st.sampled_from(POLITIES)
    ).filter(lambda move: move[1] != move[2]),
    max_size=8,
)


def world(moves: list[tuple[set[int], str, str]]) -> tuple[Ledger, Atlas]:
    shapes: dict[str, set[int]] = {"all": set(range(9))}
    acts: list[Instrument] = [entry("open", "1700", "all", UNRECORDED, "a", "opening")]
    for number, (tracts, giver, taker) in enumerate(moves):
        shapes[f"t{number}"] = tracts
        acts.append(entry(f"act-{number}", f"{1701 + number}", f"t{number}", giver, taker))
    compiled = board(3, 3, shapes, acts, POLITIES)
    atlas = Atlas(compiled)
    return atlas.ledger, atlas


@given(MOVES)
def test_every_tract_has_exactly_one_holder_on_every_day(moves: list[tuple[set[int], str, str]]) -> None:
    ledger, _ = world(moves)
    replay = ledger.replay("title")
    for year in range(1699, 1712):
        held = list(replay.held_on(first_day(str(year))).values())
        union = 0
        for mask in held:
            assert union & mask == 0
            union |= mask
        assert union == ledger.everything


@given(MOVES)
def test_opening_balance_and_entries_make_the_closing_balance(moves: list[tuple[set[int], str, str]]) -> None:
    ledger, atlas = world(moves)
    replay = ledger.replay("title")
    for who in POLITIES:
        balance = 0.0
        for one in replay.movements:
            area = atlas.measure.area_km2(one.tracts)
            balance += area * ((one.entry.taker == who) - (one.entry.giver == who))
        assert balance == atlas.measure.area_km2(replay.holdings.get(who, 0))


@given(MOVES)
def test_an_entry_conveys_only_what_its_giver_holds_and_rejects_the_rest(
    moves: list[tuple[set[int], str, str]],
) -> None:
    ledger, _ = world(moves)
    replay = ledger.replay("title")
    for number, one in enumerate(replay.movements):
        before = replay.held_before(number)
        wanted, _, _ = ledger.territory(one.entry.territory, {})
        assert one.tracts == wanted & before.get(one.entry.giver, 0)
        assert one.rejected == wanted & ~one.tracts


@given(MOVES)
def test_tenures_of_a_tract_follow_each_other_without_a_gap(moves: list[tuple[set[int], str, str]]) -> None:
    ledger, _ = world(moves)
    replay = ledger.replay("title")
    for tract in range(9):
        tenures = replay.tenures(tract)
        for one, other in itertools.pairwise(tenures):
            assert one.end == other.first
            assert one.holder == other.entry.giver


@settings(max_examples=60)
@given(MOVES)
def test_net_is_gross_with_what_came_back_taken_out(moves: list[tuple[set[int], str, str]]) -> None:
    _, atlas = world(moves)
    since, until = first_day("1701"), first_day("1720")
    for giver in POLITIES:
        for taker in POLITIES:
            if giver == taker:
                continue
            net = transfers(atlas, giver, taker, since, until, net=True)
            replay = atlas.ledger.replay("title")
            then, now = replay.held_on(since - 1), replay.held_on(until - 1)
            kept = then.get(giver, 0) & now.get(taker, 0)
            assert net.total.interval.best_km2 == atlas.measure.area_km2(kept)
            assert net.total.interval.best_km2 <= SIDE_KM**2 * 9
            assert sum(row.km2.best_km2 for row in net.passed if row.km2) == net.total.interval.best_km2


def test_land_that_went_and_came_back_counts_gross_but_not_net() -> None:
    acts = [
        entry("open", "1700", "all", UNRECORDED, "a", "opening"),
        entry("go", "1710", "part", "a", "b"),
        entry("back", "1720", "part", "b", "a"),
    ]
    atlas = Atlas(board(2, 1, {"all": [0, 1], "part": [0]}, acts))
    assert transfers(atlas, "a", "b").total.interval.best_km2 == SIDE_KM**2
    assert transfers(atlas, "a", "b", net=True, since=first_day("1701")).total.interval.best_km2 == 0


def test_a_question_moves_a_total_and_gives_its_extremes() -> None:
    acts = [
        entry("open", "1700", "all", UNRECORDED, "a", "opening"),
        entry("go", "1710", "part", "a", "b"),
    ]
    compiled = board(
        3,
        1,
        {"all": [0, 1, 2]},
        acts,
        questions=[question("how-far", "near", "far")],
        readings={"part": {"how-far=near": [0], "how-far=far": [0, 1]}},
    )
    answer = transfers(Atlas(compiled), "a", "b")
    assert answer.total.moves_km2 == {"how-far": {"near": SIDE_KM**2, "far": 2 * SIDE_KM**2}}
    assert answer.total.interval.best_km2 == SIDE_KM**2
    assert answer.total.interval.high_km2 > 2 * SIDE_KM**2
    fixed = transfers(Atlas(compiled), "a", "b", readings={"how-far": "far"})
    assert fixed.total.interval.best_km2 == 2 * SIDE_KM**2
    assert not fixed.total.moves_km2


@given(st.sets(st.integers(0, 60)))
def test_a_mask_and_its_tracts_are_inverse(tracts: set[int]) -> None:
    assert set(tracts_in(mask_of(tracts))) == tracts
