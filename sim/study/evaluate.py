"""Points in memory: the key figures of many variants of one config, without a file, a thread or a process."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.kpis import KPI_NAMES
from sim.batch.variant import replicate
from sim.config import Loaded, load
from sim.config.layers.variation import VariedConfig
from sim.config.numbers import check_numbers
from sim.engine import get_ready
from sim.model.assembly import build


def evaluate(
    config: str | Path | Loaded,
    points: Sequence[Mapping[str, Any]],
    replications: int,
    *,
    seed: int | None = None,
    engine: str = "compiled",
) -> NDArray[np.float64]:
    """Simulate every point of a config and return its key figures.

    All points have the same random numbers: differences between them are paired by replication. The figures are
    those that `sim.run` and `sim.sweep` write, to the last bit.

    Parameters
    ----------
    config
        A config file, or one that `sim.load` has read: what all points start from.
    points
        For each point its values by dotted key, such as ``{"staffing.citizens_per_coordinator": 80}``; an empty
        mapping is the config itself.
    replications
        Of each point, numbered from 0.
    seed
        Instead of the config's.
    engine
        "compiled" or "simpy": the same results.

    Returns
    -------
    numpy.ndarray
        Key figures by point, replication and KPI (in the order of `sim.KPI_NAMES`); NaN where one is undefined.

    Raises
    ------
    ConfigError
        If a point is not a valid config, before any is simulated.
    UsageError
        If a number cannot be used, or there is no such engine.

    Examples
    --------
    >>> import sim
    >>> caseloads = [{"staffing.citizens_per_coordinator": c} for c in (50, 130)]
    >>> figures = sim.evaluate("configs/130_per_worker.toml", caseloads, replications=4)
    >>> timely = figures[:, :, sim.KPI_NAMES.index("timely_share")]
    >>> bool((timely[0] > timely[1]).all())
    True
    """
    check_numbers(replications=replications, seed=seed)
    base = config if isinstance(config, Loaded) else load(config)
    configs = VariedConfig(base).configs(points)
    chosen = base.config.run.seed if seed is None else seed
    figures = np.empty((len(configs), replications, len(KPI_NAMES)))
    get_ready(engine)
    for place, of_point in enumerate(configs):
        parameters = build(of_point)
        for number in range(replications):
            figures[place, number] = replicate(parameters, chosen, number, engine=engine)[1]
    return figures
