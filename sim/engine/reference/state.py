"""Who and what is in the centre: citizens, posts, teams, tasks and queues."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from types import SimpleNamespace
from typing import Any, TypeAlias

from simpy.events import Event

from sim.catalogue import Activity
from sim.engine.codes import NO_CASE, OFF
from sim.engine.seen import NOTHING_SEEN
from sim.engine.steps.traits import NO_NEED
from sim.model import parameters
from sim.model.decisions import Decision
from sim.model.offers import NO_INTERNSHIP
from sim.model.parameters import FIRST_POST, Programme, Role
from sim.model.work import CLARIFICATION, TASK_KINDS, TaskOrder, is_discretionary

Begin: TypeAlias = 'Callable[[Any, "Post", "Task"], float]'
"""Begins a task: who does it now; returns the hours it takes."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with random streams of their own."""

    key: int
    ordinal: int
    counts: list[int] = field(default_factory=lambda: [0] * len(Decision), init=False)


def nothing_seen() -> SimpleNamespace:
    """Return what the citizens table tells of a citizen's time under observation, at its beginning."""
    return SimpleNamespace(**NOTHING_SEEN)


@dataclass(slots=True, eq=False)
class Citizen(Person):
    """A citizen on benefit.

    Attributes
    ----------
    stage
        Counts changes of scheme; GONE after the exit.
    on_list_of, department
        Whose list the citizen is on, and the number of the department.
    need, need_from
        The scheme in which the citizen belongs, and from when on; after `again_from` it can be recognised.
    right_scheme
        The scheme in which the citizen belonged at entry.
    ready_from
        From when on the citizen is ready for an internship, found or not.
    home
        The coordinator to whom a citizen on another role's list goes back.
    upcoming
        Possible moments of exits that are drawn: when, of which hazard, in which level of its field.
    exit_clock
        Counts how often they have been moved.
    places
        Posts of other roles that work for the citizen, by number of the role.
    waits_for
        The teams for a place on whose lists the citizen waits, and what happens then, by number of the role.
    """

    number: int
    group: int
    origin: int
    entry_weeks: float
    arrival_weeks: float
    frailty: float = 1.0
    long_history: bool = False
    need: int = NO_NEED
    need_from: float = math.inf
    again_from: float = -math.inf
    right_scheme: int = NO_NEED
    ready_from: float = math.inf
    flagged: bool = False
    placeable: bool = True
    birth_day: int = 0
    on_list_of: "Post" = field(init=False)
    department: int = -1
    home: "Post | None" = None
    places: dict[int, "Post"] = field(default_factory=dict)
    waits_for: dict[int, tuple["Team", Event]] = field(default_factory=dict)
    stage_ends: Event = field(init=False)
    person: int = field(init=False)
    spell: int = 1
    first_department: int = field(init=False, default=-1)
    first_group: int = field(init=False)
    came_from: int = -1
    scheme_since: float = math.nan
    stage: int = 0
    tasks: dict[int, "Task"] = field(default_factory=dict)
    moments: list[list[int]] = field(default_factory=list)
    upcoming: list[tuple[float, int, int]] = field(default_factory=list)
    exit_clock: int = 0
    due: float = math.inf
    met: int = 0
    extras: int = 0
    last_meeting: float = -math.inf
    last_length: float = 0.0
    last_sanction: float = -math.inf
    last_outreach: float = -math.inf
    case: int = NO_CASE
    case_since: float = 0.0
    packages_left: int = 0
    assessed: int = 0
    hours_left: float = 0.0
    internship: int = NO_INTERNSHIP
    after_internship_until: float = -math.inf
    small_job_now: bool = False
    programme: int = -1
    programme_wanted: int = -1
    last_programme: int = -1
    vendor: int = -1
    programmes_begun: int = 0
    after_programme_until: float = -math.inf
    cohort: bool = False
    exit_weeks: float = math.nan
    destination: int = -1
    seen: SimpleNamespace = field(default_factory=nothing_seen)

    def __post_init__(self) -> None:
        self.first_group = self.group
        self.person = self.number

    @property
    def waiting(self) -> int:
        """Kinds of task that wait or are under way: bit i for the i-th kind."""
        return sum(1 << kind for kind in self.tasks)


@dataclass(slots=True, eq=False)
class Task:
    """A piece of work that waits for somebody's time. `begin` starts it and tells the hours it takes."""

    citizen: Citizen
    kind: int
    order: TaskOrder
    due: float
    joined: float
    begin: "Begin"
    ends: Activity
    done: Event
    stage: int
    queue: "Queue | None" = None
    held: bool = True


