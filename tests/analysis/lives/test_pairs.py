"""Every row of the event log belongs to one activity, and the hours are those of the other tables."""

import math
from collections import Counter

import numpy as np
import pytest

from sim.analysis.lives.pairs import ENDS_OF, HOURS_PER_WEEK, SPELLS, STARTS_OF
from sim.catalogue import Activity, Task
from sim.model.parameters import FIRST_POST
from tests.analysis.lives.traced import CENTRES, centre

every_centre = pytest.mark.parametrize("name", CENTRES)


def test_every_start_has_an_end() -> None:
    assert {a for a in Activity if a.name.endswith("_STARTS")} == set(ENDS_OF)
    assert {a for a in Activity if a.name.endswith("_ENDS")} == set(STARTS_OF)


@every_centre
def test_every_row_belongs_to_one_activity(name: str) -> None:
    c = centre(name)
    rows = [row for one in c.activities for row in dict.fromkeys(one.rows) if row >= 0]
    assert sorted(rows) == list(range(len(c.done.tables["events"]["weeks"])))


@every_centre
def test_start_and_end_are_of_the_same_task(name: str) -> None:
    c = centre(name)
    e = c.done.tables["events"]
    ends = 0
    for one in c.activities:
        first, last = one.rows
        if last <= first:
            continue
        ends += 1
        assert STARTS_OF[tuple(Activity)[e["activity"][last]]] is one.activity
        assert e["citizen"][first] == e["citizen"][last]
        if one.task is not None:
            assert e["resource"][first] == e["resource"][last]
            assert one.end - one.start == pytest.approx(float(e["calendar_hours"][last]) / HOURS_PER_WEEK, abs=1e-9)
    assert ends == sum(1 for a in e["activity"].tolist() if tuple(Activity)[a] in STARTS_OF) - _unpaired(name)


def _unpaired(name: str) -> int:
    """Ends whose start came before the start date."""
    return sum(one.rows[0] == one.rows[1] for one in centre(name).activities)


@every_centre
def test_spells_end_with_the_stage(name: str) -> None:
    """What a citizen takes part in is over when they leave; nobody is in two spells of a kind."""
    c = centre(name)
    left = dict(zip(*(c.done.tables["citizens"][k].tolist() for k in ("citizen", "exit_weeks")), strict=True))
    until: dict[tuple[Activity, int], float] = {}
    for one in c.activities:
        if one.activity in SPELLS:
            assert until.get((one.activity, one.citizen), 0.0) <= one.start
            until[one.activity, one.citizen] = math.inf if math.isnan(one.end) else one.end
            if not math.isnan(left[one.citizen]):
                assert one.end <= left[one.citizen]
    assert until


@every_centre
def test_hours_of_work_are_those_of_the_posts(name: str) -> None:
    """Hours by post and kind, from the spans of the log, are those that the engine has added up."""
    c = centre(name)
    table = c.done.tables["coordinators"]
    for post, of in enumerate(c.p.posts):
        per_week = c.p.roles[c.p.teams[of.team].role].hours_per_week * of.full_time_share
        hours: Counter[Task] = Counter()
        for span in c.posts.during(post, 0.0, float(c.p.horizon)):
            if span.work is not None and span.work.task is not None:
                hours[span.work.task] += (span.end - span.start) * per_week  # type: ignore[assignment]
        for task in Task:
            there = float(np.sum(table[f"hours_{task.key}"][table["coordinator"] == post]))
            assert hours[task] == pytest.approx(there, abs=1e-8)


@every_centre
def test_nobody_does_two_things_at_once(name: str) -> None:
    c = centre(name)
    for post in range(len(c.p.posts)):
        spans = c.posts.during(post, 0.0, float(c.p.horizon))
        assert spans[0].start == 0.0
        assert spans[-1].end == c.p.horizon
        assert [s.end for s in spans[:-1]] == [s.start for s in spans[1:]]
    working = [one for one in c.activities if one.task is not None and one.resource >= FIRST_POST]
    by_post: dict[int, float] = {}
    for one in sorted(working, key=lambda one: one.start):
        assert by_post.get(one.resource, 0.0) <= one.start + 1e-9
        by_post[one.resource] = math.inf if math.isnan(one.end) else one.end
