"""The sentences of the first page: their words follow the sign of the figures."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.analysis.attention.bottleneck import Queue
from sim.analysis.comparison.paired import Paired, paired
from sim.analysis.ledger.notes import PRICED_FIRST, SPENT_LATER, Note
from sim.catalogue import Destination
from sim.report.language import DANISH, ENGLISH, Language
from sim.report.ledger_words import note_text
from sim.report.views.answer.bottleneck import queue_words
from sim.report.views.answer.money import money_sentence
from sim.report.views.answer.people import people_sentence, runs_counted
from sim.report.views.differences import PEOPLE, counted

SHARES = st.floats(-0.2, 0.2).filter(lambda value: abs(value) > 0.002)


def found(difference: float, spread: float = 0.0001) -> Paired:
    """A difference in eight runs, with so much between them."""
    base = np.linspace(0.3, 0.4, 8)
    return paired(base + difference + spread * np.array([1, -1, 1, -1, 2, -2, 1, -1]), base)


@settings(deadline=None)
@given(SHARES)
def test_more_and_fewer_follow_the_sign(difference: float) -> None:
    job = found(difference)
    assume(job.ci95_low * job.ci95_high > 0)
    text = people_sentence(ENGLISH, [("cohort_job_share", job)], "two years")
    assert ("more reach a job" in text) == (difference > 0)
    assert ("fewer reach a job" in text) == (difference < 0)
    danish = people_sentence(DANISH, [("cohort_job_share", job)], "to år")
    assert ("flere i job" in danish) == (difference > 0)
    assert ("færre i job" in danish) == (difference < 0)


@settings(deadline=None)
@given(st.lists(SHARES, min_size=4, max_size=4))
def test_of_the_others_the_largest_comes_first(differences: list[float]) -> None:
    names = [told.kpi for told in PEOPLE]
    every = [found(0.01), *(found(difference) for difference in differences)]
    text = people_sentence(ENGLISH, list(zip(names, every, strict=True)), "two years")
    order = sorted(range(4), key=lambda i: -abs(every[i + 1].difference))
    words = ("an education", "a fleksjob", "a disability pension", "a resource course")
    places = [text.index(words[i]) for i in order]
    assert places == sorted(places)
    assert text.count("fewer") == sum(difference < 0 for difference in differences)


def test_what_chance_may_explain_is_told_with_both_ends() -> None:
    text = people_sentence(ENGLISH, [("cohort_job_share", found(0.0001, 0.01))], "two years")
    assert "it **cannot be told whether more or fewer reach a job** within two years: between " in text
    assert " fewer and " in text
    assert text.endswith(" more.")


def test_as_many_is_told_only_where_little_else_is_possible() -> None:
    text = people_sentence(ENGLISH, [("cohort_job_share", found(0.0001, 0.001))], "two years")
    assert "**about as many reach a job** within two years (between " in text
    assert text.endswith(" more).")


def test_what_does_not_differ_is_told_so() -> None:
    same = paired(np.array([0.1, 0.2]), np.array([0.1, 0.2]))
    assert "exactly as many" in people_sentence(ENGLISH, [("cohort_job_share", same)], "two years")


MILLIONS = st.floats(-40, 40).map(lambda value: round(value, 1) * 1e6)


@settings(deadline=None)
@given(MILLIONS, st.lists(MILLIONS, min_size=1, max_size=2))
def test_costs_and_savings_follow_the_signs(extra: float, nets: list[float]) -> None:
    text = money_sentence(ENGLISH, extra, nets, "two years", "The change costs")
    assert money_sentence(DANISH, extra, nets, "to år", "Ændringen koster")
    back = [extra - net for net in nets]
    assert "-" not in text.replace("--", "")
    if extra >= 1e5:
        assert text.startswith("The change costs ")
        assert ("comes back" in text) == (min(back) >= 5e4)
    elif extra <= -1e5:
        assert text.startswith("Staff and programmes cost ")
        assert " less" in text
    else:
        assert text.startswith("Staff and programmes cost the same")
    if "saves" in text:
        assert max(nets) < 0
    if "pays" in text and "more**" in text and "as much" not in text:
        assert min(nets) > 0
    if "more than that" in text:
        assert max(nets) < 0
    if "decides whether it pays" in text:
        assert min(nets) < 0 < max(nets) or 0 in nets


@pytest.mark.parametrize(
    ("extra", "nets", "text"),
    [
        (
            11.839e6,
            [10.958e6, 7.005e6],
            "The change costs 11.8 million kr., of which **0.9 or 4.8 million kr. comes back** in the same two "
            "years, depending on whether a fleksjob and a pension count as a saving.",
        ),
        (
            5e6,
            [-1e6],
            "The change costs 5.0 million kr.; **more than that, 6.0 million kr., comes back** in the same "
            "two years.",
        ),
        (
            5e6,
            [7e6],
            "The change costs 5.0 million kr.; in all the municipality **pays 7.0 million kr. more** in the "
            "same two years.",
        ),
        (
            -3e6,
            [-2e6],
            "Staff and programmes cost 3.0 million kr. less; in all the municipality **saves 2.0 million kr.** in "
            "the same two years.",
        ),
    ],
)
def test_sentences_word_for_word(extra: float, nets: list[float], text: str) -> None:
    assert money_sentence(ENGLISH, extra, nets, "two years", "The change costs") == text


def test_runs_are_counted() -> None:
    values: Any = (np.array([1.0, 2.0, 3.0, math.nan]), np.array([0.0, 2.0, 4.0, 1.0]))
    assert counted(*values) == (1, 1, 1)


@pytest.mark.parametrize(
    ("queue", "text"),
    [
        (
            Queue("cases", "", "", "", 13.0, 0.9, 10.0, "waits for documents"),
            "the longest queue at the end: the caseworkers' hours for cases: 13 cases are being made ready, 14 "
            "weeks of work (of which 10 are waits for documents)",
        ),
        (
            Queue("internships", "", "", "", 30.0, 10.0),
            "no queue at the end is a month longer than it must be; the longest: the way to an internship: 30 "
            "citizens are ready and on nobody's list, 3 weeks of work",
        ),
        (
            Queue("team", "", "", "", 5.0, 0.0),
            "the longest queue at the end: the rehabilitation team: 5 complete cases wait for a decision, and none "
            "is served",
        ),
        (Queue("meetings", "", "", "", 0.3, 20.0), "nothing waits at the end longer than it must"),
    ],
)
def test_the_longest_queue_is_always_named(queue: Queue, text: str) -> None:
    assert queue_words(ENGLISH, queue) == text
    assert queue_words(DANISH, queue) != text


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((8, 1, 1), "More citizens reached a job in 8 of the 10 paired runs, equally many in 1, fewer in 1"),
        ((10, 0, 0), "More citizens reached a job in all of the 10 paired runs"),
        ((0, 10, 0), "Equally many citizens reached a job in all of the 10 paired runs"),
        ((0, 0, 10), "Fewer citizens reached a job in all of the 10 paired runs"),
    ],
)
def test_runs_are_counted_without_noughts_where_all_agree(counts: tuple[int, int, int], text: str) -> None:
    assert runs_counted(ENGLISH, *counts) == text
    assert runs_counted(DANISH, *counts) != text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            ENGLISH,
            "pilot: of those who leave to fleksjob, 12.5 % are priced on another benefit for the first 26 weeks",
        ),
        (DANISH, "pilot: af dem, der går til fleksjob, prissættes 12,5 % med en anden ydelse i de første 26 uger"),
    ],
)
def test_values_of_a_note_have_the_form_of_the_language(language: Language, text: str) -> None:
    values = {"destination": Destination.FLEKSJOB, "percent": 12.5, "weeks": 26.0}
    assert note_text(Note(PRICED_FIRST, values, "pilot"), language).startswith(text)
    year = Note(SPENT_LATER, {"year": 2019})
    assert "2019" in note_text(year, language)
    assert "2.019" not in note_text(year, language)
