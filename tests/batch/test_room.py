"""Memory: what a worker needs is reckoned from the engine's arrays, and what this machine lacks is refused."""

from pathlib import Path

import pytest

from sim.batch import room as memory
from sim.batch.prepare import prepare
from sim.batch.run import Silent, run_batches
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.engine import simulate
from sim.engine.compiled import layout, world
from sim.errors import UsageError
from sim.model.assembly import build

CONFIG = Path(__file__).parents[1] / "engine" / "everything.toml"


@pytest.mark.parametrize("events", [False, True])
def test_the_room_is_that_of_the_arrays_that_grow(events: bool) -> None:
    p = build(load(CONFIG, {"population.stock": 500, "groups.sick.re_entry": "none"}).config)
    simulate(p, 1, 0, events=events, engine="compiled")
    arrays = world._memory.last.arrays
    grown = ("citizens", "moments", "tasks", "places", "waiting", "links", "events", "lists", "due", "steps", "log",
             "schemes", "held", "weeks", "periods", "by_group", "posts")  # fmt: skip
    there = {name: len(arrays[name]) for name in grown}
    there["by_group"] *= 2
    there["posts"] *= 2
    assert world.room(p, events=events) == sum(layout.ARRAYS[name].itemsize * size for name, size in there.items())


def refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: float | None) -> str:
    batch = prepare("small", load(CONFIG).config, tmp_path / "run")
    monkeypatch.setattr(memory, "of_this_machine", lambda: there)
    monkeypatch.setattr(memory, "largest", lambda batches: 2e9)
    with open_workers(4, "threads") as workers, pytest.raises(UsageError) as error:
        run_batches([batch], workers, 4, Silent(), "sim run small")
    assert not (tmp_path / "run").exists()
    return str(error.value)


def test_what_there_is_no_memory_for_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(tmp_path, monkeypatch, 7e9) == (
        "needs about 2.0 GB of memory for each of 4 workers; there are 7.0 GB: use --workers 3"
    )
    assert refusal(tmp_path, monkeypatch, 1e9) == (
        "a replication needs about 2.0 GB of memory; there are 1.0 GB. A smaller stock or inflow, fewer weeks, or "
        "other machines (--scheduler) need less here"
    )


def test_unknown_or_enough_memory_is_not_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    batch = prepare("small", load(CONFIG).config, tmp_path / "run")
    for there in (None, 1e12):
        monkeypatch.setattr(memory, "of_this_machine", lambda there=there: there)
        memory.refuse_too_large([batch], 4)


def test_more_citizens_and_the_event_log_need_more() -> None:
    small, large = (build(load(CONFIG, {"population.stock": stock}).config) for stock in (100, 100_000))
    plain = memory.needed(large, events=False, engine="compiled")
    assert plain > memory.needed(small, events=False, engine="compiled") + 99_900 * layout.CITIZEN.itemsize
    assert memory.needed(large, events=True, engine="compiled") > plain
    assert memory.needed(large, events=False, engine="simpy") > plain
