"""Moves between groups, by meetings and by screening; re-entry; vacancies."""

import math

import pytest

from sim.catalogue import Destination
from tests.engine.running import Centre
from tests.engine.small import small

BOOKED = """
[meetings]
preparation_hours = 0
conversation_hours = 0.001
journal_hours = 0
window_weeks = 0
bookings.invited = { notice_weeks = 0 }
"""
TWO_GROUPS = """
[groups.far]
benefit = "cash_benefit"
stock_share = 1
meetings = { interval_weeks = 4 }
reassessed = { share_per_meeting = 1, to = { near = 1 } }
[groups.near]
benefit = "cash_benefit"
meetings = { interval_weeks = 10 }
"""


def test_intervals_are_those_of_the_new_group_and_the_scheme_goes_on() -> None:
    centre = small(BOOKED + TWO_GROUPS, stock=20, horizon=40)
    assert len(centre.rows("reassessed")) == 20
    assert (centre.citizens["reassessments"] == 1).all()
    assert (centre.citizens["group_at_end"] == 1).all()
    assert (centre.citizens["scheme_weeks"] == centre.citizens["entry_weeks"]).all()
    for citizen in range(20):
        (moved,) = centre.times("reassessed", citizen)
        first, second, *_ = centre.times("meeting_starts", citizen)
        assert first == pytest.approx(moved, abs=1e-3)
        assert second == pytest.approx(moved + 10, abs=0.01)


def test_what_runs_goes_on() -> None:
    """An internship of ten weeks and a case of three packages, in whose midst the citizen is moved."""
    ready = "ready_share_stock = 1, becomes_ready_per_year = 365, found_share_per_meeting = 1"
    internships = f"internships = {{ {ready}, hired_share = 0 }}\n"
    need = "clarification = { right_scheme_stock = { pension = 1 } }\n"
    body = f"""{BOOKED}
[groups.far]
benefit = "cash_benefit"
stock_share = 1
meetings = {{ interval_weeks = 4 }}
{internships}{need}reassessed = {{ share_per_meeting = 0.4, to = {{ near = 1 }} }}
[groups.near]
benefit = "cash_benefit"
meetings = {{ interval_weeks = 4 }}
{internships}{need}
[internships]
placement_hours = 0
search_weeks = 0
give_up_weeks = 1
duration_weeks = 10
[clarification]
recognition_share_per_meeting = 1
packages = 3
hours_per_package = 0.001
document_wait_weeks = 6
[rehabilitation_team]
slots_per_meeting = 1000
"""
    centre = small(body, stock=50, horizon=40)
    meanwhile = 0
    for citizen in range(50):
        begun, ended = centre.times("internship_starts", citizen)[0], centre.times("internship_ends", citizen)[0]
        assert ended - begun == pytest.approx(10)
        recognised, decided = centre.times("need_recognised", citizen)[0], centre.times("decided", citizen)[0]
        assert decided - recognised < 12 + 1.01
        moved = centre.times("reassessed", citizen)
        meanwhile += any(begun < time < ended and recognised < time < decided for time in moved)
    assert meanwhile > 10


@pytest.mark.parametrize(("before", "after"), [(0.02, 0.05), (0.05, 0.0), (0.0, 0.05), (0.03, 0.03)])
def test_hazards_are_those_of_the_new_group(before: float, after: float) -> None:
    """Everybody is moved after ten weeks: integrated hazards 10 x before and 20 x after, within z < 4.

    The effect of meetings, at once gone, gives the first group's field a level more than the second's.
    """
    ways = (
        "exits.job = {{ hazard_per_week = {} , duration = {{ table = {{ from_weeks = [0], factor = [{}] }} }} }}\n"
    )
    body = f"""{BOOKED}
[groups.far]
benefit = "cash_benefit"
inflow_per_week = 400
meetings = {{ interval_weeks = 100, first_within_weeks = 10 }}
reassessed = {{ share_per_meeting = 1, to = {{ near = 1 }} }}
{ways.format(before / 4, 4)}
[groups.near]
benefit = "cash_benefit"
meetings = {{ interval_weeks = 100 }}
{ways.format(after, 1)}
[staffing]
net_hours_per_week = 160
"""
    c = small(body, stock=0, horizon=40, engine="compiled").citizens
    early = c["entry_weeks"] < 10
    weeks = c["exit_weeks"][early] - c["entry_weeks"][early]
    assert (c["destination"][c["destination"] >= 0] == Destination.JOB).all()
    for within, integrated in (
        (5, 5 * before),
        (10, 10 * before),
        (20, 10 * before + 10 * after),
        (30, 10 * before + 20 * after),
    ):
        n, share = early.sum(), 1.0 - math.exp(-integrated)
        found = float((weeks < within).mean())
        z = (found - share) / math.sqrt(share * (1 - share) / n) if 0 < share < 1 else 0.0
        print(f"{before:g} then {after:g}, within {within} weeks: {found:.4f}, theory {share:.4f}, z {z:+.2f}")
        assert abs(z) < 4
        assert share > 0 or found == 0


