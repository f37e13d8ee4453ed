"""Which parameters move which figures: a regression of every figure on the scores of all parameters."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIGNIFICANT = 1e-2
"""An effect whose F test is below this is used by the emulator; of 100 parameters without effect one slips in."""


class Screened(NamedTuple):
    """Effects of parameters on one figure.

    Attributes
    ----------
    share
        Of each parameter: share of the figure's variance over the prior that it makes by itself.
    slope
        Change of the figure for one prior standard deviation of the parameter, in the scaled unit.
    p_value
        Of the F test that it makes none.
    noise_share
        Share of the variance that is chance between replications.
    """

    share: Floats
    slope: Floats
    p_value: Floats
    noise_share: float

    @property
    def active(self) -> NDArray[np.int64]:
        """Places of the parameters that move the figure."""
        return np.flatnonzero(self.p_value < SIGNIFICANT)


def screen(scores: Floats, means: Floats, noise: float) -> Screened:
    """Screen one figure.

    The regression has for each score z the terms z and (z^2 - 1) / sqrt 2, which are orthonormal over a standard
    normal score: a^2 + b^2 is the variance that a parameter makes by itself (the first-order index of Sobol', up to
    terms of third order), less what chance adds to it. The F test compares both terms with what all others leave.

    Parameters
    ----------
    scores
        Point x parameter.
    means
        Of the figure at each point, scaled.
    noise
        Variance of the mean's chance error.
    """
    from scipy.special import fdtrc

    points, parameters = scores.shape
    terms = np.hstack([np.ones((points, 1)), scores, (scores**2 - 1.0) / np.sqrt(2.0)])
    inverse = np.linalg.pinv(terms.T @ terms)
    weights = inverse @ (terms.T @ means)
    left = means - terms @ weights
    degrees = max(points - terms.shape[1], 1)
    residual = max(float(left @ left) / degrees, 1e-300)
    total = max(float(means.var(ddof=1)), 1e-300)
    shares, p_values = np.zeros(parameters), np.ones(parameters)
    for j in range(parameters):
        both = [1 + j, 1 + parameters + j]
        of_both = weights[both]
        covariance = inverse[np.ix_(both, both)]
        f = float(of_both @ np.linalg.solve(covariance, of_both)) / 2.0 / residual
        p_values[j] = float(fdtrc(2.0, float(degrees), f))
        shares[j] = max(float(of_both @ of_both) - residual * float(np.trace(covariance)), 0.0) / total
    return Screened(shares, weights[1 : 1 + parameters], p_values, min(noise / total, 1.0))
