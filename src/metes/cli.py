"""The command: each verb reads its options, asks, and prints; every answer has `--json`.

Heavy modules are imported by the verb that needs them, so that a cold `metes check` stays fast.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from metes.errors import BadInput, MetesError

if TYPE_CHECKING:
    from metes.ask.atlas import Atlas
    from metes.ask.transfers import Transfers

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="How much land passed from whom to whom, when, by what instrument, who holds it today, and how sure that is.",
)

AtlasAt = Annotated[Optional[Path], typer.Option("--atlas", help="a built atlas; without it the one that came with metes")]
AsJson = Annotated[bool, typer.Option("--json", help="print the answer as JSON")]
Since = Annotated[Optional[str], typer.Option("--since", help="first day: YYYY, YYYY-MM or YYYY-MM-DD")]
Until = Annotated[Optional[str], typer.Option("--until", help="last day; a year or month counts whole")]
Books = Annotated[str, typer.Option("--book", help="title or control")]
Readings = Annotated[Optional[list[str]], typer.Option("--reading", help="fix an open question: QUESTION=READING")]
Rules = Annotated[Optional[list[str]], typer.Option("--rule", help="a counting rule: see `metes show RULE`")]
Languages = Annotated[str, typer.Option("--lang", help="language of names: en, zh-Hans, zh-Hant, ru …")]

MAX_TEXT_BYTES = 50 * 2**20


def open_atlas(folder: Path | None) -> Atlas:
    """Open a built atlas."""
    from metes.ask.atlas import Atlas
    from metes.atlas.store import read_compiled
    from metes.folders import atlas_folder

    return Atlas(read_compiled(folder or atlas_folder()))


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    print()


def _readings(given: list[str] | None) -> dict[str, str]:
    found = {}
    for one in given or ():
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
def check(
    text: Annotated[Optional[list[str]], typer.Argument(help="a sentence or a text; - reads it from stdin")] = None,
    file: Annotated[Optional[Path], typer.Option("--file", "-f", help="a file with the text")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="only the verdicts")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="say how each verdict was reached")] = False,
    as_json: AsJson = False,
    report: Annotated[Optional[Path], typer.Option("--report", help="write a page: out.html")] = None,
    map_: Annotated[Optional[list[Path]], typer.Option("--map", help="draw the map: out.svg or out.png")] = None,
    lang: Languages = "en",
    atlas: AtlasAt = None,
) -> None:
    """Check what a text says about land that passed: verdicts, figures, and what they turn on."""
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

    files = write_files(opened, answer, lines, said, report, map_ or [], lang, atlas)
    if as_json:
        _print_json(answer)
        return
    from metes.show.terminal import console, print_screen

    print_screen(first_screen(opened, answer, said, files, lang), console(), brief=brief)
    if trace:
        print("\n".join(lines))


def _text(words: list[str] | None, file: Path | None) -> str:
    if file is not None and words:
        raise BadInput("give a text or --file, not both")
    try:
        if file is not None:
            if file.stat().st_size > MAX_TEXT_BYTES:
                raise BadInput(f"{file} is larger than {MAX_TEXT_BYTES >> 20} MB: cut it into parts")
            raw = file.read_bytes()
        elif words == ["-"]:
            raw = sys.stdin.buffer.read(MAX_TEXT_BYTES + 1)
            if len(raw) > MAX_TEXT_BYTES:
                raise BadInput(f"the text is larger than {MAX_TEXT_BYTES >> 20} MB: cut it into parts")
        elif words:
            return " ".join(words)
        else:
            raise BadInput('nothing to check: give a sentence, --file FILE, or - for standard input')
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"the text is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error


@app.command()
def transfers(
    from_: Annotated[str, typer.Option("--from", help="who held it: a lineage or polity")],
    to: Annotated[str, typer.Option("--to", help="to whom it passed")],
    since: Since = None,
    until: Until = None,
    net: Annotated[bool, typer.Option("--net", help="land that one held and the other holds, counted once")] = False,
    book: Books = "title",
    rule: Rules = None,
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Languages = "en",
    atlas: AtlasAt = None,
) -> None:
    """Say what passed from one party to another: entries, total, and what each open question moves."""
    from metes.ask.contract import transfers_json

    opened = open_atlas(atlas)
    answer = _transfers(opened, from_, to, since, until, net, book, rule, reading)
    found = transfers_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    from metes.ask.names import names_of
    from metes.show.tables import of_questions, of_transfers
    from metes.show.terminal import console

    out, names = console(width=120 if not sys.stdout.isatty() else None), names_of(opened, lang)
    out.print(of_transfers(found, names))
    if found["questions"]:
        out.print()
        out.print(of_questions(found, names))
    _say_cover(opened, answer)


def _transfers(
    opened: Atlas,
    giver: str,
    taker: str,
    since: str | None,
    until: str | None,
    net: bool,
    book: str,
    rules: list[str] | None,
    readings: list[str] | None,
) -> Transfers:
    from metes.ask.transfers import transfers as ask
    from metes.span import begin_of, end_of

    first, end = begin_of(since), end_of(until)
    if end <= first:
        raise BadInput(f"--until {until} is before --since {since}")
    return ask(
        opened, giver, taker, first, end, book=_book(book), rules=rules or (), net=net, readings=_readings(readings)
    )


def _say_cover(opened: Atlas, answer: Transfers) -> None:
    from metes.ask.coverage import pair_cover

    print(f"\nviewpoint {opened.compiled.viewpoint} · {pair_cover(opened, answer.giver, answer.taker, answer.book)}")


@app.command()
def explain(
    figure: Annotated[str, typer.Argument(help='an area: "1.5 million km2"')],
    from_: Annotated[str, typer.Option("--from", help="who held it")],
    to: Annotated[str, typer.Option("--to", help="to whom it passed")],
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    lang: Languages = "en",
    atlas: AtlasAt = None,
) -> None:
    """Find which entries add up to a figure, by measured and by published areas."""
    from metes.ask.contract import explain_json
    from metes.ask.explain import explain as ask
    from metes.claims.quantity import read_area_km2
    from metes.span import begin_of, end_of

    opened = open_atlas(atlas)
    answer = ask(opened, read_area_km2(opened.lexicon, figure), from_, to, begin_of(since), end_of(until))
    found = explain_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    from metes.ask.names import names_of
    from metes.show.tables import of_explain
    from metes.show.terminal import console

    console(width=120 if not sys.stdout.isatty() else None).print(of_explain(found, names_of(opened, lang)))


@app.command()
def holder(
    place: Annotated[str, typer.Argument(help="a name, or LAT,LON")],
    on: Annotated[Optional[str], typer.Option("--on", help="a day, month or year")] = None,
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Languages = "en",
    atlas: AtlasAt = None,
) -> None:
    """Say who held a place, in both books through time, and what it was called then."""
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
    from metes.show.terminal import console

    console(width=120 if not sys.stdout.isatty() else None).print(of_holder(found, names_of(opened, lang)))
    if not answer.tenures:
        print("outside coverage: the ledger has no entry for this place" + (f" on {on}" if on else ""))


@app.command()
def extent(
    polity: Annotated[str, typer.Argument(help="a polity or lineage")],
    on: Annotated[str, typer.Option("--on", help="a day; of a month or year the last day counts")],
    book: Books = "title",
    reading: Readings = None,
    as_json: AsJson = False,
    lang: Languages = "en",
    atlas: AtlasAt = None,
) -> None:
    """Say what a polity held on a day: area with interval, and parts by present-day unit."""
    from metes.ask.contract import extent_json
    from metes.ask.extent import extent as ask
    from metes.span import read_span

    opened = open_atlas(atlas)
    answer = ask(opened, polity, read_span(on).end - 1, book=_book(book), readings=_readings(reading))
    found = extent_json(opened, answer)
    if as_json:
        _print_json(found)
        return
    if answer.total is None:
        print(f"outside coverage: {answer.missing}")
        return
    from metes.ask.names import names_of
    from metes.show.tables import of_extent
    from metes.show.terminal import console

    console(width=120 if not sys.stdout.isatty() else None).print(of_extent(found, names_of(opened, lang)))
    print(f"\nviewpoint {opened.compiled.viewpoint} · not in it: {answer.missing}")


@app.command()
def timeline(
    lineages: Annotated[list[str], typer.Argument(help="lineages or polities that all took part")],
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    atlas: AtlasAt = None,
) -> None:
    """List what happened between parties, in order."""
    from metes.ask.contract import timeline_json
    from metes.ask.timeline import timeline as ask
    from metes.span import begin_of, end_of

    opened = open_atlas(atlas)
    rows = ask(opened, lineages, begin_of(since), end_of(until))
    found = timeline_json(opened, rows)
    if as_json:
        _print_json(found)
        return
    from metes.show.tables import of_timeline
    from metes.show.terminal import console

    table = of_timeline((row["date"], row["name"], row["summary"]) for row in found["rows"])
    console(width=120 if not sys.stdout.isatty() else None).print(table)


@app.command()
def coverage(as_json: AsJson = False, atlas: AtlasAt = None) -> None:
    """Say for which polities, spans and books the ledger is complete, and what is missing."""
    from metes.ask.contract import coverage_json
    from metes.ask.coverage import covers

    opened = open_atlas(atlas)
    rows = covers(opened)
    if as_json:
        _print_json(coverage_json(opened, rows))
        return
    from metes.show.tables import of_coverage
    from metes.show.terminal import console

    table = of_coverage(
        (" – ".join(one.lineages), one.since, one.until or "today", ", ".join(one.books), one.what, one.missing)
        for one in rows
    )
    console(width=120 if not sys.stdout.isatty() else None).print(table)


@app.command()
def accuracy(as_json: AsJson = False, lang: Languages = "en", atlas: AtlasAt = None) -> None:
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
    from metes.show.terminal import console

    console(width=140 if not sys.stdout.isatty() else None).print(of_accuracy(found, names_of(opened, lang)))
    agreed = answer.agreed
    if agreed:
        print(
            f"\nof {len(agreed)} agreed figures {answer.share_inside:.0%} inside the interval; "
            f"median misfit {answer.median_off_percent:.1f} %, median half-width {answer.median_half_width_percent:.1f} %"
        )


@app.command()
def show(
    record: Annotated[str, typer.Argument(help="an id: instrument, line, territory, question, polity, place, source")],
    legs: Annotated[bool, typer.Option("--legs", help="each leg of its lines, with article, source and doubt")] = False,
    map_: Annotated[Optional[Path], typer.Option("--map", help="draw it: out.svg or out.png")] = None,
    as_json: AsJson = False,
    lang: Languages = "en",
    atlas: AtlasAt = None,
) -> None:
    """Show a record of the gazette whole: what it says, on whose word, what disagrees."""
    from metes.ask.record import find_records, record_json

    opened = open_atlas(atlas)
    found = find_records(opened, record)
    if as_json:
        _print_json([record_json(one) for one in found])
        return
    from metes.show.record import print_legs, print_record
    from metes.show.terminal import console

    out = console(width=120 if not sys.stdout.isatty() else None)
    for one in found:
        print_record(opened, one, out, lang)
    if legs:
        print_legs(opened, found, out, atlas)
    if map_:
        from metes.atlas.shelf import Shelf
        from metes.show.files import write_map
        from metes.show.subject import subject_of_record

        print(write_map(subject_of_record(opened, Shelf(atlas), record, lang), map_))


@app.command("map")
def draw_map(
    out: Annotated[Path, typer.Option("--out", help="m.svg, m.png or m.html")],
    from_: Annotated[Optional[str], typer.Option("--from", help="draw what passed from this party …")] = None,
    to: Annotated[Optional[str], typer.Option("--to", help="… to this one")] = None,
    extent_of: Annotated[Optional[str], typer.Option("--extent", help="draw what this polity held")] = None,
    on: Annotated[Optional[str], typer.Option("--on", help="the day of the extent")] = None,
    since: Since = None,
    until: Until = None,
    net: Annotated[bool, typer.Option("--net")] = False,
    book: Books = "title",
    rule: Rules = None,
    reading: Readings = None,
    lang: Languages = "en",
    atlas: AtlasAt = None,
) -> None:
    """Draw what passed between two parties in a span, or what a polity held on a day."""
    from metes.atlas.shelf import Shelf
    from metes.show.files import write_map
    from metes.show.subject import subject_of_extent, subject_of_transfers

    opened, shelf = open_atlas(atlas), Shelf(atlas)
    if extent_of and on and not (from_ or to):
        from metes.ask.extent import extent as ask
        from metes.span import read_span

        held = ask(opened, extent_of, read_span(on).end - 1, book=_book(book), readings=_readings(reading))
        if held.total is None:
            raise BadInput(f"outside coverage: {held.missing}")
        subject = subject_of_extent(opened, shelf, held, lang)
    elif from_ and to and not extent_of:
        answer = _transfers(opened, from_, to, since, until, net, book, rule, reading)
        subject = subject_of_transfers(opened, shelf, answer, lang)
    else:
        raise BadInput("give --from and --to, or --extent and --on")
    print(write_map(subject, out))


@app.command()
def lint(gazette: Annotated[Optional[Path], typer.Argument(help="a gazette folder")] = None) -> None:
    """Check every gazette record; print `file:line: what` for each broken rule."""
    from metes.folders import gazette_folder
    from metes.records.lint import lint as find

    problems = find(gazette or gazette_folder())
    for one in problems:
        print(one)
    if problems:
        raise typer.Exit(2)


@app.command()
def build(
    gazette: Annotated[Optional[Path], typer.Option(help="a gazette folder")] = None,
    out: Annotated[Optional[Path], typer.Option(help="where the atlas goes")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="print what was joined and left")] = False,
) -> None:
    """Build the atlas from the gazette's text; the old one stays until the new one is whole."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from metes.atlas.build import STEPS
    from metes.atlas.build import build as make
    from metes.folders import atlas_folder, gazette_folder

    target = out or atlas_folder()
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True, console=Console(stderr=True)) as bar:
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
    try:
        app(standalone_mode=True)
    except MetesError as error:
        print(f"metes: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # a fault of ours: one line, and where to look
        if os.environ.get("METES_DEBUG"):
            raise
        print(
            f"metes: this is a fault of ours ({type(error).__name__}: {error}); run again with METES_DEBUG=1 and report it",
            file=sys.stderr,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
