"""Statistics of paired differences, against scipy and by their identities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from sim.analysis.comparison.moments import PairedMoments
from sim.analysis.comparison.paired import Paired, holm, paired, wilson

Floats = NDArray[np.float64]
NAN = math.nan


def two(n: int) -> tuple[Floats, Floats]:
    """Correlated values of two variants."""
    rng = np.random.default_rng(n)
    common = rng.gamma(2.0, 3.0, n)
    return common + rng.standard_normal(n), common + 0.3 + rng.standard_normal(n)


@pytest.mark.parametrize("n", [2, 3, 30, 1000])
def test_against_scipy(n: int) -> None:
    a, b = two(n)
    found = paired(a, b)
    test = stats.ttest_rel(a, b)
    interval = test.confidence_interval(0.95)
    assert found.p_value == pytest.approx(test.pvalue, rel=1e-10)
    assert (found.ci95_low, found.ci95_high) == pytest.approx((interval.low, interval.high), rel=1e-9)
    assert (found.mean, found.baseline_mean) == pytest.approx((a.mean(), b.mean()), rel=1e-14)
    spreads = (found.sd, found.baseline_sd, found.sd_difference)
    assert spreads == pytest.approx((a.std(ddof=1), b.std(ddof=1), (a - b).std(ddof=1)), rel=1e-12)
    assert found.correlation == pytest.approx(stats.pearsonr(a, b).statistic, abs=1e-12)
    gain = (a.var(ddof=1) + b.var(ddof=1)) / (a - b).var(ddof=1)
    assert found.variance_reduction == pytest.approx(gain, rel=1e-11)
    assert found.replications_saved == math.ceil(n * found.variance_reduction) - n
    assert found.larger_share == pytest.approx(np.mean(a > b))
    assert (found.replications, found.undefined, found.identical) == (n, 0, False)


def test_the_replications_saved_would_give_the_same_interval() -> None:
    a, b = two(2000)
    found = paired(a, b)
    independent = math.sqrt((found.sd**2 + found.baseline_sd**2) / (2000 + found.replications_saved))
    assert independent == pytest.approx(found.sd_difference / math.sqrt(2000), rel=1e-3)


def test_by_hand() -> None:
    found = paired(np.array([3.0, 5.0, 4.0, NAN, 1.0]), np.array([1.0, 5.0, 6.0, 2.0, NAN]))
    # Differences 2, 0 and -2: mean 0, variance 4. A varies by 1, B by 7; their covariance is 2.
    assert (found.mean, found.baseline_mean, found.difference, found.sd_difference) == (4.0, 4.0, 0.0, 2.0)
    assert (found.variance_reduction, found.replications_saved) == (2.0, 3.0)
    assert found.correlation == pytest.approx(2 / math.sqrt(7))
    assert (found.p_value, found.larger_share) == (1.0, 0.5)
    assert found.ci95_high == -found.ci95_low == pytest.approx(4.302652729911275 * 2 / math.sqrt(3))
    assert (found.replications, found.undefined, found.identical) == (3, 2, False)


def same(found: Paired, expected: Paired) -> bool:
    return all(x == y or (x != x and y != y) for x, y in zip(found, expected, strict=True))


def test_what_never_differs_is_identical() -> None:
    a = np.array([1.0, NAN, 3.0])
    found = paired(a, a)
    assert found.identical
    assert (found.difference, found.sd_difference, found.larger_share) == (0.0, 0.0, 0.5)
    unknown = (found.ci95_low, found.ci95_high, found.p_value, found.variance_reduction, found.replications_saved)
    assert [math.isnan(x) for x in unknown] == [True] * 5
    assert found.correlation == pytest.approx(1.0)
    assert not paired(a, np.array([1.0, 2.0, 3.0])).identical  # Undefined in one only.


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [
        ([1.0, 2.0, 4.0], [0.0, 1.0, 3.0], 1.0),
        ([0.3, 0.2], [0.2, 0.1], 0.1),  # The two differences are not the same to the last bit.
        ([1e6 + 0.1, 2e6 + 0.1, 5e6 + 0.1], [1e6, 2e6, 5e6], 0.1),
    ],
)
def test_a_difference_that_never_varies(a: list[float], b: list[float], difference: float) -> None:
    found = paired(np.array(a), np.array(b))
    assert found.difference == pytest.approx(difference, abs=1e-9)
    assert (found.sd_difference, found.larger_share, found.identical) == (0.0, 1.0, False)
    unknown = (found.ci95_low, found.ci95_high, found.p_value, found.variance_reduction, found.replications_saved)
    assert [math.isnan(x) for x in unknown] == [True] * 5
    assert found.interval_note == f"the same in {len(a)}"


def test_a_difference_at_rounding_size_is_none() -> None:
    a: Floats = np.random.default_rng(1).random(40)
    b: Floats = a + np.resize(np.array([0.0, 1e-16, -2e-16]), 40) * a
    found = paired(a, b)
    assert found.identical
    assert (found.difference, found.sd_difference, found.larger_share) == (0.0, 0.0, 0.5)
    assert math.isnan(found.p_value)
    assert not paired(a, a * (1 + 1e-10)).identical


def test_what_never_varies_but_for_rounding_has_no_correlation() -> None:
    rng = np.random.default_rng(1)
    busy: Floats = 1.0 + rng.integers(-4, 5, 50).astype(np.float64) * 2.0**-52
    found = paired(busy, rng.random(50))
    assert (found.sd, math.isnan(found.correlation)) == (0.0, True)
    assert math.isnan(paired(busy, busy[::-1].copy()).correlation)


def test_the_note_on_skewed_differences() -> None:
    zero, one = np.zeros(100), np.array([1.0] + [0.0] * 99)
    assert paired(one, zero).interval_note == "skewed"
    assert paired(np.random.default_rng(1).standard_normal(100), zero).interval_note == ""


@pytest.mark.parametrize("values", [[], [1.5], [NAN, NAN]])
def test_too_few(values: list[float]) -> None:
    a = np.array(values, np.float64)
    found = paired(a, a + 1.0)
    unknown = (found.ci95_low, found.sd, found.sd_difference, found.p_value, found.correlation)
    assert [math.isnan(x) for x in unknown] == [True] * 5
    assert (found.replications, found.undefined) == ((1, 0) if values == [1.5] else (0, len(values)))
    assert not found.identical


numbers = st.floats(-1e6, 1e6, allow_subnormal=False) | st.just(NAN) | st.integers(-3, 3).map(float)
lists = st.integers(0, 30).flatmap(lambda n: st.tuples(*[arrays(np.float64, n, elements=numbers)] * 2))


@given(lists)
def test_swapping_the_variants_changes_the_signs(both: tuple[Floats, Floats]) -> None:
    a, b = both
    one, other = paired(a, b), paired(b, a)
    swapped = one._replace(
        mean=one.baseline_mean,
        baseline_mean=one.mean,
        sd=one.baseline_sd,
        baseline_sd=one.sd,
        difference=-one.difference,
        ci95_low=-one.ci95_high,
        ci95_high=-one.ci95_low,
        larger_share=other.larger_share,
        larger_ci95_low=other.larger_ci95_low,
        larger_ci95_high=other.larger_ci95_high,
    )
    assert same(swapped, other)
    chances = (one.larger_share + other.larger_share, one.larger_ci95_low + other.larger_ci95_high)
    assert chances == pytest.approx((1.0, 1.0)) if one.replications else math.isnan(chances[0])


@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_replications_does_not_show(both: tuple[Floats, Floats], random: np.random.Generator) -> None:
    order = list(range(len(both[0])))
    random.shuffle(order)
    assert same(paired(*both), paired(both[0][order], both[1][order]))


@pytest.mark.parametrize("successes", [0, 1, 7, 20])
def test_wilson(successes: int) -> None:
    share, low, high = wilson(successes, 20)
    assert share == successes / 20
    assert (low, high) == pytest.approx(proportion_confint(successes, 20, 0.05, "wilson"), abs=1e-12)


@pytest.mark.parametrize("n", [1, 2, 20])
def test_holm(n: int) -> None:
    p_values = (np.random.default_rng(n).random(n).round(1) ** 3).tolist()  # Some are equal.
    expected = multipletests(p_values, method="holm")[1]
    assert holm(p_values) == pytest.approx(expected.tolist(), abs=1e-12)


def test_no_test_counts_for_nothing_in_holm_s_family() -> None:
    adjusted = holm([0.04, NAN, 0.01, 0.03])
    assert adjusted == pytest.approx([0.06, NAN, 0.03, 0.06], nan_ok=True)


@given(st.integers(0, 10_000), st.integers(0, 25))
def test_running_moments_are_those_of_all_at_once(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, 4, (2, n, 5)).astype(np.float64) * rng.lognormal(0, 3)
    a[rng.random(a.shape) < 0.2] = NAN
    moments = PairedMoments((5,))
    for one, other in zip(a, b, strict=True):
        moments.add(one, other)
    found = moments.intervals()
    for place in range(5):
        expected = paired(a[:, place], b[:, place])
        scale = max(1.0, float(np.nanmax(np.abs(b))) if n else 1.0)
        for name in ("mean", "baseline_mean", "difference", "ci95_low", "ci95_high", "sd_difference"):
            value = getattr(found, name)[place]
            assert value == pytest.approx(getattr(expected, name), abs=1e-9 * scale, rel=1e-9, nan_ok=True), name
        for name in ("identical", "replications", "undefined", "interval_note"):
            assert getattr(found, name)[place] == getattr(expected, name)
        if expected.sd_difference > 1e-6 * scale and min(expected.sd, expected.baseline_sd) > 1e-6 * scale:
            assert found.correlation[place] == pytest.approx(expected.correlation, abs=1e-7)
            assert found.variance_reduction[place] == pytest.approx(expected.variance_reduction, rel=1e-7)
