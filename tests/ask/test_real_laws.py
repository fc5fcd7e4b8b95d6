"""The laws of the ledger, of areas and of building, held against the real gazette."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from metes.ask.atlas import Atlas
from metes.ask.parties import party
from metes.ask.transfers import transfers
from metes.atlas.build import BOOKS, REJECT_KM2, REJECT_SHARE
from metes.atlas.compiled import OUTSIDE, Arc
from metes.atlas.ledger import HELD, UNRECORDED, Replay, mask_of, tracts_in
from metes.atlas.measure import Measure
from metes.atlas.store import build_folder
from metes.base.area import area_km2
from metes.base.geography import Geography
from metes.records.instrument import Book
from metes.span import BEGINNING, FOREVER, first_day, life

NODED_KM2 = 0.3
"""By how much the tracts of a unit may differ from it: noding moves a vertex by less than a cell of 11 m, and
a unit of 5,000 km of outline has room for this much."""
PAIRS = (
    ("china", "russia"),
    ("russia", "china"),
    ("japan", "russia"),
    ("china", "mongolia"),
    ("mongolia", "china"),
)
SPANS = ((BEGINNING, FOREVER), (first_day("1858"), first_day("1946")), (first_day("1700"), first_day("1915")))


def cases(atlas: Atlas) -> Iterator[dict[str, str]]:
    """Give the best readings, then each other reading of each question with the rest at their best."""
    best = atlas.ledger.best_readings()
    yield best
    for question in atlas.gazette.questions.values():
        for reading in question.readings:
            if reading.id != question.best:
                yield {**best, question.id: reading.id}


def replays(atlas: Atlas) -> Iterator[Replay]:
    for readings in cases(atlas):
        for book in BOOKS:
            yield atlas.ledger.replay(book, readings)


# --- Land


@pytest.fixture(scope="module")
def geometry(atlas_folder: Path) -> list[shapely.Geometry]:
    table = pq.read_table(build_folder(atlas_folder) / "tracts.parquet")
    assert table["tract"].to_pylist() == list(range(table.num_rows))
    return list(shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False)))


def test_the_tracts_of_each_unit_add_up_to_it(atlas: Atlas) -> None:
    sums: dict[str, float] = defaultdict(float)
    for tract in atlas.compiled.tracts:
        sums[tract.unit] += tract.area_km2
    holds = atlas.gazette.viewpoints[atlas.compiled.viewpoint].holds
    units = Geography().units(sorted(holds))
    assert set(sums) == {unit.id for unit in units}
    for unit in units:
        assert sums[unit.id] == pytest.approx(area_km2(unit.geometry), abs=NODED_KM2), unit.id


def test_no_two_tracts_overlap(geometry: list[shapely.Geometry]) -> None:
    tree = shapely.STRtree(geometry)
    left, right = tree.query(geometry, predicate="overlaps")
    for one, two in zip(left.tolist(), right.tolist(), strict=True):
        if one < two:
            assert area_km2(shapely.intersection(geometry[one], geometry[two])) < 1e-6, (one, two)
    left, right = tree.query(geometry, predicate="contains")
    assert (left == right).all()


def test_a_tract_has_the_area_of_its_geometry_and_its_point_inside(
    atlas: Atlas, geometry: list[shapely.Geometry]
) -> None:
    for tract, shape in zip(atlas.compiled.tracts, geometry, strict=True):
        assert shapely.is_valid(shape)
        assert tract.area_km2 == pytest.approx(area_km2(shape), rel=1e-6, abs=1e-4)
        assert shapely.contains_xy(shape, tract.lon, tract.lat)


def test_a_point_on_land_lies_in_exactly_one_tract(geometry: list[shapely.Geometry]) -> None:
    pick = random.Random(1858)
    tree = shapely.STRtree(geometry)
    bounds = shapely.total_bounds(np.asarray(geometry, dtype=object))
    points = [
        shapely.Point(pick.uniform(bounds[0], bounds[2]), pick.uniform(bounds[1], bounds[3]))
        for _ in range(3000)
    ]
    which, _ = tree.query(points, predicate="intersects")
    _, counts = np.unique(which, return_counts=True)
    assert len(counts) > 300
    assert counts.max() == 1


def test_every_arc_lies_between_tracts_that_are_and_has_doubts_that_are(atlas: Atlas) -> None:
    count = len(atlas.compiled.tracts)
    seen: set[str] = set()
    for arc in atlas.compiled.arcs:
        assert OUTSIDE <= arc.left < arc.right < count
        assert arc.km > 0
        assert arc.doubts
        for line, doubt in arc.doubts.items():
            assert doubt in atlas.compiled.doubts
            assert doubt.split("|")[0] in atlas.gazette.doubts
            ring = line.removeprefix("ring:").split("?")[0]
            assert line == "" or line in atlas.gazette.lines or ring in atlas.gazette.territories, line
        seen.update(arc.doubts.values())
    assert seen == set(atlas.compiled.doubts)
    for doubt, model in atlas.compiled.doubts.items():
        assert model.corridor_m > 0 or atlas.gazette.doubts[doubt.split("|")[0]].kind == "exact"
        assert model.correlation_km is None or model.correlation_km > 0


def test_next_to_no_boundary_is_without_a_doubt(atlas: Atlas) -> None:
    """A line across the sea may touch a cape; no more than that has no corridor."""
    exact = [
        arc.km
        for arc in atlas.compiled.arcs
        if not any(atlas.compiled.doubts[d].corridor_m for d in arc.doubts.values())
    ]
    assert math.fsum(exact) < 2


def test_next_to_no_boundary_has_lost_its_base_doubt(atlas: Atlas) -> None:
    lost = [
        arc.km
        for arc in atlas.compiled.arcs
        if any(doubt.endswith("|noded") for doubt in arc.doubts.values())
    ]
    assert math.fsum(lost) < 2


def test_every_territory_has_a_shape_for_each_reading_of_its_question(atlas: Atlas) -> None:
    for territory in atlas.gazette.territories.values():
        shapes = atlas.compiled.shapes[territory.id]
        if territory.question is None:
            continue
        wanted = {one.id for one in atlas.gazette.questions[territory.question].readings}
        found = {
            pair.partition("=")[2]
            for key in shapes
            for pair in key.split("&")
            if pair.startswith(territory.question)
        }
        assert found == wanted, territory.id


def test_every_territory_has_land_under_every_combination_of_its_readings(atlas: Atlas) -> None:
    """All but a remainder ("what lies beyond the limit"), which a wide reading may leave nothing of."""
    questions = atlas.gazette.questions
    for territory, shapes in atlas.compiled.shapes.items():
        remainder = all(one.by == "sum" and one.minus for one in atlas.gazette.territories[territory].shapes)
        assert any(one.tracts or one.stated for one in shapes.values()), territory
        mine = sorted({pair.partition("=")[0] for key in shapes if key for pair in key.split("&")})
        for chosen in product(*([(q, one.id) for one in questions[q].readings] for q in mine)):
            mask, _, stated = atlas.ledger.territory(
                territory, {**atlas.ledger.best_readings(), **dict(chosen)}
            )
            assert mask or stated or remainder, (territory, chosen)
            assert not (mask and stated), (territory, chosen)
        assert len(shapes) == math.prod(len(questions[q].readings) for q in mine)


# --- Books


def test_every_tract_has_one_holder_after_every_entry(atlas: Atlas) -> None:
    for replay in replays(atlas):
        for day in (BEGINNING, *sorted({one.day for one in replay.movements}), FOREVER - 1):
            union = 0
            for mask in replay.held_on(day).values():
                assert union & mask == 0
                union |= mask
            assert union == atlas.ledger.everything


def test_every_entry_balances_in_its_book_under_every_reading(atlas: Atlas) -> None:
    """What leaves the giver is what the taker gets, to the tract; nobody else's land moves."""
    for replay in replays(atlas):
        before = {UNRECORDED: atlas.ledger.everything}
        for number, one in enumerate(replay.movements):
            after = replay.held_before(number + 1)
            giver, taker = one.entry.giver, one.entry.taker
            assert before.get(giver, 0) & ~after.get(giver, 0) == one.tracts, one.entry.id
            assert after.get(taker, 0) & ~before.get(taker, 0) == one.tracts, one.entry.id
            others = (set(before) | set(after)) - {giver, taker}
            assert all(before.get(polity, 0) == after.get(polity, 0) for polity in others)
            left, moved = atlas.measure.area_km2(one.rejected), atlas.measure.area_km2(one.tracts)
            assert left <= max(REJECT_KM2, REJECT_SHARE * (left + moved)), one.entry.id
            before = after


