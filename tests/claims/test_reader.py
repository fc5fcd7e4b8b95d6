"""Sentences of ours into frames: who, from whom, what, when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from metes.claims.frame import Frame
from metes.claims.reader import Reading

Read = Callable[[str], Reading]


def _ids(names: tuple, *kinds: str) -> set[str]:  # type: ignore[type-arg]
    return {meaning.id for name in names for meaning in name.meanings if meaning.kind in kinds}


def _only(reading: Read, text: str) -> Frame:
    frames = reading(text).frames
    assert len(frames) == 1, frames
    return frames[0]


@pytest.mark.parametrize(
    "text",
    [
        "China ceded the left bank of the Amur to Russia in 1858.",
        "In 1858 the left bank of the Amur was ceded to Russia by China.",
        "In 1858, Russia took the left bank of the Amur from China.",
        "Russia's seizure of the left bank of the Amur from China took place in 1858.",
        "The cession of the left bank of the Amur by China to Russia dates from 1858.",
        "The left bank of the Amur passed from China to Russia in 1858.",
        "In 1858 China lost the left bank of the Amur to Russia.",
        "Russia forced China to give up the left bank of the Amur in 1858.",
        "In 1858 China was forced to surrender the left bank of the Amur to Russia.",
        "China handed the left bank of the Amur over to the Russians in 1858.",
        "The Chinese signed away the left bank of the Amur to the Russians in 1858.",
    ],
)
def test_giver_and_taker_do_not_depend_on_voice_or_order(reading: Read, text: str) -> None:
    frame = _only(reading, text)
    assert _ids(frame.givers, "lineage") == {"china"}
    assert _ids(frame.takers, "lineage") == {"russia"}
    assert "left-bank" in _ids(frame.places, "place")
    assert [when.since for when in frame.when] == ["1858"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("China will take Vladivostok back.", "prediction"),
        ("Russia should return Vladivostok to China.", "opinion"),
        ("If the Qing had fought on, Russia would not have taken Primorye.", "counterfactual"),
        ("The annexation of Primorye by Russia was a crime.", "opinion"),
    ],
)
def test_what_no_machine_can_judge_is_told_apart(reading: Read, text: str, kind: str) -> None:
    assert _only(reading, text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Vladivostok lies 750 kilometres from Khabarovsk.",
        "The Amur is a long river.",
        "Russia won the match against China in 2008.",
        "Two thirds of the people of Primorye live in towns.",
        "China took part in the conference.",
        "The report runs to 300 pages.",
        "Chinese traders in Russian-controlled territory paid no duty.",
        "France is larger than Greece.",
        "Russia gave China credit for the talks.",
        "In 1898 the army lost 4,000 men in Xinjiang.",
    ],
)
def test_sentences_about_no_change_make_no_claim(reading: Read, text: str) -> None:
    assert reading(text).frames == ()


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("How much land did Russia take from China?", "amount"),
        ("Who took Tuva?", "who"),
        ("Who held Port Arthur in 1904?", "who"),
        ("When did the Soviet Union annex Tuva?", "when"),
        ("Which islands did Russia hand over to China?", "which"),
        ("By which treaty did China cede Primorye to Russia?", "instrument"),
    ],
)
def test_open_questions_have_a_slot(reading: Read, text: str, slot: str) -> None:
    frame = _only(reading, text)
    assert (frame.kind, frame.slot) == ("question", slot)


def test_a_yes_no_question_is_the_statement_it_asks_about(reading: Read) -> None:
    for text in (
        "Is it true that the Soviet Union annexed Tuva in 1944?",
        "Did the Soviet Union annex Tuva in 1944?",
        "Was Tuva annexed by the Soviet Union in 1944?",
    ):
        frame = _only(reading, text)
        assert frame.kind == "event"
        assert frame.question
        assert _ids(frame.takers, "polity") == {"ussr"}


def test_a_gloss_in_brackets_is_kept_apart(reading: Read) -> None:
    frame = _only(reading, "Russia (the Soviet Union) seized a million square kilometres from China.")
    assert _ids(frame.takers, "lineage") == {"russia"}
    assert _ids(frame.glosses, "polity") == {"ussr"}


def test_names_in_any_script_and_with_a_slip(reading: Read) -> None:
    assert "tuva" in _ids(_only(reading, "In 1944 the Soviet Union annexed 唐努烏梁海.").places, "place")
    assert "vladivostok" in _ids(_only(reading, "China ceded Vladivistok to Russia.").places, "place")


def test_one_claim_for_each_clause(reading: Read) -> None:
    frames = reading(
        "In 1858 China ceded the left bank of the Amur to Russia, and in 1860 it gave up Primorye."
    ).frames
    assert [frame.act for frame in frames] == ["cede", "give up"]
    assert [_ids(frame.givers, "lineage") for frame in frames] == [{"china"}, {"china"}]


def test_the_treaty_and_these_lands_are_what_was_said_before(reading: Read) -> None:
    frames = reading(
        "The Treaty of Aigun was signed in 1858. The treaty gave Russia 600,000 square kilometres."
    ).frames
    assert _ids(frames[-1].instruments, "instrument") == {"aigun"}
    frames = reading("In 1860 China ceded Primorye to Russia. Russia has never returned these lands.").frames
    assert "primorye" in _ids(frames[-1].places, "place")
    assert frames[-1].negated


def test_a_country_nobody_keeps_records_of_is_still_read(reading: Read) -> None:
    frame = _only(reading, "In 1920 Hungary lost two thirds of its territory to Romania.")
    assert _ids(frame.givers, "country") == {"HU"}


def test_what_speaks_of_land_and_is_not_understood_is_listed(reading: Read) -> None:
    found = reading("Annexed, Vladivostok territory.")
    assert found.frames == ()
    assert found.unread
