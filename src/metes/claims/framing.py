"""From the parts of a clause to a frame: what kind of statement, and whether it says enough."""

from __future__ import annotations

from collections.abc import Iterator

from metes.claims.clauses import Clause, clauses_of
from metes.claims.context import Context
from metes.claims.dates import When
from metes.claims.frame import Amount, Frame, Named
from metes.claims.grammar import Act, Grammar
from metes.claims.items import Item, Sentence
from metes.claims.roles import MOVES, Parts, lend_subject, named, parts_of

HOLDS = frozenset(("hold", "belong", "claim"))


def frames_of(
    sentence: Sentence,
    chosen: list[tuple[int, Item]],
    acts: list[tuple[int, Item]],
    grammar: Grammar,
    context: Context,
) -> Iterator[Frame]:
    clauses = clauses_of(sentence, chosen)
    last: Parts | None = None
    before: Frame | None = None
    for clause, (_, item) in zip(clauses, chosen, strict=True):
        parts = parts_of(sentence, clause, item, grammar, context, last)
        if item.shape == "ing" and not parts.has_subject and last is None:
            lend_subject(sentence, clause, item, parts, grammar)
        frame = _frame(sentence, clause, item, parts, grammar, context, len(clauses) == 1, before, last)
        last, before = parts, frame or before
        if frame is not None:
            yield frame
            # Later clauses and sentences may lean on this one.
            context.learn(frame)
            context.subject = tuple(named(one) for one in parts.subject if one.parties) or context.subject


def unjudged(sentence: Sentence, first: int, end: int, act: bool, amounts: bool = False) -> str:
    """Say whether words [first, end) are a prediction, an opinion or a counterfactual; "" if neither."""
    norms = sentence.norms
    if any(
        mark == "counterfactual" and " ".join(norms[at:stop]) != "would be"
        for mark, at, stop in sentence.marks
    ):
        return "counterfactual"
    would = any(one in ("would", "could", "might", "wouldnt", "couldnt") for one in norms)
    if (
        sentence.has("condition")
        and would
        and any(
            norms[at] in ("if", "unless", "had", "suppose", "imagine")
            for mark, at, _ in sentence.marks
            if mark == "condition"
        )
    ):
        return "counterfactual"
    if sentence.has("opinion", first, end):
        return "opinion"
    if sentence.has("prediction", first, end):
        return "prediction"
    if not amounts:
        for mark, at, _ in sentence.marks:
            if mark == "judgement" and first <= at < end:
                near = norms[max(0, at - 5) : at]
                if any(
                    one
                    in (
                        "is",
                        "was",
                        "were",
                        "are",
                        "be",
                        "been",
                        "remains",
                        "remain",
                        "an",
                        "most",
                        "so",
                        "s",
                    )
                    for one in near
                ):
                    return "opinion"
    return ""


