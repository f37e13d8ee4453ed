"""Meetings: invited ahead, missed, hurried, extra. Times by hand, relative to the first due date (drawn)."""

from itertools import pairwise

import pytest

from tests.engine.running import Centre
from tests.engine.small import MEETINGS, small

GROUP = """
[groups.met]
benefit = "cash_benefit"
stock_share = 1.0
meetings = { interval_weeks = 10 }
"""


def booked(**options: str) -> str:
    lead = options.pop("lead", "2")
    more = "".join(f"{key} = {value}\n" for key, value in options.items())
    return f"{MEETINGS}{more}bookings.invited = {{ lead_weeks = {lead} }}\n{GROUP}"


def test_invited_ahead_and_held_at_once_by_one_who_is_free() -> None:
    centre = small(booked(), horizon=40)
    first, *later = [e.value for e in centre.rows("invited")]
    starts, ends = centre.times("meeting_starts"), centre.times("meeting_ends")
    assert 0 < first < 10
    assert starts[0] == centre.times("invited")[0] == max(0.0, first - 2)
    for due, start, previous_end in zip(later, starts[1:], ends, strict=False):
        assert due == previous_end + 10
        assert start == due - 2
    assert [end - start for start, end in zip(starts, ends, strict=False)] == pytest.approx([0.2] * len(ends))
    held = centre.citizens["meetings_held"][0]
    assert held == centre.citizens["meetings_timely"][0] == centre.citizens["meetings_due"][0] == len(starts) >= 4


def test_a_meeting_late_is_held_but_not_timely() -> None:
    """The only coordinator is hired after 12 weeks: the first meeting is late, the next ones are not."""
    posts = "[departments.centre]\ncoordinators = 0\n[staffing]\nnet_hours_per_week = 10\n"
    hire = "changes = [{ date = 2018-03-26, posts = 1 }]\n"
    centre = small(posts + hire + booked(), horizon=30)
    due = [e.value for e in centre.rows("invited")]
    assert due[0] < 12.0 == centre.times("meeting_starts")[0]
    assert due[1] == 12.2 + 10
    held, timely = centre.citizens["meetings_held"][0], centre.citizens["meetings_timely"][0]
    assert (held, timely) == (3, 2)
    never = small(posts + booked(), horizon=30)
    assert never.citizens["meetings_due"].tolist() == [1]
    assert never.citizens["meetings_held"].tolist() == [0]
    assert never.weekly["overdue_meeting"].tolist() == [int(w > due[0]) for w in range(31)]


def test_a_department_may_meet_newcomers_earlier_than_the_group_asks() -> None:
    two = "[departments.early]\nfirst_within_weeks = 3\n[departments.usual]\n"
    group = GROUP.replace("interval_weeks = 10", "interval_weeks = 10, first_within_weeks = 8")
    body = f"{two}[staffing]\nnet_hours_per_week = 100\ncitizens_per_coordinator = 5\n"
    entering = group.replace("stock_share = 1.0", "stock_share = 1.0\ninflow_per_week = 1")
    centre = small(f"{body}{MEETINGS}bookings.invited = {{ lead_weeks = 1 }}\n{entering}", horizon=60, stock=10)
    came = {e.citizen: e.weeks for e in centre.rows("enters")}
    due = {e.citizen: e.value for e in reversed(centre.rows("invited")) if e.citizen in came}
    early = dict(
        zip(centre.citizens["citizen"].tolist(), (centre.citizens["department"] == 0).tolist(), strict=True)
    )
    assert {early[i] for i in due} == {True, False}
    for citizen, value in due.items():
        assert value == came[citizen] + (3 if early[citizen] else 8)


def test_who_misses_a_meeting_is_invited_again() -> None:
    booking = "bookings.invited = { lead_weeks = 2, no_show_share = 0.5, reinvite_weeks = 3 }"
    body = f"{MEETINGS}no_show_hours = 1\n{booking}"
    centre = small(f"{body}\n{GROUP}", stock=3, horizon=100)
    for citizen in range(3):
        log = [e for e in centre.log if e.citizen == citizen]
        missed = [(e, after) for e, after in pairwise(log) if e.activity == "no_show"]
        # The last one may be too near the horizon for another invitation.
        assert centre.citizens["no_shows"][citizen] - len(missed) in (0, 1)
        assert len(missed) > 2
        for e, after in missed:
            assert after.activity == "invited"
            assert after.weeks == (e.weeks + 0.1) + 3  # an hour is lost; then three weeks
        # The due date stays that of the meeting missed.
        dues = [e.value for e in log if e.activity == "invited"]
        assert len(set(dues)) == len(dues) - len(missed)


