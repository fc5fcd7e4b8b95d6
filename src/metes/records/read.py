"""The gazette read from its folder, or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from metes.errors import GazetteError
from metes.records.doubt import DoubtFile
from metes.records.file import GazetteFile, Problem, gazette_paths, read_file
from metes.records.gazette import Gazette
from metes.records.instrument import Instrument
from metes.records.line import Line
from metes.records.place import PlaceFile
from metes.records.polity import PolityFile
from metes.records.question import Question
from metes.records.rule import RuleFile
from metes.records.source import SourceFile
from metes.records.territory import TerritoryFile
from metes.records.viewpoint import CoverFile, Viewpoint
from metes.records.whereabouts import Path as KeyPath


def read_files(folder: Path) -> list[GazetteFile]:
    """Read every file of a gazette folder; raises GazetteError if there is none."""
    files = [read_file(folder, kind, path) for kind, path in gazette_paths(folder)]
    if not files:
        raise GazetteError(f"{folder} holds no gazette: it has no .toml file; give the folder that does")
    return files


def records_of(file: GazetteFile) -> list[tuple[str, KeyPath, Any]]:
    """List the records of a file as (table of the Gazette, path in the file, record)."""
    match file.record:
        case SourceFile(sources=found):
            return [("sources", ("sources", n), one) for n, one in enumerate(found)]
        case PolityFile(polities=polities, lineages=lineages):
            return [("polities", ("polities", n), one) for n, one in enumerate(polities)] + [
                ("lineages", ("lineages", n), line) for n, line in enumerate(lineages)
            ]
        case PlaceFile(places=places):
            return [("places", ("places", n), one) for n, one in enumerate(places)]
        case DoubtFile(doubts=doubts):
            return [("doubts", ("doubts", n), one) for n, one in enumerate(doubts)]
        case TerritoryFile(territories=territories):
            return [("territories", ("territories", n), one) for n, one in enumerate(territories)]
        case RuleFile(rules=rules):
            return [("rules", ("rules", n), one) for n, one in enumerate(rules)]
        case CoverFile(covers=covers):
            return [("covers", ("covers", n), one) for n, one in enumerate(covers)]
        case Question():
            return [("questions", (), file.record)]
        case Line():
            return [("lines", (), file.record)]
        case Instrument():
            return [("instruments", (), file.record)]
        case Viewpoint():
            return [("viewpoints", (), file.record)]
        case _:
            return []


def gather(files: list[GazetteFile]) -> tuple[Gazette, list[Problem]]:
    """Put all records into one Gazette; the second of two records with one id is a problem."""
    tables: dict[str, dict[str, Any]] = {field: {} for field in Gazette.__struct_fields__}
    problems: list[Problem] = []
    where: dict[tuple[str, str], str] = {}
    for file in files:
        problems.extend(file.problems)
        for table, path, record in records_of(file):
            if record.id in tables[table]:
                first = where[table, record.id]
                problems.append(file.problem((*path, "id"), f"{table} {record.id!r} is already in {first}"))
                continue
            tables[table][record.id] = record
            where[table, record.id] = file.name
    return Gazette(**tables), problems


def read_gazette(folder: Path) -> Gazette:
    """Read a gazette folder; raises GazetteError with what `metes lint` would print."""
    from metes.records.lint import lint_files

    files = read_files(folder)
    gazette, problems = gather(files)
    problems = sorted({*problems, *lint_files(files, gazette)})
    if problems:
        more = f"; and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise GazetteError(f"the gazette breaks a rule: {problems[0]}{more}: run `metes lint {folder}`")
    return gazette
