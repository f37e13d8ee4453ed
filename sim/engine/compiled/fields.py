"""Fields of records that are written down elsewhere: in the parameters' tuples, and in the tables' columns."""

import functools
from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np

from sim.model.distributions import Distribution
from sim.tables.column import Column

Dtype = np.dtype[np.void]
Fields = Mapping[str, Any]
"""NumPy types by name of field."""

SPAN: Dtype = np.dtype([("first", "i8"), ("count", "i8")], align=True)
"""Numbers that lie side by side in the array `numbers`."""
_SCALARS = {float: "f8", int: "i8", bool: "?"}
_OF_COLUMNS = {"int32": "i4", "code": "i4", "float64": "f8", "bool": "?"}


@functools.cache
def parameter_fields(kind: type[Any]) -> Fields:
    """Return the fields of the record that holds a tuple of parameters.

    Numbers and flags are what they are, a distribution is its place in the array `distributions`, floats side by
    side are a span, and a tuple of parameters is a record in the record. Text and other lists are left out.
    """
    found = {name: _type_of(hint) for name, hint in get_type_hints(kind).items()}
    return {name: given for name, given in found.items() if given is not None}


def column_fields(columns: Iterable[Column]) -> Fields:
    """Return the fields of the record that holds a row of a table."""
    return {c.name: _OF_COLUMNS[c.kind] for c in columns}


def record_of(fields: Fields) -> Dtype:
    """Make a record of fields, each at a place that suits it."""
    return np.dtype(list(fields.items()), align=True)


def _type_of(hint: Any) -> Any:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if hint is Distribution:
        return "i8"
    if hasattr(hint, "_fields"):
        fields = parameter_fields(hint)
        return record_of(fields) if fields else None
    return SPAN if get_origin(hint) is tuple and get_args(hint)[0] is float else None
