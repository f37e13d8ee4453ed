"""The coordinator at work: what comes first, how long it takes, who does it. All times by hand."""

import numpy as np
import pytest

from tests.engine.running import Centre
from tests.engine.small import MEETINGS, small

CALLERS = """
[groups.callers]
benefit = "cash_benefit"
contacts = { interval_weeks = 1, hours = 5 }
[groups.comers]
benefit = "cash_benefit"
stock_share = 1.0
stay = { duration_weeks = 0, elapsed_share_stock = 0, outcomes = { resource_course = 1 } }
[rehabilitation_team]
slots_per_meeting = 0
resource_course_group = "callers"
"""
"""Of a stock the first calls would be anywhere in an interval; those who come at 0 first call at 1."""
LONG_AND_SHORT = """
[groups.long]
benefit = "cash_benefit"
contacts = { interval_weeks = 1, hours = 30, priority = 7 }
[groups.short]
benefit = "cash_benefit"
contacts = { interval_weeks = 1, hours = 5, priority = 3 }
[groups.to_long]
benefit = "cash_benefit"
stock_share = 0.334
stay = { duration_weeks = 0, elapsed_share_stock = 0, outcomes = { resource_course = 1 } }
[groups.to_short]
benefit = "cash_benefit"
stock_share = 0.666
stay = { duration_weeks = 0, elapsed_share_stock = 0, outcomes = { fleksjob = 1 } }
[rehabilitation_team]
slots_per_meeting = 0
resource_course_group = "long"
fleksjob_group = "short"
"""


def answers(centre: Centre) -> list[tuple[float, int, str]]:
    """When whose call is answered, by whom."""
    return [(e.weeks, e.citizen, e.resource.removeprefix("coordinator ")) for e in centre.rows("contact_starts")]


def test_one_at_a_time_in_order_of_due_date() -> None:
    """Three call at 1; each takes half a week. The first calls again a week after being answered, at 2.5."""
    got = answers(small(CALLERS, stock=3, horizon=4))
    assert got == [(1.0, 0, "0"), (1.5, 1, "0"), (2.0, 2, "0"), (2.5, 0, "0"), (3.0, 1, "0"), (3.5, 2, "0")]


def test_priority_comes_before_due_date_but_work_begun_is_finished() -> None:
    centre = small(LONG_AND_SHORT, stock=3, horizon=6)
    assert answers(centre) == [(1.0, 1, "0"), (1.5, 2, "0"), (2.0, 0, "0"), (5.0, 1, "0"), (5.5, 2, "0")]


TWO = "[departments.centre]\ncoordinators = 2\n"


def test_own_queues_and_a_shared_one() -> None:
    """Citizen 2 is on the list of coordinator 0, who is busy for three weeks; in a pool the other one helps."""
    own = answers(small(TWO + LONG_AND_SHORT, stock=3, horizon=5))
    assert own[:3] == [(1.0, 2, "0"), (1.0, 1, "1"), (1.5, 0, "0")]
    assert [a for a in own if a[1] == 2] == [(1.0, 2, "0"), (4.5, 2, "0")]
    pooled = answers(small(TWO + 'queue = "pooled"\n' + LONG_AND_SHORT, stock=3, horizon=5))
    assert pooled[:3] == [(1.0, 1, "0"), (1.0, 2, "1"), (1.5, 0, "0")]
    assert [a for a in pooled if a[1] == 2] == [(1.0, 2, "1"), (3.0, 2, "1"), (4.5, 2, "0")]


@pytest.mark.parametrize(
    ("department", "staffing", "ends"),
    [
        ("coordinators = 1", "net_hours_per_week = 10", 1.5),
        ("coordinators = 0.5", "net_hours_per_week = 10", 2.0),
        ("coordinators = 1", "net_hours_per_week = 10\nadministration_share = 0.2\nfixed_hours_per_week = 3", 2.0),
    ],
)
def test_hours_take_as_long_as_the_post_has_hours(department: str, staffing: str, ends: float) -> None:
    body = f"[departments.centre]\n{department}\n[staffing]\n{staffing}\n{CALLERS}"
    centre = small(body, horizon=4)
    assert centre.times("contact_ends")[0] == ends
    first = centre.rows("contact_ends")[0]
    assert (first.working_hours, first.calendar_hours) == (5.0, (ends - 1.0) * 168.0)
    available = centre.coordinators["hours_available"].sum()
    assert available == pytest.approx(4 * 5 / (ends - 1.0), rel=1e-12)


