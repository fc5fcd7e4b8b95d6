"""Verdicts on the synthetic atlas."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metes.claims.case import Judged
from metes.claims.check import Report

One = Callable[[str], Judged]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("China ceded the left bank of the Amur to Russia in 1858.", "supported"),
        ("China ceded the left bank of the Amur to Russia in 1868.", "contradicted"),
        ("Russia ceded the left bank of the Amur to China in 1858.", "contradicted"),
        ("China ceded the left bank of the Amur to Japan in 1858.", "contradicted"),
        ("The Treaty of Aigun gave Russia 580,000 square kilometres of China.", "supported"),
        ("The Treaty of Aigun gave Russia 1,160,000 square kilometres of China.", "too-high"),
        ("The Treaty of Aigun gave Russia 1,800,000 square kilometres of China.", "contradicted"),
        ("The Treaty of Aigun gave Russia 300,000 square kilometres of China.", "too-low"),
        ("Tuva was annexed by the Soviet Union in 1944.", "supported"),
        ("Tuva was annexed by the Russian Empire in 1944.", "contradicted"),
        ("Vladivostok belongs to Russia.", "supported"),
        ("Vladivostok belongs to China.", "contradicted"),
        ("Vladivostok does not belong to China.", "supported"),
        ("Sakhalin was once part of China.", "supported"),
        ("Sakhalin has always been part of Russia.", "contradicted"),
        ("China never ceded Primorye to the Soviet Union.", "supported"),
        ("Russia never took Primorye from China.", "contradicted"),
        ("The Treaty of Livadia was never ratified.", "supported"),
        ("The Treaty of Livadia was ratified.", "contradicted"),
        ("Vladivostok was formerly called Haishenwai.", "supported"),
        ("Port Arthur was formerly called Haishenwai.", "contradicted"),
        ("Russia and China signed the Treaty of Aigun in 1858.", "supported"),
        ("Russia and China signed the Treaty of Aigun in 1878.", "contradicted"),
        ("Russia handed over all of Heixiazi to China in 2008.", "too-high"),
        ("China ceded Alaska to Russia.", "outside-coverage"),
        ("In 1920 Hungary lost two thirds of its territory.", "outside-coverage"),
        ("China will take Vladivostok back.", "not-checkable"),
        ("In 1858 China leased the left bank of the Amur to Russia.", "contradicted"),
        ("Russia leased Port Arthur from China in 1898.", "supported"),
        ("Outer Mongolia, nearly three times France, broke away from China in 1911.", "supported"),
        ("By the Treaty of Nowhere China ceded Primorye to Russia.", "outside-coverage"),
    ],
)
def test_verdicts(one: One, text: str, verdict: str) -> None:
    judged = one(text)
    assert judged.verdict == verdict, judged


def test_a_question_of_readings_is_named(one: One) -> None:
    judged = one("Russia took 1,500,000 square kilometres from China between 1858 and 1884.")
    assert judged.verdict == "depends"
    (amount,) = [part for part in judged.parts if part.what == "amount"]
    assert "nw-line" in amount.turns_on


def test_a_counting_rule_is_named_where_the_figure_needs_it(one: One) -> None:
    judged = one("The Convention of Peking gave Russia 382,000 square kilometres of China.")
    assert judged.verdict == "depends"
    assert judged.rule == "with-sakhalin"
    judged = one(
        "The Convention of Peking gave Russia 382,000 square kilometres of China, including Sakhalin."
    )
    assert judged.verdict == "supported"


def test_the_polity_of_the_day_is_judged_apart_from_the_figure(one: One) -> None:
    judged = one("Russia (the Soviet Union) seized 1,500,000 square kilometres of Chinese territory.")
    assert judged.verdict == "mixed"
    assert ("taker", "contradicted") in [(part.what, part.verdict) for part in judged.parts]


def test_manner_is_on_record_and_never_judged(one: One) -> None:
    judged = one("In 1858 Russia stole the left bank of the Amur from China.")
    assert judged.verdict == "supported"
    (manner,) = [part for part in judged.parts if part.what == "manner"]
    assert manner.verdict == "on-record"
    assert "forces present" in manner.found


def test_answers(one: One) -> None:
    assert "Soviet Union" in (one("Who took Tuva?").answer or "")
    assert "control: Russian Empire" in (one("Who held Port Arthur in 1904?").answer or "")
    assert "1944-10-11" in (one("When did the Soviet Union annex Tuva?").answer or "")
    assert "Convention of Peking" in (one("By which treaty did China cede Primorye to Russia?").answer or "")
    assert "580,000" in (one("How much land did China cede to Russia in 1858?").answer or "")


def test_lists_are_judged_item_by_item(one: One) -> None:
    judged = one("In 1860 China ceded Primorye and Tuva to Russia.")
    assert [(part.claimed, part.verdict) for part in judged.parts if part.what == "list"] == [
        ("Primorye", "supported"),
        ("Tuva", "contradicted"),
    ]
    assert judged.verdict == "mixed"


def test_no_verdict_follows_the_word_used(judging: Callable[[str], Report]) -> None:
    verdicts = {
        judging(f"In 1858 Russia {verb} the left bank of the Amur from China.").claims[0].verdict
        for verb in ("took", "seized", "acquired", "stole", "regained", "annexed")
    }
    assert verdicts == {"supported"}
