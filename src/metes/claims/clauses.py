"""Clauses of a sentence: where each begins and ends, and which stand on another's shoulders."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from metes.claims.items import Item, Sentence

_NO_SUBJECT = frozenset(("which", "that", "who", "whom", "where"))
_STRONG = frozenset((";", ":", "\u2014"))


def grouped(items: list[Item], verbs: list[tuple[int, Item]]) -> list[tuple[int, Item]]:
    """Keep the last of verbs that stand together ("invaded and annexed"): they share their parts."""
    kept: list[tuple[int, Item]] = []
    for number, (at, item) in enumerate(verbs):
        after = verbs[number + 1][0] if number + 1 < len(verbs) else -1
        between = items[at + 1 : after] if after > at else []
        together = bool(between) and len(between) <= 4 and any("join" in one.words for one in between)
        if (
            together
            and all(one.words & {"join", "adverb", "be", "have"} or one.norm == "," for one in between)
            and item.shape != "copular"
        ):
            continue
        kept.append((at, item))
    return kept


@dataclass(frozen=True)
class Clause:
    """Items [left, right) around the act at `at`; `relative` if a pronoun joins it to what stands before."""

    left: int
    right: int
    at: int
    relative: bool


def clauses_of(sentence: Sentence, acts: list[tuple[int, Item]]) -> list[Clause]:
    items = sentence.items
    lefts: list[int] = [0]
    for (before, _), (after, _) in pairwise(acts):
        lefts.append(_boundary(items, before, after))
    found: list[Clause] = []
    for number, (at, _) in enumerate(acts):
        left = lefts[number]
        right = lefts[number + 1] if number + 1 < len(acts) else len(items)
        relative = False
        if number == 0:
            left = max(_after_report(sentence, at), _after_that(items, at))
        for back in range(at - 1, left - 1, -1):
            if (
                items[back].words & {"relative"}
                and items[back].norm in _NO_SUBJECT
                and back > 0
                and not _reports(items, back)
            ):
                left, relative = back, True
                break
        found.append(Clause(left, right, at, relative))
    return found


def _after_that(items: list[Item], at: int) -> int:
    """Find where "(what matters) is that …" begins to state; 0 if it does not stand there."""
    for number in range(1, at):
        if items[number].norm == "that" and "be" in items[number - 1].words:
            return number + 1
    return 0


def _after_report(sentence: Sentence, at: int) -> int:
    """Find where what is reported begins ("Beijing says that …", "According to …, …"); 0 if nothing is."""
    items = sentence.items
    for mark, first, end in sentence.marks:
        if mark != "reported":
            continue
        places = [number for number in range(at) if items[number].first >= first]
        if not places or items[places[0]].first >= items[at].first:
            continue
        after = [number for number in places if items[number].first >= end]
        for number in after:
            if items[number].norm == "that":
                return number + 1
        if sentence.norms[first] in ("according",):
            for number in after:
                if items[number].norm == ",":
                    return number + 1
            return 0
        return after[0] if after else 0
    return 0


def _reports(items: list[Item], at: int) -> bool:
    """Tell whether "that" follows a verb of saying or stands at the head ("it is true that")."""
    if items[at].norm != "that":
        return False
    before = items[at - 1]
    noun = before.words & {"land", "back", "generic"} or before.kind in ("name", "figure")
    return not noun


def _boundary(items: list[Item], before: int, after: int) -> int:
    """Find where the clause of the act at `after` begins, between two acts."""
    best = after
    for at in range(after - 1, before, -1):
        item = items[at]
        if item.norm in _STRONG:
            return at + 1
        if "clause" in item.words and not (
            "back" in item.words and item.norm == "that" and items[at + 1].words & {"land"}
        ):
            return at
        if "join" in item.words and item.norm not in ("or",):
            one, other = items[at - 1], items[at + 1]
            if (
                at - 1 > before
                and one.kind == "name"
                and other.kind == "name"
                and not _object_of(items, before, at - 1)
            ):
                continue
            return _with_adjuncts(items, before, at)
        if item.norm == "," and best == after:
            left, right = items[at - 1], items[at + 1]
            if left.kind == "name" and right.kind == "name":
                continue
            best = at
    return best if best != after else after


def _object_of(items: list[Item], act: int, at: int) -> bool:
    """Tell whether the name at `at` is within the reach of the act before ("to Britain and Russia took")."""
    return items[at].case != "" or at - act <= 3


def _with_adjuncts(items: list[Item], before: int, at: int) -> int:
    return at
