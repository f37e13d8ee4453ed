"""Absence, cover, turnover, hires, cuts, and departments that are topped up."""

import math

import numpy as np
import pytest

from sim.analysis.kpis import kpis
from sim.catalogue import WEEKS_PER_YEAR
from tests.engine import identities
from tests.engine.running import Centre
from tests.engine.small import small

CALLERS = """
[groups.callers]
benefit = "cash_benefit"
stock_share = 1.0
contacts = { interval_weeks = 2, hours = 3 }
"""


def absences(cover: str) -> str:
    return f"""
[departments.centre]
coordinators = 3
[staffing]
net_hours_per_week = 10
absence = {{ spells_per_year = 10, duration_weeks = 2, cover = "{cover}" }}
{CALLERS}"""


def away_spells(centre: Centre) -> dict[str, list[tuple[float, float]]]:
    """From the start to the end of every absence, by coordinator."""
    spells: dict[str, list[tuple[float, float]]] = {}
    for e in centre.rows("absence_starts"):
        spells.setdefault(e.resource, []).append((e.weeks, e.weeks + e.value))
    return spells


def test_the_list_waits_or_colleagues_cover() -> None:
    waits = small(absences("list_waits"), stock=12, horizon=60)
    covered = small(absences("colleagues"), stock=12, horizon=60)
    for centre in (waits, covered):
        assert {e.value for e in centre.rows("absence_starts")} == {2.0}
        ends, starts = centre.times("absence_ends"), centre.times("absence_starts")
        assert sorted(ends) == sorted(s + 2 for s in starts)[: len(ends)]
    own = {e.citizen: e.resource for e in waits.rows("present")}
    assert all(e.resource == own[e.citizen] for e in waits.rows("contact_starts"))
    helped = [e for e in covered.rows("contact_starts") if e.resource != own[e.citizen]]
    spells = away_spells(covered)
    assert len(helped) > 10
    assert all(any(a <= e.weeks < b for a, b in spells[own[e.citizen]]) for e in helped)
    wait = [c.citizens["contact_wait_weeks"].sum() for c in (waits, covered)]
    assert wait[1] < wait[0] / 2


def turnover(list_goes_to: str) -> Centre:
    body = f"""
[departments.centre]
coordinators = 4
[staffing]
net_hours_per_week = 10
turnover = {{ per_year = 3, vacancy_weeks = 3, list_goes_to = "{list_goes_to}" }}
{CALLERS}"""
    return small(body, stock=20, horizon=80)


def test_colleagues_take_over_at_once() -> None:
    centre = turnover("colleagues")
    lists = {e.citizen: e.resource for e in centre.rows("present")}
    vacant: set[str] = set()
    resigned = 0
    for e in centre.log:
        if e.activity == "resigns":
            vacant.add(e.resource)
            resigned += 1
            leaver, at = e.resource, e.weeks
            orphans = {c for c, k in lists.items() if k == leaver}
            moved = {
                c.citizen: c.resource
                for c in centre.rows("caseworker_changes")
                if c.weeks == at and f"coordinator {c.value:.0f}" == leaver
            }
            if len(vacant) < 4:
                assert moved.keys() == orphans
                assert not vacant & set(moved.values())
        elif e.activity == "hired":
            vacant.remove(e.resource)
        elif e.activity == "caseworker_changes":
            lists[e.citizen] = e.resource
    assert resigned > 5
    hires, resignations = centre.rows("hired"), centre.rows("resigns")
    assert {(h.resource, h.weeks) for h in hires} == {
        (r.resource, r.weeks + 3) for r in resignations if r.weeks + 3 < 80
    }


def test_the_list_waits_for_the_successor() -> None:
    centre = turnover("successor")
    for hired in centre.rows("hired"):
        number = float(hired.resource.removeprefix("coordinator "))
        same_list = [e for e in centre.rows("caseworker_changes") if e.weeks == hired.weeks and e.value == number]
        assert same_list
        assert {e.resource for e in same_list} == {hired.resource}
    changes = {e.weeks for e in centre.rows("caseworker_changes")}
    assert changes <= {e.weeks for e in centre.rows("hired")}
    assert not any(e.weeks in changes for e in centre.rows("resigns"))


