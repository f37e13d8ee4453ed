"""Designs that move all parameters: Morris' trajectories and Sobol' points, and what SALib makes of their outcomes.

Points are probabilities, one column a parameter: a parameter's value is the quantile of its prior there.
"""

import importlib.util
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import UsageError

Floats = NDArray[np.float64]

MORRIS_LEVELS = 4
"""Levels of each parameter in Morris' design, as Morris (1991) and Campolongo (2007) use."""
_RESAMPLES = 1000
_SMALLEST = 1e-9


class Effect(NamedTuple):
    """What a design says of one parameter and one outcome; NaN: the outcome never moves, or is undefined somewhere.

    Attributes
    ----------
    parameter, outcome
        Their places.
    main, main_half_width
        Morris: mean absolute elementary effect (mu*), in the outcome's unit, over the parameter's whole interval.
        Sobol': first-order index, the share of the variance that fixing this parameter alone would take away. With
        half of the 95 % interval (bootstrap).
    total, total_half_width
        Morris: standard deviation of the elementary effects (sigma): the effect depends on the value, or on other
        parameters; no interval. Sobol': total index, interactions included.
    """

    parameter: int
    outcome: int
    main: float
    main_half_width: float
    total: float
    total_half_width: float


def require_salib() -> None:
    """Say how to get SALib if it is not there.

    Raises
    ------
    UsageError
        If it is not.
    """
    if importlib.util.find_spec("SALib") is None:
        raise UsageError('Morris and Sobol\' need SALib: python -m pip install "jobcentre-sim[sensitivity]"')


def check_size(size: int | None) -> None:
    """Refuse a number of Sobol' points that is no power of two, of which alone they are balanced.

    Raises
    ------
    UsageError
        If it is none; None is not looked at.
    """
    if size is not None and size & (size - 1):
        above = 1 << size.bit_length()
        raise UsageError(f"--sobol {size}: must be a power of two, such as {above // 2} or {above}")


def morris_points(parameters: int, trajectories: int, interval: float, seed: int) -> Floats:
    """Draw Morris' trajectories between the ends of each parameter's central interval.

    Parameters
    ----------
    parameters
        How many.
    trajectories
        How many; each takes one point more than there are parameters.
    interval
        Probability of the central interval, such as 0.9.
    seed
        Of the design.

    Returns
    -------
    numpy.ndarray
        Point x parameter, probabilities.
    """
    from SALib.sample import morris

    problem = _problem(parameters, interval)
    return np.asarray(morris.sample(problem, trajectories, num_levels=MORRIS_LEVELS, seed=seed), np.float64)


def morris_effects(points: Floats, outcomes: Floats, interval: float, seed: int) -> list[Effect]:
    """Compute mu* and sigma of every parameter and outcome.

    Parameters
    ----------
    points, interval, seed
        Of `morris_points`.
    outcomes
        Point x outcome.
    """
    from SALib.analyze import morris

    problem = _problem(points.shape[1], interval)

    def of_outcome(values: Floats) -> dict[str, Any]:
        found: dict[str, Any] = morris.analyze(
            problem, points, values, num_levels=MORRIS_LEVELS, num_resamples=_RESAMPLES, seed=seed
        )
        return found

    return _effects(outcomes, points.shape[1], of_outcome, ("mu_star", "mu_star_conf", "sigma", ""))


def sobol_points(parameters: int, size: int, seed: int) -> Floats:
    """Draw the points of Saltelli (2010) for first-order and total indices: `size` x (parameters + 2) points.

    Raises
    ------
    UsageError
        If the size is no power of two.
    """
    from SALib.sample import sobol

    check_size(size)
    drawn = sobol.sample(_problem(parameters, 1.0), size, calc_second_order=False, seed=seed)
    return np.clip(np.asarray(drawn, np.float64), _SMALLEST, 1.0 - _SMALLEST)


def sobol_effects(outcomes: Floats, parameters: int, seed: int) -> list[Effect]:
    """Compute first-order and total indices of every parameter and outcome (point x outcome)."""
    from SALib.analyze import sobol

    problem = _problem(parameters, 1.0)

    def of_outcome(values: Floats) -> dict[str, Any]:
        # Estimators are steadier for an outcome around 0.
        found: dict[str, Any] = sobol.analyze(
            problem, values - values.mean(), calc_second_order=False, num_resamples=_RESAMPLES, seed=seed
        )
        return found

    return _effects(outcomes, parameters, of_outcome, ("S1", "S1_conf", "ST", "ST_conf"))


def _effects(outcomes: Floats, parameters: int, analyse: Any, names: tuple[str, ...]) -> list[Effect]:
    made = []
    for outcome in range(outcomes.shape[1]):
        values = outcomes[:, outcome]
        usable = bool(np.isfinite(values).all() and np.ptp(values) > 0.0)
        found = analyse(values) if usable else {}
        nothing = np.full(parameters, np.nan)
        columns = [np.asarray(found.get(name, nothing), np.float64) for name in names]
        own = [
            Effect(parameter, outcome, *(float(column[parameter]) for column in columns))
            for parameter in range(parameters)
        ]
        made += sorted(own, key=lambda effect: -np.nan_to_num(max(effect.main, effect.total)))
    return made


def _problem(parameters: int, interval: float) -> dict[str, Any]:
    tail = (1.0 - interval) / 2.0
    return {
        "num_vars": parameters,
        "names": [f"p{i}" for i in range(parameters)],
        "bounds": [[tail, 1.0 - tail]] * parameters,
    }
