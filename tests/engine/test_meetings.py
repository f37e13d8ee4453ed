"""Meetings: invited ahead, missed, hurried, extra. Times by hand, relative to the first due date (drawn)."""

from collections import Counter
from itertools import pairwise

import pytest

from sim.analysis.kpis import kpis
from sim.engine import simulate
from sim.model.assembly import build
from tests.engine.running import Centre, config
from tests.engine.small import HEAD, MEETINGS, small

GROUP = """
[groups.met]
benefit = "cash_benefit"
stock_share = 1.0
meetings = { interval_weeks = 10 }
"""


def booked(**options: str) -> str:
    lead = options.pop("lead", "2")
    more = "".join(f"{key} = {value}\n" for key, value in options.items())
    return f"{MEETINGS}{more}window_weeks = {lead}\nbookings.invited = {{ notice_weeks = 0 }}\n{GROUP}"


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
    booking = "window_weeks = 1\nbookings.invited = { notice_weeks = 0 }\n"
    centre = small(f"{body}{MEETINGS}{booking}{entering}", horizon=60, stock=10)
    came = {e.citizen: e.weeks for e in centre.rows("enters")}
    due = {e.citizen: e.value for e in reversed(centre.rows("invited")) if e.citizen in came}
    early = dict(
        zip(centre.citizens["citizen"].tolist(), (centre.citizens["department"] == 0).tolist(), strict=True)
    )
    assert {early[i] for i in due} == {True, False}
    for citizen, value in due.items():
        assert value == came[citizen] + (3 if early[citizen] else 8)


def test_who_misses_a_meeting_is_invited_again() -> None:
    booking = "bookings.invited = { notice_weeks = 2, no_show_share = 0.5, next_try_weeks = 3 }"
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
            assert after.weeks == (e.weeks + 0.1) + 1  # an hour is lost; then three weeks, two of them notice
        # The due date stays that of the meeting missed.
        dues = [e.value for e in log if e.activity == "invited"]
        assert len(set(dues)) == len(dues) - len(missed)


def test_a_meeting_is_not_held_before_its_window_nor_without_notice() -> None:
    """Invited with notice before the window opens; a newcomer who is due sooner waits for the notice too."""
    group = GROUP.replace("interval_weeks = 10", "interval_weeks = 10, first_within_weeks = 1")
    group = group.replace("stock_share = 1.0", "stock_share = 1.0\ninflow_per_week = 0.2")
    body = f"{MEETINGS}window_weeks = 1.5\nbookings.invited = {{ notice_weeks = 2 }}\n{group}"
    centre = small(body, horizon=60, overrides={"staffing.net_hours_per_week": 100})
    came = {e.citizen: e.weeks for e in centre.rows("enters")}
    assert len(came) > 5
    for citizen in centre.citizens["citizen"].tolist():
        invited = [e for e in centre.rows("invited") if e.citizen == citizen]
        starts = centre.times("meeting_starts", citizen)
        for i, (e, start) in enumerate(zip(invited, starts, strict=False)):
            if i == 0 and citizen in came:
                assert (e.weeks, e.value) == (came[citizen], came[citizen] + 1)
                assert start == pytest.approx(e.weeks + 2)  # Not in time: the notice is longer than what is left.
            elif i > 0:
                assert e.weeks == pytest.approx(e.value - 1.5 - 2)
                assert start >= e.value - 1.5
                assert start == pytest.approx(e.value - 1.5, abs=0.2)  # Others may be met at the time.


NOTICE = """
[meetings]
preparation_hours = 0.4
conversation_hours = 0.8
journal_hours = 0.4
window_weeks = 1
bookings.invited = { notice_weeks = 1, no_show_share = 0.15, next_try_weeks = 1 }
[groups.met]
benefit = "cash_benefit"
stock_share = 1.0
inflow_per_week = 1.5
meetings = { interval_weeks = 13 }
contacts = { interval_weeks = { exponential = { mean = 10 } }, hours = 0.3 }
exits.other = { hazard_per_week = 0.005 }
[staffing]
net_hours_per_week = 25
citizens_per_coordinator = 100
absence = { spells_per_year = 3, duration_weeks = { exponential = { mean = 2 } } }
"""


