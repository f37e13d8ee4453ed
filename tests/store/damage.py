"""Damages to the files of finished runs and sweeps, and what comes of them when they are read and made again."""

import json
import os
import random
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

import sim
from sim.analysis.ledger import Ledger
from sim.batch.prepare import prepare
from sim.batch.run import run_batches
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.config.experiment import load_experiment
from sim.errors import UsageError
from sim.store.check import checked
from sim.store.digest import forget
from sim.store.manifest import FILE_NAME
from sim.store.read import read
from sim.store.run import open_manifest
from sim.study.sweep import prepare_sweep
from tests.batch.sweeping import experiment, sweep
from tests.batch.test_failures import Noting
from tests.batch.tiny import data, make, small_blocks, tiny

TABLES = ("weekly", "citizens", "schemes", "coordinators", "events")
REPLICATIONS = 12

MONEY = """
[money]
price_year = 2018
discount_rate = 0.04
staff = { coordinator_kr_per_year = 530_000 }

[money.benefits]
cash_benefit = { refund_ladder = { kr_per_month = 12_000 } }
sickness_benefit = { flat = { kr_per_year = 100_000 } }
"""


class Whole(NamedTuple):
    """Directories that nothing has happened to.

    Attributes
    ----------
    folder
        Holds a run, its baseline and a sweep, and their files of input.
    shown
        By directory: digests of all that is read and computed from it.
    files
        By directory: digests of its files but the manifest.
    """

    folder: Path
    shown: dict[str, str]
    files: dict[str, dict[str, str]]


def whole(folder: Path) -> Whole:
    """Make a run, a baseline and a sweep of four points, all with money, in chunks of five replications."""
    experiment(folder)
    path = tiny(folder)
    path.write_text(path.read_text(encoding="utf-8") + MONEY, encoding="utf-8")
    make(path, folder / "run", REPLICATIONS, tables=TABLES)
    base = tiny(folder, "base", ("citizens_per_coordinator = 20", "citizens_per_coordinator = 10"))
    base.write_text(base.read_text(encoding="utf-8") + MONEY, encoding="utf-8")
    make(base, folder / "base", REPLICATIONS, tables=TABLES)
    sweep(folder / "small.toml", folder / "sweep", tables=TABLES, points=3)
    names = ("run", "sweep")
    shown = {name: show(folder / name, folder) for name in names}
    return Whole(folder, shown, {name: data(folder / name) for name in names})


def show(directory: Path, folder: Path) -> str:
    """Digest of all that is read and computed: a comparison (of the sweep by itself), a ledger, the tables."""
    forget()
    digest = sha256()
    compared = sim.compare(directory) if is_sweep(directory) else sim.compare(directory, folder / "base")
    digest.update(repr((compared.rows, compared.notes)).encode())
    ledger = Ledger(compared.runs[0], compared.baseline, None)
    for frame in (compared.differences, compared.periods, ledger.lines, ledger.business_case):
        digest.update(frame.to_csv().encode())
    for table in ("replications", "summary", *TABLES):
        digest.update(read(directory, table).to_csv().encode())
    return digest.hexdigest()


def again(directory: Path, folder: Path) -> list[str]:
    """Give the command that made a directory again; gives what the user is told."""
    forget()
    progress = Noting()
    if is_sweep(directory):
        with small_blocks(3):
            batch = prepare_sweep(load_experiment(folder / "small.toml"), directory, tables=TABLES)
    else:
        loaded = load(folder / "tiny.toml", {"run.replications": REPLICATIONS})
        with small_blocks():
            batch = prepare(loaded.name, loaded.config, directory, tables=TABLES)
    with open_workers(1) as workers:
        run_batches([batch], workers, 1, progress, "sim run tiny.toml")
    return progress.notes


def is_sweep(directory: Path) -> bool:
    """Whether a directory is, or was, that of a sweep."""
    return directory.name.startswith("sweep")


