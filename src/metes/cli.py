"""The command: each verb reads its options, asks, and prints; every answer has `--json`.

Heavy modules are imported by the verb that needs them, so that a cold `metes check` stays fast.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from metes import __version__
from metes.errors import BadInput, MetesError

if TYPE_CHECKING:
    from rich.console import Console

    from metes.ask.atlas import Atlas
    from metes.ask.transfers import Transfers

Verb = TypeVar("Verb", bound=Callable[..., Any])

A_FILE = click.Path(path_type=Path)
atlas_at = click.option("--atlas", type=A_FILE, help="a built atlas; without it the one that came with metes")
as_json_ = click.option("--json", "as_json", is_flag=True, help="print the answer as JSON")
language = click.option(
    "--lang", default="en", show_default=True, help="language of names: en, zh-Hans, zh-Hant, ru …"
)
book_ = click.option("--book", default="title", show_default=True, help="title or control")
reading_ = click.option("--reading", multiple=True, metavar="QUESTION=READING", help="fix an open question")
rule_ = click.option("--rule", multiple=True, help="a counting rule: see `metes show RULE`")


def span_(verb: Verb) -> Verb:
    """Add --since and --until."""
    since = click.option("--since", help="first day: YYYY, YYYY-MM or YYYY-MM-DD")
    until = click.option("--until", help="last day; a year or month counts whole")
    return since(until(verb))


def parties_(required: bool) -> Callable[[Verb], Verb]:
    """Add --from and --to."""

    def add(verb: Verb) -> Verb:
        giver = click.option("--from", "giver", required=required, help="who held it: a lineage or polity")
        taker = click.option("--to", "taker", required=required, help="to whom it passed")
        return giver(taker(verb))

    return add


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help="How much land passed from whom to whom, when, by what instrument, who holds it today, and how sure that is.",
)
@click.version_option(__version__, message="metes %(version)s")
def app() -> None:
    """Hold the verbs."""


MAX_TEXT_BYTES = 50 * 2**20
WIDE = 120
"""Columns of a table that goes to a file or a pipe."""


def open_atlas(folder: Path | None) -> Atlas:
    """Open a built atlas."""
    from metes.ask.atlas import Atlas
    from metes.atlas.store import read_compiled
    from metes.folders import atlas_folder

    return Atlas(read_compiled(folder or atlas_folder()))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _out(width: int = WIDE) -> Console:
    from metes.show.terminal import console

    return console(width=None if sys.stdout.isatty() else width)


def _readings(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for one in given:
        question, equals, reading = one.partition("=")
        if not equals:
            raise BadInput(f"--reading {one!r}: give QUESTION=READING, as `metes show QUESTION` lists them")
        found[question.strip()] = reading.strip()
    return found


def _book(name: str) -> Any:
    if name not in ("title", "control"):
        raise BadInput(f"--book {name!r}: the books are title and control")
    return name


@app.command()
@click.argument("text", nargs=-1)
@click.option("--file", "-f", type=A_FILE, help="a file with the text")
@click.option("--brief", is_flag=True, help="only the verdicts")
@click.option("--trace", is_flag=True, help="say how each verdict was reached")
@as_json_
@click.option("--report", type=A_FILE, help="write a page: out.html")
@click.option("--map", "maps", type=A_FILE, multiple=True, help="draw the map: out.svg or out.png")
@language
@atlas_at
def check(
    text: tuple[str, ...],
    file: Path | None,
    brief: bool,
    trace: bool,
    as_json: bool,
    report: Path | None,
    maps: tuple[Path, ...],
    lang: str,
    atlas: Path | None,
) -> None:
    """Check what TEXT says about land that passed: verdicts, figures, and what they turn on.

    A TEXT of - is read from standard input.
    """
    from metes.claims.check import check as read_and_judge
    from metes.claims.contract import report_json

    said = _text(text, file)
    opened = open_atlas(atlas)
    judged = read_and_judge(opened, said)
    answer = report_json(judged)
    lines: list[str] = []
    if trace or report:
        from metes.claims.trace import trace_lines

        lines = list(trace_lines(opened, judged))
    from metes.show.first import first_screen, write_files

    files = write_files(opened, answer, lines, said, report, maps, lang, atlas)
    if as_json:
        _print_json(answer)
        return
    from metes.show.terminal import console, print_screen

    print_screen(first_screen(opened, answer, said, files, lang), console(), brief=brief)
    if trace:
        print("\n".join(lines))


def _text(words: tuple[str, ...], file: Path | None) -> str:
    if file is not None and words:
        raise BadInput("give a text or --file, not both")
    try:
        if file is not None:
            with file.open("rb") as stream:
                raw = stream.read(MAX_TEXT_BYTES + 1)
        elif words == ("-",):
            if sys.stdin is None:
                raise BadInput("there is no standard input to read")
            raw = sys.stdin.buffer.read(MAX_TEXT_BYTES + 1)
        elif any(word.strip() for word in words):
            return " ".join(words)
        else:
            raise BadInput("nothing to check: give a sentence, --file FILE, or - for standard input")
        if len(raw) > MAX_TEXT_BYTES:
            raise BadInput(f"the text is larger than {MAX_TEXT_BYTES >> 20} MB: cut it into parts")
        said = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"the text is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error
    if not said.strip():
        raise BadInput("nothing to check: the text is empty")
    return said


@app.command()
@parties_(required=True)
@span_
@click.option("--net", is_flag=True, help="land that one held and the other holds, counted once")
@book_
@rule_
@reading_
@as_json_
@language
@atlas_at
def transfers(
    giver: str,
    taker: str,
    since: str | None,
    until: str | None,
    net: bool,
    book: str,
    rule: tuple[str, ...],
    reading: tuple[str, ...],
    as_json: bool,
    lang: str,
    atlas: Path | None,
) -> None:
    """Say what passed from one party to another: entries, total, and what each open question moves."""
    from metes.ask.contract import transfers_json

    opened = open_atlas(atlas)
    answer = _transfers(opened, giver, taker, since, until, net, book, rule, reading)
    found = transfers_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    from metes.ask.coverage import pair_cover
    from metes.ask.names import names_of
    from metes.show.tables import of_questions, of_transfers

    out, names = _out(), names_of(opened, lang)
    out.print(of_transfers(found, names))
    if found["questions"]:
        out.print()
        out.print(of_questions(found, names))
    cover = pair_cover(opened, answer.giver, answer.taker, answer.book)
    out.print(f"\nviewpoint {opened.compiled.viewpoint} · {cover}")


def _transfers(
    opened: Atlas,
    giver: str,
    taker: str,
    since: str | None,
    until: str | None,
    net: bool,
    book: str,
    rules: tuple[str, ...],
    readings: tuple[str, ...],
) -> Transfers:
    from metes.ask.transfers import transfers as ask
    from metes.span import asked

    first, end = asked(since, until)
    return ask(
        opened, giver, taker, first, end, book=_book(book), rules=rules, net=net, readings=_readings(readings)
    )


@app.command()
@click.argument("figure")
@parties_(required=True)
@span_
@as_json_
@language
@atlas_at
def explain(
    figure: str,
    giver: str,
    taker: str,
    since: str | None,
    until: str | None,
    as_json: bool,
    lang: str,
    atlas: Path | None,
) -> None:
    """Find which entries add up to FIGURE ("1.5 million km2"), by measured and by published areas."""
    from metes.ask.contract import explain_json
    from metes.ask.explain import explain as ask
    from metes.claims.quantity import read_area_km2
    from metes.span import asked

    opened = open_atlas(atlas)
    answer = ask(opened, read_area_km2(opened.lexicon, figure), giver, taker, *asked(since, until))
    found = explain_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    from metes.ask.names import names_of
    from metes.show.tables import of_explain

    _out().print(of_explain(found, names_of(opened, lang)))


@app.command(context_settings={"ignore_unknown_options": True})
@click.argument("place")
@click.option("--on", help="a day, month or year")
@reading_
@as_json_
@language
@atlas_at
def holder(
    place: str, on: str | None, reading: tuple[str, ...], as_json: bool, lang: str, atlas: Path | None
) -> None:
    """Say who held PLACE (a name, or LAT,LON), in both books through time, and what it was called then."""
    from metes.ask.contract import holder_json
    from metes.ask.holder import holder as ask
    from metes.span import read_span

    opened = open_atlas(atlas)
    answer = ask(opened, place, read_span(on) if on else None, readings=_readings(reading), folder=atlas)
    found = holder_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    from metes.ask.names import names_of
    from metes.show.tables import of_holder

    _out().print(of_holder(found, names_of(opened, lang)))
    if not answer.tenures:
        print("outside coverage: the ledger has no entry for this place" + (f" on {on}" if on else ""))


@app.command()
@click.argument("polity")
@click.option("--on", required=True, help="a day; of a month or year the last day counts")
@book_
@reading_
@as_json_
@language
@atlas_at
def extent(
    polity: str, on: str, book: str, reading: tuple[str, ...], as_json: bool, lang: str, atlas: Path | None
) -> None:
    """Say what POLITY held on a day: area with interval, and parts by present-day unit."""
    from metes.ask.contract import extent_json
    from metes.ask.extent import extent as ask
    from metes.span import asked_day

    opened = open_atlas(atlas)
    answer = ask(opened, polity, asked_day(on), book=_book(book), readings=_readings(reading))
    found = extent_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    if answer.total is None:
        print(f"outside coverage: {answer.missing}")
        return
    from metes.ask.names import names_of
    from metes.show.tables import of_extent

    out = _out()
    out.print(of_extent(found, names_of(opened, lang)))
    out.print(f"\nviewpoint {opened.compiled.viewpoint} · not in it: {answer.missing}")


@app.command()
@click.argument("lineages", nargs=-1, required=True)
@span_
@as_json_
@language
@atlas_at
def timeline(
    lineages: tuple[str, ...],
    since: str | None,
    until: str | None,
    as_json: bool,
    lang: str,
    atlas: Path | None,
) -> None:
    """List what happened between LINEAGES, in order: what all of them took part in."""
    from metes.ask.contract import timeline_json
    from metes.ask.timeline import timeline as ask
    from metes.span import asked

    opened = open_atlas(atlas)
    found = timeline_json(opened, ask(opened, lineages, *asked(since, until)), lang)
    if as_json:
        _print_json(found)
        return
    from metes.show.tables import of_timeline

    _out().print(of_timeline((row["date"], row["name"], row["summary"]) for row in found["rows"]))


@app.command()
@as_json_
@atlas_at
def coverage(as_json: bool, atlas: Path | None) -> None:
    """Say for which polities, spans and books the ledger is complete, and what is missing."""
    from metes.ask.contract import coverage_json
    from metes.ask.coverage import covers

    opened = open_atlas(atlas)
    rows = covers(opened)
    if as_json:
        _print_json(coverage_json(opened, rows))
        return
    from metes.show.tables import of_coverage

    _out().print(
        of_coverage(
            (
                " – ".join(one.lineages),
                one.since,
                one.until or "today",
                ", ".join(one.books),
                one.what,
                one.missing,
            )
            for one in rows
        )
    )


@app.command()
@as_json_
@language
@atlas_at
def accuracy(as_json: bool, lang: str, atlas: Path | None) -> None:
    """Compare our measured areas with published ones, each with the reason where they differ."""
    from metes.ask.accuracy import accuracy as ask
    from metes.ask.contract import accuracy_json

    opened = open_atlas(atlas)
    answer = ask(opened)
    found = accuracy_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    from metes.ask.names import names_of
    from metes.show.tables import of_accuracy

    _out(140).print(of_accuracy(found, names_of(opened, lang)))
    if answer.agreed:
        print(
            f"\nof {len(answer.agreed)} agreed figures {answer.share_inside:.0%} inside the interval; median misfit "
            f"{answer.median_off_percent:.1f} %, median half-width {answer.median_half_width_percent:.1f} %"
        )


@app.command()
@click.argument("record")
@click.option("--legs", is_flag=True, help="each leg of its lines, with article, source and doubt")
@click.option("--map", "map_", type=A_FILE, help="draw it: out.svg or out.png")
@as_json_
@language
@atlas_at
def show(record: str, legs: bool, map_: Path | None, as_json: bool, lang: str, atlas: Path | None) -> None:
    """Show RECORD of the gazette whole: what it says, on whose word, what disagrees.

    RECORD is the id of an instrument, line, territory, question, rule, polity, place or source.
    """
    from metes.ask.record import find_records, records_json

    opened = open_atlas(atlas)
    found = find_records(opened, record)
    drawn = None
    if map_:
        from metes.atlas.shelf import Shelf
        from metes.show.files import write_map
        from metes.show.subject import subject_of_record

        drawn = write_map(subject_of_record(opened, Shelf(atlas), record, lang), map_)
    if as_json:
        _print_json(records_json(opened, found))
    else:
        from metes.show.record import print_legs, print_record

        out = _out()
        for one in found:
            print_record(opened, one, out, lang)
        if legs:
            print_legs(opened, found, out, atlas)
    if drawn:
        click.echo(drawn, err=as_json)


@app.command("map")
@click.option("--out", type=A_FILE, required=True, help="m.svg, m.png or m.html")
@parties_(required=False)
@click.option("--extent", "extent_of", help="draw what this polity held")
@click.option("--on", help="the day of the extent")
@span_
@click.option("--net", is_flag=True, help="land that one held and the other holds, counted once")
@book_
@rule_
@reading_
@language
@atlas_at
def draw_map(
    out: Path,
    giver: str | None,
    taker: str | None,
    extent_of: str | None,
    on: str | None,
    since: str | None,
    until: str | None,
    net: bool,
    book: str,
    rule: tuple[str, ...],
    reading: tuple[str, ...],
    lang: str,
    atlas: Path | None,
) -> None:
    """Draw what passed between two parties in a span, or what a polity held on a day."""
    from metes.atlas.shelf import Shelf
    from metes.show.files import write_map
    from metes.show.subject import subject_of_extent, subject_of_transfers

    opened, shelf = open_atlas(atlas), Shelf(atlas)
    if extent_of and on and not (giver or taker):
        from metes.ask.extent import extent as ask
        from metes.span import asked_day

        held = ask(opened, extent_of, asked_day(on), book=_book(book), readings=_readings(reading))
        if held.total is None:
            raise BadInput(f"outside coverage: {held.missing}")
        subject = subject_of_extent(opened, shelf, held, lang)
    elif giver and taker and not extent_of:
        answer = _transfers(opened, giver, taker, since, until, net, book, rule, reading)
        subject = subject_of_transfers(opened, shelf, answer, lang)
    else:
        raise BadInput("give --from and --to, or --extent and --on")
    print(write_map(subject, out))


@app.command()
@click.argument("gazette", type=A_FILE, required=False)
def lint(gazette: Path | None) -> None:
    """Check every record of GAZETTE; print `file:line: what` for each broken rule."""
    from metes.folders import gazette_folder
    from metes.records.lint import lint as find

    problems = find(gazette or gazette_folder())
    for one in problems:
        print(one)
    if problems:
        sys.exit(2)


@app.command()
@click.option("--gazette", type=A_FILE, help="a gazette folder")
@click.option("--out", type=A_FILE, help="where the atlas goes")
@click.option("--verbose", "-v", is_flag=True, help="print what was joined and left")
def build(gazette: Path | None, out: Path | None, verbose: bool) -> None:
    """Build the atlas from the gazette's text; the old one stays until the new one is whole."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from metes.atlas.build import STEPS
    from metes.atlas.build import build as make
    from metes.folders import atlas_folder, gazette_folder

    target = out or atlas_folder()
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, transient=True, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("build", total=len(STEPS))

        def step(name: str) -> None:
            bar.update(task, completed=STEPS.index(name), description=name)

        made = make(gazette or gazette_folder(), target, step)
    print(f"atlas {made.hash}: {len(made.tracts)} tracts, {len(made.gazette.entries())} entries → {target}")
    if verbose:
        for note in made.report:
            print(f"  {note}")