def test_another_department_where_the_own_does_not_serve_the_new_group() -> None:
    """Citizens on a consultant's list stay there, and come back to a coordinator of the new department."""
    consultants = """
[departments.one]
groups = ["far"]
coordinators = 2
posts.consultant = 1
[departments.two]
groups = ["near"]
coordinators = 2
[staffing]
net_hours_per_week = 30
[roles.consultant]
does = ["placement", "meeting"]
posts = 0
list_limit = 100
net_hours_per_week = 30
[internships]
placement_hours = 0.1
search_weeks = 1
give_up_weeks = 2
duration_weeks = 8
"""
    always = "ready_share_stock = 1, becomes_ready_per_year = 365, found_share_per_meeting"
    ready = f"internships = {{{{ {always} = {{}} }}}}\n[groups.near]"
    body = TWO_GROUPS.replace("[groups.near]", ready.format(1)).replace(
        "share_per_meeting = 1,", "share_per_meeting = 0.3,"
    )
    body += "internships = { found_share_per_meeting = 0 }\n"
    centre: Centre = small(BOOKED + body + consultants, stock=60, horizon=80)
    c = centre.citizens
    assert (c["first_department"] == 0).all()
    moved = c["group_at_end"] == 1
    assert moved.sum() > 50
    assert (c["department"] == moved).all()
    interned = 0
    for e in centre.rows("reassessed"):
        last = [
            x.activity
            for x in centre.rows("internship_starts", "internship_ends")
            if x.citizen == e.citizen and x.weeks < e.weeks
        ]
        if last and last[-1] == "internship_starts":
            interned += 1
            ends = [x for x in centre.rows("internship_ends") if x.citizen == e.citizen and x.weeks > e.weeks]
            assert not ends or ends[0].resource == "consultant 0"
    assert interned > 5


def test_who_has_left_to_a_job_comes_back_at_a_rate_by_the_time_since() -> None:
    """Nobody in the first 4 weeks, then 0.1 a week until week 14, then 0.02: shares by some weeks, z < 4."""
    body = f"""{BOOKED}
[groups.all]
benefit = "cash_benefit"
stock_share = 1
frailty = {{ gamma = {{ mean = 1, cv = 0.5 }} }}
long_history_share = 0.5
contacts = {{ interval_weeks = {{ exponential = {{ mean = 3 }} }}, hours = 0.001 }}
exits.job = {{ hazard_per_week = 1 }}
re_entry = {{ from_weeks = [0, 4, 14], rate_per_week = [0, 0.1, 0.02] }}
"""
    centre = small(body, stock=3000, horizon=60, engine="compiled")
    c = centre.citizens
    first = c["spell"] == 1
    back = dict(
        zip(c["person"][c["spell"] == 2].tolist(), c["arrival_weeks"][c["spell"] == 2].tolist(), strict=True)
    )
    left = dict(zip(c["citizen"][first].tolist(), c["exit_weeks"][first].tolist(), strict=True))
    early = [person for person, weeks in left.items() if weeks < 10]
    waits = [back.get(person, math.inf) - left[person] for person in early]
    for weeks, integrated in ((4.0, 0.0), (9.0, 0.5), (14.0, 1.0), (44.0, 1.6)):
        n, share = len(waits), 1.0 - math.exp(-integrated)
        found = sum(wait < weeks for wait in waits) / n
        z = (found - share) / math.sqrt(share * (1 - share) / n) if share > 0 else 0.0
        print(f"back within {weeks:g} weeks: {found:.4f}, theory {share:.4f}, z {z:+.2f}")
        assert abs(z) < 4
        assert share > 0 or found == 0
    assert c["spell"].max() >= 3