def copy(source: Path, target: Path) -> Path:
    """Copy a directory by links; whoever changes a file must replace it."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target / path.relative_to(source))
    return target


def put(path: Path, content: bytes) -> None:
    """Put a file in the place of another."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


Chance = random.Random
Damage = Callable[[Path, Chance], bool]
"""Damages a file; False: this is no file for it."""


def flip(path: Path, chance: Chance) -> bool:
    """Change one bit, anywhere."""
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    put(path, bytes(content))
    return True


def flip_near_the_end(path: Path, chance: Chance) -> bool:
    """Change one bit in the description at a Parquet file's end, which has no checksum of its own."""
    content = bytearray(path.read_bytes())
    if path.suffix != ".parquet":
        return False
    length = int.from_bytes(content[-8:-4], "little") + 8
    content[len(content) - 1 - chance.randrange(length)] ^= 1 << chance.randrange(8)
    put(path, bytes(content))
    return True


def cut(path: Path, chance: Chance) -> bool:
    """Keep only the beginning."""
    content = path.read_bytes()
    put(path, content[: chance.randrange(len(content))])
    return True


def empty(path: Path, chance: Chance) -> bool:
    """Keep nothing, or only the length."""
    put(path, bytes(path.stat().st_size if chance.random() < 0.5 else 0))
    return True


def lost(path: Path, _: Chance) -> bool:
    """Delete it."""
    path.unlink()
    return True


def more(path: Path, chance: Chance) -> bool:
    """Put something behind it."""
    put(path, path.read_bytes() + chance.randbytes(1 + chance.randrange(40)))
    return True


def swapped(path: Path, chance: Chance) -> bool:
    """Exchange it with another of its kind."""
    other = _other(path, chance)
    if other is None:
        return False
    ours, theirs = path.read_bytes(), other.read_bytes()
    put(path, theirs)
    put(other, ours)
    return True


def doubled(path: Path, chance: Chance) -> bool:
    """Put it also in the place of another, or under a name that there was not."""
    other = _other(path, chance)
    if other is None:
        return False
    is_part = path.name.startswith("part-")
    put(_new_name(path, chance) if is_part and chance.random() < 0.5 else other, path.read_bytes())
    return True


def renamed(path: Path, chance: Chance) -> bool:
    """Give it another name."""
    if not path.name.startswith("part-"):
        return False
    path.replace(_new_name(path, chance))
    return True


def wrong_rows(path: Path, chance: Chance) -> bool:
    """Write it again with a value changed, or with a row lost, doubled or of another replication."""
    if path.suffix != ".parquet":
        return False
    with pq.ParquetFile(path) as file:
        rows = file.read()
    place, how = chance.randrange(rows.num_rows), chance.choice(["value", "lost", "doubled"])
    if how == "lost":
        rows = pa.concat_tables([rows.slice(0, place), rows.slice(place + 1)])
    elif how == "doubled":
        rows = pa.concat_tables([rows.slice(0, place + 1), rows.slice(place)])
    else:
        numbers = [
            n for n in rows.column_names if pa.types.is_integer(rows[n].type) or pa.types.is_floating(rows[n].type)
        ]
        number = rows.column_names.index(chance.choice(numbers))
        cells = rows[number].to_pylist()
        cells[place] = (cells[place] or 0) + 1
        rows = rows.set_column(number, rows.field(number), pa.array(cells, rows[number].type))
    _write(path, rows)
    return True


def wrong_name(path: Path, chance: Chance) -> bool:
    """Write it again with a column called otherwise."""
    if path.suffix != ".parquet":
        return False
    with pq.ParquetFile(path) as file:
        rows = file.read()
    names = rows.column_names
    names[chance.randrange(len(names))] += "s"
    _write(path, rows.rename_columns(names).replace_schema_metadata(rows.schema.metadata))
    return True


