"""One gazette file read into its records, with the lines that its keys stand on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from metes.records.common import Record
from metes.records.doubt import DoubtFile
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
from metes.records.whereabouts import key_lines, line_of, path_of

KINDS: dict[str, type[Record]] = {
    "sources": SourceFile,
    "polities": PolityFile,
    "places": PlaceFile,
    "doubts": DoubtFile,
    "questions": Question,
    "lines": Line,
    "territories": TerritoryFile,
    "instruments": Instrument,
    "events": Instrument,
    "rules": RuleFile,
    "viewpoints": Viewpoint,
    "coverage": CoverFile,
}
"""What each folder of the gazette holds. A folder of one-record files names each file by its id."""

MAX_BYTES = 4 * 2**20
"""A gazette file larger than this is not one that a person wrote."""

_AT = re.compile(r" - at `([^`]*)`$")
_TOML_AT = re.compile(r" \(at line (\d+), column (\d+)\)$|\(at end of document\)$")


@dataclass(frozen=True, order=True)
class Problem:
    """One broken rule: which file, which line, what."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass
class GazetteFile:
    """A parsed file: `record` is none if it could not be read, and then `problems` says why."""

    name: str
    kind: str
    record: Record | None
    data: dict[str, Any]
    lines: dict[KeyPath, int]
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: KeyPath, what: str) -> Problem:
        """Make a problem at the line of a key."""
        return Problem(self.name, line_of(self.lines, path), what)


def gazette_paths(folder: Path) -> Iterator[tuple[str, Path]]:
    """List the gazette's TOML files with the kind that their folder says, sorted."""
    for path in sorted(folder.rglob("*.toml")):
        yield path.relative_to(folder).parts[0].removesuffix(".toml"), path


def read_file(folder: Path, kind: str, path: Path) -> GazetteFile:
    """Read one file; never raises for what is in it."""
    name = path.relative_to(folder.parent).as_posix()
    nothing = GazetteFile(name, kind, None, {}, {})
    if kind not in KINDS:
        nothing.problems.append(
            Problem(name, 1, f"no kind of record lives in {kind!r}; known are: {', '.join(KINDS)}")
        )
        return nothing
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        nothing.problems.append(Problem(name, 1, f"{len(raw)} bytes: a gazette file has at most {MAX_BYTES}"))
        return nothing
    try:
        text = raw.decode("utf-8")
        nothing.data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        nothing.problems.append(Problem(name, line, "not UTF-8"))
        return nothing
    except tomllib.TOMLDecodeError as error:
        where = _TOML_AT.search(str(error))
        line = int(where[1]) if where and where[1] else raw.count(b"\n") + 1
        nothing.problems.append(Problem(name, line, f"not TOML: {_TOML_AT.sub('', str(error)).strip()}"))
        return nothing
    nothing.lines = key_lines(text)
    try:
        nothing.record = msgspec.convert(nothing.data, KINDS[kind])
    except msgspec.ValidationError as error:
        at = _AT.search(str(error))
        where_path = path_of(at[1]) if at else ()
        nothing.problems.append(nothing.problem(where_path, _AT.sub("", str(error)) + _named(where_path)))
    return nothing


def _named(path: KeyPath) -> str:
    return f" in {'.'.join(str(step) for step in path)}" if path else ""
