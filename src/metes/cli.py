"""The command: `metes check`, `metes transfers`, and the other verbs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from metes.errors import MetesError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def lint(gazette: Annotated[Optional[Path], typer.Argument(help="a gazette folder")] = None) -> None:
    """Check every gazette record; print `file:line: what` for each broken rule."""
    from metes.folders import gazette_folder
    from metes.records.lint import lint as check

    problems = check(gazette or gazette_folder())
    for one in problems:
        print(one)
    if problems:
        raise typer.Exit(2)


@app.command()
def build(
    gazette: Annotated[Optional[Path], typer.Option(help="a gazette folder")] = None,
    out: Annotated[Optional[Path], typer.Option(help="where the atlas goes")] = None,
) -> None:
    """Build the atlas from the gazette's text."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from metes.atlas.build import STEPS
    from metes.atlas.build import build as make
    from metes.folders import atlas_folder, gazette_folder

    with Progress(TextColumn("{task.description:<10}"), BarColumn(), TimeElapsedColumn(), transient=True) as bar:
        task = bar.add_task("build", total=len(STEPS))

        def step(name: str) -> None:
            bar.update(task, completed=STEPS.index(name), description=name)

        made = make(gazette or gazette_folder(), out or atlas_folder(), step)
    print(f"atlas {made.hash}: {len(made.tracts)} tracts, {len(made.gazette.entries())} entries → {out or atlas_folder()}")
    for note in made.report:
        print(f"  {note}", file=sys.stderr)


def main() -> None:
    """Run the command; one line on stderr and the right exit code for every error."""
    try:
        app(standalone_mode=True)
    except MetesError as error:
        print(f"metes: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