class Queue:
    """Waiting tasks by priority, then due date; clarification apart, for it may have protected time."""

    def __init__(self) -> None:
        self._cases: list[tuple[TaskOrder, int, Task]] = []
        self._others: list[tuple[TaskOrder, int, Task]] = []
        self._arrivals = count()
        self.waiting = [0] * TASK_KINDS

    def put(self, task: Task) -> None:
        """Add a task."""
        task.queue = self
        self.waiting[task.kind] += 1
        heap = self._cases if task.kind == CLARIFICATION else self._others
        heappush(heap, (task.order, next(self._arrivals), task))

    def remove(self, task: Task) -> None:
        """Take a task out; its entry is passed over when it comes to the front."""
        task.queue = None
        self.waiting[task.kind] -= 1

    def first(self, cases_first: bool) -> Task | None:
        """Return the task to do next (it stays in the queue); `cases_first`: clarification before all else."""
        case, other = self._front(self._cases), self._front(self._others)
        if case is None or other is None:
            return case or other
        return case if cases_first or case.order < other.order else other

    def _front(self, heap: list[tuple[TaskOrder, int, Task]]) -> Task | None:
        while heap and heap[0][2].queue is not self:
            heappop(heap)
        return heap[0][2] if heap else None


@dataclass(slots=True, eq=False)
class Post(Person):
    """Somebody's post with its list of citizens; -1 as number: the list of a team's citizens without anybody.

    `load` counts the citizens on the list, and of roles with lists all who have a place. `opened`: somebody works in
    it or has done so. `strain_clock` counts how often a policy has moved the next absence and resignation.
    """

    number: int
    team: "Team"
    full_time_share: float
    hours_per_week: float
    queue: Queue
    citizens: dict[int, Citizen] = field(default_factory=dict)
    load: int = 0
    by_group: list[int] = field(default_factory=list)
    begins: float = 0.0
    employed: bool = False
    absent: bool = False
    learning_until: float = -math.inf
    absence_weeks: float = 0.0
    resigning: bool = False
    post_cut: bool = False
    bell: Event | None = None
    credit: float = 0.0
    credit_since: float = 0.0
    case_hours: float = 0.0
    doing: int = OFF
    task_kind: int = 0
    doing_since: float = 0.0
    list_since: float = 0.0
    list_area: float = 0.0
    employed_weeks: float = 0.0
    absent_weeks: float = 0.0
    leave_due: float = 0.0
    next_absence: float = math.inf
    next_resignation: float = math.inf
    strain_clock: int = 0
    opened: bool = False
    on_leave_weeks: float = 0.0
    hours: list[float] = field(default_factory=lambda: [0.0] * TASK_KINDS)
    resignations: int = 0

    @property
    def on_duty(self) -> bool:
        """Employed and not absent."""
        return self.employed and not self.absent

    @property
    def has_room(self) -> bool:
        """Whether somebody is there and the list is not full."""
        return self.employed and self.load < self.team.role.list_limit * self.full_time_share


@dataclass(slots=True, eq=False)
class Team:
    """The people of a role in a department, and the citizens who wait for a place on one of their lists.

    `open` counts the posts that have been filled once and are not closed for good.
    """

    number: int
    parameters: parameters.Team
    role: Role
    lots: Person
    posts: list[Post] = field(default_factory=list)
    unassigned: Post = field(init=False)
    shared_queue: Queue = field(default_factory=Queue)
    waiting: deque[tuple[Citizen, int]] = field(default_factory=deque)
    turn: int = 0
    citizens: int = 0
    open: int = 0


@dataclass(slots=True, eq=False)
class Source(Person):
    """Where the new citizens of a group come from: how many have come, and when the next one comes.

    `clock` counts how often a policy has moved that.
    """

    arrived: int = 0
    due: float = math.inf
    clock: int = 0


@dataclass(slots=True, eq=False)
class Course:
    """A programme: free places, results so far, and who waits for a place."""

    number: int
    parameters: Programme
    free: list[int]
    participants: list[int]
    successes: list[int]
    internships: list[int]
    waiting: deque[tuple[Citizen, int, Event]] = field(default_factory=deque)


def resource_of(k: Post) -> int:
    """Number of a post among the names of resources; -1 for the list of those who wait for somebody."""
    return FIRST_POST + k.number if k.number >= 0 else -1


def first_real(task: Task | None) -> Task | None:
    """Return the task unless there is none or it is discretionary."""
    return None if task is None or is_discretionary(task.kind) else task
