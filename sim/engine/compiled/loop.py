"""The event loop: what comes next, and who does it."""

import functools
from collections.abc import Callable
from typing import Any, cast

from numba import from_dtype

from sim.catalogue import Activity
from sim.engine.compiled import (
    arrivals,
    casework,
    changes,
    desk,
    exit_clock,
    life,
    meetings,
    offers,
    places,
    recorder,
    staffing,
)
from sim.engine.compiled.cache import kept_loop
from sim.engine.compiled.clock import NUMBERS, at, is_of_citizen, next_event
from sim.engine.compiled.layout import (
    WORLD,
    citizen_at,
    department_at,
    group_at,
    post_at,
    step_at,
)
from sim.engine.compiled.lists import resource_of
from sim.engine.compiled.memory import Record, World, compiler, jitted
from sim.engine.compiled.tasks import role_of
from sim.engine.order import Kind
from sim.engine.steps.meetings import close_meetings
from sim.model.kept_code import keep


@jitted
def begin(w: World) -> None:
    """The centre as it is before the first event."""
    w.now = 0.0 - w.warm_up
    for i in range(w.post_count):
        staffing.fills(w, post_at(w, i))
    arrivals.initial_stock(w)
    for g in range(w.group_count):
        arrivals.next_arrival(w, g, group_at(w, g).inflow)
    for i in range(w.post_count):
        k = post_at(w, i)
        if k.employed:
            at(w, w.now, Kind.DESK.value, i, 0, 0)
        else:
            staffing.hiring(w, k)
        at(w, k.ends, Kind.POST_CUT.value, i, 0, 0)
        staffing.next_absence(w, k, role_of(w, k))
        if role_of(w, k).leave_spells > 0:
            staffing.next_leave(w, k)
        staffing.next_resignation(w, k, role_of(w, k))
    for d in range(w.department_count):
        if department_at(w, d).ever_filled:
            at(w, w.now, Kind.ALLOCATION.value, d, 0, 0)
    at(w, w.now + w.clarification.team_every, Kind.TEAM.value, 0, 0, 0)
    at(w, 0.0, Kind.OPENING.value, 0, 0, 0)
    changes.waits_for_change(w)


@jitted
def of_citizen(w: World, kind: int, c: Record, met: int) -> None:
    """An event in a citizen's life."""
    if kind == Kind.CONTACT.value:
        meetings.contact(w, c)
    elif kind == Kind.MEETING.value:
        meetings.meeting_goes_on(w, c, met)
    elif kind == Kind.OUTREACH.value:
        meetings.outreach(w, c)
    elif kind == Kind.MENTORING.value:
        offers.mentoring(w, c, met)
    elif kind == Kind.EXTRA_MEETING.value:
        meetings.extra_meeting(w, c, met)
    elif kind == Kind.EXIT.value:
        exit_clock.exit_moment(w, c, met)
    elif kind == Kind.CASE.value:
        casework.case_goes_on(w, c)
    elif kind == Kind.INTERNSHIP.value:
        offers.internship_goes_on(w, c)
    elif kind == Kind.PROGRAMME.value:
        offers.programme_ends(w, c)
    elif kind == Kind.RETURN.value:
        arrivals.comes_back(w, c)
    elif kind == Kind.SMALL_JOB.value:
        offers.small_job_ends(w, c)
    else:
        life.stay_ends(w, c)


@jitted
def of_centre(w: World, kind: int, number: int) -> None:
    """An event of the staff, of a department or of the calendar."""
    if kind == Kind.DESK.value:
        desk.desk(w, post_at(w, number))
    elif kind == Kind.POST.value:
        desk.ready(w, post_at(w, number))
    elif kind == Kind.ARRIVAL.value:
        arrivals.arrives(w, number)
    elif kind == Kind.ABSENCE.value:
        staffing.falls_ill(w, post_at(w, number))
    elif kind == Kind.LEAVE.value:
        staffing.leave_is_due(w, post_at(w, number))
    elif kind == Kind.RESIGNATION.value:
        staffing.resigns(w, post_at(w, number))
    elif kind == Kind.TEAM.value:
        casework.rehabilitation_team(w)
    elif kind == Kind.ALLOCATION.value:
        arrivals.allocation(w, number)
    elif kind == Kind.POST_CUT.value:
        staffing.post_cut(w, post_at(w, number))
    elif kind == Kind.CHANGE.value:
        changes.change(w)
    elif kind == Kind.OPENING.value:
        opening(w)
    else:
        week = int(w.now)
        recorder.week_ends(w, week)
        next_week(w, week + 1)


@jitted
def opening(w: World) -> None:
    """The start date: what came before is cut."""
    recorder.opens(w)
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0:
            resource = resource_of(post_at(w, c.on_list_of))
            recorder.record(w, Activity.PRESENT, i, resource, 0.0)
    next_week(w, 1)


@jitted
def next_week(w: World, week: int) -> None:
    """Wait for the end of a week; the last one's is the horizon."""
    at(w, float(week), Kind.WEEK.value, 0, 0, 0)


@jitted
def immediate_steps(w: World) -> None:
    """All steps that follow at once, in order of asking."""
    i = 0
    while i < w.last_step:
        s = step_at(w, i)
        i += 1
        c = citizen_at(w, s.citizen)
        if c.stage != s.stage:
            continue
        if s.what == places.STAGE_BEGINS:
            life.begin_stage(w, c)
        elif s.what == places.PLACE_FOR_INTERNSHIP:
            offers.taken_on(w, c)
        elif s.what == places.PLACE_FOR_CASE:
            casework.next_package(w, c)
        else:
            offers.programme_begins(w, c)
    w.last_step = 0


def _run(w: World) -> None:
    begin(w)
    while not w.overflow:
        if not next_event(w):
            break
        kind, number = w.sort_key >> NUMBERS, w.sort_key & ((1 << NUMBERS) - 1)
        if is_of_citizen(kind):
            c = citizen_at(w, number)
            if c.stage == w.stage:
                of_citizen(w, kind, c, w.met)
        else:
            of_centre(w, kind, number)
        if w.last_step > 0:
            immediate_steps(w)
    if w.overflow:
        return
    w.now = w.end
    recorder.week_ends(w, w.horizon)
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0:
            close_meetings(c, w.now)


@functools.cache
def run_loop() -> Callable[[World], None]:
    """Return the loop, compiled or ready to be: it runs a world from before its first event to the horizon.

    The loop is compiled at most once in a process, with a word to the user, unless it was kept on disk.
    """
    if compiler.config.DISABLE_JIT:
        return _run
    loop: Any = compiler.njit(_run, nogil=True, _nrt=False)
    keep(loop, kept_loop(_run))
    loop.compile((from_dtype(WORLD),))
    return cast("Callable[[World], None]", loop)