def test_absence_ends_with_the_employment() -> None:
    """A successor does not start with the absence of the one who left: each spell is drawn for one on duty."""
    body = """
[departments.centre]
coordinators = 5
[staffing]
net_hours_per_week = 1
absence = { spells_per_year = 40, duration_weeks = 1 }
turnover = { per_year = 20, vacancy_weeks = 1, list_goes_to = "successor" }
"""
    calls = CALLERS.replace("hours = 3", "hours = 4")
    for replication in range(3):
        centre = small(body + calls, stock=30, horizon=80, replication=replication)
        hired = {(e.resource, e.weeks) for e in centre.rows("hired")}
        assert len(hired) > 20
        assert not {(e.resource, e.weeks) for e in centre.rows("absence_starts")} & hired


def test_posts_are_added_and_cut_by_date() -> None:
    """Two posts for 12 citizens; one more from week 4 takes a third of the list; from week 8 one less."""
    body = f"""
[departments.centre]
coordinators = 2
[staffing]
net_hours_per_week = 10
changes = [{{ date = 2018-01-29, posts = 1 }}, {{ date = 2018-02-26, posts = -1 }}]
{CALLERS}"""
    centre = small(body, stock=12, horizon=12)
    assert centre.times("hired") == [4.0]
    (cut,) = centre.times("post_cut")
    assert 8.0 <= cut < 8.3 + 1e-9  # work begun is finished: three hours at most
    k = centre.coordinators
    assert k["employed_weeks"].tolist() == pytest.approx([12.0, 12.0, cut - 4.0], rel=1e-12)
    lists = [(6 * 4 + 4 * (cut - 4) + 6 * (12 - cut)) / 12] * 2 + [4 * (cut - 4) / 12]
    assert k["caseload"].tolist() == pytest.approx(lists, rel=1e-12)
    moved = centre.rows("caseworker_changes")
    assert [e.weeks for e in moved] == [4.0] * 4 + [cut] * 4


def with_changes(coordinators: int, changes: str, stock: int, horizon: int) -> Centre:
    body = f"""
[staffing]
net_hours_per_week = 10
learning = {{ weeks = 8, productivity = 0.5 }}
changes = [{changes}]
[departments.centre]
coordinators = {coordinators}
{CALLERS}"""
    return small(body, stock=stock, horizon=horizon)


@pytest.mark.parametrize(
    ("coordinators", "changes"),
    [
        (4, "{ date = 2017-06-01, posts = -2 }"),
        (2, "{ date = 2017-06-01, posts = 1 }, { date = 2017-07-01, posts = -1 }"),
        (2, "{ date = 2018-01-29, posts = 1 }, { date = 2018-01-29, posts = -1 }"),
        (1, "{ date = 2017-10-02, posts = 1, hiring_delay_weeks = 4 }"),
    ],
)
def test_changes_that_are_over_before_the_start_leave_the_state_in_which_it_begins(
    coordinators: int, changes: str
) -> None:
    """The same life as with two coordinators from the start: nobody is handed over, hired or cut."""
    stated = with_changes(2, "", stock=11, horizon=12)
    changed = with_changes(coordinators, changes, stock=11, horizon=12)
    for name, table in stated.run.tables.items():
        for column, values in table.items():
            np.testing.assert_array_equal(changed.run.tables[name][column], values, err_msg=f"{name}.{column}")


def test_changes_on_the_first_day_happen_on_it() -> None:
    """All begin alike, with the coordinators of before: a policy does nothing before its date."""
    hired = with_changes(2, "{ date = 2018-01-01, posts = 1 }", stock=12, horizon=12)
    assert [(e.weeks, e.resource) for e in hired.rows("hired")] == [(0.0, "coordinator 2")]
    assert [e.weeks for e in hired.rows("caseworker_changes")] == [0.0] * 4
    cut = with_changes(3, "{ date = 2018-01-01, posts = -1 }", stock=12, horizon=12)
    assert [(e.weeks, e.resource) for e in cut.rows("post_cut")] == [(0.0, "coordinator 2")]
    assert [e.weeks for e in cut.rows("caseworker_changes")] == [0.0] * 4


