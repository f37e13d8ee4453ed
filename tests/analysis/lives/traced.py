"""Replications that are traced, and everything about them that a replay knows."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sim.analysis.lives.life import Life, life_of
from sim.analysis.lives.pairs import Done, paired
from sim.analysis.lives.posts import Posts
from sim.analysis.lives.waits import Reasons
from sim.config import load
from sim.engine import trace
from sim.model.assembly import build
from sim.model.parameters import Parameters
from sim.tables.records import Replication
from sim.tables.trace import Trace

ENGINE = Path(__file__).parents[2] / "engine"
CENTRES = ("everything", "everything_changes", "two_departments")
"""Small centres that have every mechanism between them."""


class Traced(NamedTuple):
    """A replication and what is known of it."""

    p: Parameters
    done: Replication
    trace: Trace
    activities: list[Done]
    posts: Posts
    reasons: Reasons

    def life(self, citizen: int) -> Life:
        """Tell a life."""
        return life_of(citizen, self.activities, self.reasons, self.trace, self.p.horizon)


def traced(p: Parameters, seed: int = 1, replication: int = 0) -> Traced:
    """Trace a replication."""
    done, found = trace(p, seed, replication)
    activities = paired(done.tables["events"])
    posts = Posts(done, activities, len(p.posts), p.horizon)
    return Traced(p, done, found, activities, posts, Reasons(p, posts, activities, found))


@lru_cache
def centre(name: str, warm_up: int = 0) -> Traced:
    """Trace a small centre, once."""
    return traced(build(load(ENGINE / f"{name}.toml", {"run.warm_up_weeks": warm_up}).config))


@lru_cache
def lives(name: str) -> list[Life]:
    """Tell all lives of a small centre, once."""
    of = centre(name)
    return [of.life(citizen) for citizen in of.done.tables["citizens"]["citizen"].tolist()]
