"""Every reading verb's --json validates against its schema in docs/schemas/, which describes every key."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from metes.ask.atlas import Atlas
from metes.ask.record import TABLES
from tests.cli.run import answered, in_process, process

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

CALLS: dict[str, list[tuple[str, ...]]] = {
    "report": [
        ("check", "Russia took 600,000 km2 from China in 1858."),
        ("check", "Is it true that Russia (Soviet Union) invaded 1,500,000 square kilometers of China's "
         "territory and is never going to return it?"),
        ("check", "How much land did Russia take from China? Who holds Vladivostok?"),
        ("check", "Vladivostok belongs to Russia. It was Chinese in 1850. I think that is unjust."),
        ("check", "Russia holds over 400,000 square miles that were China's, ten times the size of Taiwan."),
        ("check", "Japan ceded the Kuril islands; the Soviet Union annexed Tuva in 1944. I mourn."),
        ("check", "The Treaty of Aigun is still in force. Nothing here speaks of land."),
        ("check", "Россия взяла 600 000 км² у Китая. 俄罗斯割占中国60万平方公里。"),
    ],
    "transfers": [
        ("transfers", "--from", "china", "--to", "russia"),
        ("transfers", "--from", "china", "--to", "russia", "--since", "1858", "--until", "1945", "--net"),
        ("transfers", "--from", "russia", "--to", "china"),
        ("transfers", "--from", "japan", "--to", "russia", "--book", "control"),
        ("transfers", "--from", "china", "--to", "mongolia"),
        ("transfers", "--from", "china", "--to", "russia", "--reading", "uda-zone=qing-to-uda"),
        ("transfers", "--from", "kyrgyzstan", "--to", "japan"),
    ],
    "holder": [
        ("holder", "Vladivostok"),
        ("holder", "Kyzyl", "--on", "1930"),
        ("holder", "50.0,143.0"),
        ("holder", "0,0"),
        ("holder", "Sakhalin"),
    ],
    "extent": [
        ("extent", "china", "--on", "2020"),
        ("extent", "mongolia", "--on", "2020-05-01", "--book", "control"),
        ("extent", "qing", "--on", "1500"),
    ],
    "explain": [
        ("explain", "600,000 km2", "--from", "china", "--to", "russia"),
        ("explain", "1.5 million km2", "--from", "china", "--to", "russia", "--since", "1858"),
        ("explain", "3 km2", "--from", "japan", "--to", "russia"),
    ],
    "accuracy": [("accuracy",)],
    "timeline": [
        ("timeline", "china", "russia"),
        ("timeline", "japan", "--lang", "ru"),
        ("timeline", "china", "--until", "1500"),
    ],
    "coverage": [("coverage",)],
}  # fmt: skip
ALL = [
    pytest.param(name, words, id=f"{name}-{n}")
    for name, calls in CALLS.items()
    for n, words in enumerate(calls)
]


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def closed(part: Any) -> Any:
    """Forbid every key that a schema does not describe: what is printed must be described."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: closed(value) for key, value in part.items()}
    if part.get("type") == "object" and "properties" in part and "additionalProperties" not in part:
        made["additionalProperties"] = False
    return made


def validate(name: str, answer: Any, *, strict: bool = True) -> None:
    kind = jsonschema.Draft202012Validator
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in kind(closed(schema(name)) if strict else schema(name)).iter_errors(answer)
    ]
    assert not errors, errors[:5]
    ordered(answer)


def ordered(part: Any) -> None:
    """Assert of every interval inside that its low, best and high stand in this order."""
    if isinstance(part, list):
        for one in part:
            ordered(one)
    elif isinstance(part, dict):
        if {"low", "best", "high"} <= set(part):
            assert part["low"] <= part["best"], part
            assert part["high"] is None or part["best"] <= part["high"], part
        for one in part.values():
            ordered(one)


def test_there_is_a_schema_for_each_form_and_each_is_a_schema() -> None:
    files = {path.name.removesuffix(".schema.json") for path in SCHEMAS.iterdir()}
    assert files == {*CALLS, "record"}
    for name in files:
        jsonschema.Draft202012Validator.check_schema(schema(name))
        assert schema(name)["title"] == f"metes.{name}/1"


