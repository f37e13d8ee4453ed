"""A post week by week: its hours by kind of work, its list, its queue, and the time it was away."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from sim.analysis.lives.posts import Posts, Span, State
from sim.catalogue import Task
from sim.model.parameters import Parameters
from sim.tables.trace import Trace, queue_of_team

AWAY = (State.ABSENT, State.ON_LEAVE, State.VACANT)


class PostWeek(NamedTuple):
    """A week of a post.

    Attributes
    ----------
    week
        The week that ends so many weeks after the start date, as in the weekly table.
    hours
        Worked in it, by kind of work.
    free_hours
        There, and nothing to do.
    away
        Weeks of it in each state of `AWAY`.
    on_list
        Citizens on the list, or with a place, when it ends.
    waiting
        Tasks that wait in the queue when it ends (of a team with one queue, in that), spare work left out.
    spans
        What was done, in order.
    """

    week: int
    hours: tuple[float, ...]
    free_hours: float
    away: tuple[float, ...]
    on_list: int
    waiting: int
    spans: tuple[Span, ...]


def weeks_of(post: int, p: Parameters, posts: Posts, trace: Trace, weeks: Sequence[int]) -> list[PostWeek]:
    """Give weeks of a post.

    Parameters
    ----------
    post
        Its number.
    p, posts, trace
        Of the replication.
    weeks
        Which, 1 to the horizon, in order.
    """
    of_team = p.teams[p.posts[post].team]
    hours_per_week = p.roles[of_team.role].hours_per_week * p.posts[post].full_time_share
    queue = queue_of_team(p.posts[post].team) if of_team.pooled else post
    listed = _Count((j.weeks, j.change) for j in (*trace.lists, *trace.places) if j.list == post)
    waiting = _Count(_waiting(trace, queue))
    found = []
    for week in weeks:
        spans = posts.during(post, week - 1.0, float(week))
        hours = [0.0] * len(Task)
        for span in spans:
            if span.work is not None and span.work.task is not None:
                hours[span.work.task] += (span.end - span.start) * hours_per_week
        away = tuple(sum(s.end - s.start for s in spans if s.state is state) for state in AWAY)
        free = sum(s.end - s.start for s in spans if s.state is State.IDLE) * hours_per_week
        there = listed.at(week), waiting.at(week)
        found.append(PostWeek(week, tuple(hours), free, away, *there, tuple(spans)))
    return found


class _Count:
    """A number that changes by steps."""

    def __init__(self, changes: Iterable[tuple[float, int]]) -> None:
        ordered = sorted(changes)
        self._moments = [weeks for weeks, _ in ordered]
        self._counts = [0, *accumulate(change for _, change in ordered)]

    def at(self, weeks: float) -> int:
        """Give the number at a moment, what changes then included."""
        return self._counts[bisect_right(self._moments, weeks)]


def _waiting(trace: Trace, queue: int) -> Iterator[tuple[float, int]]:
    """Give the moments at which the number of tasks in a queue changes."""
    for task in trace.tasks:
        if tuple(Task)[task.kind].spare:
            continue
        ends = [*(since for since, _ in task.queues[1:]), task.left]
        for (since, one), end in zip(task.queues, ends, strict=True):
            if one == queue:
                yield since, 1
                if not math.isnan(end):
                    yield end, -1
