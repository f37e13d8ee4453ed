"""What is counted of a replication: posts while filled, by hand; and a centre without anybody."""

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.analysis.ledger.counts import (
    CITIZEN_COLUMNS,
    COORDINATOR_COLUMNS,
    SCHEME_COLUMNS,
    STARTING_COLUMNS,
    WEEKLY_COLUMNS,
    Frame,
    Table,
    count,
)
from sim.analysis.ledger.pricing import pricing_of
from sim.catalogue import DESTINATIONS
from sim.config import load
from tests.analysis.ledger.pricing import frame, money
from tests.analysis.ledger.small import CONFIG

NOBODY: Table = {name: np.zeros(0) for name in (*CITIZEN_COLUMNS, *STARTING_COLUMNS)}
NO_CHANGES: Table = {name: np.zeros(0) for name in SCHEME_COLUMNS}
NO_WEEKS: Table = {name: np.zeros(0) for name in WEEKLY_COLUMNS}
FLEKSJOB = DESTINATIONS.index("fleksjob")
YEAR_END = 365 / 7  # In weeks since 1 January 2018.


def filled(post: tuple[float, float], *periods: tuple[float, float, float, int]) -> NDArray[np.float64]:
    """Weeks by quarter of a half-time post: its dates; begin, end, weeks somebody was there, resignations."""
    begin, end, weeks, resignations = np.array(periods).T
    table = dict(
        zip(
            COORDINATOR_COLUMNS,
            (
                np.zeros(len(periods)),
                np.zeros(len(periods)),
                begin,
                end,
                np.full(len(periods), 0.5),
                weeks,
                resignations,
            ),
            strict=True,
        )
    )
    made: NDArray[np.float64] = count(
        NOBODY, NO_CHANGES, table, NO_WEEKS, frame(money())._replace(posts=(post,))
    ).filled[0]
    return 2 * made


def test_a_post_costs_nothing_before_there_is_one() -> None:
    """Advertised on 1 January 2019, in a period that begins the day before; with and without a resignation."""
    begin, whole = 52.0, 13.0 - 1 / 7
    for weeks, resignations in ((whole, 0), (whole - 2, 0), (whole - 2, 1)):
        found = filled((YEAR_END, math.inf), (begin, begin + 13, weeks, resignations))
        assert found[:4].tolist() == [0.0] * 4
        assert found.sum() == pytest.approx(weeks)


def test_a_post_costs_nothing_before_it_is_filled() -> None:
    """Quarters end in weeks 90/7, 181/7, 273/7: filled from week 20 of 13 to 26, then all the time."""
    found = filled((0.0, math.inf), (0, 13, 0, 0), (13, 26, 6, 0), (26, 39, 13, 0))
    assert found[:3].tolist() == pytest.approx([0.0, 181 / 7 - 20, 39 - 181 / 7])


def test_a_post_that_is_cut_costs_nothing_afterwards() -> None:
    """Cut in week 15; the coordinator is free a tenth of a week later; the rest of the period is nobody's."""
    found = filled((-math.inf, 15.0), (0, 13, 13, 0), (13, 26, 2.1, 0), (26, 39, 0, 0))
    assert found[:3].tolist() == pytest.approx([90 / 7, 15.1 - 90 / 7, 0.0])


def test_a_vacancy_between_two_coordinators_is_spread_over_its_period() -> None:
    found = filled((-math.inf, math.inf), (0, 13, 6.5, 1))
    assert found[:2].tolist() == pytest.approx([90 / 14, 1 / 14])


@pytest.mark.parametrize("warm_up", [False, True])
def test_a_centre_without_anybody(warm_up: bool) -> None:
    no_posts: Table = {name: np.zeros(0) for name in COORDINATOR_COLUMNS}
    of: Frame = frame(money(), start=date(2018, 1, 1))._replace(warm_up=warm_up)
    made = count(NOBODY, NO_CHANGES, no_posts, NO_WEEKS, of)
    for amount in (made.benefit, made.after, made.filled, made.programme, made.internship):
        assert not amount.any()
    assert (made.treated, made.starting.tolist()) == (0, [])


