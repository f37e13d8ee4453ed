"""Columns of files as arrays of NumPy.

Not by Arrow's `to_numpy`: it imports pandas, which takes longer than reading a run does.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.generic]]
"""Columns by their names."""


def arrays(rows: pa.Table, columns: Sequence[str]) -> Arrays:
    """Give some columns as arrays; see `array_of`."""
    return {name: array_of(rows[name]) for name in columns}


def array_of(column: pa.ChunkedArray) -> NDArray[np.generic]:
    """Give numbers as they are (NaN: none), and names as codes into the column's own list of them (-1: none)."""
    whole = column.combine_chunks()
    if pa.types.is_dictionary(whole.type):
        return _filled(whole.indices, -1, np.int64)
    is_truth = pa.types.is_boolean(whole.type)
    if is_truth:
        whole = whole.cast(pa.uint8())  # Arrow packs eight into a byte.
    if whole.null_count:
        return _filled(whole, np.nan, np.float64)
    return np.asarray(_plain(whole), np.bool_) if is_truth else _plain(whole)


def _filled(values: pa.Array, none: float, kind: type[np.generic]) -> NDArray[np.generic]:
    """Give values as numbers of one kind, with `none` where there is no value."""
    if not values.null_count:
        return np.asarray(_plain(values), kind)
    there = np.asarray(_plain(values.is_valid().cast(pa.uint8())), np.bool_)
    filled = np.full(len(values), none, kind)
    filled[there] = _plain(values.drop_null())
    return filled


def _plain(values: pa.Array) -> NDArray[np.generic]:
    found: NDArray[np.generic] = np.from_dlpack(values)
    return found
