"""From a text to frames: sentences → clauses → who, what, when, how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from metes.claims.clause import Item, Sentence, cut, passive, set_cases, settle_acts
from metes.claims.context import Context
from metes.claims.frame import Amount, Frame, Named
from metes.claims.grammar import Act, Grammar
from metes.claims.lexicon import Lexicon, Meaning
from metes.claims.mention import Mention, slips
from metes.claims.sentence import sentences
from metes.claims.words import Token

_TAKES = frozenset(("take", "occupy", "invade", "lease"))
_MOVES = frozenset(("take", "occupy", "invade", "lease", "give", "lose", "pass", "join", "cost", "add", "secede", "recognise"))
_HOLDS = frozenset(("hold", "belong", "claim"))
_NO_SUBJECT = frozenset(("which", "that", "who", "whom", "where"))
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
        found, left = read_sentence(text, start, end, lexicon, grammar, context, guess)
        frames.extend(found)
        if left:
            unread.append((start, end))
    return Reading(tuple(frames), tuple(unread))


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
    verbs = _groups(sentence.items, verbs)
    chosen = verbs or acts
    frames: list[Frame] = []
    if chosen:
        frames = list(_frames(sentence, chosen, acts, grammar, context))
        if not frames and verbs and len(acts) > len(verbs):
            nouns = [one for one in acts if one[1].shape == "noun"]
            frames = list(_frames(sentence, nouns, acts, grammar, context))
    if not frames:
        wish = _wish(sentence, acts)
        if wish is not None:
            frames = [wish]
    _listen(sentence, frames, context)
    if frames:
        return frames, False
    return frames, _speaks_of_land(sentence, acts)


def _groups(items: list[Item], verbs: list[tuple[int, Item]]) -> list[tuple[int, Item]]:
    """Keep the last of verbs that stand together ("invaded and annexed"): they share their parts."""
    kept: list[tuple[int, Item]] = []
    for number, (at, item) in enumerate(verbs):
        after = verbs[number + 1][0] if number + 1 < len(verbs) else -1
        between = items[at + 1 : after] if after > at else []
        together = bool(between) and len(between) <= 4 and any("join" in one.words for one in between)
        if together and all(one.words & {"join", "adverb", "be", "have"} or one.norm == "," for one in between) and item.shape != "copular":
            continue
        kept.append((at, item))
    return kept


def _speaks_of_land(sentence: Sentence, acts: list[tuple[int, Item]]) -> bool:
    strong = any(item.act is not None and not item.act.weak and item.act.sense in _MOVES | _HOLDS for _, item in acts)
    named = any(one.parties or one.places for one in sentence.mentions)
    areas = any(item.figure is not None and item.figure.unit == "km2" for item in sentence.items)
    return named and ((strong and any("land" in one.words or (one.mention and one.mention.places) for one in sentence.items)) or (areas and bool(acts)))


def _wish(sentence: Sentence, acts: list[tuple[int, Item]]) -> Frame | None:
    """Read "if …, the people there would …" about a party and a place as a counterfactual."""
    kind = _unjudged(sentence, 0, len(sentence.norms), bool(acts))
    if kind != "counterfactual":
        return None
    parties = [one for one in sentence.mentions if one.parties and not one.places]
    places = [one for one in sentence.mentions if one.places]
    if not parties or not places:
        return None
    stands = tuple(_named(one) for one in places)
    return Frame(kind, sentence.start, sentence.end, sentence.text[sentence.start : sentence.end], "en", "hold", "", places=stands, parties=tuple(_named(one) for one in parties))


def _listen(sentence: Sentence, frames: list[Frame], context: Context) -> None:
    parties = [_named(one) for one in sentence.mentions if one.parties and not one.places]
    places = [_named(one) for one in sentence.mentions if one.places]
    instruments = [_named(one) for one in sentence.mentions if one.instruments]
    when = [item.when for item in sentence.items if item.when is not None]
    context.age += 1
    if frames:
        context.hear(parties, [], [], [])
    else:
        context.hear(parties, places, instruments, when)


def _named(one: Mention) -> Named:
    return Named(one.text, one.meanings, one.start, one.stop)


# --- Clauses ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Clause:
    """Items [left, right) around the act at `at`; `relative` if a pronoun joins it to what stands before."""

    left: int
    right: int
    at: int
    relative: bool


def _clauses(sentence: Sentence, acts: list[tuple[int, Item]]) -> list[_Clause]:
    items = sentence.items
    lefts: list[int] = [0]
    for (before, _), (after, _) in zip(acts, acts[1:], strict=False):
        lefts.append(_boundary(items, before, after))
    found: list[_Clause] = []
    for number, (at, _) in enumerate(acts):
        left = lefts[number]
        right = lefts[number + 1] if number + 1 < len(acts) else len(items)
        relative = False
        if number == 0:
            left = max(_after_report(sentence, at), _after_that(items, at))
        for back in range(at - 1, left - 1, -1):
            if items[back].words & {"relative"} and items[back].norm in _NO_SUBJECT and back > 0 and not _reports(items, back):
                left, relative = back, True
                break
        found.append(_Clause(left, right, at, relative))
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


_STRONG = frozenset((";", ":", "\u2014"))


def _boundary(items: list[Item], before: int, after: int) -> int:
    """Find where the clause of the act at `after` begins, between two acts."""
    best = after
    for at in range(after - 1, before, -1):
        item = items[at]
        if item.norm in _STRONG:
            return at + 1
        if "clause" in item.words and not ("back" in item.words and item.norm == "that" and items[at + 1].words & {"land"}):
            return at
        if "join" in item.words and item.norm not in ("or",):
            one, other = items[at - 1], items[at + 1]
            if at - 1 > before and one.kind == "name" and other.kind == "name" and not _object_of(items, before, at - 1):
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


def _frames(
    sentence: Sentence, chosen: list[tuple[int, Item]], acts: list[tuple[int, Item]], grammar: Grammar, context: Context
) -> Iterator[Frame]:
    clauses = _clauses(sentence, chosen)
    last: _Parts | None = None
    before: Frame | None = None
    for clause, (_, item) in zip(clauses, chosen, strict=True):
        parts = _parts(sentence, clause, item, grammar, context, last)
        if item.shape == "ing" and not parts.has_subject and last is None:
            _lend(sentence, clause, item, parts, grammar)
        frame = _frame(sentence, clause, item, parts, grammar, context, len(clauses) == 1, before, last)
        last, before = parts, frame or before
        if frame is not None:
            yield frame
            # Later clauses and sentences may lean on this one.
            context.learn(frame)
            context.subject = tuple(_named(one) for one in parts.subject if one.parties) or context.subject


def _lend(sentence: Sentence, clause: _Clause, item: Item, parts: _Parts, grammar: Grammar) -> None:
    """Give "after annexing X, the state …" the subject of the clause that follows."""
    assert item.act is not None
    role = grammar.senses[item.act.sense].get("subject", "")
    for one in sentence.items[clause.right : clause.right + 6]:
        if one.kind == "act":
            return
        if one.kind == "name" and one.mention is not None and one.mention.parties and one.case == "":
            parts.put(role, _named(one.mention))
            return


class _Parts:
    """The parts of one clause, gathered."""

    def __init__(self) -> None:
        self.roles: dict[str, list[Named]] = {}
        self.owners: list[Named] = []
        self.places: list[Named] = []
        self.where: list[Named] = []
        self.instruments: list[Named] = []
        self.glosses: list[Named] = []
        self.denied: list[Named] = []
        self.included: list[Named] = []
        self.excluded: list[Named] = []
        self.amounts: list[Amount] = []
        self.subject: list[Mention] = []
        self.subject_back = False
        self.land_back = False
        self.treaty_back = False
        self.land_word = False
        self.whole = False
        self.has_subject = False
        self.own_subject = False
        self.passive = False

    def put(self, role: str, name: Named) -> None:
        found = self.roles.setdefault(role, [])
        if all(one.meanings != name.meanings for one in found):
            found.append(name)


def _parts(
    sentence: Sentence, clause: _Clause, item: Item, grammar: Grammar, context: Context, last: _Parts | None
) -> _Parts:
    parts = _Parts()
    act = item.act
    assert act is not None
    items = sentence.items
    nominal = item.shape == "noun"
    valency = grammar.senses[act.sense]
    parts.passive = not nominal and item.shape != "copular" and passive(items, clause.at, clause.left)
    leases_out = act.sense == "lease" and any(
        one.kind == "case" and "goal" in one.cases for one in items[clause.at : clause.right]
    )
    if leases_out:
        valency = grammar.senses["give"]
    forced_at = next((at for at in range(clause.at - 1, clause.left - 1, -1) if "force" in items[at].words), -1)
    if forced_at > 0 and any("be" in one.words for one in items[max(clause.left, forced_at - 3) : forced_at]):
        # "China was forced to cede": who stands before is the one that ceded.
        forced_at = -1
    for number in range(clause.left, clause.right):
        one = items[number]
        if one.kind == "figure" and one.figure is not None:
            amount = _amount(sentence, number, one)
            if amount is not None:
                parts.amounts.append(amount)
            continue
        before = number < clause.at
        role = _role(items, one, before, number, clause, item, valency, parts.passive, nominal)
        if one.kind == "name" and one.mention is not None:
            _place_name(sentence, number, one, role, clause, item, valency, parts, forced_at)
        elif one.words & {"back_treaty"} and one.words.isdisjoint({"back"}) and one.kind == "word":
            parts.treaty_back = True
            parts.has_subject |= before and one.case == ""
        elif "back" in one.words and one.norm not in ("its",):
            if role == "land":
                parts.land_back = True
            elif role in ("taker", "giver", "holder") and "back_party" in one.words and before:
                parts.subject_back = True
            parts.has_subject |= before and one.case == ""
        elif "land" in one.words:
            if (role == "land" or one.case == "of" or (nominal and one.case in ("of", ""))) and one.norm not in grammar.words["partitive"]:
                parts.land_word = True
            parts.has_subject |= before and one.case == "" and not parts.has_subject
        elif one.kind == "other" and role == "land" and not act.weak and one.case == "" and not nominal:
            _strange_place(sentence, number, one, clause, parts)
        if "whole" in one.words:
            following = items[number + 1] if number + 1 < len(items) else None
            parts.whole |= following is not None and (
                following.kind == "name" or bool(following.words & {"article", "land"}) or following.kind == "case"
            )
    parts.has_subject |= bool(parts.subject)
    parts.own_subject = parts.has_subject
    if clause.relative or (not parts.has_subject and not nominal):
        _inherit(sentence, clause, item, parts, valency, last)
    return parts


def _strange_place(sentence: Sentence, number: int, one: Item, clause: _Clause, parts: _Parts) -> None:
    """Take a capitalised word that no record knows, straight after a word of changing hands, as a place."""
    token = sentence.tokens[one.first]
    if not token.capital or token.kind != "word" or len(token.norm) < 3:
        return
    between = sentence.items[clause.at + 1 : number]
    if number > clause.at and all(item.words & {"article", "whole", "adverb"} or item.kind == "other" and item.norm.isalpha() for item in between):
        text = sentence.text[token.start : token.end]
        parts.places.append(Named(text, (Meaning("unit", f"elsewhere:{token.norm}"),), token.start, token.end))


def _role(
    items: list[Item], one: Item, before: bool, number: int, clause: _Clause, item: Item, valency: dict[str, str], is_passive: bool, nominal: bool
) -> str:
    """Give the part that an item plays by its case and its side of the act."""
    case = one.case
    if item.shape == "copular" and number == clause.at:
        return "holder"
    if nominal:
        broken = any("be" in other.words or other.kind == "act" for other in items[clause.at + 1 : number])
        if case == "agent":
            return valency.get("subject", "")
        if case in ("goal", "source", "under"):
            return valency.get(case, "")
        if not before and case == "of":
            return valency.get("object", "land") if number - clause.at <= 8 and not broken else "of"
        if before and case == "" and (one.possessive or (one.mention is not None and one.mention.adjective)):
            return valency.get("subject", "")
        return "in" if case == "in" else ""
    if case == "agent":
        return valency.get("subject", "") if is_passive else ""
    if case in ("goal", "source", "with", "between"):
        return valency.get(case, "")
    if case == "under":
        return valency.get("under", "")
    if case == "of":
        return valency.get("of", "of") if not before else "of"
    if case:
        return case
    if item.shape == "copular":
        return valency.get("subject", "") if before else valency.get("goal", "")
    if before:
        return valency.get("object", "land") if is_passive else valency.get("subject", "")
    return valency.get("object", "land")


def _place_name(
    sentence: Sentence,
    number: int,
    one: Item,
    role: str,
    clause: _Clause,
    item: Item,
    valency: dict[str, str],
    parts: _Parts,
    forced_at: int,
) -> None:
    mention = one.mention
    assert mention is not None
    act = item.act
    assert act is not None
    name = _named(mention)
    items = sentence.items
    before = number < clause.at
    if before and number and _denies(items, number):
        # "Japan, not Russia, annexed …"
        if mention.parties:
            parts.denied.append(name)
        return
    if not before and any("tail" in other.words for other in items[clause.at : number]) and not mention.places:
        return
    if _in_brackets(items, number) and not (one.case == "paren" and mention.parties):
        return
    side = _beside(items, number)
    if side and mention.places:
        (parts.included if side == "include" else parts.excluded).append(name)
        return
    if mention.instruments:
        parts.instruments.append(name)
        parts.has_subject |= before and one.case == ""
        return
    after = _next(items, number)
    if one.case == "paren" and before:
        opens = next((at for at in range(number - 1, max(-1, number - 4), -1) if items[at].norm == "("), 0)
        host = items[opens - 1] if opens else None
        if host is not None and host.kind == "name" and mention.parties and host.mention is not None and host.mention.parties:
            denied = any("negation" in other.words for other in items[opens:number])
            (parts.denied if denied else parts.glosses).append(name)
            return
        if host is not None and host.kind == "name":
            return
    holds_name = one.possessive or mention.adjective
    if act.sense in ("settle", "sign") and mention.parties and not mention.places and (one.case in ("", "with", "between", "agent", "of", "in") or holds_name):
        parts.put("party", name)
        return
    if mention.adjective and one.case == "in" and not one.possessive and (after is None or not after.words & {"land", "polity", "rule"}):
        # "known in Chinese as": a language.
        return
    if holds_name and mention.parties and not (item.shape == "copular" and number == clause.at):
        acts_for = after is not None and (bool(after.words & {"polity"}) and not ("land" in after.words))
        stands = after is None or after.kind in ("act", "case", "date") or after.words & {"be", "have", "do", "modal", "force", "join", "adverb", "negation", "clause"} or after.norm in (",", ".", "?", "!", ";", ")")
        into_noun = after is not None and after.kind == "act" and after.shape == "noun"
        if into_noun and item.shape == "noun":
            if after is item:
                parts.put(valency.get("subject", ""), name)
            return
        if not acts_for and (not stands or one.possessive):
            if "rule" in (after.words if after is not None else ()):
                pass
            else:
                parts.owners.append(name)
                if role == "land" or one.case == "of":
                    parts.land_word |= after is not None and bool(after.words & {"land"})
                parts.has_subject |= before and one.case == ""
                return
    if before and role == valency.get("subject") and one.case == "":
        if forced_at >= 0 and number < forced_at and act.sense in ("give", "lose", "lease"):
            # "Russia forced China to cede": who stands before the forcing took.
            if mention.parties:
                parts.put("taker", name)
            return
        parts.subject.append(mention)
        parts.has_subject = True
    if act.sense == "recognise" and not before and (mention.parties or mention.places):
        if mention.parties:
            parts.put("taker", name)
        if mention.places:
            parts.places.append(name)
        return
    if one.case == "agent" and before and not parts.passive and act.sense in ("give", "lose", "lease") and mention.parties:
        if any("force" in other.words for other in items[clause.left : clause.at]):
            # "was compelled by Russia to cede"
            parts.put("taker", name)
            return
    if role in ("giver", "taker", "holder", "party", "cause"):
        if mention.parties:
            parts.put(role, name)
            if before and one.case == "":
                parts.has_subject = True
        elif mention.places:
            (parts.where if one.case else parts.places).append(name)
        return
    if role == "land":
        if not before and one.case == "" and mention.parties and "second" in valency and _object_follows(items, number, clause.right):
            parts.put(valency["second"], name)
            return
        if before and one.case == "":
            parts.has_subject = True
            if mention not in parts.subject:
                parts.subject.append(mention)
        if mention.places:
            parts.places.append(name)
        elif mention.parties:
            if act.sense in ("take", "occupy", "invade"):
                parts.put("giver", name)
                parts.land_word = True
            elif act.sense == "give":
                parts.put("taker", name)
            elif act.sense in ("belong", "hold", "secede", "recognise", "join", "pass", "claim"):
                parts.places.append(name)
        return
    if role in ("of", "name"):
        if mention.places and not (mention.parties and _is_owner_of(items, number)):
            parts.places.append(name)
        elif mention.parties:
            parts.owners.append(name)
            parts.land_word |= _is_owner_of(items, number)
        return
    if role == "in" and item.shape == "noun" and not before:
        parts.places.append(name)
        return
    if role in ("in", "through", "for", "against", "paren"):
        if mention.places and role in ("in", "paren"):
            parts.where.append(name)
        elif mention.parties and role == "in":
            parts.owners.append(name)
        elif mention.parties and role == "against" and act.sense in _MOVES:
            pass


def _denies(items: list[Item], number: int) -> bool:
    back = number - 1
    while back > 0 and "article" in items[back].words and "negation" not in items[back].words:
        back -= 1
    return items[back].norm == "not" and (back == 0 or items[back - 1].norm in (",", "-"))


def _in_brackets(items: list[Item], number: int) -> bool:
    """Tell whether a name stands in brackets after another name."""
    for back in range(number - 1, max(-1, number - 9), -1):
        if items[back].norm == ")":
            return False
        if items[back].norm == "(":
            return back > 0 and items[back - 1].kind == "name"
    return False


def _beside(items: list[Item], number: int) -> str:
    """Tell whether "including" or "except" stands before a name."""
    for back in range(number - 1, max(-1, number - 6), -1):
        before = items[back]
        if "include" in before.words:
            return "include"
        if "exclude" in before.words:
            return "exclude"
        if before.kind == "name" or before.norm == "," or before.words & {"join", "article", "adverb", "land", "whole"} or (before.kind == "case" and "of" in before.cases):
            continue
        return ""
    return ""


def _is_owner_of(items: list[Item], number: int) -> bool:
    """Tell whether "of X" follows a word for land or a figure ("part of China", "1,000 km² of China")."""
    for back in range(number - 1, max(-1, number - 5), -1):
        before = items[back]
        if before.kind == "figure" or before.words & {"land"}:
            return True
        if before.kind == "case" and "of" not in before.cases:
            return False
        if before.kind in ("act", "name"):
            return False
    return False


def _object_follows(items: list[Item], number: int, right: int) -> bool:
    """Tell whether land stands right after a party ("handed the United States 525,000 square miles")."""
    for one in items[number + 1 : min(right, number + 6)]:
        if one.kind in ("figure",) or one.words & {"land"} or (one.kind == "name" and one.mention is not None and one.mention.places):
            return True
        if one.kind in ("case", "act", "date") and one.kind != "date" or one.norm in (",", ";"):
            return False
    return False


def _next(items: list[Item], number: int) -> Item | None:
    for one in items[number + 1 : number + 4]:
        if one.norm in ('"', "\u201c", "\u201d") or (one.words & {"adverb"} and one.kind == "word" and not one.words & {"land", "polity"}):
            continue
        if one.kind == "other" and one.norm.isalpha() and one.norm not in ("the",):
            # An adjective that we do not know ("Chinese imperial territory").
            return one if number + 4 <= len(items) and not items[number + 2 : number + 3] else _after_unknown(items, number, one)
        return one
    return None


def _after_unknown(items: list[Item], number: int, unknown: Item) -> Item:
    place = items.index(unknown, number)
    if place + 1 < len(items) and items[place + 1].words & {"land", "polity"}:
        return items[place + 1]
    return unknown


def _inherit(sentence: Sentence, clause: _Clause, item: Item, parts: _Parts, valency: dict[str, str], last: _Parts | None) -> None:
    """Fill an empty subject, or the gap of a relative clause, from what stands before the clause."""
    items = sentence.items
    role = valency.get("object", "land") if parts.passive else valency.get("subject", "")
    if item.shape == "copular":
        role = valency.get("subject", "")
    if clause.relative and parts.has_subject and not parts.passive:
        role = valency.get("object", "land")
    heads: list[Item] = []
    if clause.relative:
        for back in range(clause.left - 1, -1, -1):
            one = items[back]
            if one.kind == "name" and one.mention is not None:
                heads.append(one)
                if back and ("join" in items[back - 1].words or items[back - 1].norm == ","):
                    continue
                if back >= 2 and items[back - 1].norm == "the" and ("join" in items[back - 2].words):
                    continue
                break
            if one.words & {"land", "back"} or one.kind == "figure":
                heads.append(one)
                break
            if one.kind == "act":
                break
    elif last is not None:
        for mention in last.subject:
            _give(parts, role, _named(mention), mention)
        parts.subject_back |= last.subject_back
        parts.land_back |= last.land_back and role == "land"
        if not last.subject:
            for name in last.roles.get(role, []):
                parts.put(role, name)
        parts.subject = list(last.subject)
        parts.glosses, parts.denied = list(last.glosses), list(last.denied)
        return
    elif clause.left > 0:
        return
    for one in heads:
        if one.kind == "figure" and one.figure is not None:
            amount = _amount(sentence, items.index(one), one)
            if amount is not None and role == "land":
                parts.amounts.append(amount)
        elif one.mention is not None:
            _give(parts, role, _named(one.mention), one.mention)
            parts.subject.append(one.mention)
        elif role == "land":
            parts.land_word = True


def _give(parts: _Parts, role: str, name: Named, mention: Mention) -> None:
    if mention.instruments:
        parts.instruments.append(name)
    elif role in ("giver", "taker", "holder", "party"):
        if mention.parties:
            parts.put(role, name)
        elif mention.places:
            parts.places.append(name)
    elif role == "land" and (mention.places or mention.parties):
        parts.places.append(name)


def _amount(sentence: Sentence, number: int, item: Item) -> Amount | None:
    """Take a figure as claimed of land, or None where it is a share of something else."""
    figure = item.figure
    assert figure is not None
    tokens: list[Token] = sentence.tokens
    written = sentence.text[tokens[figure.first].start : tokens[figure.end - 1].end]
    if figure.unit == "ratio":
        return Amount(figure, written, tuple(_named(sentence.mentions[one]) for one in figure.names))
    if figure.unit == "km2":
        following = sentence.items[number + 1 : number + 4]
        if any(one.norm in ("per", "/") for one in following[:1]):
            return None
        return Amount(figure, written)
    names: list[Named] = []
    land = False
    for one in sentence.items[number + 1 : number + 9]:
        if one.words & {"not_land"} or one.norm in _NOT_LAND:
            return None
        if one.kind == "name" and one.mention is not None:
            names.append(_named(one.mention))
            land = True
            if not one.possessive and not one.mention.adjective:
                break
        elif one.kind == "figure" and one.figure is not None and one.figure.unit == "km2":
            land = True
            break
        elif one.words & {"land", "back"}:
            land = True
            break
        elif one.kind in ("act", "date") or one.norm in (".", ";", ",", ")"):
            break
    if not land:
        return None
    return Amount(figure, written, tuple(names))


_NOT_LAND = frozenset(("population", "people", "inhabitants", "gdp", "votes", "vote"))


# --- Frames -------------------------------------------------------------------------------------------------------


def _unjudged(sentence: Sentence, first: int, end: int, act: bool, amounts: bool = False) -> str:
    """Say whether words [first, end) are a prediction, an opinion or a counterfactual; "" if neither."""
    norms = sentence.norms
    if sentence.has("counterfactual"):
        if any(mark == "counterfactual" and " ".join(norms[at:stop]) not in ("would be",) for mark, at, stop in sentence.marks):
            return "counterfactual"
    would = any(one in ("would", "could", "might", "wouldnt", "couldnt") for one in norms)
    if sentence.has("condition") and would and any(norms[at] in ("if", "unless", "had", "suppose", "imagine") for mark, at, _ in sentence.marks if mark == "condition"):
        return "counterfactual"
    if sentence.has("opinion", first, end):
        return "opinion"
    if sentence.has("prediction", first, end):
        return "prediction"
    if not amounts:
        for mark, at, _ in sentence.marks:
            if mark == "judgement" and first <= at < end:
                near = norms[max(0, at - 5) : at]
                if any(one in ("is", "was", "were", "are", "be", "been", "remains", "remain", "an", "most", "so", "s") for one in near):
                    return "opinion"
    return ""


def _frame(
    sentence: Sentence, clause: _Clause, item: Item, parts: _Parts, grammar: Grammar, context: Context, alone: bool, beside: Frame | None = None, last: _Parts | None = None
) -> Frame | None:
    act = item.act
    assert act is not None
    items, tokens = sentence.items, sentence.tokens
    earlier = _distinct(last.places) if last is not None else []
    left = clause.left
    while left < clause.at and (items[left].norm in (",", ";", "-", ":") or items[left].words & {"join"} or (items[left].words & {"clause"} and not items[left].words & {"relative"})):
        left += 1
    right = clause.right
    while right - 1 > clause.at and (items[right - 1].norm in (",", ";", "-", ":") or items[right - 1].words & {"join"}):
        right -= 1
    first = items[left].first
    end = items[right - 1].end
    if alone:
        start_char, end_char = sentence.start, sentence.end
    else:
        start_char, end_char = tokens[first].start, tokens[end - 1].end
    kind = _unjudged(sentence, 0 if alone else first, len(sentence.norms) if alone else end, True, bool(parts.amounts))
    slot = _slot(sentence, items, clause, alone)
    givers, takers = parts.roles.get("giver", []), parts.roles.get("taker", [])
    holders, parties = parts.roles.get("holder", []), parts.roles.get("party", [])
    assumed: list[str] = []
    places = _distinct(parts.places) if act.sense != "name" else _called(items, clause, parts)
    if act.sense in ("take", "occupy", "lose", "cost", "invade") and not givers and parts.owners:
        givers = [*parts.owners[:1]]
    elif act.sense in ("give", "pass", "add") and not givers and parts.owners and not act.back:
        givers = [one for one in parts.owners[:1] if all(one.meanings != other.meanings for other in takers)]
    givers = [one for one in givers if all(one.meanings != other.meanings for other in takers)] if act.sense in _MOVES else givers
    if act.sense in _MOVES and parts.where and not places:
        places = _distinct(parts.where)
    when = [one.when for one in items[clause.left : clause.right] if one.when is not None]
    if not when:
        lead = [one.when for one in items[: clause.left] if one.when is not None]
        head = items[0].when if items and items[0].when is not None else (items[1].when if len(items) > 1 and items[1].when else None)
        if head is not None and lead and not clause.relative and clause.left > 0 and clause.at > 0 and act.sense in _MOVES:
            when = [head]
    instruments = _distinct(parts.instruments)
    # What the text said before.
    if parts.treaty_back and not instruments and context.instruments:
        instruments = list(context.instruments)
        assumed.append("instruments")
    if parts.land_back and not places and (earlier or context.places):
        places = earlier or list(context.places)
        assumed.append("places")
    if parts.subject_back and act.sense in _MOVES | _HOLDS:
        role = grammar.senses[act.sense].get("subject", "")
        if role == "taker" and not takers and context.subject:
            takers = list(context.subject)
            assumed.append("takers")
        elif role == "giver" and not givers and context.subject:
            givers = list(context.subject)
            assumed.append("givers")
        elif role == "holder" and not holders and context.subject:
            holders = list(context.subject)
            assumed.append("holders")
    if act.sense in _MOVES:
        if bool(givers) != bool(takers) and beside is not None and beside.kind == "settle":
            known = givers or takers
            rest = [one for one in beside.parties if all(one.meanings != other.meanings for other in known)]
            if len(rest) == 1 and len(beside.parties) == 2:
                givers, takers = givers or rest, takers or rest
        leans = parts.treaty_back or parts.land_back or parts.subject_back or (not givers and not takers and not instruments)
        if not givers and not takers and not slot and not (places and not parts.land_back and when):
            if context.givers or context.takers:
                givers, takers = list(context.givers), list(context.takers)
                assumed.append("parties")
            elif len(context.parties) >= 2 and not instruments and not places:
                parties = list(context.parties[-2:])
        elif givers and not takers and not slot and not instruments and not places and context.takers and context.givers and _same(context.givers, givers):
            takers = list(context.takers)
            assumed.append("takers")
        elif takers and not givers and not slot and not instruments and not places and context.givers and _same(context.takers, takers):
            givers = list(context.givers)
            assumed.append("givers")
        anchored = bool(instruments or when or [one for one in places if any(m.detail not in ("river", "sea") for m in one.meanings)])
        if not leans and not anchored and kind == "" and context.recent() and not slot and context.instruments and bool(givers) != bool(takers):
            instruments = list(context.instruments)
            assumed.append("instruments")
        elif leans and not anchored and kind == "":
            if context.instruments:
                instruments = list(context.instruments)
                assumed.append("instruments")
            elif context.when:
                when = list(context.when)
                assumed.append("when")
            if context.places and parts.land_back:
                places = list(context.places)
                assumed.append("places")
    if item.shape == "base" and not parts.own_subject and not slot and not any(one.words & {"modal", "do", "force"} or one.norm == "to" or "goal" in one.cases for one in items[: clause.at]):
        # "Give the islands back!" states nothing.
        return None
    if act.sense == "claim" and not (clause.at and (items[clause.at - 1].kind == "name" or items[clause.at - 1].words & {"adverb", "relative", "have", "be", "do"})):
        return None
    if not _enough(act, parts, givers, takers, holders, parties, places, instruments, when, slot, kind, context):
        return None
    amounts = parts.amounts if act.sense in _MOVES | _HOLDS else []
    if kind == "":
        kind = _kind(act, amounts, slot)
    elif kind == "prediction" and act.sense == "pass" and act.lemma == "go" and not places and not takers:
        return None
    text = sentence.text[start_char:end_char]
    negated = _negated_before(items, clause) or _negated_after(items, clause)
    if any(one.norm in ("not only",) for one in items):
        negated = False
    if sentence.has("untrue_that"):
        negated = not negated
    return Frame(
        kind=kind,
        start=start_char,
        end=end_char,
        text=text,
        lang=grammar.lang,
        sense=act.sense,
        act=act.lemma,
        form=act.form,
        loaded=act.loaded,
        back=act.back or any(one.norm == "back" for one in items[clause.at + 1 : clause.at + 6]),
        givers=tuple(givers),
        takers=tuple(takers),
        holders=tuple(holders),
        parties=tuple(parties),
        glosses=tuple(parts.glosses),
        denied=tuple(parts.denied),
        places=tuple(places),
        instruments=tuple(instruments),
        amounts=tuple(amounts),
        when=tuple(when),
        included=tuple(parts.included),
        excluded=tuple(parts.excluded),
        whole=parts.whole,
        negated=negated,
        reported=sentence.has("reported"),
        question=sentence.norms[-1:] == ["?"] or bool(slot),
        now=any("now" in one.words for one in items[clause.left : clause.right]),
        formerly=any("formerly" in one.words for one in items[clause.left : clause.right]),
        past=_past(items, clause, item),
        always=any("always" in one.words for one in items[clause.left : clause.right]),
        slot=slot,
        assumed=tuple(assumed),
    )


def _called(items: list[Item], clause: _Clause, parts: _Parts) -> list[Named]:
    """List the two names that a clause of naming joins; the nearest on each side of the verb."""
    before = [one.mention for one in items[: clause.at] if one.mention is not None and one.mention.places]
    after = [one.mention for one in items[clause.at : clause.right] if one.mention is not None and one.mention.places]
    if not before or not after:
        return []
    return [_named(before[-1]), _named(after[0])]


def _past(items: list[Item], clause: _Clause, item: Item) -> bool:
    """Tell whether the clause speaks of the past."""
    for one in reversed(items[clause.left : clause.at]):
        if "past" in one.words:
            return True
        if "have" in one.words:
            return True
        if one.words & {"be", "do", "modal"} and one.kind == "word":
            return one.norm in ("remained", "stayed")
    return item.shape.startswith("past")


def _same(known: tuple[Named, ...], named: list[Named]) -> bool:
    mine = {(m.kind, m.id) for one in named for m in one.meanings}
    return any((m.kind, m.id) in mine for one in known for m in one.meanings)


def _negated_before(items: list[Item], clause: _Clause) -> bool:
    """Tell whether a negation stands before the act that is about it, not about a name or in brackets."""
    depth = 0
    for number in range(clause.left, clause.at):
        one = items[number]
        depth += {"(": 1, ")": -1}.get(one.norm, 0)
        if "negation" not in one.words or depth > 0:
            continue
        after = next((other for other in items[number + 1 : clause.at + 1] if "article" not in other.words), None)
        if after is not None and after.kind == "name" and one.norm == "not":
            continue
        if after is not None and after.norm in ("only", "just", "merely"):
            continue
        return True
    return False


def _negated_after(items: list[Item], clause: _Clause) -> bool:
    after = items[clause.at + 1 : clause.at + 3]
    return bool(after) and after[0].norm in ("no", "none", "nothing", "never", "not") and not (len(after) > 1 and after[1].norm == "only")


def _distinct(names: list[Named]) -> list[Named]:
    found: list[Named] = []
    for one in names:
        if all(one.meanings != other.meanings for other in found):
            found.append(one)
    return found


def _kind(act: Act, amounts: list[Amount], slot: str) -> str:
    if slot:
        return "question"
    if amounts:
        unit = amounts[0].quantity.unit
        return {"km2": "area", "percent": "percent", "ratio": "ratio"}[unit]
    if act.sense in ("hold", "belong"):
        return "holder"
    if act.sense in ("status", "name", "settle", "sign", "claim"):
        return {"sign": "settle"}.get(act.sense, act.sense)
    return "event"


def _slot(sentence: Sentence, items: list[Item], clause: _Clause, alone: bool) -> str:
    """Say what an open question asks for; "" where it is none."""
    if not sentence.question or sentence.question in ("why", "how", "where"):
        return ""
    asks = sentence.norms[-1:] == ["?"]
    at_head = sentence.question_at <= 2
    if not (asks and (at_head or sentence.question in ("amount", "instrument")) or (sentence.question_at == 0 and alone and sentence.question == "amount")):
        return ""
    if sentence.has("true_that"):
        return ""
    return sentence.question


def _enough(
    act: Act,
    parts: _Parts,
    givers: list[Named],
    takers: list[Named],
    holders: list[Named],
    parties: list[Named],
    places: list[Named],
    instruments: list[Named],
    when: list[object] | list,  # type: ignore[type-arg]
    slot: str,
    kind: str,
    context: Context,
) -> bool:
    """Tell whether a clause says enough of land to be a claim."""
    if act.sense == "status":
        return bool(instruments)
    if act.sense in ("settle", "sign"):
        return bool(instruments) or len(parties) >= 2
    if act.sense == "name":
        return len(places) >= 2
    if act.sense in _HOLDS:
        if act.sense == "claim":
            return bool(holders) and bool(places or parts.amounts)
        return bool(places or parts.amounts) and bool(holders or slot)
    land = bool(places or parts.amounts or parts.land_back or parts.land_word)
    if slot in ("which", "amount") and (givers or takers):
        return True
    if act.sense == "secede" and act.weak:
        return bool(givers) and bool(parts.subject) and not any(one.adjective for one in parts.subject) and bool(places or takers)
    if act.weak and not (parts.places or parts.amounts or parts.land_back or parts.land_word):
        # "took", "lost" or "went" says something of land only if land is what was taken, lost or went.
        return slot == "amount" and bool(givers or takers)
    if act.sense in ("secede",):
        return bool(takers or givers) and bool(takers or places)
    if act.sense == "recognise":
        return bool(givers) and bool(takers or places)
    if act.sense == "add":
        return land and bool(takers) and bool(places or parts.amounts)
    if act.sense == "join":
        return bool(takers) and any(m.kind in ("place", "territory", "unit") for one in places for m in one.meanings)
    if act.sense == "pass":
        return land and (bool(takers) or slot == "who")
    if parts.land_back and not (places or parts.amounts or parts.land_word) and kind == "":
        # What "it" is was never said.
        return False
    if kind:
        return land and bool(places or givers or takers or instruments)
    return land and bool(givers or takers or instruments or slot or (parties and parts.amounts) or (places and when))