def main() -> None:
    """Run the command: one line on stderr and the right exit code for every error, never a traceback."""
    # A verb makes many objects once and then ends: looking for cycles among them only costs time.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a terminal cannot show (a lone surrogate of the input) is escaped, not a crash.
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        _stop("there is no standard output to write to", 2)
    try:
        app(prog_name="metes", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _stop(error.format_message().rstrip(".") + "; see metes --help", 2)
    except MetesError as error:
        _stop(str(error), error.exit_code)
    except SystemExit as stop:
        # Only a reader that closed our output makes click or rich leave with 1: nothing went wrong.
        sys.exit(0 if stop.code == 1 else stop.code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _stop(
            f"reading or writing failed: {error.strerror}{': ' + str(error.filename) if error.filename else ''}",
            2,
        )
    except Exception as error:  # a fault of ours: one line, and where to look
        if os.environ.get("METES_DEBUG"):
            raise
        _stop(
            f"this is a fault of ours ({type(error).__name__}: {error}); run again with METES_DEBUG=1 and report it",
            1,
        )


def _stop(said: str, code: int) -> NoReturn:
    """Print one line to stderr, whatever is in it, and leave."""
    line = "".join(sign if sign.isprintable() else " " for sign in " ".join(said.split()))
    if sys.stderr is not None:
        print(f"metes: {line}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
