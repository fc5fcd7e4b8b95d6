"""What happened between lineages, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metes.ask.atlas import Atlas
from metes.ask.parties import Party, party
from metes.records.instrument import Dates, Instrument
from metes.span import BEGINNING, FOREVER, Span, read_span


@dataclass(frozen=True)
class Happening:
    """An instrument or event with the days that its first date means."""

    instrument: Instrument
    when: Span
    text: str


def timeline(
    atlas: Atlas, lineages: Iterable[str], since: int = BEGINNING, until: int = FOREVER
) -> tuple[Happening, ...]:
    """List the instruments and events that all the lineages were party to, or gave or took land by."""
    parties = [party(atlas.gazette, one) for one in lineages]
    found = []
    for instrument in atlas.gazette.instruments.values():
        text = date_text(instrument.dates)
        if text is None:
            continue
        when = read_span(text)
        if since <= when.first < until and all(_involves(instrument, one) for one in parties):
            found.append(Happening(instrument, when, text))
    return tuple(sorted(found, key=lambda one: (one.when.first, one.instrument.id)))


def _involves(instrument: Instrument, who: Party) -> bool:
    named = {
        *instrument.parties,
        *(e.giver for e in instrument.entries),
        *(e.taker for e in instrument.entries),
    }
    return bool(named & set(who.polities()))


def date_text(dates: Dates) -> str | None:
    """Give the date by which an instrument or event is told in order."""
    return dates.signed or dates.happened or dates.in_force or dates.handed_over or dates.ratified
