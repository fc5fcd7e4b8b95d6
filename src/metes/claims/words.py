"""Words of a text: tokens with their place in it, and the one normal form in which names are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_ASCII_TOKEN = re.compile(
    r"(?P<unit>[kKcChH]?[mM]\^?2(?![\w]))"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<mark>[^\w\s])",
    re.ASCII,
)
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018\u02bc\u02b9\u02bb`\u00b4")
_POSSESSIVE = ("'s", "\u2019s", "\u02bcs")

DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~\uff5e")
QUOTES = frozenset("\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u300a\u300b\u300c\u300d")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: its normal form, and code points [start, end) of the text.

    `kind` is `word`, `number`, `unit`, `mark` or `possessive` (the 's of "China's").
    """

    norm: str
    start: int
    end: int
    kind: str
    capital: bool = False


def normal(text: str) -> str:
    """Give the form in which words are compared: NFKC, case folded, no diacritics, no apostrophes."""
    if text.isascii():
        return text.lower().translate(_APOSTROPHES)
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).translate(_APOSTROPHES)


@cache
def _any_token() -> re.Pattern[str]:
    # Its classes of many thousand signs take longer to compile than a sentence takes to read.
    letter = r"(?![" + CJK + r"])[^\W\d_]"
    return re.compile(
        r"(?P<unit>[kKcChH]?[mM](?:\^?2|\u00b2)(?![\w]))"
        r"|(?P<number>\d+(?:[.,\u00b7\u066b\u066c]\d+)*)"
        r"|(?P<cjk>[" + CJK + r"])"
        r"|(?P<word>(?:" + letter + r")+(?:['\u2019\u02bc\u02b9](?:" + letter + r")+)*)"
        r"|(?P<mark>[^\w\s])"
    )


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut text[start:end] into tokens; places are in the whole text."""
    found: list[Token] = []
    last = len(text) if end is None else end
    pattern = _ASCII_TOKEN if text[start:last].isascii() else _any_token()
    for match in pattern.finditer(text, start, last):
        kind, piece, at = match.lastgroup or "mark", match.group(), match.start()
        if kind == "word":
            if piece.endswith(_POSSESSIVE) and len(piece) > 2:
                found.append(Token(normal(piece[:-2]), at, match.end() - 2, "word", piece[0].isupper()))
                found.append(Token("'s", match.end() - 2, match.end(), "possessive"))
            else:
                found.append(Token(normal(piece), at, match.end(), "word", piece[0].isupper()))
        elif kind == "cjk":
            found.append(Token(normal(piece), at, match.end(), "word", True))
        elif kind == "unit":
            found.append(Token(normal(piece).replace("^", ""), at, match.end(), "unit"))
        elif kind == "number":
            found.append(Token(normal(piece), at, match.end(), "number"))
        elif (
            piece in "'\u2019"
            and found
            and found[-1].kind == "word"
            and found[-1].end == at
            and found[-1].norm.endswith("s")
        ):
            found.append(Token("'s", at, match.end(), "possessive"))
        else:
            found.append(Token("-" if piece in DASHES else piece, at, match.end(), "mark"))
    return found


def key_of(text: str) -> str:
    """Give the key of a name or phrase: the normal forms of its words, hyphens dropped."""
    return " ".join(one.norm for one in tokens_of(text) if one.norm != "-")
