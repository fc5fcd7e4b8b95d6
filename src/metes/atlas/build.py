"""From gazette text and base geography to a built atlas."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec
from babel import Locale

from metes.atlas.compiled import FORMAT, Compiled
from metes.atlas.ledger import Ledger
from metes.atlas.measure import Measure
from metes.atlas.partition import Partition, partition
from metes.atlas.places import place_tracts
from metes.atlas.store import write
from metes.atlas.tables import tables
from metes.base.area import area_km2
from metes.base.geography import Geography, Town
from metes.claims.lexicon import build_lexicon, encode_lexicon
from metes.delimit.line import CompiledLine, compile_lines
from metes.delimit.terrain import Terrain
from metes.errors import AtlasError, GazetteError
from metes.records.gazette import Gazette
from metes.records.instrument import Book
from metes.records.read import read_gazette
from metes.records.viewpoint import Viewpoint

BOOKS: tuple[Book, ...] = ("title", "control")
DEFAULT_VIEWPOINT = "de-facto-today"
REJECT_KM2 = 1.0
REJECT_SHARE = 0.001
"""An entry may leave behind at most this much of its land because its giver does not hold it: slivers
between lines of different sources. More is a contradiction between two records."""

Progress = Callable[[str], None]
STEPS = ("gazette", "lines", "tracts", "ledger", "lexicon", "files")


def build(gazette_folder: Path, out: Path, progress: Progress = lambda step: None) -> Compiled:
    """Build the atlas of a gazette and swap it in at `out`; the old one stays until the new is whole.

    `progress` is called with the name of each of STEPS as it begins. Raises GazetteError for a record
    that breaks a rule, DelimitError for a line that cannot be drawn, AtlasError for books that do not balance.
    """
    progress("gazette")
    gazette = read_gazette(gazette_folder)
    progress("lines")
    geography = Geography()
    lines = compile_lines(gazette.lines.values(), Terrain(geography), gazette.doubts)
    progress("tracts")
    viewpoint = _viewpoint(gazette)
    parts = partition(gazette, viewpoint, geography, lines)
    progress("ledger")
    compiled = _compiled(gazette, geography, parts, lines)
    report = check_books(compiled)
    progress("lexicon")
    compiled = msgspec.structs.replace(
        compiled, report=(*compiled.report, *report), lexicon=_lexicon(compiled, geography)
    )
    compiled = msgspec.structs.replace(compiled, hash=_hash(compiled))
    progress("files")
    write(out, compiled, tables(compiled, parts, lines))
    return compiled


def _viewpoint(gazette: Gazette) -> Viewpoint:
    if DEFAULT_VIEWPOINT not in gazette.viewpoints:
        raise GazetteError(
            f"the gazette has no viewpoint {DEFAULT_VIEWPOINT!r}: it says whose map of today is used"
        )
    return gazette.viewpoints[DEFAULT_VIEWPOINT]


def _compiled(
    gazette: Gazette, geography: Geography, parts: Partition, lines: dict[str, CompiledLine]
) -> Compiled:
    from metes import __version__

    viewpoint = _viewpoint(gazette)
    units = {
        unit.id: dict(unit.names) | {"en": unit.name} for unit in geography.units(sorted(viewpoint.holds))
    }
    common = Locale.parse("en").territories
    countries = {
        one.id: dict(one.names) | {"en": common.get(one.id, one.name)} for one in geography.countries()
    }
    notes = [note for line in lines.values() for note in line.notes]
    areas = {unit.id: area_km2(unit.geometry) for unit in geography.units()}
    for unit in geography.units():
        areas[unit.country] = areas.get(unit.country, 0.0) + areas[unit.id]
    towns = _towns(geography, viewpoint)
    return Compiled(
        format=FORMAT,
        name="gazette",
        version=__version__,
        hash="",
        viewpoint=viewpoint.id,
        gazette=gazette,
        tracts=parts.tracts,
        arcs=parts.arcs,
        doubts=parts.doubts,
        shapes=parts.shapes,
        units=units,
        countries=countries,
        areas_km2={code: round(km2, 1) for code, km2 in areas.items()},
        place_tracts=place_tracts(gazette, parts.tracts, parts.geometry, parts.shapes, towns),
        town_points={town.id: (round(town.lon_deg, 4), round(town.lat_deg, 4)) for town in towns},
        report=(*notes, *parts.notes),
    )


def check_books(compiled: Compiled) -> list[str]:
    """Replay both books under every reading and check them; returns what was rejected as slivers.

    Raises AtlasError where an entry conveys land that its giver does not hold, or where the closing
    balance is not the viewpoint's map of today.
    """
    ledger, measure = Ledger(compiled), Measure(compiled)
    gazette = compiled.gazette
    holds = gazette.viewpoints[compiled.viewpoint].holds
    faults: list[str] = []
    notes: set[str] = set()
    best = ledger.best_readings()
    cases = [best] + [
        {**best, question.id: reading.id}
        for question in gazette.questions.values()
        for reading in question.readings
        if reading.id != question.best
    ]
    for readings in cases:
        other = {q: r for q, r in readings.items() if r != best[q]}
        label = f" under {', '.join(f'{q} = {r}' for q, r in other.items())}" if other else ""
        for book in BOOKS:
            replay = ledger.replay(book, readings)
            for one in replay.movements:
                left_km2 = measure.area_km2(one.rejected)
                wanted_km2 = left_km2 + measure.area_km2(one.tracts)
                if left_km2 == 0:
                    continue
                holders = [p for p, mask in replay.held_on(one.day).items() if mask & one.rejected]
                said = (
                    f"{one.entry.id} ({book}){label}: {left_km2:,.1f} of {wanted_km2:,.1f} km² are not "
                    f"{one.entry.giver}'s to convey but held by {', '.join(holders)}"
                )
                if left_km2 > max(REJECT_KM2, REJECT_SHARE * wanted_km2):
                    faults.append(said)
                else:
                    notes.add(said)
        final = ledger.replay("control", readings).holdings
        for number, tract in enumerate(compiled.tracts):
            holder = next(p for p, mask in final.items() if mask >> number & 1)
            if holder != holds[tract.country] and holder != "unrecorded":
                faults.append(
                    f"closing balance{label}: {tract.area_km2:,.1f} km² in {tract.unit} end with {holder}, but the "
                    f"map of {compiled.viewpoint} shows {holds[tract.country]} ({tract.country})"
                )
    if faults:
        first, more = min(faults), len(set(faults)) - 1
        raise AtlasError(f"the books do not balance: {first}" + (f"; and {more} more such" if more else ""))
    return sorted(notes)


def _towns(geography: Geography, viewpoint: Viewpoint) -> list[Town]:
    return [town for town in geography.towns() if town.country in viewpoint.holds]


def _lexicon(compiled: Compiled, geography: Geography) -> msgspec.Raw:
    viewpoint = compiled.gazette.viewpoints[compiled.viewpoint]
    towns = {one.id: {"en": one.name} for one in _towns(geography, viewpoint)}
    lexicon = build_lexicon(compiled.gazette, compiled.units, compiled.countries, towns, compiled.areas_km2)
    return msgspec.Raw(encode_lexicon(lexicon))


def _hash(compiled: Compiled) -> str:
    from metes.atlas.compiled import encode

    return hashlib.sha256(encode(compiled)).hexdigest()[:16]
