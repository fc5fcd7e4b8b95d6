"""Sentences of a text, as spans of code points."""

from __future__ import annotations

import re
from collections.abc import Collection

_BLOCK = re.compile(r"[^\n\r\u2028\u2029]+")
_END = re.compile(
    r"[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]]*(?=\s|$)|[\u3002\uff01\uff1f]+[\u201d\u300d\u300f\u300b)]*"
)
_LAST_WORD = re.compile(r"([^\s(\[\"\u201c]+)$")
_WRAPPED_FROM = 50


def sentences(text: str, abbreviations: Collection[str] = ()) -> list[tuple[int, int]]:
    """Split into sentences; each span is trimmed of white space and not empty.

    A line ends a sentence, unless it is long and the next goes on in lower case (wrapped text).
    """
    found: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        at = start
        for match in _END.finditer(text, start, end):
            if match.group()[0] == "." and _is_abbreviation(
                text, at, match.start(), match.end(), abbreviations
            ):
                continue
            _put(text, at, match.end(), found)
            at = match.end()
        _put(text, at, end, found)
    return found


def _blocks(text: str) -> list[tuple[int, int]]:
    """Give the lines of a text, with wrapped lines joined."""
    found: list[tuple[int, int]] = []
    for match in _BLOCK.finditer(text):
        start, end = match.span()
        if not text[start:end].strip():
            continue
        if found:
            before, stop = found[-1]
            gap = text[stop:start]
            line = text.rfind("\n", before, stop) + 1 or before
            if gap.count("\n") == 1 and stop - line >= _WRAPPED_FROM and text[start].islower():
                found[-1] = (before, end)
                continue
        found.append((start, end))
    return found


def _is_abbreviation(text: str, start: int, dot: int, end: int, abbreviations: Collection[str]) -> bool:
    match = _LAST_WORD.search(text, start, dot)
    if not match:
        return False
    word = match.group(1)
    if len(word) == 1 and word.isalpha() and word.isupper():
        return True
    if word.casefold() not in abbreviations:
        return False
    # "… 500 sq. km. The treaty …": an abbreviation that ends a sentence is followed by a capital.
    rest = text[end : end + 3].lstrip()
    closes = word.casefold() in ("km", "mi", "etc", "ft", "b.c", "a.d") and rest[:1].isupper()
    return not closes


def _put(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append((start, end))
