"""Kills comparisons that grow, with SIGKILL: ``python -m tests.batch.kill_precision FOLDER KILLS SEED``.

Prints, as JSON, how many were killed and at how many replications the rule stopped.
"""

import json
import random
import sys
import time
from functools import partial
from pathlib import Path

from sim.batch.plan import finished
from sim.batch.prepare import prepare
from sim.batch.run import Silent
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.engine import get_ready
from sim.study.precision import Growing, make_goal, run_precisely
from tests.batch.kill import forked
from tests.batch.tiny import data, five, tiny

CHANGES = {"hurried": ("net_hours_per_week = 30", "net_hours_per_week = 4"), "calm": ("", "")}
GOAL = make_goal({"timely_share": 0.012}, 20)


def grow(folder: Path, results: Path) -> None:
    """Run both variants until their difference in timeliness is as precise as the goal."""
    batches = {}
    for name in CHANGES:
        config = load(folder / f"{name}.toml").config
        batches[name] = five(prepare(name, config, results / name, tables=("weekly",))), name
    with open_workers(1) as executor:
        run_precisely([Growing(batches, GOAL, "calm")], executor, Silent(), "sim compare")


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill so many, let one finish, and compare its bytes with those of an undisturbed one."""
    for name, change in CHANGES.items():
        tiny(folder, name, change)
    whole, chance = folder / "undisturbed", random.Random(seed)
    began = time.monotonic()
    assert not forked(partial(grow, folder, whole))
    longest = time.monotonic() - began
    killed = tries = 0
    while killed < kills:
        # A directory of its own for every few, so that not all kills hit the last stage.
        directory = folder / f"killed-{tries // 4}"
        killed += forked(partial(grow, folder, directory), chance.uniform(0.0, longest / 2))
        tries += 1
        if tries % 4 == 0 or killed == kills:
            assert not forked(partial(grow, folder, directory))
            for name in CHANGES:
                assert data(directory / name) == data(whole / name), directory
    print(json.dumps({"killed": killed, "replications": finished(whole / "calm").end(0)}))


if __name__ == "__main__":
    get_ready("compiled")
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
