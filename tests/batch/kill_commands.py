"""Kills `sim run` and `sim sweep` with SIGKILL: ``python -m tests.batch.kill_commands FOLDER KILLS SEED``.

The moment is a number of Python calls, drawn from those that an undisturbed command makes: it depends on the seed
and not on how busy the machine is, and may be anywhere, also in the midst of writing a file. After some kills the
command is left alone and must end with the undisturbed bytes. Prints, as JSON, how many were killed.
"""

import json
import os
import random
import shutil
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from sim.cli.main import cli
from sim.engine import get_ready
from sim.report import progress as _  # noqa: F401 - loaded before the forks
from sim.store.check import checked
from sim.store.run import open_manifest
from tests.batch.kill import forked
from tests.batch.sweeping import experiment
from tests.batch.tiny import data, small_blocks, tiny


class Command(NamedTuple):
    """What is typed.

    Attributes
    ----------
    word, file
        The command, and its config or experiment.
    tables
        All that are asked for in the end.
    replications
        Those asked for in the end, and fewer before.
    """

    word: str
    file: Path
    tables: tuple[str, ...]
    replications: tuple[int, ...]


def typed(command: Command, directory: Path, replications: int, tables: tuple[str, ...]) -> None:
    """Do the command in this process, in chunks of five replications; of a sweep three points in a block."""
    options = ["--replications", str(replications), "--workers", "1", "--quiet"]
    options += ["--out", str(directory), "--tables", ",".join(tables)]
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    with small_blocks(1 if command.word == "run" else 3):
        cli.main([command.word, str(command.file), *options], prog_name="sim", standalone_mode=False)


def kill_at(number: int, work: partial[None], told: int | None = None) -> None:
    """Do the work, in which the process is killed at a Python call; tells a pipe how many calls there were."""
    calls = count(1)

    def deadly(frame: Any, event: str, argument: Any) -> None:
        if event in ("call", "c_call") and next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(deadly)
    sys.setprofile(deadly)
    work()
    sys.setprofile(None)
    if told is not None:
        os.write(told, str(next(calls)).encode())


def calls_of(work: partial[None]) -> int:
    """Count the Python calls of some work."""
    reading, writing = os.pipe()
    assert not forked(partial(kill_at, 0, work, writing))
    return int(os.read(reading, 100))


def partly(command: Command, directory: Path, chance: random.Random) -> Iterator[partial[None]]:
    """Give commands that lead to the whole: fewer replications or fewer tables, and the last with all."""
    for replications in sorted(chance.choices(command.replications, k=chance.randrange(4))):
        tables = tuple(table for table in command.tables if chance.random() < 0.7)
        yield partial(typed, command, directory, replications, tables)
    yield partial(typed, command, directory, command.replications[-1], command.tables)


def kills(folder: Path, wanted: int, seed: int) -> Counter[str]:
    """Kill commands until so many were killed, each time the last in line ends with the undisturbed bytes."""
    chance, killed = random.Random(seed), Counter({"run": 0, "sweep": 0})
    commands = (
        Command("run", tiny(folder), ("weekly", "citizens", "events"), (3, 7, 12)),
        Command("sweep", experiment(folder), ("citizens", "coordinators"), (2, 7)),
    )
    whole = {command: folder / f"whole-{command.word}" for command in commands}
    ends = {c: partial(typed, c, whole[c], c.replications[-1], c.tables) for c in commands}
    calls = {command: calls_of(work) for command, work in ends.items()}
    while killed.total() < wanted:
        command = chance.choice(commands)
        directory = folder / command.word
        for work in partly(command, directory, chance):
            killed[command.word] += forked(partial(kill_at, chance.randrange(1, calls[command]), work))
        assert not forked(work), seed
        assert data(directory) == data(whole[command]), (seed, killed)
        manifest = open_manifest(directory)
        assert set(manifest.files) == set(data(directory))
        for name in manifest.files:
            checked(directory, manifest, name)
        shutil.rmtree(directory)
    return killed


if __name__ == "__main__":
    get_ready("compiled")
    print(json.dumps(kills(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
