"""The report page of a checked text, gathered: first screen, map, timeline, sources, trace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from metes.ask.atlas import Atlas
from metes.ask.naming import name_in
from metes.ask.timeline import timeline
from metes.ask.transfers import Transfers
from metes.show.map import draw
from metes.show.page import Citation, Event, Report, page
from metes.show.picture import MapSubject
from metes.show.screen import Screen
from metes.show.sheet import PHONE, SCREEN


def report_page(
    atlas: Atlas,
    answer: dict[str, Any],
    found: Transfers | None,
    subject: MapSubject | None,
    screen: Screen,
    trace: Sequence[str],
    lang: str,
) -> str:
    """Write the page of a report as HTML."""
    wide = draw(subject, SCREEN, "wide", fonts=True).svg if subject else ""
    narrow = draw(subject, PHONE, "narrow", fonts=True).svg if subject else ""
    events = tuple(
        Event(one.text, name_in(one.instrument.names, lang), one.instrument.summary)
        for one in (timeline(atlas, [found.giver.id, found.taker.id]) if found else ())
    )
    cited = dict.fromkeys(source for claim in answer["claims"] for source in claim["sources"])
    sources = tuple(
        Citation(one.id, one.citation, one.opened, one.url or "")
        for one in (atlas.gazette.sources[source] for source in cited if source in atlas.gazette.sources)
    )
    return page(Report(screen, wide, narrow, events, sources, tuple(trace), lang))
