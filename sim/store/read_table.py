"""A table that a command has written beside its results, read again as rows."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import UsageError
from sim.store.files import reason

T = TypeVar("T")


class Rows(NamedTuple):
    """Rows of a table as plain values, by column, and the facts that its file carries."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    facts: Mapping[str, str]
    path: Path

    def of(self, kind: type[T]) -> tuple[T, ...]:
        """Make rows of a named tuple, whose fields are columns; a number without a value is NaN.

        Raises
        ------
        UsageError
            If the file lacks one of the columns, as that of another version does.
        """
        fields: Mapping[str, Any] = kind.__annotations__
        missing = next((name for name in fields if name not in self.columns), None)
        if missing is not None:
            raise UsageError(
                f"{self.path.as_posix()}: has no column {missing}; another version has written it, so make it again"
            )
        numbers = {name for name, type_ in fields.items() if type_ is float}
        return tuple(
            kind(**{name: math.nan if row[name] is None and name in numbers else row[name] for name in fields})
            for row in self.rows
        )


def read_rows(path: Path) -> Rows:
    """Read a Parquet file.

    Raises
    ------
    UsageError
        If there is none, or it is damaged.
    """
    shown = path.as_posix()
    try:
        table = pq.read_table(path, page_checksum_verification=True)
    except FileNotFoundError:
        raise UsageError(f"{shown}: no such file; make the results again") from None
    except pa.ArrowException as error:
        raise UsageError(f"{shown}: is damaged, or no Parquet file; make it again") from error
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {reason(error)}") from error
    facts = {key.decode(): text.decode() for key, text in (table.schema.metadata or {}).items()}
    return Rows(tuple(table.column_names), table.to_pylist(), facts, path)