def test_self_booking_by_department() -> None:
    body = f"""{MEETINGS}
[meetings.bookings]
invited = {{ lead_weeks = 2, no_show_share = 0.5 }}
self_booking = {{ lead_weeks = 1 }}
{GROUP}
[departments.letters]
coordinators = 2
[departments.online]
coordinators = 2
booking = "self_booking"
"""
    centre = small(body, stock=40, horizon=50)
    online = centre.citizens["department"] == 1
    assert centre.citizens["no_shows"][online].sum() == 0
    assert centre.citizens["no_shows"][~online].sum() > 20
    alone = {int(c) for c in centre.citizens["citizen"][online]}
    leads = {round(e.value - e.weeks, 9) for e in centre.rows("invited") if e.citizen in alone and e.weeks > 0}
    assert leads == {1.0}


def lengths(centre: Centre) -> set[float]:
    rows = list(zip(centre.rows("meeting_starts"), centre.rows("meeting_ends"), strict=False))
    for start, end in rows:
        assert end.weeks - start.weeks == pytest.approx(0.2 * start.value, rel=1e-9)
    return {start.value for start, _ in rows}


@pytest.mark.parametrize(
    ("pressure", "length"),
    [
        ("", 1.0),
        ("time_pressure = { backlog = { tolerated_weeks = 1, floor_share = 0.1 } }", 1 / 1.8),
        ("time_pressure = { backlog = { tolerated_weeks = 1, floor_share = 0.7 } }", 0.7),
        ("time_pressure = { backlog = { tolerated_weeks = 1.8, floor_share = 0.1 } }", 1.0),
        ("time_pressure = { calendar = { meeting_hours_share = 0.1, floor_share = 0.1 } }", 0.5),
        ("time_pressure = { calendar = { meeting_hours_share = 0.1, floor_share = 0.6 } }", 0.6),
        ("time_pressure = { calendar = { meeting_hours_share = 0.2, floor_share = 0.1 } }", 1.0),
    ],
)
def test_hurried_meetings(pressure: str, length: float) -> None:
    """Ten citizens, all invited at once and again as soon as they were met: 9 meetings of 2 hours always wait.

    By backlog: 18 hours are 1.8 weeks. By calendar: 10 meetings of 2 hours every 10 weeks are 2 hours a week.
    """
    body = f"{MEETINGS}{pressure}\nbookings.invited = {{ lead_weeks = 11 }}\n{GROUP}"
    held = lengths(small(body, stock=10, horizon=3))
    assert (min(held), max(held)) == pytest.approx((length, length), rel=1e-12)


def test_extra_meetings_between_planned_ones() -> None:
    """Three weeks after a meeting an extra one of an hour, and another, until the planned one is called."""
    extra = "[discretionary]\nextra_meeting = { after_weeks = 3, hours = 1 }\n"
    centre = small(booked(lead="1") + extra, horizon=30)
    end = centre.times("meeting_ends")[0]
    times = [t for t in centre.times("extra_meeting_starts") if t > end][:2]
    assert times == pytest.approx([end + 3, end + 3 + 0.1 + 3], rel=1e-12)
    assert centre.times("meeting_starts")[1] == pytest.approx(end + 9, rel=1e-12)  # invited a week ahead
    assert centre.citizens["extra_meetings"][0] == len(centre.times("extra_meeting_starts"))
    # With no time to spare there are none: calls go first.
    busy = "contacts = { interval_weeks = 0.01, hours = 1 }\n"
    assert small(booked(lead="1") + busy + extra, stock=20, horizon=30).times("extra_meeting_starts") == []


def test_outreach_with_time_to_spare() -> None:
    outreach = "[discretionary]\noutreach = { every_weeks = 4, hours = 2, size = 0.1, decay_weeks = 1 }\n"
    centre = small(GROUP.replace("meetings", "# meetings") + outreach, horizon=30)
    starts = centre.times("outreach_starts")
    assert 0 < starts[0] < 4
    gaps = [b - a for a, b in pairwise(starts)]
    assert gaps == pytest.approx([4.2] * len(gaps), rel=1e-12)
    assert len(gaps) >= 5


def test_an_extra_meeting_does_not_outlive_the_next_invitation() -> None:
    """After a meeting missed an extra one may be waiting for time to spare: the new invitation takes its place.

    Otherwise it would be held right after the planned one, or to a citizen who has left.
    """
    extra = 0
    for after in (4.5, 4.9):
        body = f"""{MEETINGS}
bookings.invited = {{ lead_weeks = 1, no_show_share = 0.5, reinvite_weeks = 1 }}
[groups.met]
benefit = "cash_benefit"
stock_share = 0.5
meetings = {{ interval_weeks = 5 }}
[groups.callers]
benefit = "cash_benefit"
stock_share = 0.5
contacts = {{ interval_weeks = 0.5, hours = 10 }}
[discretionary]
extra_meeting = {{ after_weeks = {after}, hours = 1 }}
"""
        for replication in range(5):
            centre = small(body, stock=2, horizon=200, replication=replication)
            met = -5.0
            for e in centre.rows("meeting_ends", "extra_meeting_starts", "extra_meeting_ends"):
                if e.activity == "extra_meeting_starts":
                    extra += 1
                    assert e.weeks >= met + after
                else:
                    met = e.weeks
    assert extra > 10
