"""From rows of a file back to records: codes for names, as the engines have filled them."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.model.names import Names
from sim.tables.column import Column
from sim.tables.records import TABLES, Table, TableName

_DTYPES = {"int32": np.int32, "code": np.int32, "float64": np.float64, "bool": np.bool_}


def decode_table(table: TableName, rows: pa.Table, names: Names) -> Table:
    """Rows of one replication of a file as the records that they were made of."""
    return {column.name: _decode(rows[column.name], column, names) for column in TABLES[table]}


def known_codes(values: pa.ChunkedArray, names: Sequence[str]) -> NDArray[np.int64]:
    """Codes of a column of names into a list; -1: not in it, or no value."""
    coded = values.combine_chunks()
    places = {name: place for place, name in enumerate(names)}
    ours = np.array([places.get(name, -1) for name in coded.dictionary.to_pylist()] + [-1], np.int64)
    return np.asarray(ours[coded.indices.fill_null(-1).to_numpy()])


def _decode(values: pa.ChunkedArray, column: Column, names: Names) -> NDArray[np.generic]:
    if column.names is not None:
        return _codes(values.combine_chunks(), getattr(names, column.names))
    if column.kind == "float64":
        return np.asarray(values.to_numpy(), np.float64)  # Null becomes NaN.
    return np.asarray(values.to_numpy(), _DTYPES[column.kind])


def _codes(values: pa.DictionaryArray, names: Sequence[str]) -> NDArray[np.int32]:
    """Codes into our list of names; the file's dictionary may be of another order."""
    places = {name: place for place, name in enumerate(names)}
    ours = np.array([places[name] for name in values.dictionary.to_pylist()] + [-1], np.int32)
    return np.asarray(ours[values.indices.fill_null(-1).to_numpy()], np.int32)
