"""Clarification, internships, programmes, small jobs and stays: event by event."""

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from tests.engine.running import Centre
from tests.engine.small import MEETINGS, small

BOOKED = f"{MEETINGS}window_weeks = 0\nbookings.invited = {{ notice_weeks = 0 }}\n"
CASES = """
[groups.cases]
benefit = "cash_benefit"
stock_share = 1.0
clarification = { right_scheme_stock = { fleksjob = 1.0 }, recognised_share_stock = 1.0 }
[clarification]
recognition_share_per_meeting = 0
packages = 3
hours_per_package = 1
document_wait_weeks = 2
[rehabilitation_team]
slots_per_meeting = 1
submission_weeks = 1.25
"""


def test_packages_with_waits_for_documents_then_the_team() -> None:
    centre = small(CASES, stock=12, horizon=60)
    left_at_start = set()
    heard = []
    for citizen in range(12):
        log = [e for e in centre.log if e.citizen == citizen][1:]
        starts = [e for e in log if e.activity == "package_starts"]
        ends = [e.weeks for e in log if e.activity == "package_ends"]
        left_at_start.add(starts[0].value)
        assert [e.value for e in starts] == list(range(int(starts[0].value), 0, -1))
        assert [e - s.weeks for s, e in zip(starts, ends, strict=True)] == pytest.approx([0.1] * len(ends))
        for end, after in zip(ends, starts[1:], strict=False):
            assert after.weeks >= end + 2  # later if the coordinator is at work on another case
        (submitted,) = centre.times("submitted", citizen)
        assert submitted == ends[-1]
        heard.append((submitted + 1.25, citizen))
        assert centre.times("leaves", citizen) == centre.times("decided", citizen)
    assert left_at_start == {1.0, 2.0, 3.0}
    # One case a week, those complete first go first: an account of the team's weeks by hand.
    week = waited = 0
    for ready, citizen in sorted(heard):
        week = max(week + 1, math.ceil(ready))
        waited += week > math.ceil(ready)
        assert centre.times("decided", citizen) == [float(week)]
    assert waited > 3
    assert (centre.citizens["destination"] == 2).all()


def test_a_need_is_recognised_at_a_meeting() -> None:
    body = f"""{BOOKED}
[groups.cases]
benefit = "cash_benefit"
stock_share = 1.0
meetings = {{ interval_weeks = 10 }}
clarification = {{ right_scheme_stock = {{ pension = 1.0 }} }}
[clarification]
recognition_share_per_meeting = 1.0
packages = 2
hours_per_package = 5
document_wait_weeks = 2
[rehabilitation_team]
slots_per_meeting = 1
agreement_share = 0
again_after_weeks = 100
"""
    centre = small(body, horizon=40)
    met = centre.times("meeting_ends")[0]
    assert centre.times("need_recognised") == [met]  # once: after the decision the case is closed
    assert centre.times("package_starts") == pytest.approx([met, met + 2.5], rel=1e-12)
    assert centre.times("submitted") == pytest.approx([met + 3.0], rel=1e-12)
    assert centre.times("decided") == [math.ceil(met + 3.0)]
    assert centre.times("leaves") == []
    assert centre.citizens["decision"].tolist() == [3]


TEAM_BODY = f"""{BOOKED}
[groups.cases]
benefit = "cash_benefit"
stock_share = 1.0
meetings = {{ interval_weeks = 4 }}
clarification = {{ right_scheme_stock = {{ fleksjob = 0.4, pension = 0.4 }} }}
[staffing]
net_hours_per_week = 168
[clarification]
recognition_share_per_meeting = 1.0
packages = 2
hours_per_package = 1
document_wait_weeks = 1
[clarification.schemes.pension]
packages = 3
hours_per_package = 2
[rehabilitation_team]
slots_per_meeting = 100
agreement_share = 0.5
again_after_weeks = 10
"""


def test_the_team_decides_the_right_scheme_or_sends_back() -> None:
    """Who is sent back keeps the need, which is recognised again at a meeting 10 weeks later or more."""
    centre = small(TEAM_BODY, stock=60, horizon=150)
    right = dict(zip(centre.citizens["citizen"].tolist(), centre.citizens["right_scheme"].tolist(), strict=True))
    packages = {1: 2.0, 2: 3.0}
    again = 0
    for citizen, scheme in right.items():
        recognised = [e for e in centre.rows("need_recognised") if e.citizen == citizen]
        decided = [e for e in centre.rows("decided") if e.citizen == citizen]
        if scheme < 0:
            assert recognised == decided == []
            continue
        assert {e.value for e in recognised} == {packages[scheme]}
        assert {e.value for e in decided} <= {float(scheme), 3.0}
        assert [e.value for e in decided[:-1]] == [3.0] * (len(decided) - 1)
        for back, next_one in zip(decided, recognised[1:], strict=False):
            assert 10.0 <= next_one.weeks - back.weeks < 15.0
            again += 1
        hours = [e.working_hours for e in centre.rows("package_ends") if e.citizen == citizen]
        assert hours == pytest.approx([float(scheme)] * len(hours))
    assert again > 5
    assert min(list(right.values()).count(scheme) for scheme in (-1, 1, 2)) > 5
    told = centre.citizens["decisions"].sum()
    assert told == len(centre.times("decided"))


