"""95 % confidence intervals of means over replications, and what must be said of them (see docs/intervals.md)."""

import math
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ENOUGH = 20
"""With fewer replications nobody can see how skewed a figure is."""


class Note(IntEnum):
    """What must be said of an interval."""

    NONE = 0
    NEVER_SEEN = 1
    SAME = 2
    SKEWED = 3


SKEWED = "skewed"
LESS_OFTEN = "the interval holds the true value less often than 95 times in 100"
"""Text of a note, and what it means."""


def note_text(note: int, replications: int) -> str:
    """Write a note; empty: nothing to say."""
    if note == Note.NONE:
        return ""
    if note == Note.SKEWED:
        return SKEWED
    return never_seen(replications) if note == Note.NEVER_SEEN else f"the same in {replications}"


def never_seen(replications: int) -> str:
    """Write the note on what none of so many replications showed."""
    return f"not seen in {replications}"


def most_that_show_it(replications: int) -> float:
    """Upper 95 % bound of the share of replications that show what none of so many showed (Clopper-Pearson)."""
    return float(1.0 - 0.05 ** (1.0 / replications))


@cache
def t_quantile(degrees_of_freedom: int) -> float:
    """Student's t that 2.5 % exceed."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, 0.975))


def t_interval(mean: Floats, variance: Floats, n: int) -> tuple[Floats, Floats]:
    """Student's interval of means that may be negative; NaN where the values do not vary or are fewer than two.

    Parameters
    ----------
    mean, variance
        Of the values (divisor n - 1).
    n
        Number of values.
    """
    half = t_quantile(n - 1) * np.sqrt(np.where(variance > 0, variance, np.nan) / n) if n > 1 else np.nan
    return mean - half, mean + half


def score_interval(mean: Floats, variance: Floats, n: int, highest: Floats) -> tuple[Floats, Floats]:
    """Interval of means of values from 0 to `highest`, which never leaves that range; NaN as in `t_interval`.

    All m are in it for which |mean - m| <= t sqrt(s^2 / n x v(m) / v(mean)), with Student's t and v(m) = m (1 - m /
    highest): the variance is taken as it would be if m were the mean. That is Wilson's (1927) interval of a share
    with the effective number of trials mean (1 - mean) / (s^2 / n), as used for shares from surveys (Franco, Little,
    Louis and Slud 2019, Journal of Survey Statistics and Methodology 7, 334-364); without a highest value, v(m) = m,
    it is the score interval of a rate.

    Parameters
    ----------
    mean, variance, n
        As in `t_interval`.
    highest
        Highest possible value; infinite: none.
    """
    if n < 2:
        return np.full_like(mean, np.nan), np.full_like(mean, np.nan)
    mean = np.clip(mean, 0.0, highest)
    room = mean * (1.0 - mean / highest)
    with np.errstate(divide="ignore", invalid="ignore"):
        k = t_quantile(n - 1) ** 2 * np.where(variance > 0, variance, np.nan) / (n * room)
    shrink = 1.0 + k / highest
    centre = (mean + k / 2) / shrink
    half = np.sqrt(k * room + k * k / 4) / shrink
    # At its ends it touches the range, but for rounding.
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, highest)


def notes(mean: Floats, variance: Floats, third: Floats, n: int, *, rare: bool) -> NDArray[np.int64]:
    """Say what is wrong with intervals; one `Note` for each mean.

    Skewed is a figure whose skewness g is so large that n < 25 g^2, so that an interval by the normal distribution
    or Student's t fails more often than 6 times in 100 (Cochran 1977, Sampling Techniques, section 2.15), and larger
    than chance makes it: twice its standard error where values are normal.

    Parameters
    ----------
    mean, variance
        Of the values (divisor n - 1).
    third
        Mean of the third powers of their deviations.
    n
        Number of values.
    rare
        Whether a mean of 0 says that something was never seen: of differences it does not.
    """
    found = np.full(mean.shape, Note.NONE, np.int64)
    if n < 2:
        return found
    with np.errstate(divide="ignore", invalid="ignore"):
        skewness = np.abs(third) / (variance * (n - 1) / n) ** 1.5
    chance = math.sqrt(6.0 * (n - 2) / ((n + 1) * (n + 3)))
    found[skewness > max(math.sqrt(n) / 5.0, 2.0 * chance)] = Note.SKEWED
    found[variance == 0] = Note.SAME
    if rare:
        found[(variance == 0) & (mean == 0)] = Note.NEVER_SEEN
    return found
