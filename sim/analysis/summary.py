"""What replications say of a KPI: mean, spread, and the 95 % confidence interval of the mean."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Statistics(NamedTuple):
    """Statistics of one KPI over replications; NaN where they cannot be computed.

    Attributes
    ----------
    mean, sd
        Mean and standard deviation (n - 1; NaN below two replications).
    ci95_low, ci95_high
        95 % confidence interval of the mean by Student's t.
    p05, p25, p50, p75, p95
        Quantiles over replications, straight lines between the observed values.
    replications, undefined
        Replications used, and those left out because the KPI is undefined (NaN) in them.
    """

    mean: float
    sd: float
    ci95_low: float
    ci95_high: float
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    replications: int
    undefined: int


def summarise(values: NDArray[np.float64]) -> Statistics:
    """Compute the statistics of one KPI.

    Sums are exactly rounded, so that no order of summation shows in the files.

    Parameters
    ----------
    values
        One value a replication; NaN: undefined in it.
    """
    used = values[~np.isnan(values)]
    n = len(used)
    undefined = len(values) - n
    nan = math.nan
    if n == 0:
        return Statistics(nan, nan, nan, nan, nan, nan, nan, nan, nan, 0, undefined)
    mean = math.fsum(used) / n
    p05, p25, p50, p75, p95 = np.quantile(used, QUANTILES).tolist()
    sd = half_width = nan
    if n > 1:
        deviations = used - mean
        sd = math.sqrt(math.fsum(deviations * deviations) / (n - 1))
        half_width = t_quantile(n - 1) * sd / math.sqrt(n)
    return Statistics(mean, sd, mean - half_width, mean + half_width, p05, p25, p50, p75, p95, n, undefined)


def t_quantile(degrees_of_freedom: int) -> float:
    """Student's t that 2.5 % exceed."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, 0.975))
