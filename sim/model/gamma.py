"""Quantiles of the gamma distribution from a table, made once for each shape.

Solving for a quantile takes hundreds of operations, and durations are drawn by the ten thousand. But the logarithm
of the quantile, as a function of the standard normal quantile z of the same probability, is so smooth that one
polynomial of degree five on each sixteenth of z gives it to about 1e-11, everywhere that a draw can fall.
"""

import math
from functools import lru_cache
from itertools import pairwise

from sim.model.jit import rule
from sim.model.normal import normal_quantile

STEPS_PER_UNIT = 16
LIMIT = 8.25
"""In z; draws lie strictly inside: the smallest probability is 2**-53, at z = -8.2."""
COEFFICIENTS = 6


@lru_cache(maxsize=256)
def gamma_table(shape: float) -> tuple[float, ...]:
    """Make the coefficients of log quantile at unit scale, interval after interval, the constant term first.

    Between two knots the polynomial has the function's values, first and second derivatives (Hermite).
    """
    step = 1.0 / STEPS_PER_UNIT
    knots = [_knot(shape, -LIMIT + i * step, step) for i in range(int(2 * LIMIT * STEPS_PER_UNIT) + 1)]
    table: list[float] = []
    for (y0, d0, c0), (y1, d1, c1) in pairwise(knots):
        rise = y1 - y0
        table += (
            y0,
            d0,
            0.5 * c0,
            10.0 * rise - 6.0 * d0 - 4.0 * d1 - 1.5 * c0 + 0.5 * c1,
            -15.0 * rise + 8.0 * d0 + 7.0 * d1 + 1.5 * c0 - c1,
            6.0 * rise - 3.0 * d0 - 3.0 * d1 - 0.5 * c0 + 0.5 * c1,
        )
    return tuple(table)


@rule
def gamma_from_table(table: tuple[float, ...], u: float) -> float:
    """Quantile at unit scale, for 0 < u < 1."""
    place = (normal_quantile(u) + LIMIT) * STEPS_PER_UNIT
    i = int(place)
    t = place - i
    i *= COEFFICIENTS
    y = table[i + 4] + t * table[i + 5]
    y = table[i + 3] + t * y
    y = table[i + 2] + t * y
    y = table[i + 1] + t * y
    return math.exp(table[i] + t * y)


def _knot(shape: float, z: float, step: float) -> tuple[float, float, float]:
    """Log quantile at z, and its first and second derivatives times the step and its square.

    By the chain rule from density(x) dx = normal density(z) dz, where x is the quantile.
    """
    from scipy.special import gammainccinv, gammaincinv

    log_gamma = math.lgamma(shape)
    # The smaller of the two tails keeps the digits.
    tail = 0.5 * math.erfc(abs(z) / math.sqrt(2.0))
    # Where x is tiny, P(x) is x**shape / gamma(shape + 1) to all digits.
    y = (math.log(tail) + log_gamma + math.log(shape)) / shape if z < 0.0 else 0.0
    if z >= 0.0 or y > -40.0:
        y = math.log(float(gammainccinv(shape, tail) if z > 0.0 else gammaincinv(shape, tail)))
    x = math.exp(y)
    slope = math.exp(-0.5 * z * z - 0.5 * math.log(2.0 * math.pi) - (shape * y - x - log_gamma))
    bend = slope * (-z - (shape - x) * slope)
    return y, slope * step, bend * step * step
