"""The first screen as plain data: what was asked, what holds, which land was counted.

Made from the two JSON contracts (`metes.report/1`, `metes.transfers/1`) and nothing else, so that
terminal and page say the same, and an answer that was saved can be shown again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from metes.interval import Interval, plain, support

Json = Mapping[str, Any]
Names = Mapping[str, str]

UNJUDGED = ("not-checkable", "outside-coverage", "on-record")
_HARMFUL = (
    (0, 8),
    (0xB, 0x1F),
    (0x7F, 0x9F),
    (0x61C, 0x61C),
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2066, 0x2069),
)
_CONTROL = {code: "\ufffd" for first, last in _HARMFUL for code in range(first, last + 1)}


@dataclass(frozen=True)
class Finding:
    """One part of a claim: what was claimed, the verdict, what is on record."""

    what: str
    claimed: str
    verdict: str
    found: str
    turns_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A claimed or measured range with its unit (km2, percent or ratio)."""

    low: float
    best: float
    high: float
    unit: str


@dataclass(frozen=True)
class Statement:
    """One claim of the text with its verdict and parts. `span` counts code points of the text."""

    span: tuple[int, int]
    text: str
    lang: str
    kind: str
    verdict: str
    why: str
    findings: tuple[Finding, ...]
    claimed: Figure | None
    measured: Figure | None
    book: str
    rule: str
    counted: tuple[str, ...]
    explained: tuple[str, ...]
    answer: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class EntryRow:
    """One entry that was counted. `km2` is None where the land is only stated."""

    id: str
    date: str
    label: str
    km2: Interval | None
    published: str
    held_by: str
    form: str
    circumstance: str


@dataclass(frozen=True)
class Switch:
    """A question, and the total under each of its readings, in km²."""

    id: str
    name: str
    readings: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Screen:
    """All that the first screen, and the page below it, say."""

    text: str
    statements: tuple[Statement, ...]
    unread: tuple[str, ...]
    rows: tuple[EntryRow, ...]
    total: Interval | None
    switches: tuple[Switch, ...]
    not_counted: tuple[str, ...]
    viewpoint: str
    atlas: str
    files: tuple[tuple[str, str], ...] = ()

    @property
    def in_short(self) -> str:
        """The reasons of the judged statements, once each; of the rest where none was judged."""
        judged = [one.why for one in self.statements if one.verdict not in UNJUDGED]
        rest = [one.why for one in self.statements]
        return " ".join(dict.fromkeys(why for why in (judged or rest) if why))


def screen_of(
    report: Json,
    transfers: Json | None = None,
    *,
    text: str | None = None,
    names: Names | None = None,
    not_counted: Sequence[str] = (),
    files: Sequence[tuple[str, str]] = (),
) -> Screen:
    """Take a first screen from a report and the transfers it counted.

    `text` is the whole input; without it, the claims' own texts stand. `names` gives ids a name in the
    reader's language (instruments, questions, countries, entries); an id without one stands as it is.
    """
    known = names or {}
    statements = tuple(_statement(claim, known) for claim in report.get("claims", ()))
    whole = text if text is not None else " … ".join(one.text for one in statements)
    found = transfers or {}
    atlas = report.get("atlas") or {}
    return Screen(
        text=clean(whole),
        statements=statements,
        unread=tuple(clean(str(one["text"])) for one in report.get("unread", ())),
        rows=_rows(found.get("entries", ()), known),
        total=_interval(found.get("total_km2")),
        switches=tuple(_switch(one, known) for one in found.get("questions", ())),
        not_counted=tuple(clean(one) for one in not_counted),
        viewpoint=clean(known.get(str(report.get("viewpoint")), str(report.get("viewpoint", "")))),
        atlas=clean(" ".join(str(atlas[key]) for key in ("name", "version", "hash") if atlas.get(key))),
        files=tuple(files),
    )


