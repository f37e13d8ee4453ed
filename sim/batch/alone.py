"""One replication by itself, to see why it fails: ``python -m sim.batch.alone DIRECTORY REPLICATION [POINT]``."""

import json
import math
import sys
from pathlib import Path

from sim.batch.variant import replicate
from sim.config.canonical import from_canonical
from sim.errors import UsageError
from sim.model.assembly import build
from sim.store.plan import configs_of, read_plan
from sim.store.run import open_manifest


def alone(directory: str | Path, replication: int, point: str | None = None) -> str:
    """Simulate one replication of a run from its manifest alone, in this process; nothing is written.

    An error comes with its traceback; a crash ends the process.

    Parameters
    ----------
    directory
        Of the run or sweep.
    replication
        Its number.
    point
        Of a sweep.

    Returns
    -------
    str
        What to tell when it did not fail.
    """
    manifest = open_manifest(Path(directory))
    if manifest.posterior is not None:
        raise UsageError(
            f"{Path(directory).as_posix()}: its replications have the parameters of draws, which the manifest "
            f"does not "
            "hold; set the draw's values in the config instead"
        )
    name, values = manifest.name, manifest.definition
    if manifest.holds == "sweep":
        points = configs_of(read_plan(Path(directory), manifest))
        if point not in points:
            raise UsageError(f"{Path(directory).as_posix()}: no point {point!r}; plan.csv lists all")
        name, values = point, json.loads(points[point])
    engine = manifest.runs[-1]["engine"] if manifest.runs else "compiled"
    parameters = build(from_canonical(values))
    _, figures = replicate(parameters, manifest.seed, replication, tables=("events", "weekly"), engine=engine)
    defined = sum(not math.isnan(value) for value in figures)
    return (
        f"replication {replication} of {name} (seed {manifest.seed}, {engine} engine) ran to its end: "
        f"{defined} key figures"
    )


if __name__ == "__main__":
    print(alone(sys.argv[1], int(sys.argv[2]), *sys.argv[3:4]))
