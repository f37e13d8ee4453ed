"""Room that is short, whatever of it: the replication is run again with more, and nothing in it changes."""

from pathlib import Path

import pytest

from sim.config import load
from sim.engine import simulate
from sim.engine.compiled import layout, world
from sim.model.assembly import build
from sim.model.parameters import Parameters
from tests.engine.running import shipped
from tests.engine_equality.compare import differences

EVERYTHING = Path(__file__).parents[1] / "engine" / "everything.toml"
CENTRES = {
    "everything": lambda: build(load(EVERYTHING).config),
    "pilot": lambda: shipped("jki_pilot", {"run.horizon_weeks": 30}),
}


@pytest.mark.parametrize("short", [*layout.ROOMS, "all"])
@pytest.mark.parametrize("centre", CENTRES)
def test_short_of_room(centre: str, short: str, monkeypatch: pytest.MonkeyPatch) -> None:
    p = CENTRES[centre]()
    enough = simulate(p, 1, 0, events=True, engine="compiled")
    guess, begin = world._first_guess, world.Memory.begin
    begun = []

    def short_guess(p: Parameters) -> dict[str, int]:
        return {name: 1 if short in (name, "all") else room for name, room in guess(p).items()}

    def counted(self: world.Memory, replication: int, *, events: bool, weekly: bool) -> object:
        begun.append(replication)
        return begin(self, replication, events=events, weekly=weekly)

    monkeypatch.setattr(world, "_first_guess", short_guess)
    monkeypatch.setattr(world.Memory, "begin", counted)
    # Other parameters, though equal ones, get memory of their own.
    again = simulate(p._replace(start=p.start), 1, 0, events=True, engine="compiled")
    assert len(begun) > 1 or short == "steps"  # No two steps follow at once in these centres.
    assert not list(differences(enough, again))
