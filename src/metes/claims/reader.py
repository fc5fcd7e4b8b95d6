"""From a text to frames: sentences → clauses → who, what, when, how much."""

from __future__ import annotations

from dataclasses import dataclass

from metes.claims.clauses import grouped
from metes.claims.context import Context
from metes.claims.frame import Frame
from metes.claims.framing import HOLDS, frames_of, unjudged
from metes.claims.grammar import Grammar
from metes.claims.items import Item, Sentence, cut, set_cases, settle_acts
from metes.claims.lexicon import Lexicon
from metes.claims.mention import slips
from metes.claims.roles import MOVES, named
from metes.claims.sentence import sentences

_LONGEST_SENTENCE = 4000
"""Code points of one sentence that are read; a longer run without an end is no sentence."""


@dataclass(frozen=True)
class Reading:
    """The frames of a text in order, and the spans that speak of land and could not be read."""

    frames: tuple[Frame, ...]
    unread: tuple[tuple[int, int], ...]


def read(text: str, lexicon: Lexicon, lang: str = "en", guess: bool = True) -> Reading:
    """Read every sentence of a text; `guess` tries slips of typing in names."""
    grammar = lexicon.grammars[lang]
    context = Context()
    frames: list[Frame] = []
    unread: list[tuple[int, int]] = []
    for start, end in sentences(text, grammar.abbreviations):
        if end - start > _LONGEST_SENTENCE:
            continue
        if foreign(text[start:end]):
            unread.append((start, end))
            continue
        found, left = read_sentence(text, start, end, lexicon, grammar, context, guess)
        frames.extend(found)
        if left:
            unread.append((start, end))
    return Reading(tuple(frames), tuple(unread))


def foreign(sentence: str) -> bool:
    """Tell whether a sentence is mostly in a script that no table of ours reads: it is listed as unread."""
    letters = [sign for sign in sentence if sign.isalpha()]
    return len(letters) > 1 and sum(sign > "\u024f" for sign in letters) * 2 > len(letters)


def read_sentence(
    text: str, start: int, end: int, lexicon: Lexicon, grammar: Grammar, context: Context, guess: bool = False
) -> tuple[list[Frame], bool]:
    """Read one sentence in its context; says also whether it speaks of land and could not be read."""
    sentence = cut(text, start, end, lexicon, grammar)
    acts = settle_acts(sentence, grammar)
    if guess and acts and slips(sentence.tokens, sentence.mentions, lexicon, grammar):
        # Only a sentence that speaks of a change is worth the search for slips.
        sentence = cut(text, start, end, lexicon, grammar, True)
        acts = settle_acts(sentence, grammar)
    set_cases(sentence.items)
    verbs = [one for one in acts if one[1].shape != "noun"]
    verbs = grouped(sentence.items, verbs)
    chosen = verbs or acts
    frames: list[Frame] = []
    if chosen:
        frames = list(frames_of(sentence, chosen, acts, grammar, context))
        if not frames and verbs and len(acts) > len(verbs):
            nouns = [one for one in acts if one[1].shape == "noun"]
            frames = list(frames_of(sentence, nouns, acts, grammar, context))
    if not frames:
        wish = _wish(sentence, acts)
        if wish is not None:
            frames = [wish]
    _listen(sentence, frames, context)
    if frames:
        return frames, False
    return frames, _speaks_of_land(sentence, acts)


def _speaks_of_land(sentence: Sentence, acts: list[tuple[int, Item]]) -> bool:
    strong = any(
        item.act is not None and not item.act.weak and item.act.sense in MOVES | HOLDS for _, item in acts
    )
    named = any(one.parties or one.places for one in sentence.mentions)
    areas = any(item.figure is not None and item.figure.unit == "km2" for item in sentence.items)
    moves = any(item.act is not None and item.act.sense in MOVES for _, item in acts)
    if moves and (areas or any(one.kind == "unit" for one in sentence.tokens)):
        # An act and an area without a party that anybody knows, or a figure that is none.
        return True
    return named and (
        (
            strong
            and any("land" in one.words or (one.mention and one.mention.places) for one in sentence.items)
        )
        or (areas and bool(acts))
    )


def _wish(sentence: Sentence, acts: list[tuple[int, Item]]) -> Frame | None:
    """Read "if …, the people there would …" about a party and a place as a counterfactual."""
    kind = unjudged(sentence, 0, len(sentence.norms), bool(acts))
    if kind != "counterfactual":
        return None
    parties = [one for one in sentence.mentions if one.parties and not one.places]
    places = [one for one in sentence.mentions if one.places]
    if not parties or not places:
        return None
    stands = tuple(named(one) for one in places)
    return Frame(
        kind,
        sentence.start,
        sentence.end,
        sentence.text[sentence.start : sentence.end],
        "en",
        "hold",
        "",
        places=stands,
        parties=tuple(named(one) for one in parties),
    )


def _listen(sentence: Sentence, frames: list[Frame], context: Context) -> None:
    parties = [named(one) for one in sentence.mentions if one.parties and not one.places]
    places = [named(one) for one in sentence.mentions if one.places]
    instruments = [named(one) for one in sentence.mentions if one.instruments]
    when = [item.when for item in sentence.items if item.when is not None]
    context.age += 1
    if frames:
        context.hear(parties, [], [], [])
    else:
        context.hear(parties, places, instruments, when)
