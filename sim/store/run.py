"""A finished run, or a point of a finished sweep, opened to be read: its config, its KPIs, its tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.config.canonical import values_hash
from sim.errors import UsageError
from sim.store.arrays import Arrays, array_of
from sim.store.check import checked, readable
from sim.store.manifest import FILE_NAME, Manifest, UnreadableManifest
from sim.store.parts import (
    KPIS_FOLDER,
    Chunk,
    chunks_among,
    every_replication,
    every_replication_as_arrays,
    longest,
)
from sim.store.plan import configs_of, read_plan
from sim.store.results import REPLICATIONS


@dataclass(frozen=True)
class Run:
    """The results of one variant.

    Attributes
    ----------
    directory
        Of the run, or of the sweep.
    variant
        Name of the config, or of the point: what its rows say.
    name
        What tables call it: its variant, unless another run that it stands beside has the same.
    manifest
        Of the directory.
    stored_config
        Every effective value, as JSON.
    """

    directory: Path
    variant: str
    name: str
    manifest: Manifest
    stored_config: str

    @cached_property
    def config(self) -> Mapping[str, Any]:
        """Every effective value of the config.

        Raises
        ------
        UsageError
            If it is not the config that the results were made of, by its hash.
        """
        try:
            values: Mapping[str, Any] = json.loads(self.stored_config)
            found = values_hash(values)
        except (ValueError, KeyError, TypeError, AttributeError):
            found = ""
        if found != self.config_hash:
            raise UsageError(f"{self.shown}: the config stored there is not the one that its results were made of")
        return values

    @property
    def shown(self) -> str:
        """Name for messages: the directory, and of a sweep the point in it."""
        path = self.directory.as_posix()
        return path if self.manifest.holds == "run" else f"{path}, point {self.variant}"

    @property
    def block(self) -> int:
        """Number of the block that holds its rows."""
        return self.manifest.places()[self.variant]

    @property
    def config_hash(self) -> str:
        """Hash of the config; see `sim.config.config_hash`."""
        points = self.manifest.blocks[self.block].points
        return next(point.config_hash for point in points if point.name == self.variant)

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that are kept beside the KPIs."""
        return self.manifest.tables

    @cached_property
    def _alone(self) -> str | None:
        """The variant to look for in a part; None: its parts hold no other."""
        return None if len(self.manifest.blocks[self.block].points) == 1 else self.variant

    def values(self, kpis: Sequence[str]) -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]]:
        """Read KPIs of all replications.

        Returns
        -------
        tuple
            The replications' numbers, 0, 1, 2 ..., and by KPI its values (NaN: undefined) in their order. A KPI that
            this version knows and the files lack is undefined throughout.

        Raises
        ------
        UsageError
            If the file is missing or damaged, or does not hold every replication once.
        """
        file = checked(self.directory, self.manifest, REPLICATIONS)
        with readable(file, self.manifest):
            there = set(pq.read_schema(file).names)
            columns = ["replication", *(kpi for kpi in kpis if kpi in there)]
            table = self._own_rows(file, columns)
        table = table.sort_by("replication")
        numbers = np.asarray(array_of(table["replication"]), np.int64)
        if not np.array_equal(numbers, np.arange(len(numbers))):
            raise UsageError(f"{self.shown}: {REPLICATIONS} lacks replications; {self.manifest.remedy}")
        absent = np.full(len(numbers), np.nan)
        return numbers, {
            kpi: np.asarray(array_of(table[kpi]), np.float64) if kpi in there else absent for kpi in kpis
        }

    def _own_rows(self, file: Path, columns: list[str]) -> pa.Table:
        """Read the rows of this variant; of a run that is the whole file, which needs no search (and no pandas)."""
        if self.manifest.holds != "run":
            chosen = [("variant", "==", self.variant)]
            return pq.read_table(file, columns=columns, filters=chosen, page_checksum_verification=True)
        with pq.ParquetFile(file, page_checksum_verification=True) as whole:
            return whole.read(columns)

    def replications(self, table: str, columns: Sequence[str] | None = None) -> Iterator[tuple[int, pa.Table]]:
        """Give number and rows of each replication of a table, 0, 1, 2 ..., one row group in memory at a time.

        Raises
        ------
        UsageError
            If a file is missing or damaged, or the table lacks replications that have KPIs.
        """
        for file, chunk in self._parts(table):
            with readable(file, self.manifest):
                yield from every_replication(file, chunk, columns, self._alone)

    def arrays(self, table: str, columns: Sequence[str]) -> Iterator[tuple[int, Arrays]]:
        """Give number and columns of each replication of a table, as `replications`.

        Numbers are as they are (NaN: none), names are codes into the run's list of them (-1: none).
        """
        for file, chunk in self._parts(table):
            with readable(file, self.manifest):
                yield from every_replication_as_arrays(file, chunk, columns, self._alone)

    def _parts(self, table: str) -> Iterator[tuple[Path, Chunk]]:
        """Give each part of a table, checked, in order."""
        chunks = self._chunks(table)
        if chunks != self._chunks(KPIS_FOLDER):
            raise UsageError(f"{self.shown}: the table {table} lacks replications; {self.manifest.remedy}")
        for chunk in chunks:
            yield checked(self.directory, self.manifest, f"{table}/{chunk.file_name}"), chunk

    def _chunks(self, folder: str) -> list[Chunk]:
        """List the chunks whose parts hold its rows, in order; none is missing between them."""
        there = chunks_among(self.manifest.files, folder)
        chunks = longest(chunk for chunk in there if chunk.block == self.block)
        if [chunk.start for chunk in chunks] != [0, *(chunk.stop for chunk in chunks)][: len(chunks)]:
            raise UsageError(f"{self.shown}: {folder} lacks replications; {self.manifest.remedy}")
        return chunks

    def finished_replications(self) -> int:
        """Count the replications in the results over all; 0 if these are not those of all its parts.

        Raises
        ------
        UsageError
            If a file is missing or damaged.
        """
        if REPLICATIONS not in self.manifest.files:
            return 0
        there, chunks = len(self.values([])[0]), self._chunks(KPIS_FOLDER)
        return there if chunks and chunks[-1].stop == there else 0


def open_manifest(directory: Path) -> Manifest:
    """Read the manifest of a run or a sweep that must be there.

    Raises
    ------
    UsageError
        If the directory has none.
    """
    manifest = Manifest.read(directory)
    if manifest is None:
        if (directory / KPIS_FOLDER).exists():
            raise UnreadableManifest(directory / FILE_NAME)
        raise UsageError(f"{directory.as_posix()}: holds no run: there is no {FILE_NAME}")
    return manifest


def open_runs(directory: Path) -> list[Run]:
    """Open a run, or all points of a sweep in the order of its plan.

    Raises
    ------
    UsageError
        If the directory holds neither, or a file is damaged.
    """
    manifest = open_manifest(directory)
    if manifest.holds == "run":
        ((point,),) = (block.names for block in manifest.blocks)
        return [Run(directory, point, point, manifest, json.dumps(manifest.definition))]
    configs, there = configs_of(read_plan(directory, manifest)), manifest.places()
    missing = [name for name in configs if name not in there]
    if missing:
        raise UsageError(f"{directory.as_posix()}: the sweep is not finished; repeat its sim sweep")
    return [Run(directory, name, name, manifest, config) for name, config in configs.items()]
