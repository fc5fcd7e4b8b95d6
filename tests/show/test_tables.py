"""Tables of the reading verbs."""

from __future__ import annotations

import io
from typing import Any

from rich.table import Table

from metes.show import tables
from metes.show.terminal import console
from tests.show.report import NAMES, transfers


def printed(table: Table, width: int = 110) -> str:
    out = io.StringIO()
    tables.print_table(table, console(out, width))
    return out.getvalue()


def test_transfers_in_thousand_km2_to_the_digits_of_the_interval() -> None:
    shown = printed(tables.of_transfers(transfers(), NAMES))
    assert "title book · gross" in shown
    assert any(line.split()[2:5] == ["570", "600", "640"] for line in shown.splitlines())
    assert "stated" in shown
    assert ["together", "1,190", "1,470", "1,620"] in [line.split() for line in shown.splitlines()]
    assert "Russia" in shown


def test_questions_give_the_total_under_each_reading() -> None:
    shown = printed(tables.of_questions(transfers(), NAMES))
    assert "How far?" in shown
    assert ["How", "far?", "narrow", "1,210"] in [line.split() for line in shown.splitlines()]


def test_holder_tells_both_books_and_open_ends() -> None:
    answer: dict[str, Any] = {
        "place": "Tuva",
        "lat": 51.7,
        "lon": 94.4,
        "tenures": [
            {
                "book": "title",
                "from": "1944-10-11",
                "to": None,
                "holders": ["ussr", "x"],
                "kind": "title",
                "instrument": "t",
                "names": {"en": "Tuva"},
            },
        ],
    }
    shown = printed(tables.of_holder(answer, {"ussr": "Soviet Union"}))
    assert "Soviet Union + x" in shown
    assert "today" in shown
    assert "Tuva (51.7 N, 94.4 E)" in shown


def test_extent_and_accuracy() -> None:
    extent = {
        "polity": "qing",
        "on": "1820-01-01",
        "book": "title",
        "km2": {"low": 1e7, "best": 1.1e7, "high": 1.2e7},
        "parts": [{"name": "XX", "kind": "unit", "km2": 123456.0}],
    }
    shown = printed(tables.of_extent(extent))
    assert "qing on 1820-01-01" in shown
    assert "123.5" in shown
    accuracy = {
        "rows": [
            {
                "id": "a",
                "km2": {"low": 90e3, "best": 100e3, "high": 110e3},
                "published_km2": 98e3,
                "inside": True,
                "half_width_percent": 10.0,
                "reason": "islands",
            }
        ]
    }
    shown = printed(tables.of_accuracy(accuracy))
    assert "±10.0 %" in shown
    assert "inside" in shown
    assert "islands" in shown


def test_texts_of_records_are_no_markup_and_cannot_reach_the_terminal() -> None:
    shown = printed(tables.of_record([("[bold]field[/bold]", "\x1b[2Jsays [/x]")], title="[red]t"))
    assert "[bold]field[/bold]" in shown
    assert "[red]t" in shown
    assert "\x1b" not in shown


def test_legs_timeline_and_coverage_keep_every_cell() -> None:
    legs = printed(tables.of_legs([("1", "a", "river", "b", "12.5", "1", "src", "river-ne", "1300")]))
    timeline = printed(tables.of_timeline([("1858-05-28", "Aigun", "left bank")]))
    coverage = printed(tables.of_coverage([("china", "1683", "today", "title", "all", "islands")]))
    for cell in ("river-ne", "1300", "12.5"):
        assert cell in legs
    assert "left bank" in timeline
    assert "islands" in coverage
