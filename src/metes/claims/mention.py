"""Names in a sentence, with everything that each may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metes.claims.grammar import Grammar
from metes.claims.lexicon import Lexicon, Meaning
from metes.claims.words import Token

PARTY_KINDS = frozenset(("lineage", "polity", "country"))
PLACE_KINDS = frozenset(("place", "territory", "unit", "town"))
_SLIP_FROM = 6
"""Names shorter than this are never guessed from a slip of typing."""


@dataclass(frozen=True)
class Mention:
    """A name in words [first, end) of a sentence and code points [start, stop) of the text."""

    first: int
    end: int
    start: int
    stop: int
    text: str
    meanings: tuple[Meaning, ...]
    slip: bool = False

    @property
    def parties(self) -> tuple[Meaning, ...]:
        """The meanings that hold land, lineages before polities before present-day countries."""
        found = [one for one in self.meanings if one.kind in PARTY_KINDS]
        best = [one for one in found if one.kind == "lineage"] or [
            one for one in found if one.kind == "polity"
        ]
        return tuple(best or found)

    @property
    def places(self) -> tuple[Meaning, ...]:
        """The meanings that are land; a unit or town that bears a polity's name gives way to it."""
        found = tuple(one for one in self.meanings if one.kind in PLACE_KINDS)
        bare = all(one.kind in ("unit", "town") for one in found)
        return () if bare and any(one.kind in ("lineage", "polity") for one in self.meanings) else found

    @property
    def instruments(self) -> tuple[Meaning, ...]:
        """The meanings that are instruments or events."""
        return tuple(one for one in self.meanings if one.kind == "instrument")

    @property
    def adjective(self) -> bool:
        """Tell whether it is the adjective of a party ("Chinese")."""
        return any(one.adjective for one in self.meanings if one.kind in PARTY_KINDS)


def mentions(
    text: str,
    tokens: Sequence[Token],
    norms: Sequence[str],
    lexicon: Lexicon,
    grammar: Grammar,
    taken: set[int],
    guess: bool = False,
) -> list[Mention]:
    """Find names, longest first from the left, in words that are not `taken`.

    With `guess`, a capitalised unknown word is tried as a slip of typing for a name.
    """
    found: list[Mention] = []
    cased = any(token.capital for token in tokens)
    at, size = 0, len(norms)
    known = list(norms)
    if guess:
        for number, token in enumerate(tokens):
            if (
                token.capital
                and token.kind == "word"
                and len(token.norm) >= _SLIP_FROM
                and number not in taken
            ):
                known[number] = unslip(token.norm, lexicon, grammar)
    while at < size:
        if at in taken or (
            cased and tokens[at].kind == "word" and not _may_start(tokens, at, norms, grammar)
        ):
            at += 1
            continue
        match = _match(lexicon, known, at, grammar.lang, taken, tokens, text, cased)
        if match is None:
            at += 1
            continue
        meanings, end = match
        stop = _over_generic(norms, end, meanings, grammar)
        if stop > end:
            meanings = _narrowed(meanings, norms[stop - 1])
        start_char, end_char = tokens[at].start, tokens[stop - 1].end
        slip = any(known[one] != norms[one] for one in range(at, end))
        found.append(Mention(at, stop, start_char, end_char, text[start_char:end_char], meanings, slip))
        at = stop
    return found


def _may_start(tokens: Sequence[Token], at: int, norms: Sequence[str], grammar: Grammar) -> bool:
    """Tell whether a name may begin here: at a capital, or soon before one ("left bank of the Amur")."""
    if tokens[at].capital or norms[at] in grammar.words["adjectives"]:
        return True
    return any(one.capital for one in tokens[at + 1 : at + 5])


def _match(
    lexicon: Lexicon,
    norms: Sequence[str],
    at: int,
    lang: str,
    taken: set[int],
    tokens: Sequence[Token],
    text: str,
    cased: bool,
) -> tuple[tuple[Meaning, ...], int] | None:
    most = lexicon.starts.get(norms[at])
    if most is None:
        return None
    for length in range(min(most, len(norms) - at), 0, -1):
        if any(one in taken for one in range(at, at + length)):
            continue
        meanings = lexicon.names.get(norms[at] if length == 1 else " ".join(norms[at : at + length]))
        if meanings is None:
            continue
        meanings = tuple(one for one in meanings if not one.lang or one.lang == lang)
        if not meanings:
            continue
        piece = text[tokens[at].start : tokens[at + length - 1].end]
        if len(piece) <= 3 and piece.isascii() and not piece.isupper():
            continue
        if (
            cased
            and piece.islower()
            and piece.isascii()
            and not all(one.kind == "instrument" or one.adjective for one in meanings)
        ):
            continue
        return meanings, at + length
    return None


def _over_generic(norms: Sequence[str], end: int, meanings: tuple[Meaning, ...], grammar: Grammar) -> int:
    """Take in the noun after a place's name ("Ussuri River", "Amur region")."""
    if any(one.adjective for one in meanings) or not any(one.kind in PLACE_KINDS for one in meanings):
        return end
    if end < len(norms) and norms[end] in grammar.words["generic"]:
        return end + 1
    return end


def _narrowed(meanings: tuple[Meaning, ...], noun: str) -> tuple[Meaning, ...]:
    if noun.startswith("river"):
        rivers = tuple(one for one in meanings if one.detail == "river")
        return rivers or meanings
    land = tuple(one for one in meanings if one.detail != "river")
    return land or meanings


def unslip(norm: str, lexicon: Lexicon, grammar: Grammar) -> str:
    """Give the name's word that a long unknown word is a slip of typing for, or the word itself.

    One wrong letter up to eight letters, two from nine; the first letter must be right.
    """
    if norm in lexicon.starts or norm in grammar.cue_starts or norm in lexicon.vocabulary:
        return norm
    from rapidfuzz.distance import OSA

    allowed = 1 if len(norm) <= 8 else 2
    best, best_distance = norm, allowed + 1
    for word in lexicon.vocabulary:
        if word[0] == norm[0] and abs(len(word) - len(norm)) <= allowed:
            distance = OSA.distance(word, norm, score_cutoff=allowed)
            if distance < best_distance:
                best, best_distance = word, distance
    return best


def slips(tokens: Sequence[Token], found: Sequence[Mention], lexicon: Lexicon, grammar: Grammar) -> bool:
    """Tell whether a capitalised word outside the names found is a slip of typing for one."""
    named = {at for one in found for at in range(one.first, one.end)}
    return any(
        number not in named
        and token.capital
        and token.kind == "word"
        and len(token.norm) >= _SLIP_FROM
        and unslip(token.norm, lexicon, grammar) != token.norm
        for number, token in enumerate(tokens)
    )


def comparator(found: Sequence[Mention], norms: Sequence[str], at: int, grammar: Grammar) -> tuple[int, ...]:
    """List the mentions (by place in `found`) that follow a comparison: "France and Germany together"."""
    listed: list[int] = []
    here = at
    for number, one in enumerate(found):
        if one.first < here:
            continue
        between = norms[here : one.first]
        if (
            all(
                word in ("the", "of", "a", "all", "modern", "present", "day", "that", ",", "and", "plus", "s")
                or word in grammar.compares
                for word in between
            )
            and len(between) <= 4
        ):
            listed.append(number)
            here = one.end
        else:
            break
    return tuple(listed)
