"""A sentence as items (names, figures, dates, acts, small words), and the parts of each clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from metes.claims.dates import When, dates
from metes.claims.grammar import Act, Cue, Grammar, longest
from metes.claims.lexicon import Lexicon, Meaning
from metes.claims.mention import Mention, comparator, mentions
from metes.claims.quantity import Quantity, hedge_range, quantities
from metes.claims.words import Token, tokens_of


@dataclass
class Item:
    """A run of words [first, end): `kind` is name, figure, date, act, case, word or other.

    `words` are the classes of a small word, `cases` the cases that it may mark, `cues` what an act
    may be.
    """

    kind: str
    first: int
    end: int
    norm: str
    words: frozenset[str] = frozenset()
    cases: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    mention: Mention | None = None
    figure: Quantity | None = None
    when: When | None = None
    possessive: bool = False
    joined: bool = False
    case: str = ""
    act: Act | None = None
    shape: str = ""


@dataclass
class Sentence:
    """A sentence cut into items, with the marks that stand in it as (mark, first word, end)."""

    text: str
    start: int
    end: int
    tokens: list[Token]
    norms: list[str]
    items: list[Item]
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    question: str = ""
    question_at: int = -1

    def has(self, mark: str, first: int = 0, end: int | None = None) -> bool:
        """Tell whether a mark stands in words [first, end)."""
        stop = len(self.norms) if end is None else end
        return any(one == mark and first <= at < stop for one, at, _ in self.marks)


def cut(text: str, start: int, end: int, lexicon: Lexicon, grammar: Grammar, guess: bool = False) -> Sentence:
    """Cut text[start:end] into items; nothing is said yet of what belongs to what."""
    raw = tokens_of(text, start, end)
    tokens, joined = _without_hyphens(raw)
    norms = [one.norm for one in tokens]
    figures = quantities(norms, tokens, grammar)
    taken = {at for one in figures for at in range(one.first, one.end)}
    times = dates(norms, tokens, grammar, taken)
    busy = taken | {at for one in times for at in range(one.start, one.end)}
    names = _with_strange_instruments(
        mentions(text, tokens, norms, lexicon, grammar, busy, guess), text, tokens, norms, grammar
    )
    ratios = _ratios(norms, tokens, names, grammar)
    sentence = Sentence(text, start, end, tokens, norms, [], mentions=names)
    figures = [*(one for one in figures if not any(r.first <= one.first < r.end for r in ratios)), *ratios]
    inside = {at for one in ratios for at in range(one.first, one.end)}
    owner: dict[int, Item] = {}
    for one in figures:
        owner[one.first] = Item("figure", one.first, one.end, "", figure=one)
    for when in times:
        if when.start not in inside:
            owner[when.start] = Item("date", when.start, when.end, "", when=when)
    for name in names:
        if name.first not in inside:
            owner[name.first] = Item("name", name.first, name.end, name.text, mention=name)
    at, size = 0, len(norms)
    items: list[Item] = []
    starts = set(owner)
    while at < size:
        if at in owner:
            item = owner[at]
            items.append(item)
            at = max(item.end, at + 1)
            if item.kind == "name" and at < size and tokens[at].kind == "possessive":
                item.possessive = True
                at += 1
            continue
        limit = next((one for one in range(at + 1, size) if one in starts), size)
        match = longest(grammar.cues, grammar.cue_starts, norms[:limit], at)
        if match is None:
            items.append(Item("other", at, at + 1, norms[at], joined=at in joined))
            at += 1
            continue
        cues, stop = match
        items.append(_item(cues, at, stop, " ".join(norms[at:stop]), at in joined))
        at = stop
    sentence.items = items
    _mark(sentence, grammar)
    return sentence


def _item(cues: tuple[Cue, ...], first: int, end: int, norm: str, joined: bool) -> Item:
    acts = tuple(one for one in cues if one.kind == "act")
    words = frozenset(one.value for one in cues if one.kind == "word")
    cases = tuple(one.value for one in cues if one.kind == "case")
    kind = "act" if acts else "case" if cases else "word"
    return Item(kind, first, end, norm, words, cases, acts, joined=joined)


def _without_hyphens(raw: Sequence[Token]) -> tuple[list[Token], set[int]]:
    """Drop hyphens inside compounds; returns the places of words that were joined to the one before."""
    tokens: list[Token] = []
    joined: set[int] = set()
    for number, token in enumerate(raw):
        if token.norm == "-" and 0 < number < len(raw) - 1:
            before, after = raw[number - 1], raw[number + 1]
            tight = before.end == token.start and token.end == after.start
            if tight and not (before.kind == "number" and after.kind == "number"):
                joined.add(len(tokens))
                continue
        tokens.append(token)
    return tokens, joined


def _mark(sentence: Sentence, grammar: Grammar) -> None:
    norms = sentence.norms
    for at in range(len(norms)):
        match = longest(grammar.marks, grammar.mark_starts, norms, at)
        if match:
            sentence.marks.extend((mark, at, match[1]) for mark in match[0])
            # A shorter phrase inside ("if" in "if only") still counts.
            if match[1] > at + 1 and norms[at] in grammar.marks:
                sentence.marks.extend((mark, at, at + 1) for mark in grammar.marks[norms[at]])
        if not sentence.question:
            slot = longest(grammar.questions, grammar.question_starts, norms, at)
            if slot:
                sentence.question, sentence.question_at = slot[0], at


def _ratios(
    norms: Sequence[str], tokens: Sequence[Token], names: list[Mention], grammar: Grammar
) -> list[Quantity]:
    """Find "three times France", "larger than Greece", "the size of Texas"."""
    found: list[Quantity] = []
    at, size = 0, len(norms)
    while at < size:
        if tokens[at].kind != "number" and norms[at] not in grammar.factor_words:
            at += 1
            continue
        factor, end, role = _factor(norms, tokens, at, grammar)
        if end == at:
            at += 1
            continue
        listed = comparator(names, norms, end, grammar)
        listed = tuple(one for one in listed if names[one].parties or names[one].places)
        if not listed:
            at += 1
            continue
        low, high = factor * 0.9, factor * 1.1
        hedge, first = "", at
        for length in (3, 2, 1):
            start = at - length
            if start >= 0 and " ".join(norms[start:at]) in grammar.hedges:
                hedge, first = grammar.hedges[" ".join(norms[start:at])], start
                break
        if role == "more":
            hedge = "over"
            low, high = factor * 0.98, factor * 2.5
        elif role == "less":
            low, high = factor * 0.4, factor
        elif hedge:
            low, high = hedge_range(factor, hedge, low, high)
        stop = names[listed[-1]].end
        found.append(Quantity(first, stop, low, factor, high, "ratio", hedge, False, listed))
        at = stop
    return found


def _factor(
    norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar
) -> tuple[float, int, str]:
    for length in (4, 3, 2, 1):
        phrase = " ".join(norms[at : at + length])
        if phrase in grammar.times:
            end = at + length
            _, after, _ = _compare(norms, end, grammar)
            return grammar.times[phrase], after, ""
    if tokens[at].kind == "number" and at + 1 < len(norms) and norms[at + 1] == "times":
        try:
            value = float(norms[at])
        except ValueError:
            return 0.0, at, ""
        _, after, _ = _compare(norms, at + 2, grammar)
        return value, after, ""
    return _compare(norms, at, grammar)


def _compare(norms: Sequence[str], at: int, grammar: Grammar) -> tuple[float, int, str]:
    here = at
    if norms[here : here + 1] == ["the"] and " ".join(norms[here : here + 3]) not in grammar.compares:
        pass
    for length in (5, 4, 3, 2):
        phrase = " ".join(norms[here : here + length])
        if phrase in grammar.compares:
            return 1.0, here + length, grammar.compares[phrase]
    return 1.0, at, ""


def _with_strange_instruments(
    found: list[Mention], text: str, tokens: Sequence[Token], norms: Sequence[str], grammar: Grammar
) -> list[Mention]:
    """Make "Treaty of X", where only X is known, an instrument that nothing is known of."""
    heads = grammar.words["head"]
    kept: list[Mention] = []
    for one in found:
        back = one.first - 1
        if back >= 1 and norms[back] == "the":
            back -= 1
        if back >= 1 and norms[back] == "of" and norms[back - 1] in grammar.words["not_of"]:
            continue
        if one.end < len(norms) and tokens[one.end].capital and norms[one.end] in grammar.words["not_before"]:
            continue
        if not one.instruments:
            first = one.first
            if first >= 2 and norms[first - 1] == "of" and norms[first - 2] in heads:
                start = tokens[first - 2].start
                kept.append(Mention(first - 2, one.end, start, one.stop, text[start : one.stop], STRANGE))
                continue
            if (
                one.end < len(norms)
                and norms[one.end] in heads
                and tokens[one.end].capital
                and not one.adjective
            ):
                stop = tokens[one.end].end
                kept.append(Mention(one.first, one.end + 1, one.start, stop, text[one.start : stop], STRANGE))
                continue
        kept.append(one)
    named = {at for one in kept for at in range(one.first, one.end)}
    for at in range(len(norms) - 2):
        if (
            norms[at] in heads
            and norms[at + 1] == "of"
            and tokens[at + 2].capital
            and tokens[at + 2].kind == "word"
            and not named & {at, at + 1, at + 2}
        ):
            start, stop = tokens[at].start, tokens[at + 2].end
            kept.append(Mention(at, at + 3, start, stop, text[start:stop], STRANGE))
    return sorted(kept, key=lambda one: one.first)


STRANGE = (Meaning("instrument", ""),)
"""What an instrument stands for that no record knows."""

SKIPPED = frozenset(
    ("article", "adverb", "land", "polity", "rule", "owner", "generic", "head", "now", "whole", "formerly")
)
"""Words that may stand between a case word and its name."""


def set_cases(items: list[Item]) -> None:
    """Give each name, figure and land word the case of the word that governs it."""
    for number, item in enumerate(items):
        if item.shape == "goal":
            item.case = "goal"
        elif item.kind in ("name", "figure") or item.words & {"land", "back", "back_treaty", "event"}:
            item.case = _case_of(items, number)


def _case_of(items: list[Item], number: int) -> str:
    steps = 0
    for back in range(number - 1, -1, -1):
        before = items[back]
        if before.kind == "case":
            return before.cases[0] if len(before.cases) == 1 else _best_case(before)
        if before.kind == "act":
            return ""
        if before.norm in (",", "&") or "join" in before.words:
            # "A, B and C": what stands before the comma has the same case, if it is of one kind; after a
            # comma alone the list must go on, or "In China, Russia took …" would be one.
            follows = items[number + 1] if number + 1 < len(items) else None
            if before.norm == "," and (
                follows is None or not (follows.norm == "," or "join" in follows.words)
            ):
                return ""
            for other in range(back - 1, max(-1, back - 3), -1):
                kin = items[other]
                mine = items[number].mention
                if kin.kind == "name" and kin.mention is not None and mine is not None:
                    alike = bool(kin.mention.parties) == bool(mine.parties)
                    return kin.case if alike and not kin.possessive else ""
                if kin.kind in ("act", "case", "figure", "date") or "clause" in kin.words:
                    return ""
            return ""
        if before.kind == "name":
            if before.possessive or (before.mention and before.mention.adjective):
                continue
            return ""
        if before.kind == "figure":
            return "" if before.figure and not before.figure.fraction else before.case
        if (
            before.kind == "date"
            or "clause" in before.words
            or "be" in before.words
            or "have" in before.words
        ):
            return ""
        if before.words & SKIPPED or before.kind == "word":
            continue
        if before.norm in (";", ":", "(", ")", ".", "?", "!", "-", "\u201c", '"'):
            return "paren" if before.norm == "(" else ""
        steps += 1
        if steps > 3:
            return ""
    return ""


def _best_case(item: Item) -> str:
    for case in ("goal", "source", "agent", "under"):
        if case in item.cases:
            return case
    return item.cases[0]


def settle_acts(sentence: Sentence, grammar: Grammar) -> list[tuple[int, Item]]:
    """Choose what each act word is here (verb, noun, adjective), drop what is none, add "is Chinese".

    Returns the acts in order, verbs and nouns, each with its place among the items.
    """
    items, norms = sentence.items, set(sentence.norms)
    acts: list[tuple[int, Item]] = []
    _quiet(sentence)
    for number, item in enumerate(items):
        if item.kind == "act":
            _choose(items, number, grammar, norms)
            if item.act is not None:
                acts.append((number, item))
        elif item.kind == "name" and _becomes(items, number):
            item.shape = "goal"
        elif item.kind == "name" and _predicate(items, number):
            after = items[number + 1] if number + 1 < len(items) else None
            rules = after is not None and "rule" in after.words
            act = Act(
                "belong",
                "is",
                "control" if rules and after is not None and after.norm in grammar.words["in_fact"] else "",
            )
            if rules and after is not None:
                # "under Russian control": the noun is no verb here.
                after.kind, after.cues = "word", ()
            acts.append(
                (
                    number,
                    Item("act", item.first, item.first, "", act=act, shape="copular", mention=item.mention),
                )
            )
    return acts


_FRAMES = ("true_that", "untrue_that")
_WISHES = ("prediction", "opinion", "counterfactual", "condition")


def _quiet(sentence: Sentence) -> None:
    """Take the words of "is it true that" and the verbs inside marks ("going to") out of the grammar."""
    for mark, first, end in sentence.marks:
        for item in sentence.items:
            if first <= item.first < end:
                if mark in _FRAMES:
                    item.kind, item.words, item.cases, item.cues = "other", frozenset(), (), ()
                elif mark in _WISHES and item.kind == "act" and end - first > 1:
                    item.kind, item.words, item.cues = "word", item.words | {"adverb"}, ()


def _becomes(items: list[Item], number: int) -> bool:
    """Tell whether an adjective follows "become" ("became Russian")."""
    item = items[number]
    if item.mention is None or not item.mention.adjective or item.possessive:
        return False
    for back in range(number - 1, max(-1, number - 4), -1):
        before = items[back]
        if before.kind == "act":
            return before.act is not None and before.act.sense == "pass"
        if not before.words & {"adverb", "now", "whole", "article"}:
            return False
    return False


def _predicate(items: list[Item], number: int) -> bool:
    """Tell whether an adjective of a party is the predicate: "is (now) Russian (territory)"."""
    item = items[number]
    mention = item.mention
    if mention is None or not mention.parties or item.possessive:
        return False
    seen_under = False
    for back in range(number - 1, max(-1, number - 6), -1):
        before = items[back]
        if "be" in before.words and before.kind == "word":
            break
        if before.kind == "case" and ("under" in before.cases or before.norm == "in") and not seen_under:
            seen_under = True
            continue
        if (
            before.words & {"adverb", "negation", "article", "now", "formerly", "whole", "land"}
            or before.kind == "date"
        ):
            continue
        if (
            before.kind == "name"
            and before.mention is not None
            and before.mention.places
            and back == 1
            and "be" in items[0].words
        ):
            # "Is Vladivostok Chinese?"
            continue
        return False
    else:
        return False
    after = items[number + 1] if number + 1 < len(items) else None
    if seen_under:
        if after is not None and "rule" in after.words:
            return True
        # "is now in Russia": a statement of where it lies, only straight after the verb.
        return (
            items[number - 1].norm == "in"
            and not mention.adjective
            and (
                after is None
                or (after.kind in ("date", "other") and after.norm in (".", "?", "!", "", ",", ";"))
            )
        )
    if not mention.adjective:
        return False
    if after is None or after.kind in ("date", "case"):
        return True
    if (
        after.words & {"land", "now", "adverb", "clause", "join", "formerly"} and not after.words & {"polity"}
    ) or after.norm in (".", ",", "?", "!", ";", ")", "\u201d", '"'):
        return not (
            after.words & {"land"}
            and number + 2 < len(items)
            and items[number + 2].kind == "other"
            and items[number + 2].norm.isalpha()
        )
    return False


def _choose(items: list[Item], number: int, grammar: Grammar, norms: set[str]) -> None:
    item = items[number]
    before = _previous(items, number)
    options = []
    for cue in item.cues:
        act = grammar.acts[cue.act]
        if act.needs and not any(need in norms for need in act.needs):
            continue
        options.append((cue, act))
    shapes = {cue.shape for cue, _ in options}
    if not options:
        item.kind = "case" if item.cases else "word" if item.words else "other"
        return
    noun = [one for one in options if one[0].shape == "noun"]
    copular = [one for one in options if one[0].shape == "copular"]
    verbs = [one for one in options if one[0].shape not in ("noun", "copular")]
    if copular and not verbs:
        be = _be_before(items, number)
        if be == "be":
            _set(item, copular)
        elif be == "become":
            # "became part of Russia": the act is becoming; this only marks the goal.
            item.kind, item.cases, item.words = "case", ("goal",), frozenset()
        else:
            item.kind = "case" if item.cases else "word" if item.words else "other"
        return
    if noun and (not verbs or _stands_as_noun(items, number, before)):
        _set(item, noun)
        return
    if not verbs:
        item.kind = "other"
        return
    if shapes & {"participle"} and _modifies(items, number, before):
        item.kind, item.words = "word", frozenset(("adverb",))
        return
    if verbs[0][0].shape == "base" and before is not None and "article" in before.words and not noun:
        item.kind = "other"
        return
    _set(item, verbs)
    if item.shape == "ing" and not _be_before(items, number):
        item.shape = "ing"


def _set(item: Item, options: list[tuple[Cue, Act]]) -> None:
    item.act = options[0][1]
    item.shape = options[0][0].shape
    if any(cue.shape == "participle" for cue, _ in options):
        item.shape = "past+participle" if any(cue.shape == "past" for cue, _ in options) else "participle"


def _previous(items: list[Item], number: int) -> Item | None:
    return items[number - 1] if number else None


def _be_before(items: list[Item], number: int) -> str:
    """Find "be" or "become" before, over adverbs and negations."""
    for back in range(number - 1, max(-1, number - 7), -1):
        before = items[back]
        if "be" in before.words:
            return "be"
        if before.kind == "act" and before.act is not None:
            if before.act.sense == "pass":
                return "become"
            return ""
        if before.norm == "as" or before.norm in (",", ";"):
            return ""
        if (
            before.words & {"adverb", "negation", "article", "now", "formerly", "whole", "modal", "have"}
            or before.kind == "date"
        ):
            continue
        if before.kind == "name" and back and "be" in items[back - 1].words and back - 1 == 0:
            # "Is Sakhalin part of Russia?"
            return "be"
        return "be" if _inverted(items, back) else ""
    return ""


def _inverted(items: list[Item], back: int) -> bool:
    """Tell whether the sentence begins with "is", so that the subject stands between."""
    opens = "be" in items[0].words or (
        len(items) > 1 and "be" in items[1].words and bool(items[0].words & {"clause", "relative"})
    )
    return opens and all(one.kind != "act" for one in items[:back])


def _stands_as_noun(items: list[Item], number: int, before: Item | None) -> bool:
    after = items[number + 1] if number + 1 < len(items) else None
    if before is None:
        return after is not None and "of" in after.cases
    if before.kind == "name":
        adjective = before.mention is not None and before.mention.adjective
        return before.possessive or (adjective and after is not None and bool({"of"} & set(after.cases)))
    if before.words & {"article", "owner"} and "negation" not in before.words:
        return not (before.words & {"adverb"} and not before.words & {"article"}) or before.norm in (
            "the",
            "a",
            "an",
        )
    return before.kind == "case" and "goal" not in before.cases


def _modifies(items: list[Item], number: int, before: Item | None) -> bool:
    """Tell whether a participle stands before its noun ("the ceded land", "Indian-controlled territory")."""
    after = items[number + 1] if number + 1 < len(items) else None
    if items[number].joined and before is not None and before.kind == "name":
        return True
    if after is None or not (after.words & {"land", "generic"}):
        return False
    if before is None:
        return True
    if before.kind == "name":
        return before.possessive or (
            before.mention is not None and before.mention.adjective and not _the_before(items, number - 1)
        )
    return bool(before.words & {"article", "owner", "whole"}) or before.kind in ("case", "figure")


def _the_before(items: list[Item], number: int) -> bool:
    return number > 0 and items[number - 1].norm == "the"


def passive(items: list[Item], number: int, left: int) -> bool:
    """Tell whether an act's verb is passive: "was ceded", or "ceded by", or land before and no object."""
    item = items[number]
    if "participle" not in item.shape:
        return False
    forced = False
    for back in range(number - 1, left - 1, -1):
        before = items[back]
        if before.kind == "word" and before.words & {"be", "got"}:
            return not forced
        if before.kind == "word" and "have" in before.words:
            return False
        if before.kind == "act" and before.act is not None and before.shape not in ("noun",):
            break
        if "force" in before.words:
            forced = True
        if (
            before.words & {"adverb", "negation", "article", "now", "formerly", "modal"}
            or before.kind in ("date",)
            or before.kind == "name"
        ):
            continue
        if _inverted(items, back):
            continue
        break
    if "be" in items[left].words and left < number and item.shape != "past":
        # "Was Tuva annexed by …?"
        return True
    nearest = items[number - 1] if number else None
    after = [one for one in items[number + 1 : number + 3] if not one.words & {"adverb"}]
    by_next = (
        bool(after) and after[0].kind == "case" and bool({"agent", "goal", "source"} & set(after[0].cases))
    )
    if item.shape == "participle":
        return True
    if nearest is None:
        return by_next
    if (
        nearest.kind == "name"
        and nearest.mention is not None
        and nearest.mention.parties
        and not nearest.possessive
    ):
        return by_next and "agent" in after[0].cases
    if nearest.words & {"land", "back"} or nearest.kind == "figure" or nearest.norm == ",":
        return by_next or not after or after[0].kind in ("case", "date")
    if nearest.kind == "name" and nearest.mention is not None and nearest.mention.places:
        return by_next or not after or after[0].kind in ("case", "date")
    return by_next and "agent" in after[0].cases