def test_a_new_coordinator_learns() -> None:
    """Hired 2 weeks in after a delay of one, half as fast for 4 weeks: calls at 1, 5, 7."""
    staffing = """[staffing]
net_hours_per_week = 10
learning = { weeks = 4, productivity = 0.5 }
changes = [{ date = 2018-01-15, posts = 1, hiring_delay_weeks = 1 }]
[departments.centre]
coordinators = 0
"""
    centre = small(staffing + CALLERS, horizon=9)
    assert centre.times("hired") == [3.0]
    assert centre.times("contact_starts") == [3.0, 5.0, 7.0, 8.5]
    assert centre.times("contact_ends") == [4.0, 6.0, 7.5]
    # Given a coordinator after waiting for one: noted, but not a change.
    assert [(e.weeks, e.value) for e in centre.rows("caseworker_changes")] == [(3.0, -1.0)]
    assert centre.citizens["caseworker_changes"].tolist() == [0]
    assert centre.citizens["contact_wait_weeks"].tolist() == [2.0]


FLOODED = """
[groups.callers]
benefit = "cash_benefit"
stock_share = 0.9
contacts = { interval_weeks = 0.1, hours = 1 }
[groups.cases]
benefit = "cash_benefit"
stock_share = 0.1
clarification = { right_scheme_stock = { pension = 1.0 }, recognised_share_stock = 1.0 }
[clarification]
recognition_share_per_meeting = 0
packages = 100
hours_per_package = 4
document_wait_weeks = 0
[rehabilitation_team]
slots_per_meeting = 1
[staffing]
net_hours_per_week = 10
"""


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_protected_clarification_is_never_starved(share: float) -> None:
    """Calls alone could fill ten desks. Clarification gets its share, to within a package.

    Unprotected, it gets only the package that is begun before the first call.
    """
    without = small(FLOODED, stock=50, horizon=40).coordinators["hours_clarification"]
    assert without.sum() == pytest.approx(4.0, rel=1e-12)
    centre = small(f"{FLOODED}protected_clarification_share = {share}\n", stock=50, horizon=40)
    worked = float(centre.coordinators["hours_clarification"].sum())
    assert abs(worked - share * 10 * 40) <= 4.0 + 1.0
    # The protected share is a floor, not a ceiling on the rest: nobody was ever idle.
    assert centre.coordinators["hours_contact"].sum() + worked == pytest.approx(400.0, rel=1e-12)


def test_a_service_centre_takes_contacts_off_coordinators() -> None:
    centre = small(CALLERS + "[contacts]\nhandled_elsewhere_share = 1.0\n", horizon=5)
    assert centre.times("contact_elsewhere") == [1.0, 2.0, 3.0, 4.0]
    assert centre.citizens["contacts"].tolist() == [0]
    half = small(CALLERS + "[contacts]\nhandled_elsewhere_share = 0.5\n", stock=40, horizon=40)
    assert half.times("contact_elsewhere")
    assert half.times("contact_starts")


WAITING = f"""
[departments.own]
coordinators = 3
[departments.pooled]
coordinators = 3
queue = "pooled"
[departments.deserted]
coordinators = 1
[staffing]
net_hours_per_week = 6
turnover = {{ per_year = 3, vacancy_weeks = 30 }}
[groups.g]
benefit = "cash_benefit"
stock_share = 1.0
meetings = {{ interval_weeks = 4 }}
contacts = {{ interval_weeks = 2, hours = 0.5 }}
{MEETINGS}
window_weeks = 2
bookings.invited = {{ notice_weeks = 0 }}
[discretionary]
extra_meeting = {{ after_weeks = 1, hours = 4 }}
outreach = {{ every_weeks = 1, hours = 4, size = 0, decay_weeks = 1 }}
"""


def test_work_that_waits_is_counted_once_and_spare_work_never() -> None:
    """The rows of the posts sum to the hours of the meetings and contacts that wait: in own queues, in the one that
    three share, and with those who have no coordinator.
    """
    deserted = 0
    for replication in range(4):
        centre = small(WAITING, stock=70, replication=replication)
        k, weekly = centre.coordinators, centre.weekly
        for end in np.unique(k["to_weeks"]):
            backlog, week = k["backlog_hours"][k["to_weeks"] == end], int(end)
            waiting = 2.0 * weekly["waiting_meeting"][week] + 0.5 * weekly["waiting_contact"][week]
            assert backlog.sum() == waiting > 0.0
            assert backlog[3] > 0.0
            assert backlog[4:6].tolist() == [0.0, 0.0]
            deserted += bool(backlog[6] > 0.0 and k["employed_weeks"][k["to_weeks"] == end][6] == 0.0)
    assert deserted > 0
