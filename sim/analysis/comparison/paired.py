"""Two variants replication by replication: the statistics of paired differences (see docs/comparison.md)."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.summary import t_quantile

_Z = 1.959963984540054  # 97.5 % quantile of the standard normal distribution.


class Paired(NamedTuple):
    """Statistics of one KPI in a variant A and a baseline B; NaN where they cannot be computed.

    Only replications in which the KPI is defined in both are used, for every figure here.

    Attributes
    ----------
    mean, baseline_mean
        Mean in A and in B.
    difference
        Mean of A - B.
    ci95_low, ci95_high
        95 % confidence interval of the mean difference by Student's t.
    sd, baseline_sd, sd_difference
        Standard deviations over replications (n - 1) of A, of B, and of A - B.
    identical
        A equals B in every replication: also undefined in the same ones.
    p_value
        Two-sided p-value of the paired t test of no difference; NaN if the difference is 0 throughout.
    larger_share, larger_ci95_low, larger_ci95_high
        Estimated probability that A is larger than B in a replication (ties count half), with Wilson's
        95 % interval.
    correlation
        Of A and B over replications.
    variance_reduction
        (var A + var B) / var(A - B): how many times as many independent replications would give the same
        interval; above 1 pairing has helped. NaN if the difference never varies.
    replications_saved
        Further replications of each variant that independent random numbers would need for an interval as
        narrow; below 0: pairing has cost some.
    replications, undefined
        Pairs used, and those left out because the KPI is undefined in one or both.
    """

    mean: float
    baseline_mean: float
    difference: float
    ci95_low: float
    ci95_high: float
    sd: float
    baseline_sd: float
    sd_difference: float
    identical: bool
    p_value: float
    larger_share: float
    larger_ci95_low: float
    larger_ci95_high: float
    correlation: float
    variance_reduction: float
    replications_saved: float
    replications: int
    undefined: int


def paired(a: NDArray[np.float64], b: NDArray[np.float64]) -> Paired:
    """Compare two variants in one KPI.

    Sums are exactly rounded, so that swapping A and B changes signs and nothing else.

    Parameters
    ----------
    a, b
        One value a replication, in the same order; NaN: undefined in it.
    """
    used = ~(np.isnan(a) | np.isnan(b))
    x, y = a[used], b[used]
    n, undefined = len(x), int((~used).sum())
    d = x - y
    identical = n > 0 and not d.any() and bool((np.isnan(a) == np.isnan(b)).all())
    (mean, var_a), (baseline_mean, var_b), (difference, var_d) = (_mean_and_variance(v) for v in (x, y, d))
    half_width = t_quantile(n - 1) * math.sqrt(var_d / n) if n > 1 else math.nan
    wins = float((d > 0).sum()) + float((d == 0).sum()) / 2
    larger, larger_low, larger_high = wilson(wins, n)
    gain = _ratio(var_a + var_b, var_d)
    return Paired(
        mean=mean,
        baseline_mean=baseline_mean,
        difference=difference,
        ci95_low=difference - half_width,
        ci95_high=difference + half_width,
        sd=math.sqrt(var_a),
        baseline_sd=math.sqrt(var_b),
        sd_difference=math.sqrt(var_d),
        identical=identical,
        p_value=_p_value(difference, var_d, n),
        larger_share=larger,
        larger_ci95_low=larger_low,
        larger_ci95_high=larger_high,
        correlation=_correlation(x - mean, y - baseline_mean, var_a, var_b),
        variance_reduction=gain,
        replications_saved=math.nan if math.isnan(gain) else float(math.ceil(n * gain) - n),
        replications=n,
        undefined=undefined,
    )


def wilson(successes: float, trials: int) -> tuple[float, float, float]:
    """Share of successes with Wilson's 95 % score interval (Wilson 1927); NaN without trials."""
    if trials == 0:
        return math.nan, math.nan, math.nan
    share, z2 = successes / trials, _Z * _Z
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z / (1 + z2 / trials) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    # At the ends the interval touches 0 or 1, but for rounding.
    return share, max(centre - half, 0.0), min(centre + half, 1.0)


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values of a family by Holm's step-down method (Holm 1979); NaN is no test and stays NaN.

    The i-th smallest of m becomes the largest of min(1, (m - j + 1) p_j) over j up to i.
    """
    tested = [i for i, p in enumerate(p_values) if not math.isnan(p)]
    adjusted, largest = [math.nan] * len(p_values), 0.0
    for rank, i in enumerate(sorted(tested, key=lambda i: p_values[i])):
        largest = max(largest, min(1.0, (len(tested) - rank) * p_values[i]))
        adjusted[i] = largest
    return adjusted


def _mean_and_variance(values: NDArray[np.float64]) -> tuple[float, float]:
    n = len(values)
    mean = math.fsum(values) / n if n else math.nan
    if n < 2:
        return mean, math.nan
    deviations = values - mean
    return mean, math.fsum(deviations * deviations) / (n - 1)


def _ratio(top: float, bottom: float) -> float:
    ratio = top / bottom if bottom > 0 else math.nan
    return ratio if math.isfinite(ratio) else math.nan


def _correlation(x: NDArray[np.float64], y: NDArray[np.float64], var_x: float, var_y: float) -> float:
    if not (var_x > 0 and var_y > 0):
        return math.nan
    covariance = math.fsum(x * y) / (len(x) - 1)
    return min(max(covariance / (math.sqrt(var_x) * math.sqrt(var_y)), -1.0), 1.0)


def _p_value(difference: float, variance: float, n: int) -> float:
    from scipy.special import stdtr

    if n < 2 or (difference == 0 and variance == 0):
        return math.nan
    standard_error = math.sqrt(variance) / math.sqrt(n)
    return float(2 * stdtr(n - 1, -abs(difference) / standard_error)) if standard_error > 0 else 0.0
