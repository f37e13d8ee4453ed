"""Looks over the centre's shoulder: notes who waits in which queue and is on whose list, and changes nothing."""

import math
from collections.abc import Iterable

from simpy import Environment

from sim.engine.reference.state import Citizen, Post, Queue, Task, Team
from sim.tables.trace import Joined, Opening, Trace, Waiting, queue_of_team


class TracedQueue(Queue):
    """A queue whose coming and going is noted.

    Parameters
    ----------
    tracer
        Where it is noted.
    clock
        Tells the time.
    number
        Of the queue (see `sim.tables.trace`).
    """

    def __init__(self, tracer: "Tracer", clock: Environment, number: int) -> None:
        super().__init__()
        self._tracer, self._clock, self._number = tracer, clock, number

    def put(self, task: Task) -> None:
        """Add a task."""
        super().put(task)
        self._tracer.joins(task, self._clock.now, self._number)

    def remove(self, task: Task) -> None:
        """Take a task out."""
        super().remove(task)
        self._tracer.leaves(task, self._clock.now)


class Tracer:
    """Notes of one replication."""

    def __init__(self) -> None:
        self._queues: dict[Task, list[tuple[float, int]]] = {}
        self._left: dict[Task, float] = {}
        self._lists: list[Joined] = []
        self._places: list[Joined] = []
        self._lines: list[tuple[float, int, int]] = []
        self._hearings: list[tuple[float, int]] = []
        self._opening: list[Opening] = []

    def queue(self, clock: Environment, number: int) -> Queue:
        """Make a queue that is traced."""
        return TracedQueue(self, clock, number)

    def joins(self, task: Task, now: float, queue: int) -> None:
        """A task waits in a queue from now on."""
        self._queues.setdefault(task, []).append((now, queue))
        self._left.pop(task, None)

    def leaves(self, task: Task, now: float) -> None:
        """A task leaves its queue: taken, withdrawn, or on its way to another."""
        self._left[task] = now

    def on_list(self, c: Citizen, k: Post, now: float) -> None:
        """A citizen is on a list from now on."""
        self._lists.append(Joined(now, c.number, _number(k), 1))

    def off_list(self, c: Citizen, k: Post, now: float) -> None:
        """A citizen is not on a list any more."""
        self._lists.append(Joined(now, c.number, _number(k), -1))

    def takes_place(self, c: Citizen, k: Post, now: float) -> None:
        """A citizen has a place with a post and stays on another list."""
        self._places.append(Joined(now, c.number, _number(k), 1))

    def leaves_place(self, c: Citizen, k: Post, now: float) -> None:
        """A citizen has that place no longer."""
        self._places.append(Joined(now, c.number, _number(k), -1))

    def in_line(self, c: Citizen, team: Team, now: float) -> None:
        """A citizen joins the line for a place with a team."""
        self._lines.append((now, c.number, team.number))

    def can_be_heard(self, c: Citizen, now: float) -> None:
        """The rehabilitation team can hear a case from now on."""
        self._hearings.append((now, c.number))

    def opens(self, present: Iterable[Citizen], now: float) -> None:
        """Citizens are observed from now on."""
        for c in present:
            self._opening.append(Opening(now, c.number, c.case, c.internship, c.small_job_now, c.programme >= 0))

    def trace(self) -> Trace:
        """All that was noted."""
        tasks = tuple(
            Waiting(task.citizen.number, task.kind, task.joined, self._left.get(task, math.nan), tuple(queues))
            for task, queues in self._queues.items()
        )
        lists, places = tuple(self._lists), tuple(self._places)
        return Trace(tasks, lists, places, tuple(self._lines), tuple(self._hearings), tuple(self._opening))


def _number(k: Post) -> int:
    return k.number if k.number >= 0 else queue_of_team(k.team.number)
