"""One citizen's life with the centre: what happened, in order, and why it did not happen sooner."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.analysis.lives.pairs import Done
from sim.analysis.lives.waits import Part, Reason, Reasons, Wait
from sim.catalogue import Activity, Task
from sim.tables.trace import Trace

_QUEUES = (
    Activity.MEETING_STARTS,
    Activity.CONTACT_STARTS,
    Activity.HANDOVER_STARTS,
    Activity.PLACEMENT_STARTS,
    Activity.FOLLOW_UP_STARTS,
    Activity.MENTORING_STARTS,
)
"""Work for which a citizen waits in a queue alone."""


class Entry(NamedTuple):
    """Something in a life.

    Attributes
    ----------
    done
        What happened.
    asked
        Of a meeting the invitation, of an answered contact the call; None: it is not in the log.
    rows
        Of the log, all that it tells of.
    wait
        Before it; None: there is none, or since when is not known.
    """

    done: Done
    asked: Done | None
    rows: tuple[int, ...]
    wait: Wait | None

    @property
    def weeks(self) -> float:
        """When it began; of what had begun before the start date unknown, when it ended."""
        return self.done.end if math.isnan(self.done.start) else self.done.start


class Unmet(NamedTuple):
    """Work that still waited when the citizen left, or at the horizon."""

    task: Task
    wait: Wait


class Life(NamedTuple):
    """A citizen's life.

    Attributes
    ----------
    citizen
        Number.
    entries
        In order of time.
    unmet
        What was still waited for at the end.
    """

    citizen: int
    entries: tuple[Entry, ...]
    unmet: tuple[Unmet, ...]

    def waits(self) -> dict[Reason, float]:
        """Weeks of all waits by reason, the longest first; waits at the same time count each."""
        found: dict[Reason, float] = {}
        for wait in (*(e.wait for e in self.entries), *(u.wait for u in self.unmet)):
            for part in wait.parts if wait is not None else ():
                found[part.reason] = found.get(part.reason, 0.0) + part.weeks
        return dict(sorted(found.items(), key=lambda item: -item[1]))


@dataclass
class _Open:
    """What has been asked for and not come yet."""

    invited: Done | None = None
    called: Done | None = None
    referred: Done | None = None
    case: float | None = None
    submitted: float | None = None
    searching: float | None = None


@dataclass
class _Teller:
    reasons: Reasons
    open: _Open = field(default_factory=_Open)
    entries: list[Entry] = field(default_factory=list)

    def tell(self, one: Done) -> None:
        """Add an activity to the life."""
        o, activity = self.open, one.activity
        if activity is Activity.INVITED:
            self._alone(o.invited)
            o.invited = one
        elif activity is Activity.CONTACT:
            self._alone(o.called)
            o.called = one
        elif activity is Activity.CONTACT_STARTS:
            self._add(one, self._of_queue(one), o.called)
            o.called = None
        elif one.task is Task.MEETING:
            self._add(one, self._of_queue(one), o.invited)
            o.invited = None
        else:
            self._add(one, self._wait(one))
        if activity in (Activity.SCHEME_CHANGES, Activity.LEAVES):
            self._alone(o.invited)
            self._alone(o.called)
            self.open = _Open()

    def end(self) -> None:
        """The life is told; what was asked for and never came stands by itself."""
        self._alone(self.open.invited)
        self._alone(self.open.called)

    def _wait(self, one: Done) -> Wait | None:
        """Give the wait before an activity, and note what is waited for after it."""
        o, activity = self.open, one.activity
        wait = None
        if activity in _QUEUES:
            wait = self._of_queue(one)
        elif activity is Activity.PACKAGE_STARTS:
            wait = self._of_package(one)
        elif activity is Activity.DECIDED and o.submitted is not None:
            wait = self.reasons.of_decision(one, o.submitted)
        elif activity is Activity.TAKEN_ON:
            wait = self.reasons.of_place(one)
        elif activity is Activity.PROGRAMME_STARTS and o.referred is not None:
            wait = self.reasons.of_programme(one, o.referred)
        elif activity in (Activity.INTERNSHIP_STARTS, Activity.SEARCH_GIVEN_UP) and o.searching is not None:
            weeks = one.start - o.searching
            wait = Wait(o.searching, one.start, (Part(Reason.SEARCH, weeks),) if weeks > 0.0 else ())
        self._note(one)
        return wait

    def _note(self, one: Done) -> None:
        o, activity = self.open, one.activity
        if activity is Activity.NEED_RECOGNISED:
            o.case = one.start
        elif activity is Activity.PACKAGE_STARTS:
            o.case = None if math.isnan(one.end) else one.end
        elif activity is Activity.SUBMITTED:
            o.case, o.submitted = None, one.start
        elif activity is Activity.DECIDED:
            o.submitted = None
        elif activity is Activity.REFERRED:
            o.referred = one
        elif activity is Activity.PROGRAMME_STARTS:
            o.referred = None
        elif activity is Activity.PLACEMENT_STARTS:
            o.searching = None if math.isnan(one.end) else one.end
        elif activity in (Activity.INTERNSHIP_STARTS, Activity.SEARCH_GIVEN_UP):
            o.searching = None

    def _of_queue(self, one: Done) -> Wait | None:
        task = self.reasons.task_of(one)
        return None if task is None else self.reasons.of_task(task, one.start)

    def _of_package(self, one: Done) -> Wait | None:
        task = self.reasons.task_of(one)
        if task is None:
            return None
        since = self.open.case
        if since is None or since > task.joined:
            return self.reasons.of_task(task, one.start)
        return self.reasons.of_package(task, since, one.start)

    def _alone(self, one: Done | None) -> None:
        if one is not None:
            self._add(one, None)

    def _add(self, one: Done, wait: Wait | None, asked: Done | None = None) -> None:
        of = (one,) if asked is None else (asked, one)
        rows = tuple(sorted({row for part in of for row in part.rows if row >= 0}))
        self.entries.append(Entry(one, asked, rows, wait))


def life_of(citizen: int, activities: Sequence[Done], reasons: Reasons, trace: Trace, horizon: float) -> Life:
    """Tell a citizen's life from the paired rows of the event log.

    Parameters
    ----------
    citizen
        Number.
    activities, reasons, trace
        Of the replication; the trace may end with the citizen's exit.
    horizon
        In weeks.
    """
    teller = _Teller(reasons)
    for one in activities:
        if one.citizen == citizen:
            teller.tell(one)
    teller.end()
    entries = sorted(teller.entries, key=lambda entry: (entry.weeks, entry.rows[-1]))
    left = next((e.weeks for e in reversed(entries) if e.done.activity is Activity.LEAVES), None)
    end = horizon if left is None else left
    begun = {(e.done.task, e.done.start) for e in entries}
    unmet = [
        Unmet(tuple(Task)[task.kind], reasons.of_task(task, end))
        for task in trace.tasks
        if task.citizen == citizen
        and not tuple(Task)[task.kind].spare
        and (math.isnan(task.left) or task.left == end)
        and (tuple(Task)[task.kind], task.left) not in begun
    ]
    return Life(citizen, tuple(entries), tuple(unmet))