def test_draws_of_a_new_spell_are_new() -> None:
    """The waits between a person's contacts, and the spells' lengths, are never the same numbers again."""
    body = f"""{BOOKED}
[groups.all]
benefit = "cash_benefit"
stock_share = 1
contacts = {{ interval_weeks = {{ exponential = {{ mean = 1 }} }}, hours = 0 }}
exits.job = {{ hazard_per_week = 0.3, duration = {{ table = {{ from_weeks = [0, 3], factor = [1, 3] }} }} }}
exits.other = {{ hazard_per_week = 0.01 }}
re_entry = {{ from_weeks = [0], rate_per_week = [0.5] }}
"""
    centre = small(body, stock=50, horizon=200)
    c = centre.citizens
    lengths: dict[int, list[float]] = {}
    waits: dict[int, list[float]] = {}
    for number, person, arrival, weeks in zip(
        c["citizen"].tolist(),
        c["person"].tolist(),
        c["arrival_weeks"].tolist(),
        c["weeks_on_benefit"].tolist(),
        strict=True,
    ):
        lengths.setdefault(person, []).append(round(weeks, 9))
        since = max(arrival, 0.0)
        for call in centre.times("contact", number):
            waits.setdefault(person, []).append(round(call - since, 9))
            since = call
    assert max(len(spells) for spells in lengths.values()) > 5
    for told in (*lengths.values(), *waits.values()):
        assert len(set(told)) == len(told)


def test_a_screening_flags_by_sensitivity_and_specificity() -> None:
    """Of those with a long history 0.8 are flagged, of the others 0.3 (z < 4), into their own department."""
    body = """
[groups.new]
benefit = "cash_benefit"
inflow_per_week = 200
long_history_share_inflow = 0.4
screening = { sensitivity = 0.8, specificity = 0.7, flagged_group = "intensive" }
[groups.intensive]
benefit = "cash_benefit"
[departments.ordinary]
groups = ["new"]
coordinators = 1
[departments.special]
groups = ["intensive"]
coordinators = 1
"""
    c = small(body, stock=0, horizon=20, engine="compiled").citizens
    assert (c["group"] == 0).all()
    assert (c["group_at_end"] == c["flagged"]).all()
    assert (c["first_department"] == c["flagged"]).all()
    assert (c["reassessments"] == 0).all()
    for history, share in ((True, 0.8), (False, 0.3)):
        flagged = c["flagged"][c["long_history"] == history]
        z = (flagged.mean() - share) / math.sqrt(share * (1 - share) / len(flagged))
        print(f"long history {history}: {flagged.mean():.4f} flagged, theory {share}, z {z:+.2f}")
        assert abs(z) < 4


def test_a_perfect_screening_for_low_frailty() -> None:
    body = """
[groups.new]
benefit = "cash_benefit"
inflow_per_week = 20
frailty = { gamma = { mean = 1, cv = 0.7 } }
screening = { frailty_below = 0.8, sensitivity = 1, specificity = 1, flagged_group = "intensive" }
[groups.intensive]
benefit = "cash_benefit"
"""
    c = small(body, stock=0, horizon=20, engine="compiled").citizens
    assert (c["flagged"] == (c["frailty"] < 0.8)).all()
    assert 0 < c["flagged"].sum() < len(c["flagged"])


def test_who_is_hired_in_a_vacancy_leaves_to_the_job_at_once() -> None:
    body = """
[groups.all]
benefit = "cash_benefit"
stock_share = 1
[discretionary]
outreach = { every_weeks = 2, hours = 0.1, size = 0, decay_weeks = 1, vacancy_share = 0.3, hired_share = 0.5 }
"""
    centre = small(body, stock=40, horizon=30)
    found = {(e.citizen, e.weeks) for e in centre.rows("vacancy_found")}
    done = {(e.citizen, e.weeks) for e in centre.rows("outreach_ends")}
    left = {(e.citizen, e.weeks) for e in centre.rows("leaves")}
    assert left < found < done
    assert len(left) > 20
    assert (centre.citizens["destination"][centre.citizens["destination"] >= 0] == Destination.JOB).all()
    assert centre.citizens["vacancies"].sum() == len(found)


def test_hazards_after_a_change_of_scheme_do_not_remember_the_scheme_before() -> None:
    """Ten weeks in a stay, then in the group before: the job hazard of 0.03 runs on through both, within z < 4."""
    body = """
[groups.course]
benefit = "resource_course"
exits.job = { hazard_per_week = 0.03 }
stay = { duration_weeks = 10, outcomes = { return = 1 } }
[groups.before]
benefit = "cash_benefit"
inflow_per_week = 400
exits.job = { hazard_per_week = 0.03 }
exits.resource_course = { hazard_per_week = 0.2 }
[rehabilitation_team]
slots_per_meeting = 1
resource_course_group = "course"
"""
    c = small(body, stock=0, horizon=40, engine="compiled").citizens
    early = c["entry_weeks"] < 10
    weeks = c["exit_weeks"][early] - c["entry_weeks"][early]
    for within in (5, 10, 20, 30):
        n, share = early.sum(), 1.0 - math.exp(-0.03 * within)
        found = float((weeks < within).mean())
        z = (found - share) / math.sqrt(share * (1 - share) / n)
        print(f"within {within} weeks: {found:.4f}, theory {share:.4f}, z {z:+.2f}")
        assert abs(z) < 4