def test_opening_balance_and_entries_make_the_closing_balance(atlas: Atlas) -> None:
    for replay in replays(atlas):
        sums: dict[str, list[float]] = defaultdict(list)
        sums[UNRECORDED].append(atlas.measure.area_km2(atlas.ledger.everything))
        for one in replay.movements:
            km2 = atlas.measure.area_km2(one.tracts)
            sums[one.entry.giver].append(-km2)
            sums[one.entry.taker].append(km2)
        for polity in {*sums, *replay.holdings}:
            closing = atlas.measure.area_km2(replay.holdings.get(polity, 0))
            # To the square metre.
            assert math.fsum(sums[polity]) == pytest.approx(closing, abs=1e-6), (replay.book, polity)


def test_the_control_book_closes_on_the_map_of_the_viewpoint(atlas: Atlas) -> None:
    holds = atlas.gazette.viewpoints[atlas.compiled.viewpoint].holds
    for readings in cases(atlas):
        final = atlas.ledger.replay("control", readings).holdings
        wanted: dict[str, int] = defaultdict(int)
        for number, tract in enumerate(atlas.compiled.tracts):
            wanted[holds[tract.country]] |= 1 << number
        assert {polity: mask for polity, mask in final.items() if mask} == dict(wanted)


def test_nobody_takes_land_before_or_after_their_life(atlas: Atlas) -> None:
    for replay in replays(atlas):
        for one in replay.movements:
            taker = atlas.gazette.polities[one.entry.taker]
            if one.tracts:
                assert one.day in life(taker.since, taker.until), (one.entry.id, taker.id)


