"""The rules that every gazette record obeys, each a small function that yields problems.

`metes lint` prints them as `file:line: what`, sorted; the loader refuses what lint refuses.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from metes.errors import BadInput
from metes.records.common import Record
from metes.records.file import GazetteFile, Problem
from metes.records.gazette import Gazette
from metes.records.instrument import Dates, Entry, Instrument
from metes.records.line import Leg, Line
from metes.records.question import Question
from metes.records.read import gather, read_files, records_of
from metes.records.source import Source
from metes.records.territory import Shape, Territory
from metes.records.viewpoint import Viewpoint
from metes.records.whereabouts import Path as KeyPath
from metes.span import FOREVER, Span, read_span

_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_AREA = re.compile(
    r"\d[\d\s.,]*(?:million|thousand|万|萬|тыс\.?|млн\.?)?\s*"
    r"(?:km2|km²|sq(?:uare)?\.?\s*(?:km|kilom|mi)|кв\.?\s*км|平方公里|hectares?|acres?)",
    re.IGNORECASE,
)
_DATES_IN_ORDER = ("signed", "ratified", "in_force", "handed_over", "ended")
_EDTF_FIELDS = {"since", "until", "date", "signed", "signed_os", "in_force", "ratified", "handed_over"} | {
    "happened",
    "ended",
    "when",
}


@dataclass(frozen=True)
class Context:
    """What a rule sees: the file, the record, where it stands, and the whole gazette."""

    file: GazetteFile
    path: KeyPath
    record: Any
    gazette: Gazette

    def problem(self, path: KeyPath, what: str) -> Problem:
        """Make a problem at a path inside the record."""
        return self.file.problem((*self.path, *path), what)


Check = Callable[[Context], Iterator[Problem]]


def lint(folder: Path) -> list[Problem]:
    """Check a gazette folder; sorted problems, none if it is clean."""
    files = read_files(folder)
    gazette, problems = gather(files)
    return sorted({*problems, *lint_files(files, gazette)})


def lint_files(files: list[GazetteFile], gazette: Gazette) -> Iterator[Problem]:
    """Check every record of parsed files against every rule."""
    for file in files:
        if file.record is None:
            continue
        yield from keys_in_order(file, (), file.data, type(file.record))
        for _, path, record in records_of(file):
            context = Context(file, path, record, gazette)
            for check in CHECKS:
                yield from check(context)


def keys_in_order(file: GazetteFile, path: KeyPath, data: Any, kind: Any) -> Iterator[Problem]:
    """Keys stand in the order of the schema, so that two records can be read side by side."""
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(data, dict)):
        return
    order = list(kind.__struct_encode_fields__)
    found = [key for key in data if key in order]
    wanted = sorted(found, key=order.index)
    # TOML puts plain keys before sub-tables, so only the order inside each of the two counts.
    plain = [key for key in found if not _is_table(data[key])]
    tables = [key for key in found if _is_table(data[key])]
    for group in (plain, tables):
        should = [key for key in wanted if key in group]
        for is_, ought in zip(group, should, strict=True):
            if is_ != ought:
                yield file.problem((*path, is_), f"key {is_!r} out of order: {ought!r} stands here")
                break
    types = {f.encode_name: f.type for f in msgspec.structs.fields(kind)}
    for key in found:
        for step, value, inner in _inside(data[key], types[key]):
            yield from keys_in_order(file, (*path, key, *step), value, inner)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _inside(value: Any, kind: Any) -> Iterator[tuple[KeyPath, Any, Any]]:
    arguments = [a for a in getattr(kind, "__args__", ()) if isinstance(a, type) and issubclass(a, Record)]
    if isinstance(kind, type) and issubclass(kind, Record):
        yield (), value, kind
    elif arguments and isinstance(value, list):
        for number, one in enumerate(value):
            yield (number,), one, arguments[0]
    elif arguments and isinstance(value, dict):
        for key, one in value.items():
            yield (key,), one, arguments[0]


def walk(record: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str, Any, Any]]:
    """List every field of a record and of the records inside it: path, key, value, owner."""
    for field in msgspec.structs.fields(record):
        key, value = field.encode_name, getattr(record, field.name)
        here = (*path, key)
        yield here, key, value, record
        if isinstance(value, Record):
            yield from walk(value, here)
        elif isinstance(value, tuple):
            for number, one in enumerate(value):
                if isinstance(one, Record):
                    yield from walk(one, (*here, number))
        elif isinstance(value, dict):
            for name, one in value.items():
                if isinstance(one, Record):
                    yield from walk(one, (*here, name))


def ids_are_plain(c: Context) -> Iterator[Problem]:
    """An id is lower-case words joined by hyphens; a file of one record bears its id."""
    if not _ID.fullmatch(c.record.id):
        yield c.problem(("id",), f"id {c.record.id!r}: use lower-case letters, digits and hyphens")
    if not c.path and Path(c.file.name).stem != c.record.id:
        yield c.problem(("id",), f"id {c.record.id!r} is not the file's name")


def has_english_name(c: Context) -> Iterator[Problem]:
    """Every named record has an English name, so that every answer can be printed."""
    names = getattr(c.record, "names", None)
    if names is not None and not any(one.lang == "en" and one.kind == "name" for one in names):
        yield c.problem(("names",), f'{c.record.id} has no English name (lang = "en")')


def sources_exist(c: Context) -> Iterator[Problem]:
    """Every source that is cited is in the gazette."""
    for path, key, value, owner in walk(c.record):
        if isinstance(owner, Source):
            continue
        cited = value if key == "sources" else (value,) if key == "source" and value else ()
        for one in cited:
            if isinstance(one, str) and one not in c.gazette.sources:
                yield c.problem(path, f"unknown source {one!r}")


def decisions_rest_on_opened_sources(c: Context) -> Iterator[Problem]:
    """A decision cites at least one source, each opened, and gives no area as its reason."""
    for path, key, value, _ in walk(c.record):
        if key != "decisions":
            continue
        for number, one in enumerate(value):
            if not one.sources:
                yield c.problem((*path, number), "a decision without a source")
            for source in one.sources:
                record = c.gazette.sources.get(source)
                if record is not None and record.opened == "no":
                    yield c.problem(
                        (*path, number, "sources"), f"a decision rests on {source!r}, which was not opened"
                    )
            for said in ("why", "chosen"):
                if _AREA.search(getattr(one, said)):
                    yield c.problem((*path, number, said), "an area is given as a reason")


def question_reasons_give_no_area(c: Context) -> Iterator[Problem]:
    """The best reading of a question is not chosen by an area; its readings have opened sources."""
    if not isinstance(c.record, Question):
        return
    if _AREA.search(c.record.why):
        yield c.problem(("why",), "an area is given as a reason")
    if c.record.best not in [one.id for one in c.record.readings]:
        yield c.problem(("best",), f"best reading {c.record.best!r} is not among the readings")
    for number, one in enumerate(c.record.readings):
        known = [c.gazette.sources[s] for s in one.sources if s in c.gazette.sources]
        if known and all(source.opened == "no" for source in known):
            yield c.problem(("readings", number, "sources"), f"reading {one.id!r} rests on no opened source")


def dates_are_dates(c: Context) -> Iterator[Problem]:
    """Every date is EDTF, and no span ends before it begins."""
    for path, key, value, owner in walk(c.record):
        if key in _EDTF_FIELDS and isinstance(value, str):
            span = _span(value)
            if isinstance(span, str):
                yield c.problem(path, span)
        if key == "until" and isinstance(value, str) and isinstance(getattr(owner, "since", None), str):
            first, end = _span(owner.since), _span(value)
            if isinstance(first, Span) and isinstance(end, Span) and end.first <= first.first:
                yield c.problem(path, f"until {value} is not after since {owner.since}")


def _span(text: str) -> Span | str:
    try:
        return read_span(text)
    except BadInput as error:
        return str(error)


def dates_run_forwards(c: Context) -> Iterator[Problem]:
    """Signed, ratified, in force, handed over, ended come in this order; Old Style is 10 to 13 days before."""
    dates = getattr(c.record, "dates", None)
    if not isinstance(dates, Dates):
        return
    known = [(name, getattr(dates, name)) for name in _DATES_IN_ORDER if getattr(dates, name)]
    spans = [(name, text, _span(text)) for name, text in known]
    for (name, text, one), (later, later_text, other) in itertools.pairwise(spans):
        if isinstance(one, Span) and isinstance(other, Span) and other.end <= one.first:
            yield c.problem(("dates", later), f"{later} {later_text} is before {name} {text}")
    if dates.signed_os:
        new, old = _span(dates.signed or dates.happened or ""), _span(dates.signed_os)
        if isinstance(new, str) or isinstance(old, str) or {old.precision, new.precision} != {"day"}:
            return
        if not 10 <= new.first - old.first <= 13:
            yield c.problem(
                ("dates", "signed_os"), f"Old Style {dates.signed_os} is not 10 to 13 days before"
            )


def entries_are_whole(c: Context) -> Iterator[Problem]:
    """An entry names known parties, land and readings, and its date is the one it counts from."""
    if not isinstance(c.record, Instrument):
        return
    for number, entry in enumerate(c.record.entries):
        yield from _entry(c, ("entries", number), entry)
    seen: list[tuple[str, str, str, Span, int]] = []
    for number, one in enumerate(c.record.beside):
        here = ("beside", number)
        if one.territory not in c.gazette.territories:
            yield c.problem((*here, "territory"), f"unknown territory {one.territory!r}")
        if one.holder not in c.gazette.polities:
            yield c.problem((*here, "holder"), f"unknown polity {one.holder!r}")
        first, end = _span(one.since), _span(one.until) if one.until else None
        if isinstance(first, Span) and (end is None or isinstance(end, Span)):
            span = Span(first.first, end.first if end else FOREVER, "interval")
            for kind, holder, territory, other, before in seen:
                if (kind, holder, territory) == (one.kind, one.holder, one.territory) and span.overlaps(
                    other
                ):
                    yield c.problem(here, f"{one.kind} of {holder} over {territory} overlaps beside {before}")
            seen.append((one.kind, one.holder, one.territory, span, number))


def _entry(c: Context, here: KeyPath, entry: Entry) -> Iterator[Problem]:
    if not entry.id.startswith(c.record.id + "/"):
        yield c.problem((*here, "id"), f"entry id {entry.id!r} does not begin with {c.record.id}/")
    for key, polity in (("from", entry.giver), ("to", entry.taker)):
        if polity not in c.gazette.polities:
            yield c.problem((*here, key), f"unknown polity {polity!r}")
    if entry.giver == entry.taker:
        yield c.problem((*here, "to"), "an entry from a polity to itself")
    if entry.territory != "held" and entry.territory not in c.gazette.territories:
        yield c.problem((*here, "territory"), f"unknown territory {entry.territory!r}")
    for holder in entry.leaves:
        if holder not in c.gazette.polities:
            yield c.problem((*here, "leaves"), f"unknown polity {holder!r}")
    for question, allowed in entry.when.items():
        yield from _readings(c, (*here, "when"), question, allowed)
    when = getattr(c.record.dates, entry.counts_from.replace("-", "_"))
    if when is None:
        yield c.problem((*here, "counts_from"), f"the record has no date {entry.counts_from!r}")
    elif when != entry.date and not entry.comment:
        yield c.problem(
            (*here, "date"), f"{entry.date} is not {entry.counts_from} {when}; say why in a comment"
        )
    if not entry.sources:
        yield c.problem(here, f"entry {entry.id} has no source")


def _readings(c: Context, here: KeyPath, question: str, answers: tuple[str, ...]) -> Iterator[Problem]:
    record = c.gazette.questions.get(question)
    if record is None:
        yield c.problem(here, f"unknown question {question!r}")
        return
    known = [one.id for one in record.readings]
    for one in answers:
        if one not in known:
            yield c.problem(here, f"{question} has no reading {one!r}; it has: {', '.join(known)}")


def instruments_name_known_things(c: Context) -> Iterator[Problem]:
    """Parties, lines, figures and states name records that exist."""
    if not isinstance(c.record, Instrument):
        return
    for polity in c.record.parties:
        if polity not in c.gazette.polities:
            yield c.problem(("parties",), f"unknown polity {polity!r}")
    for line in c.record.lines:
        if line not in c.gazette.lines:
            yield c.problem(("lines",), f"unknown line {line!r}")
    entries = {entry.id for _, entry in c.gazette.entries()}
    for number, figure in enumerate(c.record.figures):
        here: KeyPath = ("figures", number)
        for one in figure.of:
            if one not in entries and one not in c.gazette.territories:
                yield c.problem((*here, "of"), f"{one!r} is neither an entry nor a territory")
        for question, reading in figure.readings.items():
            yield from _readings(c, (*here, "readings"), question, (reading,))
        for rule in figure.rules:
            if rule not in c.gazette.rules:
                yield c.problem((*here, "rules"), f"unknown counting rule {rule!r}")


def lines_are_whole(c: Context) -> Iterator[Problem]:
    """A line's legs join by name, each has a known doubt, and a guess says why in a comment."""
    if not isinstance(c.record, Line):
        return
    if c.record.instrument not in c.gazette.instruments:
        yield c.problem(("instrument",), f"unknown instrument {c.record.instrument!r}")
    for number, leg in enumerate(c.record.legs):
        yield from _leg(c, ("legs", number), leg)
        if number and c.record.legs[number - 1].to != leg.start:
            yield c.problem(
                ("legs", number, "from"),
                f"begins at {leg.start!r}, the leg before ends at {c.record.legs[number - 1].to!r}",
            )


