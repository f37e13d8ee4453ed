"""What was done in each post at every moment: work, absence, leave, a vacancy, or nothing."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from sim.analysis.lives.pairs import Done
from sim.catalogue import Activity
from sim.model.parameters import FIRST_POST
from sim.tables.records import Replication

_FILLED = (Activity.RESIGNS, Activity.POST_CUT)
"""Until then somebody was in the post."""
_AWAY = {Activity.ABSENCE_STARTS: "ABSENT", Activity.LEAVE_STARTS: "ON_LEAVE"}


class State(Enum):
    """What is done in a post."""

    IDLE = auto()
    BUSY = auto()
    ABSENT = auto()
    ON_LEAVE = auto()
    VACANT = auto()


class Span(NamedTuple):
    """A time in which a post does one thing.

    Attributes
    ----------
    start, end
        Weeks.
    state
        What it does.
    work
        Of `State.BUSY`: which work.
    """

    start: float
    end: float
    state: State
    work: Done | None = None


class Posts:
    """What each post did over a replication, from its event log.

    Parameters
    ----------
    done
        The replication.
    activities
        Its paired rows.
    posts
        How many posts there are.
    horizon
        In weeks; what goes on then ends there.
    """

    def __init__(self, done: Replication, activities: Iterable[Done], posts: int, horizon: float) -> None:
        rows: list[list[Done]] = [[] for _ in range(posts)]
        for one in activities:
            if 0 <= one.resource - FIRST_POST < posts and (one.task is not None or one.citizen < 0):
                rows[one.resource - FIRST_POST].append(one)
        employed = [0.0] * posts
        table = done.tables["coordinators"]
        for post, weeks in zip(table["coordinator"].tolist(), table["employed_weeks"].tolist(), strict=True):
            employed[post] += weeks
        self._spans = [_spans(of_post, employed[post] > 0.0, horizon) for post, of_post in enumerate(rows)]
        self._starts = [[span.start for span in spans] for spans in self._spans]

    def during(self, post: int, start: float, end: float) -> list[Span]:
        """What the post did from `start` to `end`, without a gap; spans are cut at both."""
        found: list[Span] = []
        now = start
        spans = self._spans[post]
        for span in spans[max(bisect_right(self._starts[post], start) - 1, 0) :]:
            if span.start >= end:
                break
            if span.end <= now:
                continue
            if span.start > now:
                found.append(Span(now, span.start, State.IDLE))
                now = span.start
            found.append(span._replace(start=now, end=min(span.end, end)))
            now = found[-1].end
        if now < end:
            found.append(Span(now, end, State.IDLE))
        return found

    def at(self, post: int, weeks: float) -> State:
        """What the post does at a moment; what begins then is begun."""
        place = bisect_right(self._starts[post], weeks) - 1
        if place < 0 or self._spans[post][place].end <= weeks:
            return State.IDLE
        return self._spans[post][place].state


def _spans(rows: Sequence[Done], ever_employed: bool, horizon: float) -> list[Span]:
    """Put the spans of a post in order; they do not overlap."""
    spans: list[Span] = []
    vacant_since = None if _filled_at_first(rows, ever_employed) else -math.inf
    for one in rows:
        until = horizon if math.isnan(one.end) else one.end
        if one.activity is Activity.HIRED and vacant_since is not None:
            spans.append(Span(vacant_since, one.start, State.VACANT))
            vacant_since = None
        elif one.activity in _FILLED and vacant_since is None:
            vacant_since = one.start
        elif one.activity in _AWAY:
            since = -math.inf if math.isnan(one.start) else one.start
            spans.append(Span(since, until, State[_AWAY[one.activity]]))
        elif one.task is not None:
            spans.append(Span(one.start, until, State.BUSY, one))
    if vacant_since is not None:
        spans.append(Span(vacant_since, math.inf, State.VACANT))
    return sorted(spans, key=lambda span: (span.start, span.end))


def _filled_at_first(rows: Sequence[Done], ever_employed: bool) -> bool:
    """Whether somebody is in the post at the start date: then nobody is hired before anything else happens."""
    return rows[0].activity is not Activity.HIRED if rows else ever_employed
