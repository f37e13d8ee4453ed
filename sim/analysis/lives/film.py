"""A replication as a stream of small changes in order of time, from which an animation is played."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from sim.analysis.lives.pairs import ACTIVITY
from sim.analysis.lives.posts import Posts, State
from sim.catalogue import Activity, Task
from sim.engine.codes import PREPARING, SUBMITTED
from sim.model.offers import INTERN, PLACING, READY, SEARCHING
from sim.model.parameters import Parameters
from sim.tables.records import Replication
from sim.tables.trace import Opening, Trace, team_of_queue

MINUTES_PER_WEEK = 7 * 24 * 60


class What(IntEnum):
    """What changes; in brackets what `who` and `value` are."""

    LIST = 0
    """A citizen is on a list from now on (citizen, list)."""
    ENTERS = 1
    """A new citizen (citizen, group)."""
    LEAVES = 2
    """A citizen leaves (citizen, destination)."""
    GROUP = 3
    """A citizen is in a group from now on (citizen, group)."""
    WORK = 4
    """A post begins work (citizen, post times `WORK_BASE` plus the kind of task)."""
    POST = 5
    """A post does no work (post, code of its state)."""
    QUEUE = 6
    """One task more or fewer waits in a queue (queue, 1 or 0)."""
    PLACE = 7
    """One citizen more or fewer has a place with a post beside their list (post, 1 or 0)."""
    BEGINS = 8
    """A citizen is in a condition from now on (citizen, condition)."""
    ENDS = 9
    """And is not any more (citizen, condition)."""
    DECIDED = 10
    """The rehabilitation team decides (citizen, decision)."""


WORK_BASE = 16
"""Above the number of kinds of task."""
POST_STATES = (State.IDLE, State.ABSENT, State.ON_LEAVE, State.VACANT)
"""States of a post without work; their places are their codes."""
CONDITIONS = (
    "waiting_meeting",
    "waiting_contact",
    "in_clarification",
    "waiting_team",
    "waiting_consultant",
    "in_placement",
    "in_internship",
    "in_small_job",
    "in_programme",
)
"""Conditions of citizens, by the columns of the weekly table that count them."""
_ORDER = (
    What.ENDS, What.DECIDED, What.ENTERS, What.LIST, What.PLACE, What.GROUP, What.POST, What.WORK, What.QUEUE,
    What.BEGINS,
)  # fmt: skip
"""At one moment; who leaves does so last, out of every condition."""
_RANK = {what: rank for rank, what in enumerate((*_ORDER, What.LEAVES))}


class Change(NamedTuple):
    """Something changes: when (weeks), what, and of whom to which value (see `What`)."""

    weeks: float
    what: What
    who: int
    value: int


def film(done: Replication, p: Parameters, posts: Posts, trace: Trace) -> list[Change]:
    """Give all changes of a replication, from week 0 to the horizon, in order.

    Lists and queues of nobody are numbered after the posts, by team.

    Parameters
    ----------
    done
        With its event log.
    p, posts, trace
        Of the replication.
    """
    changes = [
        *_of_lists(trace, len(p.posts)),
        *_of_log(done),
        *_of_posts(posts, len(p.posts), float(p.horizon)),
        *_of_queues(trace, len(p.posts)),
        *_of_conditions(done, trace, float(p.horizon)),
    ]
    return sorted(changes, key=lambda change: (change.weeks, _RANK[change.what]))


def packed(changes: Iterable[Change]) -> bytes:
    """Pack changes: minutes since the one before, what, who and value, each as a variable-length number.

    A number is written in groups of seven bits, the lowest first; the highest bit says that more follow.
    """
    out = bytearray()
    before = 0
    for change in changes:
        now = math.floor(change.weeks * MINUTES_PER_WEEK)
        for number in (now - before, int(change.what), change.who, change.value):
            left = number
            while left > 0x7F:
                out.append(left & 0x7F | 0x80)
                left >>= 7
            out.append(left)
        before = now
    return bytes(out)


def list_number(number: int, posts: int) -> int:
    """Number a list or queue without negative numbers: posts, then teams."""
    return number if number >= 0 else posts + team_of_queue(number)


def _of_lists(trace: Trace, posts: int) -> Iterator[Change]:
    """Everybody's list at week 0, and every change after it; the same of places."""
    at_first: dict[int, int] = {}
    later: list[Change] = []
    for joined in trace.lists:
        number = list_number(joined.list, posts)
        if joined.weeks >= 0.0:
            if joined.change > 0:
                later.append(Change(joined.weeks, What.LIST, joined.citizen, number))
        elif joined.change > 0:
            at_first[joined.citizen] = number
        elif at_first.get(joined.citizen) == number:
            del at_first[joined.citizen]
    yield from (Change(0.0, What.LIST, citizen, number) for citizen, number in at_first.items())
    yield from later
    for joined in trace.places:
        yield Change(max(joined.weeks, 0.0), What.PLACE, joined.list, int(joined.change > 0))