def figures(**overrides: object) -> list[tuple[float, float]]:
    """Planned meetings a citizen-year, and the share of them in time, of ten replications."""
    p = build(config(HEAD.format(stock=300, horizon=104) + NOTICE, overrides))
    told = [kpis(simulate(p, 1, replication, engine="compiled"), p) for replication in range(10)]
    return [(one["meetings_per_year"], one["timely_share"]) for one in told]


@pytest.mark.parametrize("notice", [0, 1, 2, 4])
def test_the_number_of_meetings_follows_the_interval_whatever_the_notice(notice: float) -> None:
    """With hours enough each begins when its window opens: an interval less the window after the one before."""
    body = f"{MEETINGS}window_weeks = 1\nbookings.invited = {{ notice_weeks = {notice} }}\n{GROUP}"
    centre = small(body, stock=5, horizon=80, overrides={"departments.centre.coordinators": 20})
    for citizen in range(5):
        starts, ends = centre.times("meeting_starts", citizen), centre.times("meeting_ends", citizen)
        gaps = [start - end for start, end in zip(starts[1:], ends, strict=False)]
        assert gaps == pytest.approx([9.0] * len(gaps), abs=0.21)  # Two at once wait for each other: 0.2 weeks each.
        assert len(gaps) >= 7


def test_a_longer_notice_makes_fewer_meetings_timely() -> None:
    """Those of people who come to be known late: newcomers, and who has missed one.

    Ten pairs: a sign that holds in all has a chance of 1 in 1,024 without an effect.
    """
    key = "meetings.bookings.invited.notice_weeks"
    for soon, late in pairwise([figures(**{key: weeks}) for weeks in (1.0, 2.0, 4.0)]):
        assert all(timely > less for (_, timely), (_, less) in zip(soon, late, strict=True))


def test_without_no_shows_more_meetings_are_in_time() -> None:
    """Ten pairs, as above."""
    pairs = zip(figures(**{"meetings.bookings.invited.no_show_share": 0.0}), figures(), strict=True)
    assert all(all_come > some for (_, all_come), (_, some) in pairs)


def test_a_sanction_follows_a_missed_meeting_and_takes_hours() -> None:
    """An hour beside the hour lost: a fifth of a week; of the citizen's own it counts."""
    sanction = "sanction = { after_no_show_share = 0.5, hours = 1, size = 1, decay_weeks = 6 }\n"
    booking = "bookings.invited = { notice_weeks = 0, no_show_share = 0.5, next_try_weeks = 3 }"
    centre = small(f"{MEETINGS}no_show_hours = 1\n{sanction}{booking}\n{GROUP}", stock=5, horizon=100)
    missed = {(e.citizen, e.weeks): e.working_hours for e in centre.rows("no_show")}
    sanctioned = {(e.citizen, e.weeks) for e in centre.rows("sanction")}
    assert sanctioned < set(missed)
    assert len(sanctioned) > 10
    for key, hours in missed.items():
        assert hours == (2.0 if key in sanctioned else 1.0)
    assert centre.citizens["sanctions"].sum() == len(sanctioned)