def clean(text: str) -> str:
    """Make a text harmless to show: no control characters, no bidirectional overrides, no lone surrogates."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\r\n", "\n").translate(_CONTROL)


def thousands(km2: Interval) -> tuple[str, str, str]:
    """Write low, best and high in thousand km², to the digits that the interval supports."""
    power = support(km2.half_width_km2, km2.best_km2)
    low, best, high = (plain(value / 1000, power - 3) for value in (km2.low_km2, km2.best_km2, km2.high_km2))
    return low, best, high


def verdict_name(verdict: str) -> str:
    """Write a verdict as words."""
    return verdict.replace("-", " ")


def _statement(claim: Json, names: Names) -> Statement:
    first, end = claim.get("span") or (0, 0)
    return Statement(
        span=(int(first), int(end)),
        text=clean(str(claim.get("text", ""))),
        lang=clean(str(claim.get("lang") or "")),
        kind=clean(str(claim.get("kind") or "")),
        verdict=clean(str(claim.get("verdict") or "not-checkable")),
        why=clean(str(claim.get("why") or "")),
        findings=tuple(_finding(part, names) for part in claim.get("parts") or ()),
        claimed=_figure(claim.get("claimed")),
        measured=_figure(claim.get("measured")),
        book=clean(str(claim.get("book") or "")),
        rule=_name(claim.get("rule"), names),
        counted=tuple(_name(one, names) for one in claim.get("counted") or ()),
        explained=tuple(_explained(one, names) for one in claim.get("explained_by") or ()),
        answer=_answer(claim.get("answer")),
        sources=tuple(_name(one, names) for one in claim.get("sources") or ()),
    )


def _finding(part: Json, names: Names) -> Finding:
    return Finding(
        what=clean(str(part.get("what") or "")),
        claimed=clean(str(part.get("claimed") or "")),
        verdict=clean(str(part.get("verdict") or "")),
        found=clean(str(part.get("found") or "")),
        turns_on=tuple(_name(one, names) for one in part.get("turns_on") or ()),
    )


def _figure(value: Json | None) -> Figure | None:
    if not value or value.get("best") is None:
        return None
    best = float(value["best"])
    low, high = value.get("low"), value.get("high")
    return Figure(
        best if low is None else float(low),
        best,
        best if high is None else float(high),
        str(value.get("unit") or "km2"),
    )


def _answer(value: Any) -> str:
    """Write an answer to an open question: a text, or a list or mapping of texts."""
    if isinstance(value, Mapping):
        return "; ".join(f"{clean(str(key))}: {_answer(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_answer(one) for one in value)
    return "" if value is None else clean(str(value))


def _explained(one: Json, names: Names) -> str:
    entries = "; ".join(
        " with ".join(_name(part, names) for part in str(entry).split(" + "))
        for entry in one.get("entries") or ()
    )
    left_out = ", ".join(_name(entry, names) for entry in one.get("left_out") or ())
    total = f"{float(one.get('sum_km2') or 0) / 1000:,.4g}"
    terms = " + ".join(f"{float(term) / 1000:,.4g}" for term in one.get("terms_km2") or ())
    kind = clean(str(one.get("figures") or ""))
    text = f"{kind} figures that make it: {terms or total} = {total} thousand km² ({entries})"
    return f"{text}; they leave out {left_out}" if left_out else text


def _rows(entries: Sequence[Json], names: Names) -> tuple[EntryRow, ...]:
    """Make the rows of what counts at best; what counts only under another reading is told as a switch."""
    count = Counter(str(entry.get("instrument")) for entry in entries)
    rows = [_row(entry, names, count[str(entry.get("instrument"))] > 1) for entry in entries]
    return tuple(row for row in rows if row.km2 is None or row.km2.best_km2 > 0)


def _row(entry: Json, names: Names, several: bool) -> EntryRow:
    date = clean(str(entry.get("date") or ""))
    instrument = str(entry.get("instrument") or entry.get("id"))
    # An instrument's name may carry its year already.
    named = _name(instrument, names)
    label = named if date[:4] in named else f"{date[:4]} {named}"
    if several and entry.get("territory"):
        label = f"{label}: {_name(entry['territory'], names)}"
    # The names of entries are shorter and say as much.
    label = clean(names.get(str(entry.get("id")), label))
    countries: dict[str, float] = {}
    for part in entry.get("now") or ():
        country = _name(part.get("country"), names)
        countries[country] = countries.get(country, 0.0) + float(part.get("km2") or 0)
    return EntryRow(
        id=clean(str(entry.get("id"))),
        date=date,
        label=label,
        km2=_interval(entry.get("km2")),
        published=_published(entry.get("published_km2") or ()),
        held_by=", ".join(sorted(countries, key=lambda one: (-countries[one], one))),
        form=clean(str(entry.get("form") or "")),
        circumstance=clean(str(entry.get("circumstance") or "")),
    )


def _published(figures: Sequence[Json]) -> str:
    """Write published figures in thousand km²: one, or from the least to the greatest."""
    values = sorted({float(one["value"]) for one in figures if one.get("value") is not None})
    if not values:
        return ""
    ends = dict.fromkeys(f"{value / 1000:,.4g}" for value in (values[0], values[-1]))
    return "–".join(ends)


def _interval(value: Json | None) -> Interval | None:
    return Interval(float(value["low"]), float(value["best"]), float(value["high"])) if value else None


def _switch(question: Json, names: Names) -> Switch:
    moves = question.get("moves_km2") or {}
    asked = question["id"]
    readings = tuple((_name(f"{asked}={reading}", names), float(km2)) for reading, km2 in moves.items())
    return Switch(clean(str(question["id"])), _name(question["id"], names), readings)


def _name(id: Any, names: Names) -> str:
    return "" if id is None else clean(names.get(str(id), str(id)))
