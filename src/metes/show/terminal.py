"""The first screen in a terminal: one screen of text, plain where colour is not wanted."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from metes.show.screen import EntryRow, Screen, Statement, Switch, thousands, verdict_name

WIDEST = 100
MOST_ROWS = 12
"""Entries shown before the rest are summed up in one line: the screen must fit."""
MOST_STATEMENTS = 6
MOST_SWITCHES = 3
ROOM_FOR_HELD = 72
QUESTION_LINES = 2
FOUND_LINES = 3
"""A finding longer than this is cut on the screen: page, --json and --trace have it whole."""

STYLES = {
    "supported": "bold green",
    "within-range": "bold green",
    "depends": "bold yellow",
    "mixed": "bold yellow",
    "too-high": "bold red",
    "too-low": "bold red",
    "contradicted": "bold red",
}


def console(file: TextIO | None = None, width: int | None = None) -> Console:
    """Open a console no wider than a line that reads well; NO_COLOR and pipes are honoured."""
    made = Console(file=file, highlight=False, emoji=False, markup=False, soft_wrap=False)
    made.width = width if width is not None else min(made.width, WIDEST)
    return made


def print_screen(screen: Screen, out: Console, *, brief: bool = False) -> None:
    """Print the first screen; `brief` stops after the verdicts. A pipe gets no trailing spaces."""
    if out.is_terminal:
        _print(screen, out, brief)
        return
    with out.capture() as captured:
        _print(screen, out, brief)
    out.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


def _print(screen: Screen, out: Console, brief: bool) -> None:
    out.print(_question(screen.text, out.width))
    if screen.in_short:
        short = Text.assemble(("IN SHORT", "bold"), "  ", screen.in_short)
        out.print(Padding(short, (0, 0, 0, 1)))
    for one in screen.statements[:MOST_STATEMENTS]:
        out.print()
        if len(screen.statements) > 1:
            out.print(_heading(one, out.width))
        if one.answer:
            out.print(Padding(Text(one.answer), (0, 0, 0, 1)))
        if one.findings:
            out.print(Padding(_findings(one, out.width - 1), (0, 0, 0, 1), expand=False))
    more = len(screen.statements) - MOST_STATEMENTS
    if more > 0:
        out.print(Text(f" … and {more} more statements: --json or --report lists all", "dim"))
    for text in screen.unread:
        out.print(Text.assemble((" not read ", "dim"), _short(text, out.width - 12)))
    if brief:
        return
    if screen.rows:
        out.print()
        out.print(_entries(screen, out.width))
    for line in _notes(screen):
        out.print(Padding(line, (0, 0, 0, 1)))


def _question(text: str, width: int) -> Text:
    room = width * QUESTION_LINES - 4
    return Text(f"“{_short(' '.join(text.split()), room)}”", "italic")


def _short(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(1, room - 1)].rstrip() + "…"


def _heading(one: Statement, width: int) -> Text:
    room = width - len(one.verdict) - 4
    return Text.assemble(
        " ",
        _short(" ".join(one.text.split()), room),
        "  ",
        (verdict_name(one.verdict), style_of(one.verdict)),
    )


def style_of(verdict: str) -> str:
    """Give the style of a verdict; the word always stands beside it."""
    return STYLES.get(verdict, "bold")


def _findings(one: Statement, width: int) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False, width=width)
    narrow = width < 60
    table.add_column(min_width=9, max_width=max(11, width // 4), overflow="fold")
    table.add_column(no_wrap=not narrow)
    table.add_column(ratio=1, overflow="fold")
    room = FOUND_LINES * max(20, width - width // 4 - 20)
    for part in one.findings:
        verdict = Text(verdict_name(part.verdict), style_of(part.verdict))
        table.add_row(Text(part.claimed or part.what), verdict, Text(_short(part.found, room)))
    return table


def _entries(screen: Screen, width: int) -> Table:
    held = width >= ROOM_FOR_HELD
    published = width >= 54
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", width=width)
    table.add_column(" thousand km²", ratio=1, overflow="fold")
    for head in ("low", "best", "high"):
        table.add_column(head, justify="right", no_wrap=True, style="bold" if head == "best" else None)
    if published:
        table.add_column("published", justify="right", no_wrap=True)
    if held:
        table.add_column("held today by", max_width=width // 4, overflow="fold")
    shown = screen.rows if len(screen.rows) <= MOST_ROWS else screen.rows[: MOST_ROWS - 1]
    for row in shown:
        table.add_row(*_cells(row, published, held))
    rest = screen.rows[len(shown) :]
    if rest:
        table.add_row(Text(f" … and {len(rest)} more", "dim"))
    if screen.total is not None and len(screen.rows) > 1:
        low, best, high = thousands(screen.total)
        cells = [Text(" together", "bold"), Text(low), Text(best), Text(high)]
        table.add_row(*cells)
    return table


def _cells(row: EntryRow, published: bool, held: bool) -> list[Text]:
    figures = thousands(row.km2) if row.km2 is not None else ("", "stated", "")
    cells = [Text(f" {row.label}"), *(Text(one) for one in figures)]
    if published:
        cells.append(Text(row.published or "–"))
    if held:
        cells.append(Text(row.held_by))
    return cells


def _spread(switch: Switch) -> float:
    values = [km2 for _, km2 in switch.readings]
    return max(values) - min(values)


def _notes(screen: Screen) -> list[Text]:
    notes = []
    if screen.not_counted:
        notes.append(Text.assemble(("not counted: ", "dim"), " · ".join(screen.not_counted)))
    for one in screen.statements:
        notes += [Text(text) for text in one.explained[:1]]
    for switch in sorted(screen.switches, key=lambda one: -_spread(one))[:MOST_SWITCHES]:
        values = [km2 for _, km2 in switch.readings]
        ends = dict.fromkeys(f"{km2 / 1000:,.4g}" for km2 in (min(values), max(values)))
        if len(ends) == 1:
            continue
        moves = "–".join(ends)
        notes.append(Text.assemble(("turns on ", "dim"), f"{switch.name}: together {moves}"))
    if screen.viewpoint:
        notes.append(Text(f"viewpoint: {screen.viewpoint}", "dim"))
    trail = [f"{what} {path}" for what, path in screen.files]
    notes.append(Text(" · ".join([*trail, "why? metes check --trace"]), "dim"))
    return notes
