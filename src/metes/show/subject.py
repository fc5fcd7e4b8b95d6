"""What a map is about, taken from the engine's answers: transfers, extents, single records."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import shapely

from metes.ask.atlas import Atlas
from metes.ask.extent import Extent, extent, lines_on
from metes.ask.naming import has_name_in, name_in
from metes.ask.transfers import Passed, Transfers, transfers
from metes.atlas.compiled import OUTSIDE
from metes.atlas.ledger import tracts_in
from metes.atlas.shelf import Shelf
from metes.base.geography import Geography
from metes.errors import UnknownName
from metes.records.instrument import Instrument
from metes.show.picture import Area, Band, Hatch, MapSubject, River, Row, Surroundings
from metes.show.surroundings import country_names, surroundings
from metes.show.words import Words
from metes.span import BEGINNING, FOREVER, iso

SOURCES_SHOWN = 4
MOST_HATCHES = 3
AT_BEST = ("*best*",)
AT_OTHERS = ("*others*",)
"""Groups of readings where a question has more cases than a map can tell apart."""
CITATION_SHOWN = 80
"""Length at which a citation is cut on the face of a map: the report has it whole."""

Readings = dict[str, str]
Masks = dict[str, int]


@dataclass(frozen=True)
class Cartographer:
    """Makes the subjects of maps from one atlas, its geometry and the base geography, for one reader."""

    atlas: Atlas
    shelf: Shelf
    geography: Geography
    lang: str = "en"

    @cached_property
    def words(self) -> Words:
        """The map's own words."""
        return Words(self.lang)

    @cached_property
    def around(self) -> Surroundings:
        """What is drawn for orientation, as the atlas's viewpoint has it."""
        units = {unit.id: unit.country for unit in self.geography.units()}
        moved = []
        for number, tract in enumerate(self.atlas.compiled.tracts):
            base = units.get(tract.unit)
            if base is not None and base != tract.country:
                moved.append((base, tract.country, self.shelf.tracts[number]))
        return surroundings(self.geography, self.atlas.gazette, self.lang, moved)

    def transfers(self, answer: Transfers) -> MapSubject:
        """Draw what passed between two parties: a grey for each instrument, readings hatched."""
        by_instrument: dict[str, list[Passed]] = defaultdict(list)
        for one in answer.passed:
            if one.km2 is not None:
                by_instrument[one.instrument.id].append(one)

        def masks(readings: Readings) -> Masks:
            again = _again(self.atlas, answer, readings=readings)
            found: Masks = defaultdict(int)
            for one in again.passed:
                found[one.instrument.id] |= one.tracts
            return found

        areas, hatches = self._areas(
            masks, answer.total.moves_km2, by_instrument, lambda id: self._entry_label(by_instrument[id])
        )
        drawn = {area.row for area in areas}
        rows = []
        for id, passed in by_instrument.items():
            if id not in drawn:
                continue
            km2 = passed[0].km2
            if len(passed) > 1:
                only = [one.entry.id for one in passed]
                km2 = _again(self.atlas, answer, only=only).total.interval
            mask = 0
            for one in passed:
                mask |= one.tracts
            rows.append(Row(id, self._row_text(passed), km2, self._held_by(mask)))
        lines = {line for one in answer.passed for line in one.lines}
        span = _years(answer)
        title = self.words["title_transfers"].format(
            giver=self._party(answer.giver.id), taker=self._party(answer.taker.id), span=span
        )
        how = self.words["net" if answer.net else "gross"]
        rules = [name_in(rule.names, self.lang) for rule in answer.rules]
        return self._subject(
            title,
            " · ".join([self.words[f"book_{answer.book}"], how, *rules]),
            areas,
            tuple(rows),
            hatches,
            lines,
            sources=self._sources(by_instrument, lines),
            total=Row("total", self.words["total"], answer.total.interval) if len(rows) > 1 else None,
            note=self._not_drawn(answer.stated),
        )

    def extent(self, answer: Extent) -> MapSubject:
        """Draw what a polity or lineage held on a day: a grey for each member."""

        def masks(readings: Readings) -> Masks:
            held = self.atlas.ledger.replay(answer.book, readings).held_on(answer.day)
            return {one: mask for one, mask in held.items() if mask and answer.who.counts(one, answer.day)}

        moves = answer.total.moves_km2 if answer.total else {}
        best = masks(self.atlas.ledger.best_readings())
        lines = lines_on(self.atlas, answer.day)
        areas, hatches = self._areas(masks, moves, best, lambda id: (self._party(id), ""))
        rows = []
        for polity in dict.fromkeys(area.row for area in areas):
            km2 = answer.total.interval if answer.total and len(best) == 1 else None
            if km2 is None:
                alone = extent(self.atlas, polity, answer.day, book=answer.book)
                whole = alone.total.interval if alone.total else None
                km2 = whole or self.atlas.measure.interval([best.get(polity, 0)], lines)
            rows.append(Row(polity, self._party(polity), km2, self._held_by(best.get(polity, 0))))
        who, day = self._party(answer.who.id), iso(answer.day)
        total = answer.total.interval if answer.total and len(rows) > 1 else None
        return self._subject(
            self.words["title_extent"].format(who=who, day=day),
            self.words[f"book_{answer.book}"],
            areas,
            tuple(rows),
            hatches,
            lines,
            sources=self._sources((), lines),
            total=Row("total", self.words["total"], total) if total else None,
            note=answer.missing,
        )

    def record(self, record_id: str) -> MapSubject:
        """Draw one record: an instrument with its land and lines, a territory, a line, a question, a place.

        Raises UnknownName for a record that has nothing to draw.
        """
        gazette = self.atlas.gazette
        if record_id in gazette.instruments:
            return self._instrument(gazette.instruments[record_id])
        if record_id in gazette.lines:
            line = gazette.lines[record_id]
            return self._land(line.names, {}, (record_id,), line.summary)
        if record_id in gazette.territories:
            territory = gazette.territories[record_id]
            return self._land(territory.names, {record_id: ""}, (), "")
        if record_id in gazette.questions:
            question = gazette.questions[record_id]
            governed = [one.id for one in gazette.territories.values() if one.question == record_id]
            return self._land(question.names, dict.fromkeys(governed, ""), (), question.asks)
        if record_id in gazette.places:
            place = gazette.places[record_id]
            if place.territories:
                return self._land(place.names, dict.fromkeys(place.territories, ""), (), "")
        raise UnknownName(
            f"{record_id!r} has no land or line to draw: give an instrument, line, territory or question"
        )

    def _instrument(self, instrument: Instrument) -> MapSubject:
        territories = [
            e.territory for e in instrument.entries if e.territory in self.atlas.gazette.territories
        ]
        return self._land(
            instrument.names,
            dict.fromkeys(territories, ""),
            instrument.lines,
            instrument.summary,
            [instrument.id],
        )

    def _land(
        self,
        names: tuple[Any, ...],
        territories: Mapping[str, str],
        lines: Iterable[str],
        subtitle: str,
        instruments: Iterable[str] = (),
    ) -> MapSubject:
        """Draw named territories, each with a grey, and lines with their legs."""
        ledger = self.atlas.ledger
        questions = sorted(
            {
                part.partition("=")[0]
                for one in territories
                for key in self.atlas.compiled.shapes.get(one, {})
                for part in key.split("&")
                if part
            }
        )
        moves = {q: {r.id: 0.0 for r in self.atlas.gazette.questions[q].readings} for q in questions}

        def masks(readings: Readings) -> Masks:
            return {one: ledger.territory(one, readings)[0] for one in territories}

        def label(id: str) -> str:
            return name_in(self.atlas.gazette.territories[id].names, self.lang)

        areas, hatches = self._areas(masks, moves, territories, lambda id: (label(id), ""))
        best = masks(ledger.best_readings())
        bounding: set[str] = set()
        rows = []
        for id in dict.fromkeys(area.row for area in areas):
            _, its_lines, _ = ledger.territory(id, ledger.best_readings())
            bounding.update(its_lines)
            rows.append(
                Row(
                    id, label(id), self.atlas.measure.interval([best[id]], its_lines), self._held_by(best[id])
                )
            )
        legs, bands = self._legs(lines)
        drawn = self._subject(
            name_in(names, self.lang),
            subtitle,
            areas,
            tuple(rows),
            hatches,
            bounding,
            sources=self._sources(instruments, [*lines, *bounding]),
        )
        return replace(drawn, lines=legs, bands=(*self._bands(areas, frozenset(bounding), lines), *bands))

    def _legs(self, lines: Iterable[str]) -> tuple[tuple[River, ...], tuple[Band, ...]]:
        wanted = set(lines)
        if not wanted:
            return (), ()
        table = self.shelf.table("lines")
        rows = table.drop_columns(["geometry"]).to_pylist()
        shapes = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
        legs, bands = [], []
        for row, shape in zip(rows, shapes, strict=True):
            if row["line"] in wanted:
                id = f"{row['line']}/{row['leg']}"
                legs.append(River(id, shape, str(row["leg"]), rank=1))
                bands.append(Band(id, shape, float(row["corridor_m"])))
        return tuple(legs), tuple(bands)

    def _areas(
        self,
        masks: Callable[[Readings], Masks],
        moves: Mapping[str, Mapping[str, float]],
        order: Iterable[str],
        label: Callable[[str], tuple[str, str]],
    ) -> tuple[tuple[Area, ...], tuple[Hatch, ...]]:
        """Split each row's land into what counts under every reading and what turns on a question."""
        best = self.atlas.ledger.best_readings()
        central = masks(best)
        sure = dict(central)
        # question → row → tract set → the readings under which it counts
        open_land: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
        for question, readings in moves.items():
            under = {reading: masks({**best, question: reading}) for reading in readings}
            for row in dict.fromkeys([*order, *central, *(one for found in under.values() for one in found)]):
                ever, always = 0, ~0
                for found in under.values():
                    ever |= found.get(row, 0)
                    always &= found.get(row, 0)
                if ever == always:
                    continue
                sure[row] = sure.get(row, 0) & always
                groups: dict[tuple[str, ...], int] = defaultdict(int)
                for tract in tracts_in(ever & ~always):
                    bit = 1 << tract
                    groups[tuple(r for r, found in under.items() if found.get(row, 0) & bit)] |= bit
                open_land[question, row] = groups
        _simplify(open_land, best)
        areas: list[Area] = []
        hatches: dict[str, Hatch] = {}
        rows = list(dict.fromkeys([*order, *central, *(row for _, row in open_land)]))
        for row in rows:
            if sure.get(row):
                areas.append(Area(row, row, self._union(sure[row]), *label(row)))
            for (question, its_row), groups in open_land.items():
                if its_row != row:
                    continue
                for counted, mask in groups.items():
                    key = f"{question}={'|'.join(counted)}"
                    hatches.setdefault(key, Hatch(key, self._hatch_text(question, counted)))
                    alone = not any(area.row == row for area in areas)
                    text = label(row) if alone else ("", "")
                    areas.append(Area(f"{row}/{key}", row, self._union(mask), *text, reading=key))
        return tuple(areas), tuple(hatches.values())

    def _hatch_text(self, question: str, readings: tuple[str, ...]) -> str:
        record = self.atlas.gazette.questions[question]
        if readings in (AT_BEST, AT_OTHERS):
            best = next(one.name for one in record.readings if one.id == record.best)
            words = self.words["hatch_best" if readings == AT_BEST else "hatch_others"]
            return words.format(question=name_in(record.names, self.lang), best=best)
        said = [one.name for one in record.readings if one.id in readings]
        return self.words["hatch"].format(
            question=name_in(record.names, self.lang), readings=" / ".join(said)
        )

    def _subject(
        self,
        title: str,
        subtitle: str,
        areas: tuple[Area, ...],
        rows: tuple[Row, ...],
        hatches: tuple[Hatch, ...],
        lines: Iterable[str],
        sources: tuple[str, ...],
        total: Row | None = None,
        note: str = "",
    ) -> MapSubject:
        viewpoint = self.atlas.gazette.viewpoints.get(self.atlas.compiled.viewpoint)
        said = (
            f"{name_in(viewpoint.names, self.lang)} ({viewpoint.when})"
            if viewpoint
            else self.atlas.compiled.viewpoint
        )
        return MapSubject(
            title,
            subtitle,
            areas,
            rows,
            said,
            sources,
            bands=self._bands(areas, frozenset(lines)),
            hatches=hatches,
            around=self.around,
            total=total,
            note=note,
            lang=self.lang,
        )

    def _union(self, mask: int) -> Any:
        shapes = [self.shelf.tracts[number] for number in tracts_in(mask)]
        return shapely.union_all(shapes) if len(shapes) > 1 else shapes[0]

    def _bands(
        self, areas: tuple[Area, ...], lines: frozenset[str], drawn: Iterable[str] = ()
    ) -> tuple[Band, ...]:
        """Find the edges of the drawn land, each with the corridor of the doubt that counts there.

        Edges along `drawn` lines are left out: their legs have bands of their own.
        """
        own = frozenset(drawn)
        owner: dict[int, str] = {}
        inside = {area.id: area.geometry for area in areas}
        tree = shapely.STRtree(list(inside.values()))
        ids = list(inside)
        points = [shapely.Point(one.lon, one.lat) for one in self.atlas.compiled.tracts]
        for number, area in tree.query(points, predicate="within").T.tolist() if points else []:
            owner[number] = ids[area]
        table = self.shelf.table("edges")
        edges = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
        by_doubt: dict[str, list[Any]] = defaultdict(list)
        columns = zip(
            table["left"].to_pylist(), table["right"].to_pylist(), table["doubts"].to_pylist(), strict=True
        )
        for (left, right, doubts), edge in zip(columns, edges, strict=True):
            mine, other = owner.get(left), owner.get(right)
            if mine == other or OUTSIDE in (left, right):
                continue
            known = json.loads(doubts)
            if not own & known.keys():
                by_doubt[self.atlas.measure.choose(known, lines)].append(edge)
        return tuple(
            Band(
                doubt,
                shapely.line_merge(shapely.union_all(found)),
                self.atlas.compiled.doubts[doubt].corridor_m,
            )
            for doubt, found in sorted(by_doubt.items())
        )

    def _entry_label(self, passed: list[Passed]) -> tuple[str, str]:
        """Label an instrument's land: the instrument, and under it the territory if it is one."""
        territory = self.atlas.gazette.territories.get(passed[0].entry.territory)
        if len(passed) > 1 or territory is None or not has_name_in(territory.names, self.lang):
            return self._instrument_label(passed[0].instrument), ""
        return self._instrument_label(passed[0].instrument), name_in(territory.names, self.lang, short=True)

    def _instrument_label(self, instrument: Instrument) -> str:
        year = _year_of(instrument)
        names = instrument.names
        if any(one.kind == "short" and one.lang == self.lang for one in names) or not instrument.place:
            text = name_in(names, self.lang, short=True)
        else:
            text = instrument.place if self.lang == "en" else name_in(names, self.lang, short=True)
        return text if year in text else f"{text} {year}"

    def _row_text(self, passed: list[Passed]) -> str:
        instrument = passed[0].instrument
        name, year = name_in(instrument.names, self.lang), _year_of(instrument)
        land = []
        # Land that counts only under another reading is named where none counts under the best ones.
        for one in [row for row in passed if row.km2 is not None and row.km2.best_km2] or passed:
            territory = self.atlas.gazette.territories.get(one.entry.territory)
            if territory is not None and has_name_in(territory.names, self.lang):
                land.append(name_in(territory.names, self.lang))
        head = name if year in name else f"{year} {name}"
        return f"{head}: {', '.join(dict.fromkeys(land))}" if land else head

    def _held_by(self, mask: int) -> str:
        names = country_names(self.lang)
        sums: dict[str, float] = defaultdict(float)
        for number in tracts_in(mask):
            tract = self.atlas.compiled.tracts[number]
            sums[tract.country] += tract.area_km2
        ranked = sorted(sums, key=lambda one: (-sums[one], one))
        return self.words["comma"].join(names.get(one, one) for one in ranked)

    def _party(self, id: str) -> str:
        gazette = self.atlas.gazette
        record = gazette.lineages.get(id) or gazette.polities.get(id)
        return name_in(record.names, self.lang) if record else id

    def _not_drawn(self, stated: tuple[Passed, ...]) -> str:
        if not stated:
            return ""
        names = dict.fromkeys(self._row_text([one]) for one in stated)
        return self.words["not_drawn"].format("; ".join(names))

    def _sources(self, instruments: Iterable[str], lines: Iterable[str]) -> tuple[str, ...]:
        gazette = self.atlas.gazette
        ids = [source for one in instruments for source in gazette.instruments[one].sources]
        ids += [leg.source for one in sorted(set(lines)) for leg in gazette.lines[one].legs]
        cited = [_cut(gazette.sources[one].citation) for one in dict.fromkeys(ids) if one in gazette.sources]
        more = len(cited) - SOURCES_SHOWN
        return (*cited[:SOURCES_SHOWN], *([f"+ {more}"] if more > 0 else []))