def _of_log(done: Replication) -> Iterator[Change]:
    """Who comes, goes, and changes group."""
    events = done.tables["events"]
    columns = ("activity", "citizen", "group", "weeks", "value")
    for code, citizen, group, weeks, value in zip(*(events[name].tolist() for name in columns), strict=True):
        activity = ACTIVITY[code]
        if activity is Activity.PRESENT:
            yield Change(weeks, What.GROUP, citizen, group)
        elif activity is Activity.ENTERS:
            yield Change(weeks, What.ENTERS, citizen, group)
        elif activity in (Activity.SCHEME_CHANGES, Activity.FLAGGED, Activity.REASSESSED):
            yield Change(weeks, What.GROUP, citizen, int(value))
        elif activity is Activity.DECIDED:
            yield Change(weeks, What.DECIDED, citizen, int(value))
        elif activity is Activity.LEAVES:
            yield Change(weeks, What.LEAVES, citizen, int(value))


def _of_posts(posts: Posts, count: int, horizon: float) -> Iterator[Change]:
    for post in range(count):
        for span in posts.during(post, 0.0, horizon):
            if span.work is not None and span.work.task is not None:
                value = post * WORK_BASE + int(span.work.task)
                yield Change(span.start, What.WORK, span.work.citizen, value)
            else:
                yield Change(span.start, What.POST, post, POST_STATES.index(span.state))


def _of_queues(trace: Trace, posts: int) -> Iterator[Change]:
    """Tasks in queues, spare work left out; who waits no time at all is not shown."""
    for task in trace.tasks:
        if tuple(Task)[task.kind].spare:
            continue
        ends = [*(since for since, _ in task.queues[1:]), task.left]
        for (since, queue), end in zip(task.queues, ends, strict=True):
            if end == since or end <= 0.0:
                continue
            yield Change(max(since, 0.0), What.QUEUE, list_number(queue, posts), 1)
            if not math.isnan(end):
                yield Change(end, What.QUEUE, list_number(queue, posts), 0)


def _of_conditions(done: Replication, trace: Trace, horizon: float) -> Iterator[Change]:
    spans: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for task in trace.tasks:
        if task.kind in _WAITS:
            until = horizon if math.isnan(task.left) else task.left
            spans[task.citizen, _WAITS[task.kind]].append((max(task.joined, 0.0), until))
    for citizen, condition, since, until in _courses(done, trace, horizon):
        spans[citizen, condition].append((since, until))
    for (citizen, condition), times in spans.items():
        for since, until in times:
            if since < until:
                yield Change(since, What.BEGINS, citizen, condition)
                if until < horizon:
                    yield Change(until, What.ENDS, citizen, condition)


_WAITS: Mapping[int, int] = {
    int(Task.MEETING): CONDITIONS.index("waiting_meeting"),
    int(Task.CONTACT): CONDITIONS.index("waiting_contact"),
}
_CASE = {PREPARING: CONDITIONS.index("in_clarification"), SUBMITTED: CONDITIONS.index("waiting_team")}
_INTERNSHIP = {
    READY: CONDITIONS.index("waiting_consultant"),
    PLACING: CONDITIONS.index("in_placement"),
    SEARCHING: CONDITIONS.index("in_placement"),
    INTERN: CONDITIONS.index("in_internship"),
}
_SMALL_JOB, _PROGRAMME = CONDITIONS.index("in_small_job"), CONDITIONS.index("in_programme")
_TRACKS = (tuple(set(_CASE.values())), tuple(set(_INTERNSHIP.values())), (_SMALL_JOB,), (_PROGRAMME,))
"""Conditions of which a citizen is in one at most."""


class _Courses:
    """What a citizen is in, track by track, while the log is read."""

    def __init__(self) -> None:
        self._since: dict[tuple[int, int], tuple[int, float]] = {}
        self.spans: list[tuple[int, int, float, float]] = []

    def now(self, citizen: int, track: int) -> int | None:
        """Give the condition of a track; None: none."""
        there = self._since.get((citizen, track))
        return None if there is None else there[0]

    def enter(self, citizen: int, track: int, condition: int | None, weeks: float) -> None:
        """Be in another condition of a track from now on, or in none."""
        there = self._since.pop((citizen, track), None)
        if there is not None:
            self.spans.append((citizen, there[0], there[1], weeks))
        if condition is not None:
            self._since[citizen, track] = condition, weeks

    def end(self, horizon: float) -> list[tuple[int, int, float, float]]:
        """Give all spans; what goes on ends at the horizon."""
        for citizen, track in list(self._since):
            self.enter(citizen, track, None, horizon)
        return self.spans


