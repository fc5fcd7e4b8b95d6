"""The report: one HTML file that opens from disk, loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from metes.interval import Interval, plain
from metes.show.markup import Markup, join, tag
from metes.show.plot import against
from metes.show.screen import EntryRow, Screen, Statement, Switch, thousands, verdict_name

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
LAWFUL = (
    "A line on a map of metes does not say that it is lawful. metes takes no side: form and circumstance "
    "are told as they are on record, with each side's own term."
)
RANGE = "Low to high is a plausible range, not a confidence level."
TONES = {
    "supported": "good",
    "within-range": "good",
    "depends": "open",
    "mixed": "open",
    "too-high": "bad",
    "too-low": "bad",
    "contradicted": "bad",
}


@dataclass(frozen=True)
class Event:
    """A row of the timeline."""

    date: str
    what: str
    note: str = ""


@dataclass(frozen=True)
class Citation:
    """A source in full: its citation and whether it was opened."""

    id: str
    citation: str
    opened: str = ""
    url: str = ""


@dataclass(frozen=True)
class Report:
    """All that the page shows beside the first screen. Maps are SVG drawn by `show.map`, wide and narrow."""

    screen: Screen
    map_svg: str = ""
    narrow_map_svg: str = ""
    timeline: tuple[Event, ...] = ()
    sources: tuple[Citation, ...] = ()
    trace: tuple[str, ...] = ()
    lang: str = "en"


def page(report: Report) -> str:
    """Write the page. Whatever stands in the input is text: it is escaped, and the policy runs nothing."""
    screen = report.screen
    title = f"metes: {' '.join(screen.text.split())[:90]}"
    main = tag("main", *_sections(report), id="top")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Markup(_style(report, main))),
    )
    body = tag(
        "body",
        tag("a", "Skip to the verdicts", href="#verdicts", class_="skip"),
        main,
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=report.lang)}\n"


def _style(report: Report, main: str) -> str:
    """The style sheet; with maps also the letters that they, and the Han that the text, are set in."""
    css = (resources.files("metes.show") / "page.css").read_text("utf-8")
    maps = report.map_svg + report.narrow_map_svg
    if not maps:
        return css
    from metes.show.embed import font_rules
    from metes.show.typeface import FIRST_HAN

    han = "".join(sorted({sign for sign in main if ord(sign) >= FIRST_HAN}))
    return font_rules(maps + han) + css


def _sections(report: Report) -> list[Markup]:
    screen = report.screen
    found = [
        _head(screen),
        _map(report),
        _verdicts(screen),
        _table(screen),
        _switches(screen.switches),
        _not_counted(screen),
        _timeline(report.timeline),
        _sources(report),
        _trace(report.trace),
        _foot(screen),
    ]
    return [one for one in found if one]


def _head(screen: Screen) -> Markup:
    short = tag("p", screen.in_short, class_="short") if screen.in_short else Markup("")
    return tag(
        "header",
        tag("p", "the text", class_="label"),
        tag("blockquote", _marked(screen)),
        tag("p", "in short", class_="label", id="in-short"),
        short,
    )


def _marked(screen: Screen) -> Markup:
    """Mark each statement in the text, linked to its panel; spans count code points."""
    parts: list[str] = []
    at = 0
    rows = sorted(enumerate(screen.statements), key=lambda row: row[1].span)
    for number, one in rows:
        first, end = one.span
        if first < at or end <= first or end > len(screen.text):
            continue
        parts.append(screen.text[at:first])
        link = tag("a", screen.text[first:end], href=f"#claim-{number + 1}")
        parts.append(tag("mark", link, title=verdict_name(one.verdict)))
        at = end
    parts.append(screen.text[at:])
    return join(*parts)


def _map(report: Report) -> Markup:
    if not report.map_svg:
        return Markup("")
    narrow = report.narrow_map_svg
    pictures = [tag("div", Markup(report.map_svg), class_="wide" if narrow else None)]
    if narrow:
        pictures.append(tag("div", Markup(narrow), class_="narrow"))
    return tag("figure", *pictures, class_="map")


def _verdicts(screen: Screen) -> Markup:
    panels = [_panel(one, number) for number, one in enumerate(screen.statements, 1)]
    unread = Markup("")
    if screen.unread:
        unread = join(tag("h3", "Not read"), tag("ul", *(tag("li", text) for text in screen.unread)))
    return tag("section", tag("h2", "Statement by statement", id="verdicts"), *panels, unread)


def _panel(one: Statement, number: int) -> Markup:
    rows = [
        tag(
            "tr",
            tag("th", part.claimed or part.what, scope="row"),
            tag("td", _verdict(part.verdict)),
            tag("td", part.found, _turns(part.turns_on)),
        )
        for part in one.findings
    ]
    table = Markup("")
    if rows:
        heads = (tag("th", text, scope="col") for text in ("claimed", "verdict", "found"))
        caption = tag("caption", f"The parts of statement {number}, each judged apart")
        table = _scroll(
            tag("table", caption, tag("thead", tag("tr", *heads)), tag("tbody", *rows)), caption="parts"
        )
    plot = against(one.claimed, one.measured, f"plot-{number}") if one.claimed and one.measured else None
    understood = [text for text in (one.kind, f"book: {one.book}" if one.book else "", one.rule) if text]
    return tag(
        "article",
        tag("h3", f"{number}. ", one.text, id=f"claim-{number}", lang=one.lang or None),
        tag("p", _verdict(one.verdict), " ", one.why),
        tag("p", one.answer) if one.answer else Markup(""),
        tag("figure", plot) if plot else Markup(""),
        table,
        _list("Figures that add up to the claim", one.explained),
        _details("Understood as, counted, sources", (*understood, *one.counted, *one.sources)),
    )


def _turns(questions: Sequence[str]) -> Markup:
    return tag("div", "turns on: ", "; ".join(questions), class_="turns") if questions else Markup("")


def _verdict(verdict: str) -> Markup:
    return tag("span", verdict_name(verdict), class_=f"v {TONES.get(verdict, '')}".strip())


def _list(title: str, items: Sequence[str]) -> Markup:
    if not items:
        return Markup("")
    return join(tag("p", title, class_="label"), tag("ul", *(tag("li", text) for text in items)))


def _details(title: str, items: Sequence[str]) -> Markup:
    if not items:
        return Markup("")
    return tag("details", tag("summary", title), tag("ul", *(tag("li", text) for text in items)))


def _scroll(table: Markup, caption: str) -> Markup:
    # A region that scrolls must be reachable by keyboard.
    return tag("div", table, class_="scroll", role="region", tabindex=0, aria_label=caption)


def _table(screen: Screen) -> Markup:
    if not screen.rows:
        return Markup("")
    heads = ("instrument", "low", "best", "high", "published", "form · circumstance", "held today by")
    numeric = {"low", "best", "high", "published"}
    top = tag("tr", *(tag("th", h, scope="col", class_="n" if h in numeric else None) for h in heads))
    rows = [_entry(row) for row in screen.rows]
    foot = Markup("")
    if screen.total is not None:
        low, best, high = thousands(screen.total)
        cells = [tag("td", text, class_="n") for text in (low, best, high)]
        foot = tag("tfoot", tag("tr", tag("th", "together", scope="row"), *cells, tag("td", "", colspan=3)))
    caption = tag(
        "caption", f"What was counted, in thousand km². {RANGE} A published figure is never the measured one."
    )
    table = tag("table", caption, tag("thead", top), tag("tbody", *rows), foot)
    return tag("section", tag("h2", "The land, by instrument"), _scroll(table, "land by instrument"))


def _entry(row: EntryRow) -> Markup:
    figures = thousands(row.km2) if row.km2 else ("", "stated only", "")
    how = " · ".join(text.replace("-", " ") for text in (row.form, row.circumstance) if text)
    return tag(
        "tr",
        tag("th", row.label, scope="row"),
        *(tag("td", text, class_="n") for text in (*figures, row.published or "–")),
        tag("td", how),
        tag("td", row.held_by),
        id=f"entry-{row.id}",
    )


def _switches(switches: Sequence[Switch]) -> Markup:
    if not switches:
        return Markup("")
    tables = []
    for switch in switches:
        rows = [
            tag("tr", tag("th", reading, scope="row"), tag("td", _thousand(km2), class_="n"))
            for reading, km2 in switch.readings
        ]
        heads = tag(
            "tr", tag("th", "reading", scope="col"), tag("th", "total, thousand km²", scope="col", class_="n")
        )
        caption = tag("caption", switch.name)
        tables.append(_scroll(tag("table", caption, tag("thead", heads), tag("tbody", *rows)), switch.name))
    lead = tag(
        "p", "Open questions that move the total: each answer below is defensible, and gives another figure."
    )
    return tag("section", tag("h2", "What it turns on"), lead, *tables)


def _thousand(km2: float) -> str:
    return plain(km2 / 1000, 0) if abs(km2) >= 10_000 else plain(km2 / 1000, -1)


def _not_counted(screen: Screen) -> Markup:
    if not screen.not_counted:
        return Markup("")
    items = (tag("li", text) for text in screen.not_counted)
    return tag("section", tag("h2", "What is not counted"), tag("ul", *items))


def _timeline(events: Sequence[Event]) -> Markup:
    if not events:
        return Markup("")
    rows = [
        tag("tr", tag("th", tag("time", one.date), scope="row"), tag("td", one.what), tag("td", one.note))
        for one in events
    ]
    heads = (tag("th", text, scope="col") for text in ("date", "what happened", ""))
    caption = tag("caption", "In order, both directions; dates New Style")
    table = tag("table", caption, tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("section", tag("h2", "Timeline"), _scroll(table, "timeline"))


def _sources(report: Report) -> Markup:
    if not report.sources:
        return Markup("")
    items = []
    for one in report.sources:
        opened = tag("span", f" (opened: {one.opened})") if one.opened else Markup("")
        link = Markup("")
        if one.url.startswith(("https://", "http://")):
            link = join(" ", tag("a", one.url, href=one.url, rel="noreferrer noopener"))
        items.append(tag("li", one.citation, opened, link, id=f"source-{one.id}"))
    return tag("section", tag("h2", "Sources"), tag("ol", *items))


def _trace(trace: Sequence[str]) -> Markup:
    if not trace:
        return Markup("")
    steps = tag("ol", *(tag("li", tag("code", line)) for line in trace))
    return tag(
        "section", tag("h2", "Trace"), tag("details", tag("summary", "Every figure to its article"), steps)
    )


def _foot(screen: Screen) -> Markup:
    lines = [tag("p", LAWFUL)]
    if screen.viewpoint:
        lines.append(tag("p", f"Viewpoint: {screen.viewpoint}."))
    lines.append(
        tag("p", f"Atlas: {screen.atlas}. Base map: Natural Earth (public domain).")
        if screen.atlas
        else Markup("")
    )
    return tag("footer", *lines)


def two_lines(screen: Screen) -> str:
    """Give a summary to quote: the verdict and the reason."""
    verdicts = ", ".join(dict.fromkeys(verdict_name(one.verdict) for one in screen.statements))
    total: Interval | None = screen.total
    measured = f" Measured together: {' – '.join(thousands(total)[::2])} thousand km²." if total else ""
    return f"metes: {verdicts}.\n{screen.in_short}{measured}"