def _simplify(open_land: dict[tuple[str, str], dict[tuple[str, ...], int]], best: Readings) -> None:
    """Tell apart only what counts at best and what does not, where a question has more cases than that."""
    cases: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for (question, _), groups in open_land.items():
        cases[question].update(groups)
    for (question, _), groups in open_land.items():
        if len(cases[question]) <= MOST_HATCHES:
            continue
        joined: dict[tuple[str, ...], int] = {}
        for counted, mask in groups.items():
            key = AT_BEST if best[question] in counted else AT_OTHERS
            joined[key] = joined.get(key, 0) | mask
        groups.clear()
        groups.update(joined)


def subject_of_transfers(atlas: Atlas, shelf: Shelf, answer: Transfers, lang: str = "en") -> MapSubject:
    """Make the map of what passed between two parties."""
    return Cartographer(atlas, shelf, Geography(), lang).transfers(answer)


def subject_of_extent(atlas: Atlas, shelf: Shelf, answer: Extent, lang: str = "en") -> MapSubject:
    """Make the map of what a polity held on a day."""
    return Cartographer(atlas, shelf, Geography(), lang).extent(answer)


def subject_of_record(atlas: Atlas, shelf: Shelf, record_id: str, lang: str = "en") -> MapSubject:
    """Make the map of one record of the gazette. Raises UnknownName where there is nothing to draw."""
    return Cartographer(atlas, shelf, Geography(), lang).record(record_id)


