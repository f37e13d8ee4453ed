"""From records to rows of a file: names for codes, calendar dates beside weeks, keys in front."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.model.names import Names
from sim.tables.arrow import TYPES, Metadata, schema_of
from sim.tables.column import Column, count, name, text
from sim.tables.records import TABLES, Table, TableName

_DAYS_PER_WEEK = 7
_MICROSECONDS_PER_WEEK = 7 * 24 * 3600 * 10**6

KEYS = (
    name("variant", "Name of the config."),
    count("replication", "", "Number of the replication."),
)
"""Columns that every table of results begins with."""
_CASE = text("case_id", "Replication and citizen; of events about staff alone, replication and post.")
DATES: Mapping[TableName, Mapping[str, Column]] = {
    "weekly": {"week": Column("date", "date", "", "Date of the week's end.")},
    "citizens": {
        "entry_weeks": Column("entry_date", "date", "", "Date of entry; no value: before the year 1."),
        "arrival_weeks": Column("arrival_date", "date", "", "Date of arrival at the centre."),
        "exit_weeks": Column("exit_date", "date", "", "Date of exit; no value: still open at the horizon."),
    },
    "schemes": {"weeks": Column("date", "date", "", "Date of the change.")},
    "coordinators": {},
    "incidence": {},
    "events": {"weeks": Column("timestamp", "timestamp", "", "When, on the calendar.")},
}
"""Columns that files add behind a moment in weeks: the same on the calendar."""


def file_columns(table: TableName) -> Iterator[Column]:
    """List the columns of a table's files: the keys, the records' columns, and dates beside weeks."""
    yield from KEYS
    if table == "events":
        yield _CASE
    for column in TABLES[table]:
        yield column
        if column.name in DATES[table]:
            yield DATES[table][column.name]


def table_schema(table: TableName, metadata: Metadata) -> pa.Schema:
    """Arrow schema of a table's files; `metadata` holds nothing that differs between identical runs."""
    return schema_of(file_columns(table), metadata)


def kpi_schema(kpis: Sequence[Column], metadata: Metadata) -> pa.Schema:
    """Arrow schema of the replications table: the keys, and one column a KPI."""
    return schema_of((*KEYS, *kpis), metadata)


def encode_table(
    table: TableName,
    data: Sequence[Table],
    names: Names,
    variant: str,
    replications: Sequence[int],
    start: date,
    schema: pa.Schema,
) -> pa.Table:
    """Some replications' rows of a table as they are written.

    Codes become their names (the dictionary is the whole list, so it is the same in every file), NaN and
    code -1 become null, and weeks get their calendar columns.

    Parameters
    ----------
    table, data
        Which table, and of each replication its arrays by column name.
    names
        The lists that codes point into.
    variant, replications
        Keys of the rows.
    start
        Calendar date of week 0.
    schema
        From `table_schema`.
    """
    values = {column.name: np.concatenate([rows[column.name] for rows in data]) for column in TABLES[table]}
    columns = {column.name: _encode_column(column, values[column.name], names) for column in TABLES[table]}
    counts = [len(next(iter(rows.values()))) for rows in data]
    numbers = np.repeat(np.asarray(replications, np.int32), counts)
    columns["variant"] = variant_column([variant], [0] * len(numbers))
    columns["replication"] = pa.array(numbers)
    if table == "events":
        columns["case_id"] = _case_ids(values["citizen"], values["resource"], names, numbers)
        columns["timestamp"] = _timestamps(values["weeks"], start)
    else:
        for weeks, added in DATES[table].items():
            columns[added.name] = _dates(values[weeks], start)
    return pa.Table.from_arrays([columns[name] for name in schema.names], schema=schema)


def encode_kpis(
    values: NDArray[np.float64],
    names: Sequence[str],
    codes: Sequence[int],
    replications: Sequence[int],
    schema: pa.Schema,
) -> pa.Table:
    """Rows of the replications table; an undefined KPI (NaN) becomes null.

    Parameters
    ----------
    values
        One row a replication, one column a KPI, in the order of the schema.
    names, codes
        Names of the variants, and which of them each row is of.
    replications
        Number of each row's replication.
    schema
        From `kpi_schema`.
    """
    columns = [variant_column(names, codes), pa.array(np.asarray(replications, np.int32))]
    columns += [pa.array(np.ascontiguousarray(column), from_pandas=True) for column in values.T]
    return pa.Table.from_arrays(columns, schema=schema)


def variant_column(names: Sequence[str], codes: Sequence[int] | NDArray[np.int32]) -> pa.Array:
    """Encode the variant of each row; the dictionary is the whole list of names."""
    return pa.DictionaryArray.from_arrays(pa.array(np.asarray(codes, np.int32)), pa.array(list(names), pa.string()))


def _encode_column(column: Column, values: NDArray[Any], names: Names) -> pa.Array:
    if column.names is not None:
        return _encode_names(values, getattr(names, column.names))
    # from_pandas: NaN is "has not happened", which files show as null.
    return pa.array(values, TYPES[column.kind], from_pandas=True)


def _encode_names(values: NDArray[Any], names: Sequence[str]) -> pa.Array:
    codes = pa.array(values.astype(np.int32), mask=values < 0)
    return pa.DictionaryArray.from_arrays(codes, pa.array(names, pa.string()))


def _dates(weeks: NDArray[Any], start: date) -> pa.Array:
    """Dates of moments in weeks; none for what has not happened, or not in the years 1 to 9999 that dates have."""
    days = np.floor(weeks.astype(np.float64) * _DAYS_PER_WEEK) + np.datetime64(start, "D").astype(np.int64)
    first, last = (np.datetime64(day, "D").astype(np.int64) for day in (date.min, date.max))
    there = (days >= first) & (days <= last)  # Not of NaN.
    return pa.array(np.where(there, days, 0.0).astype(np.int32), pa.int32(), mask=~there).cast(pa.date32())


def _timestamps(weeks: NDArray[Any], start: date) -> pa.Array:
    since_start = np.rint(weeks.astype(np.float64) * _MICROSECONDS_PER_WEEK).astype(np.int64)
    return pa.array(since_start + np.datetime64(start, "us").astype(np.int64)).cast(pa.timestamp("us"))


def _case_ids(
    citizens: NDArray[Any], resources: NDArray[Any], names: Names, replications: NDArray[np.int32]
) -> pa.Array:
    """Replication and citizen; what concerns no citizen is of a post, whose life is a case of its own."""
    numbers = pa.array(citizens.astype(np.int32)).cast(pa.string())
    posts = _encode_names(resources, names.resources).cast(pa.string())
    cases = pc.if_else(pa.array(citizens < 0), posts, numbers)
    return pc.binary_join_element_wise(pa.array(replications).cast(pa.string()), cases, "-")
