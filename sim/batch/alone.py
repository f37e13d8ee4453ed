"""One replication of a run by itself, to see why it fails: ``python -m sim.batch.alone DIRECTORY REPLICATION``."""

import math
import sys
from pathlib import Path

from sim.analysis.kpis import kpis
from sim.config.canonical import from_canonical
from sim.engine import simulate
from sim.errors import UsageError
from sim.model.assembly import build
from sim.store.manifest import FILE_NAME, Manifest


def alone(directory: str | Path, replication: int) -> str:
    """Simulate one replication of a run from its manifest alone, in this process; nothing is written.

    An error comes with its traceback; a crash ends the process.

    Parameters
    ----------
    directory
        Of the run.
    replication
        Its number.

    Returns
    -------
    str
        What to tell when it did not fail.
    """
    manifest = Manifest.read(Path(directory))
    if manifest is None:
        raise UsageError(f"{Path(directory).as_posix()}: there is no {FILE_NAME}")
    parameters = build(from_canonical(manifest.config))
    engine = manifest.runs[-1]["engine"] if manifest.runs else "compiled"
    done = simulate(parameters, manifest.seed, replication, events=True, engine=engine)
    defined = sum(not math.isnan(value) for value in kpis(done, parameters).values())
    return (
        f"replication {replication} of {manifest.variant} (seed {manifest.seed}, {engine} engine) ran to its end: "
        f"{defined} key figures"
    )


if __name__ == "__main__":
    print(alone(sys.argv[1], int(sys.argv[2])))
