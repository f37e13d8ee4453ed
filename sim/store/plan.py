"""The plan of a sweep, one row a point, and the columns that it lends to the results over all points."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sim.config.experiment import Cell, FactorColumn, Point
from sim.config.toml.toml_text import value_text
from sim.store.files import atomic, write_text
from sim.tables.arrow import Metadata

PLAN = "plan.parquet"
PLAN_CSV = "plan.csv"

_NAME = pa.dictionary(pa.int32(), pa.string())
_TYPES = {"float": pa.float64(), "int": pa.int64(), "bool": pa.bool_(), "text": _NAME}


class Columns(NamedTuple):
    """What says of a row which point it belongs to.

    Attributes
    ----------
    points
        Names of all points, in the order of the plan.
    base_variants
        Names of the experiment's variants; empty: there are none, and no column.
    factors
        The factors.
    """

    points: tuple[str, ...]
    base_variants: tuple[str, ...]
    factors: tuple[FactorColumn, ...]

    def fields(self) -> list[pa.Field]:
        """Fields of the columns that tell what a point is: the variant it starts from, and the factors."""
        fields = [_field(f.name, _TYPES[f.kind], f.unit, _description(f)) for f in self.factors]
        if self.base_variants:
            text = "Variant of the experiment that the point starts from."
            fields.insert(0, _field("base_variant", _NAME, "", text))
        return fields

    def arrays(self, points: Sequence[Point]) -> list[pa.Array]:
        """The same columns, with one row for each of some points."""
        arrays = [_array(f, [point.cells[f.name] for point in points]) for f in self.factors]
        if self.base_variants:
            arrays.insert(0, _names(self.base_variants, [point.base_variant for point in points]))
        return arrays

    def variant(self, points: Sequence[Point]) -> pa.Array:
        """The points' names; the dictionary is the whole list, so it is the same in every row group."""
        return _names(self.points, [point.name for point in points])

    def cells(self, point: Point) -> list[str]:
        """The same columns of a point as they stand in a CSV file."""
        texts = [cell_text(point.cells[f.name]) for f in self.factors]
        return [point.base_variant, *texts] if self.base_variants else texts

    @property
    def headings(self) -> list[str]:
        """Names of the same columns."""
        return [field.name for field in self.fields()]


def cell_text(cell: Cell) -> str:
    """Write a factor's value; whole numbers without a point, nothing for what is switched off."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else value_text(cell)


def write_plan(directory: Path, columns: Columns, points: Sequence[Point], metadata: Metadata) -> None:
    """Write ``plan.parquet`` and ``plan.csv``."""
    schema = pa.schema(
        [
            _field("number", pa.int32(), "", "Number of the point in the plan."),
            _field("variant", _NAME, "", "Name of the point, and of its folder in points/."),
            *columns.fields(),
        ],
        metadata=dict(metadata),
    )
    numbers = pa.array([point.number for point in points], pa.int32())
    table = pa.Table.from_arrays([numbers, columns.variant(points), *columns.arrays(points)], schema=schema)
    with atomic(directory / PLAN) as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["number", "variant", *columns.headings])
    writer.writerows([point.number, point.name, *columns.cells(point)] for point in points)
    write_text(directory / PLAN_CSV, text.getvalue())


def _field(name: str, kind: pa.DataType, unit: str, description: str) -> pa.Field:
    return pa.field(name, kind, metadata={"unit": unit, "description": description})


def _description(factor: FactorColumn) -> str:
    return f"Factor. {factor.description}"


def _array(factor: FactorColumn, cells: Sequence[Any]) -> pa.Array:
    return _names(factor.levels, cells) if factor.kind == "text" else pa.array(cells, _TYPES[factor.kind])


def _names(names: Sequence[str], cells: Sequence[str]) -> pa.Array:
    codes: Mapping[str, int] = {name: code for code, name in enumerate(names)}
    return pa.DictionaryArray.from_arrays(
        pa.array([codes[cell] for cell in cells], pa.int32()), pa.array(list(names), pa.string())
    )
