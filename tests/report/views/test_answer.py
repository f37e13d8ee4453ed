"""The sentences of the first page: their words follow the sign of the figures."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.analysis.comparison.paired import Paired, paired
from sim.report.language import DANISH, ENGLISH
from sim.report.views.answer.money import money_sentence
from sim.report.views.answer.people import people_sentence
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
