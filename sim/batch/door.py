"""The Python door: run a config from a script or a notebook."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.batch.executors import cores, local_executor
from sim.batch.prepare import DEFAULT_TABLES, prepare
from sim.batch.result import Result
from sim.batch.run import run_batches
from sim.config import Loaded, load
from sim.config.schema import Config
from sim.errors import UsageError
from sim.report.progress import Silent


def run(
    config: str | Path | Loaded | Config,
    *,
    replications: int | None = None,
    seed: int | None = None,
    workers: int | None = 1,
    out: str | Path | None = None,
    tables: Sequence[str] = DEFAULT_TABLES,
    overrides: Mapping[str, Any] | None = None,
) -> Result:
    """Run a config and hand back its results.

    Parameters
    ----------
    config
        A config file, or one that `sim.load` has read, or a `Config` (a variant called "config").
    replications, seed
        Instead of the config's.
    workers
        Processes; None: one a core. With more than one, a script needs the usual
        ``if __name__ == "__main__":`` around what it does.
    out
        Directory of the run; one that holds a run of the same config and seed is resumed or extended.
        None: a temporary directory that is removed with the result.
    tables
        Tables to keep beside the KPIs: any of "weekly", "citizens", "coordinators", "events".
    overrides
        Values by dotted key that win over those of a config file.

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
    """
    for name, value, least in (("replications", replications, 1), ("workers", workers, 1), ("seed", seed, 0)):
        if value is not None and value < least:
            raise UsageError(f"{name}: must be at least {least}; it is {value}")
    variant, values = _resolve(config, overrides)
    asked = {"replications": replications, "seed": seed}
    changes = {key: value for key, value in asked.items() if value is not None}
    values = values.model_copy(update={"run": type(values.run).model_validate(dict(values.run) | changes)})
    directory = Path(tempfile.mkdtemp(prefix="sim-") if out is None else out)
    result = Result(directory, temporary=out is None)
    batch = prepare(variant, values, directory, tables=tables)
    count = workers or cores()
    with local_executor(count) as executor:
        run_batches([batch], executor, count, Silent(), "sim.run (Python)")
    return result


def _resolve(config: str | Path | Loaded | Config, overrides: Mapping[str, Any] | None) -> tuple[str, Config]:
    if isinstance(config, (str, Path)):
        config = load(config, overrides)
    elif overrides:
        raise UsageError("overrides: only with a config file; use sim.load(path, overrides) instead")
    return (config.name, config.config) if isinstance(config, Loaded) else ("config", config)
