"""The first screen of a checked text: the claim that matters most, with the land that it counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metes.ask.atlas import Atlas
from metes.ask.contract import transfers_json
from metes.ask.names import names_of
from metes.ask.transfers import Transfers, passes, transfers
from metes.show.screen import Screen, screen_of
from metes.span import begin_of, end_of

Json = dict[str, Any]


def counted(atlas: Atlas, answer: Json) -> Transfers | None:
    """Ask again for the land that the first claim about land counted; None where no claim counted any."""
    for claim in answer["claims"]:
        if not (claim["counted"] and claim["from"] and claim["to"]):
            continue
        gazette = atlas.gazette
        known = {**gazette.lineages, **gazette.polities}
        giver = next((one for one in claim["from"] if one in known), None)
        taker = next((one for one in claim["to"] if one in known), None)
        if giver is None or taker is None:
            continue
        rules = [
            one for one in gazette.rules if any(entry.startswith(f"{one}/") for entry in claim["counted"])
        ]
        found = transfers(
            atlas,
            giver,
            taker,
            begin_of(claim["since"]),
            end_of(claim["until"]),
            book=claim["book"] or "title",
            rules=rules,
            only=claim["counted"],
        )
        if found.passed:
            return found
    return None


def not_counted(atlas: Atlas, found: Transfers | None) -> list[str]:
    """Name what the total leaves out: land that counting rules would add, entries outside it, stated land."""
    if found is None:
        return []
    names = names_of(atlas)
    inside = {one.entry.id for one in found.passed}
    others = [
        names[one.entry.id]
        for one in atlas.ledger.replay(found.book).movements
        if one.tracts and one.entry.id not in inside and passes(one.entry, one.day, found.giver, found.taker)
    ]
    by_rule = [
        names[added.territory]
        for rule in atlas.gazette.rules.values()
        if rule.parties == (found.giver.id, found.taker.id) and rule not in found.rules
        for added in rule.adds
    ]
    return list(dict.fromkeys([*by_rule, *others]))


def first_screen(
    atlas: Atlas, answer: Json, text: str, files: Sequence[tuple[str, str]] = (), lang: str = "en"
) -> Screen:
    """Compose the first screen from a report and the transfers that it counted."""
    found = counted(atlas, answer)
    return screen_of(
        answer,
        transfers_json(atlas, found) if found else None,
        text=text,
        names=names_of(atlas, lang),
        not_counted=not_counted(atlas, found),
        files=files,
    )


def write_files(
    atlas: Atlas,
    answer: Json,
    trace: Sequence[str],
    text: str,
    report: Path | None,
    maps: Sequence[Path],
    lang: str,
    folder: Path | None,
) -> list[tuple[str, str]]:
    """Draw the map and write the page that were asked for; returns (what, path) of each."""
    if report is None and not maps:
        return []
    from metes.atlas.shelf import Shelf
    from metes.show.files import write_map, write_text
    from metes.show.subject import subject_of_transfers

    written: list[tuple[str, str]] = []
    found = counted(atlas, answer)
    subject = subject_of_transfers(atlas, Shelf(folder), found, lang) if found else None
    if subject is not None:
        written += [("map", write_map(subject, path)) for path in maps]
    elif maps:
        written.append(("no map", "nothing in the text counted land that can be drawn"))
    if report is not None:
        from metes.show.dossier import report_page

        screen = first_screen(atlas, answer, text, written, lang)
        page = report_page(atlas, answer, found, subject, screen, trace, lang)
        written.append(("report", write_text(report, page)))
    return written
