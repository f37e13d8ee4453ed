"""Runs that are killed with SIGKILL, and what they end with when they are run again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.batch.plan import finished
from tests.batch.tiny import data, make, tiny

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks runs, to kill them")


def counts(module: str, *arguments: object) -> dict[str, int]:
    """How many runs were killed, each of which ended with the undisturbed bytes when it was run again."""
    command = [sys.executable, "-m", f"tests.batch.{module}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def killed(*arguments: object) -> int:
    """Of those that one function kills."""
    return counts("kill", *arguments)["killed"]


def test_at_some_changes_of_the_directory(tmp_path: Path) -> None:
    assert killed("points", tmp_path, 47, 5) >= 3


def test_a_sweep_at_some_changes_of_its_directory(tmp_path: Path) -> None:
    assert killed("sweep", tmp_path, 61, 7) >= 3


@pytest.mark.long
@pytest.mark.parametrize("shard", range(20))
def test_commands_at_a_thousand_random_moments(tmp_path: Path, shard: int) -> None:
    """Fifty in each shard, of which some are of sweeps and some of runs."""
    found = counts("kill_commands", tmp_path, 50, shard)
    assert sum(found.values()) >= 50
    assert min(found["run"], found["sweep"]) >= 5


@pytest.mark.long
def test_before_and_after_every_change_of_the_directory(tmp_path: Path) -> None:
    assert killed("points", tmp_path, 1, 0) >= 100


@pytest.mark.long
def test_a_sweep_before_and_after_every_change_of_its_directory(tmp_path: Path) -> None:
    assert killed("sweep", tmp_path, 1, 0) >= 150


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_at_fifty_random_moments(tmp_path: Path, seed: int) -> None:
    assert killed("moments", tmp_path, 50, seed) == 50


@pytest.mark.long
def test_a_real_command_with_two_workers_at_random_moments(tmp_path: Path) -> None:
    config, directory, chance = tiny(tmp_path), tmp_path / "run", random.Random(7)
    make(config, directory, 5)  # From now on this directory has chunks of five.
    kills = torn = 0
    while kills < 50:
        asked = finished(directory).end(0) + 200  # There always is something left to do.
        command = [sys.executable, "-m", "sim", "run", str(config), "--out", str(directory), "--workers", "2"]
        command += ["--replications", str(asked)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            time.sleep(chance.uniform(1.0, 4.0))
            run.kill()
        kills += run.returncode == -signal.SIGKILL
        torn += bool(list(directory.rglob(".*.tmp")))
    assert torn > 0  # Some were killed while they wrote.
    subprocess.run(command, check=True, capture_output=True)
    assert data(directory) == data(make(config, tmp_path / "undisturbed", asked))
