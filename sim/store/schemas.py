"""What every file holds: the columns of the records, with names for codes and calendar dates beside weeks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.engine.records import TABLES, Column, Table, TableName
from sim.model.names import Names

Metadata = Mapping[str, str]
"""Facts about a whole file (variant, config hash, seed, code), stored in its schema."""

_NAME = pa.dictionary(pa.int32(), pa.string())
_TYPES = {"int32": pa.int32(), "float64": pa.float64(), "bool": pa.bool_(), "code": _NAME}
_DAYS_PER_WEEK = 7
_MICROSECONDS_PER_WEEK = 7 * 24 * 3600 * 10**6


class Calendar(NamedTuple):
    """A column that files add: a moment given in weeks, as a date or a timestamp.

    Attributes
    ----------
    name, description
        Of the added column.
    weeks
        The column it follows and is computed from.
    """

    name: str
    weeks: str
    description: str


DATES: Mapping[TableName, tuple[Calendar, ...]] = {
    "weekly": (Calendar("date", "week", "Date of the week's end."),),
    "citizens": (
        Calendar("entry_date", "entry_weeks", "Date of entry."),
        Calendar("exit_date", "exit_weeks", "Date of exit; no value: still open at the horizon."),
    ),
    "coordinators": (),
    "events": (Calendar("timestamp", "weeks", "When, on the calendar."),),
}


def table_schema(table: TableName, metadata: Metadata) -> pa.Schema:
    """Arrow schema of a table's files.

    Parameters
    ----------
    table
        One of `sim.engine.records.TABLES`.
    metadata
        Facts about the run; nothing that differs between identical runs.

    Returns
    -------
    pyarrow.Schema
        Fields carry their unit and description as metadata.
    """
    fields = _key_fields()
    if table == "events":
        fields.append(_field("case_id", pa.string(), "", "Replication and citizen; no value: concerns no citizen."))
    for column in TABLES[table]:
        fields.append(_field(column.name, _TYPES[column.kind], column.unit, column.description))
        fields.extend(
            _field(added.name, _calendar_type(table), "", added.description)
            for added in DATES[table]
            if added.weeks == column.name
        )
    return pa.schema(fields, metadata=dict(metadata))


def replications_schema(kpis: Sequence[tuple[str, str, str]], metadata: Metadata) -> pa.Schema:
    """Arrow schema of the replications table: one column per KPI.

    Parameters
    ----------
    kpis
        Name, unit and description of each KPI, in column order.
    metadata
        Facts about the run.
    """
    fields = [_field(name, pa.float64(), unit, description) for name, unit, description in kpis]
    return pa.schema(_key_fields() + fields, metadata=dict(metadata))


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
    columns |= _key_columns(variant, numbers)
    if table == "events":
        columns["case_id"] = _case_ids(values["citizen"], numbers)
        columns["timestamp"] = _timestamps(values["weeks"], start)
    else:
        for added in DATES[table]:
            columns[added.name] = _dates(values[added.weeks], start)
    return pa.Table.from_arrays([columns[name] for name in schema.names], schema=schema)


def encode_kpis(
    kpis: Sequence[Mapping[str, float]], variant: str, replications: Sequence[int], schema: pa.Schema
) -> pa.Table:
    """Rows of the replications table; an undefined KPI (NaN) becomes null.

    Parameters
    ----------
    kpis
        The KPIs of each replication.
    variant, replications
        Keys of the rows.
    schema
        From `replications_schema`.
    """
    columns = _key_columns(variant, np.asarray(replications, np.int32))
    for name in schema.names[len(columns) :]:
        columns[name] = pa.array(np.array([row[name] for row in kpis], np.float64), from_pandas=True)
    return pa.Table.from_arrays([columns[name] for name in schema.names], schema=schema)


def _key_fields() -> list[pa.Field]:
    return [
        _field("variant", _NAME, "", "Name of the config."),
        _field("replication", pa.int32(), "", "Number of the replication."),
    ]


def _field(name: str, kind: pa.DataType, unit: str, description: str) -> pa.Field:
    return pa.field(name, kind, metadata={"unit": unit, "description": description})


def _calendar_type(table: TableName) -> pa.DataType:
    return pa.timestamp("us") if table == "events" else pa.date32()


def _key_columns(variant: str, replications: NDArray[np.int32]) -> dict[str, pa.Array]:
    codes = pa.array(np.zeros(len(replications), np.int32))
    return {
        "variant": pa.DictionaryArray.from_arrays(codes, pa.array([variant], pa.string())),
        "replication": pa.array(replications),
    }


def _encode_column(column: Column, values: NDArray[Any], names: Names) -> pa.Array:
    if column.names is not None:
        codes = pa.array(values.astype(np.int32), mask=values < 0)
        return pa.DictionaryArray.from_arrays(codes, pa.array(getattr(names, column.names), pa.string()))
    # from_pandas: NaN is "has not happened", which files show as null.
    return pa.array(values, _TYPES[column.kind], from_pandas=True)


def _dates(weeks: NDArray[Any], start: date) -> pa.Array:
    happened = ~np.isnan(weeks.astype(np.float64))
    days = np.floor(np.where(happened, weeks, 0.0) * _DAYS_PER_WEEK).astype(np.int32)
    return pa.array(days + np.datetime64(start, "D").astype(np.int32), pa.int32(), mask=~happened).cast(pa.date32())


def _timestamps(weeks: NDArray[Any], start: date) -> pa.Array:
    since_start = np.rint(weeks.astype(np.float64) * _MICROSECONDS_PER_WEEK).astype(np.int64)
    return pa.array(since_start + np.datetime64(start, "us").astype(np.int64)).cast(pa.timestamp("us"))


def _case_ids(citizens: NDArray[Any], replications: NDArray[np.int32]) -> pa.Array:
    numbers = pa.array(citizens.astype(np.int32), mask=citizens < 0).cast(pa.string())
    return pc.binary_join_element_wise(pa.array(replications).cast(pa.string()), numbers, "-")
