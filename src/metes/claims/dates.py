"""Dates, ranges and periods in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from metes.claims.grammar import Grammar, longest
from metes.claims.words import Token
from metes.errors import BadInput
from metes.span import BEGINNING, FOREVER, day_number, read_span

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_DECADE = re.compile(r"(1[0-9]{2}|20[0-9])0s?")
_FIRST_YEAR, _LAST_YEAR = 1000, 2099


@dataclass(frozen=True)
class When:
    """A date in words [start, end) of a sentence, as half-open days, and as EDTF for people.

    `relation` is in, since, until, before, after, by or range; `now` marks "today". `open` dates
    bound a span rather than name the day of an act.
    """

    start: int
    end: int
    first: int
    last: int
    relation: str
    since: str | None
    until: str | None
    about: bool = False

    @property
    def open(self) -> bool:
        """Tell whether it bounds a span rather than names when something happened."""
        return self.relation != "in"


def dates(norms: Sequence[str], tokens: Sequence[Token], grammar: Grammar, taken: set[int]) -> list[When]:
    """Find dates, in order; words that are `taken` (of a quantity) are no dates."""
    found: list[When] = []
    at, size = 0, len(norms)
    while at < size:
        if at in taken or not (tokens[at].kind == "number" or norms[at] in grammar.time_words):
            at += 1
            continue
        one = (
            _period(norms, at, grammar)
            or _range(norms, tokens, at, grammar, taken)
            or _point(norms, tokens, at, grammar, taken)
        )
        if one is None:
            at += 1
            continue
        found.append(one)
        at = max(one.end, at + 1)
    return _merged(found)


def _merged(found: list[When]) -> list[When]:
    """Join "since 1858 … until 1884" into one range."""
    joined: list[When] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and one.relation == "until"
            and last.relation in ("since", "in")
            and last.first < one.last
            and one.start - last.end <= 1
        ):
            joined[-1] = When(last.start, one.end, last.first, one.last, "range", last.since, one.until)
        else:
            joined.append(one)
    return joined


def _simple(
    norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar, taken: set[int]
) -> tuple[str, int] | None:
    """Read one date as EDTF: a day, month, year, decade or century."""
    size = len(norms)
    if at >= size or at in taken:
        return None
    norm = norms[at]
    if tokens[at].kind == "number":
        # 1858-05-28 stands as three numbers with hyphens between.
        if (
            _YEAR.fullmatch(norm)
            and norms[at + 1 : at + 2] == ["-"]
            and norms[at + 3 : at + 4] == ["-"]
            and at + 4 < size
        ):
            month, day = norms[at + 2], norms[at + 4]
            if len(month) == 2 and len(day) == 2 and month.isdigit() and day.isdigit():
                return _checked(f"{norm}-{month}-{day}", at + 5)
        # 28 May 1858; 28 May
        if norm.isdigit() and 1 <= int(norm[:4]) <= 31:
            here = at + 1
            if here < size and norms[here] in ("st", "nd", "rd", "th"):
                here += 1
            if here < size and norms[here] == "of":
                here += 1
            if here + 1 < size and norms[here] in grammar.months:
                after = here + 2 if norms[here + 1] == "," else here + 1
                year = _year(norms, tokens, after, grammar)
                if year:
                    return _checked(f"{year}-{grammar.months[norms[here]]:02d}-{int(norm):02d}", after + 1)
        year = _year(norms, tokens, at, grammar)
        if year:
            if at + 1 < size and norms[at + 1] in ("s", "'s") and year.endswith("0"):
                return (f"{year[:3]}X", at + 2)
            return (year, at + 1)
        # 19th century
        if (
            norm.isdigit()
            and len(norm) <= 2
            and at + 2 < size
            and norms[at + 1] in ("th", "st", "nd", "rd")
            and "century" in grammar.time.get(norms[at + 2], ())
        ):
            return (f"{int(norm) - 1:02d}XX", at + 3)
        return None
    if norm in grammar.months:
        here = at + 1
        if here < size and norms[here] == ".":
            here += 1
        if here < size and tokens[here].kind == "number" and norms[here].isdigit() and len(norms[here]) <= 2:
            day_of_month, here = int(norms[here]), here + 1
            if here < size and norms[here] in ("st", "nd", "rd", "th"):
                here += 1
            if here < size and norms[here] == ",":
                here += 1
            year = _year(norms, tokens, here, grammar)
            if year:
                return _checked(f"{year}-{grammar.months[norm]:02d}-{day_of_month:02d}", here + 1)
            return None
        if here < size and norms[here] in (",", "of"):
            here += 1
        year = _year(norms, tokens, here, grammar)
        if year:
            return (f"{year}-{grammar.months[norm]:02d}", here + 1)
        return None
    match = longest(grammar.ordinals, grammar.ordinal_starts, norms, at)
    if match and match[1] < size and "century" in grammar.time.get(norms[match[1]], ()):
        return (f"{match[0] - 1:02d}XX", match[1] + 1)
    return None


def _checked(text: str, end: int) -> tuple[str, int] | None:
    try:
        read_span(text)
    except BadInput:
        # A day that no calendar has (31 February) leaves its month to be judged.
        return (text[:7], end) if len(text) == 10 and "01" <= text[5:7] <= "12" else None
    return text, end


def _year(norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar) -> str | None:
    if at >= len(norms) or tokens[at].kind != "number" or not _YEAR.fullmatch(norms[at]):
        return None
    after = norms[at + 1] if at + 1 < len(norms) else ""
    if after in grammar.multipliers or after in grammar.unit_starts or after in grammar.percent:
        return None
    if "not_after" in grammar.time.get(after, ()):
        return None
    return norms[at]


def _period(norms: Sequence[str], at: int, grammar: Grammar) -> When | None:
    match = longest(grammar.periods, grammar.period_starts, norms, at)
    if match is None:
        return None
    span = read_span(match[0])
    since, until = match[0].split("/")
    relation = _relation(norms, at, grammar)
    start = at - 1 if relation[1] else at
    if relation[0] == "after":
        return When(start, match[1], span.end, FOREVER, "after", until, None)
    if relation[0] == "before":
        return When(start, match[1], BEGINNING, span.first, "before", None, since)
    if relation[0] == "since":
        return When(start, match[1], span.first, FOREVER, "since", since, None)
    return When(start, match[1], span.first, span.end, "range", since, until)


def _relation(norms: Sequence[str], at: int, grammar: Grammar) -> tuple[str, bool]:
    """Read the word before a date, over an article: its relation, and whether one stands there."""
    here = at - 1
    while here >= 0 and norms[here] in (
        "the",
        "year",
        "early",
        "mid",
        "late",
        "autumn",
        "spring",
        "summer",
        "winter",
        "about",
        "around",
        "circa",
    ):
        here -= 1
    if here < 0:
        return "in", False
    for role in ("since", "until", "before", "after", "by"):
        if role in grammar.time.get(norms[here], ()) or (
            here and role in grammar.time.get(" ".join(norms[here - 1 : here + 1]), ())
        ):
            return role, True
    return "in", False


def _range(
    norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar, taken: set[int]
) -> When | None:
    """Read "between 1840 and 1911", "from 1858 to 1884", "1858–1884", "1858–60"."""
    first = _simple(norms, tokens, at, grammar, taken)
    if first is None:
        return None
    here = first[1]
    if here >= len(norms):
        return None
    joins = norms[here]
    before = norms[at - 1] if at else ""
    between = "between" in grammar.time.get(before, ())
    since = "since" in grammar.time.get(before, ())
    if (
        joins == "-"
        or (joins in ("to", "until", "till", "through") and (since or joins != "until"))
        or (joins == "and" and between)
    ):
        second = _simple(norms, tokens, here + 1, grammar, taken)
        if (
            second is None
            and joins == "-"
            and here + 1 < len(norms)
            and re.fullmatch(r"\d\d", norms[here + 1])
            and len(first[0]) == 4
        ):
            second = (first[0][:2] + norms[here + 1], here + 2)
        if second is not None:
            start, end = read_span(first[0]), read_span(second[0])
            if start.first < end.end:
                return When(
                    at - 1 if between or since else at,
                    second[1],
                    start.first,
                    end.end,
                    "range",
                    first[0],
                    second[0],
                )
    return None


def _point(
    norms: Sequence[str], tokens: Sequence[Token], at: int, grammar: Grammar, taken: set[int]
) -> When | None:
    simple = _simple(norms, tokens, at, grammar, taken)
    if simple is None:
        return None
    edtf, end = simple
    span = read_span(edtf)
    relation, stands = _relation(norms, at, grammar)
    start = at - 1 if stands else at
    about = bool(at and "about" in grammar.time.get(norms[at - 1], ()))
    if relation == "since":
        return When(start, end, span.first, FOREVER, "since", edtf, None)
    if relation == "until":
        return When(start, end, BEGINNING, span.end, "until", None, edtf)
    if relation == "before":
        return When(start, end, BEGINNING, span.first, "before", None, edtf)
    if relation == "after":
        return When(start, end, span.end, FOREVER, "after", edtf, None)
    if relation == "by":
        return When(start, end, BEGINNING, span.end, "by", None, edtf)
    first, last = span.first, span.end
    if about and span.precision == "year":
        year = int(edtf)
        first, last = day_number(year - 2), day_number(year + 3)
    return When(start, end, first, last, "in", edtf, edtf, about)
