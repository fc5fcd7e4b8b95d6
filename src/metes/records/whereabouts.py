"""On which line of a TOML file a key stands, so that a complaint can say where."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r'^\s*((?:"[^"]*"|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|[A-Za-z0-9_-]+))*)\s*=\s*(.*)$')
_STEP = re.compile(r"\.?([A-Za-z0-9_-]+)|\[(\d+)\]|\[\.\.\.\]")

Path = tuple[str | int, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Map the path of every table and key to its line, counted from 1.

    Reads the layout that `metes lint` asks for (one key a line); what stands inside an inline table or
    array is found through its key. Text inside multi-line strings is skipped.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    closing: str | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        if closing is not None:
            if closing in line:
                closing = None
            continue
        if depth > 0:
            depth += _depth(line)
            continue
        head = _TABLE.match(line)
        if head:
            table = _enter(head[2], head[1] == "[[", counts)
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            steps = tuple(part.strip().strip('"') for part in key[1].split("."))
            lines.setdefault((*table, *steps), number)
            closing = next((q for q in ('"""', "'''") if key[2].count(q) == 1), None)
            if closing is None:
                depth = _depth(key[2])
    return lines


def _depth(text: str) -> int:
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$', "", text)
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")


def _enter(name: str, array: bool, counts: dict[Path, int]) -> Path:
    path: Path = ()
    steps = [part.strip().strip('"') for part in name.split(".")]
    for step in steps[:-1]:
        path = (*path, step)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, steps[-1])
    if array:
        counts[path] = counts.get(path, 0) + 1
        path = (*path, counts[path] - 1)
    return path


def path_of(pointer: str) -> Path:
    """Split a pointer as msgspec writes it (`$.legs[3].follow`) into its steps."""
    steps: list[str | int] = []
    for match in _STEP.finditer(pointer.removeprefix("$")):
        if match[1] is not None:
            steps.append(match[1])
        elif match[2] is not None:
            steps.append(int(match[2]))
    return tuple(steps)


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Give the line of a path, or of the nearest thing around it that has one."""
    while path:
        for here in (path, (*path, 0)):
            if here in lines:
                return lines[here]
        path = path[:-1]
    return 1
