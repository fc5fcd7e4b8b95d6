"""An open matter with a name, and its defensible answers."""

from __future__ import annotations

from metes.records.common import Name, Record, Says


class Reading(Record, frozen=True, kw_only=True):
    """One defensible answer: what it says, who argues for it, and why."""

    id: str
    name: str
    says: str
    held_by: tuple[Says, ...] = ()
    sources: tuple[str, ...]


class Question(Record, frozen=True, kw_only=True):
    """An open matter that governs any number of lines, territories and entries.

    `best` is the reading that best figures use, `why` the reason (never an area).
    """

    id: str
    names: tuple[Name, ...]
    asks: str
    best: str
    why: str
    readings: tuple[Reading, ...]
    comment: str | None = None
