"""Those who are found in mid-course, against the formulas of selection."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma

from sim.config.schema.distributions import Distribution
from sim.model.assembly.resolve import distribution
from sim.model.distributions import quantile
from sim.model.exits import (
    FLAT,
    STEPS,
    WEIBULL,
    Duration,
    Hazard,
    Response,
    duration_factor,
    duration_integral,
    frail_hazard_until,
)
from sim.model.stayers import frailty_given_survival, interval_under_way, rest_of_interval

uniforms = st.floats(1e-9, 1 - 1e-9)
hazards = st.sampled_from([0.0, 0.01, 0.5, 3.0, 80.0])


def made(form: Any) -> Any:
    return distribution(Distribution.model_validate(form))


@settings(deadline=None)
@given(u=uniforms, cv=st.sampled_from([0.3, 0.7, 1.5]), hazard=hazards)
def test_gamma_frailty_given_survival_is_gamma_with_a_rate_raised_by_the_hazard(
    u: float, cv: float, hazard: float
) -> None:
    shape = 1 / cv**2
    expected = gamma.ppf(u, shape, scale=1 / (shape + hazard))
    found = frailty_given_survival(made({"gamma": {"mean": 1, "cv": cv}}), u, hazard)
    assert found == pytest.approx(expected, rel=1e-8)


@given(u=uniforms, hazard=hazards)
def test_exponential_frailty_is_gamma_of_shape_one(u: float, hazard: float) -> None:
    found = frailty_given_survival(made({"exponential": {"mean": 1}}), u, hazard)
    assert found == pytest.approx(-math.log1p(-u) / (1 + hazard), rel=1e-9)


def test_of_two_values_the_frail_have_left() -> None:
    two = made({"empirical": {"values": [0.5, 1.5], "weights": [1, 1]}})
    for hazard in (0.5, 2.0):
        share = math.exp(-0.5 * hazard) / (math.exp(-0.5 * hazard) + math.exp(-1.5 * hazard))
        assert frailty_given_survival(two, share - 1e-9, hazard) == 0.5
        assert frailty_given_survival(two, share + 1e-9, hazard) == 1.5


FORMS = [
    {"lognormal": {"mean": 1, "cv": 0.8}},
    {"weibull": {"mean": 1, "shape": 1.7}},
    {"uniform": {"min": 0, "max": 2}},
    {"triangular": {"min": 0, "mode": 0.5, "max": 2.5}},
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: next(iter(form)))
def test_other_distributions_are_weighted_by_survival(form: Any) -> None:
    """The mean of those who stay, against the integral over those who come; the parts cost less than 0.005."""
    d = made(form)
    for hazard in (0.3, 2.0):
        weight, _ = quad(lambda u: math.exp(-hazard * quantile(d, u)), 0, 1)  # noqa: B023
        mean, _ = quad(lambda u: quantile(d, u) * math.exp(-hazard * quantile(d, u)), 0, 1)  # noqa: B023
        points = [frailty_given_survival(d, (i + 0.5) / 4000, hazard) for i in range(4000)]
        assert math.fsum(points) / 4000 == pytest.approx(mean / weight, abs=0.005)


@settings(deadline=None)
@given(form=st.sampled_from([1.0, *FORMS, {"gamma": {"mean": 1, "cv": 1.5}}]), u=uniforms, hazard=hazards)
def test_who_stays_is_no_frailer_than_who_comes(form: Any, u: float, hazard: float) -> None:
    d = made(form)
    assert 0.0 <= frailty_given_survival(d, u, hazard) <= quantile(d, u) * (1 + 1e-9)
    assert frailty_given_survival(d, u, 0.0) == quantile(d, u)


@given(u=uniforms.filter(lambda u: abs(u - 0.25) > 1e-9))
def test_a_long_interval_is_met_more_often(u: float) -> None:
    assert interval_under_way(made(13.0), u) == rest_of_interval(made(13.0), u, 1.0) == 13.0
    two = made({"empirical": {"values": [1, 3], "weights": [1, 1]}})
    assert interval_under_way(two, u) == (1.0 if u < 0.25 else 3.0)
    # Of a uniform one the density is x / 2 on (0, 2).
    assert interval_under_way(made({"uniform": {"min": 0, "max": 2}}), u) == pytest.approx(
        2 * math.sqrt(u), abs=0.01
    )


def test_the_rest_of_an_exponential_interval_is_like_the_whole() -> None:
    d = made({"exponential": {"mean": 5}})
    assert rest_of_interval(d, 0.3, 0.9) == quantile(d, 0.3)


DURATIONS = [
    Duration(FLAT, 1.0, 1.0, 0.0, math.inf, (), ()),
    Duration(STEPS, 1.0, 1.0, 0.0, 0.0, (0.0, 10.0, 30.0), (2.0, 0.5, 1.5)),
    Duration(WEIBULL, 0.6, 20.0, 1.0, 52000.0, (), ()),
    Duration(WEIBULL, 1.8, 20.0, 1e-12, 60.0, (), ()),
]


@pytest.mark.parametrize("d", DURATIONS)
@pytest.mark.parametrize("weeks", [0.0, 0.4, 10.0, 25.0, 100.0])
def test_the_integral_of_the_duration_factor(d: Duration, weeks: float) -> None:
    found, _ = quad(lambda t: duration_factor(d, t), 0.0, weeks, points=[1, 10, 30, 60], limit=500)
    assert duration_integral(d, weeks) == pytest.approx(found, rel=1e-6, abs=1e-9)


def test_only_hazards_that_frailty_multiplies_count() -> None:
    h = Hazard(0.02, 0.5, True, Response(0, 0.0, 1.0, (), ()), DURATIONS[0], 0, 0, 0, 1, 1, 1, 0, 1)
    assert frail_hazard_until(h, False, 50.0) == 1.0
    assert frail_hazard_until(h, True, 50.0) == 0.5
    assert frail_hazard_until(h._replace(frail=False), False, 50.0) == 0.0
