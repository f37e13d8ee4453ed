"""Weeks by quarter and refund step: spells by hand, and the partition of any spell."""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.analysis.calendar import quarters
from sim.analysis.ledger.spells import Floats, overlap, stages

STEPS = np.array([0.0, 4.0, 26.0, 52.0])
YEARS = np.array([0.0, 52.0, 104.0])  # Two "years" of 52 weeks, so that everything is exact.


def split(entry: float, begin: float, end: float, edges: Floats = YEARS, steps: Floats = STEPS) -> list[list[float]]:
    weeks: list[list[float]] = overlap(np.array([entry]), np.array([begin]), np.array([end]), edges, steps).tolist()
    return weeks


def test_a_spell_within_a_year_and_a_step() -> None:
    assert split(1, 1, 4) == [[3, 0], [0, 0], [0, 0], [0, 0]]


def test_a_spell_over_all_steps_and_the_end_of_a_year() -> None:
    """From week 10 to 80: 4 weeks at 80 %, to week 36 at 40 %, to week 62 at 30 % (42 | 20 - 10), then 20 %."""
    assert split(10, 10, 80) == [[4, 0], [22, 0], [16, 10], [0, 18]]


def test_step_and_year_that_end_together() -> None:
    assert split(26, 26, 60) == [[4, 0], [22, 0], [0, 8], [0, 0]]
    assert split(0, 0, 52) == [[4, 0], [22, 0], [26, 0], [0, 0]]
    assert split(0, 52, 60) == [[0, 0], [0, 0], [0, 0], [0, 8]]


def test_who_was_on_benefit_before_the_start_has_used_steps() -> None:
    assert split(-30, -30, 40) == [[0, 0], [0, 0], [22, 0], [18, 0]]
    assert split(-200, 10, math.inf) == [[0, 0], [0, 0], [0, 0], [42, 52]]


def test_a_later_scheme_goes_on_counting_from_the_entry() -> None:
    """A change of scheme at week 20 of the benefit: the second scheme begins in the second step."""
    assert split(0, 20, 30) == [[0, 0], [6, 0], [4, 0], [0, 0]]


def test_nothing_before_the_start_or_after_the_end() -> None:
    assert split(-20, -20, -1) == [[0, 0]] * 4
    assert split(104, 104, 200) == [[0, 0]] * 4
    assert split(5, 5, 5) == [[0, 0]] * 4


spell = st.tuples(
    st.floats(-300, 250), st.floats(0, 200), st.one_of(st.just(math.inf), st.floats(0, 300))
)  # fmt: skip


@given(
    st.lists(spell, min_size=1, max_size=8),
    st.lists(st.floats(0.5, 90), min_size=1, max_size=4),
    st.dates(date(2015, 1, 1), date(2020, 12, 31)),
    st.integers(2, 250),
)
def test_steps_and_quarters_partition_every_spell(
    spells: Sequence[tuple[float, float, float]], widths: list[float], start: date, horizon: int
) -> None:
    q = quarters(start, horizon)
    steps = np.concatenate([[0.0], np.cumsum(widths)])
    entry, wait, length = np.array(spells).T
    begin = entry + wait
    end = begin + length
    weeks = overlap(entry, begin, end, q.edges, steps)
    inside = np.maximum(np.minimum(end, q.edges[-1]) - np.maximum(begin, 0.0), 0.0).sum()
    assert (weeks >= 0).all()
    assert weeks.sum() == pytest.approx(inside, abs=1e-6)
    by_quarter = [
        np.maximum(np.minimum(end, hi) - np.maximum(begin, lo), 0.0).sum()
        for lo, hi in zip(q.edges[:-1], q.edges[1:], strict=True)
    ]
    assert weeks.sum(axis=0) == pytest.approx(np.array(by_quarter), abs=1e-6)
    one_by_one = [np.array(split(*one, q.edges, steps)) for one in zip(entry, begin, end, strict=True)]
    assert weeks == pytest.approx(np.sum(one_by_one, axis=0), abs=1e-6)


COURSE = 1


def lives(*lives: tuple[int, float, float, Sequence[tuple[float, int]]]) -> list[dict[int, float]]:
    """Weeks by group of citizens, to week 104; a life is (group, arrival, exit, changes of scheme)."""
    number: NDArray[np.int64] = np.array(
        [7 * i for i in range(len(lives))], np.int64
    )  # Numbers have gaps: those who left in a warm-up.
    group, arrival, left = (np.array([life[i] for life in lives]) for i in range(3))
    changes = sorted((when, 7 * i, to) for i, life in enumerate(lives) for when, to in life[3])
    citizens: dict[str, NDArray[np.generic]] = {
        "citizen": number,
        "group": group,
        "arrival_weeks": arrival,
        "exit_weeks": left,
    }
    schemes: dict[str, NDArray[np.generic]] = {
        "citizen": np.array([who for _, who, _ in changes], np.int32),
        "weeks": np.array([when for when, _, _ in changes], np.float64),
        "group": np.array([to for _, _, to in changes], np.int32),
    }
    weeks: list[dict[int, float]] = [{} for _ in lives]
    for groups, s in stages(citizens, schemes):
        for g, who, begin, end in zip(groups, s.citizens, s.begin, s.end, strict=True):
            one = arrival[who : who + 1]
            part = float(overlap(one, np.array([begin]), np.array([end]), YEARS, np.zeros(1)).sum())
            if part > 0:
                weeks[who][int(g)] = weeks[who].get(int(g), 0.0) + part
    return weeks


def test_stages_of_those_who_never_change() -> None:
    found = lives((0, 10, math.nan, ()), (0, -50, 30, ()), (COURSE, -50, math.nan, ()))
    assert found == [{0: 94}, {0: 30}, {COURSE: 104}]


def test_stages_of_those_who_change_back_and_forth() -> None:
    found = lives(
        (0, 10, 90, [(40, COURSE)]),
        (0, 10, math.nan, ()),
        (0, 10, math.nan, [(40, COURSE), (95, 0)]),
        (0, 0, 100, [(10, COURSE), (30, 0), (35, COURSE), (60, 2)]),
    )
    assert found == [{0: 30, COURSE: 50}, {0: 94}, {0: 30 + 9, COURSE: 55}, {0: 15, COURSE: 45, 2: 40}]


def test_stages_of_those_who_changed_before_the_start() -> None:
    assert lives((0, -60, math.nan, [(-10, COURSE)])) == [{COURSE: 104}]
    assert lives((0, -60, math.nan, [(-30, COURSE), (20, 0)])) == [{COURSE: 20, 0: 84}]


def test_nobody_at_all() -> None:
    assert lives() == []