def _holder_on(replay: Replay, tract: int, day: int) -> str:
    """Give the holder of a tract at the end of a day, from its tenures: another way than held_on."""
    found = [one.holder for one in replay.tenures(tract) if one.first <= day < one.end]
    return found[-1] if found else UNRECORDED


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("book", BOOKS)
def test_net_is_gross_with_what_came_back_taken_out(atlas: Atlas, pair: tuple[str, str], book: Book) -> None:
    giver, taker = (party(atlas.gazette, name) for name in pair)
    replay = atlas.ledger.replay(book)
    for since, until in SPANS:
        net = transfers(atlas, *pair, since, until, book=book, net=True)
        passed = [
            tract
            for tract in range(len(atlas.compiled.tracts))
            if giver.counts(_holder_on(replay, tract, since - 1), since - 1)
            and taker.counts(_holder_on(replay, tract, until - 1), until - 1)
        ]
        kept = math.fsum(atlas.compiled.tracts[tract].area_km2 for tract in passed)
        assert net.total.interval.best_km2 == pytest.approx(kept, abs=1e-6)
        rows = [one.km2.best_km2 for one in net.passed if one.km2]
        assert math.fsum(rows) == pytest.approx(kept, abs=1e-6)
        # Every tract that passed for good is in some gross entry to the taker, its own or one of the chain.
        gross = 0
        for one in replay.movements:
            if since <= one.day < until and taker.counts(one.entry.taker, one.day):
                gross |= one.tracts
        assert mask_of(passed) & ~gross == 0


def test_gross_counts_each_entry_of_the_span_once(atlas: Atlas) -> None:
    for giver, taker in PAIRS:
        answer = transfers(atlas, giver, taker)
        ids = [one.entry.id for one in answer.passed]
        assert len(ids) == len(set(ids))
        best = math.fsum(one.km2.best_km2 for one in answer.passed if one.km2)
        assert answer.total.interval.best_km2 == pytest.approx(best, abs=1e-6)


# --- Intervals


