"""The centre: everything that is there, and the few things everybody in it can do (draw, wait, write down)."""

import math
from collections import deque
from collections.abc import Generator, Iterator
from typing import Any

from simpy.events import Event

from sim.catalogue import Activity
from sim.engine.order import Kind
from sim.engine.reference.clock import Clock
from sim.engine.reference.recorder import Recorder
from sim.engine.reference.state import Citizen, Course, Person, Post, Queue, Source, Team
from sim.engine.reference.tracer import Tracer
from sim.engine.steps.staff import in_post_before
from sim.model.decisions import KEYS, Decision
from sim.model.distributions import CONSTANT, Distribution, quantile
from sim.model.parameters import COORDINATOR, FIRST_POST, Parameters, team_names
from sim.model.staff import was_there_before
from sim.model.streams import person_key, uniform
from sim.tables.trace import queue_of_team

Process = Generator[Event, Any, None]


class Centre:
    """One job centre in one replication."""

    def __init__(
        self,
        p: Parameters,
        seed: int,
        replication: int,
        *,
        events: bool,
        weekly: bool,
        tracer: Tracer | None = None,
    ) -> None:
        self.p = p
        self.seed = seed
        self.replication = replication
        self.clock = Clock(0.0 - p.warm_up, float(p.horizon))
        self.tracer = tracer
        self.recorder = Recorder(p, events=events, weekly=weekly)
        self.present: dict[int, Citizen] = {}
        self.admitted = 0
        self.turn = 0
        self.cases: deque[tuple[Citizen, int]] = deque()
        self.teams = [
            Team(
                i,
                t,
                p.roles[t.role],
                Person(person_key(seed, "department", name), 0),
                shared_queue=self._new_queue(queue_of_team(i)),
            )
            for i, (t, name) in enumerate(zip(p.teams, team_names(p), strict=True))
        ]
        self.sources = [Source(person_key(seed, "inflow", name), 0) for name in p.names.groups]
        self.posts: list[Post] = []
        self.courses = [
            Course(
                i,
                programme,
                [v.places for v in programme.vendors],
                [0] * len(programme.vendors),
                [0] * len(programme.vendors),
                [0] * len(programme.vendors),
            )
            for i, programme in enumerate(p.programmes)
        ]
        self._open_posts()

    @property
    def now(self) -> float:
        """Weeks since the start date."""
        return self.clock.now

    def at(self, time: float, kind: Kind, number: int) -> Event:
        """Wait until `time`."""
        return self.clock.at(time, kind, number)

    def start(self, process: Process) -> None:
        """Let a process run from now on."""
        self.clock.process(process)

    def draw(self, who: Person, decision: Decision) -> float:
        """Draw the person's next uniform number for a decision."""
        n = who.counts[decision]
        who.counts[decision] = n + 1
        return uniform(who.key, who.ordinal, self.replication, KEYS[decision], n)

    def sample(self, who: Person, decision: Decision, distribution: Distribution) -> float:
        """Draw a value from a distribution (a constant needs no draw)."""
        if distribution.kind == CONSTANT:
            return distribution.a
        return quantile(distribution, self.draw(who, decision))

    def record(
        self,
        activity: Activity,
        citizen: Citizen | None,
        resource: int = -1,
        value: float = 0.0,
        *,
        working_hours: float = math.nan,
        calendar_hours: float = math.nan,
    ) -> None:
        """Write an event into the log, if one is kept; what concerns no citizen is of a post."""
        if self.recorder.log is None:
            return
        now = self.clock.now
        if citizen is None:
            post = self.posts[resource - FIRST_POST]
            number, group, department = -1, -1, post.team.parameters.department
        else:
            number, group, department = citizen.number, citizen.group, citizen.department
        hours = (working_hours, calendar_hours)
        self.recorder.event((number, group, department, activity, now, resource, value, *hours), now)

    @property
    def coordinators(self) -> Iterator[Post]:
        """The posts of coordinators."""
        return (k for k in self.posts if k.team.parameters.role == COORDINATOR)

    def _new_queue(self, number: int) -> Queue:
        return Queue() if self.tracer is None else self.tracer.queue(self.clock, number)

    def _open_posts(self) -> None:
        p, now = self.p, self.clock.now
        names = team_names(p)
        for i, post in enumerate(p.posts):
            team = self.teams[post.team]
            k = Post(
                key=person_key(self.seed, p.names.roles[team.parameters.role], names[post.team]),
                ordinal=post.ordinal,
                number=i,
                team=team,
                full_time_share=post.full_time_share,
                hours_per_week=team.role.hours_per_week * post.full_time_share,
                queue=team.shared_queue if team.parameters.pooled else self._new_queue(i),
                by_group=[0] * len(p.groups),
                credit_since=now,
                doing_since=now,
                list_since=now,
            )
            k.begins = post.starts + self.sample(k, Decision.HIRING_DELAY, post.delay)
            if was_there_before(k.begins, now):
                in_post_before(k, k.begins, team.role.learning_weeks)
                k.opened = True
                team.open += 1
            team.posts.append(k)
            self.posts.append(k)
        for team in self.teams:
            queue = team.shared_queue if team.parameters.pooled else self._new_queue(queue_of_team(team.number))
            team.unassigned = Post(0, 0, -1, team, 0.0, 0.0, queue, by_group=[0] * len(p.groups))
