"""From a text to a report: every claim read and judged, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from metes.ask.atlas import Atlas
from metes.claims.case import Judged
from metes.claims.judge import Judge
from metes.claims.reader import read
from metes.errors import BadInput

MAX_TEXT_BYTES = 50 << 20
"""A longer text is refused: it is no text that somebody wants checked as a whole."""


@dataclass(frozen=True)
class Report:
    """The judged claims of a text in order, and the spans that speak of land and could not be read."""

    text: str
    atlas: Atlas
    claims: tuple[Judged, ...]
    unread: tuple[tuple[int, int], ...]


def check(atlas: Atlas, text: str, lang: str = "en", judge: Judge | None = None) -> Report:
    """Check a text. `judge` may be kept from an earlier text. Raises BadInput for what is no text."""
    if not isinstance(text, str):
        raise BadInput("the text to check must be a string")
    # A code point is at most four bytes: only a text near the limit has to be encoded to be measured.
    if len(text) * 4 > MAX_TEXT_BYTES and len(text.encode("utf-8", "surrogatepass")) > MAX_TEXT_BYTES:
        raise BadInput(f"the text is larger than {MAX_TEXT_BYTES >> 20} MB: cut it into parts")
    if lang not in atlas.lexicon.grammars:
        known = ", ".join(sorted(atlas.lexicon.grammars))
        raise BadInput(f"no table for the language {lang!r}; known are: {known}")
    reading = read(text, atlas.lexicon, lang)
    judge = judge or Judge(atlas)
    return Report(text, atlas, tuple(judge.judge(frame) for frame in reading.frames), reading.unread)
