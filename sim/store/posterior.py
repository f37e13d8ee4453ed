"""Draws of parameters from a posterior, as a file: what `sim calibrate` writes and ``sim run --posterior`` reads."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.errors import UsageError
from sim.store.digest import file_digest
from sim.store.files import atomic, reason
from sim.tables.arrow import schema_of
from sim.tables.column import number, whole

FILE = "posterior.parquet"
_FORMAT = 1
_ABOUT = b"sim.posterior"


class Posterior(NamedTuple):
    """Draws that were read.

    Attributes
    ----------
    path
        The file.
    digest
        SHA-256 of the file.
    keys
        Dotted keys of a config that each draw sets.
    values
        Draw x key.
    about
        Where the draws are from: calibration, version, rules, seed, configs, targets.
    """

    path: Path
    digest: str
    keys: tuple[str, ...]
    values: NDArray[np.float64]
    about: Mapping[str, Any]

    def draw(self, number: int) -> dict[str, float]:
        """Values of a draw, by key."""
        return dict(zip(self.keys, self.values[number].tolist(), strict=True))


def write_posterior(
    path: Path, keys: Sequence[str], units: Sequence[str], values: NDArray[np.float64], about: Mapping[str, Any]
) -> str:
    """Write draws (draw x key), whole or not at all; gives the digest of the file.

    Parameters
    ----------
    path
        Where to.
    keys, units
        Dotted key of each column, and its unit.
    values
        The draws.
    about
        Facts in types of JSON, stored in the file.
    """
    columns = [whole("draw", "", "Number of the draw, from 0.")]
    columns += [number(key, unit, f"Value of {key}.") for key, unit in zip(keys, units, strict=True)]
    told = json.dumps({"format": _FORMAT, **about}, ensure_ascii=True, allow_nan=False, sort_keys=True)
    schema = schema_of(columns, {_ABOUT.decode(): told})
    arrays = [pa.array(np.arange(len(values))), *(pa.array(values[:, i]) for i in range(len(keys)))]
    with atomic(path) as file:
        pq.write_table(
            pa.Table.from_arrays(arrays, schema=schema), file, compression="zstd", write_page_checksum=True
        )
    return file.digest


def read_posterior(path: Path) -> Posterior:
    """Read draws.

    Raises
    ------
    UsageError
        If there is no such file, or it holds no draws of a calibration, or it is damaged.
    """
    shown = path.as_posix()
    if path.is_dir() and (path / FILE).is_file():
        path = path / FILE
    try:
        digest = file_digest(path)
        table = pq.read_table(path, page_checksum_verification=True)
    except FileNotFoundError:
        raise UsageError(f"{shown}: no such file; 'sim calibrate' writes {FILE}") from None
    except pa.ArrowException as error:
        raise UsageError(f"{shown}: is damaged, or no Parquet file; 'sim calibrate' writes {FILE}") from error
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {reason(error)}") from error
    told = (table.schema.metadata or {}).get(_ABOUT)
    about = json.loads(told) if told is not None else {}
    if about.get("format") != _FORMAT:
        raise UsageError(f"{shown}: holds no draws of a calibration; 'sim calibrate' writes {FILE}")
    keys = tuple(name for name in table.column_names if name != "draw")
    values = np.stack([np.asarray(table[key].to_numpy(), np.float64) for key in keys], axis=1)
    if len(values) == 0 or not np.isfinite(values).all():
        raise UsageError(f"{shown}: holds no draws, or values that are no numbers")
    return Posterior(path, digest, keys, values, about)
