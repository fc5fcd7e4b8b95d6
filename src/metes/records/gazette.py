"""All records of a gazette by id, read from its folder."""

from __future__ import annotations

import msgspec

from metes.records.doubt import Doubt
from metes.records.instrument import Entry, Instrument
from metes.records.line import Line
from metes.records.place import Place
from metes.records.polity import Lineage, Polity
from metes.records.question import Question
from metes.records.rule import Rule
from metes.records.source import Source
from metes.records.territory import Territory
from metes.records.viewpoint import Cover, Viewpoint


class Gazette(msgspec.Struct, frozen=True):
    """Every record by id. Instruments and events share one table: an event is one of its kinds."""

    sources: dict[str, Source] = {}
    polities: dict[str, Polity] = {}
    lineages: dict[str, Lineage] = {}
    places: dict[str, Place] = {}
    doubts: dict[str, Doubt] = {}
    questions: dict[str, Question] = {}
    lines: dict[str, Line] = {}
    territories: dict[str, Territory] = {}
    instruments: dict[str, Instrument] = {}
    rules: dict[str, Rule] = {}
    viewpoints: dict[str, Viewpoint] = {}
    covers: dict[str, Cover] = {}

    def entries(self) -> list[tuple[Instrument, Entry]]:
        """List every entry with its instrument, in the order of the files."""
        return [(one, entry) for one in self.instruments.values() for entry in one.entries]

    def entry(self, entry_id: str) -> tuple[Instrument, Entry]:
        """Find an entry; KeyError if there is none."""
        for one, entry in self.entries():
            if entry.id == entry_id:
                return one, entry
        raise KeyError(entry_id)
