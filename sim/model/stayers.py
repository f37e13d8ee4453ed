"""Those who are found in mid-course are a selection: the frail have left, and long intervals are met more often.

The draw of who comes in is changed into that of who is still there, from the same uniform number.
"""

import math

from sim.model.distributions import CONSTANT, EXPONENTIAL, GAMMA, Distribution, quantile
from sim.model.jit import rule

CELLS = 100
"""Parts of equal probability in which a distribution is weighted anew, where there is no formula."""
_TOP = 1.0 - 1.0 / 9007199254740992.0
_SHORT = 1.0 - 1e-12
"""Keeps a running sum below the whole in spite of rounding."""


@rule
def frailty_given_survival(d: Distribution, u: float, hazard: float) -> float:
    """Frailty of somebody who has stayed through an integrated hazard, at frailty 1, of `hazard`.

    The density of those who come, f(x), becomes that of those who stay, proportional to f(x) exp(-hazard x). A gamma
    distribution of shape a and rate b becomes gamma(a, b + hazard): the value that comes times b / (b + hazard)
    (Vaupel, Manton and Stallard, "The impact of heterogeneity in individual frailty on the dynamics of mortality",
    Demography 16, 1979). Others are weighted anew in `CELLS` parts.
    """
    if d.kind == CONSTANT or hazard <= 0.0:
        return quantile(d, u)
    if d.kind == GAMMA:
        return quantile(d, u) / (1.0 + d.b * hazard)
    if d.kind == EXPONENTIAL:
        return quantile(d, u) / (1.0 + d.a * hazard)
    least = quantile(d, 0.5 / CELLS)
    whole = 0.0
    for i in range(CELLS):
        whole += math.exp((least - quantile(d, (i + 0.5) / CELLS)) * hazard)
    left = u * whole * _SHORT
    for i in range(CELLS):
        weight = math.exp((least - quantile(d, (i + 0.5) / CELLS)) * hazard)
        if left < weight:
            return quantile(d, min((i + left / weight) / CELLS, _TOP))
        left -= weight
    return least


@rule
def interval_under_way(d: Distribution, u: float) -> float:
    """Length of the interval that is under way at a moment: one twice as long is met with twice as often.

    Its density is proportional to x f(x) (Feller, "An Introduction to Probability Theory and Its Applications", vol.
    2, XI.4), here in `CELLS` parts of equal probability.
    """
    if d.kind == CONSTANT:
        return d.a
    whole = 0.0
    for i in range(CELLS):
        whole += quantile(d, (i + 0.5) / CELLS)
    if whole <= 0.0:
        return 0.0
    left = u * whole * _SHORT
    for i in range(CELLS):
        weight = quantile(d, (i + 0.5) / CELLS)
        if left < weight:
            return quantile(d, min((i + left / weight) / CELLS, _TOP))
        left -= weight
    return quantile(d, (CELLS - 0.5) / CELLS)


@rule
def rest_of_interval(d: Distribution, u: float, place: float) -> float:
    """Rest of the interval that is under way; `place` is uniform. Of an exponential one: like the whole."""
    if d.kind == EXPONENTIAL:
        return quantile(d, u)
    return interval_under_way(d, u) * place


@rule
def age_of_interval(d: Distribution, u: float, place: float) -> float:
    """How long the interval is under way whose rest the same numbers give."""
    if d.kind == EXPONENTIAL:
        return quantile(d, place)
    return interval_under_way(d, u) * (1.0 - place)
