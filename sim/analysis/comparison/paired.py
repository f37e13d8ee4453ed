"""Two variants replication by replication: the statistics of paired differences (see docs/comparison.md)."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.components import components, effective
from sim.analysis.intervals import note_text, notes, t_interval
from sim.analysis.rounding import series_of_differences, settled

Floats = NDArray[np.float64]

_Z = 1.959963984540054  # 97.5 % quantile of the standard normal distribution.


class Paired(NamedTuple):
    """Statistics of one KPI in a variant A and a baseline B; NaN where they cannot be computed.

    Differences that rounding alone can make are none (see `sim.analysis.rounding`). Only replications in which the
    KPI is defined in both are used, for every figure here.

    Attributes
    ----------
    mean, baseline_mean
        Mean in A and in B.
    difference
        Mean of A - B.
    ci95_low, ci95_high
        95 % confidence interval of the mean difference by Student's t; NaN if the difference is the same in every
        replication.
    sd, baseline_sd, sd_difference
        Standard deviations over replications (n - 1) of A, of B, and of A - B.
    identical
        A equals B in every replication: also undefined in the same ones.
    p_value
        Two-sided p-value of the paired t test of no difference; NaN if the difference is the same in every
        replication.
    larger_share, larger_ci95_low, larger_ci95_high
        Estimated probability that A is larger than B in a replication (ties count half), with Wilson's
        95 % interval.
    correlation
        Of A and B over replications; NaN if one of them never varies.
    variance_reduction
        (var A + var B) / var(A - B): how many times as many independent replications would give the same
        interval; above 1 pairing has helped. NaN if the difference never varies.
    replications_saved
        Further replications of each variant that independent random numbers would need for an interval as
        narrow; below 0: pairing has cost some.
    replications, undefined
        Pairs used, and those left out because the KPI is undefined in one or both.
    interval_note
        What must be said of the interval (see `sim.analysis.intervals.notes`); empty: nothing.
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
    interval_note: str


def paired(a: Floats, b: Floats, per_draw: int = 1) -> Paired:
    """Compare two variants in one KPI.

    Sums are exactly rounded, so that swapping A and B changes signs and nothing else.

    Parameters
    ----------
    a, b
        One value a replication, in the same order; NaN: undefined in it.
    per_draw
        Of runs with a posterior: replications of each draw. The intervals and the p-value of the difference then
        count draws, not replications, as independent (see `sim.analysis.components`).
    """
    used = ~(np.isnan(a) | np.isnan(b))
    x, y = a[used], b[used]
    n, undefined = len(x), int((~used).sum())
    d = series_of_differences(x, y)
    identical = n > 0 and not d.any() and bool((np.isnan(a) == np.isnan(b)).all())
    if n:
        x, y = settled(np.stack([x, y]), np.array([np.abs(x).max(), np.abs(y).max()]))
    (mean, var_a, _), (baseline_mean, var_b, _), (difference, var_d, third) = (_moments(v) for v in (x, y, d))
    of_difference = np.array([difference]), np.array([var_d])
    of_draws, draws = (var_d, n) if per_draw == 1 else _by_draws(a, b, per_draw, var_d)
    low, high = t_interval(of_difference[0], np.array([of_draws]), draws)
    note = notes(*of_difference, np.array([third]), n, rare=False)
    wins = np.full(len(a), np.nan)
    wins[used] = (np.sign(d) + 1.0) / 2.0
    larger, larger_low, larger_high = wilson_by_draws(wins, per_draw)
    gain = _ratio(var_a + var_b, var_d)
    return Paired(
        mean=mean,
        baseline_mean=baseline_mean,
        difference=difference,
        ci95_low=low.item(),
        ci95_high=high.item(),
        sd=math.sqrt(var_a),
        baseline_sd=math.sqrt(var_b),
        sd_difference=math.sqrt(var_d),
        identical=identical,
        p_value=_p_value(difference, of_draws, draws),
        larger_share=larger,
        larger_ci95_low=larger_low,
        larger_ci95_high=larger_high,
        correlation=_correlation(x - mean, y - baseline_mean, var_a, var_b),
        variance_reduction=gain,
        replications_saved=math.nan if math.isnan(gain) else float(math.ceil(n * gain) - n),
        replications=n,
        undefined=undefined,
        interval_note=note_text(note.item(), n),
    )


def _by_draws(a: Floats, b: Floats, per_draw: int, variance: float) -> tuple[float, int]:
    """Variance and number of draws that stand for those of independent replications."""
    whole = np.full(len(a), np.nan)
    used = ~(np.isnan(a) | np.isnan(b))
    whole[used] = series_of_differences(a[used], b[used])
    of_draws, draws = effective(whole, per_draw)
    return (of_draws if variance > 0 else variance), draws


def wilson(successes: float, trials: float) -> tuple[float, float, float]:
    """Share of successes with Wilson's 95 % score interval (Wilson 1927); NaN without trials."""
    if trials == 0:
        return math.nan, math.nan, math.nan
    share, z2 = successes / trials, _Z * _Z
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z / (1 + z2 / trials) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    # At the ends the interval touches 0 or 1, but for rounding.
    return share, max(centre - half, 0.0), min(centre + half, 1.0)


def wilson_by_draws(values: Floats, per_draw: int) -> tuple[float, float, float]:
    """Share of successes with Wilson's 95 % interval, draws being the independent trials.

    The number of trials is the effective one, p (1 - p) / (se^2 (D - 1) / D), with the standard error se of the mean
    over D draws (see `sim.analysis.components`): D where all replications of a draw agree, and at most the number of
    replications, where they agree no more than chance makes them.

    Parameters
    ----------
    values
        One a replication, in order: 1 a success, 0 none, 0.5 half of one; NaN: undefined in it.
    per_draw
        Replications of each draw; 1: all are independent.
    """
    found = components(values, per_draw)
    share, draws, most = found.mean, found.draws, found.replications
    trials = float(draws)  # All alike: nothing tells that a draw holds more than one trial.
    if 0.0 < share < 1.0 and draws > 1:
        error = found.mean_se**2 * (draws - 1) / draws
        trials = min(max(share * (1.0 - share) / error, trials), float(most)) if error > 0 else float(most)
    return wilson(share * trials if trials else 0.0, trials)


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


def _moments(values: Floats) -> tuple[float, float, float]:
    """Mean, variance (n - 1), and mean of the third powers of the deviations."""
    n = len(values)
    if n == 0:
        return math.nan, math.nan, math.nan
    mean = min(max(math.fsum(values) / n, values.min().item()), values.max().item())
    if n == 1:
        return mean, math.nan, math.nan
    deviations = values - mean
    squares = deviations * deviations
    return mean, math.fsum(squares) / (n - 1), math.fsum(squares * deviations) / n


def _ratio(top: float, bottom: float) -> float:
    ratio = top / bottom if bottom > 0 else math.nan
    return ratio if math.isfinite(ratio) else math.nan


def _correlation(x: Floats, y: Floats, var_x: float, var_y: float) -> float:
    if not (var_x > 0 and var_y > 0):
        return math.nan
    covariance = math.fsum(x * y) / (len(x) - 1)
    return min(max(covariance / (math.sqrt(var_x) * math.sqrt(var_y)), -1.0), 1.0)


def _p_value(difference: float, variance: float, n: int) -> float:
    from scipy.special import stdtr

    if not variance > 0:
        return math.nan
    return float(2 * stdtr(n - 1, -abs(difference) / math.sqrt(variance / n)))
