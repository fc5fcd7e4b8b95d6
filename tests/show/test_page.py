"""The report page: what it says, and that nothing in it can run or load."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from metes.show.map import draw
from metes.show.page import Citation, Event, Report, page, two_lines
from metes.show.screen import screen_of
from metes.show.sheet import PHONE, SCREEN
from tests.show.report import NAMES, TEXT, report, transfers
from tests.show.stand_in import EAST, subject

HOSTILE = (
    "<script>alert(1)</script>",
    '"onload="alert(1)',
    "'><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "<!--",
    "]]><script>",
    "\x00\ud800\u202e<b>",
)


class Seen(HTMLParser):
    """Collects tags, attributes and text as a browser would find them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, key, value or "") for key, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def of(self, key: str) -> list[str]:
        return [value for _, name, value in self.attributes if name == key]


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


@pytest.fixture(scope="module")
def full() -> str:
    screen = screen_of(report(), transfers(), text=TEXT, names=NAMES, not_counted=("Tuva",))
    maps = [draw(subject(EAST), sheet, ids).svg for sheet, ids in ((SCREEN, "wide"), (PHONE, "narrow"))]
    return page(
        Report(
            screen,
            *maps,
            timeline=(Event("1858-05-28", "Aigun", "left bank"),),
            sources=(Citation("s", "A book, 1900", "yes", "https://example.org/a"),),
            trace=("first/x ← article 1",),
        )
    )


def everywhere(text: str) -> str:
    """Put a text into every place of the report that an input or record reaches."""
    made = report(
        text,
        lang=text,
        kind=text,
        verdict=text,
        why=text,
        book=text,
        rule=text,
        counted=[text],
        answer={text: [text]},
        sources=[text],
        parts=[{"what": text, "claimed": text, "found": text, "verdict": text, "turns_on": [text]}],
        explained_by=[{"entries": [text], "sum_km2": 1, "figures": text, "left_out": [text]}],
    )
    made |= {"viewpoint": text, "atlas": {"name": text}, "unread": [{"text": text}]}
    moved = transfers()
    moved["entries"][1] |= dict.fromkeys(("id", "date", "instrument", "form", "circumstance"), text)
    moved["entries"][1]["now"] = [{"country": text, "km2": 1}]
    moved["questions"] = [{"id": text, "moves_km2": {text: 1}}]
    return page(
        Report(
            screen_of(made, moved, text=text, not_counted=(text,)),
            timeline=(Event(text, text, text),),
            sources=(Citation(text, text, text, text),),
            trace=(text,),
            lang=text,
        )
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    found, harmless = seen(everywhere(text)), seen(everywhere("plain"))
    assert Counter(found.tags) == Counter(harmless.tags)
    assert not [
        key for _, key, _ in found.attributes if key.startswith("on") or key in ("src", "srcset", "style")
    ]
    assert not [value for value in found.of("href") if not value.startswith("#")]


def test_policy_lets_nothing_run_or_load(full: str) -> None:
    found = seen(full)
    policy = next(value for value in found.of("content") if "default-src" in value)
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert not {"script", "iframe", "object", "embed", "link", "base", "form"} & set(found.tags)
    assert not re.search(r"@import|url\((?!data:|#)", full)


def test_page_says_what_the_first_screen_says(full: str) -> None:
    said = " ".join(" ".join(seen(full).text).split())
    for word in ("About 1.47 M km²", "wide: holds", "depends", "1,210", "Treaty One", "Russia", "Tuva"):
        assert word in said
    for word in (
        "It was not so.",
        "A book, 1900",
        "first/x ← article 1",
        "does not say that it is lawful",
        "left bank",
    ):
        assert word in said


def test_statement_is_marked_in_the_text_and_linked_to_its_panel(full: str) -> None:
    found = seen(full)
    assert found.tags.count("mark") == 1
    assert "#claim-1" in found.of("href")
    ids = found.of("id")
    assert all(value[1:] in ids for value in found.of("href") if value.startswith("#"))


def test_spans_count_code_points() -> None:
    text = "𠮷野 said: B took it. Yes."
    first = text.index("B took")
    made = report(text, span=[first, first + 10])
    marked = re.search(r"<mark[^>]*><a[^>]*>([^<]*)</a></mark>", page(Report(screen_of(made, text=text))))
    assert marked is not None
    assert marked[1] == "B took it."


def test_page_can_be_read_by_keyboard_and_screen_reader(full: str) -> None:
    found = seen(full)
    assert len(found.of("id")) == len(set(found.of("id")))
    assert found.tags.count("caption") == found.tags.count("table")
    assert all(scope in ("row", "col") for scope in found.of("scope"))
    assert found.tags.count("th") == len(found.of("scope"))
    assert found.of("tabindex").count("0") == found.tags.count("table")
    assert found.of("lang")[0] == "en"
    assert "main" in found.tags
    assert found.tags[found.tags.index("body") + 1] == "a"


def test_page_is_for_light_dark_and_print(full: str) -> None:
    assert "prefers-color-scheme:dark" in full
    assert "@media print" in full


def test_plot_shows_claim_and_measure_on_one_axis(full: str) -> None:
    plot = re.search(r'<svg[^>]*class="plot".*?</svg>', full)
    assert plot is not None
    bars = [
        (float(x), float(w))
        for x, w in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', plot[0])
    ]
    (claimed_x, claimed_w), (measured_x, measured_w) = bars
    assert measured_x < claimed_x
    assert claimed_x + claimed_w < measured_x + measured_w
    assert claimed_w / measured_w == pytest.approx(100 / 430, rel=0.02)


def test_units_that_differ_are_not_plotted_together() -> None:
    mixed = report(claimed={"low": 10, "best": 11, "high": 12, "unit": "percent"})
    assert "plot-1" not in page(Report(screen_of(mixed, text=TEXT)))
    assert "plot-1" in page(Report(screen_of(report(), text=TEXT)))


def test_summary_to_quote_has_two_lines() -> None:
    lines = two_lines(screen_of(report(), transfers(), text=TEXT)).splitlines()
    assert len(lines) == 2
    assert "depends" in lines[0]
    assert "1.47 M" in lines[1]