def _again(
    atlas: Atlas, answer: Transfers, *, readings: Readings | None = None, only: list[str] | None = None
) -> Transfers:
    """Ask the same question again, under given readings or of some entries only.

    A gross answer may have been asked of chosen entries: all that it lists are asked for again.
    """
    if only is None and not answer.net:
        only = [one.entry.id for one in answer.passed]
    return transfers(
        atlas,
        answer.giver.id,
        answer.taker.id,
        answer.since,
        answer.until,
        book=answer.book,
        rules=[rule.id for rule in answer.rules],
        net=answer.net,
        readings=readings,
        only=only,
    )


def _years(answer: Transfers) -> str:
    """Give the years asked about; those of the first and last entry where an end is open."""
    days = [one.day for one in answer.passed]
    first = answer.since if answer.since != BEGINNING else min(days, default=1)
    last = answer.until - 1 if answer.until != FOREVER else max(days, default=1)
    years = dict.fromkeys((iso(first)[:-6], iso(last)[:-6]))
    return "–".join(years)


def _year_of(instrument: Instrument) -> str:
    dates = instrument.dates
    text = dates.signed or dates.happened or dates.in_force or dates.handed_over or dates.ratified or ""
    return text[:4]


def _cut(citation: str) -> str:
    text = " ".join(citation.split()).rstrip(".")
    return (
        text if len(text) <= CITATION_SHOWN else text[:CITATION_SHOWN].rsplit(" ", 1)[0].rstrip(",;:(") + " …"
    )
