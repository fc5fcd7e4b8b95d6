"""The gazette's README tells of every kind of record and every key, in the order of the schema."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from metes.records.common import Record
from metes.records.file import KINDS

README = Path(__file__).parents[2] / "gazette" / "README.md"


def structs() -> list[type[Record]]:
    found: list[type[Record]] = []

    def walk(kind: type[Record]) -> None:
        if kind in found:
            return
        found.append(kind)
        for field in msgspec.structs.fields(kind):
            for one in (field.type, *getattr(field.type, "__args__", ())):
                for inner in (one, *getattr(one, "__args__", ())):
                    if isinstance(inner, type) and issubclass(inner, Record):
                        walk(inner)

    for kind in KINDS.values():
        walk(kind)
    return [one for one in found if not one.__name__.endswith("File")]


@pytest.mark.parametrize("kind", structs(), ids=lambda kind: kind.__name__)
def test_every_key_is_told_in_order(kind: type[Record]) -> None:
    text = README.read_text(encoding="utf-8")
    section = text.split(f"\n## {kind.__name__}\n", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE) == list(kind.__struct_encode_fields__)


@pytest.mark.parametrize("folder", KINDS)
def test_every_folder_is_told(folder: str) -> None:
    assert f"| `{folder}` |" in README.read_text(encoding="utf-8")
