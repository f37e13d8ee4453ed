"""Durations, hours and factors from one uniform number each: the quantile functions of the distributions.

One uniform a draw (inversion) keeps common random numbers common: a citizen whose search takes long in one
variant is the one whose search takes long in another, also where the distribution's parameters differ.
All functions are plain scalar arithmetic on `math`, so that a compiled engine gives the same bits.
"""

import math
from typing import NamedTuple

from sim.model.jit import compiled, rule

CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, UNIFORM, TRIANGULAR, EMPIRICAL = range(8)


class Distribution(NamedTuple):
    """A distribution as numbers.

    Attributes
    ----------
    kind
        CONSTANT (a: value), EXPONENTIAL (a: mean), GAMMA (a: shape, b: scale, c: log gamma(shape)),
        LOGNORMAL (a: mean and b: standard deviation of the logarithm), WEIBULL (a: scale, b: 1 / shape),
        UNIFORM (a: min, b: max), TRIANGULAR (a: min, b: mode, c: max), EMPIRICAL (values and cumulative).
    a, b, c
        Parameters by kind.
    values, cumulative
        Of an empirical distribution: the values and their cumulative probabilities, the last one 1.
    mean
        Expected value.
    """

    kind: int
    a: float
    b: float
    c: float
    values: tuple[float, ...]
    cumulative: tuple[float, ...]
    mean: float


def constant(value: float) -> Distribution:
    """Return the distribution that always gives `value`."""
    return Distribution(CONSTANT, value, 0.0, 0.0, (), (), value)


@compiled
def normal_quantile(u: float) -> float:
    """Quantile of the standard normal distribution, to about 16 digits.

    Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
    (1988), routine PPND16.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
                + 133.14166789178437745) * r + 3.387132872796366608)  # fmt: skip
        low = (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
                + 42.313330701600911252) * r + 1.0)  # fmt: skip
        return q * top / low
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    if r <= 5.0:
        r -= 1.6
        top = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
                + 4.6303378461565452959) * r + 1.42343711074968357734)  # fmt: skip
        low = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
                + 2.05319162663775882187) * r + 1.0)  # fmt: skip
    else:
        r -= 5.0
        top = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
                + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
                + 5.4637849111641143699) * r + 6.6579046435011037772)  # fmt: skip
        low = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
                + 0.59983220655588793769) * r + 1.0)  # fmt: skip
    return top / low if q > 0.0 else -top / low


@compiled
def _gamma_series(shape: float, log_gamma: float, x: float) -> float:
    term = 1.0 / shape
    total = term
    n = shape
    while abs(term) > abs(total) * 1e-16:
        n += 1.0
        term *= x / n
        total += term
    return total * math.exp(shape * math.log(x) - x - log_gamma)


@compiled
def _gamma_fraction(shape: float, log_gamma: float, x: float) -> float:
    """Lentz's method."""
    tiny = 1e-300
    b = x + 1.0 - shape
    c = 1.0 / tiny
    d = 1.0 / b
    h = d
    i = 0.0
    change = 0.0
    while abs(change - 1.0) > 1e-15:
        i += 1.0
        an = -i * (i - shape)
        b += 2.0
        d = an * d + b
        d = tiny if abs(d) < tiny else d
        c = b + an / c
        c = tiny if abs(c) < tiny else c
        d = 1.0 / d
        change = d * c
        h *= change
    return h * math.exp(shape * math.log(x) - x - log_gamma)


@compiled
def _gamma_lower(shape: float, log_gamma: float, x: float) -> float:
    """Regularised lower incomplete gamma function."""
    if x < shape + 1.0:
        return _gamma_series(shape, log_gamma, x)
    return 1.0 - _gamma_fraction(shape, log_gamma, x)


@compiled
def _gamma_upper(shape: float, log_gamma: float, x: float) -> float:
    """Regularised upper incomplete gamma function."""
    if x < shape + 1.0:
        return 1.0 - _gamma_series(shape, log_gamma, x)
    return _gamma_fraction(shape, log_gamma, x)


@compiled
def gamma_quantile(shape: float, log_gamma: float, u: float) -> float:
    """Quantile of the gamma distribution of unit scale.

    Halley's method on the regularised incomplete gamma function from the Wilson-Hilferty start (Press,
    Teukolsky, Vetterling and Flannery, "Numerical Recipes", 3rd ed., section 6.2.1), on the smaller tail so
    that both ends keep their digits.

    Parameters
    ----------
    shape
        Shape parameter, above 0.
    log_gamma
        ``lgamma(shape)``: a number made once, for it is not equal to the last bit on all machines.
    u
        Probability, 0 < u < 1.
    """
    a1 = shape - 1.0
    if shape > 1.0:
        z = normal_quantile(u)
        s = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape))
        x = max(1e-3, shape * s * s * s)
    else:
        t = 1.0 - shape * (0.253 + shape * 0.12)
        x = math.exp(math.log(u / t) / shape) if u < t else 1.0 - math.log(1.0 - (u - t) / (1.0 - t))
    for _ in range(16):
        if x < 1e-280:  # nothing to refine: shorter than any clock tells
            return max(x, 0.0)
        density = math.exp(a1 * math.log(x) - x - log_gamma)
        if density <= 0.0:
            return x
        error = _gamma_lower(shape, log_gamma, x) - u if u <= 0.5 else (1.0 - u) - _gamma_upper(shape, log_gamma, x)
        newton = error / density
        step = newton / (1.0 - 0.5 * min(1.0, newton * (a1 / x - 1.0)))
        x -= step
        if x <= 0.0:
            x = 0.5 * (x + step)
        if abs(step) < 1e-9 * x:
            return x
    return x


@rule
def quantile(d: Distribution, u: float) -> float:
    """Value that `d` stays below with probability `u`, for 0 < u < 1."""
    if d.kind == CONSTANT:
        return d.a
    if d.kind == EXPONENTIAL:
        return -d.a * math.log(1.0 - u)
    if d.kind == GAMMA:
        return d.b * gamma_quantile(d.a, d.c, u)
    if d.kind == LOGNORMAL:
        return math.exp(d.a + d.b * normal_quantile(u))
    if d.kind == WEIBULL:
        return d.a * math.exp(d.b * math.log(-math.log(1.0 - u)))
    if d.kind == UNIFORM:
        return d.a + (d.b - d.a) * u
    if d.kind == TRIANGULAR:
        return _triangular_quantile(d.a, d.b, d.c, u)
    return _empirical_quantile(d.values, d.cumulative, u)


@rule
def exponential(rate: float, u: float) -> float:
    """Time to the next event of a Poisson process; infinite where the rate is 0."""
    if rate <= 0.0:
        return math.inf
    return -math.log(1.0 - u) / rate


@rule
def _triangular_quantile(low: float, mode: float, high: float, u: float) -> float:
    width = high - low
    if width <= 0.0:
        return low
    if u * width < mode - low:
        return low + math.sqrt(u * width * (mode - low))
    return high - math.sqrt((1.0 - u) * width * (high - mode))


@rule
def _empirical_quantile(values: tuple[float, ...], cumulative: tuple[float, ...], u: float) -> float:
    i = 0
    while cumulative[i] < u:
        i += 1
    return values[i]