def test_self_booking_by_department() -> None:
    body = f"""{MEETINGS}
window_weeks = 0
[meetings.bookings]
invited = {{ notice_weeks = 2, no_show_share = 0.5 }}
self_booking = {{ notice_weeks = 1 }}
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
        ("time_pressure = { backlog = { tolerated_weeks = 1, floor_share = 0.1 } }", 1 / 1.6),
        ("time_pressure = { backlog = { tolerated_weeks = 1, floor_share = 0.7 } }", 0.7),
        ("time_pressure = { backlog = { tolerated_weeks = 1.6, floor_share = 0.1 } }", 1.0),
        ("time_pressure = { backlog = { tolerated_weeks = 1.6, floor_share = 0.1, ceiling_share = 2 } }", 1.0),
    ],
)
def test_hurried_meetings(pressure: str, length: float) -> None:
    """Ten citizens who are due again right after each meeting: when one begins 8 of 2 hours wait, 1.6 weeks."""
    often = GROUP.replace("interval_weeks = 10", "interval_weeks = 0.05")
    body = f"{MEETINGS}{pressure}\nwindow_weeks = 0\nbookings.invited = {{ notice_weeks = 0 }}\n{often}"
    centre = small(body, stock=10, horizon=9)
    lengths(centre)
    held = [e.value for e in centre.rows("meeting_starts")][10:]  # Everybody has been met once.
    assert (min(held), max(held)) == pytest.approx((length, length), rel=1e-12)


@pytest.mark.parametrize(("share", "floor", "length"), [(0.1, 0.1, 0.5), (0.1, 0.6, 0.6), (0.2, 0.1, 1.0)])
def test_meetings_shortened_by_the_calendar(share: float, floor: float, length: float) -> None:
    """Ten meetings of 2 hours every 10 weeks are 2 hours a week, of 10."""
    pressure = f"time_pressure = {{ calendar = {{ meeting_hours_share = {share}, floor_share = {floor} }} }}"
    body = f"{MEETINGS}{pressure}\nwindow_weeks = 2\nbookings.invited = {{ notice_weeks = 0 }}\n{GROUP}"
    held = lengths(small(body, stock=10, horizon=30))
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


def test_extra_meetings_are_limited_refused_and_missed() -> None:
    """Nobody gets more than `at_most` between two planned ones; refusals and no-shows end them until the next."""

    def extra(more: str) -> Centre:
        text = f"[discretionary]\nextra_meeting = {{ after_weeks = 1, hours = 1, {more} }}\n"
        return small(booked(lead="1") + text, stock=20, horizon=60, overrides={"staffing.net_hours_per_week": 160})

    def between(centre: Centre) -> Counter[int]:
        """How often there were so many between two planned meetings of a citizen."""
        counts: Counter[int] = Counter()
        for citizen in range(20):
            rows = [e.activity for e in centre.rows("meeting_ends", "extra_meeting_ends") if e.citizen == citizen]
            planned = [i for i, activity in enumerate(rows) if activity == "meeting_ends"]
            counts.update(b - a - 1 for a, b in pairwise(planned))
        return counts

    assert set(between(extra("at_most = 2"))) == {2}
    assert set(between(extra("at_most = 2, refused_share = 1"))) == {0}
    assert set(between(extra("at_most = 3, refused_share = 0.5"))) == {0, 1, 2, 3}
    missed = extra("at_most = 3, no_show_share = 1")
    assert set(between(missed)) == {0}
    assert {e.value for e in missed.rows("no_show")} == {1.0}
    later = extra("at_most = 1, notice_weeks = 2.5")
    for citizen in range(20):
        ends = centre_ends(later, citizen)
        assert all(start == pytest.approx(end + 3.5) for end, start in ends)


def centre_ends(centre: Centre, citizen: int) -> list[tuple[float, float]]:
    """End of each planned meeting and start of the extra one that follows it."""
    rows = [e for e in centre.rows("meeting_ends", "extra_meeting_starts") if e.citizen == citizen]
    return [(a.weeks, b.weeks) for a, b in pairwise(rows) if (a.activity, b.activity) == STEPS]


STEPS = ("meeting_ends", "extra_meeting_starts")


def test_what_an_extra_meeting_achieves_is_stated() -> None:
    """With a share of 0 it recognises no need, however many there are."""
    needs = """
clarification = { right_scheme_stock = { pension = 1 } }
[clarification]
recognition_share_per_meeting = 1
packages = 1
hours_per_package = 1
document_wait_weeks = 0
[rehabilitation_team]
slots_per_meeting = 0
[discretionary]
extra_meeting = { after_weeks = 1, hours = 1, achieves_share = 0 }
"""
    centre = small(booked(lead="1") + needs, stock=20, horizon=30, overrides={"staffing.net_hours_per_week": 160})
    assert centre.times("extra_meeting_ends")
    assert set(centre.times("need_recognised")) <= set(centre.times("meeting_ends"))


def test_meetings_are_longer_where_little_waits() -> None:
    pressure = "time_pressure = { backlog = { tolerated_weeks = 1, floor_share = 0.5, ceiling_share = 1.25 } }"
    body = f"{MEETINGS}{pressure}\nwindow_weeks = 1\nbookings.invited = {{ notice_weeks = 0 }}\n{GROUP}"
    assert lengths(small(body, horizon=40)) == {1.25}


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
window_weeks = 1
bookings.invited = {{ notice_weeks = 0, no_show_share = 0.5, next_try_weeks = 1 }}
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
