"""Areas, percentages and fractions in a sentence, with the range that the wording claims."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from metes.claims.grammar import Grammar, longest
from metes.claims.words import Token, tokens_of
from metes.errors import BadInput

if TYPE_CHECKING:
    from metes.claims.lexicon import Lexicon

ABOUT_SHARE = 0.10
"""Half-width of "about X"; also the most that the roundness of a bare figure stands for."""
FLOOR_SHARE = 0.02
"""Half-width of any figure: areas of one piece of land differ by this between offices (docs/method.md)."""
OVER_SHARE = 0.20
"""How far above X "over X" still speaks of."""
ATMOST_SHARE = 0.50
"""How far below X "up to X" still speaks of."""
EARTH_KM2 = 510_000_000
MOST_QUOTED = 60


@dataclass(frozen=True)
class Quantity:
    """A claimed figure in words [first, end) of a sentence.

    `unit` is km2, percent or ratio; `high` may be infinite ("at least"). `written` is the figure as
    it stands. `of` are the words that a share is of, [first, end), if it says; `hedge` the word
    before it. `names` are comparators of a ratio.
    """

    first: int
    end: int
    low: float
    best: float
    high: float
    unit: str
    hedge: str = ""
    fraction: bool = False
    names: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Number:
    value: float
    step: float
    end: int
    words: bool


def quantities(norms: Sequence[str], tokens: Sequence[Token], grammar: Grammar) -> list[Quantity]:
    """Find areas, percentages and fractions, in order, without overlaps."""
    found: list[Quantity] = []
    at, size = 0, len(norms)
    while at < size:
        norm = norms[at]
        if not (
            tokens[at].kind == "number"
            or norm in grammar.numbers
            or norm in grammar.fractions
            or norm in ("a", "an")
            or norm in grammar.multipliers
        ):
            at += 1
            continue
        one = _area(norms, tokens, at, grammar) or _share(norms, tokens, at, grammar)
        if one is None:
            at += 1
            continue
        found.append(_hedged(one, norms, found[-1].end if found else 0, grammar))
        at = one.end
    return found


def _area(norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar) -> Quantity | None:
    number = _number(norms, tokens, at, grammar)
    if number is None:
        return None
    end = _skip_plus(norms, number.end)
    unit = longest(grammar.units, grammar.unit_starts, norms, end) if end < len(norms) else None
    second: _Number | None = None
    if end < len(norms) and norms[end] in ("to", "-", "and", "or"):
        second = _number(norms, tokens, end + 1, grammar)
    elif unit and unit[1] < len(norms) and norms[unit[1]] in ("to", "-"):
        second = _number(norms, tokens, unit[1] + 1, grammar)
    if second is not None:
        after = _skip_plus(norms, second.end)
        unit2 = longest(grammar.units, grammar.unit_starts, norms, after) if after < len(norms) else None
        percent2 = after < len(norms) and norms[after] in grammar.percent
        if unit2 and second.value > number.value * 0.2:
            first_value = number.value
            if first_value < second.value / 200 and second.step >= 1000:
                # "600 to 700 thousand": the multiplier belongs to both.
                first_value *= _last_multiplier(norms, second, grammar)
            if first_value <= second.value:
                km2 = unit2[0]
                best = (first_value + second.value) / 2 * km2
                return Quantity(at, unit2[1], first_value * km2, best, second.value * km2, "km2", "range")
        elif percent2 and number.value <= second.value:
            best = (number.value + second.value) / 2
            return Quantity(at, after + 1, number.value, best, second.value, "percent", "range")
    if unit:
        km2 = unit[0]
        low, high = _round_range(number.value, number.step)
        hedge = "over" if end > number.end else ""
        return Quantity(at, unit[1], low * km2, number.value * km2, high * km2, "km2", hedge)
    if end < len(norms) and norms[end] in grammar.percent:
        low, high = _round_range(number.value, number.step)
        return Quantity(at, end + 1, low, number.value, min(high, 100.0), "percent")
    return None


def _last_multiplier(norms: Sequence[str], number: _Number, grammar: Grammar) -> float:
    return grammar.multipliers.get(norms[number.end - 1], 1.0)


def _skip_plus(norms: Sequence[str], at: int) -> int:
    if at < len(norms) and norms[at] in ("+", "plus", "odd"):
        return at + 1
    return at


def _share(norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar) -> Quantity | None:
    """Read "a third of", "two-thirds of", "half the …" as percent."""
    size = len(norms)
    here, count = at, 1.0
    if norms[here] in ("a", "an"):
        here += 1
    elif norms[here] in grammar.numbers:
        count = grammar.numbers[norms[here]]
        here += 1
    if here >= size or norms[here] not in grammar.fractions:
        return None
    name = norms[here]
    if here == at and name not in ("half", "halves"):
        return None
    part = count * grammar.fractions[name] * 100
    end = here + 1
    if end >= size or not 0 < part <= 100:
        return None
    if norms[end] not in ("of", "the", "its", "their", "his", "her"):
        return None
    if norms[end] != "of" and name != "half":
        return None
    return Quantity(
        at, end, part * (1 - ABOUT_SHARE), part, min(100.0, part * (1 + ABOUT_SHARE)), "percent", "", True
    )


def _number(norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar) -> _Number | None:
    if at >= len(norms):
        return None
    if tokens[at].kind == "number":
        return _digits(norms, tokens, at, grammar)
    return _spelled(norms, at, grammar)


def _digits(norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar) -> _Number | None:
    text = norms[at]
    end = at + 1
    # "1 500 000": groups of three after a single space.
    while (
        end < len(norms)
        and tokens[end].kind == "number"
        and len(norms[end]) == 3
        and norms[end].isdigit()
        and tokens[end].start == tokens[end - 1].end + 1
        and (len(text) <= 3 or text[-4:-3] == " " or " " in text)
        and text.replace(" ", "").isdigit()
    ):
        text += " " + norms[end]
        end += 1
    read = read_digits(text, grammar.lang)
    if read is None:
        return None
    value, step = read
    while end < len(norms) and (
        norms[end] in grammar.multipliers or (norms[end] == "-" and _next_multiplies(norms, end, grammar))
    ):
        if norms[end] == "-":
            end += 1
            continue
        factor = grammar.multipliers[norms[end]]
        if norms[end] in ("m", "k") and value > 100_000:
            break
        value, step = value * factor, step * factor
        end += 1
    return _Number(value, step, end, False)


def _next_multiplies(norms: Sequence[str], at: int, grammar: Grammar) -> bool:
    return at + 1 < len(norms) and norms[at + 1] in grammar.multipliers


def read_digits(text: str, lang: str = "en") -> tuple[float, float] | None:
    """Read a figure in digits; gives its value and the step of its last digit that is not nought.

    A comma or dot groups thousands if only groups of three follow it and, where one stands alone, if
    the language groups by it.
    """
    plain = text.replace(" ", "")
    comma, dot = plain.count(","), plain.count(".")
    grouping, decimal = (",", ".") if lang in ("en", "zh") else (".", ",")
    if comma and dot:
        grouping, decimal = (",", ".") if plain.rfind(".") > plain.rfind(",") else (".", ",")
    elif comma > 1 or dot > 1:
        grouping, decimal = (",", ".") if comma > 1 else (".", ",")
    plain = plain.replace(grouping, "")
    plain = plain.replace(decimal, ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    if not math.isfinite(value) or len(plain) > 30:
        return None
    whole, _, part = plain.partition(".")
    if part.strip("0"):
        return value, 10.0 ** -len(part.rstrip("0"))
    stripped = whole.lstrip("0").rstrip("0")
    noughts = len(whole.lstrip("0")) - len(stripped)
    return value, 10.0**noughts


def _spelled(norms: Sequence[str], at: int, grammar: Grammar) -> _Number | None:
    """Read "one and a half million", "six hundred thousand", "half a million", "a million and a half"."""
    size, here = len(norms), at
    total, group, seen = 0.0, 0.0, False
    while here < size:
        norm = norms[here]
        if norm in grammar.numbers:
            group += grammar.numbers[norm]
            seen = True
            here += 1
        elif norm in grammar.multipliers and (seen or here > at):
            factor = grammar.multipliers[norm]
            if factor == 100:
                group = (group or 1.0) * factor
            else:
                total += (group or 1.0) * factor
                group = 0.0
            seen = True
            here += 1
        elif norm in ("a", "an") and here + 1 < size and norms[here + 1] in grammar.multipliers and not seen:
            group = 1.0
            here += 1
        elif norm in ("half", "quarter") and not seen and norms[here + 1 : here + 2] == ["a"]:
            group, seen = grammar.fractions[norm], True
            here += 2
        elif norm in ("half", "quarter") and not seen and norms[here + 1 : here + 3] == ["of", "a"]:
            group, seen = grammar.fractions[norm], True
            here += 3
        elif norm == "a" and here == at and norms[here + 1 : here + 4] == ["quarter", "of", "a"]:
            group, seen = 0.25, True
            here += 4
        elif norm == "and" and seen and norms[here + 1 : here + 3] in (["a", "half"], ["a", "quarter"]):
            share = grammar.fractions[norms[here + 2]]
            if here + 3 < size and norms[here + 3] in grammar.multipliers:
                group += share
            elif total and not group:
                total += share * _magnitude(total)
            else:
                group += share
            here += 3
        elif (
            norm == "and"
            and seen
            and here + 1 < size
            and norms[here + 1] in grammar.numbers
            and (group >= 100 or total)
        ) or (
            norm == "-"
            and seen
            and here + 1 < size
            and norms[here + 1] in (*grammar.numbers, *grammar.multipliers)
        ):
            here += 1
        else:
            break
    if not seen:
        return None
    value = total + group
    if value <= 0:
        return None
    exponent = math.floor(math.log10(value))
    digits = f"{value / 10**exponent:.6f}".rstrip("0").rstrip(".")
    places = len(digits.partition(".")[2])
    return _Number(value, 10.0 ** (exponent - places), here, True)


def _magnitude(total: float) -> float:
    return 1000.0 ** math.floor(math.log(total, 1000) + 1e-9)


def _round_range(value: float, step: float) -> tuple[float, float]:
    """Give the range that a bare figure claims: half of its last digit, between the floor and "about"."""
    half = min(max(step / 2, FLOOR_SHARE * value), ABOUT_SHARE * value)
    return value - half, value + half


def _hedged(one: Quantity, norms: Sequence[str], since: int, grammar: Grammar) -> Quantity:
    """Apply the hedge before a figure, or "or so" and "or more" after it."""
    hedge = one.hedge
    for length in (4, 3, 2, 1):
        start = one.first - length
        if start >= since:
            found = grammar.hedges.get(" ".join(norms[start : one.first]))
            if found:
                hedge = found
                one = replace(one, first=start)
                break
    after = tuple(norms[one.end : one.end + 2])
    if not hedge and after in (("or", "so"), ("or", "thereabouts")):
        hedge = "about"
    elif not hedge and after == ("or", "more"):
        hedge = "atleast"
    if not hedge or hedge == "range":
        return one
    low, high = hedge_range(one.best, hedge, one.low, one.high)
    if one.unit == "percent":
        high = min(high, 100.0)
    return replace(one, hedge=hedge, low=low, high=high)


def hedge_range(value: float, hedge: str, low: float, high: float) -> tuple[float, float]:
    """Give the range that a hedged figure claims; `low` and `high` are those of the bare figure."""
    if hedge == "about":
        return min(low, value * (1 - ABOUT_SHARE)), max(high, value * (1 + ABOUT_SHARE))
    if hedge == "nearly":
        return value * (1 - ABOUT_SHARE), value * (1 + FLOOR_SHARE)
    if hedge == "over":
        return value * (1 - FLOOR_SHARE), value * (1 + OVER_SHARE)
    if hedge == "atleast":
        return value * (1 - FLOOR_SHARE), math.inf
    if hedge == "atmost":
        return value * (1 - ATMOST_SHARE), value * (1 + FLOOR_SHARE)
    if hedge == "under":
        return value * (1 - ATMOST_SHARE), value
    if hedge == "exactly":
        return value * (1 - FLOOR_SHARE), value * (1 + FLOOR_SHARE)
    return low, high


def read_area_km2(lexicon: Lexicon, figure: str, lang: str = "en") -> float:
    """Read an area given alone ("1.5 million km2", "580,000 square miles") in km².

    Raises BadInput if there is none, or more than one.
    """
    grammar = lexicon.grammars[lang]
    tokens = [one for one in tokens_of(figure) if one.norm != "-"]
    found = [one for one in quantities([one.norm for one in tokens], tokens, grammar) if one.unit == "km2"]
    shown = figure if len(figure) <= MOST_QUOTED else figure[:MOST_QUOTED] + "…"
    outside = [one for n, one in enumerate(tokens) if not any(q.first <= n < q.end for q in found)]
    if len(found) != 1 or any(one.kind == "number" for one in outside):
        raise BadInput(
            f'{shown!r} is no area: give one with its unit, such as "1.5 million km2" or "600,000 sq mi"'
        )
    if not 0 < found[0].best <= EARTH_KM2:
        raise BadInput(f"{shown!r} is no area of land: give one above 0 and below {EARTH_KM2:,} km²")
    return found[0].best
