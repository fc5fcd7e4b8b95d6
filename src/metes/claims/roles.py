"""The parts of one clause: who gave, who took, what land, by which instrument, how much."""

from __future__ import annotations

from metes.claims.clauses import Clause
from metes.claims.context import Context
from metes.claims.frame import Amount, Named
from metes.claims.grammar import Grammar
from metes.claims.items import Item, Sentence, passive
from metes.claims.lexicon import Meaning
from metes.claims.mention import Mention
from metes.claims.words import Token

_TAKES = frozenset(("take", "occupy", "invade", "lease"))
MOVES = frozenset(
    (
        "take",
        "occupy",
        "invade",
        "lease",
        "give",
        "lose",
        "pass",
        "join",
        "cost",
        "add",
        "secede",
        "recognise",
    )
)
"""The senses that speak of land changing hands."""
_NOT_LAND = frozenset(("population", "people", "inhabitants", "gdp", "votes", "vote"))


def named(one: Mention) -> Named:
    return Named(one.text, one.meanings, one.start, one.stop)


def lend_subject(sentence: Sentence, clause: Clause, item: Item, parts: Parts, grammar: Grammar) -> None:
    """Give "after annexing X, the state …" the subject of the clause that follows."""
    assert item.act is not None
    role = grammar.senses[item.act.sense].get("subject", "")
    for one in sentence.items[clause.right : clause.right + 6]:
        if one.kind == "act":
            return
        if one.kind == "name" and one.mention is not None and one.mention.parties and one.case == "":
            parts.put(role, named(one.mention))
            return


class Parts:
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


def parts_of(
    sentence: Sentence, clause: Clause, item: Item, grammar: Grammar, context: Context, last: Parts | None
) -> Parts:
    parts = Parts()
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
    forced_at = next(
        (at for at in range(clause.at - 1, clause.left - 1, -1) if "force" in items[at].words), -1
    )
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
            if (
                role == "land" or one.case == "of" or (nominal and one.case in ("of", ""))
            ) and one.norm not in grammar.words["partitive"]:
                parts.land_word = True
            parts.has_subject |= before and one.case == "" and not parts.has_subject
        elif one.kind == "other" and role == "land" and not act.weak and one.case == "" and not nominal:
            _strange_place(sentence, number, one, clause, parts)
        if "whole" in one.words:
            following = items[number + 1] if number + 1 < len(items) else None
            parts.whole |= following is not None and (
                following.kind == "name"
                or bool(following.words & {"article", "land"})
                or following.kind == "case"
            )
    parts.has_subject |= bool(parts.subject)
    parts.own_subject = bool(parts.subject) or any(
        ("land" in one.words or one.norm in ("they", "we", "he", "i", "you", "who", "which"))
        and one.case == ""
        for one in items[clause.left : clause.at]
    )
    if clause.relative or (not parts.has_subject and not nominal):
        _inherit(sentence, clause, item, parts, valency, last)
    return parts


def _strange_place(sentence: Sentence, number: int, one: Item, clause: Clause, parts: Parts) -> None:
    """Take a capitalised word that no record knows, straight after a word of changing hands, as a place."""
    token = sentence.tokens[one.first]
    if not token.capital or token.kind != "word" or len(token.norm) < 3:
        return
    if number < clause.at:
        # "Manchuria was occupied by …"
        between = sentence.items[number + 1 : clause.at]
        if parts.passive and all(item.words & {"be", "adverb", "have"} for item in between):
            text = sentence.text[token.start : token.end]
            parts.places.append(
                Named(text, (Meaning("unit", f"elsewhere:{token.norm}"),), token.start, token.end)
            )
        return
    between = sentence.items[clause.at + 1 : number]
    if all(
        item.words & {"article", "whole", "adverb"} or (item.kind == "other" and item.norm.isalpha())
        for item in between
    ):
        text = sentence.text[token.start : token.end]
        parts.places.append(
            Named(text, (Meaning("unit", f"elsewhere:{token.norm}"),), token.start, token.end)
        )