def test_every_key_of_a_schema_is_described_in_words() -> None:
    def walk(part: Any, at: str) -> None:
        for key, value in part.get("properties", {}).items():
            said = value.get("description") or value.get("$ref")
            assert said or key == "id", f"{at}/{key}"
            walk(value, f"{at}/{key}")
        for key in ("items", "additionalProperties"):
            if isinstance(part.get(key), dict):
                walk(part[key], at)
        for option in part.get("anyOf", ()):
            walk(option, at)
        for key, value in part.get("$defs", {}).items():
            assert value.get("description"), key
            walk(value, key)

    for path in sorted(SCHEMAS.iterdir()):
        walk(json.loads(path.read_text(encoding="utf-8")), path.name)


@pytest.mark.parametrize(("name", "words"), ALL)
def test_what_a_verb_prints_is_what_its_schema_says(
    name: str, words: tuple[str, ...], atlas_folder: Path
) -> None:
    answer = json.loads(answered(in_process(*words, "--json", "--atlas", atlas_folder)))
    validate(name, answer)
    assert answer["schema"] == f"metes.{name}/1"


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_second_process_prints_the_same(name: str, atlas_folder: Path) -> None:
    words = (*CALLS[name][0], "--json", "--atlas", str(atlas_folder))
    assert answered(process(*words)) == answered(in_process(*words))


def test_every_record_of_the_gazette_validates(atlas: Atlas) -> None:
    from metes.ask.record import find_records, records_json

    seen = set()
    for table in TABLES:
        for record in getattr(atlas.gazette, table):
            found = find_records(atlas, record)
            seen.update(one.table for one in found)
            validate("record", json.loads(json.dumps(records_json(atlas, found))), strict=False)
    assert seen >= {
        "instruments",
        "territories",
        "lines",
        "questions",
        "polities",
        "lineages",
        "sources",
        "covers",
    }


def test_show_prints_the_records_of_an_id(atlas: Atlas, atlas_folder: Path) -> None:
    for record in ("aigun-1858", next(iter(atlas.gazette.questions)), "qing"):
        found = json.loads(answered(in_process("show", record, "--json", "--atlas", atlas_folder)))
        assert found["records"]
        validate("record", found, strict=False)


def test_the_until_of_an_answer_can_be_asked_again(atlas_folder: Path) -> None:
    words = ("transfers", "--from", "china", "--to", "russia", "--json", "--atlas", atlas_folder)
    first = json.loads(answered(in_process(*words, "--since", "1858", "--until", "1945")))
    assert (first["since"], first["until"]) == ("1858-01-01", "1945-12-31")
    again = json.loads(answered(in_process(*words, "--since", first["since"], "--until", first["until"])))
    assert again == first


def test_spans_of_a_report_count_code_points(atlas_folder: Path) -> None:
    text = "😀 海參崴 — Russia took 600,000 km2 from China in 1858. Tuva was annexed in 1944."
    answer = json.loads(answered(in_process("check", text, "--json", "--atlas", atlas_folder)))
    assert answer["claims"]
    for one in [*answer["claims"], *answer["unread"]]:
        first, end = one["span"]
        assert text[first:end].strip() == one["text"].strip()


def test_a_schema_refuses_what_is_wrong(atlas_folder: Path) -> None:
    """A validator that lets everything pass would make all tests above empty."""
    words = ("transfers", "--from", "china", "--to", "russia", "--json", "--atlas", atlas_folder)
    good = json.loads(answered(in_process(*words)))
    spoils: tuple[Callable[[Any], object], ...] = (
        lambda a: a.pop("total_km2"),
        lambda a: a.update(book="both"),
        lambda a: a["entries"][0].update(form="theft"),
        lambda a: a["entries"][0]["km2"].update(low="0"),
        lambda a: a.update(undescribed=1),
        lambda a: a.update(schema="metes.transfers/2"),
    )
    for spoil in spoils:
        bad = json.loads(json.dumps(good))
        spoil(bad)
        with pytest.raises(AssertionError):
            validate("transfers", bad)
