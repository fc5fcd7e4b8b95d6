"""Answers of the reading verbs as tables, made from their JSON contracts.

Every function takes the mapping that `--json` prints and gives a rich table; `print_table` prints one
no wider than the terminal, and never lets a text of a record act as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from metes.interval import Interval, plain
from metes.show.screen import clean, thousands

Json = Mapping[str, Any]
Names = Mapping[str, str]


@dataclass(frozen=True)
class Column:
    """A column: its head, whether it holds figures, whether it may be folded."""

    head: str
    figures: bool = False
    folds: bool = False


def grid(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], title: str = "", foot: Sequence[str] = ()
) -> Table:
    """Lay rows of plain texts under heads; `foot` is a closing row in bold."""
    table = Table(
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
        header_style="dim",
        title=Text(clean(title), "bold") if title else None,
        title_justify="left",
    )
    for column in columns:
        table.add_column(
            column.head,
            justify="right" if column.figures else "left",
            no_wrap=not column.folds,
            overflow="fold" if column.folds else "ellipsis",
        )
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    if foot:
        table.add_row(*(Text(clean(cell), "bold") for cell in foot))
    return table


def print_table(table: Table, out: Console) -> None:
    """Print a table with an empty line after it."""
    out.print(table)


def of_transfers(answer: Json, names: Names | None = None) -> Table:
    """Lay out `metes.transfers/1`, in thousand km²."""
    known = names or {}
    columns = (
        Column("date"),
        Column("entry", folds=True),
        Column("low", figures=True),
        Column("best", figures=True),
        Column("high", figures=True),
        Column("published", figures=True),
        Column("form"),
        Column("held today by", folds=True),
    )
    rows = []
    for entry in answer["entries"]:
        km2 = _interval(entry.get("km2"))
        figures = thousands(km2) if km2 else ("", "stated", "")
        held = dict.fromkeys(_name(part["country"], known) for part in entry.get("now") or ())
        published = _span([float(one["value"]) for one in entry.get("published_km2") or ()])
        rows.append(
            (
                str(entry["date"]),
                _name(entry["id"], known),
                *figures,
                published,
                str(entry["form"]),
                ", ".join(held),
            )
        )
    total = _interval(answer.get("total_km2"))
    foot = ("", "together", *thousands(total)) if total else ()
    kind = "net" if answer.get("net") else "gross"
    title = f"thousand km² · {answer.get('book')} book · {kind} · {_rule(answer.get('rule'))}"
    return grid(columns, rows, title, foot)


def of_questions(answer: Json, names: Names | None = None) -> Table:
    """Lay out how much each open question moves a total, in thousand km²."""
    known = names or {}
    rows = [
        (
            _name(question["id"], known),
            _name(f"{question['id']}={reading}", known),
            plain(float(km2) / 1000, 0),
        )
        for question in answer.get("questions") or ()
        for reading, km2 in question["moves_km2"].items()
    ]
    return grid(
        (Column("question", folds=True), Column("reading", folds=True), Column("total", figures=True)), rows
    )


def of_holder(answer: Json, names: Names | None = None) -> Table:
    """Lay out `metes.holder/1`: both books through time."""
    known = names or {}
    rows = []
    before = ""
    for one in answer["tenures"]:
        called = " · ".join(dict.fromkeys(str(text) for text in (one.get("names") or {}).values()))
        rows.append(
            (
                str(one["book"]),
                str(one.get("from") or "…"),
                str(one.get("to") or "today"),
                " + ".join(_name(holder, known) for holder in one["holders"]) + _instead(one, known),
                str(one.get("kind") or ""),
                _name(one.get("instrument"), known),
                # A name is told where it begins, not again on every row.
                called if called != before else "",
            )
        )
        before = called
    columns = (
        Column("book"),
        Column("from"),
        Column("to"),
        Column("holder", folds=True),
        Column("kind"),
        Column("by", folds=True),
        Column("called then", folds=True),
    )
    return grid(
        columns, rows, f"{answer.get('place') or ''} ({answer.get('lat')} N, {answer.get('lon')} E)".strip()
    )


def _instead(one: Json, known: Names) -> str:
    """Say who else held it under other readings."""
    others = [
        f"{' + '.join(_name(holder, known) for holder in holders)} if {_name(f'{question}={reading}', known)}"
        for question, readings in (one.get("instead") or {}).items()
        for reading, holders in readings.items()
    ]
    return f" (or {'; '.join(others)})" if others else ""


def of_extent(answer: Json, names: Names | None = None) -> Table:
    """Lay out `metes.extent/1`, in thousand km²."""
    known = names or {}
    rows = []
    for part in answer["parts"]:
        figures = _figures(part.get("km2"))
        rows.append((_name(part["name"], known), str(part.get("kind") or ""), *figures))
    total = _interval(answer.get("km2"))
    foot = ("together", "", *thousands(total)) if total else ()
    title = f"{_name(answer['polity'], known)} on {answer['on']} · thousand km² · {answer.get('book')} book"
    heads = (Column("part", folds=True), Column("kind"))
    return grid(
        (*heads, *(Column(head, figures=True) for head in ("low", "best", "high"))), rows, title, foot
    )


def of_timeline(events: Iterable[Sequence[str]]) -> Table:
    """Lay out (date, what happened, note) in order."""
    return grid((Column("date"), Column("what happened", folds=True), Column("", folds=True)), events)


def of_coverage(covers: Iterable[Sequence[str]]) -> Table:
    """Lay out (lineages, since, until, books, what, missing)."""
    heads = ("for", "since", "until", "books")
    columns = (*(Column(head) for head in heads), Column("covers", folds=True), Column("missing", folds=True))
    return grid(columns, covers)


def of_accuracy(answer: Json, names: Names | None = None) -> Table:
    """Lay out `metes.accuracy/1`: ours beside the published figure."""
    known = names or {}
    rows = []
    for row in answer["rows"]:
        published = f"{float(row['published_km2']) / 1000:,.4g}"
        width = f"±{float(row.get('half_width_percent') or 0):.1f} %"
        inside = "inside" if row.get("inside") else "outside"
        why = str(row.get("reason") or "")
        rows.append((_name(row["id"], known), *_figures(row.get("km2")), width, published, inside, why))
    columns = (
        Column("thousand km²", folds=True),
        *(Column(head, figures=True) for head in ("low", "best", "high", "", "published")),
        Column(""),
        Column("why it differs", folds=True),
    )
    return grid(columns, rows)


def of_explain(answer: Json, names: Names | None = None) -> Table:
    """Lay out `metes.explain/1`: each sum with its terms, and what it leaves out."""
    known = names or {}
    rows = []
    for one in answer["answers"]:
        terms = " + ".join(f"{float(term) / 1000:,.4g}" for term in one["terms_km2"])
        entries = "; ".join(
            " + ".join(_name(part, known) for part in entry.split(" + ")) for entry in one["entries"]
        )
        left = ", ".join(
            " + ".join(_name(part, known) for part in entry.split(" + ")) for entry in one["left_out"]
        )
        total = f"{float(one['sum_km2']) / 1000:,.4g}"
        readings = ", ".join(_name(f"{q}={r}", known) for q, r in (one.get("readings") or {}).items())
        rows.append(
            (
                f"{one['figures']}{' · ' + readings if readings else ''}",
                total,
                f"{one['off_by_percent']:+.1f} %",
                f"{terms}: {entries}",
                left or "–",
            )
        )
    columns = (
        Column("figures", folds=True),
        Column("sum", figures=True),
        Column("off", figures=True),
        Column("adds up", folds=True),
        Column("left out", folds=True),
    )
    claimed = f"{float(answer['claimed_km2']) / 1000:,.4g} thousand km²"
    chance = f"{answer['by_chance']:g} sums would come as near by chance"
    title = f"{claimed}: {chance}" if rows else f"{claimed}: no sum of entries explains it"
    return grid(columns, rows, title)


def of_legs(legs: Iterable[Sequence[str]]) -> Table:
    """Lay out (leg, from, follow, to, km, article, source, doubt, corridor m) of a line."""
    columns = (
        Column("leg", figures=True),
        Column("from", folds=True),
        Column("follows"),
        Column("to", folds=True),
        Column("km", figures=True),
        Column("article"),
        Column("source", folds=True),
        Column("doubt"),
        Column("± m", figures=True),
    )
    return grid(columns, legs)


def of_record(fields: Iterable[Sequence[str]], title: str = "") -> Table:
    """Lay out (field, what it says) of a single record."""
    return grid((Column(""), Column("", folds=True)), fields, title)


def _figures(value: Any) -> tuple[str, str, str]:
    """Write an interval or a bare number in thousand km²."""
    if isinstance(value, Mapping):
        km2 = _interval(value)
        return thousands(km2) if km2 else ("", "", "")
    return ("", f"{float(value) / 1000:,.4g}", "") if value is not None else ("", "", "")


def _interval(value: Json | None) -> Interval | None:
    return Interval(float(value["low"]), float(value["best"]), float(value["high"])) if value else None


def _span(values: Sequence[float]) -> str:
    return (
        "–".join(dict.fromkeys(f"{one / 1000:,.4g}" for one in (min(values), max(values)))) if values else ""
    )


def _rule(rule: Any) -> str:
    if not rule:
        return "every entry"
    return ", ".join(map(str, rule)) if isinstance(rule, list | tuple) else str(rule)


def _name(id: Any, names: Names) -> str:
    return "" if id is None else names.get(str(id), str(id))