def test_who_was_hired_before_the_start_is_there_and_learns_on() -> None:
    """In the post since 2 weeks before the start: of 8 weeks of learning 6 are left, 3 hours take 6 of 10."""
    change = "{ date = 2017-12-11, posts = 1, hiring_delay_weeks = 1 }"
    centre = with_changes(0, change, stock=1, horizon=12)
    assert centre.rows("hired", "caseworker_changes") == []
    starts, ends = centre.times("contact_starts"), centre.rows("contact_ends")
    assert [e.working_hours for e in ends] == [6.0 if start < 6.0 else 3.0 for start in starts[: len(ends)]]
    assert {e.working_hours for e in ends} == {3.0, 6.0}
    assert [e.weeks for e in ends] == pytest.approx(
        [s + e.working_hours / 10 for s, e in zip(starts, ends, strict=False)]
    )


@pytest.mark.parametrize(("day", "time"), [("2018-01-22", 3.0), ("2018-02-05", 5.0)])
def test_a_vacant_post_is_cut_on_its_day(day: str, time: float) -> None:
    """Advertised in week 2 and filled 4 weeks later, were it not cut before: its end is told when it comes."""
    changes = f"{{ date = 2018-01-15, posts = 1, hiring_delay_weeks = 4 }}, {{ date = {day}, posts = -1 }}"
    centre = with_changes(1, changes, stock=3, horizon=20)
    assert [(e.weeks, e.resource) for e in centre.rows("post_cut", "hired")] == [(time, "coordinator 1")]
    body = f"""
[staffing]
net_hours_per_week = 10
turnover = {{ per_year = 8, vacancy_weeks = 30, list_goes_to = "successor" }}
changes = [{{ date = {day}, posts = -1 }}]
[departments.centre]
coordinators = 1
{CALLERS}"""
    vacant = 0
    for replication in range(40):
        centre = small(body, stock=3, replication=replication)
        if centre.times("resigns") and centre.times("resigns")[0] < time:
            vacant += 1
            assert centre.times("post_cut") == [time]
            assert {e.weeks for e in centre.rows("caseworker_changes")} == {time}
    assert vacant > 5


STAYING = """
benefit = "cash_benefit"
stay = { duration_weeks = 3.5, elapsed_share_stock = 0, outcomes = { other = 1.0 } }
"""


def test_a_department_is_topped_up_from_the_pool() -> None:
    """Two at the start, three more at once; all leave after 3.5 weeks, and five others come at the next week."""
    body = f"""
[departments.centre]
coordinators = 1
fill_to = 5
[groups.g]
stock_share = 1.0
elapsed_weeks = 500
{STAYING}"""
    centre = small(body, stock=2, horizon=7)
    assert centre.times("enters") == [0.0] * 3 + [4.0] * 5
    assert centre.weekly["stock"].tolist() == [2, 5, 5, 5, 5, 5, 5, 5]
    assert centre.weekly["entries"].tolist() == [0, 3, 0, 0, 5, 0, 0, 0]
    c = centre.citizens
    assert c["origin"].tolist() == [0] * 2 + [2] * 8
    # They count from the day on which they came, not from the start of their benefit: 5 citizens for 3.5 + 3 weeks.
    assert c["entry_weeks"].tolist() == [-500.0] * 5 + [-496.0] * 5
    assert c["arrival_weeks"].tolist() == [-500.0] * 2 + [0.0] * 3 + [4.0] * 5
    told = kpis(centre.run, centre.parameters)
    assert (told["mean_stock"], told["caseload"]) == (32.5 / 7, 32.5 / 7)


def test_two_departments_are_topped_up_with_different_people() -> None:
    body = f"""
[departments.one]
coordinators = 1
fill_to = 10
[departments.two]
coordinators = 1
fill_to = 10
[groups.g]
stock_share = 1.0
frailty = {{ exponential = {{ mean = 1 }} }}
{STAYING}"""
    frailty = small(body, stock=2, horizon=2).citizens["frailty"]
    assert len(frailty) == 20
    assert len(np.unique(frailty)) == 20


