"""A job centre so small that a replication takes milliseconds, and what tests do with runs of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import pyarrow.parquet as pq

from sim.batch.prepare import Batch, prepare
from sim.batch.run import Silent, run_batches
from sim.batch.variant import Variant
from sim.batch.workers.opening import open_workers
from sim.catalogue import DEFAULT_TABLES
from sim.config import load
from sim.store.digest import file_digest
from sim.store.manifest import Block, Registered
from sim.store.run import open_manifest

CHUNK = 5

FOLDERS = tuple(sorted((*DEFAULT_TABLES, "kpis")))
"""Folders of part files that a run has unless told otherwise."""

PATIENT = 120.0
"""Seconds after which a test gives up waiting for what must happen; on an idle machine it takes a few at most."""

TINY = """\
[run]
start = 2018-01-01
horizon_weeks = 12
replications = 7
coordinator_period_weeks = 6

[population]
stock = 40

[groups.ready]
benefit = "cash_benefit"
stock_share = 0.5
inflow_per_week = 1.0
elapsed_weeks = { gamma = { mean = 20, cv = 0.5 } }
exits.job = { hazard_per_week = 0.05 }
meetings = { interval_weeks = 4 }

[groups.sick]
benefit = "sickness_benefit"
stock_share = 0.5
exits.other = { hazard_per_week = 0.03 }
contacts = { interval_weeks = { exponential = { mean = 3 } }, hours = 0.5 }

[staffing]
citizens_per_coordinator = 20
net_hours_per_week = 30

[meetings]
preparation_hours = 0.5
conversation_hours = 1
journal_hours = 0.5
window_weeks = 2

[meetings.bookings.invited]
notice_weeks = 0
"""


def tiny(folder: Path, name: str = "tiny", change: tuple[str, str] = ("", "")) -> Path:
    """Write the config, with one text changed for another."""
    path = folder / f"{name}.toml"
    assert change[0] in TINY
    path.write_text(TINY.replace(*change) if change[0] else TINY, encoding="utf-8")
    return path


def make(
    config: Path,
    directory: Path,
    replications: int = 7,
    *,
    workers: int = 1,
    tables: tuple[str, ...] = DEFAULT_TABLES,
    seed: int = 1,
    executor: str = "processes",
    scheduler: str | None = None,
) -> Path:
    """Run a config into a directory, as `sim run` does, but in chunks of five if the directory is new."""
    loaded = load(config, {"run.replications": replications, "run.seed": seed})
    batch = five(prepare(loaded.name, loaded.config, directory, tables=tables))
    with open_workers(workers, executor, scheduler=scheduler) as opened:
        run_batches([batch], opened, workers, Silent(), "sim run tiny.toml")
    return directory


def five(batch: Batch) -> Batch:
    """Make chunks of five replications; so small a centre would have some 200, and a test runs few."""
    blocks = tuple(block._replace(chunk_replications=CHUNK) for block in batch.manifest.blocks)
    return batch._replace(manifest=replace(batch.manifest, blocks=blocks))


@contextmanager
def small_blocks(points: int = 1) -> Iterator[None]:
    """Put so many points into each new block, and five replications of each into a chunk."""

    def blocks_of(variants: Sequence[Variant], replications: int) -> list[Block]:
        registered = [Registered(variant.name, variant.config_hash) for variant in variants]
        return [Block.of(registered[i : i + points], CHUNK) for i in range(0, len(registered), points)]

    with patch("sim.batch.prepare.blocks_of", blocks_of), patch("sim.study.sweep.blocks_of", blocks_of):
        yield


def digest(path: Path) -> str:
    """What two files share only if all their bytes are equal, and what a failing test can show in a line."""
    content = path.read_bytes()
    return f"{len(content)} bytes, {sha256(content).hexdigest()[:16]}"


def data(directory: Path) -> dict[str, str]:
    """The digests of all files of a run but the manifest, which tells times."""
    return {
        path.relative_to(directory).as_posix(): digest(path)
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def accept(directory: Path) -> None:
    """Let the manifest know the files as they are, as if they had been written so."""
    manifest = open_manifest(directory)
    replace(manifest, files={name: file_digest(directory / name) for name in data(directory)}).write(directory)


def flip(path: Path, name: str | None = None) -> None:
    """Change one bit of the data of a column, the fifth if none is named."""
    with pq.ParquetFile(path) as file:
        number = 4 if name is None else file.schema_arrow.names.index(name)
        column = file.metadata.row_group(0).column(number)
    content = bytearray(path.read_bytes())
    begin = column.dictionary_page_offset or column.data_page_offset
    content[begin + column.total_compressed_size - 2] ^= 1
    path.write_bytes(content)