def _unions(atlas: Atlas) -> list[tuple[tuple[int, ...], frozenset[str]]]:
    """Pick unions to measure: every territory, and sets of tracts drawn by lot."""
    best = atlas.ledger.best_readings()
    found: list[tuple[tuple[int, ...], frozenset[str]]] = []
    for territory in atlas.gazette.territories:
        mask, lines, _ = atlas.ledger.territory(territory, best)
        if mask:
            found.append(((mask,), frozenset(lines)))
    pick = random.Random(1860)
    for size in (1, 2, 5, 20, 80):
        mask = mask_of(pick.sample(range(len(atlas.compiled.tracts)), size))
        found.append(((mask,), frozenset()))
    return found


@pytest.mark.parametrize("pieces", [(0.5, 0.5), (0.2, 0.3, 0.5), (0.01, 0.99)], ids=str)
def test_cutting_a_leg_changes_no_interval(atlas: Atlas, pieces: tuple[float, ...]) -> None:
    cut = [
        Arc(arc.left, arc.right, arc.km * share, arc.doubts)
        for arc in atlas.compiled.arcs
        for share in pieces
    ]
    random.Random(1881).shuffle(cut)
    other = Measure(msgspec.structs.replace(atlas.compiled, arcs=tuple(cut)))
    for masks, lines in _unions(atlas):
        one, two = atlas.measure.interval(masks, lines), other.interval(masks, lines)
        assert two.half_width_km2 == pytest.approx(one.half_width_km2, rel=1e-9)
        assert two.best_km2 == one.best_km2


def test_the_interval_of_a_union_is_not_the_sum_of_its_parts(atlas: Atlas) -> None:
    """Neighbours share a boundary that costs their union nothing, so it is narrower than both together."""
    seen = 0
    for arc in atlas.compiled.arcs:
        if arc.left == OUTSIDE or arc.km < 50:
            continue
        parts = [atlas.measure.interval([1 << tract], ()) for tract in (arc.left, arc.right)]
        union = atlas.measure.interval([1 << arc.left | 1 << arc.right], ())
        assert union.best_km2 == pytest.approx(sum(one.best_km2 for one in parts), abs=1e-6)
        halves = [(one.high_km2 - one.best_km2) for one in (*parts, union)]
        assert halves[2] < halves[0] + halves[1]
        seen += 1
    assert seen > 50


def test_a_line_between_two_parts_costs_their_union_nothing(atlas: Atlas) -> None:
    for masks, lines in _unions(atlas):
        inside = set(tracts_in(masks[0]))
        outer = {
            atlas.measure.choose(arc.doubts, lines)
            for arc in atlas.compiled.arcs
            if (arc.left in inside) != (arc.right in inside)
        }
        assert set(atlas.measure.by_doubt(masks, lines)) == outer


def test_an_interval_holds_its_best_value_and_lies_above_nothing(atlas: Atlas) -> None:
    for masks, lines in _unions(atlas):
        one = atlas.measure.interval(masks, lines)
        assert 0 <= one.low_km2 < one.best_km2 < one.high_km2


def test_a_total_lies_between_its_readings(atlas: Atlas) -> None:
    for giver, taker in PAIRS:
        total = transfers(atlas, giver, taker).total
        for chosen, interval in total.under:
            assert total.interval.low_km2 <= interval.low_km2, chosen
            assert interval.high_km2 <= total.interval.high_km2, chosen
        for moves in total.moves_km2.values():
            assert total.interval.best_km2 in moves.values()


# --- Building


def test_the_same_gazette_gives_the_same_bytes(atlas_folder: Path, tmp_path: Path) -> None:
    """Build again in another process, with another order of hashes, from another folder."""
    code = (
        "import sys; from pathlib import Path; from metes.atlas.build import build;"
        "from metes.folders import gazette_folder; build(gazette_folder(), Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1727", "TZ": "Asia/Vladivostok", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-c", code, tmp_path / "again"], check=True, cwd=tmp_path, env=environment
    )
    one, two = (
        {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        for folder in (atlas_folder, tmp_path / "again")
    )
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_a_succession_passes_all_that_the_giver_held(atlas: Atlas) -> None:
    for replay in replays(atlas):
        for number, one in enumerate(replay.movements):
            if one.entry.territory == HELD:
                assert one.tracts == replay.held_before(number).get(one.entry.giver, 0)
                assert replay.held_before(number + 1).get(one.entry.giver, 0) == 0
