"""An emulator of one figure: a quadratic trend in the active scores and a Gaussian process of what it leaves.

It stands for thousands of simulations: mean and standard error of the figure at any scores. The Gaussian process is
scikit-learn's; the trend is what makes it good with few points in many dimensions, for figures are smooth in the
parameters and most of what moves them is monotone.
"""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_MOST_FITTED = 400
"""Points from which the length scales are found; all points are used with them."""


class Emulator:
    """A fitted emulator.

    Parameters
    ----------
    scores
        Point x parameter.
    means
        Of the figure at each point, scaled.
    noise
        Variance of each mean's chance error.
    active
        Places of the parameters that it takes account of; what the others do counts as chance.
    """

    def __init__(self, scores: Floats, means: Floats, noise: Floats, active: Sequence[int]) -> None:
        self.active = np.asarray(active, np.int64)
        terms = _trend(scores[:, self.active])
        self._inverse = np.linalg.pinv(terms.T @ terms)
        self._weights = self._inverse @ (terms.T @ means)
        left = means - terms @ self._weights
        degrees = max(len(means) - terms.shape[1], 1)
        self._spread = max(float(np.sqrt(left @ left / degrees)), 1e-12)
        self._left_over = max(self._spread**2 - float(noise.mean()), 0.0)
        self._process = _fitted(scores[:, self.active], left / self._spread, noise / self._spread**2)

    def predict(self, scores: Floats) -> tuple[Floats, Floats]:
        """Give the figure's expected value and the variance of its error, scaled, at points of scores.

        The error counts what is not known of the trend and of the process, and what parameters do that it takes no
        account of; not the chance of a replication.
        """
        inside = scores[:, self.active]
        terms = _trend(inside)
        mean = terms @ self._weights
        of_trend = self._spread**2 * np.einsum("ij,jk,ik->i", terms, self._inverse, terms)
        if self._process is None:
            return mean, of_trend + self._left_over
        left, variance = self._process.predict(inside)
        # The process and the trend know the same points: the larger of the two errors stands for both.
        error = np.maximum(self._spread**2 * variance, of_trend)
        return mean + self._spread * left, error + self._spread**2 * self._process.nugget


class _Process:
    """A Gaussian process of what the trend leaves, with the hyperparameters that scikit-learn has found.

    Its prediction is written out with matrix products, since chains ask for it some hundred thousand times.
    """

    def __init__(self, scores: Floats, left: Floats, noise: Floats, size: float, lengths: Floats, nugget: float):
        from scipy.linalg import cho_factor, cho_solve

        self._lengths, self._size, self.nugget = lengths, size, nugget
        self._points = scores / lengths
        matrix = self._correlation(self._points)
        matrix[np.diag_indices_from(matrix)] += noise + nugget
        factor = cho_factor(matrix, lower=True)
        self._weights = cho_solve(factor, left)
        self._inverse = cho_solve(factor, np.eye(len(left)))

    def _correlation(self, points: Floats) -> Floats:
        squares = (points**2).sum(axis=1)[:, None] + (self._points**2).sum(axis=1)[None, :]
        distance = np.maximum(squares - 2.0 * points @ self._points.T, 0.0)
        return np.asarray(self._size * np.exp(-0.5 * distance), np.float64)

    def predict(self, scores: Floats) -> tuple[Floats, Floats]:
        near = self._correlation(scores / self._lengths)
        variance = self._size - ((near @ self._inverse) * near).sum(axis=1)
        return near @ self._weights, np.maximum(variance, 0.0)


def _trend(scores: Floats) -> Floats:
    """Terms of the trend: 1, each score, each square; products are left to the process."""
    return np.hstack([np.ones((len(scores), 1)), scores, scores**2 - 1.0])


def _fitted(scores: Floats, left: Floats, noise: Floats) -> _Process | None:
    """Find the hyperparameters by maximum likelihood; None: no parameter is active."""
    if scores.shape[1] == 0:
        return None
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    lengths = np.full(scores.shape[1], 3.0)
    kernel: Any = ConstantKernel(0.3, (1e-4, 1e2)) * RBF(lengths, (0.8, 50.0)) + WhiteKernel(0.1, (1e-6, 2.0))
    chosen = np.linspace(0, len(left) - 1, min(_MOST_FITTED, len(left))).round().astype(int)
    process = GaussianProcessRegressor(kernel, alpha=np.maximum(noise[chosen], 1e-10), optimizer=_optimum)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # A length at its bound is a parameter without effect.
        process.fit(scores[chosen], left[chosen])
    found = process.kernel_
    size, lengths, nugget = found.k1.k1.constant_value, np.atleast_1d(found.k1.k2.length_scale), found.k2.noise_level
    return _Process(scores, left, noise, float(size), np.asarray(lengths, np.float64), float(nugget))


def _optimum(objective: Any, start: Floats, bounds: Floats) -> tuple[Floats, float]:
    """Minimise as scikit-learn does, but stop where the likelihood hardly moves, without a warning."""
    from scipy.optimize import minimize

    options = {"maxiter": 60, "ftol": 1e-6}
    found = minimize(objective, start, method="L-BFGS-B", jac=True, bounds=bounds, options=options)
    return np.asarray(found.x, np.float64), float(found.fun)