def test_a_department_is_topped_up_from_the_rest_of_the_centre() -> None:
    """Six citizens per full-time post from the fullest list of the others; nobody enters the centre."""
    body = f"""
[departments.others]
coordinators = 2
[departments.trial]
stock_share = 0
coordinators = 0.5
fill_to = 6
fill_from = "centre"
{CALLERS}"""
    centre = small(body, stock=11, horizon=4)
    moved = centre.rows("caseworker_changes")
    assert [e.weeks for e in moved] == [0.0] * 3
    assert [e.value for e in moved] == [0.0, 0.0, 1.0]  # of lists of 6 and 5 the fullest, then the first of equals
    assert centre.coordinators["caseload"].tolist() == pytest.approx([4.0, 4.0, 3.0])
    assert centre.times("enters") == []


def lists(policy: str, department: str = "lowest_caseload") -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Citizens of each coordinator: two departments of weight 3 and 1, with 2 and 1.5 posts."""
    body = f"""
[assignment]
department = "{department}"
coordinator = "{policy}"
[departments.big]
stock_share = 3
coordinators = 2
[departments.small]
coordinators = 1.5
{CALLERS}"""
    centre = small(body, stock=400, horizon=1)
    counts = [sum(e.resource == f"coordinator {i}" for e in centre.rows("present")) for i in range(4)]
    return np.array(counts)


def test_assignment_policies() -> None:
    # Lowest relative load: departments 3 : 1, then equal lists, and in proportion to the posts.
    assert lists("lowest_caseload").tolist() == [150, 150, 67, 33]
    assert lists("round_robin").tolist() == [150, 150, 50, 50]
    assert lists("round_robin", "round_robin").tolist() == [100, 100, 100, 100]
    # By lot, to within 4 standard deviations of the binomial: shares 3/8, 3/8, 1/6, 1/12.
    shares = np.array([3 / 8, 3 / 8, 1 / 6, 1 / 12])
    drawn = [lists(policy, policy) for policy in ("random", "birth_date")]
    for counts in drawn:
        assert (np.abs(counts - 400 * shares) < 4 * np.sqrt(400 * shares * (1 - shares))).all()
    assert drawn[0].tolist() != drawn[1].tolist()


LEAVE = {"staffing.leave": {"weeks_per_year": 6, "spells_per_year": 4}, "staffing.net_hours_per_week": 30}


def test_leave_comes_in_spells_that_sum_to_what_a_year_has() -> None:
    """Three years of four posts without any work: every year of each has four spells of one and a half weeks."""
    years = 3
    centre = small(
        "[groups.a]\nbenefit = 'x'\nstock_share = 1\n",
        horizon=math.ceil(years * WEEKS_PER_YEAR),
        overrides={**LEAVE, "departments.centre.coordinators": 4},
    )
    starts, ends = centre.rows("leave_starts"), centre.rows("leave_ends")
    assert {e.value for e in starts} == {1.5}
    for post in {e.resource for e in starts}:
        begun = [e.weeks for e in starts if e.resource == post and e.weeks < years * WEEKS_PER_YEAR]
        over = [e.weeks for e in ends if e.resource == post]
        parts = [int(t / (WEEKS_PER_YEAR / 4)) for t in begun]
        assert parts == list(range(4 * years))
        assert all(int((t - 1e-9) / (WEEKS_PER_YEAR / 4)) == part for t, part in zip(over, parts, strict=False))
        assert [b - a for a, b in zip(begun, over, strict=False)] == pytest.approx([1.5] * len(over))
    k = centre.coordinators
    told = k["on_leave_weeks"].sum()
    assert told == pytest.approx(sum(min(e.weeks + 1.5, centre.parameters.horizon) - e.weeks for e in starts))
    assert k["absent_weeks"].sum() == 0.0
    assert k["hours_available"].sum() == pytest.approx(30 * (k["employed_weeks"].sum() - told))


def test_leave_and_absence_follow_each_other() -> None:
    """Nobody is on leave and ill at once: what comes while somebody is away waits until they are back."""
    absence = {"staffing.absence": {"spells_per_year": 20, "duration_weeks": 2}}
    centre = small(
        "[groups.a]\nbenefit = 'x'\nstock_share = 1\n",
        horizon=104,
        overrides={**LEAVE, **absence, "departments.centre.coordinators": 5},
    )
    identities.check(centre)
    k = centre.coordinators
    assert k["on_leave_weeks"].sum() > 5 * 2 * 5.0
    assert k["absent_weeks"].sum() > 100