def _frame(
    sentence: Sentence,
    clause: Clause,
    item: Item,
    parts: Parts,
    grammar: Grammar,
    context: Context,
    alone: bool,
    beside: Frame | None = None,
    last: Parts | None = None,
) -> Frame | None:
    act = item.act
    assert act is not None
    items, tokens = sentence.items, sentence.tokens
    earlier = distinct(last.places) if last is not None else []
    left = clause.left
    while left < clause.at and (
        items[left].norm in (",", ";", "-", ":")
        or items[left].words & {"join"}
        or (items[left].words & {"clause"} and not items[left].words & {"relative"})
    ):
        left += 1
    right = clause.right
    while right - 1 > clause.at and (
        items[right - 1].norm in (",", ";", "-", ":") or items[right - 1].words & {"join"}
    ):
        right -= 1
    first = items[left].first
    end = items[right - 1].end
    if alone:
        start_char, end_char = sentence.start, sentence.end
    else:
        start_char, end_char = tokens[first].start, tokens[end - 1].end
    kind = unjudged(
        sentence, 0 if alone else first, len(sentence.norms) if alone else end, True, bool(parts.amounts)
    )
    slot = _slot(sentence, items, clause, alone)
    givers, takers = parts.roles.get("giver", []), parts.roles.get("taker", [])
    holders, parties = parts.roles.get("holder", []), parts.roles.get("party", [])
    assumed: list[str] = []
    places = distinct(parts.places) if act.sense != "name" else _called(items, clause, parts)
    if act.sense in ("take", "occupy", "lose", "cost", "invade") and not givers and parts.owners:
        givers = [*parts.owners[:1]]
    elif act.sense in ("give", "pass", "add") and not givers and parts.owners and not act.back:
        givers = [one for one in parts.owners[:1] if all(one.meanings != other.meanings for other in takers)]
    givers = (
        [one for one in givers if all(one.meanings != other.meanings for other in takers)]
        if act.sense in MOVES
        else givers
    )
    if act.sense in MOVES and parts.where and not places:
        places = distinct(parts.where)
    when = [one.when for one in items[clause.left : clause.right] if one.when is not None]
    if not when:
        lead = [one.when for one in items[: clause.left] if one.when is not None]
        head = (
            items[0].when
            if items and items[0].when is not None
            else (items[1].when if len(items) > 1 and items[1].when else None)
        )
        if (
            head is not None
            and lead
            and not clause.relative
            and clause.left > 0
            and clause.at > 0
            and act.sense in MOVES
        ):
            when = [head]
    instruments = distinct(parts.instruments)
    # What the text said before.
    if parts.treaty_back and not instruments and context.instruments:
        instruments = list(context.instruments)
        assumed.append("instruments")
    if parts.land_back and not places and (earlier or context.places):
        places = earlier or list(context.places)
        assumed.append("places")
    if parts.subject_back and act.sense in MOVES | HOLDS:
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
    if act.sense in MOVES:
        if bool(givers) != bool(takers) and beside is not None and beside.kind == "settle":
            known = givers or takers
            rest = [one for one in beside.parties if all(one.meanings != other.meanings for other in known)]
            if len(rest) == 1 and len(beside.parties) == 2:
                givers, takers = givers or rest, takers or rest
        leans = (
            parts.treaty_back
            or parts.land_back
            or parts.subject_back
            or (not givers and not takers and not instruments)
        )
        if not givers and not takers and not slot and not (places and not parts.land_back and when):
            if context.givers or context.takers:
                givers, takers = list(context.givers), list(context.takers)
                assumed.append("parties")
            elif len(context.parties) >= 2 and not instruments and not places:
                parties = list(context.parties[-2:])
        elif (
            givers
            and not takers
            and not slot
            and not instruments
            and not places
            and context.takers
            and context.givers
            and _same(context.givers, givers)
        ):
            takers = list(context.takers)
            assumed.append("takers")
        elif (
            act.back
            and givers
            and not takers
            and not slot
            and not instruments
            and not places
            and context.givers
            and _same(context.takers, givers)
        ):
            # What is given back goes to whom the text said it was taken from.
            takers = list(context.givers)
            assumed.append("takers")
        elif (
            takers
            and not givers
            and not slot
            and not instruments
            and not places
            and context.givers
            and _same(context.takers, takers)
        ):
            givers = list(context.givers)
            assumed.append("givers")
        anchored = bool(
            instruments
            or when
            or [one for one in places if any(m.detail not in ("river", "sea") for m in one.meanings)]
        )
        if (
            not leans
            and not anchored
            and kind == ""
            and context.recent()
            and not slot
            and context.instruments
            and bool(givers) != bool(takers)
        ):
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
    if (
        item.shape == "base"
        and not parts.own_subject
        and not slot
        and not any(one.words & {"modal", "do", "force"} for one in items[: clause.at])
        and items[clause.at - 1].norm != "to"
    ):
        # "Give the islands back!" states nothing.
        return None
    if act.sense == "claim" and not (
        clause.at
        and (
            items[clause.at - 1].kind == "name"
            or items[clause.at - 1].words & {"adverb", "relative", "have", "be", "do"}
        )
    ):
        return None
    if not _enough(
        act, parts, givers, takers, holders, parties, places, instruments, when, slot, kind, context
    ):
        return None
    amounts = parts.amounts if act.sense in MOVES | HOLDS else []
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