_NEEDS = {
    "river": "feature",
    "watershed": "feature",
    "line": "feature",
    "coast": "feature",
    "lake-shore": "feature",
    "modern": "between",
    "points": "through",
}


def _leg(c: Context, here: KeyPath, leg: Leg) -> Iterator[Problem]:
    for key, point in (("from", leg.start), ("to", leg.to)):
        if point not in c.record.points:
            yield c.problem((*here, key), f"unknown turning point {point!r}")
    if leg.doubt not in c.gazette.doubts:
        yield c.problem((*here, "doubt"), f"unknown doubt {leg.doubt!r}")
    needed = _NEEDS.get(leg.follow)
    if needed and not getattr(leg, needed):
        yield c.problem(here, f"a leg that follows {leg.follow!r} needs {needed!r}")
    if leg.follow == "points" and not leg.guess:
        source = c.gazette.sources.get(leg.source)
        if source is not None and source.kind not in ("treaty-text", "official", "study"):
            yield c.problem(here, "points digitised by hand are a guess unless a text or a study gives them")
    if leg.guess and not leg.comment:
        yield c.problem(here, "a guess without a comment")


def territories_are_whole(c: Context) -> Iterator[Problem]:
    """A territory has one shape, or one for each reading of its question, with what its kind needs."""
    if not isinstance(c.record, Territory):
        return
    if c.record.question is None:
        if len(c.record.shapes) != 1 or c.record.shapes[0].reading is not None:
            yield c.problem(
                ("shapes",), "a territory that no question governs has one shape, without a reading"
            )
    else:
        question = c.gazette.questions.get(c.record.question)
        if question is None:
            yield c.problem(("question",), f"unknown question {c.record.question!r}")
        else:
            wanted = sorted(one.id for one in question.readings)
            found = sorted(one.reading or "" for one in c.record.shapes)
            if wanted != found:
                yield c.problem(
                    ("shapes",), f"shapes for {', '.join(found)}; the question has {', '.join(wanted)}"
                )
    for number, shape in enumerate(c.record.shapes):
        yield from _shape(c, ("shapes", number), shape)