def test_a_scheme_can_have_its_own_recognition_and_agreement() -> None:
    own = {"clarification.schemes.pension": {"recognition_share_per_meeting": 0, "agreement_share": 0}}
    centre = small(TEAM_BODY, stock=60, horizon=40, overrides=own)
    right = centre.citizens["right_scheme"]
    assert (~np.isnan(centre.citizens["recognised_weeks"]) == (right == 1)).all()
    own = {"clarification.schemes.pension": {"agreement_share": 1}}
    centre = small(TEAM_BODY.replace("share = 0.5", "share = 0"), stock=60, horizon=40, overrides=own)
    decided = centre.citizens["decisions"] > 0
    assert (centre.citizens["decision"] == np.where(decided, np.where(right == 2, 2, 3), -1)).all()


def test_needs_arise_at_their_rate() -> None:
    """Nobody has a need at the start; it is met with at the first meeting after it arose: an exponential time."""
    text = TEAM_BODY.replace("right_scheme_stock", "arises_per_year").replace(
        "interval_weeks = 4", "interval_weeks = 0.5"
    )
    text = text.replace("fleksjob = 0.4, pension = 0.4", "fleksjob = 1, pension = 3").replace(
        "window_weeks = 0", "window_weeks = 0.1"
    )
    centre = small(text, stock=600, horizon=13, overrides={"departments.centre.coordinators": 60})
    assert (centre.citizens["right_scheme"] == -1).all()
    found = ~np.isnan(centre.citizens["recognised_weeks"])
    # Within 12.5 and 13 weeks, to 1 - exp(-rate t): the bounds lie 4 standard deviations outside these shares.
    low, high = (-math.expm1(-4 * weeks * 7 / 365.25) for weeks in (12.5, 13.0))
    se = math.sqrt(low * (1 - low) / 600)
    assert low - 4 * se < found.mean() < high + 4 * se
    by_scheme = [e.value for e in centre.rows("need_recognised")]
    pensions = sum(v == 3.0 for v in by_scheme)
    assert abs(pensions - 0.75 * len(by_scheme)) < 4 * math.sqrt(len(by_scheme) * 0.75 * 0.25)


def test_a_change_of_scheme_answers_the_need() -> None:
    """Who has been given a resource course has no need there, and none when it is over."""
    text = TEAM_BODY.replace("fleksjob = 0.4, pension = 0.4", "resource_course = 1").replace(
        "[staffing]",
        """
[groups.course]
benefit = "resource_course"
meetings = { interval_weeks = 4 }
stay = { duration_weeks = 20, outcomes = { return = 1 } }
[staffing]""",
    )
    to = {"rehabilitation_team.resource_course_group": "course", "rehabilitation_team.agreement_share": 1}
    centre = small(text, stock=5, horizon=150, overrides=to)
    assert len(centre.times("scheme_changes")) == 10
    assert len(centre.times("need_recognised")) == len(centre.times("decided")) == 5