_OF_CASE, _OF_INTERNSHIP, _OF_SMALL_JOB, _OF_PROGRAMME = range(4)
_READY, _PLACING, _INTERN = (_INTERNSHIP[code] for code in (READY, PLACING, INTERN))


def _courses(done: Replication, trace: Trace, horizon: float) -> list[tuple[int, int, float, float]]:
    """Follow cases, internships, small jobs and programmes: citizen, condition, from, until."""
    courses = _Courses()
    placing: set[tuple[int, float]] = set()
    handed: dict[int, list[float]] = defaultdict(list)
    moments: list[tuple[float, int, int, Activity | Opening | None]] = []
    moments += [(one.weeks, place - len(trace.opening), one.citizen, one) for place, one in enumerate(trace.opening)]
    for task in trace.tasks:
        if task.kind == Task.PLACEMENT:
            placing.add((task.citizen, task.joined))
            moments.append((task.joined, 1 << 60, task.citizen, None))
        elif task.kind == Task.HANDOVER:
            handed[task.citizen].append(task.joined)
    events = done.tables["events"]
    log = zip(*(events[name].tolist() for name in ("activity", "citizen", "weeks")), strict=True)
    moments += [(weeks, row, citizen, ACTIVITY[code]) for row, (code, citizen, weeks) in enumerate(log)]
    ready_since: dict[int, float] = {}
    for weeks, _, citizen, activity in sorted(moments, key=lambda moment: moment[:2]):
        if weeks < 0.0:
            continue
        internship = courses.now(citizen, _OF_INTERNSHIP)
        if isinstance(activity, Opening):
            _open(courses, activity)
        elif activity is None:
            by_others = any(since >= ready_since.get(citizen, -math.inf) for since in handed[citizen])
            if internship == _READY and by_others:
                courses.enter(citizen, _OF_INTERNSHIP, _PLACING, weeks)
        elif activity is Activity.READY:
            ready_since[citizen] = weeks
            courses.enter(citizen, _OF_INTERNSHIP, _READY, weeks)
        elif activity is Activity.PLACEMENT_ENDS and internship == _READY:
            courses.enter(citizen, _OF_INTERNSHIP, _PLACING, weeks)
        elif activity is Activity.INTERNSHIP_STARTS:
            courses.enter(citizen, _OF_INTERNSHIP, _INTERN, weeks)
        elif activity in _AFTER and internship in (_PLACING, _INTERN):
            again = (citizen, weeks) in placing
            courses.enter(citizen, _OF_INTERNSHIP, _PLACING if again else None, weeks)
        elif activity in _SIMPLE:
            track, condition = _SIMPLE[activity]
            courses.enter(citizen, track, condition, weeks)
        elif activity in (Activity.SCHEME_CHANGES, Activity.LEAVES):
            for track in range(len(_TRACKS)):
                courses.enter(citizen, track, None, weeks)
    return courses.end(horizon)


_AFTER: Sequence[Activity] = (Activity.INTERNSHIP_ENDS, Activity.FOLLOW_UP_ENDS, Activity.SEARCH_GIVEN_UP)
"""Then placement work goes on, or the citizen is back with the coordinator."""
_SIMPLE: Mapping[Activity, tuple[int, int | None]] = {
    Activity.NEED_RECOGNISED: (_OF_CASE, _CASE[PREPARING]),
    Activity.SUBMITTED: (_OF_CASE, _CASE[SUBMITTED]),
    Activity.DECIDED: (_OF_CASE, None),
    Activity.SMALL_JOB_STARTS: (_OF_SMALL_JOB, _SMALL_JOB),
    Activity.SMALL_JOB_ENDS: (_OF_SMALL_JOB, None),
    Activity.PROGRAMME_STARTS: (_OF_PROGRAMME, _PROGRAMME),
    Activity.PROGRAMME_ENDS: (_OF_PROGRAMME, None),
}


def _open(courses: _Courses, one: Opening) -> None:
    courses.enter(one.citizen, _OF_CASE, _CASE.get(one.case), one.weeks)
    courses.enter(one.citizen, _OF_INTERNSHIP, _INTERNSHIP.get(one.internship), one.weeks)
    courses.enter(one.citizen, _OF_SMALL_JOB, _SMALL_JOB if one.small_job else None, one.weeks)
    courses.enter(one.citizen, _OF_PROGRAMME, _PROGRAMME if one.programme else None, one.weeks)
