"""A record of the gazette as a person reads it: what it says, on whose word, what disagrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from metes.ask.atlas import Atlas
from metes.ask.names import names_of
from metes.ask.naming import name_in
from metes.ask.record import Shown
from metes.interval import Interval, plain
from metes.records.common import Decision
from metes.records.doubt import Doubt
from metes.records.instrument import Dates, Instrument
from metes.records.line import Line
from metes.records.place import Place
from metes.records.polity import Lineage, Polity
from metes.records.question import Question
from metes.records.rule import Rule
from metes.records.source import Source
from metes.records.territory import Territory
from metes.show.tables import of_legs, of_record

Field = tuple[str, str]


def print_record(atlas: Atlas, shown: Shown, out: Console, lang: str = "en") -> None:
    """Print one record as fields; a source that is cited is printed with its citation at the end."""
    record = shown.record
    names = names_of(atlas, lang)
    called = name_in(record.names, lang) if getattr(record, "names", ()) else record.id
    fields = list(_fields(atlas, shown, names))
    cited = [source for source in _cited(record) if source in atlas.gazette.sources]
    for source in dict.fromkeys(cited):
        one = atlas.gazette.sources[source]
        fields.append((f"source {one.id}", f"{one.citation} (opened: {one.opened})"))
    out.print(of_record(fields, f"{called} · {shown.table.removesuffix('s')} {record.id}"))
    out.print()


def _fields(atlas: Atlas, shown: Shown, names: dict[str, str]) -> Iterator[Field]:
    record = shown.record
    if getattr(record, "names", None):
        yield "names", " · ".join(_name(one) for one in record.names)
    makers: dict[type[Any], Callable[[Any, dict[str, str]], Iterator[Field]]] = {
        Instrument: _instrument,
        Line: _line,
        Territory: _territory,
        Question: _question,
        Place: _place,
        Polity: _polity,
        Lineage: _lineage,
        Source: _source,
        Rule: _rule,
        Doubt: _doubt,
    }
    maker = makers.get(type(record))
    if maker is not None:
        yield from maker(record, names)
    for reading, km2 in shown.km2.items():
        yield f"measured{' · ' + reading if reading else ''}", area_text(km2)
    if isinstance(record, Territory) and not shown.km2:
        yield "measured", "no: only stated"
    for one in getattr(record, "decisions", ()):
        yield "decision", _decision(one)
    for one in getattr(record, "unknown", ()):
        yield "not known", one
    if getattr(record, "comment", None):
        yield "comment", record.comment


def area_text(km2: Interval) -> str:
    """Write an area with its interval, to the digits that it supports."""
    power = km2.digits()
    return f"{plain(km2.best_km2, power)} km² ({plain(km2.low_km2, power)} – {plain(km2.high_km2, power)})"


def _name(one: Any) -> str:
    span = f", {one.since or '…'}–{one.until or ''}" if one.since or one.until else ""
    kind = "" if one.kind == "name" else f", {one.kind}"
    return f"{one.text} ({one.lang}{kind}{span})"


def _instrument(one: Instrument, names: dict[str, str]) -> Iterator[Field]:
    yield "kind", one.kind
    yield "parties", ", ".join(names.get(polity, polity) for polity in one.parties)
    yield from _dates(one.dates)
    if one.place:
        yield "place", one.place
    if one.languages:
        yield "languages", one.languages
    yield "says", one.summary
    for clause in one.clauses:
        yield f"article {clause.article}", f"{clause.says} [{clause.source}]"
    for entry in one.entries:
        when = "; ".join(f"if {q} = {' or '.join(r)}" for q, r in entry.when.items())
        yield (
            f"entry {entry.date}",
            f"{names.get(entry.territory, entry.territory)}: {names.get(entry.giver, entry.giver)} → "
            f"{names.get(entry.taker, entry.taker)}, {entry.form}, {entry.circumstance}, book "
            f"{' and '.join(entry.books)}{'; ' + when if when else ''} [{', '.join(entry.sources)}]",
        )
    for beside in one.beside:
        span = f"{beside.since} – {beside.until or 'today'}"
        land = names.get(beside.territory, beside.territory)
        yield f"beside: {beside.kind}", f"{names.get(beside.holder, beside.holder)} over {land}, {span}"
    for figure in one.figures:
        spread = (
            f" ({figure.low_km2:,.0f} – {figure.high_km2:,.0f})" if figure.low_km2 and figure.high_km2 else ""
        )
        why = f"; {figure.explains}" if figure.explains else ""
        yield "published", f"{figure.km2:,.10g} km²{spread}: {figure.definition} [{figure.source}]{why}"
    for term in one.terms:
        yield f"term of {names.get(term.party, term.party)}", f"{term.text} ({term.lang}): {term.gloss}"
    for state in one.states:
        by = f" by {names.get(state.by, state.by)}" if state.by else ""
        view = names.get(state.viewpoint, state.viewpoint)
        yield (
            f"state · {view}",
            f"{state.clause}: {state.state}{by}" + (f". {state.comment}" if state.comment else ""),
        )
    for said in one.people:
        yield "people", f"{said.says} [{said.source}]"


def _dates(dates: Dates) -> Iterator[Field]:
    for key in ("signed", "happened", "ratified", "in_force", "handed_over", "ended"):
        value = getattr(dates, key)
        if value:
            old = (
                f" (Old Style {dates.signed_os})" if key in ("signed", "happened") and dates.signed_os else ""
            )
            yield key.replace("_", " "), f"{value}{old}"
    if dates.comment:
        yield "dates", dates.comment


def _line(one: Line, names: dict[str, str]) -> Iterator[Field]:
    yield "instrument", names.get(one.instrument, one.instrument)
    yield "since", one.since
    yield "says", one.summary
    for key, point in one.points.items():
        why = f"; {point.comment}" if point.comment else ""
        yield (
            f"point {key}",
            f"{point.lon_lat[1]:.3f} N {point.lon_lat[0]:.3f} E ± {point.within_km:g} km{why}",
        )


def _territory(one: Territory, names: dict[str, str]) -> Iterator[Field]:
    if one.question:
        yield "depends on", names.get(one.question, one.question)
    for shape in one.shapes:
        lines = f" lines {', '.join(shape.lines)}" if shape.lines else ""
        units = f" {', '.join(shape.units)}" if shape.units else ""
        sums = "".join(f" + {x}" for x in shape.plus) + "".join(f" − {x}" for x in shape.minus)
        why = f". {shape.comment}" if shape.comment else ""
        yield f"shape{' · ' + shape.reading if shape.reading else ''}", f"{shape.by}{lines}{units}{sums}{why}"
    if one.lived:
        yield "who lived there", one.lived


def _question(one: Question, names: dict[str, str]) -> Iterator[Field]:
    yield "asks", one.asks
    for reading in one.readings:
        best = " (best)" if reading.id == one.best else ""
        yield f"reading {reading.id}{best}", f"{reading.name}: {reading.says} [{', '.join(reading.sources)}]"
        for said in reading.held_by:
            yield "  held by", f"{said.says} [{said.source}]"
    yield "why best", one.why


def _place(one: Place, names: dict[str, str]) -> Iterator[Field]:
    yield "kind", one.kind
    yield "where", f"{one.lon_lat[1]:.3f} N {one.lon_lat[0]:.3f} E ± {one.within_km:g} km"
    if one.territories or one.units:
        yield "stands for", ", ".join(names.get(x, x) for x in (*one.territories, *one.units))


def _polity(one: Polity, names: dict[str, str]) -> Iterator[Field]:
    yield "kind", one.kind
    yield "life", f"{one.since or '…'} – {one.until or 'today'}"
    if one.shared_by:
        yield "shared by", ", ".join(names.get(x, x) for x in one.shared_by)


def _lineage(one: Lineage, names: dict[str, str]) -> Iterator[Field]:
    yield "stands for", ", ".join(names.get(x.polity, x.polity) for x in one.members)
    yield "viewpoint", one.viewpoint


def _source(one: Source, names: dict[str, str]) -> Iterator[Field]:
    yield "citation", one.citation
    yield "opened", one.opened + (f", as {one.via}" if one.via else "")
    if one.url:
        yield "url", one.url
    if one.note:
        yield "note", one.note


def _rule(one: Rule, names: dict[str, str]) -> Iterator[Field]:
    yield "asks", one.asks
    for added in one.adds:
        yield (
            "adds",
            f"{names.get(added.territory, added.territory)} with {names.get(added.instrument, added.instrument)}",
        )
    for entry in one.drops:
        yield "drops", names.get(entry, entry)
    yield "why", one.why


def _doubt(one: Doubt, names: dict[str, str]) -> Iterator[Field]:
    yield "name", one.name
    reach = "its whole length" if one.correlation_km is None else f"{one.correlation_km:g} km"
    yield "corridor", f"± {one.corridor_m:,.0f} m along 90 %; an error keeps its sign over {reach}"
    if one.measured:
        yield "measured", one.measured


def _decision(one: Decision) -> str:
    against = "".join(f" Against: {said.says} [{said.source}]." for said in one.disagrees)
    return f"{one.matter}: {one.chosen}. {one.why} [{', '.join(one.sources)}]{against}"


def _cited(record: Any) -> Iterator[str]:
    from metes.records.lint import walk

    if isinstance(record, Source):
        return
    for _, key, value, _ in walk(record):
        if key == "sources":
            yield from (one for one in value if isinstance(one, str))
        elif key == "source" and isinstance(value, str):
            yield value


def print_legs(atlas: Atlas, found: list[Shown], out: Console, folder: Path | None) -> None:
    """Print each leg of the lines of some records: article, source, length, doubt."""
    from metes.atlas.shelf import Shelf

    wanted = lines_of(found)
    rows = [
        row
        for row in Shelf(folder).table("lines").drop_columns(["geometry"]).to_pylist()
        if row["line"] in wanted
    ]
    for line in dict.fromkeys(row["line"] for row in rows):
        mine = [row for row in rows if row["line"] == line]
        out.print(f"line {line}: {sum(row['length_km'] for row in mine):,.0f} km")
        out.print(
            of_legs(
                (
                    str(row["leg"]),
                    row["from"],
                    row["follow"],
                    row["to"],
                    f"{row['length_km']:,.1f}",
                    row["article"],
                    row["source"] + (" (guess)" if row["guess"] else ""),
                    row["doubt"],
                    f"{row['corridor_m']:,.0f}",
                )
                for row in mine
            )
        )
        out.print()


def lines_of(found: list[Shown]) -> set[str]:
    """Name the lines that some records have or are."""
    lines: set[str] = set()
    for one in found:
        if isinstance(one.record, Line):
            lines.add(one.record.id)
        lines.update(getattr(one.record, "lines", ()))
        for shape in getattr(one.record, "shapes", ()):
            lines.update(shape.lines)
    return lines
