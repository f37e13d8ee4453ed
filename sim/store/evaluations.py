"""Key figures of points that were simulated in memory, kept so that nothing is simulated twice.

A part is named by a digest of all that its figures follow from: the configs, the replications, the seed, the version
of the rules and of the key figures. What is there under that name is right, whatever has been changed since.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.model.version import RULES_VERSION
from sim.store.files import atomic

Floats = NDArray[np.float64]

FOLDER = "evaluations"
_DIGEST = b"sim.digest"


def part_name(hashes: Sequence[str], first: Sequence[int], replications: int, seed: int, kpis: str) -> str:
    """Name the part of some points.

    Parameters
    ----------
    hashes
        Of the points' configs.
    first
        Number of each point's first replication.
    replications
        Of each point.
    seed
        Of all.
    kpis
        Identity of the key figures.
    """
    written = json.dumps([list(hashes), list(first), replications, seed, RULES_VERSION, kpis])
    return hashlib.sha256(written.encode("ascii")).hexdigest()[:24] + ".parquet"


def write_figures(path: Path, figures: Floats, names: Sequence[str]) -> None:
    """Write the figures of a part (point x replication x KPI), whole or not at all."""
    points, replications, _ = figures.shape
    flat = figures.reshape(points * replications, -1)
    columns = {"point": np.repeat(np.arange(points, dtype=np.int32), replications)}
    table = pa.table({**columns, **{name: flat[:, i] for i, name in enumerate(names)}})
    table = table.replace_schema_metadata({_DIGEST: _digest(flat)})
    with atomic(path) as file:
        pq.write_table(table, file, compression="zstd", use_dictionary=False, write_page_checksum=True)


def read_figures(path: Path, points: int, replications: int, names: Sequence[str]) -> Floats | None:
    """Read the figures of a part back; None if it is not there, or not whole."""
    if not path.is_file():
        return None
    try:
        table = pq.read_table(path, columns=list(names), page_checksum_verification=True)
    except (OSError, pa.ArrowException):
        return None
    flat = np.stack([np.asarray(table[name].to_numpy(), np.float64) for name in names], axis=1)
    told = (table.schema.metadata or {}).get(_DIGEST)
    if told != _digest(flat) or len(flat) != points * replications:
        return None
    return flat.reshape(points, replications, len(names))


def _digest(flat: Floats) -> bytes:
    return hashlib.sha256(np.ascontiguousarray(flat).tobytes()).hexdigest().encode("ascii")
