"""Kills runs and sweeps with SIGKILL and resumes them: ``python -m tests.batch.kill TEST FOLDER NUMBER SEED``.

A process of its own, that has loaded everything and started no thread, forks one child a run: they start in no
time. The tests are "points" (of a run), "sweep" (the same of a sweep) and "moments". Prints, as JSON, how many were
killed.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import scipy.special as _special  # noqa: F401 - loaded before the forks, which would each load it

from sim.engine import get_ready
from sim.report import progress as _  # noqa: F401 - loaded before the forks
from tests.batch.sweeping import experiment, sweep
from tests.batch.tiny import data, make, tiny

TABLES = ("weekly", "citizens", "events")


Make = Callable[..., Any]


def steps(make: Make, file: Path, directory: Path) -> None:
    """Run, extend (the last chunk was short), and add a table."""
    make(file, directory, 3, tables=("weekly",))
    finish(make, file, directory)


def finish(make: Make, file: Path, directory: Path) -> None:
    make(file, directory, 12, tables=TABLES)


def forked(work: Callable[[], Any], kill_after: float | None = None) -> bool:
    """Do some work in a child; say whether it was killed."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0


def kill_at(number: int, *, before: bool, work: Callable[[], Any]) -> None:
    """Do the work, in which the process is killed just before or after the given change of the directory."""
    counter = count(1)

    def deadly(real: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        here = next(counter) == number
        if here and before:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return real(*arguments, **options)
        finally:
            if here:
                os.kill(os.getpid(), signal.SIGKILL)

    for name in ("replace", "unlink", "mkdir"):
        setattr(os, name, partial(deadly, getattr(os, name)))
    work()


def at_points(make: Make, file: Path, folder: Path, every: int, seed: int) -> int:
    """Kill a run or sweep at each rename, removal and new folder; the next must end with the undisturbed bytes.

    Of all such points only each `every`-th is tried, from the `seed`-th on.
    """
    whole = folder / "undisturbed"
    forked(partial(finish, make, file, whole))
    for point in count(seed, every):
        directory = folder / f"killed-{point}"
        work = partial(steps, make, file, directory)
        if not forked(partial(kill_at, 1 + point // 2, before=point % 2 == 0, work=work)):
            return (point - seed) // every
        assert not forked(partial(finish, make, file, directory))
        assert data(directory) == data(whole), directory
    return 0


def at_random_moments(folder: Path, kills: int, seed: int) -> int:
    """Kill runs into one directory at random moments until so many were killed, then let one finish."""
    config, whole, directory = tiny(folder), folder / "undisturbed", folder / "killed"
    chance = random.Random(seed)
    began = time.monotonic()
    forked(lambda: make(config, whole, 60, tables=TABLES))
    longest = time.monotonic() - began
    killed, replications = 0, 0
    while killed < kills:
        # More are asked for each time, so that there always is something left to do.
        replications = min(60, replications + 5) if chance.random() < 0.5 else replications
        work = partial(make, config, directory, max(replications, 1), tables=TABLES)
        killed += forked(work, chance.uniform(0.0, longest / 6))
    assert not forked(lambda: make(config, directory, 60, tables=TABLES))
    assert data(directory) == data(whole)
    return killed


def main(test: str, folder: Path, number: int, seed: int) -> int:
    """Do a test; say how many were killed."""
    if test == "moments":
        return at_random_moments(folder, number, seed)
    if test == "sweep":  # Of four points, in a block of three and one of one.
        return at_points(partial(sweep, points=3), experiment(folder), folder, number, seed)
    return at_points(make, tiny(folder), folder, number, seed)


if __name__ == "__main__":
    get_ready("compiled")
    print(json.dumps({"killed": main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))}))
