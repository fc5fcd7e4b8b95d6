"""A record of the gazette shown whole, with what the atlas computed of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from metes.ask.atlas import Atlas
from metes.ask.combinations import Land, Readings, combine
from metes.ask.contract import interval_json
from metes.errors import UnknownName
from metes.interval import Interval

TABLES = (
    "instruments",
    "territories",
    "lines",
    "questions",
    "places",
    "polities",
    "lineages",
    "sources",
    "rules",
    "doubts",
    "viewpoints",
    "covers",
)


@dataclass(frozen=True)
class Shown:
    """A record with its table; `km2` by reading is measured for a territory, empty for all else."""

    table: str
    record: Any
    km2: dict[str, Interval]


def find_records(atlas: Atlas, record_id: str) -> list[Shown]:
    """Find the records of an id, in every table (a line may bear its instrument's id), or of an entry's.

    Raises UnknownName with near matches.
    """
    found = []
    for table in TABLES:
        record = getattr(atlas.gazette, table).get(record_id)
        if record is not None:
            found.append(Shown(table, record, _areas(atlas, record_id) if table == "territories" else {}))
    for instrument, entry in atlas.gazette.entries():
        if entry.id == record_id:
            found.append(Shown("instruments", instrument, {}))
    if not found:
        raise UnknownName(f"no record is called {record_id!r}{_near(atlas, record_id)}")
    return found


def _areas(atlas: Atlas, territory: str) -> dict[str, Interval]:
    if any(shape.stated for shape in atlas.compiled.shapes[territory].values()):
        return {}

    def land(readings: Readings) -> Land:
        mask, lines, _ = atlas.ledger.territory(territory, readings)
        return {territory: (mask, lines)}

    total = combine(atlas, land, {})
    return {
        ", ".join(f"{q} = {r}" for q, r in chosen.items()) or "": interval for chosen, interval in total.under
    }


def records_json(atlas: Atlas, found: Iterable[Shown]) -> dict[str, Any]:
    """Write `metes.record/1`: the records of one id, for it may name one in more than one table."""
    compiled = atlas.compiled
    return {
        "schema": "metes.record/1",
        "atlas": {"name": compiled.name, "version": compiled.version, "hash": compiled.hash},
        "records": [record_json(one) for one in found],
    }


def record_json(shown: Shown) -> dict[str, Any]:
    """Write one record as it stands in the list of `records_json`."""
    return {
        "table": shown.table,
        "record": msgspec.to_builtins(shown.record),
        "km2": {reading: interval_json(km2) for reading, km2 in shown.km2.items()},
    }


def _near(atlas: Atlas, wanted: str) -> str:
    from rapidfuzz import process

    known = [record for table in TABLES for record in getattr(atlas.gazette, table)]
    found = process.extract(wanted, known, limit=3, score_cutoff=60)
    return f"; did you mean {', '.join(dict.fromkeys(name for name, _, _ in found))}?" if found else ""
