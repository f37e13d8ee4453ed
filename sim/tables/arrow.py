"""Columns as Arrow knows them: schemas that carry unit and meaning, and tables made of rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from sim.tables.column import Column

Metadata = Mapping[str, str]
"""Facts about a whole file (variant, config hash, seed, version of the rules), stored in its schema."""

_NAME = pa.dictionary(pa.int32(), pa.string())
TYPES: Mapping[str, pa.DataType] = {
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "code": _NAME,
    "name": _NAME,
    "text": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}
"""Arrow type of each kind of column."""


def schema_of(columns: Iterable[Column], metadata: Metadata) -> pa.Schema:
    """Make the Arrow schema of a table; fields carry their unit and description as metadata."""
    fields = [
        pa.field(c.name, TYPES[c.kind], metadata={"unit": c.unit, "description": c.description}) for c in columns
    ]
    return pa.schema(fields, metadata=dict(metadata))


def table_of(columns: Sequence[Column], rows: Iterable[Sequence[Any]], metadata: Metadata) -> pa.Table:
    """Make a table of rows of cells in the order of the columns; None and NaN become null."""
    schema = schema_of(columns, metadata)
    turned = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [pa.array(cells, field.type, from_pandas=True) for cells, field in zip(turned, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def names_array(names: Sequence[str], cells: Sequence[str]) -> pa.Array:
    """Encode texts by a list of names; the dictionary is the whole list, so it is the same in every file."""
    codes = {name: code for code, name in enumerate(names)}
    return pa.DictionaryArray.from_arrays(
        pa.array([codes[cell] for cell in cells], pa.int32()), pa.array(list(names), pa.string())
    )
