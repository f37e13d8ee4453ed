"""Places that are limited: on consultants' lists and in programmes (as `sim.engine.reference.places`)."""

import math

from sim.catalogue import Activity
from sim.engine.codes import SUCCESSES
from sim.engine.compiled.clock import soon
from sim.engine.compiled.layout import (
    citizen_at,
    consultant_at,
    place_at,
    programme_at,
    row_at,
    vendor_at,
)
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.min_tournament import load_changes, lowest
from sim.engine.compiled.queues import leave_front, skip_gone
from sim.engine.compiled.recorder import record
from sim.engine.steps.offers import place_given
from sim.model.assignment import relative_load
from sim.model.offers import NO_INTERNSHIP, vendor_score

STAGE_BEGINS, TAKEN_ON, PROGRAMME_BEGINS = range(3)
"""Immediate steps (see `clock.soon`)."""
CASES = 0
"""Number of the line of cases that wait for the rehabilitation team; the other lines come after it."""


@jitted
def consultant_line(w: World, d: int) -> int:
    """Number of the line of a department's citizens who wait for a consultant."""
    return int(1 + d)


@jitted
def programme_line(w: World, p: int) -> int:
    """Number of the line of those who wait for a programme."""
    return int(1 + w.department_count + p)


@jitted
def work_line(w: World, v: int) -> int:
    """Number of the line of a consultant's work."""
    return int(1 + w.department_count + w.programme_count + v)


@jitted
def release(w: World, c: Record, destination: int) -> None:
    """Give up every place at the end of a stage; a vendor is credited with a job or an education."""
    leave_consultant(w, c)
    c.internship = NO_INTERNSHIP
    c.after_internship_until = -math.inf
    if c.vendor >= 0:
        if destination in SUCCESSES and (c.programme >= 0 or w.now < c.after_programme_until):
            vendor_at(w, programme_at(w, c.last_programme).first_vendor + c.vendor).successes += 1
        if c.programme >= 0:
            leave_course(w, c)
    c.programme_wanted = -1
    c.after_programme_until = -math.inf
    c.small_job_now = False


@jitted
def leave_consultant(w: World, c: Record) -> None:
    """Leave the consultant's list; the next in line gets the place."""
    if c.consultant >= 0:
        v = consultant_at(w, c.consultant)
        c.consultant = -1
        _list_changes(w, v, -1)
        next_to_consultant(w, v.department)


@jitted
def next_to_consultant(w: World, d: int) -> None:
    """Give free places on the consultants' lists to those who have waited longest."""
    line = consultant_line(w, d)
    while True:
        i = skip_gone(w, line)
        if i < 0:
            return
        number = lowest(w, row_at(w, w.department_count + d))
        if number < 0:
            return
        c = citizen_at(w, place_at(w, i).citizen)
        leave_front(w, line)
        _list_changes(w, consultant_at(w, number), 1)
        c.consultant = number
        record(w, Activity.CONSULTANT_FOUND, c.number, w.first_consultant + number, 0.0)
        soon(w, TAKEN_ON, c.number, c.stage)


@jitted
def _list_changes(w: World, v: Record, change: int) -> None:
    """Count who comes on or goes off a consultant's list; a full one is given nobody."""
    v.on_list += change
    load = relative_load(v.on_list, v.full_time_share) if v.on_list < v.list_limit else math.inf
    load_changes(w, row_at(w, w.department_count + v.department), v.place, load)


@jitted
def leave_course(w: World, c: Record) -> None:
    """Leave the programme; the next in line gets the place."""
    p = c.programme
    vendor_at(w, programme_at(w, p).first_vendor + c.vendor).free += 1
    c.programme = -1
    next_to_course(w, p)


@jitted
def next_to_course(w: World, p: int) -> None:
    """Give free places in a programme to those who have waited longest, at the vendor that policy prefers."""
    line, programme = programme_line(w, p), programme_at(w, p)
    while True:
        i = skip_gone(w, line)
        if i < 0:
            return
        vendor = _preferred_vendor(w, programme)
        if vendor < 0:
            return
        c = citizen_at(w, place_at(w, i).citizen)
        leave_front(w, line)
        chosen = vendor_at(w, programme.first_vendor + vendor)
        chosen.free -= 1
        chosen.participants += 1
        place_given(c, p, vendor)
        soon(w, PROGRAMME_BEGINS, c.number, c.stage)


@jitted
def _preferred_vendor(w: World, p: Record) -> int:
    """Vendor with a free place and the best results, or the most free places; -1: all are full."""
    best, best_score = -1, -1.0
    for i in range(p.vendors):
        v = vendor_at(w, p.first_vendor + i)
        if v.free <= 0:
            continue
        score = vendor_score(v.successes, v.participants) if p.by_results else float(v.free)
        if score > best_score:
            best, best_score = i, score
    return best
