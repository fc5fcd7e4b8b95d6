"""Laws: spans slice, nothing raises, flips change the verdict, rewordings do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metes.ask.atlas import Atlas
from metes.claims.check import MAX_TEXT_BYTES, Report, check
from metes.claims.contract import report_json
from metes.claims.judge import Judge
from metes.errors import BadInput
from tests.claims.synthetic import compiled

ATLAS = Atlas(compiled())
JUDGE = Judge(ATLAS)
WORDS = st.sampled_from(
    [
        "Russia",
        "China",
        "the",
        "Soviet",
        "Union",
        "ceded",
        "took",
        "to",
        "from",
        "by",
        "of",
        "Tuva",
        "Vladivostok",
        "1858",
        "in",
        "1,500,000",
        "km²",
        "square",
        "miles",
        "was",
        "never",
        "not",
        "will",
        "if",
        "should",
        "(",
        ")",
        ",",
        ".",
        "?",
        "!",
        "'s",
        "and",
        "which",
        "that",
        "Treaty",
        "of",
        "Aigun",
        "percent",
        "a",
        "third",
        "of",
        "its",
        "territory",
        "海參崴",
        "Россия",
        "مرحبا",
        "\u202e",
        "\x00",
        "�",
        "who",
        "how",
        "much",
        "land",
        "belongs",
        "is",
        "part",
        "returned",
        "<b>",
        '"',
        "“",
        "”",
        "-",
        "–",
        "99",
        "today",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_checked_without_a_traceback_and_spans_slice(text: str) -> None:
    report = check(ATLAS, text, judge=JUDGE)
    for claim in report.claims:
        frame = claim.frame
        assert 0 <= frame.start < frame.end <= len(text)
        assert text[frame.start : frame.end] == frame.text
    found = report_json(report)
    assert [row["span"] for row in found["unread"]] == [list(span) for span in report.unread]
    for start, end in report.unread:
        assert 0 <= start < end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_the_same_text_gives_the_same_report(text: str) -> None:
    assert report_json(check(ATLAS, text, judge=JUDGE)) == report_json(check(ATLAS, text))


def test_hostile_sizes() -> None:
    assert check(ATLAS, "").claims == ()
    with pytest.raises(BadInput, match="larger than"):
        check(ATLAS, "a" * (MAX_TEXT_BYTES + 1))
    assert check(ATLAS, "(" * 100_000).claims == ()
    assert check(ATLAS, "Russia took " * 20_000).claims == ()


TRUE = [
    (
        "In {year} {giver} ceded {land} to {taker}.",
        {"year": "1858", "giver": "China", "land": "the left bank of the Amur", "taker": "Russia"},
    ),
    (
        "{taker} took {land} from {giver} in {year}.",
        {"year": "1860", "giver": "China", "land": "Primorye", "taker": "Russia"},
    ),
    (
        "{land} passed from {giver} to {taker} in {year}.",
        {"year": "1860", "giver": "China", "land": "Primorye", "taker": "Russia"},
    ),
    (
        "In {year} {giver} lost {land} to {taker}.",
        {
            "year": "1881",
            "giver": "the Qing",
            "land": "70,000 square kilometres",
            "taker": "the Russian Empire",
        },
    ),
]


@pytest.mark.parametrize(("form", "slots"), TRUE)
def test_flips_change_the_verdict(judging: Callable[[str], Report], form: str, slots: dict[str, str]) -> None:
    def verdict(**changed: str) -> str:
        (claim,) = judging(form.format(**{**slots, **changed})).claims
        return claim.verdict

    right = verdict()
    assert right in ("supported", "within-range")
    assert verdict(giver=slots["taker"], taker=slots["giver"]) not in ("supported", "within-range", "depends")
    assert verdict(taker="Japan") not in ("supported", "within-range", "depends")
    assert verdict(year=str(int(slots["year"]) + 10)) not in ("supported", "within-range", "depends")


@pytest.mark.parametrize("factor", [3, 1 / 3])
def test_another_figure_changes_the_verdict(judging: Callable[[str], Report], factor: float) -> None:
    (right,) = judging("The Treaty of Saint Petersburg gave Russia 70,000 km² of China.").claims
    (wrong,) = judging(
        f"The Treaty of Saint Petersburg gave Russia {70_000 * factor:,.0f} km² of China."
    ).claims
    assert right.verdict == "supported"
    assert wrong.verdict in ("too-high", "too-low", "contradicted")


@pytest.mark.parametrize(
    "text",
    [
        "In 1881 Russia took 70,000 square kilometres from China.",
        "In 1881 Russia took seventy thousand square kilometers from China.",
        "In 1881 Russia took 27,000 square miles from China.",
        "In 1881 Russia took 17.3 million acres from China.",
        "In 1881 Russia took 7,000,000 hectares from China.",
        "70,000 km² were taken from China by Russia in 1881.",
        "China lost 70,000 km2 to Russia in 1881.",
        "Russia, in 1881, acquired 70 000 sq. km from China.",
        "From China, Russia took 70,000 sq km in 1881.",
    ],
)
def test_harmless_rewordings_keep_the_verdict(judging: Callable[[str], Report], text: str) -> None:
    (claim,) = judging(text).claims
    assert claim.verdict == "supported", claim
