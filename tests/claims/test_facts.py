"""Other people's sentences, read from ../shared/facts where they are; no part of them is kept here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from metes.claims.check import Report

FACTS = Path(__file__).parents[3] / "shared" / "facts"


BOTH = ("claims.jsonl", "wild.jsonl")


def _rows(name: str) -> list[dict[str, Any]]:
    file = FACTS / name
    if not file.is_file():
        pytest.skip(f"{file} is not here: the labelled sentences are not part of the project")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["lang"] == "en"]


def test_sentences_about_no_change_get_no_verdict(judging: Callable[[str], Report]) -> None:
    rows = [row for row in _rows("wild.jsonl") if row["topic"] == "none"]
    assert rows
    assert [row["id"] for row in rows if judging(row["text"]).claims] == []


def test_what_is_not_checkable_is_said_to_be(judging: Callable[[str], Report]) -> None:
    rows = [
        row
        for name in ("claims.jsonl", "wild.jsonl")
        for row in _rows(name)
        if row["gold"] == "not-checkable"
    ]
    assert rows
    for row in rows:
        assert {claim.verdict for claim in judging(row["text"]).claims} == {"not-checkable"}, row["id"]


def test_nearly_every_labelled_statement_is_read(judging: Callable[[str], Report]) -> None:
    rows = [
        row
        for name in ("claims.jsonl", "wild.jsonl")
        for row in _rows(name)
        if row["gold"] in ("true", "untrue")
    ]
    read = [row for row in rows if judging(row["text"]).claims]
    assert len(read) >= 0.85 * len(rows)


def test_the_founding_text_is_read_without_a_fault(judging: Callable[[str], Report]) -> None:
    file = FACTS / "quora-answer.txt"
    if not file.is_file():
        pytest.skip(f"{file} is not here: the text is somebody's writing and not part of the project")
    text = file.read_text(encoding="utf-8")
    report = judging(text)
    first = report.claims[0]
    assert first.verdict == "mixed"
    assert {("taker", "contradicted"), ("amount", "depends")} <= {
        (part.what, part.verdict) for part in first.parts
    }
    assert all(text[claim.frame.start : claim.frame.end] == claim.frame.text for claim in report.claims)
