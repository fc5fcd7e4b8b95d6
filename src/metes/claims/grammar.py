"""How one language speaks of land that changes hands: its table, packed for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from metes.claims.words import key_of

T = TypeVar("T")
_SHAPES = ("base", "third", "past", "participle", "ing")


class Act(msgspec.Struct, frozen=True, array_like=True):
    """A verb or noun of change or holding.

    `sense` names its valency in the table, `form` the form of change that it asserts, `loaded` a word
    that is answered with what is on record, `weak` one that says nothing of land by itself, `back` one
    that says it had been the taker's before; `needs` are words without which it is not meant.
    """

    sense: str
    lemma: str
    form: str = ""
    loaded: bool = False
    weak: bool = False
    back: bool = False
    needs: tuple[str, ...] = ()


class Cue(msgspec.Struct, frozen=True, array_like=True):
    """What a word or phrase does: `kind` (`act`, `case`, `word`), its value, and the shape of a verb."""

    kind: str
    value: str
    shape: str = ""
    act: int = -1


class Phrases(msgspec.Struct, frozen=True):
    """Values by phrase, and by first word the length in words of the longest phrase."""

    by_key: dict[str, tuple[Any, ...]]
    starts: dict[str, int]


class Grammar(msgspec.Struct, frozen=True):
    """One language: cues, marks, numbers, units and times by phrase; valency by sense."""

    lang: str
    acts: tuple[Act, ...]
    senses: dict[str, dict[str, str]]
    cues: dict[str, tuple[Cue, ...]]
    cue_starts: dict[str, int]
    marks: dict[str, tuple[str, ...]]
    mark_starts: dict[str, int]
    hedges: dict[str, str]
    numbers: dict[str, float]
    multipliers: dict[str, float]
    fractions: dict[str, float]
    times: dict[str, float]
    compares: dict[str, str]
    units: dict[str, float]
    unit_starts: dict[str, int]
    percent: tuple[str, ...]
    time: dict[str, tuple[str, ...]]
    time_starts: dict[str, int]
    months: dict[str, int]
    ordinals: dict[str, int]
    ordinal_starts: dict[str, int]
    time_words: frozenset[str]
    factor_words: frozenset[str]
    periods: dict[str, str]
    period_starts: dict[str, int]
    questions: dict[str, str]
    question_starts: dict[str, int]
    abbreviations: frozenset[str]
    words: dict[str, frozenset[str]]


def starts_of(keys: Iterable[str]) -> dict[str, int]:
    """Give by first word the number of words of the longest key."""
    found: dict[str, int] = {}
    for key in keys:
        words = key.split(" ")
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


def longest(
    table: Mapping[str, T], starts: Mapping[str, int], norms: Sequence[str], at: int
) -> tuple[T, int] | None:
    """Find the longest phrase of a table that begins at a word; returns it with the end."""
    most = starts.get(norms[at])
    if most is None:
        return None
    for length in range(min(most, len(norms) - at), 0, -1):
        value = table.get(norms[at] if length == 1 else " ".join(norms[at : at + length]))
        if value is not None:
            return value, at + length
    return None


def pack_grammar(table: Mapping[str, Any], months: Mapping[str, int]) -> Grammar:
    """Pack a language's table; `months` are its month names. Raises KeyError for a missing section."""
    acts: list[Act] = []
    cues: dict[str, list[Cue]] = {}

    def put(phrase: str, cue: Cue) -> None:
        found = cues.setdefault(key_of(phrase), [])
        if cue not in found:
            found.append(cue)

    for row in table["act"]:
        shared = {
            "form": row.get("form", ""),
            "loaded": row.get("loaded", False),
            "weak": row.get("weak", False),
            "back": row.get("back", False),
            "needs": tuple(key_of(one) for one in row.get("needs", ())),
        }
        for verb in row.get("verbs", ()):
            forms = [one.replace("_", " ") for one in verb.split()]
            number = len(acts)
            acts.append(Act(row["sense"], forms[0], **shared))
            for form, shape in zip(forms, _SHAPES if len(forms) == 5 else _SHAPES[:-1], strict=False):
                put(form, Cue("act", row["sense"], shape, number))
        for shape in ("noun", "copular"):
            for phrase in row.get({"noun": "nouns", "copular": "copular"}[shape], ()):
                acts.append(Act(row["sense"], phrase, **shared))
                put(phrase, Cue("act", row["sense"], shape, len(acts) - 1))
    for case, phrases in table["case"].items():
        for phrase in phrases:
            put(phrase, Cue("case", case))
    for word, phrases in table["words"].items():
        for phrase in phrases:
            put(phrase, Cue("word", word))
    marks: dict[str, list[str]] = {}
    for mark, phrases in table["marks"].items():
        for phrase in phrases:
            marks.setdefault(key_of(phrase), []).append(mark)
    time: dict[str, list[str]] = {}
    for role, phrases in table["time"].items():
        for phrase in phrases:
            time.setdefault(key_of(phrase), []).append(role)
    hedges = {key_of(one): role for role, phrases in table["hedge"].items() for one in phrases}
    questions = {key_of(one): slot for slot, phrases in table["question"].items() for one in phrases}
    units = {key_of(one): km2 for one, km2 in table["unit"].items()}
    periods = {key_of(one): span for one, span in table["period"].items()}
    keyed = {
        section: {key_of(one): value for one, value in table[section].items()}
        for section in ("number", "multiplier", "fraction", "times", "ordinal")
    }
    return Grammar(
        lang=table["lang"],
        acts=tuple(acts),
        senses={sense: dict(roles) for sense, roles in table["sense"].items()},
        cues={key: tuple(found) for key, found in cues.items()},
        cue_starts=starts_of(cues),
        marks={key: tuple(found) for key, found in marks.items()},
        mark_starts=starts_of(marks),
        hedges=hedges,
        numbers=keyed["number"],
        multipliers=keyed["multiplier"],
        fractions=keyed["fraction"],
        times=keyed["times"],
        compares={key_of(one): role for role, phrases in table["compare"].items() for one in phrases},
        units=units,
        unit_starts=starts_of(units),
        percent=tuple(key_of(one) for one in table["percent"]["words"]),
        time={key: tuple(found) for key, found in time.items()},
        time_starts=starts_of(time),
        months=dict(months),
        ordinals=keyed["ordinal"],
        ordinal_starts=starts_of(keyed["ordinal"]),
        time_words=frozenset((*months, *starts_of(keyed["ordinal"]), *starts_of(periods))),
        factor_words=frozenset(
            (
                *starts_of(keyed["times"]),
                *starts_of(key_of(one) for phrases in table["compare"].values() for one in phrases),
            )
        ),
        periods=periods,
        period_starts=starts_of(periods),
        questions=questions,
        question_starts=starts_of(questions),
        abbreviations=frozenset(table["abbreviation"]["words"]),
        words={
            word: frozenset(key_of(one) for one in phrases)
            for word, phrases in (*table["words"].items(), ("adjectives", table["adjectives"]["words"]))
        },
    )