def test_a_package_is_done_in_sittings_between_which_urgent_work_goes_first() -> None:
    """5 hours in sittings of 2: the same package, with a contact answered in between."""
    body = CASES.replace("hours_per_package = 1", "hours_per_package = 5\nsitting_hours = 2")
    callers = "contacts = { interval_weeks = { uniform = { min = 0.2, max = 0.4 } }, hours = 0.1 }\n"
    centre = small(body.replace("clarification = { right", callers + "clarification = { right"), horizon=30)
    hours = [(e.value, e.working_hours) for e in centre.rows("package_ends")]
    assert [h for _, h in hours] == [2.0, 2.0, 1.0] * (len(hours) // 3)
    starts = centre.rows("package_starts")
    assert [e.value for e in starts] == [left for left in range(len(starts) // 3, 0, -1) for _ in range(3)]
    first, second, third = centre.times("package_starts")[:3]
    assert any(first < t < third for t in centre.times("contact_starts"))
    assert second >= first + 0.2
    assert len(centre.times("submitted")) == 1


LOSS = """
[staffing]
net_hours_per_week = 10
turnover = { per_year = 5, vacancy_weeks = 2 }
[departments.centre]
coordinators = 3
"""


@pytest.mark.parametrize("loss", [0.0, 1.0])
def test_a_change_of_caseworker_costs_progress(loss: float) -> None:
    body = LOSS + CASES.replace("packages = 3", f"packages = 6\nprogress_loss_share = {loss}")
    set_back = kept = 0
    for replication in range(4):
        centre = small(body, stock=12, horizon=30, replication=replication)
        for citizen in range(12):
            last, open_package, changed = None, False, False
            for e in (e for e in centre.log if e.citizen == citizen):
                if e.activity == "caseworker_changes" and e.value >= 0:
                    changed = changed or not open_package
                elif e.activity == "package_ends":
                    open_package = False
                elif e.activity == "package_starts":
                    if last is not None and changed:
                        if loss == 1.0:
                            assert e.value == 6.0
                            set_back += 1
                        else:
                            assert e.value == last - 1
                            kept += 1
                    last, open_package, changed = e.value, True, False
    assert set_back + kept > 5


INTERNS = f"""{BOOKED}
[groups.interns]
benefit = "cash_benefit"
stock_share = 1.0
meetings = {{ interval_weeks = 100 }}
internships = {{ ready_share_stock = 1.0, becomes_ready_per_year = 365, found_share_per_meeting = 1.0 }}
[roles.consultant]
does = ["placement"]
posts = 1
list_limit = 50
net_hours_per_week = 25
[internships]
handover_hours = 5
placement_hours = 10
duration_weeks = 4
"""
SEARCH = "search_weeks = 2\ngive_up_weeks = 3\n"
BY_THEMSELVES = {"roles.consultant.posts": 0}


READINESS = f"""{BOOKED}
[groups.interns]
benefit = "cash_benefit"
stock_share = 1.0
meetings = {{ interval_weeks = 2 }}
[staffing]
net_hours_per_week = 168
[departments.centre]
coordinators = 10
[internships]
placement_hours = 0
search_weeks = 1
give_up_weeks = 2
duration_weeks = 1
"""


def test_readiness_is_brought_along_and_spent() -> None:
    """With all ready at the start and nobody later, each has one internship, whatever the number of meetings."""
    own = {"groups.interns.internships": {"ready_share_stock": 1.0, "found_share_per_meeting": 0.3}}
    centre = small(READINESS, stock=60, horizon=100, overrides=own)
    assert (centre.citizens["internships"] == 1).all()
    own = {"groups.interns.internships": {"ready_share_stock": 0.5, "found_share_per_meeting": 1.0}}
    half = small(READINESS, stock=400, horizon=10, overrides=own).citizens["internships"]
    assert set(half.tolist()) == {0, 1}
    assert abs(half.sum() - 200) < 4 * math.sqrt(400 * 0.25)


def test_readiness_arises_at_its_rate() -> None:
    """Found at the next meeting, at most 2 weeks later: of 400 the share ready within 24 weeks, and within 26."""
    own = {"groups.interns.internships": {"becomes_ready_per_year": 1.5, "found_share_per_meeting": 1.0}}
    centre = small(READINESS, stock=400, horizon=26, overrides=own)
    found = (~np.isnan(centre.citizens["ready_weeks"])).mean()
    low, high = (-math.expm1(-1.5 * weeks * 7 / 365.25) for weeks in (23.5, 26.0))
    se = math.sqrt(0.25 / 400)
    assert low - 4 * se < found < high + 4 * se


def internship(more: str, stock: int = 1, **overrides: Any) -> Centre:
    return small(f"{INTERNS}{more}", horizon=150, stock=stock, **overrides)


PATH = ("ready", "handover", "taken_on", "placement", "search", "internship", "follow_up", "leaves")


def path(centre: Centre) -> list[tuple[str, float, str]]:
    """What happens on the way, in weeks since the end of the first meeting (the second is 100 weeks later)."""
    zero = centre.times("meeting_ends")[0]
    rows = [e for e in centre.log if e.weeks < zero + 50 and e.activity.startswith(PATH)]
    return [(e.activity, round(e.weeks - zero, 9), e.resource) for e in rows]


@pytest.mark.parametrize("moves", ["true", "false"])
def test_handed_over_placed_and_back(moves: str) -> None:
    centre = internship(f"{SEARCH}follow_up_hours = 5\ncitizen_moves = {moves}\n")
    assert path(centre) == [
        ("ready", 0.0, ""),
        ("handover_starts", 0.0, "coordinator 0"),
        ("handover_ends", 0.5, "coordinator 0"),
        ("taken_on", 0.5, "consultant 0"),
        ("placement_starts", 0.5, "consultant 0"),
        ("placement_ends", 0.9, "consultant 0"),
        ("internship_starts", 2.9, "consultant 0"),
        ("internship_ends", 6.9, "consultant 0"),
        ("follow_up_starts", 6.9, "consultant 0"),
        ("follow_up_ends", 7.1, "consultant 0"),
    ]
    lists = {role: weeks_on_lists(centre, role) for role in (0, 1)}
    assert lists[1] == pytest.approx(2 * 6.6)  # From 0.5 to 7.1, after each of two meetings.
    assert lists[0] == pytest.approx(150 - 2 * 6.6 if moves == "true" else 150)


def weeks_on_lists(centre: Centre, role: int) -> float:
    """Citizen-weeks on the lists of a role, or with a place there."""
    k = centre.coordinators
    return float((k["caseload"] * (k["to_weeks"] - k["from_weeks"]))[k["role"] == role].sum())


def test_coordinators_who_do_placement_work_hand_nobody_over() -> None:
    """Three-in-one: where nobody has the role the coordinators do its work."""
    centre = internship(f"{SEARCH}follow_up_hours = 5\n", overrides=BY_THEMSELVES)
    assert path(centre) == [
        ("ready", 0.0, ""),
        ("placement_starts", 0.0, "coordinator 0"),
        ("placement_ends", 1.0, "coordinator 0"),
        ("internship_starts", 3.0, "coordinator 0"),
        ("internship_ends", 7.0, "coordinator 0"),
        ("follow_up_starts", 7.0, "coordinator 0"),
        ("follow_up_ends", 7.5, "coordinator 0"),
    ]


@pytest.mark.parametrize("hopeless", ["search_weeks = 9", "search_weeks = 1"])
def test_a_search_is_given_up(hopeless: str) -> None:
    """Because it takes too long, or because the citizen can never be placed."""
    text = f"{hopeless}\ngive_up_weeks = 3\n"
    centre = internship(text)
    if hopeless.endswith("1"):
        zero_share = INTERNS.replace("meeting = 1.0 }\n[roles", "meeting = 1.0, placeable_share = 0.0 }\n[roles")
        assert zero_share != INTERNS
        centre = small(zero_share + text, horizon=130)
    assert path(centre)[-1] == ("search_given_up", 3.9, "consultant 0")
    assert centre.citizens["internships"].tolist() == [0]


@pytest.mark.parametrize(("moves", "leaves_from"), [("true", "consultant 0"), ("false", "coordinator 0")])
def test_hired_when_it_ends(moves: str, leaves_from: str) -> None:
    centre = internship(f"{SEARCH}hired_share = 1.0\ncitizen_moves = {moves}\n")
    assert path(centre)[-2:] == [("internship_ends", 6.9, "consultant 0"), ("leaves", 6.9, leaves_from)]
    assert centre.citizens["destination"].tolist() == [0]


SHARE = "found_share_per_meeting = 1.0"
OWN = {
    "search": ("search_weeks = 2", "search_weeks = 1\ngive_up_weeks = 3", "search_weeks = 2\ngive_up_weeks = 3"),
    "patience": ("give_up_weeks = 1", "search_weeks = 2\ngive_up_weeks = 3", "search_weeks = 2\ngive_up_weeks = 1"),
    "hired": ("hired_share = 1.0", SEARCH, f"{SEARCH}hired_share = 1.0"),
    "not hired": ("hired_share = 0.0", f"{SEARCH}hired_share = 1.0", SEARCH),
}
"""A key of the group; [internships] that it overrules; [internships] that say the same for all."""


@pytest.mark.parametrize(("own", "overruled", "same"), OWN.values(), ids=OWN)
def test_a_group_can_have_its_own_search_patience_and_success(own: str, overruled: str, same: str) -> None:
    """What a group says of itself is what [internships] would say, and overrules it."""
    of_group = INTERNS.replace(SHARE, f"{SHARE}, {own}")
    assert of_group != INTERNS
    theirs = path(small(f"{of_group}{overruled}\n", horizon=150, stock=1))
    assert theirs == path(internship(f"{same}\n"))
    assert theirs != path(internship(f"{overruled}\n"))


def test_a_group_that_gives_up_sooner_has_fewer_internships() -> None:
    """In each of 10 pairs of the same luck, so that the sign test gives p = 2 ** -10 < 0.001."""
    searching = "search_weeks = { exponential = { mean = 3 } }\ngive_up_weeks = 9\n"
    sooner = INTERNS.replace(SHARE, f"{SHARE}, give_up_weeks = 2")
    for replication in range(10):
        counts = [
            small(f"{text}{searching}", horizon=150, stock=40, replication=replication).citizens["internships"].sum()
            for text in (sooner, INTERNS)
        ]
        assert counts[0] < counts[1]


def test_one_internship_after_another() -> None:
    """The place is kept; the next search begins with placement work anew."""
    centre = internship(f"{SEARCH}another_share = 1.0\n")
    starts = centre.times("internship_starts")
    assert len(starts) > 10
    assert [round(b - a, 9) for a, b in pairwise(starts)] == [6.4] * (len(starts) - 1)
    assert len(centre.times("taken_on")) == 1


@pytest.mark.parametrize("moves", ["true", "false"])
def test_a_consultants_list_is_limited(moves: str) -> None:
    """One place on the list: the next is taken on at the moment the first leaves it."""
    limited = {"roles.consultant.list_limit": 1}
    text = f"search_weeks = 30\ngive_up_weeks = 40\ncitizen_moves = {moves}\n"
    centre = internship(text, stock=4, overrides=limited)
    found, back = centre.times("taken_on"), centre.times("internship_ends")
    assert len(found) >= 3
    assert found[1] == back[0]
    assert found[2] == back[1]


def test_who_has_the_citizen_holds_the_meetings() -> None:
    """After changing over the consultant does, if that role holds meetings; else the coordinator goes on."""
    often = INTERNS.replace("interval_weeks = 100", "interval_weeks = 3")
    for does, holder in ((["placement", "meeting"], "consultant 0"), (["placement"], "coordinator 0")):
        centre = small(
            f"{often}search_weeks = 20\ngive_up_weeks = 30\n",
            horizon=20,
            stock=1,
            overrides={"roles.consultant.does": does},
        )
        first, *later = [e.resource for e in centre.rows("meeting_starts")]
        assert first == "coordinator 0"
        assert len(later) > 3
        assert set(later) == {holder}


UNIT = """
[groups.cases]
benefit = "cash_benefit"
stock_share = 1
meetings = { interval_weeks = 500 }
clarification = { right_scheme_stock = { pension = 1 }, recognised_share_stock = 1 }
[clarification]
recognition_share_per_meeting = 1
packages = 2
hours_per_package = 20
document_wait_weeks = 1
[rehabilitation_team]
slots_per_meeting = 100
agreement_share = 0
again_after_weeks = 1000
[roles.unit]
does = ["clarification"]
posts = 1
net_hours_per_week = 20
"""


def test_a_unit_without_lists_does_what_is_due_first() -> None:
    centre = small(BOOKED + UNIT, stock=3, horizon=30)
    assert {e.resource for e in centre.rows("package_starts")} == {"unit 0"}
    first = centre.times("package_starts")[:3]
    assert [b - a for a, b in pairwise(first)] == pytest.approx([1.0, 1.0])
    assert centre.times("taken_on") == []
    assert len(centre.times("decided")) == 3


def test_a_unit_with_short_lists_keeps_a_case_until_the_decision() -> None:
    """One place: the next case is begun when the first has been decided."""
    centre = small(BOOKED + UNIT, stock=3, horizon=60, overrides={"roles.unit.list_limit": 1})
    taken, decided = centre.times("taken_on"), centre.times("decided")
    assert len(taken) == len(decided) == 3
    assert taken[1:] == decided[:2]


def test_a_case_and_an_internship_wait_for_places_side_by_side() -> None:
    """Who is ready while a case waits for the unit keeps the place in both lines, whichever comes first."""
    both = UNIT.replace(
        "interval_weeks = 500 }",
        "interval_weeks = 10 }\ninternships = { ready_share_stock = 1, found_share_per_meeting = 1 }",
    )
    consultant = """
[roles.consultant]
does = ["placement"]
posts = 1
list_limit = 2
net_hours_per_week = 20
[internships]
placement_hours = 2
search_weeks = 2
give_up_weeks = 3
duration_weeks = 20
"""
    slow = {"roles.unit.list_limit": 1, "clarification.hours_per_package": 100}
    centre = small(f"{BOOKED}{both}{consultant}", stock=4, horizon=90, overrides=slow)
    lines = {unit: dict.fromkeys(range(4), math.inf) for unit in ("unit 0", "consultant 0")}
    for e in centre.rows("taken_on"):
        lines[e.resource][e.citizen] = min(lines[e.resource][e.citizen], e.weeks)
    ready = {c: centre.times("ready", c)[0] for c in range(4)}
    assert sum(ready[c] < lines["unit 0"][c] < math.inf for c in range(4)) >= 2
    assert sum(lines["unit 0"][c] < lines["consultant 0"][c] < math.inf for c in range(4)) >= 1
    assert len(centre.times("decided")) == 4
    assert (centre.citizens["internships"] > 0).all()


def test_a_place_is_given_back_in_another_department() -> None:
    """Who has moved to a department without consultants leaves the former one's list when the internship is over."""
    stays = f"{SEARCH}citizen_moves = false\n"
    met = internship(stays).times("meeting_ends")[0]
    during = date(2018, 1, 1) + timedelta(weeks=math.ceil(met + 3))
    elsewhere = {
        "departments.other": {"coordinators": 0, "stock_share": 0, "fill_to": 5, "fill_from": "centre"},
        "staffing.changes": [{"date": during, "department": "other", "posts": 1}],
    }
    moved = internship(stays, overrides=elsewhere)
    (taken_on,), (change,), ends = (
        moved.times("taken_on"),
        moved.times("caseworker_changes"),
        moved.times("internship_ends")[0],
    )
    assert taken_on < change < ends
    assert weeks_on_lists(moved, 1) == pytest.approx(ends - taken_on)


def test_where_nobody_is_left_of_a_role_the_coordinators_do_its_work() -> None:
    cut = {"roles.unit.list_limit": 5, "roles.unit.changes": [{"date": date(2018, 1, 29), "posts": -1}]}
    centre = small(BOOKED + UNIT, stock=12, horizon=60, overrides=cut)
    closed = centre.times("post_cut")[0]
    who = [(e.weeks >= closed, e.resource.split()[0]) for e in centre.rows("package_starts")]
    assert set(who) == {(False, "unit"), (True, "coordinator")}
    assert len(centre.times("decided")) == 12


def test_a_service_centre_answers_for_all_departments() -> None:
    text = """
[groups.callers]
benefit = "cash_benefit"
stock_share = 1
contacts = { interval_weeks = 5, hours = 1 }
[departments]
one = { coordinators = 1 }
two = { coordinators = 1 }
[roles.service]
does = ["contact"]
posts = 1
shared = true
net_hours_per_week = 20
"""
    centre = small(text, stock=10, horizon=30)
    answered = centre.rows("contact_starts")
    assert {e.resource for e in answered} == {"service 0"}
    assert {e.department for e in answered} == {0, 1}
    k = centre.coordinators
    assert k["department"][k["role"] == 1].tolist() == [-1] * int((k["role"] == 1).sum())


@pytest.mark.parametrize("goes_to", ["successor", "colleagues"])
def test_a_consultant_who_resigns_leaves_the_list_to_somebody(goes_to: str) -> None:
    """It waits for the successor, or the colleague has it at once, over the limit; nobody is lost."""
    staff = {
        "roles.consultant.posts": 2,
        "roles.consultant.list_limit": 5,
        "roles.consultant.turnover": {"per_year": 3, "vacancy_weeks": 10, "list_goes_to": goes_to},
    }
    centre = internship("search_weeks = 60\ngive_up_weeks = 80\n", stock=10, overrides=staff)
    left = centre.times("resigns")
    assert left
    k = centre.coordinators
    lists = (k["caseload"] * (k["to_weeks"] - k["from_weeks"])).sum()
    assert lists == pytest.approx(10 * 150)
    full = k["caseload"][k["role"] == 1].max()
    assert (full > 5) == (goes_to == "colleagues")


BEGUN = """
[internships]
citizen_moves = false
placement_hours = 0
search_weeks = { exponential = { mean = 2 } }
give_up_weeks = 10
duration_weeks = 1
"""


def vendors(policy: str, results: list[str]) -> str:
    return f"""{BOOKED.replace("0.5", "0").replace("1.0", "0")}
[groups.trained]
benefit = "cash_benefit"
stock_share = 1.0
inflow_per_week = 3
meetings = {{ interval_weeks = 500, first_within_weeks = 0 }}
internships = {{ ready_share_inflow = 0.2, found_share_per_meeting = 1 }}
stay = {{ duration_weeks = {{ uniform = {{ min = 1, max = 3 }} }}, outcomes = {{ job = 0.3, other = 0.7 }} }}
[programmes.course]
referral_share_per_meeting = 1.0
duration_weeks = 2
after_weeks = 0.5
referral = "{policy}"
results = {results}
vendors.north = {{ places = 4 }}
vendors.south = {{ places = 6 }}
{BEGUN}"""


def replay(centre: Centre, *criteria: str) -> tuple[list[str], list[str]]:
    """The vendors chosen, and those that a reading of the log alone would have chosen."""
    names, places = ("course / north", "course / south"), (4, 6)
    free, participants = list(places), [0, 0]
    results = {"job_or_education": [0, 0], "internship": [0, 0]}
    at: dict[int, int] = {}
    ended: dict[int, tuple[int, float]] = {}
    chosen, right = [], []

    def score(criterion: str, v: int) -> float:
        return (results[criterion][v] + 1) / (participants[v] + 2) if criterion in results else free[v]

    for e in centre.log:
        v, since = ended.get(e.citizen, (0, -math.inf))
        if e.activity == "programme_starts":
            scores = [tuple(score(criterion, v) for criterion in criteria) for v in (0, 1)]
            best = max((v for v in (0, 1) if free[v] > 0), key=lambda v: (scores[v], -v))
            right.append(names[best])
            chosen.append(e.resource)
            v = names.index(e.resource)
            free[v] -= 1
            participants[v] += 1
            at[e.citizen] = v
        elif e.activity == "programme_ends":
            v = at.pop(e.citizen)
            free[v] += 1
            ended[e.citizen] = v, e.weeks
        elif e.activity == "internship_starts" and (e.citizen in at or e.weeks < since + 0.5):
            results["internship"][at.get(e.citizen, v)] += 1
        elif e.activity == "leaves":
            if e.citizen in at:
                v, since = at.pop(e.citizen), e.weeks
                free[v] += 1
            if e.value <= 1 and e.weeks < since + 0.5:
                results["job_or_education"][v] += 1
    return chosen, right


JOBS, INTERNSHIPS = "job_or_education", "internship"


@pytest.mark.parametrize(
    ("policy", "results", "others"),
    [
        ("best_results", [JOBS], [["free"], [INTERNSHIPS], [JOBS, INTERNSHIPS]]),
        ("best_results", [JOBS, INTERNSHIPS], [[JOBS], [INTERNSHIPS, JOBS]]),
        ("best_results", [INTERNSHIPS, JOBS], [[INTERNSHIPS], [JOBS, INTERNSHIPS]]),
        ("most_free_places", [JOBS], [[JOBS], [INTERNSHIPS]]),
    ],
)
def test_referral_by_vendors_results_or_places(policy: str, results: list[str], others: list[list[str]]) -> None:
    """Every choice of some hundreds, against what the log shows until then; no other criteria give these choices."""
    centre = small(vendors(policy, results), stock=0, horizon=120)
    chosen, right = replay(centre, *(results if policy == "best_results" else ["free"]))
    assert chosen == right
    assert len(chosen) > 200
    for criteria in others:
        assert replay(centre, *criteria)[1] != chosen


ASSESSED = """
[groups.g]
benefit = "cash_benefit"
meetings = {{ interval_weeks = 100, first_within_weeks = 0 }}
clarification = {{ right_scheme_inflow = {{ pension = 1.0 }} }}
inflow_per_week = 0.5
[clarification]
recognition_share_per_meeting = {recognised}
packages = 4
hours_per_package = 0
document_wait_weeks = 3
[rehabilitation_team]
slots_per_meeting = 100
agreement_share = 0
again_after_weeks = 1000
[programmes.course]
referral_share_per_meeting = 1.0
duration_weeks = {weeks}
assessed_packages = {saved}
vendors.a = {{ places = 1000 }}
"""


@pytest.mark.parametrize(
    ("weeks", "saved", "packages", "submitted"),
    [
        (4.0, 0, [4, 3, 2, 1], 9.0),
        (4.0, 1, [4, 3, 1], 6.0),  # after 4 weeks, while documents are awaited, two are done and one of two is saved
        (4.0, 9, [4, 3, 1], 6.0),  # one is left to do in any case
        (8.0, 1, [4, 3, 2, 1], 9.0),  # the last one: nothing to save
        (20.0, 1, [4, 3, 2, 1], 9.0),  # too late
    ],
)
def test_assessments_save_packages(weeks: float, saved: int, packages: list[int], submitted: float) -> None:
    body = BOOKED.replace("0.5", "0").replace("1.0", "0") + ASSESSED.format(recognised=1.0, weeks=weeks, saved=saved)
    centre = small(body, stock=0, horizon=60)
    c = centre.citizens["citizen"][centre.citizens["entry_weeks"] < 40]
    assert len(c) > 5
    for citizen in c.tolist():
        events = [e for e in centre.rows("package_starts") if e.citizen == citizen]
        (begun,), (done,) = (centre.times(a, citizen) for a in ("need_recognised", "submitted"))
        assert [e.value for e in events] == packages
        assert done - begun == pytest.approx(submitted)


def test_assessments_are_kept_for_a_case_to_come() -> None:
    """Recognised at a later meeting than the one that referred: the case begins with fewer packages, once."""
    body = BOOKED.replace("0.5", "0").replace("1.0", "0") + ASSESSED.format(recognised=0.2, weeks=1, saved=3)
    body = body.replace("interval_weeks = 100", "interval_weeks = 10")
    centre = small(body, stock=0, horizon=200)
    assessed: set[int] = set()
    seen = set()
    for e in centre.log:
        if e.activity == "programme_ends":
            assessed.add(e.citizen)
        elif e.activity == "need_recognised":
            seen.add(e.citizen in assessed)
            assert e.value == (1 if e.citizen in assessed else 4)
    assert seen == {True, False}


MENTORED = """
[groups.g]
benefit = "cash_benefit"
stock_share = 1.0
meetings = { interval_weeks = 1000, first_within_weeks = 0 }
inflow_per_week = 0.02
[programmes.course]
referral_share_per_meeting = 1.0
duration_weeks = 7
vendors.a = { places = 1000 }
mentor = { every_weeks = 2, hours = 4 }
"""


@pytest.mark.parametrize("role", [None, "mentor", "busy"])
def test_mentors_take_hours_while_a_programme_lasts(role: str | None) -> None:
    """At 2, 4 and 6 weeks of 7; a mentor who takes longer than the interval is not asked again meanwhile."""
    hours = 0.5 if role == "busy" else 40
    body = BOOKED.replace("0.5", "0").replace("1.0", "0") + MENTORED
    if role is not None:
        body += f'[roles.{role}]\ndoes = ["mentoring"]\nposts = 1\nnet_hours_per_week = {hours}\n'
    centre = small(body, stock=0, horizon=200)
    seen = 0
    for citizen in centre.citizens["citizen"][centre.citizens["entry_weeks"] < 150].tolist():
        (begins,) = centre.times("programme_starts", citizen)
        rows = [e for e in centre.rows("mentoring_starts", "mentoring_ends") if e.citizen == citizen]
        starts = [e.weeks - begins for e in rows if e.activity == "mentoring_starts"]
        assert all(e.resource == f"{role or 'coordinator'} 0" for e in rows)
        assert all(start < 7 for start in starts)
        if role != "busy":
            assert starts == pytest.approx([2, 4, 6])
            assert [e.working_hours for e in rows if e.activity == "mentoring_ends"] == pytest.approx([4, 4, 4])
        seen += len(starts)
    assert seen >= 3
    if role == "busy":  # 8 weeks a time: whoever waits when the programme ends gets none.
        assert seen < 3 * len(centre.times("programme_starts"))


def test_a_programme_has_an_effect_on_the_hazards_it_affects_alone() -> None:
    """Two programmes: one forbids jobs while it lasts, the other education. Who is in one leaves by the other."""
    body = f"""{BOOKED.replace("0.5", "0").replace("1.0", "0")}
[every_group]
benefit = "cash_benefit"
stock_share = 0.5
meetings = {{ interval_weeks = 1 }}
exits = {{ job = {{ hazard_per_week = 0.1 }}, education = {{ hazard_per_week = 0.1 }} }}
[groups.one]
[groups.two]
[programmes.no_jobs]
groups = ["one"]
referral_share_per_meeting = 1.0
duration_weeks = 1000
during_factor = 0
affects = ["job"]
vendors.a = {{ places = 1000 }}
[programmes.no_education]
groups = ["two"]
referral_share_per_meeting = 1.0
duration_weeks = 1000
during_factor = 0
affects = ["education"]
vendors.a = {{ places = 1000 }}
"""
    centre = small(body, stock=400, horizon=30)
    inside = {e.citizen for e in centre.rows("programme_starts")}
    left = {(e.resource, e.value) for e in centre.rows("leaves") if e.citizen in inside}
    by_group = {
        (int(g), int(d))
        for i, g, d in zip(
            centre.citizens["citizen"], centre.citizens["group"], centre.citizens["destination"], strict=True
        )
        if int(i) in inside and d >= 0
    }
    assert by_group == {(0, 1), (1, 0)}
    assert len(left) == 2


def test_small_jobs_last_their_weeks_and_are_no_exit() -> None:
    body = """
[groups.g]
benefit = "cash_benefit"
stock_share = 1.0
small_jobs = { hazard_per_week = 0.5 }
[small_jobs]
duration_weeks = 3
"""
    centre = small(body, stock=5, horizon=40)
    assert centre.times("leaves") == []
    for citizen in range(5):
        starts, ends = centre.times("small_job_starts", citizen), centre.times("small_job_ends", citizen)
        assert len(starts) >= 4
        assert ends == [s + 3 for s in starts][: len(ends)]
        assert all(after > end for end, after in zip(ends, starts[1:], strict=False))


STAYS = """
[groups.benefit]
benefit = "cash_benefit"
stock_share = {benefit}
stay = {{ duration_weeks = 2, elapsed_share_stock = 0, outcomes = {{ resource_course = 1.0 }} }}
[groups.course]
benefit = "resource_course"
stock_share = {course}
stay = {{ duration_weeks = 4, elapsed_share_stock = {elapsed}, outcomes = {{ {outcomes} }} }}
[rehabilitation_team]
slots_per_meeting = 0
resource_course_group = "course"
"""


def test_to_the_resource_course_and_back() -> None:
    centre = small(STAYS.format(benefit=1, course=0, elapsed=0, outcomes="return = 1.0"), horizon=15)
    changes = [(e.weeks, e.value) for e in centre.rows("scheme_changes")]
    assert changes == [(2.0, 1.0), (6.0, 0.0), (8.0, 1.0), (12.0, 0.0), (14.0, 1.0)]
    assert centre.citizens["resource_course_weeks"].tolist() == [2.0]
    assert centre.citizens["group_at_end"].tolist() == [1]


AWARDS = """
[groups.benefit]
benefit = "cash_benefit"
stock_share = 1
stay = {{ duration_weeks = 2, elapsed_share_stock = 0, outcomes = {{ fleksjob = 1.0 }} }}
[groups.entitled]
benefit = "unemployed_fleksjob"
stay = {{ duration_weeks = 3, outcomes = {{ fleksjob = {fleksjob}, return = {back} }} }}
[rehabilitation_team]
slots_per_meeting = 0
{team}
"""


def test_who_is_awarded_a_fleksjob_waits_for_one() -> None:
    """In the group named, from where the way out is a fleksjob; without a group everybody has one at once."""
    waits = 'fleksjob_group = "entitled"'
    centre = small(AWARDS.format(fleksjob=1, back=0, team=waits), stock=3, horizon=15)
    assert [(e.weeks, e.value) for e in centre.rows("scheme_changes")] == [(2.0, 1.0)] * 3
    assert centre.citizens["fleksjob_award_weeks"].tolist() == [2.0] * 3
    assert centre.times("leaves") == [5.0] * 3
    at_once = small(AWARDS.format(fleksjob=1, back=0, team=""), stock=3, horizon=15)
    assert (at_once.times("leaves"), at_once.times("scheme_changes")) == ([2.0] * 3, [])
    assert at_once.citizens["fleksjob_award_weeks"].tolist() == [2.0] * 3


def test_a_second_award_is_not_the_first() -> None:
    centre = small(AWARDS.format(fleksjob=0.1, back=0.9, team='fleksjob_group = "entitled"'), stock=1, horizon=9)
    assert centre.times("scheme_changes") == [2.0, 5.0, 7.0]
    assert centre.citizens["fleksjob_award_weeks"].tolist() == [2.0]


def test_some_who_are_awarded_a_fleksjob_have_one_at_once() -> None:
    team = 'fleksjob_group = "entitled"\nfleksjob_at_once_share = 0.3'
    centre = small(AWARDS.format(fleksjob=1, back=0, team=team), stock=400, horizon=4)
    gone = len(centre.times("leaves"))
    assert len(centre.times("scheme_changes")) == 400 - gone
    assert abs(gone - 120) < 4 * (400 * 0.3 * 0.7) ** 0.5  # a chance of 1 in 15,000 if the share is right


def test_part_of_a_stay_is_over_at_the_start() -> None:
    """Uniform up to twice the mean share, also where the weeks on benefit are not stated."""
    centre = small(STAYS.format(benefit=0, course=1, elapsed=0.25, outcomes="pension = 1.0"), stock=400, horizon=10)
    exits = sorted(centre.citizens["exit_weeks"].tolist())
    assert 2.0 <= exits[0] < 2.1
    assert 3.9 < exits[-1] <= 4.0


def test_a_stay_that_returns_nowhere_begins_anew() -> None:
    """Half have the whole stay behind them: they go on for full stays of 4 weeks from week 0."""
    outcomes = "pension = 0.5, return = 0.5"
    centre = small(STAYS.format(benefit=0, course=1, elapsed=1.0, outcomes=outcomes), stock=400, horizon=13)
    exits = centre.citizens["exit_weeks"]
    # Of 400: half over at once, half of these leave each time; counts within 4 standard deviations.
    for week, expected in ((0.0, 100), (4.0, 50), (8.0, 25), (12.0, 12.5)):
        count = int((exits == week).sum())
        assert abs(count - expected) < 4 * math.sqrt(expected * (1 - expected / 400)), week
