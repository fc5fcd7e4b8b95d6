"""The first screen in a terminal."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from rich.cells import cell_len

from metes.show.screen import Screen, screen_of
from metes.show.terminal import console, print_screen
from tests.show.report import NAMES, TEXT, report, transfers

FILES = (("map", "out/claim.svg"), ("report", "out/claim.html"))


def made(**changes: object) -> Screen:
    return screen_of(
        report(**changes), transfers(), text=TEXT, names=NAMES, not_counted=("Tuva",), files=FILES
    )


def printed(screen: Screen, width: int = 96) -> str:
    out = io.StringIO()
    print_screen(screen, console(out, width))
    return out.getvalue()


def test_everything_of_the_first_screen_is_there() -> None:
    shown = printed(made())
    for said in (
        TEXT[:40],
        "IN SHORT",
        "1,500,000 km²",
        "depends",
        "wide: holds",
        "570",
        "600",
        "640",
        "published",
    ):
        assert said in shown
    for said in (
        "Treaty One",
        "Russia",
        "not counted: Tuva",
        "out/claim.svg",
        "--trace",
        "How far?",
        "1,210",
        "1,500",
    ):
        assert said in shown
    assert "stated" in shown
    assert "published figures that make it: 1,510 = 1,510 thousand km² (First); they leave out c" in " ".join(
        shown.split()
    )


@pytest.mark.parametrize("width", [100, 80])
def test_it_fits_one_screen(width: int) -> None:
    lines = printed(made(), width).splitlines()
    assert len(lines) <= 30
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", [40, 60, 72])
def test_narrow_terminals_lose_columns_not_words(width: int) -> None:
    shown = printed(made(), width)
    assert max(map(cell_len, shown.splitlines())) <= width
    for said in ("1,500,000", "depends", "600", "IN SHORT"):
        assert said in shown


def test_many_entries_are_summed_up() -> None:
    screen = screen_of(report(), transfers(40), text=TEXT)
    shown = printed(screen)
    assert "and 29 more" in shown
    assert len(shown.splitlines()) <= 40


def test_text_cannot_move_the_cursor_nor_turn_the_line_nor_be_markup() -> None:
    hostile = "\x1b[2J\x9b31m [bold]B[/bold] [/x] \u202eevil\x07"
    changed = screen_of(report(hostile, why=hostile), text=hostile)
    shown = printed(changed)
    assert not set(shown) & set("\x1b\x9b\x07\u202e")
    assert "[bold]B[/bold] [/x]" in shown


def test_colour_is_left_out_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    def on_a_terminal() -> str:
        out = io.StringIO()
        terminal = console(out, 80)
        terminal._force_terminal = True
        terminal._color_system = terminal._detect_color_system()
        print_screen(made(), terminal)
        return out.getvalue()

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;33m" in on_a_terminal()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;33m" not in on_a_terminal()


def test_pipe_gets_plain_lines_without_trailing_spaces() -> None:
    shown = printed(made())
    assert "\x1b" not in shown
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_entries_of_one_instrument_are_told_apart_by_their_land() -> None:
    moved = transfers()
    for number, entry in enumerate(moved["entries"]):
        entry |= {"instrument": "treaty-1", "territory": f"land-{number}"}
    labels = [row.label for row in screen_of(report(), moved, names={"land-2": "Left bank"}).rows]
    assert len(set(labels)) == 3
    assert labels[2].endswith(": Left bank")


def test_long_findings_are_cut_on_the_screen_only() -> None:
    long = "word " * 200
    screen = made(parts=[{"what": "manner", "claimed": "took", "found": long, "verdict": "on-record"}])
    assert screen.statements[0].findings[0].found == long
    assert len(printed(screen, 80).splitlines()) <= 30


def test_first_screen_needs_no_geometry_nor_fonts() -> None:
    """A cold check prints it: what draws maps must not be loaded."""
    code = "import sys, metes.show.terminal; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert not {"shapely", "pyproj", "pyarrow", "numpy", "fontTools", "resvg_py"} & set(loaded.split())
