"""The floors of the house: data flows one way, so a lower floor never imports a higher one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import metes

ROOT = Path(metes.__file__).parent
MAY_IMPORT = {
    # folder or file: which parts of metes it may import, besides itself and the ground floor
    "base": set(),
    "records": set(),
    "delimit": {"base", "records"},
    "atlas": {"base", "records", "delimit", "claims.lexicon"},
    "ask": {"records", "atlas", "claims.lexicon", "claims.words"},
    "claims": {"records", "atlas", "ask"},
    "show": {"base", "records", "atlas", "ask", "claims"},
}
GROUND = {"errors", "span", "interval", "folders"}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("metes"):
            found.add(node.module.removeprefix("metes").removeprefix("."))
        elif isinstance(node, ast.Import):
            found.update(a.name.removeprefix("metes.") for a in node.names if a.name.startswith("metes."))
    return {one for one in found if one}


@pytest.mark.parametrize("floor", sorted(MAY_IMPORT))
def test_a_floor_imports_only_what_lies_below(floor: str) -> None:
    allowed = MAY_IMPORT[floor] | GROUND | {floor}
    for path in sorted((ROOT / floor).rglob("*.py")):
        for module in imports(path):
            parts = module.split(".")
            names = {parts[0], ".".join(parts[:2])}
            assert names & allowed, f"{path.relative_to(ROOT)} imports metes.{module}"


@pytest.mark.parametrize("file", sorted(GROUND))
def test_the_ground_floor_imports_nothing_above(file: str) -> None:
    assert imports(ROOT / f"{file}.py") <= GROUND


def test_no_module_reads_the_gazette_or_settings_when_imported() -> None:
    for path in ROOT.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
                called = ast.unparse(node.value.func)
                assert "environ" not in called, path
                assert "open" not in called.split("."), path
                assert "read_text" not in called, path
