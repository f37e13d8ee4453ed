"""Why somebody waited: what those who could have done the work did meanwhile, moment by moment."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from sim.analysis.lives.pairs import Done
from sim.analysis.lives.posts import Posts, Span, State
from sim.catalogue import Activity, Task
from sim.model.parameters import FIRST_POST, Parameters
from sim.tables.trace import Trace, Waiting, team_of_queue


class Reason(Enum):
    """Why somebody waited."""

    BEFORE_START = auto()
    NOBODY = auto()
    VACANT = auto()
    ABSENT = auto()
    ON_LEAVE = auto()
    BUSY = auto()
    TEAM_BUSY = auto()
    TEAM_AWAY = auto()
    DOCUMENTS = auto()
    PLACE = auto()
    SUBMISSION = auto()
    HEARING = auto()
    PROGRAMME = auto()
    SEARCH = auto()
    UNKNOWN = auto()


_OF_STATE: Mapping[State, Reason] = {
    State.BUSY: Reason.BUSY,
    State.ABSENT: Reason.ABSENT,
    State.ON_LEAVE: Reason.ON_LEAVE,
    State.VACANT: Reason.VACANT,
    State.IDLE: Reason.UNKNOWN,
}


class Part(NamedTuple):
    """A part of a wait that has one reason.

    Attributes
    ----------
    reason, weeks
        Why, and how long.
    post, team
        Of whom it tells (numbers); -1: of nobody.
    ahead
        What came first, by kind of work; of `HEARING` and `PROGRAMME` how many others, as one figure.
    """

    reason: Reason
    weeks: float
    post: int = -1
    team: int = -1
    ahead: tuple[int, ...] = ()


class Wait(NamedTuple):
    """A wait from its beginning to its end (weeks), and its parts, whose weeks add up to it."""

    since: float
    until: float
    parts: tuple[Part, ...]

    @property
    def weeks(self) -> float:
        """How long it was."""
        return self.until - self.since


class Reasons:
    """Finds the reasons of waits in one replication.

    Parameters
    ----------
    p
        Of the replication.
    posts
        What was done in each post.
    activities
        Paired rows of the event log.
    trace
        Who waited in which queue.
    """

    def __init__(self, p: Parameters, posts: Posts, activities: Sequence[Done], trace: Trace) -> None:
        self._posts = posts
        self._pooled = [team.pooled for team in p.teams]
        self._members: list[list[int]] = [[] for _ in p.teams]
        for number, post in enumerate(p.posts):
            self._members[post.team].append(number)
        self._team_of = [post.team for post in p.posts]
        self._tasks: dict[tuple[int, int, float], Waiting] = {(t.citizen, t.kind, t.left): t for t in trace.tasks}
        self._lines = _by_citizen((c, weeks, team) for weeks, c, team in trace.lines)
        self._hearings = _by_citizen((c, weeks, 0) for weeks, c in trace.hearings)
        self._does = [team.does for team in p.teams]
        decided = [one for one in activities if one.activity is Activity.DECIDED]
        self._decided_at = [one.start for one in decided]
        self._decided_rows = [one.rows[0] for one in decided]
        self._begun: dict[str, list[int]] = defaultdict(list)
        self._resources = p.names.resources
        for one in activities:
            if one.activity is Activity.PROGRAMME_STARTS and not math.isnan(one.start):
                self._begun[self._programme(one)].append(one.rows[0])

    def task_of(self, one: Done) -> Waiting | None:
        """The task that a row begins; None: it was begun before the start date, or is no work."""
        return None if one.task is None else self._tasks.get((one.citizen, int(one.task), one.start))

    def of_task(self, task: Waiting, until: float) -> Wait:
        """Why a task waited from when it joined a queue until a moment."""
        return Wait(task.joined, until, _merged(self._in_queues(task, until)))

    def of_package(self, task: Waiting, since: float, until: float) -> Wait:
        """Why a package of a case waited: for documents, for a place with those who do it, in a queue."""
        lines = (line for line in self._lines.get(task.citizen, []) if self._does[line[1]][task.kind])
        line = _last(lines, since, task.joined)
        parts: list[Part] = []
        if line is None:
            parts.append(Part(Reason.DOCUMENTS, task.joined - since))
        else:
            parts.append(Part(Reason.DOCUMENTS, line[0] - since))
            parts.append(Part(Reason.PLACE, task.joined - line[0], team=line[1]))
        return Wait(since, until, _merged([*parts, *self._in_queues(task, until)]))

    def of_decision(self, one: Done, since: float) -> Wait:
        """Why a case that was complete at a moment waited for the rehabilitation team."""
        heard = _last(self._hearings.get(one.citizen, []), since, one.start)
        if heard is None:
            return Wait(since, one.start, (Part(Reason.UNKNOWN, one.start - since),))
        before = bisect_left(self._decided_rows, one.rows[0]) - bisect_left(self._decided_at, heard[0])
        parts = [
            Part(Reason.SUBMISSION, heard[0] - since),
            Part(Reason.HEARING, one.start - heard[0], ahead=(before,)),
        ]
        return Wait(since, one.start, _merged(parts))

    def of_programme(self, one: Done, referred: Done) -> Wait:
        """Why who was referred to a programme waited: until a place was free, for those who had waited longer."""
        begun = self._begun[self._programme(one)]
        before = bisect_left(begun, one.rows[0]) - bisect_left(begun, referred.rows[0])
        parts = [Part(Reason.PROGRAMME, one.start - referred.start, ahead=(before,))]
        return Wait(referred.start, one.start, _merged(parts))

    def of_place(self, one: Done) -> Wait | None:
        """Why somebody waited for a place on a list; None: since when is not known."""
        team = self._team_of[one.resource - FIRST_POST]
        lines = (line for line in self._lines.get(one.citizen, []) if line[1] == team)
        line = _last(lines, -math.inf, one.start)
        if line is None:
            return None
        return Wait(line[0], one.start, _merged([Part(Reason.PLACE, one.start - line[0], team=team)]))

    def _programme(self, one: Done) -> str:
        return self._resources[one.resource].partition(" / ")[0]

    def _in_queues(self, task: Waiting, until: float) -> Iterator[Part]:
        ends = [*(since for since, _ in task.queues[1:]), until]
        for (since, queue), end in zip(task.queues, ends, strict=True):
            if since < 0.0:
                yield Part(Reason.BEFORE_START, min(end, 0.0) - since)
            if end > max(since, 0.0):
                yield from self._in_queue(queue, max(since, 0.0), end)

    def _in_queue(self, queue: int, since: float, until: float) -> Iterator[Part]:
        team = team_of_queue(queue) if queue < 0 else self._team_of[queue]
        if self._pooled[team]:
            yield from self._in_shared_queue(team, since, until)
        elif queue < 0:
            yield Part(Reason.NOBODY, until - since, team=team)
        else:
            ahead: list[Done] = []
            for span in self._posts.during(queue, since, until):
                yield Part(_OF_STATE[span.state], span.end - span.start, post=queue)
                if span.work is not None:
                    ahead.append(span.work)
            if ahead:
                yield Part(Reason.BUSY, 0.0, post=queue, ahead=_by_kind(ahead))

    def _in_shared_queue(self, team: int, since: float, until: float) -> Iterator[Part]:
        """Everybody of the team is busy or away, or the task would have been begun."""
        spans: list[list[Span]] = [self._posts.during(post, since, until) for post in self._members[team]]
        moments = sorted({since, until, *(span.start for of_post in spans for span in of_post)})
        places = [0] * len(spans)
        for start, end in pairwise(moments):
            states = set()
            for post, of_post in enumerate(spans):
                while of_post[places[post]].end <= start:
                    places[post] += 1
                states.add(of_post[places[post]].state)
            idle, busy = State.IDLE in states, State.BUSY in states
            reason = Reason.UNKNOWN if idle else Reason.TEAM_BUSY if busy else Reason.TEAM_AWAY
            yield Part(reason, end - start, team=team)
        ahead = [span.work for of_post in spans for span in of_post if span.work is not None]
        if ahead:
            yield Part(Reason.TEAM_BUSY, 0.0, team=team, ahead=_by_kind(ahead))


def _last(rows: Iterable[tuple[float, int]], since: float, until: float) -> tuple[float, int] | None:
    """Give the last row of a time; None: there is none."""
    return max((row for row in rows if since <= row[0] <= until), default=None, key=lambda row: row[0])


def _by_kind(work: Sequence[Done]) -> tuple[int, ...]:
    counts = [0] * len(Task)
    for one in work:
        assert one.task is not None
        counts[one.task] += 1
    return tuple(counts)


def _merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Put parts of one reason together, in the order in which they first came; what takes no time is left out."""
    together: dict[tuple[Reason, int, int], Part] = {}
    for part in parts:
        key = part.reason, part.post, part.team
        there = together.get(key)
        if there is None:
            together[key] = part
            continue
        longer, shorter = sorted((there.ahead, part.ahead), key=len, reverse=True)
        ahead = tuple(a + b for a, b in zip(longer, (*shorter, *[0] * len(longer)), strict=False))
        together[key] = there._replace(weeks=there.weeks + part.weeks, ahead=ahead)
    return tuple(part for part in together.values() if part.weeks > 0.0)


def _by_citizen(rows: Iterable[tuple[int, float, int]]) -> dict[int, list[tuple[float, int]]]:
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for citizen, weeks, number in rows:
        found[citizen].append((weeks, number))
    return found