def _shape(c: Context, here: KeyPath, shape: Shape) -> Iterator[Problem]:
    needs = {"bounded": "inside", "units": "units", "points": "ring", "stated": "at", "sum": "plus"}
    if not getattr(shape, needs[shape.by]):
        yield c.problem(here, f"a shape by {shape.by!r} needs {needs[shape.by]!r}")
    for line in shape.lines:
        if line not in c.gazette.lines:
            yield c.problem((*here, "lines"), f"unknown line {line!r}")
    for other in (*shape.plus, *shape.minus):
        if other not in c.gazette.territories:
            yield c.problem(here, f"unknown territory {other!r}")
        if other == c.record.id:
            yield c.problem(here, "a territory that is part of itself")
    if shape.by == "points" and (shape.doubt is None or shape.doubt not in c.gazette.doubts):
        yield c.problem(here, f"a ring digitised by hand needs a known doubt, not {shape.doubt!r}")
    if shape.by == "points" and not shape.comment:
        yield c.problem(here, "a guess without a comment")


def the_rest_is_known(c: Context) -> Iterator[Problem]:
    """Lineages, places, rules, viewpoints and coverage name records that exist; guesses are explained."""
    gazette, record = c.gazette, c.record
    for path, key, value, _ in walk(record):
        if key == "members":
            for number, one in enumerate(value):
                if one.polity not in gazette.polities:
                    yield c.problem((*path, number), f"unknown polity {one.polity!r}")
        if key == "drops":
            known = {entry.id for _, entry in gazette.entries()}
            for one in value:
                if one not in known:
                    yield c.problem(path, f"unknown entry {one!r}")
        if key == "adds":
            for number, one in enumerate(value):
                if one.territory not in gazette.territories:
                    yield c.problem((*path, number, "territory"), f"unknown territory {one.territory!r}")
                if one.instrument not in gazette.instruments:
                    yield c.problem((*path, number, "instrument"), f"unknown instrument {one.instrument!r}")
        if key == "shared_by":
            for one in value:
                if one not in gazette.polities:
                    yield c.problem(path, f"unknown polity {one!r}")
        if key == "territories" and isinstance(value, tuple) and all(isinstance(one, str) for one in value):
            for one in value:
                if one not in gazette.territories:
                    yield c.problem(path, f"unknown territory {one!r}")
        if key == "lineages" and isinstance(value, tuple):
            for one in value:
                if one not in gazette.lineages and one not in gazette.polities:
                    yield c.problem(path, f"unknown lineage {one!r}")
    if isinstance(record, Viewpoint):
        for country, polity in record.holds.items():
            if polity not in gazette.polities:
                yield c.problem(("holds", country), f"unknown polity {polity!r}")
        for number, correction in enumerate(record.corrections):
            if correction.territory not in gazette.territories:
                yield c.problem(("corrections", number), f"unknown territory {correction.territory!r}")
    if getattr(record, "kind", None) == "guess" and not record.comment:
        yield c.problem(("kind",), "a guess without a comment")


CHECKS: tuple[Check, ...] = (
    ids_are_plain,
    has_english_name,
    sources_exist,
    decisions_rest_on_opened_sources,
    question_reasons_give_no_area,
    dates_are_dates,
    dates_run_forwards,
    entries_are_whole,
    instruments_name_known_things,
    lines_are_whole,
    territories_are_whole,
    the_rest_is_known,
)