def wrong_digit(path: Path, chance: Chance) -> bool:
    """Change a digit of a text."""
    if path.suffix == ".parquet":
        return False
    content = bytearray(path.read_bytes())
    place = chance.choice([match.start() for match in re.finditer(rb"[0-9]", content)])
    content[place] = ord(str((int(chr(content[place])) + chance.randrange(1, 10)) % 10))
    put(path, bytes(content))
    return True


def wrong_value(path: Path, chance: Chance) -> bool:
    """Change, remove or add a value of the manifest."""
    if path.name != FILE_NAME:
        return False
    values = json.loads(path.read_text(encoding="utf-8"))
    inner = values
    while True:
        key = chance.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
        if not (isinstance(inner[key], (dict, list)) and inner[key]) or chance.random() < 0.1:
            break
        inner = inner[key]
    how = chance.randrange(3)
    if how == 0:
        del inner[key]
    else:
        inner[key] = chance.choice([None, -1, 1e300, "", "x", [], {}, True, [[0]], {"a": 1}]) if how == 1 else {}
    put(path, json.dumps(values, indent=2).encode())
    return True


DAMAGES: tuple[Damage, ...] = (
    flip,
    flip_near_the_end,
    cut,
    empty,
    lost,
    more,
    swapped,
    doubled,
    renamed,
    wrong_rows,
    wrong_name,
    wrong_digit,
    wrong_value,
)


class Found(NamedTuple):
    """What came of a damage.

    Attributes
    ----------
    what
        The file and the damage.
    read
        "detected": reading was refused; "harmless": all that is read and computed is the same; "silent": it is not.
    repaired
        "mended": the same command gave the same bytes again; "refused": it said that it cannot; "silent": neither.
    """

    what: str
    read: str
    repaired: str


def study(there: Whole, folder: Path, number: int) -> Found:
    """Do the damage of a number to a copy of the run or the sweep, read it, make it again."""
    chance = random.Random(number)
    name = chance.choice(list(there.files))
    directory = copy(there.folder / name, folder / str(number) / name)  # Alone: what is swapped is its own.
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    # The files over all replications are few, and as interesting as all the parts.
    top = [path for path in files if path.parent == directory]
    while True:
        path, damage = chance.choice(chance.choice([files, top])), chance.choice(DAMAGES)
        if damage(path, chance):
            break
    what = f"{number}: {damage.__name__} {path.relative_to(directory).as_posix()} of the {name}"
    try:
        result = "harmless" if show(directory, there.folder) == there.shown[name] else "silent"
    except UsageError:
        result = "detected"
    try:
        again(directory, there.folder)
        sound = data(directory) == there.files[name] and _sound(directory)
        repaired = "mended" if sound else "silent"
    except UsageError:
        repaired = "refused" if (name, path.name) == ("sweep", FILE_NAME) else "silent"
    return Found(what, result, repaired)


def _sound(directory: Path) -> bool:
    """Whether all files are those of the manifest, by their bytes."""
    forget()
    manifest = open_manifest(directory)
    return all(checked(directory, manifest, name).is_file() for name in manifest.files) and set(
        manifest.files
    ) == set(data(directory))


def _other(path: Path, chance: Chance) -> Path | None:
    """Another file of the same folder, or of the same name in another folder."""
    folders = [path.parent, *(other for other in path.parent.parent.iterdir() if other.is_dir())]
    found = {other for other in path.parent.iterdir() if other.suffix == path.suffix and other.is_file()}
    found |= {folder / path.name for folder in folders if (folder / path.name).is_file()}
    return chance.choice(sorted(found - {path})) if len(found) > 1 else None


def _new_name(path: Path, chance: Chance) -> Path:
    numbers = [int(number) for number in re.findall(r"\d+", path.name)]
    numbers[chance.randrange(len(numbers))] += chance.choice([1, 5, 99])
    block, first, last = numbers
    return path.with_name(f"part-{block:04d}-{first:08d}-{last:08d}.parquet")


def _write(path: Path, rows: pa.Table) -> None:
    path.unlink()
    pq.write_table(rows, path, compression="zstd", write_page_checksum=True)