def _called(items: list[Item], clause: Clause, parts: Parts) -> list[Named]:
    """List the two names that a clause of naming joins; the nearest on each side of the verb."""
    before = [one.mention for one in items[: clause.at] if one.mention is not None and one.mention.places]
    after = [
        one.mention
        for one in items[clause.at : clause.right]
        if one.mention is not None and one.mention.places
    ]
    if not before or not after:
        return []
    return [named(before[-1]), named(after[0])]


def _past(items: list[Item], clause: Clause, item: Item) -> bool:
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


def _negated_before(items: list[Item], clause: Clause) -> bool:
    """Tell whether a negation stands before the act that is about it, not about a name or in brackets."""
    depth = 0
    for number in range(clause.left, clause.at):
        one = items[number]
        depth += {"(": 1, ")": -1}.get(one.norm, 0)
        if "negation" not in one.words or depth > 0:
            continue
        after = next(
            (other for other in items[number + 1 : clause.at + 1] if "article" not in other.words), None
        )
        if after is not None and after.kind == "name" and one.norm == "not":
            continue
        if after is not None and after.norm in ("only", "just", "merely"):
            continue
        return True
    return False


def _negated_after(items: list[Item], clause: Clause) -> bool:
    after = items[clause.at + 1 : clause.at + 3]
    return (
        bool(after)
        and after[0].norm in ("no", "none", "nothing", "never", "not")
        and not (len(after) > 1 and after[1].norm == "only")
    )


def distinct(names: list[Named]) -> list[Named]:
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


def _slot(sentence: Sentence, items: list[Item], clause: Clause, alone: bool) -> str:
    """Say what an open question asks for; "" where it is none."""
    if not sentence.question or sentence.question in ("why", "how", "where"):
        return ""
    asks = sentence.norms[-1:] == ["?"]
    at_head = sentence.question_at <= 2
    if not (
        (asks and (at_head or sentence.question in ("amount", "instrument")))
        or (sentence.question_at == 0 and alone and sentence.question == "amount")
    ):
        return ""
    if sentence.has("true_that"):
        return ""
    return sentence.question


def _enough(
    act: Act,
    parts: Parts,
    givers: list[Named],
    takers: list[Named],
    holders: list[Named],
    parties: list[Named],
    places: list[Named],
    instruments: list[Named],
    when: list[When],
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
    if act.sense in HOLDS:
        if act.sense == "claim":
            return bool(holders) and bool(places or parts.amounts)
        return bool(places or parts.amounts) and bool(holders or slot)
    land = bool(places or parts.amounts or parts.land_back or parts.land_word)
    if slot in ("which", "amount") and (givers or takers or instruments):
        return True
    if act.sense == "secede" and act.weak:
        return (
            bool(givers)
            and bool(parts.subject)
            and not any(one.adjective for one in parts.subject)
            and bool(places or takers)
        )
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
        return bool(takers) and any(
            m.kind in ("place", "territory", "unit") for one in places for m in one.meanings
        )
    if act.sense == "pass":
        return land and (bool(takers) or slot == "who")
    if parts.land_back and not (places or parts.amounts or parts.land_word) and kind == "":
        # What "it" is was never said.
        return False
    if (
        act.weak
        and not kind
        and not slot
        and not (places or parts.amounts or when or instruments)
        and not (givers and takers)
    ):
        # "China has gained territory": too little is said to be checked.
        return False
    if kind:
        return land and bool(places or givers or takers or instruments)
    return land and bool(
        givers or takers or instruments or slot or (parties and parts.amounts) or (places and when)
    )