def _role(
    items: list[Item],
    one: Item,
    before: bool,
    number: int,
    clause: Clause,
    item: Item,
    valency: dict[str, str],
    is_passive: bool,
    nominal: bool,
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
    clause: Clause,
    item: Item,
    valency: dict[str, str],
    parts: Parts,
    forced_at: int,
) -> None:
    mention = one.mention
    assert mention is not None
    act = item.act
    assert act is not None
    name = named(mention)
    items = sentence.items
    before = number < clause.at
    if before and number and _denies(items, number):
        # "Japan, not Russia, annexed …"
        if mention.parties:
            parts.denied.append(name)
        return
    if (
        not before
        and any("tail" in other.words for other in items[clause.at : number])
        and not mention.places
    ):
        return
    if _in_brackets(items, number) and not (one.case == "paren" and mention.parties):
        return
    side = _beside(items, number)
    if side and mention.places:
        (parts.included if side == "include" else parts.excluded).append(name)
        return
    if mention.instruments and not (mention.places and role == "land"):
        parts.instruments.append(name)
        parts.has_subject |= before and one.case == ""
        return
    after = _next(items, number)
    if one.case == "paren" and before:
        opens = next((at for at in range(number - 1, max(-1, number - 4), -1) if items[at].norm == "("), 0)
        host = items[opens - 1] if opens else None
        if (
            host is not None
            and host.kind == "name"
            and mention.parties
            and host.mention is not None
            and host.mention.parties
        ):
            denied = any("negation" in other.words for other in items[opens:number])
            (parts.denied if denied else parts.glosses).append(name)
            return
        if host is not None and host.kind == "name":
            return
    holds_name = one.possessive or mention.adjective
    if (
        act.sense in ("settle", "sign")
        and mention.parties
        and not mention.places
        and (one.case in ("", "with", "between", "agent", "of", "in") or holds_name)
    ):
        parts.put("party", name)
        return
    if (
        mention.adjective
        and one.case == "in"
        and not one.possessive
        and (after is None or not after.words & {"land", "polity", "rule"})
    ):
        # "known in Chinese as": a language.
        return
    if holds_name and mention.parties and not (item.shape == "copular" and number == clause.at):
        acts_for = after is not None and (bool(after.words & {"polity"}) and "land" not in after.words)
        stands = (
            after is None
            or after.kind in ("act", "case", "date")
            or after.words & {"be", "have", "do", "modal", "force", "join", "adverb", "negation", "clause"}
            or after.norm in (",", ".", "?", "!", ";", ")")
        )
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
    if (
        one.case == "agent"
        and before
        and not parts.passive
        and act.sense in ("give", "lose", "lease")
        and mention.parties
        and any("force" in other.words for other in items[clause.left : clause.at])
    ):
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
        if (
            not before
            and one.case == ""
            and mention.parties
            and "second" in valency
            and _object_follows(items, number, clause.right)
        ):
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
        elif mention.parties and role == "against" and act.sense in MOVES:
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
        if (
            before.kind == "name"
            or before.norm == ","
            or before.words & {"join", "article", "adverb", "land", "whole"}
            or (before.kind == "case" and "of" in before.cases)
        ):
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
        if (
            one.kind in ("figure",)
            or one.words & {"land"}
            or (one.kind == "name" and one.mention is not None and one.mention.places)
        ):
            return True
        if (one.kind in ("case", "act", "date") and one.kind != "date") or one.norm in (",", ";"):
            return False
    return False


def _next(items: list[Item], number: int) -> Item | None:
    for one in items[number + 1 : number + 4]:
        if one.norm in ('"', "\u201c", "\u201d") or (
            one.words & {"adverb"} and one.kind == "word" and not one.words & {"land", "polity"}
        ):
            continue
        if one.kind == "other" and one.norm.isalpha() and one.norm not in ("the",):
            # An adjective that we do not know ("Chinese imperial territory").
            return (
                one
                if number + 4 <= len(items) and not items[number + 2 : number + 3]
                else _after_unknown(items, number, one)
            )
        return one
    return None


def _after_unknown(items: list[Item], number: int, unknown: Item) -> Item:
    place = items.index(unknown, number)
    if place + 1 < len(items) and items[place + 1].words & {"land", "polity"}:
        return items[place + 1]
    return unknown


def _inherit(
    sentence: Sentence,
    clause: Clause,
    item: Item,
    parts: Parts,
    valency: dict[str, str],
    last: Parts | None,
) -> None:
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
            _give(parts, role, named(mention), mention)
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
            _give(parts, role, named(one.mention), one.mention)
            parts.subject.append(one.mention)
        elif role == "land":
            parts.land_word = True


def _give(parts: Parts, role: str, name: Named, mention: Mention) -> None:
    if mention.instruments and not (mention.places and role == "land"):
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
        return Amount(figure, written, tuple(named(sentence.mentions[one]) for one in figure.names))
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
            names.append(named(one.mention))
            land = True
            if not one.possessive and not one.mention.adjective:
                break
        elif (one.kind == "figure" and one.figure is not None and one.figure.unit == "km2") or one.words & {
            "land",
            "back",
        }:
            land = True
            break
        elif one.kind in ("act", "date") or one.norm in (".", ";", ",", ")"):
            break
    if not land:
        return None
    return Amount(figure, written, tuple(names))
