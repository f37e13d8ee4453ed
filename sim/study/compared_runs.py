"""From the directory that a comparison or a ledger was written to back to the runs that it is of."""

from pathlib import Path

import pyarrow.parquet as pq

from sim.errors import UsageError
from sim.store.manifest import FILE_NAME
from sim.store.run import Run, open_runs


def runs_compared(path: Path) -> tuple[list[Run], str] | None:
    """Find the runs of a comparison among the results that it lies among, by the hashes of their configs.

    Parameters
    ----------
    path
        The directory.

    Returns
    -------
    tuple or None
        The runs, and the name of the baseline; None: the directory holds no comparison and no ledger.

    Raises
    ------
    UsageError
        If a run is not there.
    """
    files = [path / "comparison.parquet"] if (path / "comparison.parquet").is_file() else []
    files = files or sorted(path.glob("ledger*.parquet"))
    if not files:
        return None
    facts: dict[str, str] = {}
    names: dict[tuple[str, str], None] = {}
    for file in files:  # A ledger for each variant, all against one baseline.
        facts = {k.decode(): v.decode() for k, v in (pq.read_schema(file).metadata or {}).items()}
        pairs = (pair.rpartition("=") for pair in facts.get("sim.config_hashes", "").split(" ") if pair)
        names |= dict.fromkeys((name, digest) for name, _, digest in pairs)
    if not names:
        raise UsageError(f"{path.as_posix()}: does not say which runs it is of; name the runs themselves")
    results = path.resolve().parent.parent
    there = [run for child in sorted(results.iterdir()) if (child / FILE_NAME).exists() for run in open_runs(child)]
    found = []
    for name, digest in names:
        run = next((one for one in there if one.config_hash == digest and one.variant in name), None)
        if run is None:
            raise UsageError(
                f"{path.as_posix()}: is of the run {name}, which is not in {results.as_posix()}; "
                "name the runs themselves"
            )
        found.append(run)
    return found, facts["sim.baseline"]
