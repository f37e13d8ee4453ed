"""Where a calibration simulates: points spread over the priors."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def spread_over_priors(points: int, parameters: int, seed: int) -> Floats:
    """Scores of points that fill the space of the priors evenly: a scrambled Sobol' sequence (point x parameter)."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    sequence = qmc.Sobol(parameters, scramble=True, seed=np.random.default_rng([seed, 0]))
    whole = 1 << (points - 1).bit_length()  # In powers of two, as the sequence is balanced; then the first of them.
    return np.asarray(ndtri(np.clip(sequence.random(whole)[:points], 1e-6, 1.0 - 1e-6)), np.float64)
