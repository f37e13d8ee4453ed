"""The plan of a sweep: one row a point, with its factors and its config. Its columns stand in the results too."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.config.experiment import Cell, Experiment
from sim.store.check import checked, readable
from sim.store.csv_file import write_csv
from sim.store.digest import Digests
from sim.store.files import atomic
from sim.store.manifest import Manifest
from sim.store.results import Head
from sim.tables.arrow import TYPES, Metadata, names_array, schema_of
from sim.tables.column import Column, count, name, text

PLAN = "plan.parquet"
PLAN_CSV = "plan.csv"

_EXACT = 1e15
"""Below it a whole number has the digits of the float."""
_KINDS: Mapping[str, Any] = {"float": "float64", "int": "int64", "bool": "bool", "text": "name"}
_FIRST = (count("number", "", "Number of the point in the plan."), name("variant", "Name of the point."))
_LAST = (
    text("config_hash", "SHA-256 of the point's config; replications, seed and money are left out."),
    text("config", "Every effective value of the point's config but its replications, as JSON."),
)


def plan_table(experiment: Experiment, configs: Sequence[tuple[str, str]], metadata: Metadata) -> pa.Table:
    """Make the plan of an experiment; `configs` are the hash and the text (`config_text`) of each point's config."""
    points = experiment.points
    columns: list[Column] = []
    arrays: list[pa.Array] = []
    if experiment.has_variants:
        columns.append(name("base_variant", "Variant of the experiment that the point starts from."))
        arrays.append(names_array(list(experiment.definition.variants), [point.base_variant for point in points]))
    for factor in experiment.factors:
        columns.append(Column(factor.name, _KINDS[factor.kind], factor.unit, f"Factor. {factor.description}"))
        cells: list[Any] = [point.cells[factor.name] for point in points]
        is_text = factor.kind == "text"
        arrays.append(names_array(factor.levels, cells) if is_text else pa.array(cells, TYPES[_KINDS[factor.kind]]))
    names = [point.name for point in points]
    return pa.Table.from_arrays(
        [
            pa.array([point.number for point in points], pa.int32()),
            names_array(names, names),
            *arrays,
            pa.array([digest for digest, _ in configs], pa.string()),
            pa.array([written for _, written in configs], pa.string()),
        ],
        schema=schema_of((*_FIRST, *columns, *_LAST), metadata),
    )


def config_text(values: Mapping[str, Any]) -> str:
    """Write a config without its replications: how many are asked for now changes no result, so no file either."""
    run = {key: value for key, value in values["run"].items() if key != "replications"}
    return json.dumps({**values, "run": run}, ensure_ascii=False)


def write_plan(directory: Path, plan: pa.Table, csv: str | None = None) -> Digests:
    """Write ``plan.parquet`` and, without the configs, ``plan.csv`` in a form of `sim.store.csv_file`.

    Returns
    -------
    Digests
        Of both files.
    """
    with atomic(directory / PLAN) as file:
        pq.write_table(plan, file, compression="zstd", write_page_checksum=True)
    shown = plan.drop_columns([column.name for column in _LAST])
    columns = [[_shown(cell) for cell in column.to_pylist()] for column in shown.columns]
    return {PLAN: file.digest, PLAN_CSV: write_csv(directory / PLAN_CSV, shown.column_names, columns, csv)}


def read_plan(directory: Path, manifest: Manifest) -> pa.Table:
    """Read the plan of a sweep.

    Raises
    ------
    UsageError
        If the sweep has none yet, or the file is damaged.
    """
    path = checked(directory, manifest, PLAN)
    with readable(path, manifest):
        return pq.read_table(path, page_checksum_verification=True)


def configs_of(plan: pa.Table) -> dict[str, str]:
    """List the points of a plan and their configs as JSON, in its order."""
    return dict(zip(plan["variant"].to_pylist(), plan["config"].to_pylist(), strict=True))


def head_of(plan: pa.Table) -> Head:
    """What rows of the results say of their point: its name, its variant and its factors."""
    factors = plan.select(plan.column_names[len(_FIRST) : -len(_LAST)]).combine_chunks()
    rows = list(zip(*(column.to_pylist() for column in factors.columns), strict=True))
    return Head(
        tuple(plan["variant"].to_pylist()),
        tuple(factors.schema),
        lambda places: list(factors.take(pa.array(places)).itercolumns()),
        lambda place: [_shown(cell) for cell in rows[place]] if rows else [],
    )


def _shown(cell: Cell) -> Cell:
    """Give a factor's value as it stands in a CSV file: whole numbers without a point."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT else cell
