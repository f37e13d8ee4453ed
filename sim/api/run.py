"""`sim.run`: run a config from a script or a notebook."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.api.result import Result
from sim.batch.drawn import PER_DRAW, Drawn
from sim.batch.prepare import prepare
from sim.batch.workers.base import Scheduler
from sim.batch.workers.opening import open_workers
from sim.catalogue import DEFAULT_TABLES
from sim.config import Loaded, load
from sim.config.numbers import check_numbers
from sim.config.schema import Config
from sim.errors import UsageError
from sim.report.progress import progress_in_python
from sim.store.posterior import read_posterior
from sim.study.precision import Goal, make_goal, run_asked


def run(
    config: str | Path | Loaded | Config,
    *,
    replications: int | None = None,
    precision: Mapping[str, float] | None = None,
    min_replications: int | None = None,
    max_replications: int | None = None,
    seed: int | None = None,
    workers: int | None = 1,
    executor: str = "processes",
    scheduler: str | Scheduler | None = None,
    out: str | Path | None = None,
    tables: Sequence[str] = DEFAULT_TABLES,
    overrides: Mapping[str, Any] | None = None,
    csv: str | None = None,
    posterior: str | Path | None = None,
    per_draw: int | None = None,
) -> Result:
    """Run a config and hand back its results.

    Parameters
    ----------
    config
        A config file, or one that `sim.load` has read, or a `Config` (a variant called "config").
    replications, seed
        Instead of the config's.
    precision
        Largest half-width of the mean's 95 % interval by KPI, in the KPI's unit (shares as 0.005):
        replications are added until it is reached.
    min_replications, max_replications
        With `precision`: at least (default 50) and at most (default 10,000).
    workers
        Number of replications to simulate at the same time; None: one per core. One is this process itself.
    executor
        "processes": with more than one, a script needs the usual ``if __name__ == "__main__":`` around what
        it does. "threads": of this process.
    scheduler
        Address of a Dask scheduler, such as ``tcp://host:8786``, whose workers then do the work; or a
        `sim.Scheduler`, which also says how it is reached and how long to wait for workers. `out` must be a
        directory that they share.
    out
        Directory of the run; one that holds a run of the same config and seed is resumed or extended.
        None: a temporary directory that is removed with the result.
    tables
        Tables to keep beside the KPIs: any of "weekly", "citizens", "schemes", "coordinators", "incidence",
        "events".
    overrides
        Values by dotted key that win over those of a config file.
    csv
        Form of the CSV files in `out`: "en" (comma, decimal point) or "da" (semicolon, decimal comma); None: that of
        the files which are there, else "en".

    posterior
        File of draws from `sim.calibrate`: each takes the place of the config's own values in turn. Intervals of
        means then count draws as independent, and ``result.uncertainty`` tells parameters and chance apart.
    per_draw
        Replications of each draw; None: 2.

    Returns
    -------
    Result
        With `replications`, `summary` and the tables as pandas frames.

    Raises
    ------
    ConfigError
        If the config is not valid.
    UsageError
        If `out` holds something else, or an argument cannot be used.
    RunFailed
        If a replication fails.

    Examples
    --------
    >>> import sim
    >>> result = sim.run("configs/50_per_worker.toml", replications=20)
    >>> len(result.replications)
    20
    >>> result.summary.columns.tolist()[:5]
    ['variant', 'kpi', 'unit', 'mean', 'sd']

    As many replications as it takes to know the timeliness to one percentage point:

    >>> result = sim.run("configs/50_per_worker.toml", precision={"timely_share": 0.01})
    >>> row = result.summary.set_index("kpi").loc["timely_share"]
    >>> bool((row["ci95_high"] - row["ci95_low"]) / 2 <= 0.01)
    True

    With two threads:

    >>> result = sim.run("configs/130_per_worker.toml", replications=3, workers=2, executor="threads")
    >>> len(result.replications)
    3
    """
    check_numbers(replications=replications, workers=workers, seed=seed)
    if precision is not None and replications is not None:
        raise UsageError("replications: not with precision, which finds their number; use max_replications")
    goal = goal_of(precision, min_replications, max_replications)
    drawn = _drawn(config, overrides, posterior, per_draw, precise=precision is not None)
    variant, values, basis = _resolve(config, overrides)
    asked = {"replications": replications, "seed": seed}
    changes = {key: value for key, value in asked.items() if value is not None}
    values = values.model_copy(update={"run": type(values.run).model_validate(dict(values.run) | changes)})
    directory = Path(tempfile.mkdtemp(prefix="sim-") if out is None else out)
    result = Result(directory, temporary=out is None)
    batch = prepare(variant, values, directory, tables=tables, csv=csv, basis=basis, drawn=drawn)
    with open_workers(workers, executor, scheduler=scheduler) as opened, progress_in_python() as shown:
        run_asked([batch], goal, opened, shown, "sim.run (Python)")
    return result


def goal_of(precision: Mapping[str, float] | None, minimum: int | None, maximum: int | None) -> Goal | None:
    """Check the arguments that say how precise the results shall be; None if no precision is asked for."""
    if precision is not None:
        return make_goal(precision, minimum, maximum)
    if (minimum, maximum) != (None, None):
        raise UsageError("min_replications, max_replications: only with precision")
    return None


def _drawn(
    config: str | Path | Loaded | Config,
    overrides: Mapping[str, Any] | None,
    posterior: str | Path | None,
    per_draw: int | None,
    *,
    precise: bool,
) -> Drawn | None:
    """Give the config the draws of a posterior."""
    if posterior is None:
        if per_draw is not None:
            raise UsageError("per_draw: only with posterior")
        return None
    check_numbers(per_draw=per_draw)
    if precise:
        raise UsageError("precision: not with posterior, where more replications need more draws too")
    if isinstance(config, Config):
        raise UsageError("posterior: only with a config file, or one that sim.load has read")
    loaded = config if isinstance(config, Loaded) else load(config, overrides)
    return Drawn(loaded, read_posterior(Path(posterior)), PER_DRAW if per_draw is None else per_draw)


def _resolve(
    config: str | Path | Loaded | Config, overrides: Mapping[str, Any] | None
) -> tuple[str, Config, dict[str, str]]:
    if isinstance(config, (str, Path)):
        config = load(config, overrides)
    elif overrides:
        raise UsageError("overrides: only with a config file; use sim.load(path, overrides) instead")
    return (config.name, config.config, config.basis) if isinstance(config, Loaded) else ("config", config, {})
