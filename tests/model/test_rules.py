"""The rules one by one, with numbers worked out by hand (hazards: test_exits)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.catalogue import WEEKS_PER_YEAR
from sim.model import assignment, clarification, meetings, offers, staff, work
from sim.model.exits import FLAT, Duration, Hazard, Response, base_hazard
from sim.model.re_entry import weeks_to_return
from sim.model.screening import is_flagged, is_target


@pytest.mark.parametrize(
    ("now", "due", "window", "notice", "invited", "opens"),
    [
        (0, 10, 3, 0, 7, 7),
        (8, 10, 3, 0, 8, 8),
        (12, 10, 3, 0, 12, 12),
        (7, 10, 0, 0, 10, 10),
        (0, 10, 3, 2, 5, 7),
        (6, 10, 3, 2, 6, 8),
    ],
)
def test_invitation_and_window(
    now: float, due: float, window: float, notice: float, invited: float, opens: float
) -> None:
    assert meetings.invitation(now, due, window, notice) == invited
    assert meetings.opens(invited, due, window, notice) == opens


def test_the_next_try_leaves_time_for_the_notice() -> None:
    assert [meetings.next_invitation(10, next_try, 2) for next_try in (5, 2, 1)] == [13, 10, 10]


@pytest.mark.parametrize(("begun", "due", "timely"), [(9.9, 10, True), (10, 10, True), (10.001, 10, False)])
def test_timely(begun: float, due: float, timely: bool) -> None:
    assert meetings.is_timely(begun, due) is timely


@pytest.mark.parametrize(
    ("backlog", "tolerated", "floor", "length"),
    [(0, 1, 0.5, 1), (1, 1, 0.5, 1), (1.25, 1, 0.5, 0.8), (2, 1, 0.5, 0.5), (9, 1, 0.5, 0.5), (9, 1, 1, 1)],
)
def test_length_by_backlog(backlog: float, tolerated: float, floor: float, length: float) -> None:
    assert meetings.length_by_backlog(backlog, tolerated, floor, 1.0) == length


@pytest.mark.parametrize(("backlog", "length"), [(0, 1.25), (0.8, 1.25), (1, 1), (1.25, 0.8), (9, 0.5)])
def test_with_a_ceiling_meetings_are_longer_where_little_waits(backlog: float, length: float) -> None:
    assert meetings.length_by_backlog(backlog, 1, 0.5, 1.25) == length


@pytest.mark.parametrize(
    ("due", "set_aside", "floor", "length"),
    [(5, 10, 0.4, 1), (10, 10, 0.4, 1), (16, 10, 0.4, 0.625), (100, 10, 0.4, 0.4), (math.inf, 10, 0.4, 0.4)],
)
def test_length_by_calendar(due: float, set_aside: float, floor: float, length: float) -> None:
    assert meetings.length_by_calendar(due, set_aside, floor) == length


@pytest.mark.parametrize(
    ("u", "share", "length", "done"),
    [
        (0.19, 0.2, 1, True),
        (0.2, 0.2, 1, False),
        (0.11, 0.2, 0.5, False),
        (0.09, 0.2, 0.5, True),
        (0.99, 1, 1, True),
    ],
)
def test_what_a_meeting_achieves_scales_with_its_length(u: float, share: float, length: float, done: bool) -> None:
    assert meetings.achieved(u, share, length) is done


@given(st.integers(0, 500), st.floats(0, 1))
def test_leave_lies_within_its_part_of_the_year(spell: int, u: float) -> None:
    part = WEEKS_PER_YEAR / 4
    assert spell * part <= staff.leave_begins(spell, 4, 1.5, u) <= (spell + 1) * part - 1.5 + 1e-12


def test_packages_done_at_the_start() -> None:
    assert [clarification.packages_done_at_start(4, u) for u in (0.01, 0.24, 0.26, 0.51, 0.76, 0.99)] == [
        0,
        0,
        1,
        2,
        3,
        3,
    ]


@pytest.mark.parametrize(
    ("done", "loss", "u", "lost"),
    [
        (4, 0.25, 0.5, 1),
        (3, 0.25, 0.24, 0),
        (3, 0.25, 0.26, 1),
        (3, 1.0, 0.99, 3),
        (0, 0.5, 0.99, 0),
        (5, 0.0, 0.99, 0),
    ],
)
def test_packages_lost(done: int, loss: float, u: float, lost: int) -> None:
    assert clarification.packages_lost(done, loss, u) == lost


@given(st.integers(0, 30), st.floats(0, 1))
def test_packages_lost_on_average(done: int, loss: float) -> None:
    """Over all u the mean is done x loss_share, to the width of the grid; never more than there are."""
    lost = [clarification.packages_lost(done, loss, (i + 0.5) / 1000) for i in range(1000)]
    assert sum(lost) / 1000 == pytest.approx(done * loss, abs=1e-3)
    assert max(lost) <= done


def test_pick_by_share() -> None:
    shares = (0.2, 0.2, 0.7, 1.0)  # running sums: the second has no share
    assert [clarification.pick_by_share(shares, u) for u in (0.1, 0.19, 0.2, 0.69, 0.7, 0.999)] == [0, 0, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("placeable", "search", "give_up", "found"),
    [(True, 5, 6, True), (True, 6, 6, True), (True, 6.1, 6, False), (False, 1, 6, False)],
)
def test_finds_place(placeable: bool, search: float, give_up: float, found: bool) -> None:
    assert offers.finds_place(placeable, search, give_up) is found


HAZARD = Hazard(
    per_week=0.02,
    long_history_factor=0.5,
    frail=True,
    response=Response(FLAT, 0.0, 1.0, (), ()),
    duration=Duration(FLAT, 1.0, 1.0, 0.0, math.inf, (), ()),
    meeting_size=0.0,
    sanction_size=0.0,
    outreach_size=0.0,
    lock_in=0.5,
    after_internship=3.0,
    small_job=7.0,
    programmes=1,
    levels=1,
)


@pytest.mark.parametrize(
    ("interning", "after", "small_job", "programme", "factor"),
    [
        (False, False, False, 1.0, 1.0),
        (True, False, False, 1.0, 0.5),
        (True, True, False, 1.0, 0.5),  # during a second internship the first one's after-effect rests
        (False, True, False, 1.0, 3.0),
        (False, True, True, 2.0, 42.0),
    ],
)
def test_offers_factor(interning: bool, after: bool, small_job: bool, programme: float, factor: float) -> None:
    assert offers.offers_factor(HAZARD, interning, after, small_job, programme) == factor


def test_base_hazard() -> None:
    assert base_hazard(HAZARD, 2.0, False) == 0.04
    assert base_hazard(HAZARD, 2.0, True) == 0.02
    assert base_hazard(HAZARD._replace(frail=False), 2.0, True) == 0.01


def test_vendor_score() -> None:
    assert [offers.vendor_score(offers.JOBS, 9, n, s, 7) for n, s in ((0, 0), (2, 0), (3, 3))] == [0.5, 0.25, 0.8]
    assert offers.vendor_score(offers.INTERNSHIPS, 9, 2, 0, 7) == 2.0
    assert offers.vendor_score(offers.FREE_PLACES, 9, 2, 0, 7) == 9.0
    assert offers.vendor_score(offers.NO_CRITERION, 9, 2, 0, 7) == 0.0


def test_the_second_criterion_decides_where_the_first_is_equal() -> None:
    assert offers.is_better(0.5, 0.0, 0.4, 0.9)
    assert offers.is_better(0.5, 0.9, 0.5, 0.8)
    assert not offers.is_better(0.5, 0.8, 0.5, 0.8)
    assert not offers.is_better(0.4, 0.9, 0.5, 0.0)


@pytest.mark.parametrize(("left", "saved", "then"), [(4, 0, 4), (4, 1, 3), (4, 9, 1), (1, 1, 1), (0, 1, 0)])
def test_assessments_leave_one_package_to_do(left: int, saved: int, then: int) -> None:
    assert clarification.packages_left_after(left, saved) == then


def test_birth_dates_divide_the_year_and_the_month_evenly() -> None:
    """A department of any share of the year still has all parts of the month: each half to within a day in ten."""
    days = range(365)
    assert [assignment.birth_day(u) for u in (0.0001, 0.5, 0.9999)] == [0, 182, 364]
    assert assignment.birth_share(182) == 0.5
    assert sorted({assignment.month_share(d) for d in days}) == pytest.approx([i / 365 for i in range(365)])
    for share in (0.1, 0.25, 0.5, 0.75):
        within = [assignment.month_share(d) for d in days if assignment.birth_share(d) < share]
        assert abs(sum(m < 0.5 for m in within) / len(within) - 0.5) < 0.1


@pytest.mark.parametrize(
    ("donor", "own", "may"),
    [
        ((10, 1.0), (8, 1.0), True),
        ((10, 1.0), (9, 1.0), False),
        ((10, 1.0), (3, 0.5), True),
        ((10, 1.0), (4, 0.5), False),
    ],
)
def test_may_take(donor: tuple[int, float], own: tuple[int, float], may: bool) -> None:
    assert assignment.may_take(*donor, *own) is may


def test_staff_hours() -> None:
    assert staff.full_time_caseload(30, 0.5) == 60.0
    assert staff.full_time_caseload(30, 0.0) == 30.0
    assert staff.task_weeks(5.0, 10.0, 0.5) == 1.0
    assert pytest.approx(52.178571, abs=1e-6) == WEEKS_PER_YEAR


@pytest.mark.parametrize(
    ("caseload", "elasticity", "factor"),
    [(100, 0.0, 1.0), (100, 1.0, 2.0), (25, 1.0, 0.5), (100, 0.5, math.sqrt(2)), (500, 1.0, 3.0), (0, 1.0, 0.0)],
)
def test_strain(caseload: float, elasticity: float, factor: float) -> None:
    assert staff.strain(caseload, 50.0, elasticity, 3.0) == pytest.approx(factor, rel=1e-15)


def test_strain_is_thinned_against_its_highest_rate() -> None:
    assert staff.highest_rate(2.0, 0.0, 3.0) == 2.0 / WEEKS_PER_YEAR
    assert staff.highest_rate(2.0, 0.5, 3.0) == 6.0 / WEEKS_PER_YEAR
    accepted = [staff.strain_accepted(u, 1.5, 0.5, 3.0) for u in (0.01, 0.49, 0.5, 0.99)]
    assert accepted == [True, True, False, False]
    assert staff.strain_accepted(0.99, 1.0, 0.0, 3.0)


@pytest.mark.parametrize(
    ("credit", "weeks", "spent", "left"),
    [(0.0, 0.5, 0.0, 1.0), (1.0, 0.5, 0.0, 2.0), (2.0, 5.0, 0.0, 2.0), (1.0, 0.5, 4.0, -2.0), (-2.0, 1.0, 0.0, 0.0)],
)
def test_protected_credit(credit: float, weeks: float, spent: float, left: float) -> None:
    """Two protected hours a week, saved up for a week at most, owed without limit."""
    assert staff.protected_credit(credit, weeks, 2.0, spent) == left


def test_the_order_of_work() -> None:
    by_priority = work.task_order(1, 9.0, 5, 0) < work.task_order(2, 1.0, 1, 0)
    by_due = work.task_order(1, 1.0, 5, 0) < work.task_order(1, 2.0, 1, 0)
    by_citizen = work.task_order(1, 1.0, 1, 1) < work.task_order(1, 1.0, 5, 0)
    assert by_priority
    assert by_due
    assert by_citizen
    discretionary = [kind for kind in range(work.TASK_KINDS) if work.is_discretionary(kind)]
    assert discretionary == [work.EXTRA_MEETING, work.OUTREACH]


def test_weeks_to_return_use_up_the_integrated_rate() -> None:
    def u(integrated: float) -> float:
        return 1.0 - math.exp(-integrated)

    times, rates = (0.0, 4.0, 14.0), (0.0, 0.1, 0.02)
    for integrated, weeks in ((0.0, 4.0), (0.5, 9.0), (0.9, 13.0), (1.1, 19.0), (2.0, 64.0)):
        assert weeks_to_return(times, rates, u(integrated)) == pytest.approx(weeks)
    assert weeks_to_return((0.0, 10.0), (0.1, 0.0), u(0.9)) == pytest.approx(9.0)
    assert weeks_to_return((0.0, 10.0), (0.1, 0.0), u(1.1)) == math.inf
    assert weeks_to_return((0.0,), (0.0,), 0.5) == math.inf


def test_a_screening_looks_for_low_frailty_or_a_long_history() -> None:
    assert [is_target(0.0, 0.1, history) for history in (False, True)] == [False, True]
    assert [is_target(0.5, frailty, True) for frailty in (0.4, 0.5)] == [True, False]
    assert [is_flagged(True, 0.8, 0.7, u) for u in (0.0, 0.79, 0.8)] == [True, True, False]
    assert [is_flagged(False, 0.8, 0.75, u) for u in (0.0, 0.24, 0.25)] == [True, True, False]
