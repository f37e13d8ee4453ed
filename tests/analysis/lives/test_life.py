"""A life tells every event once and in order, and its waits have reasons that add up to them."""

import math
from collections import Counter

import numpy as np
import pytest

from sim.analysis.lives.waits import Reason
from sim.catalogue import Activity, Task
from sim.engine import simulate
from sim.tables.records import Table, TableName
from tests.analysis.lives.traced import CENTRES, centre, lives, traced
from tests.engine.small import small
from tests.engine.test_desk import CALLERS

every_centre = pytest.mark.parametrize("name", CENTRES)


@every_centre
def test_every_event_of_a_citizen_is_told_once_in_order(name: str) -> None:
    c = centre(name)
    rows: dict[int, list[int]] = {}
    for row, citizen in enumerate(c.done.tables["events"]["citizen"].tolist()):
        rows.setdefault(citizen, []).append(row)
    for life in lives(name):
        assert sorted(row for entry in life.entries for row in entry.rows) == rows[life.citizen]
        weeks = [entry.weeks for entry in life.entries]
        assert weeks == sorted(weeks)


@every_centre
def test_reasons_add_up_to_the_wait_and_none_is_unknown(name: str) -> None:
    told = Counter[Reason]()
    for life in lives(name):
        for wait in (*(e.wait for e in life.entries), *(u.wait for u in life.unmet)):
            if wait is not None:
                assert wait.weeks >= 0.0
                assert math.fsum(part.weeks for part in wait.parts) == pytest.approx(wait.weeks, abs=1e-9)
                told.update(part.reason for part in wait.parts if part.weeks > 1e-9)
    assert told[Reason.UNKNOWN] == 0
    assert {Reason.BUSY, Reason.ABSENT, Reason.ON_LEAVE, Reason.DOCUMENTS, Reason.HEARING, Reason.SEARCH} <= set(
        told
    )


@every_centre
def test_waits_are_those_of_the_citizens_table(name: str) -> None:
    """Waits for planned meetings that were held, and for answers, are what the engine has added up."""
    c = centre(name)
    table = c.done.tables["citizens"]
    columns = {Activity.MEETING_STARTS: "meeting_wait_weeks", Activity.CONTACT_STARTS: "contact_wait_weeks"}
    for place, life in enumerate(lives(name)):
        for activity, column in columns.items():
            waits = (e.wait.weeks for e in life.entries if e.done.activity is activity and e.wait is not None)
            assert math.fsum(waits) == pytest.approx(float(table[column][place]), abs=1e-9)


@every_centre
def test_who_was_ahead_was_served_meanwhile(name: str) -> None:
    """The tasks that came first are as many as their server worked on between arrival and start."""
    c = centre(name)
    checked = 0
    for life in lives(name):
        for wait in (entry.wait for entry in life.entries if entry.wait is not None):
            since, until = wait.since, wait.until
            for part in wait.parts if len(wait.parts) == 1 and since >= 0.0 else ():
                if part.reason is not Reason.BUSY:
                    continue
                served = [
                    one
                    for one in c.activities
                    if one.task is not None
                    and one.resource == part.post + 1
                    and one.start < until
                    # A no-show may take no time, and its end is known to the last bit but one.
                    and not one.end <= max(since + 1e-9, one.start)
                ]
                assert part.ahead == tuple(sum(one.task is task for one in served) for task in Task)
                checked += 1
    assert checked > 50


@every_centre
def test_lists_and_queues_are_those_of_the_weekly_table(name: str) -> None:
    """Who is on a list at the end of a week is the stock; who waits for a meeting or an answer is counted there."""
    c = centre(name)
    weekly = _weekly(name)
    for week in range(1, c.p.horizon + 1):  # Row 0 is the opening, before all else that happens then.
        of_week = weekly["week"] == week
        on_lists = sum(joined.change for joined in c.trace.lists if joined.weeks <= week)
        assert on_lists == int(np.sum(weekly["stock"][of_week]))
        for task, column in ((Task.MEETING, "waiting_meeting"), (Task.CONTACT, "waiting_contact")):
            there = sum(t.kind == task and t.joined <= week and not t.left <= week for t in c.trace.tasks)
            assert there == int(np.sum(weekly[column][of_week]))


def _weekly(name: str) -> Table:
    return simulate(centre(name).p, 1, 0, events=False, engine="compiled").tables["weekly"]


@every_centre
def test_what_the_tracer_sees_changes_nothing(name: str) -> None:
    c = centre(name)
    untraced = simulate(c.p, 1, 0, events=True, engine="compiled")
    tables: tuple[TableName, ...] = ("events", "citizens", "coordinators")
    for table in tables:
        for column, values in untraced.tables[table].items():
            assert np.array_equal(values, c.done.tables[table][column], equal_nan=values.dtype.kind == "f")


def test_a_wait_by_hand() -> None:
    """Three call at 1 and are answered for half a week each: the third waits a week, for the two others."""
    c = traced(small(CALLERS, stock=3, horizon=4).parameters)
    answered = next(entry for entry in c.life(2).entries if entry.done.activity is Activity.CONTACT_STARTS)
    assert answered.asked is not None
    assert (answered.asked.start, answered.done.start, answered.done.end) == (1.0, 2.0, 2.5)
    assert answered.wait is not None
    (part,) = answered.wait.parts
    assert (part.reason, part.weeks, part.post, part.ahead[Task.CONTACT]) == (Reason.BUSY, 1.0, 0, 2)