def test_starting_citizens_are_told_apart_by_group_origin_and_number() -> None:
    known = {"group": [0, 1, 1, 0], "origin": [0, 0, 1, 2], "number": [7, 7, 7, 2**31 - 1], "cohort": [1, 1, 1, 0]}
    others: Table = {**{name: np.zeros(4) for name in CITIZEN_COLUMNS}, "person": np.arange(4)}
    citizens = {**others, **{name: np.array(values) for name, values in known.items()}}
    no_posts: Table = {name: np.zeros(0) for name in COORDINATOR_COLUMNS}
    made = count(citizens, NO_CHANGES, no_posts, NO_WEEKS, frame(money(), schemes=2)._replace(warm_up=True))
    assert len(set(made.starting.tolist())) == len(made.starting) == 3


def test_the_time_after_an_exit_ends_when_the_person_comes_back() -> None:
    """Two left to a job in week 10; one came back in week 30 and left again in week 40, for good."""
    columns = {name: np.zeros(3) for name in (*CITIZEN_COLUMNS, *STARTING_COLUMNS)}
    columns |= {"citizen": np.arange(3.0), "person": np.array([0.0, 1, 0]), "spell": np.array([1.0, 1, 2])}
    columns |= {"arrival_weeks": np.array([0.0, 0.0, 30.0]), "exit_weeks": np.array([10.0, 10.0, 40.0])}
    no_posts: Table = {name: np.zeros(0) for name in COORDINATOR_COLUMNS}
    after = count(columns, NO_CHANGES, no_posts, NO_WEEKS, frame(money())).after
    end = frame(money()).quarters.edges[-1]
    assert after.sum() == pytest.approx((30 - 10) + (end - 10) + (end - 40))


def test_who_waits_for_a_fleksjob_in_the_model_is_not_priced_as_waiting_once_more(tmp_path: Path) -> None:
    """A pension's first benefit stays; without a group of those who wait that of a fleksjob applies too."""
    first = "first = { share = 0.7, weeks = 52, benefit = { flat = { kr_per_year = 100_000 } } }"
    cost = f'{{ counts_as = "benefit", benefit = {{ flat = {{ kr_per_year = 150_000 }} }}, {first} }}'
    text = CONFIG.replace(
        'destinations.pension = { counts_as = "cost", kr_per_year = 90_000, state_share = 0.5 }', ""
    )
    text += f"[money.destinations]\nfleksjob = {cost}\npension = {cost}\n"
    (tmp_path / "base.toml").write_text(text, encoding="utf-8")
    waits = (
        'extends = "base.toml"\nrehabilitation_team.fleksjob_group = "entitled"\n'
        '[groups.entitled]\nbenefit = "unemployed_fleksjob"\nexits.fleksjob = { hazard_per_week = 0.02 }\n'
        "[money.benefits.unemployed_fleksjob]\nflat = { kr_per_year = 100_000 }\n"
    )
    (tmp_path / "waits.toml").write_text(waits, encoding="utf-8")
    configs = [load(tmp_path / f"{name}.toml").config for name in ("base", "waits")]
    priced = pricing_of(configs, [config.money for config in configs if config.money is not None])
    weeks = [{d: w for d, w in zip(DESTINATIONS, one.frame.first_weeks, strict=True) if w} for one in priced]
    assert weeks == [{"fleksjob": 52.0, "pension": 52.0}, {"pension": 52.0}]


def test_the_first_weeks_after_an_exit() -> None:
    """Three left to a fleksjob: 26 weeks each, but for the one who left 10 weeks before the ledger ends."""
    f = frame(money())._replace(first_weeks=tuple(26.0 if d == FLEKSJOB else 0.0 for d in range(len(DESTINATIONS))))
    end = float(f.quarters.edges[-1])
    columns = {name: np.zeros(4) for name in (*CITIZEN_COLUMNS, *STARTING_COLUMNS)}
    columns |= {"citizen": np.arange(4.0), "person": np.arange(4.0), "exit_weeks": np.array([10, 50, end - 10, 20])}
    columns["destination"] = np.array([FLEKSJOB, FLEKSJOB, FLEKSJOB, DESTINATIONS.index("pension")])
    no_posts: Table = {name: np.zeros(0) for name in COORDINATOR_COLUMNS}
    made = count(columns, NO_CHANGES, no_posts, NO_WEEKS, f)
    assert made.after_first.sum(axis=(1, 2, 3)) == pytest.approx([0, 0, 26 + 26 + 10, 0, 0, 0])
    assert made.after.sum(axis=(1, 2, 3)) == pytest.approx([0, 0, (end - 10) + (end - 50) + 10, end - 20, 0, 0])
    assert (made.after_first <= made.after).all()
