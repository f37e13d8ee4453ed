"""How often intervals hold the true mean: exactly for yes or no, by samples for a shipped config's key figures."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.analysis.kpis import HIGHEST
from sim.analysis.summary import summarise
from tests.analysis.coverage_of_kpis import cover, values_of, varying


def coverage(share: float, n: int, highest: float | None) -> float:
    """Probability that the interval of n values, each 1 with probability `share` and else 0, holds `share`."""
    held = []
    for ones in range(n + 1):
        found = summarise(np.repeat([1.0, 0.0], [ones, n - ones]), highest)
        held.append(found.ci95_low <= share <= found.ci95_high)
    return math.fsum(stats.binom.pmf(np.arange(n + 1), n, share)[held])


@pytest.mark.parametrize(("share", "n"), [(0.1, 50), (0.05, 100), (0.9, 50), (0.2, 20)])
def test_rare_events(share: float, n: int) -> None:
    """Where Student's interval holds the mean less than 93 times in 100, this one does at least 94 times."""
    assert coverage(share, n, None) < 0.93
    assert coverage(share, n, 1.0) > 0.94


@pytest.mark.long
def test_key_figures_of_a_shipped_config() -> None:
    """What intervals promise of every key figure: that few samples mislead without saying so.

    - A figure whose interval holds the mean too seldom is called skewed in most samples.
    - With 50 replications and more at most 6 samples in 100 have an interval that misses the mean and is not called
      skewed: Cochran's bound. With 20 that is not so.
    - Of a figure that is hardly ever called so, an interval which is not holds the mean 94 times in 100. Of others
      it need not: a sample that is not called skewed lacks the few replications which pull them far from the rest.
    """
    trials = 2000
    values = values_of("50_per_worker", 400)
    error = math.sqrt(0.94 * 0.06 / trials)
    found = {size: cover(values, varying(values), size, trials, HIGHEST) for size in (20, 50, 100)}
    assert len(found[20]) > 40
    for one in (one for of_size in found.values() for one in of_size):
        assert one.covered > 0.94 - 4 * error or one.noted > 0.5, one
    for one in (*found[50], *found[100]):
        assert one.silent_missed < 0.06 + 4 * error, one
        if one.noted < 0.05:
            assert one.silent_covered > 0.94 - 4 * math.sqrt(0.94 * 0.06 / one.silent), one
    assert max(one.silent_missed for one in found[20]) > 0.06 + 4 * error
